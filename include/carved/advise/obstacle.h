// SPDX-License-Identifier: EUPL-1.2
// Why not: the rules that stand between a person and a site, a job or vacancy of it, or one of its tasks, by name and with their figures. In an empty region: what
// the documents allow, before other people.
//
// Glossary
//   scope     what the question is about: the slots of the site, of a job or vacancy, or of a task. A person fits there where a valid package holds something of it
//   support   what every package of the pair needs, whatever is in it: consent, travel, excluded, places, supervision, coach, reserve
//   nearest   the package of slots that fit which breaks the fewest of the other rules: hours, chunk, schedule, build-up, load, jobs, supervisor, must, donor. Of those that
//             break as few, the rules that come first in this list; then the most hours where the minimum is broken, the fewest where the maximum is; then the highest value
//
// So the rules in the way are: of the pair, those of its support; of each slot, those that refuse it; of the package, those that the nearest one breaks, and
// no package breaks fewer. Where no slot fits there is no nearest one.
#pragma once
#include "carved/model/check.h"
#include "carved/model/parse.h"

struct carved_advise_question {
	struct carved_region *region; // a whole one
	size_t candidate, site;       // in the region; the candidate's coach is known
	const char *job, *task;       // refs; NULL: all of the site, all of the job. A task has a job
	carved_date date;
	const struct carved_weights *weights;
	const struct carved_parse_limits *limits; // for documents that are changed
	uint32_t node_limit;                      // >= 1: nodes of each exact pricing
	uint32_t tries;                           // >= 1: changed documents that are solved at most
	uint32_t items;                           // >= 1: advices at most
};

struct carved_obstacle { // figures as in check.h
	enum carved_rule rule;
	const char *what; // category, certificate, wish, job, coach, employer; NULL where it does not apply
	int64_t found, allowed;
};

struct carved_obstacle_list {
	struct carved_obstacle *items;
	size_t count;
};

struct carved_obstacle_slot { // a slot of the scope that is refused
	const struct carved_slot *slot;
	struct carved_obstacle_list rules;
};

struct carved_obstacles {
	bool fits;  // a valid package is there: `nearest` is the best one, and breaks nothing
	bool exact; // false: a search met its limit, and rules may be fewer
	struct carved_obstacle_list support, package;
	struct carved_obstacle_slot *slots; // in document order
	size_t slot_count;                  // refused
	size_t slots_in_scope;
	int hours_in_scope_q, hours_that_fit_q; // of the scope's slots, one opening of a vacancy
	bool has_nearest;
	struct carved_proposal nearest; // candidate, site (0 both), kind, pieces, hours_q; all else zero
	struct carved_cell *cell;       // what it borrows from: the documents and their slots
	struct carved_arena arena;      // owns the rest
};

// Requires: ret zeroed. Deterministic.
void carved_obstacles_find(const struct carved_advise_question *question, struct carved_obstacles *ret_obstacles);
void carved_obstacles_deinit(struct carved_obstacles *obstacles); // legal on a zeroed one

// The region of one person and one site in which candidate and site of `nearest` are numbered, and its slots.
const struct carved_region *carved_obstacles_region(const struct carved_obstacles *obstacles);
const struct carved_slot_table *carved_obstacles_table(const struct carved_obstacles *obstacles);
