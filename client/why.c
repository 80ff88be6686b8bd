// SPDX-License-Identifier: EUPL-1.2
// carve why: why a proposal is what it is, for the coach, the employer or the candidate.
#include "commands.h"
#include "locate.h"
#include "placed.h"
#include "render_why.h"
#include <string.h>

static enum carve_exit explain_proposal(struct carve_session *session, const char *id)
{
	struct carve_answer answer;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	const char *view = session->args->for_whom ? session->args->for_whom : "coach";
	carve_locate_add(session, CARVE_PROPOSAL, id, &path);
	carved_buffer_printf(&path, "/explanation?for=%s", view);
	enum carve_exit code = carve_session_get(session, path.data, &answer);
	if (code == CARVE_YES) {
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else if (strcmp(view, "employer") == 0)
			carve_render_why_employer(session->terminal, answer.json);
		else if (strcmp(view, "candidate") == 0)
			carve_render_why_candidate(session->terminal, answer.json);
		else
			carve_render_why(session->terminal, answer.json);
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	return code;
}

static enum carve_exit explain_candidate(struct carve_session *session, const char *ref)
{
	struct carve_answer answer;
	const struct carved_node *proposal;
	enum carve_exit code = carve_placed_get(session, ref, &answer, &proposal);
	if (code != CARVE_YES)
		return code;
	code = explain_proposal(session, carved_node_get_text(proposal, "id", "?"));
	carve_answer_deinit(&answer);
	return code;
}

enum carve_exit carve_run_why(struct carve_session *session)
{
	const char *ref = carve_locate_ref(session);
	enum carve_kind kind = carve_kind_is_proposal_id(ref) ? CARVE_PROPOSAL : CARVE_CANDIDATE;
	bool known = session->args->operand_count < 2 || carve_kind_parse(session->args->operands[0], &kind);
	if (!known || (kind != CARVE_PROPOSAL && kind != CARVE_CANDIDATE))
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", session->args->operands[0]);
	return kind == CARVE_PROPOSAL ? explain_proposal(session, ref) : explain_candidate(session, ref);
}
