// SPDX-License-Identifier: EUPL-1.2
#include "render_obstacles.h"
#include "carved/base/week.h"
#include "carved/data/icf.h"
#include "render.h"
#include <string.h>

enum { FIGURE_MAX = 32, PARTS_MAX = 400, MSGID_MAX = 64 };

static void write_spaces(const struct carve_terminal *terminal, int count)
{
	fprintf(terminal->out, "%*s", count, "");
}

// ---- rules

static const char *label_of(const struct carve_terminal *terminal, const char *code)
{
	carved_icf icf = carved_icf_find(code);
	const char *label = icf == CARVED_ICF_NONE ? NULL : carved_icf_label(icf, terminal->language);
	return label ? label : "";
}

// The sentence of a rule: one of two for hours, which are too few or too many, and for what others have taken without a figure.
static const char *sentence_of(const struct carve_terminal *terminal, const struct carved_node *rule, char msgid[MSGID_MAX])
{
	const char *name = carved_node_get_text(rule, "rule", "?");
	double found = carved_node_get_real(rule, "found", 0), allowed = carved_node_get_real(rule, "allowed", 0);
	const char *more = strcmp(name, "hours") == 0 && found > allowed                             ? "-above"
			   : strcmp(name, "donor") == 0 && !carved_node_get_text(rule, "what", NULL) ? "-taken"
												     : "";
	snprintf(msgid, MSGID_MAX, "carve.obstacle.%.30s%s", name, more);
	return carved_text_find(terminal->language, msgid) ? msgid : "carve.obstacle.other";
}

void carve_render_rules(const struct carve_terminal *terminal, const struct carved_node *rules, int indent)
{
	char found[FIGURE_MAX], allowed[FIGURE_MAX], msgid[MSGID_MAX];
	for (const struct carved_node *rule = carved_node_first(rules); rule; rule = rule->next) {
		const char *what = carved_node_get_text(rule, "what", "");
		write_spaces(terminal, indent);
		carve_say(terminal, terminal->out, sentence_of(terminal, rule, msgid), "rule",
			carved_node_get_text(rule, "rule", "?"), "what", what, "label", label_of(terminal, what), "found",
			carve_render_value(terminal, rule, "found", found, sizeof found), "allowed",
			carve_render_value(terminal, rule, "allowed", allowed, sizeof allowed), NULL);
		putc('\n', terminal->out);
	}
}

// ---- changes

static const char *parts_of(
	const struct carve_terminal *terminal, const struct carved_node *change, const char *member, char text[PARTS_MAX])
{
	size_t used = 0;
	text[0] = '\0';
	for (const struct carved_node *part = carved_node_first(carved_node_get(change, member)); part; part = part->next) {
		if (part->text && used < PARTS_MAX)
			used += (size_t)snprintf(text + used, PARTS_MAX - used, "%s%s", used ? ", " : "",
				carve_render_label(terminal, "day-part", part->text));
	}
	return text;
}

void carve_render_change(const struct carve_terminal *terminal, const struct carved_node *change, const struct carved_node *site)
{
	char from_parts[PARTS_MAX], to_parts[PARTS_MAX], hours[FIGURE_MAX], from_hours[FIGURE_MAX], to_hours[FIGURE_MAX],
		msgid[MSGID_MAX];
	const char *kind = carved_node_get_text(change, "kind", "?"), *work = carved_node_get_text(change, "work", ""),
		   *task = carved_node_get_text(change, "task", ""), *title = carve_render_task_title(site, work, task);
	const struct carved_node *document = carved_node_get(change, "document");
	bool fixed = carved_node_get_bool(change, "fixed", false);
	snprintf(msgid, sizeof msgid, "carve.change.%.30s%s", kind, fixed ? "-fixed" : "");
	carve_say(terminal, terminal->out, msgid, "task", task, "title", title, "work", work, "hours",
		carve_render_value(terminal, change, "hours", hours, sizeof hours), "from-parts",
		parts_of(terminal, change, "fromParts", from_parts), "to-parts", parts_of(terminal, change, "toParts", to_parts),
		"from", carved_node_get_text(change, "from", ""), "to", carved_node_get_text(change, "to", ""), "aid",
		carve_render_label(terminal, "aid", carved_node_get_text(change, "aid", "")), "from-hours",
		carve_render_value(terminal, change, "fromHours", from_hours, sizeof from_hours), "to-hours",
		carve_render_value(terminal, change, "toHours", to_hours, sizeof to_hours), "ref",
		carved_node_get_text(document, "ref", ""), NULL);
}

static void print_then(const struct carve_terminal *terminal, const struct carved_node *package, const struct carved_node *site)
{
	char hours[FIGURE_MAX];
	carve_say(terminal, terminal->out, "carve.why-not.then", "hours",
		carve_render_value(terminal, package, "hours", hours, sizeof hours), NULL);
	for (const struct carved_node *slot = carved_node_first(carved_node_get(package, "slots")); slot; slot = slot->next) {
		const char *work = carved_node_get_text(slot, "job", carved_node_get_text(slot, "vacancy", "")),
			   *task = carved_node_get_text(slot, "task", "?"), *part = carved_node_get_text(slot, "part", NULL),
			   *title = carve_render_task_title(site, work, task);
		carve_say(terminal, terminal->out, part ? "carve.why-not.piece-part" : "carve.why-not.piece", "hours",
			carve_render_value(terminal, slot, "hours", hours, sizeof hours), "task", title[0] ? title : task, "part",
			part ? carve_render_label(terminal, "day-part", part) : "", "more", slot->next ? "," : "", NULL);
	}
	putc('\n', terminal->out);
}

static void print_mend(
	const struct carve_terminal *terminal, const struct carved_node *mend, size_t rank, const struct carved_node *site)
{
	bool first = true;
	for (const struct carved_node *change = carved_node_first(carved_node_get(mend, "changes")); change;
		change = change->next) {
		if (first)
			fprintf(terminal->out, "  %zu. ", rank);
		else
			fprintf(terminal->out, "     + ");
		first = false;
		carve_render_change(terminal, change, site);
		putc('\n', terminal->out);
	}
	print_then(terminal, carved_node_get(mend, "package"), site);
}

// Returns whether there are any.
static bool print_mends(const struct carve_terminal *terminal, const struct carved_node *mends, const struct carved_node *site)
{
	const struct carved_node *items = carved_node_get(mends, "items");
	size_t rank = 0;
	if (!carved_node_first(items)) {
		putc('\n', terminal->out);
		carve_say(terminal, terminal->out,
			carved_node_get_integer(mends, "completeTo", 0) == 3 ? "carve.why-not.nothing"
									     : "carve.why-not.nothing-found",
			NULL);
		putc('\n', terminal->out);
		return false;
	}
	carve_render_title(terminal, "carve.why-not.mends");
	for (const struct carved_node *mend = carved_node_first(items); mend; mend = mend->next)
		print_mend(terminal, mend, ++rank, site);
	return true;
}

// ---- an answer

static void print_slots(const struct carve_terminal *terminal, const struct carved_node *slots, const struct carved_node *site)
{
	char hours[FIGURE_MAX];
	if (!carved_node_first(slots))
		return;
	carve_render_title(terminal, "carve.why-not.slots");
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next) {
		const char *work = carved_node_get_text(slot, "job", carved_node_get_text(slot, "vacancy", "?")),
			   *task = carved_node_get_text(slot, "task", "?"), *part = carved_node_get_text(slot, "part", NULL);
		carve_say(terminal, terminal->out, part ? "carve.why-not.slot-part" : "carve.why-not.slot", "work", work, "task",
			task, "title", carve_render_task_title(site, work, task), "part",
			part ? carve_render_label(terminal, "day-part", part) : "", "hours",
			carve_render_value(terminal, slot, "hours", hours, sizeof hours), NULL);
		putc('\n', terminal->out);
		carve_render_rules(terminal, carved_node_get(slot, "rules"), 4);
	}
}

static void print_heading(
	const struct carve_terminal *terminal, const struct carved_node *answer, const struct carved_node *site, bool fits)
{
	const char *work = carved_node_get_text(answer, "work", NULL), *task = carved_node_get_text(answer, "task", NULL);
	char where[256], hours[FIGURE_MAX];
	snprintf(where, sizeof where, "%s%s%s%s%s", carved_node_get_text(answer, "site", "?"), work ? "/" : "", work ? work : "",
		task ? "/" : "", task ? task : "");
	carve_say(terminal, terminal->out, fits ? "carve.why-not.fits" : "carve.why-not.does-not", "candidate",
		carved_node_get_text(answer, "candidate", "?"), "where", where, "name", carved_node_get_text(site, "name", ""),
		"hours", carve_render_value(terminal, carved_node_get(answer, "nearest"), "hours", hours, sizeof hours), NULL);
	putc('\n', terminal->out);
}

static void print_obstacles(
	const struct carve_terminal *terminal, const struct carved_node *answer, const struct carved_node *site)
{
	const struct carved_node *support = carved_node_get(answer, "support"), *package = carved_node_get(answer, "package"),
				 *scope = carved_node_get(answer, "scope");
	char all[FIGURE_MAX], fit[FIGURE_MAX];
	if (carved_node_first(support) || carved_node_first(package))
		carve_render_title(terminal, "carve.why-not.rules");
	carve_render_rules(terminal, support, 2);
	carve_render_rules(terminal, package, 2);
	print_slots(terminal, carved_node_get(answer, "slots"), site);
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, "carve.why-not.scope", "hours",
		carve_render_value(terminal, scope, "hours", all, sizeof all), "fit",
		carve_render_value(terminal, scope, "hoursThatFit", fit, sizeof fit), NULL);
	putc('\n', terminal->out);
	carve_render_texts(terminal, carved_node_get(answer, "conditions"), "carve.why-not.conditions", "first");
}

static void print_taken(const struct carve_terminal *terminal, const struct carved_node *taken)
{
	const struct carved_node *rules = carved_node_get(taken, "rules");
	if (!taken || taken->kind != CARVED_NODE_MAP)
		return;
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, carved_node_first(rules) ? "carve.why-not.taken" : "carve.why-not.room", "plan",
		carved_node_get_text(taken, "plan", "?"), NULL);
	putc('\n', terminal->out);
	carve_render_rules(terminal, rules, 2);
}

bool carve_render_obstacles(
	const struct carve_terminal *terminal, const struct carved_node *answer, const struct carved_node *site)
{
	bool fits = carved_node_get_bool(answer, "fits", false);
	print_heading(terminal, answer, site, fits);
	if (fits) {
		print_taken(terminal, carved_node_get(answer, "taken"));
		return true;
	}
	print_obstacles(terminal, answer, site);
	return print_mends(terminal, carved_node_get(answer, "mends"), site);
}

// ---- all sites

static void print_openings(const struct carve_terminal *terminal, const struct carved_node *opens)
{
	char from_hours[FIGURE_MAX], to_hours[FIGURE_MAX], sites[FIGURE_MAX], hours[FIGURE_MAX], msgid[MSGID_MAX];
	size_t rank = 0;
	carve_render_title(terminal, "carve.why-not.opens");
	for (const struct carved_node *item = carved_node_first(opens); item; item = item->next) {
		snprintf(msgid, sizeof msgid, "carve.opening.%.30s", carved_node_get_text(item, "kind", "?"));
		fprintf(terminal->out, "  %zu. ", ++rank);
		carve_say(terminal, terminal->out, msgid, "aid",
			carve_render_label(terminal, "aid", carved_node_get_text(item, "aid", "")), "from-hours",
			carve_render_value(terminal, item, "fromHours", from_hours, sizeof from_hours), "to-hours",
			carve_render_value(terminal, item, "toHours", to_hours, sizeof to_hours), NULL);
		putc('\n', terminal->out);
		carve_say(terminal, terminal->out, "carve.why-not.opens-sites", "sites",
			carve_render_value(terminal, item, "sites", sites, sizeof sites), "hours",
			carve_render_value(terminal, item, "packageHours", hours, sizeof hours), NULL);
		for (const struct carved_node *site = carved_node_first(carved_node_get(item, "examples")); site;
			site = site->next) {
			carve_write(terminal->out, " ");
			carve_write(terminal->out, site->text ? site->text : "?");
		}
		putc('\n', terminal->out);
	}
}

static void print_rules_of_sites(const struct carve_terminal *terminal, const struct carved_node *rules)
{
	static const char *const columns[] = {"sites", "reason", NULL};
	struct carve_table *table = carve_render_table(terminal, columns, "rl");
	for (const struct carved_node *rule = carved_node_first(rules); rule; rule = rule->next) {
		carve_table_add_line(table);
		carve_table_set_integer(table, 0, carved_node_get_integer(rule, "sites", 0));
		carve_table_set(table, 1, carve_render_reason(terminal, carved_node_get_text(rule, "rule", "?")));
	}
	carve_table_print(table, 2);
	carve_table_free(table);
}

// What the last plan has left at the sites where the candidate fits.
static void print_taken_of_sites(
	const struct carve_terminal *terminal, const struct carved_node *sites, const struct carved_node *taken)
{
	char fit[FIGURE_MAX], room[FIGURE_MAX];
	if (!taken || taken->kind != CARVED_NODE_MAP)
		return;
	putc('\n', terminal->out);
	carve_say(terminal, terminal->out, "carve.why-not.room-at", "plan", carved_node_get_text(taken, "plan", "?"), "room",
		carve_render_value(terminal, taken, "room", room, sizeof room), "sites",
		carve_render_value(terminal, sites, "fit", fit, sizeof fit), NULL);
	putc('\n', terminal->out);
	if (carved_node_first(carved_node_get(taken, "rules")))
		print_rules_of_sites(terminal, carved_node_get(taken, "rules"));
}

bool carve_render_openings(const struct carve_terminal *terminal, const struct carved_node *answer)
{
	const struct carved_node *sites = carved_node_get(answer, "sites"), *rules = carved_node_get(answer, "rules"),
				 *opens = carved_node_get(answer, "opens");
	char fit[FIGURE_MAX], looked_at[FIGURE_MAX], far[FIGURE_MAX], excluded[FIGURE_MAX], beyond[FIGURE_MAX];
	bool complete = carved_node_get_bool(answer, "complete", false);
	carve_say(terminal, terminal->out, "carve.why-not.everywhere", "candidate",
		carved_node_get_text(answer, "candidate", "?"), "fit",
		carve_render_value(terminal, sites, "fit", fit, sizeof fit), "sites",
		carve_render_value(terminal, sites, "lookedAt", looked_at, sizeof looked_at), "far",
		carve_render_value(terminal, sites, "outOfReach", far, sizeof far), "excluded",
		carve_render_value(terminal, sites, "excluded", excluded, sizeof excluded), NULL);
	putc('\n', terminal->out);
	if (carved_node_get_integer(sites, "notLookedAt", 0) > 0) {
		carve_say(terminal, terminal->out, "carve.why-not.beyond", "sites",
			carve_render_value(terminal, sites, "notLookedAt", beyond, sizeof beyond), NULL);
		putc('\n', terminal->out);
	}
	carve_render_texts(terminal, carved_node_get(answer, "conditions"), "carve.why-not.conditions", "first");
	if (carved_node_first(rules)) {
		carve_render_title(terminal, "carve.why-not.rules");
		print_rules_of_sites(terminal, rules);
	}
	print_taken_of_sites(terminal, sites, carved_node_get(answer, "taken"));
	if (carved_node_first(opens))
		print_openings(terminal, opens);
	if (!carved_node_first(opens) || !complete) {
		putc('\n', terminal->out);
		carve_say(terminal, terminal->out, complete ? "carve.why-not.opens-nothing" : "carve.why-not.opens-more", NULL);
		putc('\n', terminal->out);
	}
	return carved_node_first(opens) || carved_node_get_integer(sites, "fit", 0) > 0;
}
