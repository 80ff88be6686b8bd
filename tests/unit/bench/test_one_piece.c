// SPDX-License-Identifier: EUPL-1.2
// The program that general solvers get in the benchmark is carved's problem: on tiny random instances, in which every rule decides something, its optimum is the
// best plan that trying everything finds; and a plan of the optimiser is a solution of it, worth the same. Solved by glpsol and by CBC, whichever is installed;
// skipped where neither is.
#include "bench/one_piece.h"
#include "carved/base/arena.h"
#include "carved/fit/fit.h"
#include "carved/optimize/optimize.h"
#include "carved/price/price.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INSTANCES 120
#define INSTANCES_OF_RULES 400 // at most: until each rule has decided one
#define NEAR 0.01              // points: solvers take 1e-6 of a binary, which is worth some 20,000, for nothing

struct tool {
	const char *name;
	const char *options;   // behind the program's path, before the solution's
	const char *optimal;   // how the line with the verdict begins
	const char *objective; // and the one with the objective, up to the figure
};

static const struct tool tools[] = {
	{"glpsol", "-w", "c Status:     INTEGER OPTIMAL", "c Objective:  value ="},
	{"cbc", "-solve -solution", "Optimal - objective value", "Optimal - objective value"},
};
enum { TOOLS = sizeof tools / sizeof *tools };

static bool is_installed(const struct tool *tool)
{
	char command[100];
	snprintf(command, sizeof command, "command -v %s >/dev/null", tool->name);
	return system(command) == 0;
}

static double read_objective(const struct tool *tool, const char *path)
{
	char line[256];
	double objective = NAN;
	bool optimal = false;
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file)) {
		optimal = optimal || strncmp(line, tool->optimal, strlen(tool->optimal)) == 0;
		if (strncmp(line, tool->objective, strlen(tool->objective)) == 0)
			objective = strtod(line + strlen(tool->objective), NULL);
	}
	fclose(file);
	return optimal ? objective : NAN;
}

// The greatest value that the tool finds; NAN where it finds no solution at all.
static double solve(const struct tool *tool, const struct program *program)
{
	char problem[] = "/tmp/carved-one-piece-XXXXXX.lp", solution[64], command[300];
	int descriptor = mkstemps(problem, 3);
	assert_true(descriptor >= 0);
	FILE *file = fdopen(descriptor, "w");
	assert_true(program_write(program, file));
	fclose(file);
	snprintf(solution, sizeof solution, "%s.solution", problem);
	snprintf(command, sizeof command, "%s %s%s %s %s >/dev/null 2>&1", tool->name,
		strcmp(tool->name, "glpsol") == 0 ? "--lp " : "", problem, tool->options, solution);
	assert_int_equal(system(command), 0);
	double objective = read_objective(tool, solution);
	unlink(problem);
	unlink(solution);
	return 0 - objective;
}

// Values before they are rounded down, in millionths of a point rounded up: what the program adds up, but for less than a millionth a package.
static void forget_roundings(struct brute_force *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct brute_package *p = &all->packages[i];
		p->value = brute_force_reduced(all, p, NULL);
	}
}

// The program has no columns for parts of packages, so its plans may leave rule `build-up` out: it is held against regions in which nobody builds up.
static void forget_build_up(struct carved_instance *instance)
{
	for (uint32_t c = 0; c < instance->candidates_count; c++)
		instance->candidates[c].build_up.count = 0;
}

static void the_optimum_is_that_of_trying_everything(void **state)
{
	const struct tool *tool = *state;
	uint32_t placed = 0;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct carved_instance instance;
		struct brute_force all;
		struct program program = {0};
		random_instance_init(&instance, seed);
		forget_build_up(&instance);
		brute_force_init(&all, &instance);
		forget_roundings(&all);
		const double best = (double)brute_force_best_plan(&all, BRUTE_RULE_COUNT) / CARVED_MICRO;
		one_piece_make(&program, &instance);
		const double found = program.column_count ? solve(tool, &program) : 0;
		if (!(fabs(found - best) < NEAR))
			fail_msg("instance %llu: %s finds %.6f, the best plan is worth %.6f", (unsigned long long)seed,
				tool->name, found, best);
		placed += best > 0;
		program_deinit(&program);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
	assert_in_range(placed, INSTANCES / 3, INSTANCES);
}

static const char *const rules[] = {"one", "hours", "chunk", "jobs", "aids", "unknown", "supervisor", "must", "load", "schedule",
	"supply", "donor", "places", "supervision", "coach", "reserve"};
enum { RULES = sizeof rules / sizeof *rules, BEYOND = 1000000 };

// Rows of the rule keep nothing back any more. Returns whether there are any.
static bool leave_out(struct program *program, const char *rule)
{
	bool any = false;
	for (size_t r = 0; r < program->row_count; r++) {
		struct program_row *row = &program->rows[r];
		if (strcmp(row->rule, rule) != 0 || row->sense == PROGRAM_EQUAL)
			continue;
		row->right = row->sense == PROGRAM_AT_MOST ? BEYOND : -BEYOND;
		any = true;
	}
	return any;
}

// The test above would see it if a rule's rows were missing.
static void each_rule_decides_some_instance(void **state)
{
	const struct tool *tool = *state;
	bool decides[RULES] = {false};
	int left = RULES;
	for (uint64_t seed = 1; seed <= INSTANCES_OF_RULES && left; seed++) {
		struct carved_instance instance;
		struct program whole = {0};
		random_instance_init(&instance, seed);
		one_piece_make(&whole, &instance);
		const double best = whole.column_count ? solve(tool, &whole) : 0;
		for (int rule = 0; rule < RULES && best > 0; rule++) {
			struct program program = {0};
			if (decides[rule])
				continue;
			one_piece_make(&program, &instance);
			decides[rule] = leave_out(&program, rules[rule]) && !(fabs(solve(tool, &program) - best) < NEAR);
			left -= decides[rule];
			program_deinit(&program);
		}
		program_deinit(&whole);
		carved_instance_deinit(&instance);
	}
	for (int rule = 0; rule < RULES; rule++) {
		if (!decides[rule])
			fail_msg("no instance is decided by rule %s", rules[rule]);
	}
}

static double value_before_roundings(const struct carved_instance *instance, const struct carved_package *package)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_profile *profile = carved_profile_new(instance, package->candidate);
	struct carved_prices prices;
	struct carved_pair pair;
	carved_prices_init(&prices, instance, &arena);
	assert_true(carved_profile_prepare(profile, package->site, &arena, &pair));
	double value = (double)carved_price_reduced(instance, &pair, &prices, package) / CARVED_MICRO;
	carved_profile_free(profile);
	carved_arena_deinit(&arena);
	return value;
}

static int goes_on(void *context)
{
	(void)context;
	return 0;
}

static void a_plan_of_the_optimiser_is_a_solution_worth_the_same(void **state)
{
	const struct tool *tool = *state;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		struct carved_instance instance;
		struct program program = {0};
		struct carved_solution solution = {0};
		struct carved_optimize_options options = {.seed = seed, .should_stop = goes_on};
		double value = 0;
		carved_budget_init(&options.budget);
		options.budget.search_rounds = 50;
		random_instance_init(&instance, seed);
		carved_optimize(&instance, &options, &solution);
		for (uint32_t i = 0; i < solution.package_count; i++)
			value += value_before_roundings(&instance, &solution.packages[i]);
		one_piece_make(&program, &instance);
		assert_true(one_piece_fix(&program, &instance, solution.packages, solution.package_count));
		const double found = program.column_count ? solve(tool, &program) : 0;
		if (!(fabs(found - value) < NEAR))
			fail_msg("instance %llu: %s finds %.6f, the plan is worth %.6f", (unsigned long long)seed, tool->name,
				found, value);
		assert_true(found >= (double)solution.value - NEAR &&
			    found < (double)solution.value + 2 * solution.package_count + NEAR);
		program_deinit(&program);
		carved_solution_deinit(&solution);
		carved_instance_deinit(&instance);
	}
}

static void a_package_that_the_program_knows_nothing_of_is_refused(void **state)
{
	(void)state;
	struct carved_instance instance;
	struct program program = {0};
	random_instance_init(&instance, 1);
	one_piece_make(&program, &instance);
	const struct carved_piece piece = {.slot = 0, .hours_q = 10000};
	const struct carved_package package = {.candidate = 0, .site = 0, .piece_count = 1, .pieces = &piece};
	assert_false(one_piece_fix(&program, &instance, &package, 1));
	program_deinit(&program);
	carved_instance_deinit(&instance);
}

int main(void)
{
	struct CMUnitTest tests[2 + 2 * TOOLS] = {cmocka_unit_test(a_package_that_the_program_knows_nothing_of_is_refused)};
	size_t count = 1;
	for (int t = 0; t < TOOLS; t++) {
		void *tool = (void *)(uintptr_t)&tools[t];
		if (!is_installed(&tools[t])) {
			printf("SKIPPED with %s: it is not installed here\n", tools[t].name);
			continue;
		}
		if (count == 1)
			tests[count++] = (struct CMUnitTest){.name = "each_rule_decides_some_instance",
				.test_func = each_rule_decides_some_instance,
				.initial_state = tool};
		tests[count++] = (struct CMUnitTest){.name = "the_optimum_is_that_of_trying_everything",
			.test_func = the_optimum_is_that_of_trying_everything,
			.initial_state = tool};
		tests[count++] = (struct CMUnitTest){.name = "a_plan_of_the_optimiser_is_a_solution_worth_the_same",
			.test_func = a_plan_of_the_optimiser_is_a_solution_worth_the_same,
			.initial_state = tool};
	}
	if (count == 1)
		return 77;
	return _cmocka_run_group_tests("one_piece", tests, count, NULL, NULL);
}
