// SPDX-License-Identifier: EUPL-1.2
// carved-bench: compiles a region file and optimises it, without daemon, store or wire; prints what each phase cost and brought.
//
//   carved-bench [--seed=N] [--seconds=N] [--SETTING=N ...] REGION      REGION: small, medium, large, xlarge (from ../shared), or a file's path
//   carved-bench --json ... REGION                                      the plan as JSON on standard output, for ../shared/tools/check_plan.py
#include "carved/optimize/optimize.h"
#include "carved/base/buffer.h"
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct bench {
	double begun, seconds; // seconds 0: no limit
	double reported;
	char phase[32];
	const char *region;
	bool json;
	struct carved_optimize_options options;
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int should_stop(void *context)
{
	const struct bench *bench = context;
	return bench->seconds > 0 && now() - bench->begun > bench->seconds;
}

static double gap_of(int64_t value, int64_t bound)
{
	return bound > 0 ? 100 * (double)(bound - value) / (double)bound : 0;
}

static void on_progress(void *context, const struct carved_progress *progress)
{
	struct bench *bench = context;
	double time = now();
	if (strcmp(bench->phase, progress->phase) == 0 && time - bench->reported < 2)
		return;
	snprintf(bench->phase, sizeof bench->phase, "%s", progress->phase);
	bench->reported = time;
	fprintf(stderr, "%8.2f s  %-12s %9llu  value %11lld  bound %11lld  gap %6.3f %%  placed %u\n", time - bench->begun,
		progress->phase, (unsigned long long)progress->iterations, (long long)progress->value, (long long)progress->bound,
		gap_of(progress->value, progress->bound), progress->placed);
}

static bool set_budget(struct carved_budget *budget, const char *argument)
{
	const char *equals = strchr(argument, '=');
	for (size_t i = 0; equals && i < carved_budget_count; i++) {
		const struct carved_budget_info *info = &carved_budget_infos[i];
		if (strlen(info->name) == (size_t)(equals - argument) &&
			strncmp(info->name, argument, (size_t)(equals - argument)) == 0) {
			*(uint32_t *)(void *)((char *)budget + info->offset) = (uint32_t)strtoul(equals + 1, NULL, 10);
			return true;
		}
	}
	return false;
}

static bool read_arguments(struct bench *bench, int count, char **arguments)
{
	carved_budget_init(&bench->options.budget);
	bench->options.seed = 1;
	for (int i = 1; i < count; i++) {
		const char *argument = arguments[i];
		if (strncmp(argument, "--seed=", 7) == 0)
			bench->options.seed = strtoull(argument + 7, NULL, 10);
		else if (strncmp(argument, "--seconds=", 10) == 0)
			bench->seconds = strtod(argument + 10, NULL);
		else if (strcmp(argument, "--json") == 0)
			bench->json = true;
		else if (strncmp(argument, "--", 2) != 0)
			bench->region = argument;
		else if (!set_budget(&bench->options.budget, argument + 2))
			return false;
	}
	return bench->region != NULL;
}

static void print_json(const struct carved_plan *plan, const struct carved_region *region, const struct carved_slot_table *table)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_integer(&writer, "value", plan->value);
	carved_json_add_integer(&writer, "bound", plan->bound);
	carved_json_begin_array(&writer, "proposals");
	for (size_t p = 0; p < plan->proposal_count; p++) {
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(plan, region, table, p, &writer);
		carved_json_end_object(&writer);
	}
	carved_json_end_array(&writer);
	carved_json_end_object(&writer);
	puts(buffer.data);
	carved_buffer_deinit(&buffer);
}

// Lays the answer out on the documents and has it checked there. Returns whether nothing is wrong.
static bool check(const struct bench *bench, const struct carved_region *region, const struct carved_weights *weights,
	const struct carved_solution *solution)
{
	struct carved_plan plan;
	struct carved_error error;
	struct carved_violations violations = {0};
	struct carved_slot_table *table = carved_slot_table_new(region);
	bool right = carved_plan_make(region, table, region_file_date(), weights, solution, &plan, &error);
	if (right) {
		right = carved_check_plan(region, table, &plan, &violations);
		fprintf(stderr, "checked on the documents: %zu violations\n", violations.count);
		if (bench->json)
			print_json(&plan, region, table);
		carved_violations_deinit(&violations);
		carved_plan_deinit(&plan);
	} else {
		fprintf(stderr, "the answer can't be laid out: %s\n", carved_code_name(error.code));
	}
	carved_slot_table_free(table);
	return right;
}

int main(int count, char **arguments)
{
	struct bench bench = {0};
	if (!read_arguments(&bench, count, arguments)) {
		fprintf(stderr, "usage: carved-bench [--json] [--seed=N] [--seconds=N] [--SETTING=N ...] REGION\n");
		return 2;
	}
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_solution solution = {0};
	struct carved_region *region = region_file_load(bench.region);
	if (!region)
		return 77;
	carved_weights_init(&weights);
	carved_compile(region, region_file_date(), &weights, &instance);
	bench.begun = now();
	bench.options.should_stop = should_stop;
	bench.options.on_progress = on_progress;
	bench.options.context = &bench;
	carved_optimize(&instance, &bench.options, &solution);
	double seconds = now() - bench.begun;
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr,
		"%s: %.1f s, %ld MB, value %lld, bound %lld, gap %.3f %%, placed %u of %u, pairs bounded %llu, ended by %d\n",
		bench.region, seconds, usage.ru_maxrss / 1024, (long long)solution.value, (long long)solution.bound,
		gap_of(solution.value, solution.bound), solution.package_count, instance.candidates_count,
		(unsigned long long)solution.pairs_bounded, (int)solution.ended_by);
	bool right = check(&bench, region, &weights, &solution);
	carved_solution_deinit(&solution);
	carved_instance_deinit(&instance);
	carved_region_unref(region);
	return right ? 0 : 1;
}
