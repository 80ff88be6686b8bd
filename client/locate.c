// SPDX-License-Identifier: EUPL-1.2
#include "locate.h"
#include "problem.h"
#include <stdio.h>
#include <stdlib.h>

void carve_locate_add(struct carve_session *session, enum carve_kind kind, const char *ref, struct carved_buffer *path)
{
	carved_buffer_printf(path, "/v1/%s/", carve_kind_collection(kind));
	carve_http_escape(session->http, ref, path);
}

char *carve_locate_path(struct carve_session *session, enum carve_kind kind, const char *ref)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, kind, ref, &path);
	return carved_buffer_take(&path, NULL);
}

const struct carved_node *carve_locate_titles(struct carve_session *session, const char *site, struct carve_answer *ret_answer)
{
	char *path = carve_locate_path(session, CARVE_SITE, site);
	struct carve_request request = {.method = "GET", .path = path, .seconds = 120};
	struct carved_error error;
	*ret_answer = (struct carve_answer){0};
	bool found = carve_http_send(session->http, &request, ret_answer, &error) && carve_answer_is_good(ret_answer);
	free(path);
	return found ? ret_answer->json : NULL;
}

const char *carve_locate_ref(const struct carve_session *session)
{
	return session->args->operands[session->args->operand_count - 1];
}

struct search {
	const char *ref;
	unsigned hits;              // mask of kinds
	enum carve_kind kind;       // of the first hit
	struct carve_answer answer; // of the first hit
};

// Asks for one kind. Returns CARVE_YES also where there is none: only what keeps the search from going on is told.
static enum carve_exit try_kind(struct carve_session *session, enum carve_kind kind, struct search *search)
{
	char *path = carve_locate_path(session, kind, search->ref);
	struct carve_request request = {.method = "GET", .path = path, .seconds = 120};
	struct carve_answer answer = {0};
	struct carved_error error;
	enum carve_exit code = CARVE_YES;
	if (!carve_http_send(session->http, &request, &answer, &error)) {
		code = carve_session_fail(session, &error);
	} else if (carve_answer_is_good(&answer)) {
		if (search->hits == 0) {
			search->kind = kind;
			search->answer = answer;
			answer = (struct carve_answer){0};
		}
		search->hits |= 1u << kind;
	} else if (answer.status != 404 && answer.status != 400) { // 400: no ref of this kind can look so
		code = carve_problem_report(session, &answer, NULL);
	}
	carve_answer_deinit(&answer);
	free(path);
	return code;
}

static enum carve_exit refuse_several(struct carve_session *session, const struct search *search)
{
	struct carved_buffer names = CARVED_BUFFER_INIT;
	struct carved_error error;
	for (int kind = 0; kind < CARVE_KINDS; kind++) {
		if (search->hits & (1u << kind))
			carved_buffer_printf(&names, "%s%s", names.length ? ", " : "", carve_kind_name((enum carve_kind)kind));
	}
	carved_fail(&error, CARVED_REF_OF_SEVERAL, "ref", search->ref);
	carved_error_add(&error, "kinds", names.data);
	carve_say_error(session->terminal, &error);
	carved_buffer_deinit(&names);
	return CARVE_USAGE;
}

static enum carve_exit guess(struct carve_session *session, unsigned among, struct search *search)
{
	for (int kind = 0; kind < CARVE_KINDS; kind++) {
		enum carve_exit code = among & (1u << kind) ? try_kind(session, (enum carve_kind)kind, search) : CARVE_YES;
		if (code != CARVE_YES)
			return code;
	}
	if (search->hits == 0)
		return carve_session_refuse(session, CARVE_NOT_FOUND, CARVED_REF_UNKNOWN, "ref", search->ref);
	return search->hits & (search->hits - 1) ? refuse_several(session, search) : CARVE_YES;
}

enum carve_exit carve_locate_get(
	struct carve_session *session, unsigned among, enum carve_kind *ret_kind, struct carve_answer *ret_answer)
{
	struct search search = {.ref = carve_locate_ref(session)};
	enum carve_exit code;
	if (session->args->operand_count == 2) {
		const char *name = session->args->operands[0];
		if (!carve_kind_parse(name, &search.kind) || !(among & (1u << search.kind)))
			return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", name);
		char *path = carve_locate_path(session, search.kind, search.ref);
		code = carve_session_get(session, path, &search.answer);
		free(path);
	} else {
		code = guess(session, among, &search);
	}
	if (code != CARVE_YES) {
		carve_answer_deinit(&search.answer);
		return code;
	}
	*ret_kind = search.kind;
	*ret_answer = search.answer;
	return CARVE_YES;
}
