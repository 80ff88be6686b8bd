// SPDX-License-Identifier: EUPL-1.2
// Each person without a package gets a reason, each person a number of options. Who has none whatever the plan is was told by the outlook; the others are looked
// at by two threads, for a cancelled plan of thousands is waited for.
#include "carved/base/crew.h"
#include "outlook.h"
#include "plan_unplaced.h"

enum { THREADS = 2, ALONE = 32 }; // so few are sooner done than a thread is started

struct reasoning {
	const struct carved_outlook *outlook;
	const struct carved_plan_room *room;
	struct carved_options *options[THREADS]; // per worker
	struct carved_unplaced **open;           // whose reason depends on the plan
	uint32_t open_count;
};

static void look(void *context, uint32_t worker, uint32_t index)
{
	const struct reasoning *r = context;
	struct carved_unplaced *unplaced = r->open[index];
	unplaced->reason = carved_plan_unplaced_by_plan(
		r->options[worker], r->room, unplaced->candidate, r->outlook->sites[unplaced->candidate]);
}

static void look_at_open(struct reasoning *r)
{
	struct carved_crew *crew = carved_crew_new(r->open_count > ALONE ? THREADS : 1);
	r->options[0] = r->outlook->options;
	for (uint32_t worker = 1; worker < carved_crew_threads(crew); worker++)
		r->options[worker] = carved_options_share(r->outlook->options);
	carved_crew_run(crew, r->open_count, look, r);
	for (uint32_t worker = 1; worker < carved_crew_threads(crew); worker++)
		carved_options_free(r->options[worker]);
	carved_crew_free(crew);
}

static void list_unplaced(struct reasoning *r, struct carved_plan *plan, size_t candidates)
{
	size_t next = 0;
	for (size_t c = 0; c < candidates; c++) {
		plan->options[c] = r->outlook->counts[c];
		if (next < plan->proposal_count && plan->proposals[next].candidate == c) {
			plan->proposals[next++].options = plan->options[c];
			continue;
		}
		struct carved_unplaced *unplaced = &plan->unplaced[plan->unplaced_count++];
		unplaced->candidate = c;
		unplaced->reason = carved_pins_find(&plan->pins, c) ? CARVED_RULE_PINNED : r->outlook->stop[c];
		if (unplaced->reason == CARVED_RULE_COUNT)
			r->open[r->open_count++] = unplaced;
	}
}

void carved_plan_give_reasons(
	struct carved_plan *plan, const struct carved_outlook *outlook, const struct carved_slot_table *table)
{
	const struct carved_region *region = outlook->options->region;
	size_t candidates = region->count[CARVED_KIND_CANDIDATE], left = candidates - plan->proposal_count;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_plan_room room;
	carved_plan_room_init(&room, plan, region, table, &scratch);
	plan->unplaced = carved_arena_array(&plan->arena, struct carved_unplaced, left);
	plan->options = carved_arena_array(&plan->arena, int, candidates);
	struct reasoning r = {
		.outlook = outlook, .room = &room, .open = carved_arena_array(&scratch, struct carved_unplaced *, left)};
	list_unplaced(&r, plan, candidates);
	look_at_open(&r);
	carved_arena_deinit(&scratch);
}
