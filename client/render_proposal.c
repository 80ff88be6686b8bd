// SPDX-License-Identifier: EUPL-1.2
#include "carved/data/icf.h"
#include "render.h"
#include "render_work.h"
#include <inttypes.h>
#include <string.h>

static void print_heading(
	const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site)
{
	char hours[32], value[32];
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, carved_node_get_text(proposal, "id", "?"));
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, "carve.proposal.heading", "candidate",
		carved_node_get_text(proposal, "candidate", "?"), "site", carved_node_get_text(proposal, "site", "?"), "name",
		carved_node_get_text(site, "name", ""), NULL);
	carve_write(terminal->out, "\n");
	carve_say(terminal, terminal->out, "carve.proposal.line", "kind",
		carve_render_label(terminal, "package", carved_node_get_text(proposal, "kind", "?")), "hours",
		carve_render_value(terminal, proposal, "hours", hours, sizeof hours), "value",
		carve_render_value(terminal, proposal, "value", value, sizeof value), "state",
		carve_render_label(terminal, "state", carved_node_get_text(proposal, "state", "?")), "plan",
		carved_node_get_text(proposal, "plan", "?"), NULL);
	carve_write(terminal->out, "\n");
}

// The parts and their sum, which is the value; where a daemon says otherwise that is told.
static void print_parts(const struct carve_terminal *terminal, const struct carved_node *proposal)
{
	static const char *const columns[] = {"points", "value-part", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rl");
	int64_t sum = 0, value = carved_node_get_integer(proposal, "value", 0);
	for (const struct carved_node *part = carved_node_first(carved_node_get(proposal, "parts")); part; part = part->next) {
		int64_t points = part->kind == CARVED_NODE_INTEGER ? part->integer : 0;
		sum += points;
		carve_table_add_line(table);
		carve_table_set_integer(table, 0, points);
		carve_table_set(table, 1, carve_render_label(terminal, "value", part->key));
	}
	carve_table_add_line(table);
	carve_table_set_integer(table, 0, sum);
	carve_table_set(table, 1, carve_word(terminal, "carve.value.total"));
	carve_render_title(terminal, "carve.proposal.parts");
	carve_table_print(table, 2);
	carve_table_free(table);
	if (sum != value) {
		char text[24];
		snprintf(text, sizeof text, "%" PRId64, value);
		carve_say(terminal, terminal->err, "carve.proposal.parts-differ", "value", text, NULL);
		putc('\n', terminal->err);
	}
}

static void print_questions(const struct carve_terminal *terminal, const struct carved_node *proposal)
{
	const struct carved_node *questions = carved_node_get(proposal, "questions");
	if (!questions || questions->count == 0)
		return;
	carve_render_title(terminal, "carve.proposal.questions");
	for (const struct carved_node *question = carved_node_first(questions); question; question = question->next) {
		carved_icf icf = question->text ? carved_icf_find(question->text) : CARVED_ICF_NONE;
		const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, terminal->language);
		carve_say(terminal, terminal->out, "carve.proposal.question", "code", question->text ? question->text : "?",
			"label", label ? label : "", NULL);
		putc('\n', terminal->out);
	}
}

// What coach and candidate took upon themselves.
void carve_render_risks(const struct carve_terminal *terminal, const struct carved_node *proposal)
{
	const struct carved_node *risks = carved_node_get(proposal, "risks");
	const struct carved_node *slots = carved_node_get(proposal, carved_node_get(proposal, "slots") ? "slots" : "tasks");
	if (!risks || risks->count == 0)
		return;
	carve_render_title(terminal, "carve.proposal.risks");
	for (const struct carved_node *risk = carved_node_first(risks); risk; risk = risk->next) {
		const struct carved_node *slot = carved_node_first(slots);
		for (int64_t at = carved_node_get_integer(risk, "slot", 0); slot && at > 0; at--)
			slot = slot->next;
		const char *code = carved_node_get_text(risk, "category", "");
		const carved_icf icf = *code ? carved_icf_find(code) : CARVED_ICF_NONE;
		const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, terminal->language);
		carve_say(terminal, terminal->out, *code ? "carve.proposal.risk-category" : "carve.proposal.risk", "task",
			carved_node_get_text(slot, "task", "?"), "rule",
			carve_render_label(terminal, "rule", carved_node_get_text(risk, "rule", "?")), "code", code, "label",
			label ? label : "", "reason", carved_node_get_text(risk, "reason", ""), "agreed",
			carved_node_get_text(risk, "agreed", ""), NULL);
		putc('\n', terminal->out);
	}
}

void carve_render_review(const struct carve_terminal *terminal, const struct carved_node *proposal)
{
	const char *since = carved_node_get_text(carved_node_get(proposal, "review"), "since", NULL);
	if (!since)
		return;
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, "carve.proposal.review", "since", since, NULL);
	putc('\n', terminal->out);
}

static void print_body(const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site,
	const char *left_column)
{
	carve_render_slots(terminal, proposal, site);
	carve_render_week(terminal, proposal);
	carve_render_steps(terminal, proposal, site);
	print_parts(terminal, proposal);
	carve_render_donors(terminal, proposal, site, left_column);
	print_questions(terminal, proposal);
	carve_render_texts(terminal, carved_node_get(proposal, "aids"), "carve.proposal.aids", "aid");
	carve_render_risks(terminal, proposal);
	carve_render_review(terminal, proposal);
	carve_render_texts(terminal, carved_node_get(proposal, "conditions"), "carve.proposal.conditions", "condition");
}

void carve_render_proposal(
	const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site)
{
	print_heading(terminal, proposal, site);
	print_body(terminal, proposal, site, "left");
}

// Whom it would push aside: nothing to say where there is no plan.
static void print_displaced(const struct carve_terminal *terminal, const struct carved_node *displaces)
{
	char others[24];
	int64_t count = carved_node_get_integer(displaces, "others", 0);
	if (!displaces || displaces->kind != CARVED_NODE_MAP)
		return;
	if (carved_node_get_integer(displaces, "people", 0) == 0) {
		carve_write(terminal->out, carve_word(terminal, "carve.best.displaces-nobody"));
		carve_write(terminal->out, "\n");
		return;
	}
	carve_render_title(terminal, "carve.best.displaces");
	for (const struct carved_node *one = carved_node_first(carved_node_get(displaces, "own")); one; one = one->next) {
		carve_say(terminal, terminal->out, "carve.best.displaced", "candidate",
			carved_node_get_text(one, "candidate", "?"), "proposal", carved_node_get_text(one, "proposal", "?"),
			NULL);
		carve_write(terminal->out, "\n");
	}
	if (count == 0)
		return;
	snprintf(others, sizeof others, "%" PRId64, count);
	carve_say(terminal, terminal->out, "carve.best.displaced-others", "count", others, NULL);
	carve_write(terminal->out, "\n");
}

void carve_render_recommendation(
	const struct carve_terminal *terminal, const struct carved_node *package, size_t rank, const struct carved_node *site)
{
	char number[24], hours[32], value[32], net[32];
	snprintf(number, sizeof number, "%zu.", rank);
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, number);
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, "carve.proposal.heading", "candidate", carved_node_get_text(package, "candidate", "?"),
		"site", carved_node_get_text(package, "site", "?"), "name", carved_node_get_text(site, "name", ""), NULL);
	carve_write(terminal->out, "\n");
	carve_say(terminal, terminal->out, "carve.best.line", "kind",
		carve_render_label(terminal, "package", carved_node_get_text(package, "kind", "?")), "hours",
		carve_render_value(terminal, package, "hours", hours, sizeof hours), "value",
		carve_render_value(terminal, package, "value", value, sizeof value), "net",
		carve_render_value(terminal, package, "net", net, sizeof net), NULL);
	carve_write(terminal->out, "\n");
	print_displaced(terminal, carved_node_get(package, "displaces"));
	print_body(terminal, package, site, "left-alone");
}
