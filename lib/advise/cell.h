// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: one person before one site, compiled and ready to be priced, as the documents say it or with rules left out.
#pragma once
#include "carved/advise/obstacle.h"
#include "carved/model/single.h"
#include "carved/price/price.h"

// What a question may leave out. Each makes more packages possible, never fewer.
enum carved_cell_relaxed {
	CARVED_RELAX_REACH = 1 << 0,       // rules travel and excluded
	CARVED_RELAX_PLACES = 1 << 1,      // rule places
	CARVED_RELAX_SUPERVISION = 1 << 2, // rule supervision
	CARVED_RELAX_COACH = 1 << 3,       // rules coach and reserve
	CARVED_RELAX_MIN = 1 << 4,         // rule hours: the minimum
	CARVED_RELAX_MAX = 1 << 5,         // rule hours: the maximum
	CARVED_RELAX_CHUNK = 1 << 6,
	CARVED_RELAX_SCHEDULE = 1 << 7,
	CARVED_RELAX_LOAD = 1 << 8,
	CARVED_RELAX_JOBS = 1 << 9,
	CARVED_RELAX_SUPERVISOR = 1 << 10,
	CARVED_RELAX_MUST = 1 << 11,
	CARVED_RELAX_DONOR = 1 << 12, // of vacancies, and of jobs with `carve`
	CARVED_RELAX_TIMES = 1 << 13, // every task at every time
	CARVED_RELAX_NEVER = 1 << 14,
	CARVED_RELAX_BUILD_UP =
		1
		<< 16, // it goes with the minimum, the maximum, chunk and schedule as well: it asks for parts of a package that keeps these
	CARVED_RELAX_AIDS = 1 << 15, // every technique is there
	CARVED_RELAX_SUPPORT = CARVED_RELAX_REACH | CARVED_RELAX_PLACES | CARVED_RELAX_SUPERVISION | CARVED_RELAX_COACH,
};

struct carved_cell {
	struct carved_region *region; // carved_region_cell; one reference
	struct carved_instance instance;
	struct carved_singles *singles;
};

// Takes over the reference to the region. The weights are borrowed.
void carved_cell_open(
	struct carved_cell *cell, struct carved_region *region, carved_date date, const struct carved_weights *weights);
void carved_cell_close(struct carved_cell *cell); // legal on a zeroed one

static inline const struct carved_candidate *carved_cell_candidate(const struct carved_cell *cell)
{
	return carved_region_candidate(cell->region, 0);
}
static inline const struct carved_site *carved_cell_site(const struct carved_cell *cell)
{
	return carved_region_site(cell->region, 0);
}
static inline const struct carved_slots *carved_cell_slots(const struct carved_cell *cell)
{
	return carved_slot_table_site(carved_singles_table(cell->singles), 0);
}

struct carved_cell_query {
	unsigned relaxed;       // of enum carved_cell_relaxed
	int least_q, most_q;    // hours of the package instead of the person's; 0: the person's
	const char *job, *task; // the package holds something of it; NULL: anything
	uint32_t node_limit;
};

// The best package that there is. FOUND (perhaps not proven to be the best) with the package, its pieces in `arena`; NONE; LIMIT: none was found, and there may be one.
enum carved_price_answer carved_cell_price(const struct carved_cell *cell, const struct carved_cell_query *query,
	struct carved_arena *arena, struct carved_package *ret_package);

// Whether the slot belongs to the job and task that a question is about; NULL: any.
bool carved_cell_is_in_scope(const struct carved_slot *slot, const char *job, const char *task);
