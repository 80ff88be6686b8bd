// SPDX-License-Identifier: EUPL-1.2
// carve fairness: who was left out of the last plans, and whom they served.
#include "carved/base/buffer.h"
#include "commands.h"
#include "render.h"
#include "render_work.h"
#include <inttypes.h>
#include <stdlib.h>

static void set_value(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member)
{
	char text[32];
	carve_table_set(table, column, carve_render_value(terminal, node, member, text, sizeof text));
}

// Each reason on a line of its own, with the number of plans before it.
static void set_reasons(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *person)
{
	struct carved_buffer cell = CARVED_BUFFER_INIT;
	const struct carved_node *reasons = carved_node_get(person, "reasons");
	for (const struct carved_node *one = carved_node_first(reasons); one; one = one->next)
		carved_buffer_printf(&cell, "%s%" PRId64 "x %s", cell.length > 0 ? "\n" : "",
			carved_node_get_integer(one, "plans", 0),
			carve_render_reason(terminal, carved_node_get_text(one, "reason", "?")));
	carve_table_set(table, 3, cell.data ? cell.data : "");
	carved_buffer_deinit(&cell);
}

static void print_people(const struct carve_terminal *terminal, const struct carved_node *people)
{
	static const char *const columns[] = {"candidate", "coach", "months-waiting", "reason", NULL};
	if (!carved_node_first(people))
		return;
	struct carve_table *table = carve_render_table(terminal, columns, "llrl");
	for (const struct carved_node *person = carved_node_first(people); person; person = person->next) {
		carve_table_add_line(table);
		set_value(terminal, table, 0, person, "candidate");
		set_value(terminal, table, 1, person, "coach");
		set_value(terminal, table, 2, person, "monthsWaiting");
		set_reasons(terminal, table, person);
	}
	putc('\n', terminal->out);
	carve_table_print(table, 0);
	carve_table_free(table);
}

// "up to 12", or what is above the band before it.
static void set_band(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *before,
	const struct carved_node *band)
{
	char amount[32], *text = NULL;
	size_t length;
	const struct carved_node *up_to = carved_node_get(band, "upTo");
	bool last = !up_to || up_to->kind == CARVED_NODE_NULL;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	carve_say(terminal, memory, last ? "carve.fairness.above" : "carve.fairness.up-to", "amount",
		carve_render_value(terminal, last ? before : band, "upTo", amount, sizeof amount), NULL);
	fclose(memory);
	carve_table_set(table, 0, text);
	free(text);
}

static void print_measure(const struct carve_terminal *terminal, const struct carved_node *measure)
{
	static const char *const columns[] = {"band", "candidates", "placed", "share", "points-each", NULL};
	char msgid[64], share[32];
	struct carve_table *table = carve_render_table(terminal, columns, "lrrrr");
	const struct carved_node *before = NULL;
	for (const struct carved_node *band = carved_node_first(measure); band; before = band, band = band->next) {
		carve_table_add_line(table);
		set_band(terminal, table, before, band);
		set_value(terminal, table, 1, band, "candidates");
		set_value(terminal, table, 2, band, "placed");
		snprintf(share, sizeof share, "%.0f%%", 100 * carved_node_get_real(band, "share", 0));
		carve_table_set(table, 3, carved_node_get_integer(band, "candidates", 0) > 0 ? share : "");
		set_value(terminal, table, 4, band, "meanValue");
	}
	snprintf(msgid, sizeof msgid, "carve.fairness.%s", measure->key);
	carve_render_title(terminal, msgid);
	carve_table_print(table, 2);
	carve_table_free(table);
}

static void print_fairness(const struct carve_terminal *terminal, const struct carved_node *root)
{
	char plans[24], left_out[24], candidates[32];
	const struct carved_node *people = carved_node_get(root, "leftOut"), *list = carved_node_get(root, "plans");
	snprintf(plans, sizeof plans, "%zu", list ? list->count : 0);
	snprintf(left_out, sizeof left_out, "%zu", people ? people->count : 0);
	carve_say(terminal, terminal->out, "carve.fairness.heading", "plans", plans, "left-out", left_out, "candidates",
		carve_render_value(terminal, root, "candidates", candidates, sizeof candidates), NULL);
	putc('\n', terminal->out);
	print_people(terminal, people);
	const struct carved_node *measures = carved_node_get(root, "fairness");
	for (const struct carved_node *measure = carved_node_first(measures); measure; measure = measure->next)
		print_measure(terminal, measure);
}

enum carve_exit carve_run_fairness(struct carve_session *session)
{
	struct carve_answer answer;
	char path[64];
	int plans = session->args->plans;
	snprintf(path, sizeof path, plans > 0 ? "/v1/fairness?plans=%d" : "/v1/fairness", plans);
	enum carve_exit code = carve_session_get(session, path, &answer);
	if (code != CARVE_YES)
		return code;
	bool any = carved_node_first(carved_node_get(answer.json, "plans"));
	if (session->args->json) {
		carve_session_print_body(session, &answer);
	} else if (any) {
		print_fairness(session->terminal, answer.json);
	} else {
		carve_write(session->terminal->out, carve_word(session->terminal, "carve.fairness.no-plan"));
		putc('\n', session->terminal->out);
	}
	carve_answer_deinit(&answer);
	return any ? CARVE_YES : CARVE_NO;
}
