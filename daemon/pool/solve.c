// SPDX-License-Identifier: EUPL-1.2
// One solve, from its place in the queue to `done`.
//
//              its turn            last word (DONE, ERROR)
//   QUEUED -----------> RUNNING -------------------------> LEAVING ------------+
//     |                  |  | |                            ^   |               |
//     | cancel           |  | | cancel            last word|   | grace over    |
//     | spawn failed     |  | +--------------> STOPPING ---+   |               |
//     |                  |  |                   |  |           |               |
//     |                  |  | deadline,         |  | grace     |               |
//     |                  |  | nonsense          |  | over,     |               |
//     |                  |  |                   |  | nonsense  |               |
//     |                  |  +--------> KILLED <-----+----------+               |
//     |                  | exited        | exited |  exited                    | exited
//     |                  v               v        v                            v
//     |               DRAINING <-----------------------------------------------+   (LEAVING also where its output ends without a last word)
//     |                  | its output is at its end, or it takes too long (something else holds the pipe)
//     v                  v
//   CLOSING <------------+
//     | all handles closed
//     v
//   ENDED: `done`, the owner's, called once, last
//
// Callbacks set what has happened and tick; tick() is the only place that acts. A frame is believed in whatever state it comes, also after the process has
// ended: its last word may still be in the pipe.
#include "carved/base/arena.h"
#include "internal.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

enum { DRAIN_MS = 2000, CPU_SPARE_SECONDS = 5 }; // processor time ends behind the deadline, whatever its threads do

static const unsigned allowed[SOLVE_STATES] = {
	[SOLVE_QUEUED] = 1u << SOLVE_RUNNING | 1u << SOLVE_CLOSING,
	[SOLVE_RUNNING] = 1u << SOLVE_STOPPING | 1u << SOLVE_LEAVING | 1u << SOLVE_KILLED | 1u << SOLVE_DRAINING,
	[SOLVE_STOPPING] = 1u << SOLVE_LEAVING | 1u << SOLVE_KILLED | 1u << SOLVE_DRAINING,
	[SOLVE_LEAVING] = 1u << SOLVE_KILLED | 1u << SOLVE_DRAINING,
	[SOLVE_KILLED] = 1u << SOLVE_DRAINING,
	[SOLVE_DRAINING] = 1u << SOLVE_CLOSING,
	[SOLVE_CLOSING] = 1u << SOLVE_ENDED,
};

static void on_time(uv_timer_t *timer)
{
	struct carved_solve *solve = container_of(timer, struct carved_solve, timer);
	solve->time_is_up = true;
	carved_solve_tick(solve);
}

// The next state, which may last for so long; 0: for ever.
static void move(struct carved_solve *solve, enum carved_solve_state next, uint64_t most_ms)
{
	if (!(allowed[solve->state] & 1u << next))
		abort(); // a contract of ours, never a matter of input
	solve->state = next;
	solve->time_is_up = false;
	if (most_ms)
		uv_timer_start(&solve->timer, on_time, most_ms, 0);
	else
		uv_timer_stop(&solve->timer);
}

static uint64_t grace_ms(const struct carved_solve *solve)
{
	return (uint64_t)solve->pool->options.grace_seconds * 1000 + 1; // never 0, for ever
}

static uint64_t deadline_ms(const struct carved_solve *solve)
{
	return solve->request.safety_ms + (uint64_t)solve->pool->options.grace_seconds * 1000;
}

static void blame(struct carved_solve *solve, enum carved_code code)
{
	if (solve->why.code != CARVED_OK)
		return;
	carved_error_set(&solve->why, code);
	if (code == CARVED_SOLVER_DEADLINE)
		carved_error_add_number(&solve->why, "seconds", (long long)(deadline_ms(solve) / 1000));
}

// ---- handles

static void on_closed(uv_handle_t *handle)
{
	struct carved_solve *solve = handle->data;
	solve->open_handles--;
	carved_solve_tick(solve);
}

static void add_handle(struct carved_solve *solve, void *handle)
{
	((uv_handle_t *)handle)->data = solve;
	solve->open_handles++;
}

static void close_handles(struct carved_solve *solve, bool spawn_tried)
{
	move(solve, SOLVE_CLOSING, 0);
	uv_close((uv_handle_t *)&solve->timer, on_closed);
	if (!spawn_tried)
		return;
	uv_close((uv_handle_t *)&solve->in, on_closed);
	uv_close((uv_handle_t *)&solve->out, on_closed);
	uv_close((uv_handle_t *)&solve->process, on_closed); // a failed uv_spawn has joined the loop as well
}

// ---- the process

static void on_exited(uv_process_t *process, int64_t status, int signal_number)
{
	struct carved_solve *solve = container_of(process, struct carved_solve, process);
	solve->exit_status = status;
	solve->exit_signal = signal_number;
	solve->exited = true;
	solve->pool->figures.processes--;
	carved_solve_tick(solve);
}

static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
	(void)suggested;
	struct carved_solve *solve = handle->data;
	*ret_buffer = uv_buf_init(solve->pool->bytes, sizeof solve->pool->bytes);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *bytes)
{
	struct carved_solve *solve = stream->data;
	if (length > 0)
		carved_conversation_read(solve, bytes->base, (size_t)length);
	else if (length < 0)
		solve->out_ended = true;
	carved_solve_tick(solve);
}

static int spawn(struct carved_solve *solve)
{
	struct carved_pool *pool = solve->pool;
	char parent[24], memory[24], seconds[24], threads[24];
	const uint32_t workers = solve->request.budget.threads;
	snprintf(parent, sizeof parent, "%ld", (long)getpid());
	snprintf(memory, sizeof memory, "%" PRIu64, pool->options.memory_bytes);
	snprintf(seconds, sizeof seconds, "%" PRIu64, deadline_ms(solve) / 1000 * workers + CPU_SPARE_SECONDS);
	snprintf(threads, sizeof threads, "%" PRIu32, workers);
	char *sandbox = pool->options.sandbox == CARVED_SANDBOX_OFF ? "off" : "on";
	char *arguments[] = {(char *)pool->options.solver, parent, sandbox, memory, seconds, threads, NULL},
	     *environment[] = {NULL};
	uv_stdio_container_t stdio[] = {
		{.flags = UV_CREATE_PIPE | UV_READABLE_PIPE, .data.stream = (uv_stream_t *)&solve->in},
		{.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&solve->out},
		{.flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO}, // what it has to say to people goes where ours goes
	};
	const uv_process_options_t options = {
		.file = pool->options.solver,
		.args = arguments,
		.env = environment,
		.cwd = "/",
		.stdio = stdio,
		.stdio_count = 3,
		.exit_cb = on_exited,
	};
	uv_pipe_init(pool->loop, &solve->in, 0);
	uv_pipe_init(pool->loop, &solve->out, 0);
	int result = uv_spawn(pool->loop, &solve->process, &options);
	add_handle(solve, &solve->in);
	add_handle(solve, &solve->out);
	add_handle(solve, &solve->process);
	if (result == 0 && uv_read_start((uv_stream_t *)&solve->out, on_allocate, on_read) != 0)
		abort(); // it is an open pipe of ours
	return result;
}

static void start(struct carved_solve *solve)
{
	int result = spawn(solve);
	if (result < 0) {
		solve->pool->figures.unavailable++;
		carved_error_set(&solve->why, CARVED_SOLVER_UNAVAILABLE);
		carved_error_add(&solve->why, "file", solve->pool->options.solver);
		carved_error_add(&solve->why, "reason", uv_strerror(result));
		close_handles(solve, true);
		return;
	}
	solve->pool->figures.started++;
	solve->pool->figures.processes++;
	move(solve, SOLVE_RUNNING, deadline_ms(solve) + 1);
	carved_conversation_greet(solve);
}

static void kill_process(struct carved_solve *solve, enum carved_code because)
{
	blame(solve, because);
	move(solve, SOLVE_KILLED, 0);
	solve->pool->figures.killed++;
	uv_process_kill(&solve->process, SIGKILL); // it holds nothing that could be lost
}

// It has said its last word, or closed its output without one, and stays.
static void kill_lingering(struct carved_solve *solve)
{
	if (!solve->last_word && solve->why.code == CARVED_OK)
		carved_fail(&solve->why, CARVED_SOLVER_CRASHED, "reason", "it closed its output and stayed");
	kill_process(solve, CARVED_SOLVER_DEADLINE);
}

static void ask_to_stop(struct carved_solve *solve)
{
	blame(solve, CARVED_SOLVER_CANCELLED);
	move(solve, SOLVE_STOPPING, grace_ms(solve));
	carved_conversation_cancel(solve);
}

// Why it ended without its last word, if nothing else has been the reason.
static void blame_exit(struct carved_solve *solve)
{
	char reason[128];
	if (solve->done || solve->why.code != CARVED_OK)
		return;
	solve->pool->figures.crashed++;
	if (!solve->exit_signal && solve->exit_status == CARVED_EXIT_MEMORY) {
		carved_error_set(&solve->why, CARVED_SOLVER_OUT_OF_MEMORY);
		carved_error_add_number(&solve->why, "mebibytes", (long long)(solve->pool->options.memory_bytes >> 20));
		return;
	}
	if (solve->exit_signal == SIGSYS)
		snprintf(reason, sizeof reason, "signal %d: it made a call to the kernel that its sandbox forbids", SIGSYS);
	else if (solve->exit_signal)
		snprintf(reason, sizeof reason, "signal %d (%s)", solve->exit_signal, sigdescr_np(solve->exit_signal));
	else
		snprintf(reason, sizeof reason, "exit status %lld", (long long)solve->exit_status);
	carved_fail(&solve->why, CARVED_SOLVER_CRASHED, "reason", reason);
}

static void finish(struct carved_solve *solve)
{
	enum carved_solve_end end = CARVED_SOLVE_FAILED;
	if (solve->done)
		end = CARVED_SOLVE_DONE;
	else if (solve->has_best)
		end = CARVED_SOLVE_KEPT;
	move(solve, SOLVE_ENDED, 0);
	struct carved_solution best = solve->best; // the owner's from here on
	solve->best = (struct carved_solution){0};
	solve->callbacks.done(solve->callbacks.context, end, end == CARVED_SOLVE_FAILED ? NULL : &best,
		end == CARVED_SOLVE_DONE ? NULL : &solve->why);
	carved_frame_reader_deinit(&solve->reader);
	carved_pool_ended(solve);
}

// The whole behaviour: from what has happened, decide the next move.
void carved_solve_tick(struct carved_solve *solve)
{
	enum carved_solve_state before = solve->state;
	switch (before) {
	case SOLVE_QUEUED:
		if (solve->cancel_asked) {
			blame(solve, CARVED_SOLVER_CANCELLED);
			close_handles(solve, false);
		} else if (solve->its_turn) {
			start(solve);
		}
		break;
	case SOLVE_RUNNING:
	case SOLVE_STOPPING:
		if (solve->exited)
			move(solve, SOLVE_DRAINING, DRAIN_MS);
		else if (solve->nonsense)
			kill_process(solve, CARVED_FRAME_INVALID);
		else if (solve->last_word || solve->out_ended)
			move(solve, SOLVE_LEAVING, grace_ms(solve));
		else if (solve->time_is_up)
			kill_process(solve, CARVED_SOLVER_DEADLINE);
		else if (solve->cancel_asked && before == SOLVE_RUNNING)
			ask_to_stop(solve);
		break;
	case SOLVE_LEAVING:
		if (solve->exited)
			move(solve, SOLVE_DRAINING, DRAIN_MS);
		else if (solve->time_is_up)
			kill_lingering(solve);
		break;
	case SOLVE_KILLED:
		if (solve->exited)
			move(solve, SOLVE_DRAINING, DRAIN_MS);
		break;
	case SOLVE_DRAINING:
		if (solve->out_ended || solve->time_is_up) {
			blame_exit(solve);
			close_handles(solve, true);
		}
		break;
	case SOLVE_CLOSING:
		if (solve->open_handles == 0) {
			finish(solve);
			return; // it is gone
		}
		break;
	case SOLVE_ENDED: // the owner stops the pool from inside `done`
		break;
	case SOLVE_STATES:
		abort();
	}
	if (solve->state != before)
		carved_solve_tick(solve); // the next thing may have happened already
}

void carved_solve_init(struct carved_solve *solve)
{
	carved_frame_reader_init(&solve->reader, solve->pool->options.frame_bytes);
	uv_timer_init(solve->pool->loop, &solve->timer);
	add_handle(solve, &solve->timer);
}

void carved_solve_cancel(struct carved_solve *solve)
{
	solve->cancel_asked = true;
	carved_solve_tick(solve);
}

int carved_solve_pid(const struct carved_solve *solve)
{
	return solve->state == SOLVE_QUEUED ? 0 : solve->process.pid;
}
