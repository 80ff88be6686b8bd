// SPDX-License-Identifier: EUPL-1.2
// A pool on a loop of its own, with a double of carved-solver that behaves as its name says. Whatever it does: one `done`, no child, no handle, no memory left
// behind; the teardown looks.
#pragma once
#include "pool/pool.h"
#include "support/carved_cmocka.h"
#include "support/folder.h"
#include "support/small_instance.h"

struct solving { // one solve and what became of it
	struct fixture *fixture;
	struct carved_solve *solve;
	int progresses, dones;
	uint32_t walls; // as it said
	int64_t progress_value, value;
	enum carved_ended_by ended_by;
	enum carved_solve_end end;
	struct carved_error error; // code CARVED_OK where none was given
	int rank;                  // how many were done before it
	bool cancel_at_progress, kill_at_progress;
	struct carved_solve *cancels; // another one, when this one is done
};

struct fixture {
	struct test_folder folder;
	uv_loop_t loop;
	struct carved_pool_options options;
	struct carved_pool *pool;
	int done_count, stopped_count;
	bool stop_at_done, start_at_done;
	struct solving again; // started from inside `done`
};

int pool_setup(void **state);
int pool_teardown(void **state);
#define POOL_TEST(name) cmocka_unit_test_setup_teardown(name, pool_setup, pool_teardown)

// A pool with the fixture's options whose solvers behave so (tests/support/fake_solver.c).
void pool_open(struct fixture *f, const char *behaviour);

// Starts a solve of the small instance, with 20 seconds where not said. NULL where the pool refuses.
struct carved_solve *pool_start(struct fixture *f, struct solving *s, uint64_t seed, struct carved_error *error);
struct carved_solve *pool_start_with(
	struct fixture *f, struct solving *s, uint64_t seed, uint32_t safety_seconds, struct carved_error *error);
// Starts one with seed 1000 and runs the loop until nothing is left to do.
void pool_solve(struct fixture *f, struct solving *s, uint32_t safety_seconds);

void pool_on_stopped(void *context);
void pool_on_done(void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error);

void pool_expect_failed(const struct solving *s, enum carved_code code, const char *name, const char *value);
void pool_expect_kept(const struct solving *s, enum carved_code code); // the plan worth 1000
