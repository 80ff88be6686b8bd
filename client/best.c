// SPDX-License-Identifier: EUPL-1.2
// carve best: the best packages for one candidate, stored or in a file; the roles that a site could offer.
#include "carved/base/json.h"
#include "commands.h"
#include "input.h"
#include "locate.h"
#include "problem.h"
#include "render.h"
#include <string.h>

#define BEST_KINDS (1u << CARVE_CANDIDATE | 1u << CARVE_SITE) // what can be asked about

static void add_count(const struct carve_session *session, struct carved_buffer *path)
{
	if (session->args->count > 0)
		carved_buffer_printf(path, "?limit=%d", session->args->count);
}

static void print_package(struct carve_session *session, const struct carved_node *package, size_t rank)
{
	struct carve_answer answer;
	const struct carved_node *site = carve_locate_titles(session, carved_node_get_text(package, "site", "?"), &answer);
	if (rank > 1)
		putc('\n', session->terminal->out);
	carve_render_recommendation(session->terminal, package, rank, site);
	carve_answer_deinit(&answer);
}

// Prints what is best. CARVE_NO where nothing is.
static enum carve_exit print_packages(struct carve_session *session, const struct carve_answer *answer)
{
	const struct carve_terminal *terminal = session->terminal;
	const struct carved_node *items = carved_node_get(answer->json, "items");
	size_t rank = 0;
	if (session->args->json)
		carve_session_print_body(session, answer);
	for (const struct carved_node *item = carved_node_first(items); item && !session->args->json; item = item->next)
		print_package(session, item, ++rank);
	if (carved_node_first(items))
		return CARVE_YES;
	if (!session->args->json) {
		carve_say(terminal, terminal->out, "carve.best.empty", "ref",
			carved_node_get_text(answer->json, "candidate", "?"), "reason",
			carve_render_reason(terminal, carved_node_get_text(answer->json, "reason", "?")), NULL);
		putc('\n', terminal->out);
	}
	return CARVE_NO;
}

static enum carve_exit best_for_candidate(struct carve_session *session, const char *ref)
{
	struct carve_answer answer;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, CARVE_CANDIDATE, ref, &path);
	carved_buffer_add_text(&path, "/recommendations");
	add_count(session, &path);
	enum carve_exit code = carve_session_get(session, path.data, &answer);
	if (code == CARVE_YES) {
		code = print_packages(session, &answer);
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	return code;
}

static enum carve_exit best_for_site(struct carve_session *session, const char *ref)
{
	struct carve_answer answer;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, CARVE_SITE, ref, &path);
	carved_buffer_add_text(&path, "/recommendations");
	enum carve_exit code = carve_session_get(session, path.data, &answer);
	if (code == CARVE_YES) {
		size_t most = session->args->count > 0 ? (size_t)session->args->count : SIZE_MAX;
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else
			carve_render_roles(session->terminal, answer.json, most);
		code = carved_node_first(carved_node_get(answer.json, "roles")) ? CARVE_YES : CARVE_NO;
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	return code;
}

// The daemon reads and judges the document as it would one that is to be stored; findings name the file.
static enum carve_exit send_document(struct carve_session *session, const struct carve_input *input)
{
	struct carve_answer answer;
	struct carved_error error;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&path, "/v1/recommendations");
	add_count(session, &path);
	struct carve_request request = {.method = "POST",
		.path = path.data,
		.content_type = carve_input_media_type(input->format),
		.body = input->text.data ? input->text.data : "",
		.body_length = input->text.length,
		.seconds = 120};
	enum carve_exit code;
	if (!carve_http_send(session->http, &request, &answer, &error)) {
		code = carve_session_fail(session, &error);
	} else {
		if (!carve_answer_is_good(&answer)) {
			code = carve_problem_report(session, &answer, input->name);
		} else {
			if (!session->args->json)
				carve_problem_warnings(session, answer.json, input->name);
			code = print_packages(session, &answer);
		}
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	return code;
}

static enum carve_exit best_for_file(struct carve_session *session)
{
	struct carve_input input;
	struct carved_error error;
	if (!carve_input_read(session->args->file, &input, &error)) {
		carve_say_error(session->terminal, &error);
		return error.code == CARVED_INPUT_COMPRESSED ? CARVE_INVALID : CARVE_USAGE;
	}
	enum carve_exit code = send_document(session, &input);
	carve_input_deinit(&input);
	return code;
}

enum carve_exit carve_run_best(struct carve_session *session)
{
	enum carve_kind kind;
	struct carve_answer document;
	if (session->args->file)
		return best_for_file(session);
	enum carve_exit code = carve_locate_get(session, BEST_KINDS, &kind, &document);
	if (code != CARVE_YES)
		return code;
	if (kind == CARVE_SITE)
		code = best_for_site(session, carve_locate_ref(session));
	else
		code = best_for_candidate(session, carve_locate_ref(session));
	carve_answer_deinit(&document);
	return code;
}
