// SPDX-License-Identifier: EUPL-1.2
#include "scripted_optimize.h"
#include "carved/base/arena.h"
#include "carved/optimize/optimize.h"
#include "small_solution.h"
#include <stdio.h>
#include <unistd.h>

static void improve(const struct carved_instance *instance, const struct carved_optimize_options *options, int64_t value)
{
	struct carved_solution solution;
	small_solution_init(&solution, instance, value);
	options->on_improved(options->context, &solution);
	carved_solution_deinit(&solution);
}

static void improve_often(const struct carved_instance *instance, const struct carved_optimize_options *options)
{
	for (int64_t value = 1; value <= 50; value++) {
		const struct carved_progress progress = {"search", (uint64_t)value, value, INT64_MAX, 1};
		improve(instance, options, value);
		options->on_progress(options->context, &progress);
		usleep(50000);
	}
}

static enum carved_ended_by wait_for_stop(const struct carved_optimize_options *options)
{
	int stop;
	while (!(stop = options->should_stop(options->context)))
		usleep(1000);
	return stop == 1 ? CARVED_ENDED_BY_TIME : CARVED_ENDED_BY_CANCEL;
}

void carved_optimize(const struct carved_instance *instance, const struct carved_optimize_options *options,
	struct carved_solution *ret_solution)
{
	int64_t value = 0;
	enum carved_ended_by ended_by = CARVED_ENDED_BY_ITERATIONS;
	switch ((enum scripted_optimize)options->seed) {
	case SCRIPT_EMPTY:
		break;
	case SCRIPT_MANY:
		improve_often(instance, options);
		value = 51;
		break;
	case SCRIPT_TWO_WAIT:
		improve(instance, options, 1);
		improve(instance, options, 2);
		ended_by = wait_for_stop(options);
		value = 3;
		break;
	case SCRIPT_WAIT:
		ended_by = wait_for_stop(options);
		break;
	case SCRIPT_HOLD:
		for (;;)
			sleep(1); // pause() is a call that the sandbox refuses
	case SCRIPT_GREEDY:
		for (;;)
			carved_alloc(1 << 20);
	case SCRIPT_PRINT:
		printf("Integer optimization begins...\n");
		fflush(stdout);
		break;
	}
	small_solution_init(ret_solution, instance, value);
	ret_solution->ended_by = ended_by;
	if (options->seed == SCRIPT_EMPTY || options->seed == SCRIPT_WAIT)
		ret_solution->package_count = 0;
}

const char *carved_optimize_library_version(void)
{
	return "scripted";
}
