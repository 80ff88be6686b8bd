// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/part.h"
#include "carved/model/rules.h"
#include "options.h"
#include <stdlib.h>
#include <string.h>

static void add(struct carved_region *part, enum carved_kind kind, const struct carved_region *whole, size_t index)
{
	part->documents[kind][part->count[kind]++] = carved_document_ref(whole->documents[kind][index]);
}

static void add_all(struct carved_region *part, enum carved_kind kind, const struct carved_region *whole)
{
	for (size_t i = 0; i < whole->count[kind]; i++)
		add(part, kind, whole, i);
}

// Requires: the part holds its site.
static void add_candidates(struct carved_region *part, const struct carved_region *whole, carved_date date)
{
	struct carved_options *here = carved_options_new(part, date);
	for (size_t c = 0; c < whole->count[CARVED_KIND_CANDIDATE]; c++) {
		const struct carved_candidate *candidate = carved_region_candidate(whole, c);
		if (carved_rules_may_be_matched(candidate, date) && carved_options_count(here, candidate) > 0)
			add(part, CARVED_KIND_CANDIDATE, whole, c);
	}
	carved_options_free(here);
}

static bool has_caseload(const struct carved_region *part, const char *coach)
{
	for (size_t c = 0; c < part->count[CARVED_KIND_CANDIDATE]; c++) {
		if (strcmp(carved_region_candidate(part, c)->coach, coach) == 0)
			return true;
	}
	return false;
}

static void add_coaches(struct carved_region *part, const struct carved_region *whole)
{
	for (size_t k = 0; k < whole->count[CARVED_KIND_COACH]; k++) {
		if (has_caseload(part, carved_region_coach(whole, k)->ref))
			add(part, CARVED_KIND_COACH, whole, k);
	}
}

static int count_elsewhere(struct carved_options *options, size_t site, const struct carved_candidate *candidate, int most)
{
	int count = 0;
	carved_options_take(options, candidate);
	for (size_t s = 0; s < options->region->count[CARVED_KIND_SITE] && count < most; s++)
		count += s != site && carved_options_would_do(options, s);
	return count;
}

static void count_options(struct carved_region *part, size_t site, carved_date date, const struct carved_weights *weights)
{
	struct carved_options *options = carved_options_new(part->whole, date);
	int most = carved_weights_options_most(weights);
	for (size_t c = 0; c < part->count[CARVED_KIND_CANDIDATE]; c++)
		part->options_elsewhere[c] = count_elsewhere(options, site, carved_region_candidate(part, c), most);
	carved_options_free(options);
}

struct carved_region *carved_region_part(
	struct carved_region *whole, size_t site, carved_date date, const struct carved_weights *weights)
{
	struct carved_region *part = carved_region_new();
	if (whole->whole || site >= whole->count[CARVED_KIND_SITE])
		abort(); // a contract of ours, never a matter of input
	part->version = whole->version;
	part->whole = carved_region_ref(whole);
	part->exclusions = carved_exclusions_ref(whole->exclusions);
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		part->documents[kind] = carved_alloc_array(whole->count[kind], sizeof *part->documents[kind]);
	part->options_elsewhere = carved_alloc_array(whole->count[CARVED_KIND_CANDIDATE], sizeof *part->options_elsewhere);
	add(part, CARVED_KIND_SITE, whole, site);
	add_all(part, CARVED_KIND_VOCABULARY, whole);
	add_candidates(part, whole, date);
	add_coaches(part, whole);
	count_options(part, site, date, weights);
	return part;
}

struct carved_region *carved_region_cell(struct carved_region *whole, struct carved_document *candidate,
	struct carved_document *site, struct carved_document *coach)
{
	struct carved_document *const documents[CARVED_KINDS] = {
		[CARVED_KIND_CANDIDATE] = candidate, [CARVED_KIND_SITE] = site, [CARVED_KIND_COACH] = coach};
	struct carved_region *cell = carved_region_new();
	if (whole->whole)
		abort(); // a contract of ours, never a matter of input
	cell->version = whole->version;
	cell->whole = carved_region_ref(whole);
	cell->exclusions = carved_exclusions_ref(whole->exclusions);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		size_t count = kind == CARVED_KIND_VOCABULARY ? whole->count[kind] : 1;
		cell->documents[kind] = carved_alloc_array(count, sizeof *cell->documents[kind]);
		for (size_t i = 0; i < count; i++)
			cell->documents[kind][i] =
				carved_document_ref(kind == CARVED_KIND_VOCABULARY ? whole->documents[kind][i] : documents[kind]);
		cell->count[kind] = count;
	}
	cell->options_elsewhere = carved_alloc_array(1, sizeof *cell->options_elsewhere);
	return cell;
}
