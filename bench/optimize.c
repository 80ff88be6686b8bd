// SPDX-License-Identifier: EUPL-1.2
// carved-bench: compiles a region file and optimises it, without daemon, store or wire; prints what each phase cost and brought.
//
//   carved-bench [--seed=N | --seeds=A..B] [--seconds=N] [--SETTING=N ...] REGION    REGION: small, medium, large, xlarge (from ../shared), or a path
//     --processor-seconds=N   a limit on those of all threads together
//     --json             the plan as JSON on standard output, for ../shared/tools/check_plan.py
//     --trace=FILE       a line for each better plan or bound: seconds, processor seconds, value, bound ("-": none yet), placed, phase
//     --packages=FILE    the plan by number, as bench/packages.h says
//     --result=FILE      what came out of it, a JSON object for each seed
// Files are those of the last seed where there are several; then medians and ranges are printed too. Time runs from before compiling; memory is the peak of the process, all
// seeds together.
#include "carved/optimize/optimize.h"
#include "carved/base/buffer.h"
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "packages.h"
#include "support/budget_argument.h"
#include "support/region_file.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SEEDS_MOST 1000

struct run { // what came of one seed
	uint64_t seed;
	double seconds, processor,
		first_plan; // first_plan: seconds until there was a plan with somebody in it; NAN: there was none
	int64_t value, bound;
	uint32_t placed;
	int ended_by;
	bool right;
};

struct bench {
	double begun, processor_begun;
	double seconds, processor_seconds; // 0: no limit
	double reported;
	char phase[32];
	const char *region, *trace_path, *packages_path, *result_path;
	FILE *trace;
	int64_t traced_value, traced_bound;
	uint64_t seed, last_seed;
	bool json;
	struct carved_optimize_options options;
	struct run run;
};

static double now_of(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double now(void)
{
	return now_of(CLOCK_MONOTONIC);
}

// The most memory that the process has had. Not getrusage's figure: that is never below what its parent had when it started it.
static long peak_memory_mb(void)
{
	char line[128];
	long kilobytes = 0;
	FILE *file = fopen("/proc/self/status", "r");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "VmHWM: %ld", &kilobytes) == 1)
			break;
	}
	if (file)
		fclose(file);
	return kilobytes / 1024;
}

static int should_stop(void *context)
{
	const struct bench *bench = context;
	if (bench->processor_seconds > 0 && now_of(CLOCK_PROCESS_CPUTIME_ID) - bench->processor_begun > bench->processor_seconds)
		return 1;
	return bench->seconds > 0 && now() - bench->begun > bench->seconds;
}

static double gap_of(int64_t value, int64_t bound)
{
	return bound > 0 ? 100 * (double)(bound - value) / (double)bound : 0;
}

static void trace(struct bench *bench, const struct carved_progress *progress, double time)
{
	if (!bench->trace || (progress->value == bench->traced_value && progress->bound == bench->traced_bound))
		return;
	bench->traced_value = progress->value;
	bench->traced_bound = progress->bound;
	fprintf(bench->trace, "%.3f %.3f %lld ", time - bench->begun, now_of(CLOCK_PROCESS_CPUTIME_ID) - bench->processor_begun,
		(long long)progress->value);
	if (progress->bound == INT64_MAX)
		fputs("-", bench->trace);
	else
		fprintf(bench->trace, "%lld", (long long)progress->bound);
	fprintf(bench->trace, " %u %s\n", progress->placed, progress->phase);
}

static void on_progress(void *context, const struct carved_progress *progress)
{
	struct bench *bench = context;
	double time = now();
	if (isnan(bench->run.first_plan) && progress->placed)
		bench->run.first_plan = time - bench->begun;
	trace(bench, progress, time);
	if (strcmp(bench->phase, progress->phase) == 0 && time - bench->reported < 2)
		return;
	snprintf(bench->phase, sizeof bench->phase, "%s", progress->phase);
	bench->reported = time;
	fprintf(stderr, "%8.2f s  %-12s %9llu  value %11lld  bound %11lld  gap %6.3f %%  placed %u\n", time - bench->begun,
		progress->phase, (unsigned long long)progress->iterations, (long long)progress->value, (long long)progress->bound,
		gap_of(progress->value, progress->bound), progress->placed);
}

static bool read_seeds(struct bench *bench, const char *text)
{
	char *end;
	bench->seed = bench->last_seed = strtoull(text, &end, 10);
	if (end != text && strncmp(end, "..", 2) == 0)
		bench->last_seed = strtoull(end + 2, &end, 10);
	return !*end && bench->seed <= bench->last_seed && bench->last_seed - bench->seed < SEEDS_MOST;
}

// Where the argument is --NAME=VALUE, the value.
static const char *value_of(const char *argument, const char *name)
{
	size_t length = strlen(name);
	return strncmp(argument, "--", 2) == 0 && strncmp(argument + 2, name, length) == 0 && argument[2 + length] == '='
		       ? argument + 3 + length
		       : NULL;
}

static bool read_argument(struct bench *bench, const char *argument)
{
	const char *value;
	if ((value = value_of(argument, "seed")) || (value = value_of(argument, "seeds")))
		return read_seeds(bench, value);
	if ((value = value_of(argument, "seconds")))
		bench->seconds = strtod(value, NULL);
	else if ((value = value_of(argument, "processor-seconds")))
		bench->processor_seconds = strtod(value, NULL);
	else if ((value = value_of(argument, "trace")))
		bench->trace_path = value;
	else if ((value = value_of(argument, "packages")))
		bench->packages_path = value;
	else if ((value = value_of(argument, "result")))
		bench->result_path = value;
	else if (strcmp(argument, "--json") == 0)
		bench->json = true;
	else if (strncmp(argument, "--", 2) != 0)
		bench->region = argument;
	else
		return budget_argument_read(&bench->options.budget, argument + 2);
	return true;
}

static bool read_arguments(struct bench *bench, int count, char **arguments)
{
	carved_budget_init(&bench->options.budget);
	bench->seed = bench->last_seed = 1;
	for (int i = 1; i < count; i++) {
		if (!read_argument(bench, arguments[i])) {
			fprintf(stderr, "carved-bench: no such option, or not this way: %s\n", arguments[i]);
			return false;
		}
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

static void print_run(const struct bench *bench, const struct carved_instance *instance, const struct carved_solution *solution)
{
	const struct run *run = &bench->run;
	fprintf(stderr,
		"%s, seed %llu: %.1f s (processor %.1f s, first plan %.2f s), %ld MB, value %lld, bound %lld, gap %.3f %%, "
		"placed %u of "
		"%u, pairs bounded %llu, ended by %d\n",
		bench->region, (unsigned long long)run->seed, run->seconds, run->processor, run->first_plan, peak_memory_mb(),
		(long long)run->value, (long long)run->bound, gap_of(run->value, run->bound), run->placed,
		instance->candidates_count, (unsigned long long)solution->pairs_bounded, run->ended_by);
}

// A line of JSON; what a run is called with is known to whoever called.
static bool write_result(const struct bench *bench, const struct carved_instance *instance)
{
	static const char *const ended_by[] = {"gap", "iterations", "time", "cancel"};
	const struct run *run = &bench->run;
	FILE *file = fopen(bench->result_path, "a");
	if (!file) {
		fprintf(stderr, "can't write %s\n", bench->result_path);
		return false;
	}
	fprintf(file,
		"{\"seed\": %llu, \"seconds\": %.3f, \"processor\": %.3f, \"memoryMB\": %ld, \"value\": %lld, \"bound\": %lld, "
		"\"placed\": %u, \"candidates\": %u, \"endedBy\": \"%s\", \"valid\": %s",
		(unsigned long long)run->seed, run->seconds, run->processor, peak_memory_mb(), (long long)run->value,
		(long long)run->bound, run->placed, instance->candidates_count, ended_by[run->ended_by],
		run->right ? "true" : "false");
	if (!isnan(run->first_plan))
		fprintf(file, ", \"firstPlan\": %.3f", run->first_plan);
	fputs("}\n", file);
	return fclose(file) == 0;
}

// One seed, from documents to a checked plan.
static void run_seed(struct bench *bench, uint64_t seed, const struct carved_region *region)
{
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_solution solution = {0};
	bench->run = (struct run){.seed = seed, .first_plan = NAN};
	bench->options.seed = seed;
	bench->traced_value = bench->traced_bound = -1;
	bench->phase[0] = '\0';
	bench->trace = bench->trace_path ? fopen(bench->trace_path, "w") : NULL;
	if (bench->trace)
		setvbuf(bench->trace, NULL, _IOLBF, 0);
	bench->begun = now();
	bench->processor_begun = now_of(CLOCK_PROCESS_CPUTIME_ID);
	carved_weights_init(&weights);
	carved_compile(region, region_file_date(), &weights, &instance);
	carved_optimize(&instance, &bench->options, &solution);
	struct carved_progress end = {
		.phase = "end", .value = solution.value, .bound = solution.bound, .placed = solution.package_count};
	double time = now();
	trace(bench, &end, time);
	bench->run.seconds = time - bench->begun;
	bench->run.processor = now_of(CLOCK_PROCESS_CPUTIME_ID) - bench->processor_begun;
	bench->run.value = solution.value;
	bench->run.bound = solution.bound;
	bench->run.placed = solution.package_count;
	bench->run.ended_by = (int)solution.ended_by;
	print_run(bench, &instance, &solution);
	bench->run.right = check(bench, region, &weights, &solution);
	bench->run.right = (!bench->trace_path || (bench->trace && fclose(bench->trace) == 0)) && bench->run.right;
	bench->run.right = (!bench->packages_path || packages_write(bench->packages_path, &solution)) && bench->run.right;
	bench->run.right = (!bench->result_path || write_result(bench, &instance)) && bench->run.right;
	carved_solution_deinit(&solution);
	carved_instance_deinit(&instance);
}

static int by_size(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

static void print_range(const char *what, const char *unit, double *figures, size_t count)
{
	qsort(figures, count, sizeof *figures, by_size);
	fprintf(stderr, "  %-16s median %.3f%s, %.3f to %.3f\n", what, (figures[(count - 1) / 2] + figures[count / 2]) / 2, unit,
		figures[0], figures[count - 1]);
}

static void print_ranges(const struct bench *bench, const struct run *runs, size_t count)
{
	double figures[SEEDS_MOST];
	fprintf(stderr, "%s, seeds %llu to %llu\n", bench->region, (unsigned long long)bench->seed,
		(unsigned long long)bench->last_seed);
#define RANGE(what, unit, figure)                                                                                                \
	for (size_t i = 0; i < count; i++)                                                                                       \
		figures[i] = figure;                                                                                             \
	print_range(what, unit, figures, count)
	RANGE("gap", " %", gap_of(runs[i].value, runs[i].bound));
	RANGE("value", "", (double)runs[i].value);
	RANGE("bound", "", (double)runs[i].bound);
	RANGE("seconds", "", runs[i].seconds);
	RANGE("processor", " s", runs[i].processor);
	RANGE("first plan", " s", isnan(runs[i].first_plan) ? runs[i].seconds : runs[i].first_plan);
#undef RANGE
}

int main(int count, char **arguments)
{
	static struct run runs[SEEDS_MOST];
	struct bench bench = {0};
	size_t done = 0;
	bool right = true;
	if (!read_arguments(&bench, count, arguments)) {
		fprintf(stderr, "usage: carved-bench [--json] [--seed=N | --seeds=A..B] [--seconds=N] [--processor-seconds=N] "
				"[--trace=FILE] [--packages=FILE] "
				"[--result=FILE] [--SETTING=N ...] REGION\n");
		return 2;
	}
	struct carved_region *region = region_file_load(bench.region);
	if (!region)
		return 77;
	bench.options.should_stop = should_stop;
	bench.options.on_progress = on_progress;
	bench.options.context = &bench;
	for (uint64_t seed = bench.seed; seed <= bench.last_seed; seed++) {
		run_seed(&bench, seed, region);
		right = right && bench.run.right;
		runs[done++] = bench.run;
	}
	if (done > 1)
		print_ranges(&bench, runs, done);
	carved_region_unref(region);
	return right ? 0 : 1;
}
