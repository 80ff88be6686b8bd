// SPDX-License-Identifier: EUPL-1.2
#include "planned.h"
#include "carved/model/compile.h"
#include "support/budget_argument.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double planned_now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int never_stop(void *context)
{
	(void)context;
	return 0;
}

static void tell_nothing(void *context, const struct carved_progress *progress)
{
	(void)context;
	(void)progress;
}

void planned_init(struct planned *planned)
{
	*planned = (struct planned){.options = {.seed = 1, .should_stop = never_stop, .on_progress = tell_nothing}};
	carved_budget_init(&planned->options.budget);
}

bool planned_read(struct planned *planned, const char *argument)
{
	if (strncmp(argument, "--", 2) == 0)
		return budget_argument_read(&planned->options.budget, argument + 2);
	planned->name = argument;
	return true;
}

bool planned_make(struct planned *planned)
{
	planned->region = region_file_load(planned->name);
	if (!planned->region)
		return false;
	planned->table = carved_slot_table_new(planned->region);
	carved_weights_init(&planned->weights);
	carved_compile(planned->region, region_file_date(), &planned->weights, &planned->instance);
	double begun = planned_now();
	carved_optimize(&planned->instance, &planned->options, &planned->solution);
	printf("%s: value %lld, bound %lld, %.1f s\n", planned->name, (long long)planned->solution.value,
		(long long)planned->solution.bound, planned_now() - begun);
	fflush(stdout);
	return true;
}

void planned_deinit(struct planned *planned)
{
	carved_solution_deinit(&planned->solution);
	carved_instance_deinit(&planned->instance);
	carved_slot_table_free(planned->table);
	carved_region_unref(planned->region);
}
