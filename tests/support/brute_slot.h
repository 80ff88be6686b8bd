// SPDX-License-Identifier: EUPL-1.2
// Inside the brute force only: what one slot is for one person, straight from DESIGN section 3.
#pragma once
#include "brute_force.h"

struct brute_seen { // what a slot is for a person
	uint32_t broken;
	int64_t fit;
	uint64_t unknown, aids; // bits: category, aid
};

struct brute_seen brute_see(
	const struct carved_instance *in, const struct carved_instance_candidate *c, const struct carved_instance_slot *t);
bool brute_counts_for_limit(
	const struct carved_instance *in, const struct carved_limit *limit, const struct carved_instance_slot *t);
uint32_t brute_minutes(
	const struct carved_instance *in, const struct carved_instance_candidate *c, const struct carved_instance_site *s);
bool brute_has(const struct carved_instance *in, struct carved_range words, uint32_t word);
bool brute_any_of(
	const struct carved_instance *in, struct carved_range words, struct carved_range of); // some of `words` is in `of`
