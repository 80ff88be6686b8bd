// SPDX-License-Identifier: EUPL-1.2
// The plan optimiser: prices and bound, construction, search. The only room that knows GLPK. The mathematics stand at the top of each file in lib/optimize.
// Same instance, options and seed: same plan. Work is counted in iterations, never in seconds; the clock is the caller's, through `should_stop`.
#pragma once
#include "carved/base/crew.h"
#include "carved/instance/budget.h"
#include "carved/instance/solution.h"
#include "carved/instance/start.h"
#include <stdbool.h>
#include <stdint.h>

struct carved_progress {
	const char *phase; // "prices", "proof", "construction", "search", "sites", "blocks"; static storage
	uint64_t iterations;
	int64_t value, bound; // points; bound INT64_MAX while there is none
	uint32_t placed;
};

struct carved_optimize_options {
	struct carved_budget budget;
	uint64_t seed;
	struct carved_crew *
		crew; // borrowed, for a caller that can start threads at its own time only; NULL: one of budget.threads for this solve
	const struct carved_start
		*start; // a plan that stands, numbered as the instance (carved_start_is_sound); NULL: from nothing
	// The caller's clock and cancel button; asked often (at least every 10 ms of work where GLPK does not hold the thread), and as all of these functions by the
	// thread that called carved_optimize only.
	// Returns: 0 go on; otherwise stop soon and say so: 1 CARVED_ENDED_BY_TIME, 2 CARVED_ENDED_BY_CANCEL.
	int (*should_stop)(void *context);
	void (*on_progress)(void *context, const struct carved_progress *progress); // may be NULL
	void (*on_improved)(
		void *context, const struct carved_solution *solution); // a better plan so far, valid at once; may be NULL
	void *context;
};

// The version of GLPK that is linked: "5.0".
const char *carved_optimize_library_version(void);

// Requires: instance passed carved_instance_check; ret_solution zeroed or deinitialised. Never fails: where stopped at once, it returns the empty plan with
// the bound that it has (prices zero at worst).
void carved_optimize(const struct carved_instance *instance, const struct carved_optimize_options *options,
	struct carved_solution *ret_solution);
