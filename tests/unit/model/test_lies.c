// SPDX-License-Identifier: EUPL-1.2
// The lying solver, at the checker: valid plans by the thousand, each broken by the smallest step that breaks one rule (support/lies.h), go the way of a solver's answer
// (carved_plan_make, carved_check_plan) and are refused by that rule's name. Just inside the rule each of them was accepted. Prints how many.
//
// A liar counts well: the values stated are right for the broken plan wherever there are right ones, so that rule `value` gives nobody else away.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/optimize/optimize.h"
#include "support/carved_cmocka.h"
#include "support/lies.h"
#include "support/random_world.h"
#include "support/region_file.h"
#include <stdlib.h>
#include <string.h>

enum { PLANS_PER_LIE = 1000, WORLDS_MOST = 60000, TRIES = 3 };

struct tally {
	unsigned tried, named, alone;
};

static int go_on(void *context)
{
	(void)context;
	return 0;
}

static void solve(struct lying *l, uint64_t seed)
{
	struct carved_instance instance = {0};
	struct carved_optimize_options options = {.seed = seed, .should_stop = go_on};
	carved_budget_init(&options.budget);
	options.budget.search_rounds = 4;
	options.budget.block_rounds = 0;
	options.budget.price_rounds = 4;
	options.budget.site_nodes = 0;
	carved_compile(l->region, l->date, &l->weights, &instance);
	carved_optimize(&instance, &options, &l->solution);
	carved_instance_deinit(&instance);
}

// ---- Documents, put back after each lie

struct kept {
	struct carved_document *documents[CARVED_KINDS]; // copies of all of them
	struct carved_job **jobs;                        // per site
	struct carved_task ***tasks;                     // per site and job
	struct carved_arena arena;
};

static void *copy(struct carved_arena *arena, const void *from, size_t count, size_t size)
{
	void *to = carved_arena_alloc_array(arena, count, size);
	if (count)
		memcpy(to, from, count * size);
	return to;
}

static void keep(struct kept *kept, const struct carved_region *region)
{
	size_t sites = region->count[CARVED_KIND_SITE];
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		kept->documents[kind] = carved_arena_array(&kept->arena, struct carved_document, region->count[kind]);
		for (size_t i = 0; i < region->count[kind]; i++)
			kept->documents[kind][i] = *region->documents[kind][i];
	}
	kept->jobs = carved_arena_array(&kept->arena, struct carved_job *, sites);
	kept->tasks = carved_arena_array(&kept->arena, struct carved_task **, sites);
	for (size_t s = 0; s < sites; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		kept->jobs[s] = copy(&kept->arena, site->jobs, site->job_count, sizeof *site->jobs);
		kept->tasks[s] = carved_arena_array(&kept->arena, struct carved_task *, site->job_count);
		for (size_t j = 0; j < site->job_count; j++)
			kept->tasks[s][j] =
				copy(&kept->arena, site->jobs[j].tasks, site->jobs[j].task_count, sizeof *site->jobs[j].tasks);
	}
}

static void put_back(const struct kept *kept, const struct carved_region *region)
{
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		for (size_t i = 0; i < region->count[kind]; i++) {
			unsigned references = region->documents[kind][i]->references;
			*region->documents[kind][i] = kept->documents[kind][i];
			region->documents[kind][i]->references = references;
		}
	}
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		memcpy(site->jobs, kept->jobs[s], site->job_count * sizeof *site->jobs);
		for (size_t j = 0; j < site->job_count; j++)
			memcpy(site->jobs[j].tasks, kept->tasks[s][j], site->jobs[j].task_count * sizeof *site->jobs[j].tasks);
	}
}

// ---- The way of an answer

struct verdict {
	bool accepted;
	bool named[CARVED_RULE_COUNT];
	unsigned rules; // how many different ones
};

static void name(struct verdict *verdict, const char *rule)
{
	for (int r = 0; r < CARVED_RULE_COUNT; r++) {
		if (strcmp(carved_rule_names[r], rule) == 0 && !verdict->named[r]) {
			verdict->named[r] = true;
			verdict->rules++;
		}
	}
}

// Fills in what the packages are worth on the documents as they are; true of a package all of whose slots fit.
static void count_values(struct lying *l, const struct carved_slot_table *table, const struct carved_plan *plan)
{
	struct carved_package *packages = copy(&l->arena, l->solution.packages, l->solution.package_count, sizeof *packages);
	l->solution.packages = packages;
	l->solution.value = l->stated_value;
	for (size_t p = 0; p < plan->proposal_count; p++) {
		struct carved_value_parts *parts = &packages[p].parts;
		carved_check_value(
			l->region, table, l->date, &l->weights, &plan->proposals[p], plan->options[packages[p].candidate], parts);
		parts->fit += p == l->package ? l->stated_part : 0;
		packages[p].value = 0;
#define X(part) packages[p].value += parts->part;
		CARVED_VALUE_PARTS(X)
#undef X
		l->solution.value += packages[p].value;
	}
	l->solution.bound = l->solution.value + l->stated_bound;
}

static void lie_about_growth(const struct lying *l, struct carved_proposal *proposal)
{
	size_t piece = 0;
	if (!proposal->step_count)
		return;
	while (proposal->steps[0].piece_q[piece] == 0)
		piece++;
	proposal->steps[0].piece_q[piece] += l->growth_step_q;
	proposal->steps[proposal->step_count - 1].week += l->growth_week;
}

static void judge(struct lying *l, struct verdict *verdict)
{
	struct carved_slot_table *table = carved_slot_table_new(l->region);
	struct carved_plan plan = {0};
	struct carved_violations violations = {0};
	struct carved_error error;
	*verdict = (struct verdict){0};
	if (carved_plan_make(l->region, table, l->date, &l->weights, &l->solution, &plan, &error)) {
		count_values(l, table, &plan);
		carved_plan_deinit(&plan);
		assert_true(carved_plan_make(l->region, table, l->date, &l->weights, &l->solution, &plan, &error));
		plan.proposals[l->package].schedule.entries[0].hours_q += l->schedule_step_q;
		lie_about_growth(l, &plan.proposals[l->package]);
		verdict->accepted = carved_check_plan(l->region, table, &plan, &violations);
		for (size_t i = 0; i < violations.count; i++)
			name(verdict, carved_rule_names[violations.items[i].rule]);
		carved_violations_deinit(&violations);
		carved_plan_deinit(&plan);
	} else {
		name(verdict, carved_error_get(&error, "rule"));
	}
	carved_slot_table_free(table);
}

// ---- Lies

static void choose(struct lying *l)
{
	l->package = random_below(&l->random, l->solution.package_count);
	const struct carved_package *package = lying_package(l);
	l->piece = random_below(&l->random, package->piece_count);
	l->candidate = &l->region->documents[CARVED_KIND_CANDIDATE][package->candidate]->candidate;
	l->site = &l->region->documents[CARVED_KIND_SITE][package->site]->site;
	l->slots = carved_slots_make(l->site, &l->arena);
	l->stated_value = l->stated_bound = 0;
	l->stated_part = l->schedule_step_q = l->growth_step_q = l->growth_week = 0;
}

// One lie about one package. Counts nothing where there is no occasion, or where going to the rule's edge broke another rule already.
static void tell(struct lying *l, const struct lie *lie, struct tally *tally)
{
	struct verdict inside, outside;
	choose(l);
	if (!lie->tell(l, false))
		return;
	judge(l, &inside);
	l->slots = carved_slots_make(l->site, &l->arena); // as the documents are now
	if (!inside.accepted || !lie->tell(l, true))
		return;
	judge(l, &outside);
	tally->tried++;
	tally->named += outside.named[lie->rule];
	tally->alone += outside.named[lie->rule] && outside.rules == 1;
	if (!outside.named[lie->rule]) {
		print_message(
			"%s, %s: %s", carved_rule_names[lie->rule], lie->step, outside.accepted ? "accepted" : "refused by");
		for (int r = 0; r < CARVED_RULE_COUNT; r++)
			print_message("%s%s", outside.named[r] ? " " : "", outside.named[r] ? carved_rule_names[r] : "");
		print_message("\n");
	}
}

// Tells each lie that has not been told often enough, up to `tries` times, about plans of this region.
static void tell_all(struct lying *l, struct tally *tallies, unsigned enough, int tries)
{
	struct kept kept = {0};
	struct carved_solution solution = l->solution;
	keep(&kept, l->region);
	for (size_t i = 0; i < lie_count; i++) {
		for (int t = 0; t < tries && tallies[i].tried < enough; t++) {
			tell(l, &lies[i], &tallies[i]);
			put_back(&kept, l->region);
			l->solution = solution;
		}
	}
	carved_arena_deinit(&kept.arena);
}

static bool all_told(const struct tally *tallies, unsigned enough)
{
	for (size_t i = 0; i < lie_count; i++) {
		if (tallies[i].tried < enough)
			return false;
	}
	return true;
}

static void report(const struct tally *tallies)
{
	print_message("%-15s %-50s %6s %6s %6s\n", "rule", "step", "plans", "named", "alone");
	for (size_t i = 0; i < lie_count; i++)
		print_message("%-15s %-50s %6u %6u %6u\n", carved_rule_names[lies[i].rule], lies[i].step, tallies[i].tried,
			tallies[i].named, tallies[i].alone);
}

static unsigned assert_named(const struct tally *tallies)
{
	unsigned tried = 0;
	for (size_t i = 0; i < lie_count; i++) {
		assert_int_equal(tallies[i].named, tallies[i].tried);
		tried += tallies[i].tried;
	}
	return tried;
}

static void a_thousand_plans_a_step_over_each_rule_are_refused_by_its_name(void **state)
{
	struct tally *tallies = carved_alloc_array(lie_count, sizeof *tallies);
	uint64_t seed = 1;
	(void)state;
	for (; seed <= WORLDS_MOST && !all_told(tallies, PLANS_PER_LIE); seed++) {
		struct world world;
		random_world_init(&world, seed);
		struct lying lying = {.region = &world.region, .date = WORLD_DATE, .random = {.state = seed}};
		carved_weights_init(&lying.weights);
		solve(&lying, seed);
		struct carved_solution solved = lying.solution;
		if (solved.package_count > 0)
			tell_all(&lying, tallies, PLANS_PER_LIE, TRIES);
		carved_solution_deinit(&solved);
		carved_arena_deinit(&lying.arena);
		world_deinit(&world);
	}
	print_message("%lu small regions\n", (unsigned long)(seed - 1));
	report(tallies);
	assert_true(all_told(tallies, PLANS_PER_LIE));
	assert_named(tallies);
	free(tallies);
}

static void plans_of_the_real_region_small_are_refused_too(void **state)
{
	(void)state;
	struct lying lying = {.region = region_file_load("small"), .date = region_file_date(), .random = {.state = 1}};
	if (!lying.region)
		skip();
	struct tally *tallies = carved_alloc_array(lie_count, sizeof *tallies);
	carved_weights_init(&lying.weights);
	solve(&lying, 1);
	struct carved_solution solved = lying.solution;
	for (int round = 0; round < 4; round++)
		tell_all(&lying, tallies, 6, 6);
	report(tallies);
	assert_true(assert_named(tallies) >= 100); // not every rule has an occasion there
	carved_solution_deinit(&solved);
	carved_arena_deinit(&lying.arena);
	carved_region_unref(lying.region);
	free(tallies);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thousand_plans_a_step_over_each_rule_are_refused_by_its_name),
		cmocka_unit_test(plans_of_the_real_region_small_are_refused_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
