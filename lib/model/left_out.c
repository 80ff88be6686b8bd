// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/left_out.h"
#include "carved/model/rules.h"
#include "plan_fairness.h"
#include <stdlib.h>
#include <string.h>

// ---- who

static const char *reason_in(const struct carved_record *record, const char *candidate, bool *ret_placed)
{
	const struct carved_record_person *person = carved_record_find(record, candidate);
	*ret_placed = person && person->package;
	return person ? person->reason : NULL;
}

static void count_reason(struct carved_left_out_person *person, const char *reason)
{
	for (size_t i = 0; i < person->reason_count; i++) {
		if (strcmp(person->reasons[i].reason, reason) == 0) {
			person->reasons[i].plans++;
			return;
		}
	}
	person->reasons[person->reason_count++] = (struct carved_left_out_reason){.reason = reason, .plans = 1};
}

static int compare_reasons(const void *left, const void *right)
{
	const struct carved_left_out_reason *a = left, *b = right;
	return a->plans != b->plans ? (a->plans < b->plans) - (a->plans > b->plans) : strcmp(a->reason, b->reason);
}

static bool might_be_matched(const struct carved_left_out *l, size_t candidate)
{
	const struct carved_candidate *document = carved_region_candidate(l->region, candidate);
	bool might = carved_rules_may_be_matched(document, l->date), placed;
	for (size_t i = 0; might && i < l->record_count; i++) {
		const char *reason = reason_in(l->records[i], document->ref, &placed);
		might = placed || (reason && strcmp(reason, carved_rule_names[CARVED_RULE_CONSENT]) != 0);
	}
	return might;
}

static bool was_placed(const struct carved_left_out *l, const char *ref)
{
	bool placed = false;
	for (size_t i = 0; !placed && i < l->record_count; i++)
		reason_in(l->records[i], ref, &placed);
	return placed;
}

static void add_person(struct carved_left_out *l, size_t candidate)
{
	const struct carved_candidate *document = carved_region_candidate(l->region, candidate);
	struct carved_left_out_person *person = &l->people[l->person_count++];
	bool placed;
	person->candidate = candidate;
	person->months = carved_date_months_between(document->waiting_since, l->date);
	person->reasons = carved_arena_array(&l->arena, struct carved_left_out_reason, l->record_count);
	for (size_t i = 0; i < l->record_count; i++)
		count_reason(person, reason_in(l->records[i], document->ref, &placed));
	qsort(person->reasons, person->reason_count, sizeof *person->reasons, compare_reasons);
}

// Candidates of a region are sorted by ref.
static int compare_people(const void *left, const void *right)
{
	const struct carved_left_out_person *a = left, *b = right;
	if (a->months != b->months)
		return (a->months < b->months) - (a->months > b->months);
	return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

void carved_left_out_make(const struct carved_region *region, carved_date date, const struct carved_record *const *records,
	size_t count, struct carved_left_out *ret_left_out)
{
	struct carved_left_out *l = ret_left_out;
	size_t candidates = region->count[CARVED_KIND_CANDIDATE];
	*l = (struct carved_left_out){.region = region, .records = records, .record_count = count, .date = date};
	l->people = carved_arena_array(&l->arena, struct carved_left_out_person, candidates);
	for (size_t c = 0; count > 0 && c < candidates; c++) {
		if (!might_be_matched(l, c))
			continue;
		l->candidates++;
		if (!was_placed(l, carved_region_candidate(region, c)->ref))
			add_person(l, c);
	}
	if (l->person_count > 0)
		qsort(l->people, l->person_count, sizeof *l->people, compare_people);
}

void carved_left_out_deinit(struct carved_left_out *left_out)
{
	carved_arena_deinit(&left_out->arena);
	*left_out = (struct carved_left_out){0};
}

// ---- the plans' fairness figures, added up band by band

static const struct carved_node *find_band(
	const struct carved_record *record, const char *measure, const struct carved_node *band)
{
	const struct carved_node *fairness = carved_node_get(record->summary, "fairness");
	const double up_to = carved_node_get_real(band, "upTo", -1);
	for (const struct carved_node *one = carved_node_first(carved_node_get(fairness, measure)); one; one = one->next) {
		if (carved_node_get_real(one, "upTo", -1) == up_to)
			return one;
	}
	return NULL;
}

// A band that a plan does not have (its carved had other ones) counts nobody.
static void add_band(const struct carved_node *band, struct carved_fairness_band *sum)
{
	int64_t placed = carved_node_get_integer(band, "placed", 0);
	if (!band)
		return;
	sum->candidates += carved_node_get_integer(band, "candidates", 0);
	sum->placed += placed;
	sum->value += carved_node_get_integer(band, "value", placed * carved_node_get_integer(band, "meanValue", 0));
}

static void format_measure(const struct carved_left_out *l, const struct carved_node *measure, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, measure->key);
	for (const struct carved_node *band = carved_node_first(measure); band; band = band->next) {
		struct carved_fairness_band sum = {0};
		for (size_t i = 0; i < l->record_count; i++)
			add_band(find_band(l->records[i], measure->key, band), &sum);
		carved_json_begin_object(writer, NULL);
		carved_json_add_node(writer, "upTo", carved_node_get(band, "upTo"));
		carved_fairness_format_band(&sum, writer);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_bands(const struct carved_left_out *l, struct carved_json_writer *writer)
{
	const struct carved_node *newest = l->record_count > 0 ? carved_node_get(l->records[0]->summary, "fairness") : NULL;
	if (!newest) {
		carved_json_add_text(writer, "fairness", NULL);
		return;
	}
	carved_json_begin_object(writer, "fairness");
	for (const struct carved_node *measure = carved_node_first(newest); measure; measure = measure->next)
		format_measure(l, measure, writer);
	carved_json_end_object(writer);
}

static void format_person(
	const struct carved_left_out *l, const struct carved_left_out_person *person, struct carved_json_writer *writer)
{
	const struct carved_candidate *document = carved_region_candidate(l->region, person->candidate);
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "candidate", document->ref);
	carved_json_add_text(writer, "coach", document->coach);
	carved_json_add_integer(writer, "monthsWaiting", person->months);
	carved_json_begin_array(writer, "reasons");
	for (size_t i = 0; i < person->reason_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "reason", person->reasons[i].reason);
		carved_json_add_integer(writer, "plans", person->reasons[i].plans);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

void carved_left_out_format(const struct carved_left_out *l, struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_date(writer, "date", l->date);
	carved_json_begin_array(writer, "plans");
	for (size_t i = 0; i < l->record_count; i++)
		carved_json_add_text(writer, NULL, l->records[i]->plan);
	carved_json_end_array(writer);
	carved_json_add_integer(writer, "candidates", l->candidates);
	carved_json_begin_array(writer, "leftOut");
	for (size_t i = 0; i < l->person_count; i++)
		format_person(l, &l->people[i], writer);
	carved_json_end_array(writer);
	format_bands(l, writer);
	carved_json_end_object(writer);
}
