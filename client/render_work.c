// SPDX-License-Identifier: EUPL-1.2
// What is done when, and who gives it: the same for proposals, recommendations and roles.
#include "render_work.h"
#include "carved/base/week.h"
#include "listing.h"
#include "render.h"
#include <inttypes.h>
#include <string.h>

static const struct carved_node *find_ref(const struct carved_node *list, const char *ref)
{
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next) {
		if (strcmp(carved_node_get_text(item, "ref", ""), ref) == 0)
			return item;
	}
	return NULL;
}

// The job or vacancy of this ref in the site's document.
static const struct carved_node *find_work(const struct carved_node *site, const char *ref)
{
	const struct carved_node *job = find_ref(carved_node_get(site, "jobs"), ref);
	return job ? job : find_ref(carved_node_get(site, "vacancies"), ref);
}

const char *carve_render_task_title(const struct carved_node *site, const char *work, const char *task)
{
	return carved_node_get_text(find_ref(carved_node_get(find_work(site, work), "tasks"), task), "title", "");
}

static const char *work_ref(const struct carved_node *slot)
{
	return carved_node_get_text(slot, "job", carved_node_get_text(slot, "vacancy", "?"));
}

const char *carve_render_value(
	const struct carve_terminal *terminal, const struct carved_node *node, const char *member, char *text, size_t room)
{
	return carve_value(terminal, carved_node_get(node, member), text, room);
}

void carve_render_title(const struct carve_terminal *terminal, const char *msgid)
{
	putc('\n', terminal->out);
	carve_write_styled(terminal, terminal->out, CARVE_BOLD, carve_word(terminal, msgid));
	putc('\n', terminal->out);
}

struct carve_table *carve_render_table(const struct carve_terminal *terminal, const char *const *columns, const char *right)
{
	struct carve_table *table = carve_table_new(terminal);
	for (size_t i = 0; columns[i]; i++)
		carve_table_add_column(table, carve_render_label(terminal, "column", columns[i]), right[i] == 'r');
	return table;
}

static void add_slot(const struct carve_terminal *terminal, struct carve_table *table, const struct carved_node *slot,
	const struct carved_node *site, const struct carved_node *with_hours)
{
	char hours[32];
	const char *ref = work_ref(slot), *task_ref = carved_node_get_text(slot, "task", "?");
	const struct carved_node *work = find_work(site, ref), *task = find_ref(carved_node_get(work, "tasks"), task_ref);
	const char *part = carved_node_get_text(slot, "part", NULL);
	carve_table_add_line(table);
	carve_table_set(table, 0, carve_render_value(terminal, with_hours, "hours", hours, sizeof hours));
	carve_table_set(table, 1, task_ref);
	carve_table_set(table, 2, carved_node_get_text(task, "title", carved_node_get_text(slot, "title", "")));
	carve_table_set(table, 3, ref);
	carve_table_set(table, 4, carved_node_get_text(work, "title", carved_node_get_text(slot, "jobTitle", "")));
	carve_table_set(table, 5, part ? carve_render_label(terminal, "day-part", part) : "");
}

static struct carve_table *slots_table(const struct carve_terminal *terminal)
{
	static const char *const columns[] = {"hours", "task", "task-title", "work", "work-title", "part", NULL};
	return carve_render_table(terminal, columns, "rlllll");
}

void carve_render_slots(const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site)
{
	struct carve_table *table = slots_table(terminal);
	for (const struct carved_node *slot = carved_node_first(carved_node_get(proposal, "slots")); slot; slot = slot->next)
		add_slot(terminal, table, slot, site, slot);
	carve_render_title(terminal, "carve.proposal.slots");
	carve_table_print(table, 2);
	carve_table_free(table);
}

struct week {
	struct carved_buffer cells[CARVED_DAY_PARTS];
};

static const struct carved_node *item_at(const struct carved_node *list, int64_t index)
{
	const struct carved_node *item = carved_node_first(list);
	while (item && index-- > 0)
		item = item->next;
	return item;
}

static void add_piece(const struct carve_terminal *terminal, struct week *week, const struct carved_node *slots,
	const struct carved_node *piece, const char *part_name)
{
	char hours[32];
	int part = carved_day_part_parse(part_name);
	if (part < 0)
		return;
	const struct carved_node *slot = item_at(slots, carved_node_get_integer(piece, "slot", 0));
	carved_buffer_printf(&week->cells[part], "%s%s %s", week->cells[part].length ? "\n" : "",
		carve_render_value(terminal, piece, "hours", hours, sizeof hours), carved_node_get_text(slot, "task", "?"));
}

static bool has_day(const struct week *week, int day)
{
	bool has = false;
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++)
		has |= week->cells[day * CARVED_PARTS_PER_DAY + part].length > 0;
	return has;
}

static bool has_part(const struct week *week, int part)
{
	bool has = false;
	for (int day = 0; day < CARVED_DAYS; day++)
		has |= week->cells[day * CARVED_PARTS_PER_DAY + part].length > 0;
	return has;
}

static void add_part(const struct carve_terminal *terminal, struct carve_table *table, const struct week *week, int part)
{
	size_t column = 0;
	carve_table_add_line(table);
	carve_table_set(table, column++, carve_render_label(terminal, "part", carved_part_names[part]));
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (has_day(week, day))
			carve_table_set(table, column++, week->cells[day * CARVED_PARTS_PER_DAY + part].data);
	}
}

// Days across, day parts down; only those that are worked. Releases the cells.
static void print_filled(const struct carve_terminal *terminal, struct week *week)
{
	struct carve_table *table = carve_table_new(terminal);
	carve_table_add_column(table, "", false);
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (has_day(week, day))
			carve_table_add_column(table, carve_render_label(terminal, "day", carved_day_names[day]), false);
	}
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		if (has_part(week, part))
			add_part(terminal, table, week, part);
	}
	carve_table_print(table, 2);
	carve_table_free(table);
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		carved_buffer_deinit(&week->cells[part]);
}

static void print_week(const struct carve_terminal *terminal, const struct carved_node *slots, const struct carved_node *schedule)
{
	struct week week = {0};
	for (const struct carved_node *piece = carved_node_first(schedule); piece; piece = piece->next)
		add_piece(terminal, &week, slots, piece, carved_node_get_text(piece, "part", ""));
	print_filled(terminal, &week);
}

void carve_render_week(const struct carve_terminal *terminal, const struct carved_node *proposal)
{
	carve_render_title(terminal, "carve.proposal.week");
	print_week(terminal, carved_node_get(proposal, "slots"), carved_node_get(proposal, "schedule"));
}

void carve_render_explained_week(const struct carve_terminal *terminal, const struct carved_node *explanation)
{
	struct week week = {0};
	const struct carved_node *tasks = carved_node_get(explanation, "tasks"), *days = carved_node_get(explanation, "week");
	for (const struct carved_node *day = carved_node_first(days); day; day = day->next) {
		const struct carved_node *parts = carved_node_get(day, "parts");
		for (const struct carved_node *part = carved_node_first(parts); part; part = part->next) {
			const struct carved_node *piece = carved_node_first(carved_node_get(part, "slots"));
			for (; piece; piece = piece->next)
				add_piece(terminal, &week, tasks, piece, carved_node_get_text(part, "part", ""));
		}
	}
	carve_render_title(terminal, "carve.proposal.week");
	print_filled(terminal, &week);
}

// An explanation calls them tasks.
static const struct carved_node *slots_of(const struct carved_node *package)
{
	const struct carved_node *slots = carved_node_get(package, "slots");
	return slots ? slots : carved_node_get(package, "tasks");
}

static void print_step(const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *step,
	const struct carved_node *site)
{
	char hours[32], whole[32], week[24];
	const struct carved_node *slots = slots_of(proposal);
	const int64_t from = carved_node_get_integer(step, "week", 0);
	carve_render_value(terminal, step, "hours", hours, sizeof hours);
	carve_render_value(terminal, proposal, "hours", whole, sizeof whole);
	const bool is_whole = strcmp(hours, whole) == 0;
	snprintf(week, sizeof week, "%" PRId64, from);
	const char *line = is_whole ? "carve.proposal.step-whole" : from ? "carve.proposal.step" : "carve.proposal.step-first";
	carve_say(terminal, terminal->out, line, "week", week, "hours", hours, NULL);
	putc('\n', terminal->out);
	if (is_whole)
		return;
	struct carve_table *table = slots_table(terminal);
	for (const struct carved_node *part = carved_node_first(carved_node_get(step, "slots")); part; part = part->next)
		add_slot(terminal, table, item_at(slots, carved_node_get_integer(part, "slot", 0)), site, part);
	carve_table_print(table, 2);
	carve_table_free(table);
	print_week(terminal, slots, carved_node_get(step, "schedule"));
}

void carve_render_steps(const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site)
{
	const struct carved_node *steps = carved_node_get(proposal, "steps");
	if (!steps || steps->count == 0)
		return;
	carve_render_title(terminal, "carve.proposal.steps");
	for (const struct carved_node *step = carved_node_first(steps); step; step = step->next)
		print_step(terminal, proposal, step, site);
}

void carve_render_donors(const struct carve_terminal *terminal, const struct carved_node *proposal,
	const struct carved_node *site, const char *left_column)
{
	static const char *const members[] = {NULL, NULL, "before", "carved", "left"};
	const char *const columns[] = {"work", "work-title", "before", "carved", left_column, NULL};
	const struct carved_node *donors = carved_node_get(proposal, "donors");
	char text[32];
	if (!donors || donors->count == 0)
		return;
	struct carve_table *table = carve_render_table(terminal, columns, "llrrr");
	for (const struct carved_node *donor = carved_node_first(donors); donor; donor = donor->next) {
		carve_table_add_line(table);
		carve_table_set(table, 0, work_ref(donor));
		carve_table_set(table, 1,
			carved_node_get_text(
				find_work(site, work_ref(donor)), "title", carved_node_get_text(donor, "jobTitle", "")));
		for (size_t i = 2; columns[i]; i++)
			carve_table_set(table, i, carve_render_value(terminal, donor, members[i], text, sizeof text));
	}
	carve_render_title(terminal, "carve.proposal.donors");
	carve_table_print(table, 2);
	carve_table_free(table);
}

// A list of texts, each by its label in `group`.
void carve_render_texts(
	const struct carve_terminal *terminal, const struct carved_node *list, const char *title, const char *group)
{
	if (!list || list->count == 0)
		return;
	carve_render_title(terminal, title);
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next) {
		carve_write(terminal->out, "  ");
		carve_write(terminal->out, item->text ? carve_render_label(terminal, group, item->text) : "?");
		carve_write(terminal->out, "\n");
	}
}
