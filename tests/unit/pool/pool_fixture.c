// SPDX-License-Identifier: EUPL-1.2
#include "pool_fixture.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FRAME_BYTES = 1 << 20 };

void pool_on_stopped(void *context)
{
	((struct fixture *)context)->stopped_count++;
}

int pool_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	uv_loop_init(&f->loop);
	f->options = (struct carved_pool_options){.workers = 1, .queue = 10, .grace_seconds = 1, .frame_bytes = FRAME_BYTES};
	*state = f;
	return 0;
}

void pool_open(struct fixture *f, const char *behaviour)
{
	f->options.solver = test_folder_file(&f->folder, behaviour);
	assert_int_equal(symlink(FAKE_SOLVER, f->options.solver), 0);
	f->pool = carved_pool_new(&f->loop, &f->options);
}

int pool_teardown(void **state)
{
	struct fixture *f = *state;
	if (f->pool && !f->stop_at_done) {
		carved_pool_stop(f->pool, pool_on_stopped, f);
		uv_run(&f->loop, UV_RUN_DEFAULT);
	}
	assert_int_equal(f->stopped_count, f->pool ? 1 : 0);
	assert_int_equal(uv_loop_close(&f->loop), 0);                   // no handle left
	assert_true(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD); // no child left
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static void on_greeted(void *context, uint32_t walls)
{
	((struct solving *)context)->walls = walls;
}

static void on_progress(void *context, const struct carved_wire_progress *progress)
{
	struct solving *s = context;
	s->progresses++;
	s->progress_value = progress->value;
	if (s->cancel_at_progress)
		carved_solve_cancel(s->solve);
	if (s->kill_at_progress && s->progresses == 1)
		kill(carved_solve_pid(s->solve), SIGKILL);
}

void pool_on_done(void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error)
{
	struct solving *s = context;
	struct fixture *f = s->fixture;
	s->dones++;
	s->end = end;
	s->rank = f->done_count++;
	assert_true((solution == NULL) == (end == CARVED_SOLVE_FAILED));
	assert_true((error == NULL) == (end == CARVED_SOLVE_DONE));
	if (error)
		s->error = *error;
	if (solution) {
		s->value = solution->value;
		s->ended_by = solution->ended_by;
		carved_solution_deinit(solution);
	}
	if (s->cancels)
		carved_solve_cancel(s->cancels);
	if (f->stop_at_done)
		carved_pool_stop(f->pool, pool_on_stopped, f);
	if (f->start_at_done) {
		f->start_at_done = false;
		assert_non_null(pool_start(f, &f->again, 5, NULL));
	}
}

struct carved_solve *pool_start_with(
	struct fixture *f, struct solving *s, uint64_t seed, uint32_t safety_seconds, struct carved_error *error)
{
	struct carved_instance instance;
	struct carved_solve_request request = {.seed = seed, .safety_ms = safety_seconds * 1000};
	const struct carved_solve_callbacks callbacks = {
		.greeted = on_greeted, .progress = on_progress, .done = pool_on_done, .context = s};
	small_instance_init(&instance);
	carved_budget_init(&request.budget);
	s->fixture = f;
	s->solve = carved_pool_start(f->pool, 0, &instance, &request, &callbacks, error);
	carved_instance_deinit(&instance); // empty where it was taken over
	return s->solve;
}

struct carved_solve *pool_start(struct fixture *f, struct solving *s, uint64_t seed, struct carved_error *error)
{
	return pool_start_with(f, s, seed, 20, error);
}

// Starts one and waits until nothing is left to do. Looks that no descriptor stays open.
void pool_solve(struct fixture *f, struct solving *s, uint32_t safety_seconds)
{
	assert_non_null(pool_start_with(f, s, 1000, safety_seconds, NULL));
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_int_equal(s->dones, 1);
}

void pool_expect_failed(const struct solving *s, enum carved_code code, const char *name, const char *value)
{
	assert_int_equal(s->end, CARVED_SOLVE_FAILED);
	assert_int_equal(s->error.code, code);
	if (name)
		assert_string_equal(carved_error_get(&s->error, name), value);
}

void pool_expect_kept(const struct solving *s, enum carved_code code)
{
	assert_int_equal(s->end, CARVED_SOLVE_KEPT);
	assert_int_equal(s->value, 1000);
	assert_int_equal(s->error.code, code);
}
