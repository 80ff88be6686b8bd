// SPDX-License-Identifier: EUPL-1.2
// One package by itself, without a plan: laid out, judged and, where there is none, explained as those of a plan are.
#pragma once
#include "carved/model/check.h"

// What questions about single packages share on one region and date: slots, what depends on sites alone, what an empty region has room for.
// Made once (slow on large regions), then read by any number of threads. Borrows the region and the weights.
struct carved_singles;
struct carved_singles *carved_singles_new(
	const struct carved_region *region, carved_date date, const struct carved_weights *weights);
void carved_singles_free(struct carved_singles *singles); // NULL is legal
const struct carved_slot_table *carved_singles_table(const struct carved_singles *singles);

// One person's question, on one thread. Requires: candidate is in the region.
struct carved_single;
struct carved_single *carved_single_new(const struct carved_singles *singles, size_t candidate);
void carved_single_free(struct carved_single *single); // NULL is legal

// Lays the package out as the only one of a plan: `proposals[0]`, all else empty (carved_plan_format_proposal shows it; `left` of its donors is what this package
// alone leaves). Then judges it: every package rule, its figures, and whether an empty region has what it takes. Deinit the plan.
// Returns false with PLAN_INVALID (candidate, site, rule) where it is not valid; *ret_plan is untouched then.
bool carved_single_make(struct carved_single *single, const struct carved_package *package, struct carved_plan *ret_plan,
	struct carved_error *error);

// Why the person has no package at all: a rule, as `unplaced` of a plan names it.
enum carved_rule carved_single_reason(struct carved_single *single);

// The part of a region that one person's packages depend on: the person, the caseload of the same coach, sites within reach, all coaches and vocabularies. Every
// question about this person has the same answer there, and it is small. Requires: candidate is in the region. A new reference.
struct carved_region *carved_region_around(const struct carved_region *region, size_t candidate);
