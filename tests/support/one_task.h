// SPDX-License-Identifier: EUPL-1.2
// One person and one task: K-1, and 40 quarters of linen of the nurses at S-1, which fit.
#pragma once
#include "support/carved_cmocka.h"
#include "support/world.h"
#include <stdlib.h>

struct fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_candidate *candidate;
	struct carved_site *site;
	struct carved_job *job;
	struct carved_task *task;
};

static inline int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	world_init(&f->world);
	carved_weights_init(&f->weights);
	f->candidate = world_add_candidate(&f->world, "K-1");
	f->site = world_add_site(&f->world, "S-1");
	f->job = world_add_job(&f->world, f->site, "nurse");
	f->task = world_add_task(&f->world, f->job, "linen", 40);
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;
	world_deinit(&f->world);
	free(f);
	return 0;
}
