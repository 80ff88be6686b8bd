// SPDX-License-Identifier: EUPL-1.2
// carved-solver PARENT SANDBOX MEMORY SECONDS THREADS: solves one instance that comes in on standard input, tells how it goes on standard output, and is gone. No files, no
// network, no environment, no locale; integers only. PARENT is the process that it belongs to: it dies with it. SANDBOX: on or off (limits only). MEMORY: bytes of
// address space, SECONDS of processor time that it may have. THREADS compute.
//
// The daemon reads progress now and then and keeps the best plan so far, in case this process does not live to say its last word. So plans go out at most once
// a second, but none that is the best for longer than that stays unsent.
#include "carved/optimize/optimize.h"
#include "link.h"
#include "sandbox.h"
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_MS = 200, PLAN_MS = 1000, USAGE = 2 };

struct work {
	struct carved_link link;
	struct carved_crew *crew; // started between the walls, as the link's thread
	struct carved_instance instance;
	struct carved_solve_request request;
	int64_t begin_ms;              // of this process: reading the instance counts
	bool has_package;              // there is a plan with somebody in it
	int64_t progress_ms, plan_ms;  // when the last one went out
	struct carved_buffer plan;     // the best so far as a frame, while it waits for its turn; empty: it went out
	struct carved_buffer progress; // likewise: the newest
	struct carved_buffer frame;    // scratch
};

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void send_progress_when_due(struct work *work, int64_t now)
{
	if (!work->progress.length || now - work->progress_ms < PROGRESS_MS)
		return;
	carved_link_send(&work->link, &work->progress);
	work->progress_ms = now;
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
	send_progress_when_due(work, now);
	if (atomic_load_explicit(&work->link.cancelled, memory_order_relaxed))
		return 2;
	int64_t kept_ms = work->has_package ? (int64_t)work->request.end_ms : 0;
	return now - work->begin_ms >= (int64_t)work->request.safety_ms - kept_ms ? 1 : 0;
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
	const struct carved_wire_progress message = {
		.phase = phase_index(progress->phase),
		.iterations = progress->iterations,
		.value = progress->value,
		.bound = progress->bound,
		.placed = progress->placed,
	};
	carved_buffer_clear(&work->progress);
	carved_wire_add_progress(&work->progress, &message);
	send_progress_when_due(work, now_ms());
}

static void on_improved(void *context, const struct carved_solution *solution)
{
	struct work *work = context;
	work->has_package = work->has_package || solution->package_count > 0;
	carved_buffer_clear(&work->plan);
	carved_wire_add_solution(&work->plan, CARVED_FRAME_PLAN, &work->instance, solution);
	send_plan_when_due(work, now_ms());
}

static void solve(struct work *work)
{
	const struct carved_optimize_options options = {
		.budget = work->request.budget,
		.seed = work->request.seed,
		.crew = work->crew,
		.start = work->request.start,
		.should_stop = should_stop,
		.on_progress = on_progress,
		.on_improved = on_improved,
		.context = work,
	};
	struct carved_solution solution = {0};
	work->progress_ms = work->plan_ms = INT64_MIN / 2; // the first of each goes out at once
	carved_optimize(&work->instance, &options, &solution);
	carved_link_send(&work->link, &work->plan);
	carved_wire_add_solution(&work->frame, CARVED_FRAME_DONE, &work->instance, &solution);
	carved_link_send(&work->link, &work->frame);
	carved_solution_deinit(&solution);
}

struct arguments {
	pid_t parent;
	bool sandbox;
	struct carved_sandbox_limits limits;
	uint32_t threads;
};

static bool parse_number(const char *text, uint64_t *ret_number)
{
	char *end;
	errno = 0;
	*ret_number = strtoull(text, &end, 10);
	return !errno && *text >= '0' && *text <= '9' && !*end;
}

static bool parse_arguments(int count, char **texts, struct arguments *ret_arguments)
{
	uint64_t parent, threads;
	if (count != 6 || !parse_number(texts[1], &parent) || !parse_number(texts[3], &ret_arguments->limits.memory_bytes) ||
		!parse_number(texts[4], &ret_arguments->limits.processor_seconds) || !parse_number(texts[5], &threads) ||
		threads < 1 || threads > CARVED_CREW_THREADS_MAX)
		return false;
	ret_arguments->parent = (pid_t)parent;
	ret_arguments->threads = (uint32_t)threads;
	ret_arguments->sandbox = strcmp(texts[2], "on") == 0;
	return ret_arguments->sandbox || strcmp(texts[2], "off") == 0;
}

// Binds this process to its parent's life. The parent may have died before the kernel was told, hence the look afterwards.
static bool follow_parent(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent;
}

// Leaves the C library no reason to make a call that the sandbox refuses: one heap for all threads (a second one looks into /proc when it shrinks), and no
// question what kind of file standard output is.
static void quieten_library(void)
{
	mallopt(M_ARENA_MAX, 1);
	setvbuf(stdout, NULL, _IONBF, 0);
}

// Puts up the walls and starts all threads between them. Returns which of them stand.
static uint32_t enter_sandbox(struct work *work, const struct arguments *arguments)
{
	uint32_t walls = carved_sandbox_limit(&arguments->limits);
	quieten_library();
	if (arguments->sandbox)
		walls |= carved_sandbox_close_files();
	carved_link_init(&work->link);
	work->crew = carved_crew_new(arguments->threads);
	if (arguments->sandbox)
		walls |= carved_sandbox_close_calls();
	return walls;
}

int main(int count, char **texts)
{
	struct arguments arguments;
	if (count == 2 && strcmp(texts[1], "--version") == 0) {
		printf("carved-solver %s GLPK %s\n", CARVED_VERSION, carved_optimize_library_version());
		return EXIT_SUCCESS;
	}
	if (!parse_arguments(count, texts, &arguments) || !follow_parent(arguments.parent)) {
		fputs("carved-solver PARENT SANDBOX MEMORY SECONDS THREADS: started by carved, not by hand\n", stderr);
		return USAGE;
	}
	struct work work = {.begin_ms = now_ms()};
	struct carved_error error;
	uint32_t walls = enter_sandbox(&work, &arguments);
	enum carved_link_answer answer = carved_link_receive(&work.link, walls, &work.instance, &work.request, &error);
	if (answer == CARVED_LINK_READY) {
		carved_link_listen(&work.link);
		solve(&work);
	} else if (answer == CARVED_LINK_BAD) {
		carved_wire_add_error(&work.frame, error.code);
		carved_link_send(&work.link, &work.frame);
	}
	carved_link_deinit(&work.link);
	carved_crew_free(work.crew);
	carved_instance_deinit(&work.instance);
	carved_buffer_deinit(&work.plan);
	carved_buffer_deinit(&work.progress);
	carved_buffer_deinit(&work.frame);
	return answer == CARVED_LINK_BAD ? EXIT_FAILURE : EXIT_SUCCESS;
}
