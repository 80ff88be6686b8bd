// SPDX-License-Identifier: EUPL-1.2
// carve show: a plan, a proposal, or what the newest plan holds for a candidate.
#include "carved/base/json.h"
#include "commands.h"
#include "listing.h"
#include "locate.h"
#include "render.h"
#include "watch.h"
#include <stdlib.h>
#include <string.h>

// What people decided on it. Of a proposal that nobody has moved there is nothing to ask.
static void print_decisions(struct carve_session *session, const struct carved_node *proposal)
{
	if (strcmp(carved_node_get_text(proposal, "state", ""), "proposed") == 0)
		return;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	struct carve_answer answer;
	char *of = carve_locate_path(session, CARVE_PROPOSAL, carved_node_get_text(proposal, "id", "?"));
	carved_buffer_printf(&path, "%s/decisions", of);
	if (carve_session_get(session, path.data, &answer) == CARVE_YES) {
		carve_render_decisions(session->terminal, carved_node_get(answer.json, "items"));
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	free(of);
}

// The document of a proposal's site, for its titles: one that is gone meanwhile is no failure.
static void print_with_titles(struct carve_session *session, const struct carved_node *proposal)
{
	char *path = carve_locate_path(session, CARVE_SITE, carved_node_get_text(proposal, "site", "?"));
	struct carve_request request = {.method = "GET", .path = path, .seconds = 120};
	struct carve_answer site = {0};
	struct carved_error error;
	bool found = carve_http_send(session->http, &request, &site, &error) && carve_answer_is_good(&site);
	carve_render_proposal(session->terminal, proposal, found ? site.json : NULL);
	print_decisions(session, proposal);
	carve_answer_deinit(&site);
	free(path);
}

static enum carve_exit show_proposal(struct carve_session *session, const char *id)
{
	struct carve_answer answer;
	char *path = carve_locate_path(session, CARVE_PROPOSAL, id);
	enum carve_exit code = carve_session_get(session, path, &answer);
	free(path);
	if (code != CARVE_YES)
		return code;
	if (session->args->json)
		carve_session_print_body(session, &answer);
	else
		print_with_titles(session, answer.json);
	carve_answer_deinit(&answer);
	return CARVE_YES;
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
		const char *state = carved_node_get_text(plans.items[i], "state", "");
		if (carve_watch_has_ended(state) && strcmp(state, "failed") != 0)
			id = carved_strdup(carved_node_get_text(plans.items[i], "id", "?"));
	}
	carve_listing_deinit(&plans);
	if (!id)
		return carve_session_refuse(session, CARVE_NOT_FOUND, CARVED_NO_PLAN_YET, "ref", carve_locate_ref(session));
	*ret_id = id;
	return CARVE_YES;
}

static void print_json(struct carve_session *session, const struct carved_node *node)
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
		print_json(session, one);
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

static enum carve_exit show_candidate(struct carve_session *session, const char *ref)
{
	char *plan_id = NULL;
	struct carve_answer answer;
	enum carve_exit code = choose_plan(session, &plan_id);
	if (code != CARVE_YES)
		return code;
	char *path = proposals_path(session, plan_id, ref);
	code = carve_session_get(session, path, &answer);
	free(path);
	if (code == CARVE_YES) {
		const struct carved_node *proposal = carved_node_first(carved_node_get(answer.json, "items"));
		if (!proposal)
			code = show_reason(session, plan_id, ref);
		else if (session->args->json)
			print_json(session, proposal);
		else
			print_with_titles(session, proposal);
		carve_answer_deinit(&answer);
	}
	free(plan_id);
	return code;
}

enum carve_exit carve_run_show(struct carve_session *session)
{
	const char *ref = carve_locate_ref(session);
	enum carve_kind kind = carve_kind_is_plan_id(ref)       ? CARVE_PLAN
			       : carve_kind_is_proposal_id(ref) ? CARVE_PROPOSAL
								: CARVE_CANDIDATE;
	if (session->args->operand_count == 2 && !carve_kind_parse(session->args->operands[0], &kind))
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", session->args->operands[0]);
	switch (kind) {
	case CARVE_PLAN:
		return carve_render_plan_of(session, ref);
	case CARVE_PROPOSAL:
		return show_proposal(session, ref);
	case CARVE_CANDIDATE:
		return show_candidate(session, ref);
	default:
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", session->args->operands[0]);
	}
}
