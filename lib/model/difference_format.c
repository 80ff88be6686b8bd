// SPDX-License-Identifier: EUPL-1.2
// A difference as JSON: docs/api.md, "Differences between two plans".
#include "carved/base/quarters.h"
#include "carved/model/difference.h"
#include "plan_format.h"
#include <string.h>

static void format_head(const struct carved_record *record, struct carved_json_writer *writer, const char *key)
{
	static const char *const members[] = {"date", "simulated", "value", "bound", "gap", "placed", "candidates", "inputHash"};
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "id", record->plan);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const struct carved_node *member = carved_node_get(record->summary, members[i]);
		if (member)
			carved_json_add_node(writer, members[i], member);
	}
	carved_json_end_object(writer);
}

// Whether both were made from the same documents on the same date with the same weights.
static bool has_same_inputs(const struct carved_difference *d)
{
	const char *before = carved_node_get_text(d->before->summary, "inputHash", NULL);
	const char *after = carved_node_get_text(d->after->summary, "inputHash", NULL);
	return before && after && strcmp(before, after) == 0;
}

// ---- sums

static void format_sum(const struct carved_difference_sum *sum, struct carved_json_writer *writer)
{
	carved_json_add_integer(writer, "people", sum->people);
	carved_json_add_hours(writer, "hours", (int)sum->hours_q);
	carved_json_add_integer(writer, "value", sum->value);
}

static void format_total(const struct carved_difference *d, struct carved_json_writer *writer)
{
	const struct carved_node *before = carved_node_get(d->before->summary, "bound");
	const struct carved_node *after = carved_node_get(d->after->summary, "bound");
	carved_json_begin_object(writer, "total");
	format_sum(&d->total, writer);
	if (before && after && before->kind == CARVED_NODE_INTEGER && after->kind == CARVED_NODE_INTEGER)
		carved_json_add_integer(writer, "bound", after->integer - before->integer);
	else
		carved_json_add_text(writer, "bound", NULL);
	carved_plan_format_parts(writer, &d->parts);
	carved_json_end_object(writer);
}

static void format_classes(const struct carved_difference *d, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, "classes");
	for (int class = 0; class < CARVED_DIFFERENCE_CLASSES; class ++) {
		carved_json_begin_object(writer, carved_difference_class_names[class]);
		format_sum(&d->classes[class], writer);
		carved_json_end_object(writer);
	}
	carved_json_end_object(writer);
}

// ---- people

static void format_slot_name(const struct carved_record_piece *piece, struct carved_json_writer *writer)
{
	carved_json_add_text(writer, piece->of_vacancy ? "vacancy" : "job", piece->work);
	carved_json_add_text(writer, "task", piece->task);
	if (piece->part)
		carved_json_add_text(writer, "part", piece->part);
}

static void format_pieces(const struct carved_record_package *package, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < package->piece_count; i++) {
		carved_json_begin_object(writer, NULL);
		format_slot_name(&package->pieces[i], writer);
		carved_json_add_hours(writer, "hours", package->pieces[i].hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_side(const struct carved_record_person *person, bool full, struct carved_json_writer *writer, const char *key)
{
	if (!person) {
		carved_json_add_text(writer, key, NULL);
		return;
	}
	const struct carved_record_package *package = person->package;
	carved_json_begin_object(writer, key);
	if (!package) {
		carved_json_add_text(writer, "reason", person->reason);
	} else {
		carved_json_add_text(writer, "proposal", package->id);
		carved_json_add_text(writer, "site", package->site);
		carved_json_add_text(writer, "kind", package->kind);
		carved_json_add_hours(writer, "hours", package->hours_q);
		carved_json_add_integer(writer, "value", package->value);
		if (full) {
			carved_plan_format_parts(writer, &package->parts);
			format_pieces(package, writer);
		}
	}
	carved_json_end_object(writer);
}

static int hours_in(const struct carved_record_package *package, const struct carved_record_piece *piece)
{
	for (size_t i = 0; i < package->piece_count; i++) {
		if (carved_record_is_same_slot(&package->pieces[i], piece))
			return package->pieces[i].hours_q;
	}
	return 0;
}

static void format_task(const struct carved_record_piece *piece, int before_q, int after_q, struct carved_json_writer *writer)
{
	if (before_q == after_q)
		return;
	carved_json_begin_object(writer, NULL);
	format_slot_name(piece, writer);
	carved_json_add_hours(writer, "before", before_q);
	carved_json_add_hours(writer, "after", after_q);
	carved_json_end_object(writer);
}

// The tasks whose hours differ: those that were there, then those that are new.
static void format_tasks(const struct carved_person_difference *person, struct carved_json_writer *writer)
{
	const struct carved_record_package *before = person->before->package, *after = person->after->package;
	carved_json_begin_array(writer, "tasks");
	for (size_t i = 0; i < before->piece_count; i++)
		format_task(&before->pieces[i], before->pieces[i].hours_q, hours_in(after, &before->pieces[i]), writer);
	for (size_t i = 0; i < after->piece_count; i++) {
		if (hours_in(before, &after->pieces[i]) == 0)
			format_task(&after->pieces[i], 0, after->pieces[i].hours_q, writer);
	}
	carved_json_end_array(writer);
}

static void format_person(const struct carved_person_difference *person, bool full, struct carved_json_writer *writer)
{
	const struct carved_record_package *before = person->before ? person->before->package : NULL;
	const struct carved_record_package *after = person->after ? person->after->package : NULL;
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "candidate", (person->after ? person->after : person->before)->candidate);
	carved_json_add_text(writer, "class", carved_difference_class_names[person->class]);
	carved_json_add_hours(writer, "hours", (after ? after->hours_q : 0) - (before ? before->hours_q : 0));
	carved_json_add_integer(writer, "value", (after ? after->value : 0) - (before ? before->value : 0));
	format_side(person->before, full, writer, "before");
	format_side(person->after, full, writer, "after");
	if (person->class == CARVED_DIFFERENCE_CHANGES)
		format_tasks(person, writer);
	carved_json_end_object(writer);
}

static void format_people(const struct carved_difference *d, bool full, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "people");
	for (size_t i = 0; i < d->person_count; i++) {
		enum carved_difference_class class = d->people[i].class;
		if (full || (class != CARVED_DIFFERENCE_SAME && class != CARVED_DIFFERENCE_WITHOUT))
			format_person(&d->people[i], full, writer);
	}
	carved_json_end_array(writer);
}

// ---- sites

static void format_use(int people, int hours_q, struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_object(writer, key);
	carved_json_add_integer(writer, "people", people);
	carved_json_add_hours(writer, "hours", hours_q);
	carved_json_end_object(writer);
}

static void format_sites(const struct carved_difference *d, bool full, struct carved_json_writer *writer)
{
	int before = 0, after = 0;
	carved_json_begin_object(writer, "sites");
	for (size_t i = 0; i < d->site_count; i++) {
		before += d->sites[i].before.people > 0;
		after += d->sites[i].after.people > 0;
	}
	carved_json_add_integer(writer, "before", before);
	carved_json_add_integer(writer, "after", after);
	if (full) {
		carved_json_begin_array(writer, "items");
		for (size_t i = 0; i < d->site_count; i++) {
			carved_json_begin_object(writer, NULL);
			carved_json_add_text(writer, "site", d->sites[i].site);
			format_use(d->sites[i].before.people, d->sites[i].before.hours_q, writer, "before");
			format_use(d->sites[i].after.people, d->sites[i].after.hours_q, writer, "after");
			carved_json_end_object(writer);
		}
		carved_json_end_array(writer);
	}
	carved_json_end_object(writer);
}

void carved_difference_format(const struct carved_difference *d, bool full, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	format_head(d->after, writer, "plan");
	format_head(d->before, writer, "against");
	carved_json_add_bool(writer, "sameInputs", has_same_inputs(d));
	carved_json_add_integer(writer, "different", carved_difference_count(d));
	format_total(d, writer);
	format_classes(d, writer);
	format_people(d, full, writer);
	format_sites(d, full, writer);
	carved_json_end_object(writer);
}
