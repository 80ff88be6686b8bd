// SPDX-License-Identifier: EUPL-1.2
#include "carved/advise/advice_format.h"
#include "cell.h"
#include <string.h>

// ---- obstacles

static bool is_in_hours(enum carved_rule rule)
{
	switch (rule) {
	case CARVED_RULE_HOURS:
	case CARVED_RULE_CHUNK:
	case CARVED_RULE_LOAD:
	case CARVED_RULE_DONOR:
	case CARVED_RULE_SUPERVISION:
	case CARVED_RULE_COACH:
	case CARVED_RULE_RESERVE:
		return true;
	default:
		return false;
	}
}

void carved_obstacle_list_format(struct carved_json_writer *writer, const char *key, const struct carved_obstacle_list *list)
{
	carved_json_begin_array(writer, key);
	for (size_t i = 0; i < list->count; i++) {
		const struct carved_obstacle *o = &list->items[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "rule", carved_rule_names[o->rule]);
		if (o->what)
			carved_json_add_text(writer, "what", o->what);
		if (is_in_hours(o->rule)) {
			carved_json_add_hours(writer, "found", (int)o->found);
			carved_json_add_hours(writer, "allowed", (int)o->allowed);
		} else {
			carved_json_add_integer(writer, "found", o->found);
			carved_json_add_integer(writer, "allowed", o->allowed);
		}
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_slots(struct carved_json_writer *writer, const struct carved_obstacles *obstacles)
{
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < obstacles->slot_count; i++) {
		const struct carved_obstacle_slot *refused = &obstacles->slots[i];
		carved_json_begin_object(writer, NULL);
		carved_plan_format_slot(writer, refused->slot);
		carved_json_add_hours(writer, "hours", refused->slot->unit_q);
		carved_obstacle_list_format(writer, "rules", &refused->rules);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_nearest(struct carved_json_writer *writer, const struct carved_obstacles *obstacles)
{
	const struct carved_slots *slots = carved_cell_slots(obstacles->cell);
	if (!obstacles->has_nearest) {
		carved_json_add_text(writer, "nearest", NULL);
		return;
	}
	carved_json_begin_object(writer, "nearest");
	carved_json_add_hours(writer, "hours", obstacles->nearest.hours_q);
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < obstacles->nearest.piece_count; i++) {
		const struct carved_proposal_piece *piece = &obstacles->nearest.pieces[i];
		carved_json_begin_object(writer, NULL);
		carved_plan_format_slot(writer, &slots->items[piece->slot]);
		carved_json_add_hours(writer, "hours", piece->hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

// What people would have to do first: no change of a document does it.
static void format_conditions(struct carved_json_writer *writer, const struct carved_obstacles *obstacles)
{
	bool consent = false, former_staff = false;
	for (size_t i = 0; i < obstacles->support.count; i++)
		consent = consent || obstacles->support.items[i].rule == CARVED_RULE_CONSENT;
	for (size_t i = 0; i < obstacles->slot_count; i++) {
		const struct carved_obstacle_list *rules = &obstacles->slots[i].rules;
		for (size_t k = 0; k < rules->count; k++)
			former_staff = former_staff || (rules->items[k].rule == CARVED_RULE_DISPLACEMENT &&
							       obstacles->slots[i].slot->job->kind == CARVED_VACANCY);
	}
	carved_json_begin_array(writer, "conditions");
	if (consent)
		carved_json_add_text(writer, NULL, "consent");
	if (former_staff)
		carved_json_add_text(writer, NULL, "former-staff-asked");
	carved_json_end_array(writer);
}

void carved_obstacles_format(const struct carved_obstacles *obstacles, struct carved_json_writer *writer)
{
	carved_json_add_bool(writer, "fits", obstacles->fits);
	carved_json_add_bool(writer, "exact", obstacles->exact);
	carved_json_begin_object(writer, "scope");
	carved_json_add_integer(writer, "slots", (int64_t)obstacles->slots_in_scope);
	carved_json_add_hours(writer, "hours", obstacles->hours_in_scope_q);
	carved_json_add_hours(writer, "hoursThatFit", obstacles->hours_that_fit_q);
	carved_json_end_object(writer);
	carved_obstacle_list_format(writer, "support", &obstacles->support);
	format_slots(writer, obstacles);
	carved_obstacle_list_format(writer, "package", &obstacles->package);
	format_nearest(writer, obstacles);
	format_conditions(writer, obstacles);
}

// ---- mends

static void format_parts(struct carved_json_writer *writer, const char *key, carved_parts_mask parts)
{
	carved_json_begin_array(writer, key);
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (parts >> part & 1)
			carved_json_add_text(writer, NULL, carved_day_part_names[part]);
	}
	carved_json_end_array(writer);
}

static void format_figures(struct carved_json_writer *writer, const struct carved_mend_change *change)
{
	switch (change->kind) {
	case CARVED_MEND_MOVE_TIME:
		format_parts(writer, "fromParts", change->parts_from);
		format_parts(writer, "toParts", change->parts_to);
		carved_json_add_bool(writer, "fixed", change->fixed);
		carved_json_add_hours(writer, "hours", change->size);
		break;
	case CARVED_MEND_DROP_TASK:
		carved_json_add_hours(writer, "hours", change->size);
		break;
	case CARVED_MEND_OTHER_SUPERVISOR:
		carved_json_add_text(writer, "from", change->from);
		carved_json_add_text(writer, "to", change->what);
		carved_json_add_hours(writer, "hours", change->size);
		break;
	case CARVED_MEND_ADD_AID:
		carved_json_add_text(writer, "aid", change->what);
		break;
	default:
		carved_json_add_hours(writer, "fromHours", change->from_q);
		carved_json_add_hours(writer, "toHours", change->to_q);
	}
}

static void format_patch(struct carved_json_writer *writer, const struct carved_mend_change *change)
{
	carved_json_begin_object(writer, "document");
	carved_json_add_text(writer, "kind", carved_kind_names[change->document]);
	carved_json_add_text(writer, "ref", change->ref);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "patch");
	carved_json_add_text(writer, "op", change->value ? "add" : "remove");
	carved_json_add_text(writer, "path", change->path);
	if (change->value)
		carved_json_add_raw(writer, "value", change->value, strlen(change->value));
	carved_json_end_object(writer);
}

void carved_mend_change_format(const struct carved_mend_change *change, bool patch, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "kind", carved_mend_names[change->kind]);
	carved_json_add_text(writer, "class", carved_mend_class_names[carved_mend_classes[change->kind]]);
	if (change->task) {
		carved_json_add_text(writer, "work", change->job);
		carved_json_add_text(writer, "task", change->task);
	}
	format_figures(writer, change);
	if (patch)
		format_patch(writer, change);
	carved_json_end_object(writer);
}

static void format_mend(const struct carved_mend *mend, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_begin_array(writer, "changes");
	for (size_t i = 0; i < mend->count; i++)
		carved_mend_change_format(&mend->changes[i], true, writer);
	carved_json_end_array(writer);
	carved_json_begin_object(writer, "package");
	carved_plan_format_package(&mend->plan, carved_mend_table(mend), 0, writer);
	carved_json_end_object(writer);
	carved_json_end_object(writer);
}

void carved_mends_format(const struct carved_mends *mends, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "items");
	for (size_t i = 0; i < mends->count; i++)
		format_mend(&mends->items[i], writer);
	carved_json_end_array(writer);
	carved_json_add_integer(writer, "completeTo", mends->complete_to);
	carved_json_add_integer(writer, "tries", mends->tries);
}

// ---- all sites

static void format_opening(const struct carved_opening *opening, struct carved_json_writer *writer)
{
	const struct carved_mend_change *change = &opening->change;
	bool of_person = change->kind == CARVED_MEND_FEWER_HOURS || change->kind == CARVED_MEND_MORE_HOURS;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "kind", carved_mend_names[change->kind]);
	carved_json_add_text(writer, "class", carved_mend_class_names[carved_mend_classes[change->kind]]);
	if (of_person || change->kind == CARVED_MEND_ADD_AID)
		format_figures(writer, change);
	carved_json_add_integer(writer, "sites", (int64_t)opening->sites);
	carved_json_add_hours(writer, "packageHours", opening->hours_q);
	carved_json_begin_array(writer, "examples");
	for (int i = 0; i < CARVED_OPENING_EXAMPLES && opening->examples[i]; i++)
		carved_json_add_text(writer, NULL, opening->examples[i]);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

void carved_openings_format(const struct carved_openings *openings, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, "sites");
	carved_json_add_integer(writer, "outOfReach", (int64_t)openings->out_of_reach);
	carved_json_add_integer(writer, "excluded", (int64_t)openings->excluded);
	carved_json_add_integer(writer, "lookedAt", (int64_t)openings->looked_at);
	carved_json_add_integer(writer, "notLookedAt", (int64_t)openings->not_looked_at);
	carved_json_add_integer(writer, "fit", (int64_t)openings->fit);
	carved_json_end_object(writer);
	carved_json_begin_array(writer, "rules");
	for (int rule = 0; rule < CARVED_RULE_COUNT; rule++) {
		if (!openings->rule_sites[rule])
			continue;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "rule", carved_rule_names[rule]);
		carved_json_add_integer(writer, "sites", (int64_t)openings->rule_sites[rule]);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_json_begin_array(writer, "opens");
	for (size_t i = 0; i < openings->count; i++)
		format_opening(&openings->items[i], writer);
	carved_json_end_array(writer);
	carved_json_add_bool(writer, "complete", openings->complete);
	carved_json_add_integer(writer, "tries", openings->tries);
}
