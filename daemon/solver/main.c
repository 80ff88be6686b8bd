// SPDX-License-Identifier: EUPL-1.2
// carved-solver PARENT: solves one instance that comes in on standard input, tells how it goes on standard output, and is gone. No files, no network, no
// environment, no locale; integers only. PARENT is the process that it belongs to: it dies with it.
//
// The daemon reads progress now and then and keeps the best plan so far, in case this process does not live to say its last word. So plans go out at most once
// a second, but none that is the best for longer than that stays unsent.
#include "carved/optimize/optimize.h"
#include "link.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_MS = 200, PLAN_MS = 1000, OPEN_FILES = 8, USAGE = 2 };

struct work {
	struct carved_link link;
	struct carved_instance instance;
	struct carved_solve_request request;
	int64_t begin_ms;
	int64_t progress_ms, plan_ms; // when the last one went out
	struct carved_buffer plan;    // the best so far as a frame, while it waits for its turn; empty: it went out
	struct carved_buffer frame;   // scratch
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void send_plan_when_due(struct work *work, int64_t now)
{
	if (!work->plan.length || now - work->plan_ms < PLAN_MS)
		return;
	carved_link_send(&work->link, &work->plan);
	work->plan_ms = now;
}

static int should_stop(void *context)
{
	struct work *work = context;
	int64_t now = now_ms();
	send_plan_when_due(work, now);
	if (atomic_load_explicit(&work->link.cancelled, memory_order_relaxed))
		return 2;
	return now - work->begin_ms >= (int64_t)work->request.safety_seconds * 1000 ? 1 : 0;
}

static uint8_t phase_index(const char *phase)
{
	for (uint8_t i = 0; i < CARVED_PHASES; i++) {
		if (strcmp(carved_phase_names[i], phase) == 0)
			return i;
	}
	abort(); // the optimiser's names and the wire's are one list
}

static void on_progress(void *context, const struct carved_progress *progress)
{
	struct work *work = context;
	int64_t now = now_ms();
	if (now - work->progress_ms < PROGRESS_MS)
		return;
	const struct carved_wire_progress message = {
		.phase = phase_index(progress->phase),
		.iterations = progress->iterations,
		.value = progress->value,
		.bound = progress->bound,
		.placed = progress->placed,
	};
	carved_wire_add_progress(&work->frame, &message);
	carved_link_send(&work->link, &work->frame);
	work->progress_ms = now;
}

static void on_improved(void *context, const struct carved_solution *solution)
{
	struct work *work = context;
	carved_buffer_clear(&work->plan);
	carved_wire_add_solution(&work->plan, CARVED_FRAME_PLAN, &work->instance, solution);
	send_plan_when_due(work, now_ms());
}

static void solve(struct work *work)
{
	const struct carved_optimize_options options = {
		.budget = work->request.budget,
		.seed = work->request.seed,
		.should_stop = should_stop,
		.on_progress = on_progress,
		.on_improved = on_improved,
		.context = work,
	};
	struct carved_solution solution = {0};
	work->begin_ms = now_ms();
	work->progress_ms = work->plan_ms = INT64_MIN / 2; // the first of each goes out at once
	carved_optimize(&work->instance, &options, &solution);
	carved_link_send(&work->link, &work->plan);
	carved_wire_add_solution(&work->frame, CARVED_FRAME_DONE, &work->instance, &solution);
	carved_link_send(&work->link, &work->frame);
	carved_solution_deinit(&solution);
}

// Binds this process to its parent's life. The parent may have died before the kernel was told, hence the look afterwards.
static bool follow_parent(const char *text)
{
	char *end;
	errno = 0;
	long parent = strtol(text, &end, 10);
	return !errno && end != text && !*end && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

// What a solver never needs, it can't have: files, cores, more rights.
static void give_up_rights(void)
{
	const struct rlimit no_core = {0, 0}, few_files = {OPEN_FILES, OPEN_FILES};
	if (setrlimit(RLIMIT_CORE, &no_core) != 0 || setrlimit(RLIMIT_NOFILE, &few_files) != 0 ||
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		abort(); // lowering is always allowed
}

int main(int count, char **arguments)
{
	if (count != 2 || !follow_parent(arguments[1])) {
		fputs("carved-solver PARENT: started by carved, not by hand\n", stderr);
		return USAGE;
	}
	struct work work = {0};
	struct carved_error error;
	carved_link_init(&work.link);
	give_up_rights();
	enum carved_link_answer answer = carved_link_receive(&work.link, &work.instance, &work.request, &error);
	if (answer == CARVED_LINK_READY) {
		carved_link_listen(&work.link);
		solve(&work);
	} else if (answer == CARVED_LINK_BAD) {
		carved_wire_add_error(&work.frame, error.code);
		carved_link_send(&work.link, &work.frame);
	}
	carved_link_deinit(&work.link);
	carved_instance_deinit(&work.instance);
	carved_buffer_deinit(&work.plan);
	carved_buffer_deinit(&work.frame);
	return answer == CARVED_LINK_BAD ? EXIT_FAILURE : EXIT_SUCCESS;
}
