// SPDX-License-Identifier: EUPL-1.2
// What people decided, one line each with what belongs to it below.
#include "render.h"
#include "render_work.h"

static void print_detail(
	const struct carve_terminal *terminal, const struct carved_node *decision, const char *key, const char *msgid)
{
	const char *value = carved_node_get_text(decision, key, NULL);
	if (!value)
		return;
	carve_say(terminal, terminal->out, msgid, "value", value, NULL);
	carve_write(terminal->out, "\n");
}

static void print_reason(const struct carve_terminal *terminal, const struct carved_node *decision)
{
	const char *reason = carved_node_get_text(decision, "reason", NULL);
	if (!reason)
		return;
	carve_say(
		terminal, terminal->out, "carve.decision.reason", "value", carve_render_label(terminal, "reason", reason), NULL);
	carve_write(terminal->out, "\n");
}

static void print_decision(const struct carve_terminal *terminal, const struct carved_node *decision)
{
	char day[11];
	snprintf(day, sizeof day, "%.10s", carved_node_get_text(decision, "decided", "?"));
	carve_say(terminal, terminal->out, "carve.decision.line", "date", day, "state",
		carve_render_label(terminal, "state", carved_node_get_text(decision, "kind", "?")), "who",
		carved_node_get_text(decision, "decidedBy", "?"), NULL);
	carve_write(terminal->out, "\n");
	print_reason(terminal, decision);
	if (carved_node_get_bool(decision, "forGood", false)) {
		carve_write(terminal->out, carve_word(terminal, "carve.decision.for-good"));
		carve_write(terminal->out, "\n");
	}
	print_detail(terminal, decision, "candidateAgreed", "carve.decision.candidate-agreed");
	print_detail(terminal, decision, "employerAgreed", "carve.decision.employer-agreed");
	print_detail(terminal, decision, "financesDiscussed", "carve.decision.finances-discussed");
	print_detail(terminal, decision, "contact", "carve.decision.contact");
	print_detail(terminal, decision, "text", "carve.decision.text");
}

void carve_render_decisions(const struct carve_terminal *terminal, const struct carved_node *decisions)
{
	if (!decisions || decisions->count == 0)
		return;
	carve_render_title(terminal, "carve.proposal.decisions");
	for (const struct carved_node *decision = carved_node_first(decisions); decision; decision = decision->next)
		print_decision(terminal, decision);
}
