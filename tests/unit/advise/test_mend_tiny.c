// SPDX-License-Identifier: EUPL-1.2
// Mends on tiny worlds, against every single change, each judged by the checker on every package there is.
#include "mend_fixture.h"
#include "support/carved_cmocka.h"
#include "support/mend_brute.h"
#include "support/random_world.h"
#include "support/world_text.h"
#include <string.h>

enum { TINY_SLOTS = 4, TINY_HOURS = 3 };

struct walk {
	const struct carved_region *cell;
	struct carved_slot_table *table;
	const struct carved_slots *slots;
	struct carved_weights weights;
	struct carved_proposal proposal;
	struct carved_proposal_piece pieces[2 * TINY_SLOTS];
};

static bool is_valid(struct walk *w)
{
	for (int kind = 0; w->proposal.piece_count && kind < 2; kind++) {
		struct carved_violations violations = {0};
		w->proposal.kind = (enum carved_package_kind)kind;
		carved_check_pieces(w->cell, w->table, WORLD_DATE, &w->weights, &w->proposal, &violations);
		bool valid = violations.count == 0;
		carved_violations_deinit(&violations);
		if (valid)
			return true;
	}
	return false;
}

static bool walk(struct walk *w, size_t slot)
{
	if (slot == w->slots->count)
		return is_valid(w);
	for (int q = w->slots->items[slot].hours_q; q >= 0; q--) {
		size_t before = w->proposal.piece_count;
		if (q)
			w->pieces[w->proposal.piece_count++] = (struct carved_proposal_piece){.slot = slot, .hours_q = q};
		bool found = walk(w, slot + 1);
		w->proposal.piece_count = before;
		if (found)
			return true;
	}
	return false;
}

static bool some_package_is_valid(void *context, const struct carved_region *cell)
{
	(void)context;
	struct walk w = {.cell = cell, .table = carved_slot_table_new(cell)};
	carved_weights_init(&w.weights);
	w.slots = carved_slot_table_site(w.table, 0);
	w.proposal.pieces = w.pieces;
	assert_true(w.slots->count <= 2 * TINY_SLOTS);
	bool found = walk(&w, 0);
	carved_slot_table_free(w.table);
	return found;
}

static void make_tiny_task(struct carved_task *task, struct random_stream *random)
{
	static const char *const names[3] = {NULL, "ann", "bob"};
	int fixed = random_chance(random, 25);
	task->fixed = fixed;
	task->hours_q = fixed ? 0 : 1 + (int)random_below(random, TINY_HOURS);
	memset(task->fixed_q, 0, sizeof task->fixed_q);
	if (fixed)
		task->fixed_q[4 * random_below(random, 2)] = (uint16_t)(1 + random_below(random, TINY_HOURS));
	task->chunk_q = 1 + (int)random_below(random, 3);
	task->undone = false;
	task->supervisor = names[random_below(random, 3)];
	task->when = !fixed && random_chance(random, 50) ? 0x1 : 0;
}

static void make_tiny(struct world *world, uint64_t seed)
{
	struct random_stream random = {.state = seed * 131 + 9};
	random_world_init(world, seed);
	for (size_t i = 0; i < world->region.count[CARVED_KIND_CANDIDATE]; i++) {
		struct carved_candidate *c = &world->documents[CARVED_KIND_CANDIDATE][i]->candidate;
		c->min_q = 2 + (int)random_below(&random, 5);
		c->max_q = c->min_q + (int)random_below(&random, 2);
		c->per_day_q = 3 + (int)random_below(&random, 3);
		c->per_visit_q = (int)random_below(&random, 2);
		c->supervisors_max = (uint16_t)random_below(&random, 2);
		c->waiting_since = CARVED_DATE_NONE;
		if (c->build_up_count)
			c->build_up[0].hours_q = 1 + (int)random_below(&random, 3);
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			c->available_q[part] = part != 0 && part < 8 && part % 4 < 2 && random_chance(&random, 60) ? 4 : 0;
		c->available_q[1] = 4;
		if (random_chance(&random, 60))
			world_add_aid(world, c, random_chance(&random, 50) ? "d430" : "d720", 0, "hoist", CARVED_TECHNIQUE);
	}
	for (size_t s = 0; s < world->region.count[CARVED_KIND_SITE]; s++) {
		struct carved_site *site = &world->documents[CARVED_KIND_SITE][s]->site;
		size_t left = TINY_SLOTS;
		site->open = 0x33;
		site->supervision_q = 4 + (int)random_below(&random, 8);
		for (size_t j = site->job_count; j-- > 0;) {
			struct carved_job *job = &site->jobs[j];
			job->openings = 1;
			job->task_count = job->task_count < left ? job->task_count : left;
			left -= job->task_count;
			for (size_t t = 0; t < job->task_count; t++)
				make_tiny_task(&job->tasks[t], &random);
		}
		while (site->job_count > 0 && site->jobs[0].task_count == 0) {
			site->jobs++;
			site->job_count--;
		}
	}
}

static void expect_as_small(const struct mend_asked *a, const struct mend_brute *brute, uint64_t seed, size_t c)
{
	const char *told = a->found.count ? carved_mend_names[a->found.items[0].changes[0].kind] : "nothing";
	bool single = a->found.count && a->found.items[0].count == 1;
	if ((brute->found > 0) != single)
		fail_msg("seed %d, candidate %zu: %s is told, %d single changes help, %s of %d the smallest", (int)seed, c, told,
			brute->found, carved_mend_names[brute->best_kind], brute->best_size);
	if (!single)
		return;
	const struct carved_mend_change *best = &a->found.items[0].changes[0];
	enum carved_mend_class class = carved_mend_classes[best->kind];
	if (class > brute->best_class || (class == brute->best_class && best->size > brute->best_size))
		fail_msg("seed %d, candidate %zu: %s of %d is told, %s of %d is smaller", (int)seed, c, told, best->size,
			carved_mend_names[brute->best_kind], brute->best_size);
}

// Follows an advice, and looks at every package that there is then.
static void expect_to_help(const struct mend_asked *a, const struct carved_mend *mend)
{
	struct carved_region *after = mend_follow(a->region, mend, CARVED_DATE_NONE);
	struct carved_region *cell = mend_cell(after, a->question.candidate, a->question.site);
	assert_true(some_package_is_valid(NULL, cell));
	carved_region_unref(cell);
	carved_region_unref(after);
}

static void of_tiny_worlds_no_single_change_is_smaller_and_all_that_is_told_helps(void **state)
{
	int pairs = 0, kinds[CARVED_MEND_KINDS] = {0}, sizes[CARVED_MEND_MOST + 1] = {0};
	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct world world;
		struct mend_asked a;
		make_tiny(&world, seed);
		struct carved_region *region = world_text_read(&world);
		size_t c = seed % 5, s = seed % 2;
		struct mend_brute brute = {
			.region = region, .candidate = c, .site = s, .fine = true, .fits = some_package_is_valid};
		struct carved_region *cell = mend_cell(region, c, s);
		bool fits = some_package_is_valid(NULL, cell);
		carved_region_unref(cell);
		world_deinit(&world);
		if (fits) {
			carved_region_unref(region);
			continue;
		}
		pairs++;
		mend_brute_run(&brute);
		mend_asked_init(&a, region, c, s, WORLD_DATE);
		mend_ask(&a, 2);
		expect_as_small(&a, &brute, seed, c);
		assert_true(a.found.complete_to > 0);
		for (size_t i = 0; i < a.found.count; i++) {
			expect_to_help(&a, &a.found.items[i]);
			kinds[a.found.items[i].changes[0].kind]++;
		}
		sizes[a.found.count ? a.found.items[0].count : 0]++;
		mend_asked_deinit(&a);
	}
	print_message("%d pairs that do not fit: %d mended by one change, %d by two, %d by neither;", pairs, sizes[1], sizes[2],
		sizes[0]);
	for (int kind = 0; kind < CARVED_MEND_KINDS; kind++)
		print_message(" %s %d", carved_mend_names[kind], kinds[kind]);
	print_message("\n");
	assert_true(pairs > 8 && sizes[1] > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_tiny_worlds_no_single_change_is_smaller_and_all_that_is_told_helps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
