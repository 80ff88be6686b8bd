// SPDX-License-Identifier: EUPL-1.2
#include "placed.h"
#include "carved/base/json.h"
#include "kind.h"
#include "listing.h"
#include "locate.h"
#include "render.h"
#include "watch.h"
#include <stdlib.h>
#include <string.h>

// Whether a plan looked at people: one that was stopped before it had a package has no figures about groups of them.
static bool has_result(const struct carved_node *plan)
{
	return carve_watch_has_ended(carved_node_get_text(plan, "state", "")) && carved_node_get(plan, "fairness");
}

// The plan to look in: --plan, else the newest that ended with a result. The caller frees *ret_id.
static enum carve_exit choose_plan(struct carve_session *session, char **ret_id)
{
	struct carve_listing plans;
	if (session->args->plan) {
		*ret_id = carved_strdup(session->args->plan);
		return CARVE_YES;
	}
	enum carve_exit code = carve_listing_get(session, "/v1/plans", &plans);
	if (code != CARVE_YES)
		return code;
	char *id = NULL;
	for (size_t i = 0; i < plans.count && !id; i++) {
		if (has_result(plans.items[i]))
			id = carved_strdup(carved_node_get_text(plans.items[i], "id", "?"));
	}
	carve_listing_deinit(&plans);
	if (!id)
		return carve_session_refuse(session, CARVE_NOT_FOUND, CARVED_NO_PLAN_YET, "ref", carve_locate_ref(session));
	*ret_id = id;
	return CARVE_YES;
}

void carve_placed_print_json(struct carve_session *session, const struct carved_node *node)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_json_format(node, &text);
	fprintf(session->terminal->out, "%s\n", text.data);
	carved_buffer_deinit(&text);
}

// Says why the plan has nothing for the candidate; CARVE_NOT_FOUND where the plan does not know it.
static enum carve_exit show_reason(struct carve_session *session, const char *plan_id, const char *ref)
{
	struct carve_answer answer;
	const struct carve_terminal *terminal = session->terminal;
	char *path = carve_locate_path(session, CARVE_PLAN, plan_id);
	enum carve_exit code = carve_session_get(session, path, &answer);
	free(path);
	if (code != CARVE_YES)
		return code;
	const struct carved_node *one = carved_node_first(carved_node_get(answer.json, "unplaced"));
	while (one && strcmp(carved_node_get_text(one, "candidate", ""), ref) != 0)
		one = one->next;
	if (!one) {
		struct carved_error error;
		carved_fail(&error, CARVED_NOT_IN_PLAN, "ref", ref);
		carved_error_add(&error, "plan", plan_id);
		carve_say_error(terminal, &error);
		code = CARVE_NOT_FOUND;
	} else if (session->args->json) {
		carve_placed_print_json(session, one);
		code = CARVE_NO;
	} else {
		carve_say(terminal, terminal->out, "carve.show.unplaced", "plan", plan_id, "ref", ref, "reason",
			carve_render_reason(terminal, carved_node_get_text(one, "reason", "?")), NULL);
		putc('\n', terminal->out);
		code = CARVE_NO;
	}
	carve_answer_deinit(&answer);
	return code;
}

static char *proposals_path(struct carve_session *session, const char *plan_id, const char *ref)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&path, "/v1/plans/");
	carve_http_escape(session->http, plan_id, &path);
	carved_buffer_add_text(&path, "/proposals?candidate=");
	carve_http_escape(session->http, ref, &path);
	return carved_buffer_take(&path, NULL);
}

enum carve_exit carve_placed_get(
	struct carve_session *session, const char *ref, struct carve_answer *ret_answer, const struct carved_node **ret_proposal)
{
	char *plan_id = NULL;
	enum carve_exit code = choose_plan(session, &plan_id);
	if (code != CARVE_YES)
		return code;
	char *path = proposals_path(session, plan_id, ref);
	code = carve_session_get(session, path, ret_answer);
	free(path);
	if (code == CARVE_YES) {
		*ret_proposal = carved_node_first(carved_node_get(ret_answer->json, "items"));
		if (!*ret_proposal) {
			carve_answer_deinit(ret_answer);
			code = show_reason(session, plan_id, ref);
		}
	}
	free(plan_id);
	return code;
}
