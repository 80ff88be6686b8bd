// SPDX-License-Identifier: EUPL-1.2
// carved-bench-warm: a second plan after small changes, without daemon or store. One candidate in a hundred is drawn by lot: a third of them comes, a third goes,
// a third has other hours.
//
//   carved-bench-warm --save=FILE [--SETTING=N ...] REGION    plans the region before the changes, from nothing, and keeps prices and plan in the file
//   carved-bench-warm --from=FILE [--SETTING=N ...] REGION    plans the region after them, from the file's plan
//   carved-bench-warm [--SETTING=N ...] REGION                the same from nothing
// REGION: small, medium, large, xlarge (from ../shared), or a file's path. Further: --draw=N (other lots), --seed=N, --seconds=N, --changes=N
// (people), --keep=N (points).
#include "carved/model/compile.h"
#include "carved/optimize/optimize.h"
#include "carved/wire/wire.h"
#include "support/budget_argument.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct bench {
	double begun, seconds; // processor time; seconds 0: no limit
	double reported;
	char phase[32];
	const char *region, *save, *from;
	uint64_t draw;
	uint32_t changes;
	int64_t keep;
	struct carved_optimize_options options;
};

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
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
	if (strcmp(bench->phase, progress->phase) == 0 && time - bench->reported < 0.5)
		return;
	snprintf(bench->phase, sizeof bench->phase, "%s", progress->phase);
	bench->reported = time;
	fprintf(stderr, "%8.2f s  %-12s %9llu  value %11lld  bound %11lld  gap %6.3f %%  placed %u\n", time - bench->begun,
		progress->phase, (unsigned long long)progress->iterations, (long long)progress->value, (long long)progress->bound,
		gap_of(progress->value, progress->bound), progress->placed);
}

static bool read_arguments(struct bench *bench, int count, char **arguments)
{
	carved_budget_init(&bench->options.budget);
	bench->options.seed = 1;
	bench->changes = CARVED_NONE;
	for (int i = 1; i < count; i++) {
		const char *argument = arguments[i];
		if (strncmp(argument, "--seed=", 7) == 0)
			bench->options.seed = strtoull(argument + 7, NULL, 10);
		else if (strncmp(argument, "--draw=", 7) == 0)
			bench->draw = strtoull(argument + 7, NULL, 10);
		else if (strncmp(argument, "--seconds=", 10) == 0)
			bench->seconds = strtod(argument + 10, NULL);
		else if (strncmp(argument, "--changes=", 10) == 0)
			bench->changes = (uint32_t)strtoul(argument + 10, NULL, 10);
		else if (strncmp(argument, "--keep=", 7) == 0)
			bench->keep = strtoll(argument + 7, NULL, 10);
		else if (strncmp(argument, "--save=", 7) == 0)
			bench->save = argument + 7;
		else if (strncmp(argument, "--from=", 7) == 0)
			bench->from = argument + 7;
		else if (strncmp(argument, "--", 2) != 0)
			bench->region = argument;
		else if (!budget_argument_read(&bench->options.budget, argument + 2))
			return false;
	}
	return bench->region != NULL;
}

// Who comes is not there before the changes, who goes is not there after them.
static void change(struct carved_instance *instance, uint64_t draw, bool before)
{
	uint64_t lot = 12345 + draw;
	for (uint32_t c = 0, n = 0; c < instance->candidates_count; c++) {
		struct carved_instance_candidate *candidate = &instance->candidates[c];
		lot = lot * 6364136223846793005u + 1442695040888963407u;
		if ((lot >> 33) % 100 != 0)
			continue;
		uint32_t kind = n++ % 3;
		if (kind == 0 && before)
			candidate->matchable = 0;
		if (kind == 1 && !before)
			candidate->matchable = 0;
		if (kind == 2 && !before)
			candidate->max_q -=
				candidate->max_q - candidate->min_q >= 8 ? 8 : (candidate->max_q - candidate->min_q) / 2;
	}
}

static void save(const char *path, const struct carved_instance *instance, const struct carved_solution *solution)
{
	struct carved_buffer frame = CARVED_BUFFER_INIT;
	FILE *file = fopen(path, "wb");
	carved_wire_add_solution(&frame, CARVED_FRAME_DONE, instance, solution);
	if (!file || fwrite(frame.data, 1, frame.length, file) != frame.length || fclose(file) != 0) {
		perror(path);
		exit(1);
	}
	carved_buffer_deinit(&frame);
}

static void load(const char *path, const struct carved_instance *instance, struct carved_solution *ret_solution)
{
	struct carved_frame_reader reader;
	struct carved_frame frame;
	struct carved_error error;
	char bytes[1 << 16];
	size_t length;
	FILE *file = fopen(path, "rb");
	carved_frame_reader_init(&reader, 1u << 30);
	while (file && (length = fread(bytes, 1, sizeof bytes, file)) > 0)
		carved_frame_reader_feed(&reader, bytes, length);
	if (!file || carved_frame_reader_next(&reader, &frame, &error) != CARVED_FRAME_READY ||
		!carved_wire_read_solution(&frame, instance, ret_solution, &error)) {
		fprintf(stderr, "%s is no plan of this region\n", path);
		exit(1);
	}
	fclose(file);
	carved_frame_reader_deinit(&reader);
}

static void start_from(const struct bench *bench, const struct carved_instance *instance, const struct carved_solution *solution,
	struct carved_start *ret_start)
{
	carved_start_init(ret_start, instance);
	carved_prices_copy(&ret_start->prices, &solution->prices, instance);
	ret_start->packages = carved_arena_array(&ret_start->arena, struct carved_start_package, solution->package_count);
	ret_start->package_count = solution->package_count;
	for (uint32_t i = 0; i < solution->package_count; i++) {
		const struct carved_package *package = &solution->packages[i];
		ret_start->packages[i] = (struct carved_start_package){
			package->candidate, package->site, package->kind, package->piece_count, package->pieces};
	}
	ret_start->most_changes = bench->changes;
	ret_start->keep_weight = bench->keep;
}

// People whose package is not the same in both.
static uint32_t count_changes(const struct carved_solution *a, const struct carved_solution *b)
{
	uint32_t changes = 0;
	for (uint32_t i = 0, j = 0; i < a->package_count || j < b->package_count;) {
		const struct carved_package *x = i < a->package_count ? &a->packages[i] : NULL;
		const struct carved_package *y = j < b->package_count ? &b->packages[j] : NULL;
		bool left = x && (!y || x->candidate <= y->candidate), right = y && (!x || y->candidate <= x->candidate);
		bool same = left && right && x->site == y->site && x->kind == y->kind && x->piece_count == y->piece_count &&
			    memcmp(x->pieces, y->pieces, x->piece_count * sizeof *x->pieces) == 0;
		changes += !same;
		i += left;
		j += right;
	}
	return changes;
}

int main(int count, char **arguments)
{
	struct bench bench = {0};
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_solution former = {0}, solution = {0};
	struct carved_start start = {0};
	if (!read_arguments(&bench, count, arguments)) {
		fprintf(stderr, "usage: carved-bench-warm [--save=FILE | --from=FILE] [--draw=N] [--seed=N] [--seconds=N] "
				"[--changes=N] [--keep=N] [--SETTING=N ...] REGION\n");
		return 2;
	}
	struct carved_region *region = region_file_load(bench.region);
	if (!region)
		return 77;
	carved_weights_init(&weights);
	carved_compile(region, region_file_date(), &weights, &instance);
	change(&instance, bench.draw, bench.save != NULL);
	if (bench.from) {
		load(bench.from, &instance, &former);
		start_from(&bench, &instance, &former, &start);
		bench.options.start = &start;
	}
	bench.begun = now();
	bench.options.should_stop = should_stop;
	bench.options.on_progress = on_progress;
	bench.options.context = &bench;
	carved_optimize(&instance, &bench.options, &solution);
	double seconds = now() - bench.begun;
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "%s: %.1f s of processor, %ld MB, value %lld, bound %lld, gap %.3f %%, placed %u, ended by %d\n",
		bench.region, seconds, usage.ru_maxrss / 1024, (long long)solution.value, (long long)solution.bound,
		gap_of(solution.value, solution.bound), solution.package_count, (int)solution.ended_by);
	if (bench.from)
		fprintf(stderr, "%u people have another package than in the file's plan\n", count_changes(&former, &solution));
	if (bench.save)
		save(bench.save, &instance, &solution);
	carved_start_deinit(&start);
	carved_solution_deinit(&former);
	carved_solution_deinit(&solution);
	carved_instance_deinit(&instance);
	carved_region_unref(region);
	return 0;
}
