// SPDX-License-Identifier: EUPL-1.2
// Solver processes: one per plan, a bounded number at a time, the rest waits its turn. A solver's crash, silence or nonsense is a failed solve with a reason, never more.
// Everything here belongs to the loop thread.
#pragma once
#include "carved/base/error.h"
#include "carved/instance/instance.h"
#include "carved/instance/solution.h"
#include "carved/wire/wire.h"
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <uv.h>

enum carved_sandbox {
	CARVED_SANDBOX_PREFER,  // behind the walls that kernel and build have
	CARVED_SANDBOX_REQUIRE, // a solver without CARVED_WALLS_REQUIRED gets no instance: its solve fails with SOLVER_UNPROTECTED
	CARVED_SANDBOX_OFF,     // limits only
};

struct carved_pool_options {
	const char *solver;     // path of carved-solver
	unsigned workers;       // at a time
	unsigned queue;         // waiting at most
	unsigned grace_seconds; // behind a solve's own safety_ms: then the process is killed
	size_t frame_bytes;     // largest frame accepted from a solver
	uint64_t memory_bytes;  // of one solver at most
	enum carved_sandbox sandbox;
};

struct carved_pool;
struct carved_solve; // one solve, from start to `done`

enum carved_solve_end {
	CARVED_SOLVE_DONE,   // the solver's last word, certificate and all
	CARVED_SOLVE_KEPT,   // the solver was stopped or died after a plan had come in: the best so far, with the bound it had
	CARVED_SOLVE_FAILED, // nothing to keep; `error` says why
};

struct carved_solve_callbacks {
	void (*greeted)(void *context, uint32_t walls); // the solver is there, behind these walls (enum carved_wall); may be NULL
	void (*progress)(void *context, const struct carved_wire_progress *progress);
	// Called exactly once, after the process is reaped and its pipes are closed. `solution` is NULL for FAILED; otherwise the callback owns it (deinit).
	// KEPT and FAILED come with why: SOLVER_CRASHED (signal or exit status), SOLVER_DEADLINE, SOLVER_CANCELLED, SOLVER_OUT_OF_MEMORY, SOLVER_UNPROTECTED,
	// FRAME_INVALID, SOLVER_UNAVAILABLE.
	void (*done)(
		void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error);
	void *context;
};

struct carved_pool *carved_pool_new(uv_loop_t *loop, const struct carved_pool_options *options);

// Starts or queues a solve for a user; of those that wait, users take turns. Takes the instance over (deinit when reaped); it must have passed carved_instance_check.
// Returns NULL with POOL_FULL when the queue is full; the instance then stays the caller's.
struct carved_solve *carved_pool_start(struct carved_pool *pool, uid_t user, struct carved_instance *instance,
	const struct carved_solve_request *request, const struct carved_solve_callbacks *callbacks, struct carved_error *error);

// Asks the solver to stop and keep its best; `done` follows within grace_seconds. Legal until `done` was called.
void carved_solve_cancel(struct carved_solve *solve);

// The process, 0 while queued: for logs and tests.
int carved_solve_pid(const struct carved_solve *solve);

struct carved_solver_version {
	char solver[32], glpk[32]; // "0.1.0", "5.0"
};

// Asks `carved-solver --version`. Blocks, for seconds at worst: not for the loop thread; any other may ask.
// Returns false with SOLVER_UNAVAILABLE (file, reason).
bool carved_pool_ask_version(const char *solver, struct carved_solver_version *ret_version, struct carved_error *error);

struct carved_pool_figures {           // counts since the pool was made
	unsigned processes, queued;    // now
	uint64_t started, unavailable; // processes; attempts to start one that failed
	uint64_t crashed, killed;      // ended by themselves before their last word; ended by us
	uint64_t refused;              // solves: the queue was full
};
void carved_pool_get_figures(const struct carved_pool *pool, struct carved_pool_figures *ret_figures);

// Ends every solve (each gets its `done`), then calls stopped, once, and frees the pool.
void carved_pool_stop(struct carved_pool *pool, void (*stopped)(void *context), void *context);
