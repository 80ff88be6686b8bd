// SPDX-License-Identifier: EUPL-1.2
// Roles as JSON, and how many people there are without telling of any of them: the small numbers of a table, and those that a reader gets by taking one from
// another, are replaced by a bound (statistical offices call the two primary and secondary suppression).
#include "carved/model/roles.h"
#include "plan_format.h"
#include <string.h>

enum { EXPOSED = 2 }; // the level from which on an exposure is worth a word

void carved_roles_format_people(struct carved_json_writer *writer, const char *key, size_t people, size_t all, size_t limit)
{
	carved_json_begin_object(writer, key);
	if (people < limit)
		carved_json_add_integer(writer, "fewerThan", (int64_t)limit);
	else if (all - people < limit)
		carved_json_add_integer(writer, "moreThan", (int64_t)(all - limit));
	else
		carved_json_add_integer(writer, "count", (int64_t)people);
	carved_json_end_object(writer);
}

static void format_people(const struct carved_role *role, size_t limit, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, "candidates");
	carved_roles_format_people(writer, "all", role->candidates, SIZE_MAX, limit);
	carved_roles_format_people(writer, "targetGroup", role->target_group, role->candidates, limit);
	carved_roles_format_people(writer, "coaching", role->coaching, role->candidates, limit);
	carved_json_end_object(writer);
}

static bool has_facility(const struct carved_site *site, const char *name)
{
	for (size_t i = 0; i < site->facilities.count; i++) {
		if (strcmp(site->facilities.items[i], name) == 0)
			return true;
	}
	return false;
}

static const char *label_of(const struct carved_roles_view *view, enum carved_word_kind kind, const char *word)
{
	const char *label = carved_region_word(view->region, kind, word, view->language);
	return label ? label : word;
}

static void format_aids(const struct carved_role *role, const struct carved_roles_view *view, struct carved_json_writer *writer)
{
	const struct carved_site *site = carved_region_site(view->region, role->proposal->site);
	const size_t limit = view->limit;
	carved_json_begin_array(writer, "aids");
	for (size_t i = 0; i < role->aid_count; i++) {
		const struct carved_role_aid *aid = &role->aids[i];
		if (aid->candidates < limit && !has_facility(site, aid->by))
			continue;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "aid", aid->by);
		carved_json_add_text(writer, "label", label_of(view, CARVED_WORD_FACILITY, aid->by));
		carved_roles_format_people(writer, "candidates", aid->candidates, role->candidates, limit);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_levels(
	const struct carved_qualifiers *levels, uint8_t lowest, struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_object(writer, key);
	for (size_t i = 0; i < levels->count; i++) {
		if (levels->items[i].value >= lowest)
			carved_json_add_integer(writer, carved_icf_code(levels->items[i].icf), levels->items[i].value);
	}
	carved_json_end_object(writer);
}

static void format_asked(const struct carved_role *role, const struct carved_roles_view *view, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, "asks");
	format_levels(&role->demands, 1, writer, "demands");
	format_levels(&role->exposures, EXPOSED, writer, "exposures");
	carved_json_begin_array(writer, "requires");
	for (size_t i = 0; i < role->requires.count; i++)
		carved_json_add_text(writer, NULL, role->requires.items[i]);
	carved_json_end_array(writer);
	carved_json_begin_array(writer, "requiresLabels");
	for (size_t i = 0; i < role->requires.count; i++)
		carved_json_add_text(writer, NULL, label_of(view, CARVED_WORD_HAS, role->requires.items[i]));
	carved_json_end_array(writer);
	carved_json_begin_array(writer, "parts");
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (role->parts >> part & 1)
			carved_json_add_text(writer, NULL, carved_day_part_names[part]);
	}
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

static void format_role(const struct carved_role *role, const struct carved_roles_view *view, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "kind", carved_plan_kind_names[role->proposal->kind]);
	carved_json_add_integer(writer, "count", (int64_t)role->count);
	carved_json_add_hours(writer, "hours", role->proposal->hours_q);
	carved_json_add_integer(writer, "value", role->proposal->value);
	carved_plan_format_work(role->proposal, carved_slot_table_site(view->table, role->proposal->site), writer);
	carved_plan_format_giving(role->proposal, writer);
	format_aids(role, view, writer);
	format_asked(role, view, writer);
	format_people(role, view->limit, writer);
	if (role->candidates < view->limit)
		carved_json_add_text(writer, "buddyHours", NULL);
	else
		carved_json_add_hours(writer, "buddyHours", role->buddy_q);
	carved_json_end_object(writer);
}

void carved_roles_format(const struct carved_roles *roles, const struct carved_roles_view *view,
	struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_array(writer, key);
	for (size_t i = 0; i < roles->count; i++)
		format_role(&roles->items[i], view, writer);
	carved_json_end_array(writer);
}
