// SPDX-License-Identifier: EUPL-1.2
// Prices and bound alone: how the bound falls with processor time, and what it takes in memory.
//
//   bench_dual [--SETTING=N ...] REGION      REGION: small, medium, large, xlarge (from ../shared), or a file's path
#include "carved/model/compile.h"
#include "dual.h"
#include "support/budget_argument.h"
#include "support/region_file.h"
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double seconds(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct bench {
	struct carved_optimize_options options;
	double cpu, own, wall; // when it began: of the process, of its first thread, on the clock
};

static void tell(const struct bench *bench, const char *what, int64_t points)
{
	struct mallinfo2 heap = mallinfo2();
	printf("%7.2f s of processor, %.2f of them on the first thread, %7.2f s  %-10s %12lld  heap %zu MB\n",
		seconds(CLOCK_PROCESS_CPUTIME_ID) - bench->cpu, seconds(CLOCK_THREAD_CPUTIME_ID) - bench->own,
		seconds(CLOCK_MONOTONIC) - bench->wall, what, (long long)points, (heap.uordblks + heap.hblkhd) >> 20);
	fflush(stdout);
}

static void on_progress(void *context, const struct carved_progress *progress)
{
	tell(context, progress->phase, progress->bound);
}

static void run(struct bench *bench, const struct carved_instance *instance)
{
	struct carved_problem problem;
	struct carved_columns pool;
	struct carved_dual dual;
	bench->cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	bench->own = seconds(CLOCK_THREAD_CPUTIME_ID);
	bench->wall = seconds(CLOCK_MONOTONIC);
	carved_problem_init(&problem, instance, &bench->options);
	tell(bench, "pairs", problem.pair_count);
	carved_columns_init(&pool, &problem);
	carved_dual_init(&dual, &problem, &pool);
	carved_dual_run(&dual);
	carved_dual_prove(&dual);
	printf("columns %u, uses %u, pairs bounded %llu\n", pool.count, pool.use_count,
		(unsigned long long)dual.bound.pairs_bounded);
	carved_dual_deinit(&dual);
	carved_columns_deinit(&pool);
	carved_problem_deinit(&problem);
}

int main(int count, char **arguments)
{
	struct bench bench = {.options = {.seed = 1, .on_progress = on_progress, .context = &bench}};
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct rusage usage;
	const char *name = NULL;
	carved_budget_init(&bench.options.budget);
	for (int i = 1; i < count; i++) {
		if (strncmp(arguments[i], "--", 2) != 0)
			name = arguments[i];
		else if (!budget_argument_read(&bench.options.budget, arguments[i] + 2))
			name = NULL;
	}
	struct carved_region *region = name ? region_file_load(name) : NULL;
	if (!region)
		return 2;
	carved_weights_init(&weights);
	carved_compile(region, region_file_date(), &weights, &instance);
	carved_region_unref(region);
	malloc_trim(0);
	run(&bench, &instance);
	getrusage(RUSAGE_SELF, &usage);
	printf("%ld MB at most, loading included\n", usage.ru_maxrss / 1024);
	carved_instance_deinit(&instance);
	return 0;
}
