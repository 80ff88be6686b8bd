// SPDX-License-Identifier: EUPL-1.2
// What a plan may begin from: the prices and packages of a plan that stands, numbered as the instance, and how far the new one may depart from it.
//
// Glossary
//   former package   what the plan that stands has for a person
//   change           a person who has another package than the former one (other place, tasks or hours, none any more, or one where there was none). Those whose
//                    former package can't stand any more by itself, or beside the others that stay, had to change: they do not count
#pragma once
#include "carved/instance/solution.h"

#define CARVED_KEEP_WEIGHT_MOST 10000000 // points

struct carved_start_package {
	uint32_t candidate, site;
	enum carved_package_kind kind;
	uint32_t piece_count;
	const struct carved_piece *pieces; // sorted by slot
	uint32_t keep; // points that changing this package must bring beside keep_weight, 0..CARVED_KEEP_WEIGHT_MOST
};

struct carved_start {
	struct carved_prices prices;
	struct carved_start_package *packages; // sorted by candidate, one each
	uint32_t package_count;
	uint32_t most_changes; // people whose package may change; CARVED_NONE: any number
	int64_t keep_weight;   // points that changing a person's former package must bring more, 0..CARVED_KEEP_WEIGHT_MOST
	bool fresh; // the plan is made from nothing: the packages are no plan to begin from, they only weigh what they weigh
	struct carved_arena arena; // owns all of it
};

// An empty start: prices zero, no package, nothing asked of changes.
void carved_start_init(struct carved_start *start, const struct carved_instance *instance);
void carved_start_deinit(struct carved_start *start); // legal on a zeroed one

// Prices that no plan of ours can have (negative, or so high that sums could overflow) become zero: they are a place to begin, no more.
// Returns whether they were right.
bool carved_start_tame_prices(struct carved_start *start, const struct carved_instance *instance);

// Whether every index and number is in its range: what a solver asks of a start before it believes it. Whether the packages keep the rules is not asked here.
bool carved_start_is_sound(const struct carved_start *start, const struct carved_instance *instance);
