// SPDX-License-Identifier: EUPL-1.2
// Obstacles: by hand with their figures; against the checker and every package of tiny worlds; against the checker on real regions.
#include "carved/advise/obstacle.h"
#include "support/one_task.h"
#include "support/random_world.h"
#include "support/region_file.h"
#include <stdio.h>
#include <string.h>

struct asked {
	struct carved_weights weights;
	struct carved_advise_question question;
	struct carved_obstacles found;
};

static void ask_on(struct asked *a, struct carved_region *region, carved_date date, size_t candidate, size_t site,
	const char *job, const char *task)
{
	*a = (struct asked){0};
	carved_weights_init(&a->weights);
	a->question = (struct carved_advise_question){.region = region,
		.candidate = candidate,
		.site = site,
		.job = job,
		.task = task,
		.date = date,
		.weights = &a->weights,
		.node_limit = 5000,
		.tries = 1,
		.items = 1};
	carved_obstacles_find(&a->question, &a->found);
}

static void ask(struct asked *a, struct fixture *f, const char *job, const char *task)
{
	ask_on(a, &f->world.region, WORLD_DATE, 0, 0, job, task);
}

static void expect(const struct carved_obstacle_list *list, size_t index, enum carved_rule rule, const char *what, int64_t found,
	int64_t allowed)
{
	assert_true(index < list->count);
	const struct carved_obstacle *o = &list->items[index];
	assert_string_equal(carved_rule_names[o->rule], carved_rule_names[rule]);
	if (what)
		assert_string_equal(o->what, what);
	else
		assert_null(o->what);
	assert_int_equal(o->found, found);
	assert_int_equal(o->allowed, allowed);
}

// ---- by hand

static void somebody_who_fits_has_no_obstacle(void **state)
{
	struct fixture *f = *state;
	struct asked a;
	f->task->hours_q = 20;
	ask(&a, f, NULL, NULL);
	assert_true(a.found.fits && a.found.exact && a.found.has_nearest);
	assert_int_equal(a.found.support.count + a.found.package.count + a.found.slot_count, 0);
	assert_int_equal(a.found.nearest.hours_q, 20);
	carved_obstacles_deinit(&a.found);
}

static void a_refused_slot_tells_every_rule_with_its_figures(void **state)
{
	struct fixture *f = *state;
	struct asked a;
	f->task->hours_q = 20;
	world_add_task(&f->world, f->job, "post", 10);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_text(&f->world, &f->candidate->never, "cleaning");
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	world_add_text(&f->world, &f->task->tags, "cleaning");
	world_add_text(&f->world, &f->task->requires, "forklift");
	f->task->when = 1u << 27;
	ask(&a, f, NULL, NULL);
	assert_false(a.found.fits);
	assert_int_equal(a.found.slot_count, 1);
	assert_string_equal(a.found.slots[0].slot->task->ref, "linen");
	expect(&a.found.slots[0].rules, 0, CARVED_RULE_CAPACITY, "d430", 2, 1);
	expect(&a.found.slots[0].rules, 1, CARVED_RULE_REQUIREMENT, "forklift", 0, 1);
	expect(&a.found.slots[0].rules, 2, CARVED_RULE_NEVER, "cleaning", 1, 0);
	expect(&a.found.slots[0].rules, 3, CARVED_RULE_AVAILABILITY, NULL, 0, 1);
	assert_int_equal(a.found.slots[0].rules.count, 4);
	assert_int_equal(a.found.hours_in_scope_q, 30);
	assert_int_equal(a.found.hours_that_fit_q, 10);
	expect(&a.found.package, 0, CARVED_RULE_HOURS, NULL, 10, 16);
	assert_int_equal(a.found.package.count, 1);
	carved_obstacles_deinit(&a.found);
}

static void support_is_told_beside_the_nearest_package(void **state)
{
	struct fixture *f = *state;
	struct asked a;
	f->task->hours_q = 12;
	f->candidate->max_minutes = 5;
	f->candidate->buddy_q = 41;
	f->candidate->coach_q = 44;
	world_add_text(&f->world, &f->candidate->not_with, "EMP-1");
	ask(&a, f, NULL, NULL);
	expect(&a.found.support, 0, CARVED_RULE_TRAVEL, NULL, 9, 5);
	expect(&a.found.support, 1, CARVED_RULE_EXCLUDED, "EMP-1", 1, 0);
	expect(&a.found.support, 2, CARVED_RULE_SUPERVISION, NULL, 41, 40);
	expect(&a.found.support, 3, CARVED_RULE_COACH, "C-1", 44, 40);
	expect(&a.found.package, 0, CARVED_RULE_HOURS, NULL, 12, 16);
	carved_obstacles_deinit(&a.found);
}

static void a_job_and_a_task_are_asked_about_by_themselves(void **state)
{
	struct fixture *f = *state;
	struct asked a;
	f->task->hours_q = 20;
	struct carved_job *clerk = world_add_job(&f->world, f->site, "clerk");
	world_add_task(&f->world, clerk, "post", 20)->supervisor = "team";
	struct carved_task *files = world_add_task(&f->world, clerk, "files", 20);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 4);
	world_add_level(&f->world, &files->demands, "d430", 1);
	ask(&a, f, "clerk", NULL);
	assert_true(a.found.fits);
	assert_int_equal(a.found.slots_in_scope, 2);
	carved_obstacles_deinit(&a.found);
	ask(&a, f, "clerk", "files");
	assert_false(a.found.fits);
	assert_false(a.found.has_nearest); // it does not fit: there is no package with it to be near
	expect(&a.found.slots[0].rules, 0, CARVED_RULE_CAPACITY, "d430", 1, 0);
	carved_obstacles_deinit(&a.found);
}

// ---- every package of tiny worlds

enum { TINY_SLOTS = 5, TINY_HOURS = 4 };

static bool is_package_rule(enum carved_rule rule)
{
	return rule == CARVED_RULE_HOURS || rule == CARVED_RULE_CHUNK || rule == CARVED_RULE_SCHEDULE ||
	       rule == CARVED_RULE_BUILD_UP || rule == CARVED_RULE_LOAD || rule == CARVED_RULE_JOBS ||
	       rule == CARVED_RULE_SUPERVISOR || rule == CARVED_RULE_MUST || rule == CARVED_RULE_DONOR;
}

static bool is_support_rule(enum carved_rule rule)
{
	return rule == CARVED_RULE_CONSENT || rule == CARVED_RULE_TRAVEL || rule == CARVED_RULE_EXCLUDED ||
	       rule == CARVED_RULE_PLACES || rule == CARVED_RULE_SUPERVISION || rule == CARVED_RULE_COACH ||
	       rule == CARVED_RULE_RESERVE;
}

// How many rules of packages a package breaks; -1 where it is none to be counted: a slot does not fit, or it is called a whole vacancy wrongly.
static int broken(const struct asked *a, const struct carved_slot_table *table, const struct carved_proposal *p)
{
	struct carved_violations violations = {0};
	bool seen[CARVED_RULE_COUNT] = {0};
	int count = 0;
	carved_check_pieces(a->question.region, table, a->question.date, &a->weights, p, &violations);
	for (size_t i = 0; i < violations.count && count >= 0; i++) {
		enum carved_rule rule = violations.items[i].rule;
		if (is_support_rule(rule) || seen[rule])
			continue;
		seen[rule] = true;
		bool job_without = rule == CARVED_RULE_DONOR && violations.items[i].slot != SIZE_MAX;
		count = is_package_rule(rule) && !job_without ? count + 1 : -1;
	}
	carved_violations_deinit(&violations);
	return count;
}

struct walk {
	const struct asked *a;
	const struct carved_slot_table *table;
	const struct carved_slots *slots;
	struct carved_proposal proposal;
	struct carved_proposal_piece pieces[TINY_SLOTS];
	int fewest;
};

static void walk(struct walk *w, size_t slot)
{
	if (slot == w->slots->count) {
		for (int kind = 0; w->proposal.piece_count && kind < 2; kind++) {
			w->proposal.kind = (enum carved_package_kind)kind;
			int count = broken(w->a, w->table, &w->proposal);
			if (count >= 0 && (w->fewest < 0 || count < w->fewest))
				w->fewest = count;
		}
		return;
	}
	for (int q = 0; q <= w->slots->items[slot].hours_q; q++) {
		size_t before = w->proposal.piece_count;
		if (q)
			w->pieces[w->proposal.piece_count++] = (struct carved_proposal_piece){.slot = slot, .hours_q = q};
		walk(w, slot + 1);
		w->proposal.piece_count = before;
	}
}

// The fewest rules of packages that any package of fitting slots breaks; -1 where no slot fits.
static int fewest_broken(const struct asked *a)
{
	struct walk w = {.a = a, .fewest = -1, .table = carved_slot_table_new(a->question.region)};
	w.proposal = (struct carved_proposal){.candidate = a->question.candidate, .site = a->question.site, .pieces = w.pieces};
	w.slots = carved_slot_table_site(w.table, a->question.site);
	assert_true(w.slots->count <= TINY_SLOTS);
	walk(&w, 0);
	carved_slot_table_free((struct carved_slot_table *)(uintptr_t)w.table);
	return w.fewest;
}

static void make_tiny(struct world *world, uint64_t seed)
{
	static const char *const names[3] = {NULL, "ann", "bob"};
	struct random_stream random = {.state = seed * 77 + 5};
	random_world_init(world, seed);
	for (size_t i = 0; i < world->region.count[CARVED_KIND_CANDIDATE]; i++) {
		struct carved_candidate *c = &world->documents[CARVED_KIND_CANDIDATE][i]->candidate;
		c->min_q = 1 + (int)random_below(&random, 7);
		c->max_q = c->min_q + (int)random_below(&random, 3);
		c->per_day_q = 2 + (int)random_below(&random, 3);
		c->per_visit_q = (int)random_below(&random, 3);
		c->jobs_max = (uint16_t)(1 + random_below(&random, 2));
		c->supervisors_max = (uint16_t)random_below(&random, 2);
		if (c->build_up_count)
			c->build_up[0].hours_q = 1 + (int)random_below(&random, 3);
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			c->available_q[part] = c->available_q[part] && random_chance(&random, 40) ? 2 : 0;
		if (random_chance(&random, 30))
			world_add_limit(world, c, "d430", 1, 2);
		if (random_chance(&random, 30))
			world_add_text(world, &c->must, "plants");
	}
	for (size_t s = 0; s < world->region.count[CARVED_KIND_SITE]; s++) {
		struct carved_site *site = &world->documents[CARVED_KIND_SITE][s]->site;
		size_t left = TINY_SLOTS;
		for (size_t j = 0; j < site->job_count; j++) {
			struct carved_job *job = &site->jobs[j];
			job->openings = 1;
			job->hours_q = 4 + (int)random_below(&random, 20);
			job->task_count = job->task_count < left ? job->task_count : left;
			left -= job->task_count;
			for (size_t t = 0; t < job->task_count; t++) {
				struct carved_task *task = &job->tasks[t];
				task->fixed = false;
				task->hours_q = 1 + (int)random_below(&random, TINY_HOURS);
				task->chunk_q = 1 + (int)random_below(&random, 3);
				task->supervisor = names[random_below(&random, 3)];
				if (random_chance(&random, 30))
					task->when = 0x3;
			}
		}
	}
}

static void of_tiny_worlds_no_package_breaks_fewer_rules_than_the_nearest(void **state)
{
	int seen[5] = {0}, fits = 0, none = 0, growing = 0;
	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct world world;
		make_tiny(&world, seed);
		for (size_t c = 0; c < world.region.count[CARVED_KIND_CANDIDATE]; c += 2) {
			struct asked a;
			size_t s = seed % 2;
			ask_on(&a, &world.region, WORLD_DATE, c, s, NULL, NULL);
			int fewest = fewest_broken(&a), told = -1;
			if (a.found.has_nearest) {
				const struct carved_obstacle_list *list = &a.found.package;
				told = 0;
				for (size_t i = 0; i < list->count; i++) {
					growing += list->items[i].rule == CARVED_RULE_BUILD_UP;
					told += i == 0 || list->items[i].rule != list->items[i - 1].rule;
				}
			}
			assert_true(a.found.exact);
			if (told != fewest)
				fail_msg("seed %d, candidate %zu: %d rules told, %d at least", (int)seed, c, told, fewest);
			assert_int_equal(a.found.fits, fewest == 0 && a.found.support.count == 0);
			fits += a.found.fits;
			none += fewest < 0;
			seen[fewest < 0 ? 0 : fewest > 4 ? 4 : fewest]++;
			carved_obstacles_deinit(&a.found);
		}
		world_deinit(&world);
	}
	print_message("%d fit, %d where no slot fits, %d with one rule of packages in the way, %d with two, %d with more\n", fits,
		none, seen[1], seen[2], seen[3] + seen[4]);
	print_message("%d of them by the build-up\n", growing);
	assert_true(fits > 5 && none > 0 && seen[1] > 20 && seen[2] > 5 && growing > 0);
}

// ---- real regions

static void write_list(char *text, size_t room, const struct carved_obstacle_list *list)
{
	size_t used = 0;
	text[0] = '\0';
	for (size_t i = 0; i < list->count; i++)
		used += (size_t)snprintf(text + used, used < room ? room - used : 0, "%s %s %d %d;",
			carved_rule_names[list->items[i].rule], list->items[i].what ? list->items[i].what : "-",
			(int)list->items[i].found, (int)list->items[i].allowed);
}

// What the checker says of a package, of the rules that `wanted` lets through.
static void write_checked(const struct asked *a, const struct carved_slot_table *table, const struct carved_proposal *p,
	bool (*wanted)(const struct carved_violation *violation), char *text, size_t room)
{
	struct carved_violations violations = {0};
	size_t used = 0;
	text[0] = '\0';
	carved_check_pieces(a->question.region, table, a->question.date, &a->weights, p, &violations);
	for (size_t i = 0; i < violations.count; i++) {
		const struct carved_violation *v = &violations.items[i];
		if (wanted(v))
			used += (size_t)snprintf(text + used, used < room ? room - used : 0, "%s %s %d %d;",
				carved_rule_names[v->rule], v->what ? v->what : "-", (int)v->found, (int)v->allowed);
	}
	carved_violations_deinit(&violations);
}

static bool is_support(const struct carved_violation *v)
{
	return is_support_rule(v->rule);
}

static bool is_of_slot(const struct carved_violation *v)
{
	return v->slot != SIZE_MAX && v->rule != CARVED_RULE_CHUNK;
}

static bool is_of_package(const struct carved_violation *v)
{
	return !is_support_rule(v->rule);
}

static void expect_slots(const struct asked *a, const struct carved_slot_table *table)
{
	const struct carved_slots *slots = carved_slot_table_site(table, a->question.site);
	size_t next = 0;
	for (size_t t = 0; t < slots->count; t++) {
		const struct carved_slot *slot = &slots->items[t];
		struct carved_proposal_piece piece = {.slot = t, .hours_q = slot->unit_q};
		struct carved_proposal one = {
			.candidate = a->question.candidate, .site = a->question.site, .pieces = &piece, .piece_count = 1};
		char checked[4000], told[4000] = "";
		write_checked(a, table, &one, is_of_slot, checked, sizeof checked);
		if (next < a->found.slot_count && strcmp(a->found.slots[next].slot->task->ref, slot->task->ref) == 0 &&
			strcmp(a->found.slots[next].slot->job->ref, slot->job->ref) == 0 &&
			a->found.slots[next].slot->part == slot->part)
			write_list(told, sizeof told, &a->found.slots[next++].rules);
		assert_string_equal(told, checked);
	}
	assert_int_equal(next, a->found.slot_count);
}

static void run(const char *name)
{
	struct carved_region *region = region_file_load(name);
	struct random_stream random = {.state = 4711};
	size_t counts[4] = {0};
	if (!region)
		skip();
	struct carved_slot_table *table = carved_slot_table_new(region);
	for (int i = 0; i < 200; i++) {
		struct asked a;
		char checked[4000], told[4000];
		size_t c = random_below(&random, (uint32_t)region->count[CARVED_KIND_CANDIDATE]);
		size_t s = random_below(&random, (uint32_t)region->count[CARVED_KIND_SITE]);
		ask_on(&a, region, region_file_date(), c, s, NULL, NULL);
		expect_slots(&a, table);
		struct carved_proposal_piece first = {.slot = 0, .hours_q = 1};
		struct carved_proposal any = {.candidate = c, .site = s, .pieces = &first, .piece_count = 1};
		write_checked(&a, table, &any, is_support, checked, sizeof checked);
		write_list(told, sizeof told, &a.found.support);
		assert_string_equal(told, checked);
		if (a.found.has_nearest) {
			struct carved_proposal nearest = a.found.nearest;
			nearest.candidate = c;
			nearest.site = s;
			write_checked(&a, table, &nearest, is_of_package, checked, sizeof checked);
			write_list(told, sizeof told, &a.found.package);
			assert_string_equal(told, checked);
		}
		counts[0] += a.found.fits;
		counts[1] += a.found.support.count > 0;
		counts[2] += a.found.package.count > 0;
		counts[3] += !a.found.exact;
		carved_obstacles_deinit(&a.found);
	}
	print_message("%s: of 200 pairs %zu fit, %zu lack support, %zu have a rule of packages in the way, %zu met a limit\n",
		name, counts[0], counts[1], counts[2], counts[3]);
	assert_true(counts[0] > 0 && counts[1] > 0 && counts[2] > 0);
	carved_slot_table_free(table);
	carved_region_unref(region);
}

static void on_small_the_obstacles_of_200_pairs_are_what_the_checker_finds(void **state)
{
	(void)state;
	run("small");
}

static void on_medium_the_obstacles_of_200_pairs_are_what_the_checker_finds(void **state)
{
	(void)state;
	run("medium");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(somebody_who_fits_has_no_obstacle),
		T(a_refused_slot_tells_every_rule_with_its_figures),
		T(support_is_told_beside_the_nearest_package),
		T(a_job_and_a_task_are_asked_about_by_themselves),
		cmocka_unit_test(of_tiny_worlds_no_package_breaks_fewer_rules_than_the_nearest),
		cmocka_unit_test(on_small_the_obstacles_of_200_pairs_are_what_the_checker_finds),
		cmocka_unit_test(on_medium_the_obstacles_of_200_pairs_are_what_the_checker_finds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
