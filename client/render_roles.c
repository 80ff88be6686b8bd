// SPDX-License-Identifier: EUPL-1.2
// The roles that a site could offer, as an account manager reads them before a visit.
#include "carved/data/icf.h"
#include "listing.h"
#include "render.h"
#include "render_work.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// "12", "fewer than 5", "more than 7", in `room` bytes at `text`.
static const char *people(const struct carve_terminal *terminal, const struct carved_node *number, char *text, size_t room)
{
	static const char *const members[] = {"count", "fewerThan", "moreThan"};
	static const char *const words[] = {"", "carve.people.fewer", "carve.people.more"};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		if (!carved_node_get(number, members[i]))
			continue;
		snprintf(text, room, "%s%s%" PRId64, i > 0 ? carve_word(terminal, words[i]) : "", i > 0 ? " " : "",
			carved_node_get_integer(number, members[i], 0));
		return text;
	}
	return "?";
}

static void print_heading(const struct carve_terminal *terminal, const struct carved_node *answer)
{
	char value[32], bound[32], all[64], gap[32] = "?";
	const struct carved_node *ratio = carved_node_get(answer, "gap");
	if (ratio && (ratio->kind == CARVED_NODE_REAL || ratio->kind == CARVED_NODE_INTEGER))
		snprintf(gap, sizeof gap, "%.2f%%",
			100 * (ratio->kind == CARVED_NODE_REAL ? ratio->real : (double)ratio->integer));
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, carved_node_get_text(answer, "site", "?"));
	carve_write(terminal->out, "  ");
	carve_write(terminal->out, carved_node_get_text(answer, "name", ""));
	carve_write(terminal->out, "\n");
	carve_say(terminal, terminal->out, "carve.roles.line", "date", carved_node_get_text(answer, "date", "?"), "value",
		carve_render_value(terminal, answer, "value", value, sizeof value), "bound",
		carve_render_value(terminal, answer, "bound", bound, sizeof bound), "gap", gap, NULL);
	carve_write(terminal->out, "\n");
	carve_say(terminal, terminal->out, "carve.roles.candidates", "people",
		people(terminal, carved_node_get(answer, "candidates"), all, sizeof all), NULL);
	carve_write(terminal->out, "\n");
}

static void print_role_heading(const struct carve_terminal *terminal, const struct carved_node *role, size_t rank)
{
	char number[24], hours[32], value[32], count[32];
	snprintf(number, sizeof number, "%zu.", rank);
	putc('\n', terminal->out);
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, number);
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, "carve.roles.role", "kind",
		carve_render_label(terminal, "package", carved_node_get_text(role, "kind", "?")), "hours",
		carve_render_value(terminal, role, "hours", hours, sizeof hours), "value",
		carve_render_value(terminal, role, "value", value, sizeof value), NULL);
	if (carved_node_get_integer(role, "count", 1) > 1) {
		carve_write(terminal->out, ", ");
		carve_say(terminal, terminal->out, "carve.roles.times", "count",
			carve_render_value(terminal, role, "count", count, sizeof count), NULL);
	}
	carve_write(terminal->out, "\n");
}

static void print_people(const struct carve_terminal *terminal, const struct carved_node *role)
{
	const struct carved_node *candidates = carved_node_get(role, "candidates");
	char all[64], target[64], coaching[64];
	carve_render_title(terminal, "carve.roles.people");
	carve_say(terminal, terminal->out, "carve.roles.people-line", "all",
		people(terminal, carved_node_get(candidates, "all"), all, sizeof all), "target",
		people(terminal, carved_node_get(candidates, "targetGroup"), target, sizeof target), "coaching",
		people(terminal, carved_node_get(candidates, "coaching"), coaching, sizeof coaching), NULL);
	carve_write(terminal->out, "\n");
}

static void add_levels(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *levels)
{
	for (const struct carved_node *level = carved_node_first(levels); level; level = level->next) {
		carved_icf icf = carved_icf_find(level->key);
		const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, terminal->language);
		carve_table_add_line(table);
		carve_table_set_integer(table, 0, level->integer);
		carve_table_set(table, 1, level->key);
		carve_table_set(table, 2, label ? label : "");
	}
}

static void print_asked(const struct carve_terminal *terminal, const struct carved_node *role)
{
	static const char *const columns[] = {"level", "category", "category-title", NULL};
	const struct carved_node *asks = carved_node_get(role, "asks");
	const struct carved_node *demands = carved_node_get(asks, "demands"), *exposures = carved_node_get(asks, "exposures");
	if (carved_node_first(demands) || carved_node_first(exposures)) {
		struct carve_table *table = carve_render_table(terminal, columns, "rll");
		add_levels(terminal, table, demands);
		add_levels(terminal, table, exposures);
		carve_render_title(terminal, "carve.roles.asks");
		carve_table_print(table, 2);
		carve_table_free(table);
	}
	carve_render_texts(terminal, carved_node_get(asks, "requiresLabels"), "carve.roles.requires", "certificate");
}

static void print_aids(const struct carve_terminal *terminal, const struct carved_node *role)
{
	const struct carved_node *aids = carved_node_get(role, "aids");
	char number[64];
	if (!carved_node_first(aids))
		return;
	carve_render_title(terminal, "carve.roles.aids");
	for (const struct carved_node *aid = carved_node_first(aids); aid; aid = aid->next) {
		carve_write(terminal->out, "  ");
		carve_say(terminal, terminal->out, "carve.roles.aid", "aid", carved_node_get_text(aid, "label", "?"), "people",
			people(terminal, carved_node_get(aid, "candidates"), number, sizeof number), NULL);
		carve_write(terminal->out, "\n");
	}
}

static void print_role(const struct carve_terminal *terminal, const struct carved_node *role, const struct carved_node *site)
{
	carve_render_slots(terminal, role, site);
	carve_render_week(terminal, role);
	carve_render_donors(terminal, role, site, "left");
	print_asked(terminal, role);
	print_people(terminal, role);
	print_aids(terminal, role);
	carve_render_texts(terminal, carved_node_get(role, "conditions"), "carve.proposal.conditions", "condition");
}

void carve_render_roles(const struct carve_terminal *terminal, const struct carved_node *answer, size_t most)
{
	size_t rank = 0;
	print_heading(terminal, answer);
	for (const struct carved_node *role = carved_node_first(carved_node_get(answer, "roles")); role && rank < most;
		role = role->next) {
		print_role_heading(terminal, role, ++rank);
		print_role(terminal, role, answer); // it has the titles, as a site's document does
	}
	if (rank == 0) {
		carve_write(terminal->out, "\n");
		carve_say(terminal, terminal->out, "carve.roles.empty", NULL);
		carve_write(terminal->out, "\n");
	}
}
