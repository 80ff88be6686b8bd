// SPDX-License-Identifier: EUPL-1.2
// What a plan begins from: another plan that has ended, how far the new one may depart from it, and which of its proposals stand as they are.
//
//   asked for   by the request: plan_order.c
//   read        from the store, by the reader's thread
//   laid        over the region's instance, by a work thread
//   taken in    with the answer: pinned proposals join it, and the changes are counted
#pragma once
#include "carved/instance/start.h"
#include "carved/model/past.h"
#include "placements.h"
#include "store/store.h"

struct carved_plan_base {
	// asked for
	char plan[CARVED_STORE_ID_MAX]; // id; "" together with `last`: the one that stands, its id once it is read
	bool last;
	const char *pointer;   // the member of the request that asks for it; static storage
	uint32_t most_changes; // CARVED_NONE: any number
	int64_t keep_weight;
	char (*pins)[CARVED_STORE_ID_MAX]; // ids of proposals; owned
	size_t pin_count;
	uint32_t keep_offered; // a setting: what leaving an offered package weighs, points
	// read
	struct carved_past *past;     // one reference; NULL: the plan begins from nothing
	struct carved_past *standing; // accepted and started work; one reference; NULL: a simulation, which does not ask
	struct carved_past *offered;  // what lies before people; as above
	uint32_t gap;                 // of that plan, millionths
	// laid
	struct carved_start start;           // without pinned packages
	struct carved_start_package *former; // with them; sorted by candidate
	uint32_t former_count;
	struct carved_package
		*pinned; // explicit ones and standing work, sorted by candidate, with their values; in the start's arena
	uint32_t pinned_count;
	int64_t pinned_value;
	struct carved_pins stay; // the same for the checker, and people of whose work nothing is left; in the start's arena
	struct carved_placements placements; // standing work on today's documents, with the rules that it breaks
	struct carved_past_package *offers;  // `offered` on today's documents; in the start's arena
};

static inline bool carved_plan_base_is_wanted(const struct carved_plan_base *base)
{
	return base->last || base->plan[0];
}

// Whether changes are limited or weighed: then how good the plan that stands was says nothing of when to stop.
static inline bool carved_plan_base_is_near(const struct carved_plan_base *base)
{
	return base->most_changes != CARVED_NONE || base->keep_weight > 0;
}

void carved_plan_base_deinit(struct carved_plan_base *base); // legal on a zeroed one

// Reads what people have decided or are deciding on, from whichever plan it comes: every plan keeps it that is no simulation. Returns false with PLAN_UNREADABLE or a code
// of the store.
bool carved_plan_base_read_decided(struct carved_plan_base *base, struct carved_store *store, struct carved_error *error);

// Returns false with PLAN_NOT_FOUND, PLAN_WITHOUT_PROPOSALS, PLAN_NONE_STANDS, PIN_UNKNOWN or the store's errors. Then `ret_pointer` gets the member of the request
// that it is about, in `arena`.
bool carved_plan_base_read(struct carved_plan_base *base, struct carved_store *store, struct carved_arena *arena,
	const char **ret_pointer, struct carved_error *error);

// Whether a member of the request is at fault, rather than the store.
bool carved_plan_base_is_request_fault(enum carved_code code);

// Lays what was read over the instance, of which pinned packages are taken out. Standing work stays whatever rules it breaks today; what was pinned by the request keeps
// them all. Returns false with PIN_IMPOSSIBLE.
bool carved_plan_base_lay(struct carved_plan_base *base, const struct carved_region *region, carved_date date,
	const struct carved_weights *weights, struct carved_instance *instance, struct carved_error *error);

// The bound of all plans that have the pinned packages, from that of the region without them.
void carved_plan_base_raise_bound(const struct carved_plan_base *base, struct carved_solution *solution);

// Puts the pinned packages into the answer, and their value into value and bound.
void carved_plan_base_add_pinned(const struct carved_plan_base *base, struct carved_solution *solution);

// The proposal that people decide on for a package of the new plan: the one that stands, or one that is offered and is the very same. NULL: none.
// The id lives as long as the base.
const char *carved_plan_base_origin(const struct carved_plan_base *base, const struct carved_proposal *proposal);

// Rules that a piece of standing work breaks today, each once: `package` is one of base->placements. Returns how many. `supply` stands also for a task or site that is gone.
size_t carved_plan_base_broken(const struct carved_plan_base *base, const struct carved_region *region,
	const struct carved_slot_table *table, size_t package, enum carved_rule ret_rules[CARVED_RULE_COUNT]);

// The package of base->placements that is a candidate's; SIZE_MAX: none.
size_t carved_plan_base_standing_of(const struct carved_plan_base *base, size_t candidate);

bool carved_plan_base_is_pinned(const struct carved_plan_base *base, size_t candidate);

// What is said of it in a plan's document, once it is read.
struct carved_plan_from {
	char plan[CARVED_STORE_ID_MAX]; // "": the plan begins from nothing
	uint32_t most_changes;          // CARVED_NONE: any number
	int64_t keep_weight;
	const char (*pins)[CARVED_STORE_ID_MAX]; // borrowed
	size_t pin_count;
};

void carved_plan_base_tell(const struct carved_plan_base *base, struct carved_plan_from *ret_from);

// How many people have something else in the plan than in the one that it began from; those who are in either count.
size_t carved_plan_base_count_different(const struct carved_plan_base *base, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_plan *plan);
