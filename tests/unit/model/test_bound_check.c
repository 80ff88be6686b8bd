// SPDX-License-Identifier: EUPL-1.2
// The second opinion on bounds is itself held against trying everything: all packages of small random regions, judged by the checker.
#include "carved/base/quarters.h"
#include "carved/model/check.h"
#include "support/bound_check.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include <stdlib.h>
#include <string.h>

enum { WORLDS = 250 };
static const char *const codes[] = {"d430", "d720", "b140"};

struct trial {
	struct world world;
	struct carved_weights weights;
	struct carved_slot_table *table;
	struct carved_prices prices;
	const struct carved_slots *slots;
	int64_t best; // millionths x maximum quarters
	size_t packages, valid;
	size_t refusals[CARVED_RULE_COUNT];
};

static unsigned draw(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % below;
}

static void draw_candidate(struct trial *t, unsigned *seed)
{
	struct carved_candidate *c = world_add_candidate(&t->world, "K-1");
	c->min_q = 2 + (int)draw(seed, 6);
	c->max_q = c->min_q + (int)draw(seed, 7);
	c->per_day_q = 4 + (int)draw(seed, 5);
	c->per_visit_q = (int)draw(seed, 5);
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		c->available_q[part] = (uint16_t)(c->available_q[part] ? draw(seed, 6) : 0);
	c->jobs_max = (uint16_t)(1 + draw(seed, 3));
	c->supervisors_max = (uint16_t)draw(seed, 3);
	c->coach_q = (int)draw(seed, 3);
	c->buddy_q = (int)draw(seed, 3);
	for (size_t i = 0; i < 3; i++) {
		if (draw(seed, 2))
			world_add_level(&t->world, &c->limitations, codes[i], (uint8_t)(1 + draw(seed, 3)));
	}
	if (draw(seed, 2))
		world_add_limit(&t->world, c, codes[draw(seed, 3)], 1, 1 + (int)draw(seed, 6));
	if (draw(seed, 3) == 0)
		world_add_limit(&t->world, c, codes[draw(seed, 3)], 2, 1 + (int)draw(seed, 4));
	if (draw(seed, 2))
		world_add_aid(
			&t->world, c, codes[draw(seed, 3)], 0, "lifting-aid", draw(seed, 2) ? CARVED_TECHNIQUE : CARVED_GUIDANCE);
	if (draw(seed, 3) == 0)
		world_add_text(&t->world, &c->must, "outdoor");
	if (draw(seed, 2))
		world_add_text(&t->world, &c->like, "indoor");
	if (draw(seed, 3) == 0) {
		c->build_up_count = 1 + draw(seed, 2);
		c->build_up = carved_arena_array(&t->world.arena, struct carved_build_up, 2);
		c->build_up[0] = (struct carved_build_up){.week = 0, .hours_q = 1 + (int)draw(seed, 5)};
		c->build_up[1] = (struct carved_build_up){.week = 8, .hours_q = c->build_up[0].hours_q + 1 + (int)draw(seed, 4)};
	}
}

static void draw_task(struct trial *t, struct carved_job *job, const char *ref, unsigned *seed)
{
	static const char *const supervisors[] = {NULL, "a", "b", "c"};
	struct carved_task *task = world_add_task(&t->world, job, ref, 1 + (int)draw(seed, 6));
	task->chunk_q = 1 + (int)draw(seed, 4);
	task->relief = (uint8_t)draw(seed, 5);
	task->supervisor = supervisors[draw(seed, 4)];
	task->undone = draw(seed, 5) == 0;
	if (draw(seed, 2))
		task->when = 1 + draw(seed, 0x33);
	task->when &= 0x33;
	for (size_t i = 0; i < 3; i++) {
		if (draw(seed, 2))
			world_add_level(&t->world, &task->demands, codes[i], (uint8_t)(1 + draw(seed, 2)));
	}
	world_add_text(&t->world, &task->tags, draw(seed, 2) ? "outdoor" : "indoor");
}

static void draw_site(struct trial *t, unsigned *seed)
{
	struct carved_site *site = world_add_site(&t->world, "S-1");
	if (draw(seed, 2))
		world_add_text(&t->world, &site->facilities, "lifting-aid");
	for (int j = 0; j < 3; j++) {
		static const char *const refs[] = {"a", "b", "v"};
		struct carved_job *job =
			j < 2 ? world_add_job(&t->world, site, refs[j]) : world_add_vacancy(&t->world, site, refs[j]);
		job->has_carve = draw(seed, 5) > 0;
		job->share_permille = (int)draw(seed, 1001);
		job->hours_q = 12;
		job->incumbents = 1;
		job->openings = job->kind == CARVED_VACANCY ? 1 + (int)draw(seed, 2) : 1;
		draw_task(t, job, "t1", seed);
		if (draw(seed, 2) || j == 2)
			draw_task(t, job, "t2", seed);
	}
}

static int64_t *draw_prices(struct trial *t, size_t count, unsigned range, unsigned *seed)
{
	int64_t *prices = carved_arena_array(&t->world.arena, int64_t, count);
	for (size_t i = 0; i < count; i++)
		prices[i] = draw(seed, 2) ? (int64_t)draw(seed, range) * 999983 + draw(seed, 1000) : 0;
	return prices;
}

static void draw_trial(struct trial *t, unsigned *seed)
{
	*t = (struct trial){0};
	world_init(&t->world);
	carved_weights_init(&t->weights);
	draw_candidate(t, seed);
	draw_site(t, seed);
	t->table = carved_slot_table_new(&t->world.region);
	t->slots = carved_slot_table_site(t->table, 0);
	t->prices = (struct carved_prices){draw_prices(t, t->slots->count, 3000, seed), draw_prices(t, 3, 1500, seed),
		draw_prices(t, 1, 800, seed), draw_prices(t, 1, 5000, seed), draw_prices(t, 1, 500, seed),
		draw_prices(t, 1, 500, seed)};
}

static bool is_whole(const struct trial *t, const int *hours_q)
{
	const struct carved_job *vacancy = NULL;
	for (size_t i = 0; i < t->slots->count; i++) {
		const struct carved_slot *slot = &t->slots->items[i];
		vacancy = slot->job->kind == CARVED_VACANCY ? slot->job : vacancy;
		if (hours_q[i] != (slot->job->kind == CARVED_VACANCY ? slot->unit_q : 0))
			return false;
	}
	return vacancy != NULL;
}

// Millionths times maximum quarters of a package, by the formula of carved/price/price.h.
static int64_t reduced(struct trial *t, const struct carved_proposal *p)
{
	const struct carved_candidate *c = carved_region_candidate(&t->world.region, 0);
	const struct carved_site *site = carved_region_site(&t->world.region, 0);
	struct carved_value_parts parts;
	struct carved_options *options = carved_options_new(&t->world.region, WORLD_DATE);
	struct carved_arena arena = CARVED_ARENA_INIT;
	carved_check_value(&t->world.region, t->table, WORLD_DATE, &t->weights, p, carved_options_count(options, c), &parts);
	int64_t exact = 0,
		rest = (parts.place + parts.jobs + parts.aids + parts.unknown + parts.coach + parts.buddy) * CARVED_MICRO;
	rest -= t->prices.places[0] + t->prices.supervision[0] * c->buddy_q +
		(t->prices.coach[0] + (c->coach_q ? t->prices.reserve[0] : 0)) * c->coach_q; // alone, so of the easy half
	for (size_t i = 0; i < p->piece_count; i++) {
		const struct carved_slot *slot = &t->slots->items[p->pieces[i].slot];
		struct carved_slot_answer answer;
		carved_rules_slot(&t->world.region, c, site, slot, &t->weights, &arena, &answer);
		bool counted = p->kind == CARVED_CARVED && !(slot->job->kind == CARVED_JOB && slot->task->undone);
		int64_t price = t->prices.slot[p->pieces[i].slot] + (counted ? t->prices.donor[slot->job_index] : 0);
		exact += (int64_t)p->pieces[i].hours_q * answer.fit * 20 * CARVED_MICRO;
		rest += p->pieces[i].hours_q * ((int64_t)slot->task->relief * 6250000 - price);
	}
	carved_options_free(options);
	carved_arena_deinit(&arena);
	return rest * c->max_q + exact;
}

// Whether the checker refuses the package by anything but the figures that are not filled in here.
static bool is_refused(struct trial *t, const struct carved_proposal *p)
{
	struct carved_plan plan = {
		.date = WORLD_DATE, .weights = t->weights, .proposals = (struct carved_proposal *)p, .proposal_count = 1};
	struct carved_violations violations = {0};
	bool refused = false;
	carved_check_plan(&t->world.region, t->table, &plan, &violations);
	for (size_t i = 0; i < violations.count; i++) {
		t->refusals[violations.items[i].rule]++;
		refused = refused || violations.items[i].rule != CARVED_RULE_VALUE;
	}
	carved_violations_deinit(&violations);
	return refused;
}

static void judge(struct trial *t, const int *hours_q)
{
	const struct carved_candidate *c = carved_region_candidate(&t->world.region, 0);
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_proposal_piece pieces[WORLD_MOST];
	struct carved_schedule_need needs[WORLD_MOST];
	struct carved_proposal p = {.pieces = pieces, .kind = is_whole(t, hours_q) ? CARVED_WHOLE_VACANCY : CARVED_CARVED};
	for (size_t i = 0; i < t->slots->count; i++) {
		if (hours_q[i] == 0)
			continue;
		needs[p.piece_count] = (struct carved_schedule_need){hours_q[i], t->slots->items[i].parts};
		pieces[p.piece_count++] = (struct carved_proposal_piece){i, hours_q[i]};
	}
	t->packages++;
	bool laid = carved_schedule_make(needs, p.piece_count, c->available_q, c->per_day_q, c->per_visit_q, &arena, &p.schedule);
	t->refusals[CARVED_RULE_SCHEDULE] += !laid;
	bool grows = laid && carved_proposal_grow(&p, t->slots, c, &arena);
	t->refusals[CARVED_RULE_BUILD_UP] += laid && !grows;
	if (grows && !is_refused(t, &p)) {
		int64_t value = reduced(t, &p);
		t->valid++;
		t->best = value > t->best ? value : t->best;
	}
	carved_arena_deinit(&arena);
}

static void try_all(struct trial *t, size_t slot, int *hours_q, int total_q)
{
	const struct carved_candidate *c = carved_region_candidate(&t->world.region, 0);
	if (total_q > c->max_q)
		return;
	if (slot == t->slots->count) {
		if (total_q >= c->min_q)
			judge(t, hours_q);
		return;
	}
	const struct carved_slot *s = &t->slots->items[slot];
	for (int q = 0; q <= s->hours_q; q++) {
		if (q > 0 && q < s->chunk_q && q != s->unit_q) {
			t->refusals[CARVED_RULE_CHUNK]++;
			continue;
		}
		hours_q[slot] = q;
		try_all(t, slot + 1, hours_q, total_q + q);
	}
	hours_q[slot] = 0;
}

// A right claim stands, one that is too low is found out.
static void expect_claims_to_be_judged(struct trial *t, int64_t best)
{
	struct bound_check check;
	for (int64_t claim = best > 0 ? best - 1 : 0; claim <= best + 1; claim++) {
		bound_check_part(&t->world.region, t->table, WORLD_DATE, &t->weights, &t->prices, &claim, 0, 1, &check);
		assert_int_equal(check.best_reduced[0], claim > best ? claim : best);
		assert_int_equal(check.candidates, check.best_reduced[0]);
		free(check.best_reduced);
	}
}

static void small_regions_have_the_bound_that_trying_everything_gives(void **state)
{
	(void)state;
	unsigned seed = 7;
	size_t refusals[CARVED_RULE_COUNT] = {0}, valid = 0, worth = 0;
	for (int round = 0; round < WORLDS; round++) {
		struct trial t;
		int hours_q[WORLD_MOST] = {0};
		struct bound_check check;
		draw_trial(&t, &seed);
		try_all(&t, 0, hours_q, 0);
		bound_check_run(&t.world.region, t.table, WORLD_DATE, &t.weights, &t.prices, &check);
		int64_t max_q = carved_region_candidate(&t.world.region, 0)->max_q;
		if (check.best_reduced[0] != carved_ceil_div(t.best, max_q))
			print_message("region %d, %zu of %zu packages valid\n", round, t.valid, t.packages);
		assert_int_equal(check.best_reduced[0], carved_ceil_div(t.best, max_q));
		expect_claims_to_be_judged(&t, check.best_reduced[0]);
		for (int rule = 0; rule < CARVED_RULE_COUNT; rule++)
			refusals[rule] += t.refusals[rule] > 0;
		valid += t.valid > 0;
		worth += t.best > 0;
		free(check.best_reduced);
		carved_slot_table_free(t.table);
		world_deinit(&t.world);
	}
	static const enum carved_rule bound[] = {CARVED_RULE_CAPACITY, CARVED_RULE_CHUNK, CARVED_RULE_SCHEDULE, CARVED_RULE_LOAD,
		CARVED_RULE_JOBS, CARVED_RULE_SUPERVISOR, CARVED_RULE_MUST, CARVED_RULE_BUILD_UP, CARVED_RULE_DONOR};
	for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
		if (refusals[bound[i]] < 10)
			print_message("rule %s refused in %zu regions only\n", carved_rule_names[bound[i]], refusals[bound[i]]);
		assert_true(refusals[bound[i]] >= 10);
	}
	assert_true(valid >= WORLDS / 4 && worth >= WORLDS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_regions_have_the_bound_that_trying_everything_gives),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
