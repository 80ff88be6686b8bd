// SPDX-License-Identifier: EUPL-1.2
// What the files of pool/ share: solve.c (one process, from queue to reaped), conversation.c (its frames), pool.c (who is next).
#pragma once
#include "pool.h"

enum carved_solve_state {
	SOLVE_QUEUED,
	SOLVE_RUNNING,
	SOLVE_STOPPING,
	SOLVE_LEAVING,
	SOLVE_KILLED,
	SOLVE_DRAINING,
	SOLVE_CLOSING,
	SOLVE_ENDED,
	SOLVE_STATES
};

struct carved_solve {
	struct carved_pool *pool;
	struct carved_solve *next; // in the queue
	uid_t user;                // whose it is
	struct carved_instance instance;
	struct carved_solve_request request;
	struct carved_solve_callbacks callbacks;

	enum carved_solve_state state;
	uv_process_t process; // embedded, like the others; recovered with container_of
	uv_pipe_t in, out;    // the process's standard input and output
	uv_timer_t timer;     // how long the present state may last
	int open_handles;     // whose close callback has not run yet

	// What has happened: only callbacks set these, only tick() acts on them.
	bool its_turn, cancel_asked, time_is_up, exited, out_ended;
	bool last_word; // DONE or ERROR was read
	bool nonsense;  // a frame that can't be: nothing more is read
	int64_t exit_status;
	int exit_signal;

	// The conversation.
	struct carved_frame_reader reader;
	bool greeted; // the solver's HELLO has come
	bool done;    // `best` is its last word
	bool has_best;
	struct carved_solution best;
	struct carved_error why; // of not being DONE; code CARVED_OK until known. The first reason stays
};

struct carved_pool {
	uv_loop_t *loop;
	struct carved_pool_options options; // `solver` is a copy of ours
	struct carved_solve *first, **last; // queue, oldest first
	uid_t last_user;                    // who had a turn last
	unsigned queued, running;           // running: from their turn to ENDED
	uv_timer_t bell;                    // wakes carved_pool_stop's end; closed last
	bool stopping;
	void (*stopped)(void *context);
	void *stopped_context;
	struct carved_pool_figures figures; // but `queued`
	struct carved_solve **solves;       // all that have not ENDED
	size_t solve_count;
	char bytes[65536]; // one read at a time: there is one loop thread
};

// ---- conversation.c

// Feeds what the solver said; sets done, best, last_word, nonsense, why. Calls the owner's progress.
void carved_conversation_read(struct carved_solve *solve, const char *bytes, size_t length);
void carved_conversation_greet(struct carved_solve *solve);
void carved_conversation_cancel(struct carved_solve *solve);

// ---- solve.c

// Does what has become possible. Safe at any time until ENDED.
void carved_solve_tick(struct carved_solve *solve);
void carved_solve_init(struct carved_solve *solve); // opens the timer: from here on it ends through `done` only

// ---- pool.c

void carved_pool_ended(struct carved_solve *solve); // the last call about a solve: frees it, starts the next
