// SPDX-License-Identifier: EUPL-1.2
// carve show: a plan, a proposal, or what the newest plan holds for a candidate.
#include "commands.h"
#include "locate.h"
#include "placed.h"
#include "render.h"
#include <stdlib.h>
#include <string.h>

// What people decided on it. Of a proposal that nobody has moved there is nothing to ask.
static void print_decisions(struct carve_session *session, const struct carved_node *proposal)
{
	if (strcmp(carved_node_get_text(proposal, "state", ""), "proposed") == 0)
		return;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	struct carve_answer answer;
	carve_locate_add(session, CARVE_PROPOSAL, carved_node_get_text(proposal, "id", "?"), &path);
	carved_buffer_add_text(&path, "/decisions");
	if (carve_session_get(session, path.data, &answer) == CARVE_YES) {
		carve_render_decisions(session->terminal, carved_node_get(answer.json, "items"));
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
}

static void print_with_titles(struct carve_session *session, const struct carved_node *proposal)
{
	struct carve_answer answer;
	const struct carved_node *site = carve_locate_titles(session, carved_node_get_text(proposal, "site", "?"), &answer);
	carve_render_proposal(session->terminal, proposal, site);
	print_decisions(session, proposal);
	carve_answer_deinit(&answer);
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

static enum carve_exit show_candidate(struct carve_session *session, const char *ref)
{
	struct carve_answer answer;
	const struct carved_node *proposal;
	enum carve_exit code = carve_placed_get(session, ref, &answer, &proposal);
	if (code != CARVE_YES)
		return code;
	if (session->args->json)
		carve_placed_print_json(session, proposal);
	else
		print_with_titles(session, proposal);
	carve_answer_deinit(&answer);
	return CARVE_YES;
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
