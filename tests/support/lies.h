// SPDX-License-Identifier: EUPL-1.2
// Plans that are nearly right. A lie takes a valid plan, as a solver hands it over, and one of its packages, brings things to where a rule just still holds, and then takes the
// smallest step over it: a quarter hour, a level, a day, a minute, a point. The step is in the plan, or in what the plan was made for: to the checker a solver that adds a quarter
// and one that read a limit a quarter too high are the same.
#pragma once
#include "carved/model/plan.h"
#include "support/random_instance.h"

struct lying {
	struct carved_region *region; // its documents are changed in place
	carved_date date;
	struct carved_weights weights;
	struct carved_solution solution;    // valid; the packages that a lie changes are copies in `arena`
	int64_t stated_value, stated_bound; // added to what is right
	int stated_part;                    // added to part `fit` of the chosen package, and nowhere else
	int schedule_step_q;                // added to the first entry of the chosen package's schedule
	int growth_step_q;                  // added to the first piece of the chosen package's first step that has it
	int growth_week;                    // added to the week of its last step
	struct random_stream random;
	struct carved_arena arena;
	// What the lie chose.
	size_t package, piece;
	struct carved_candidate *candidate;
	struct carved_site *site;
	struct carved_slots slots; // of the site
};

// The chosen package, and the slot of one of its pieces.
struct carved_package *lying_package(struct lying *lying);
const struct carved_slot *lying_slot(const struct lying *lying, size_t piece);

// Goes to just inside the rule (`outside` false), or from there over it. Returns false where this package gives no occasion.
typedef bool lie_fn(struct lying *lying, bool outside);

struct lie {
	enum carved_rule rule;
	const char *step; // for people
	lie_fn *tell;
};

extern const struct lie lies[];
extern const size_t lie_count;
