// SPDX-License-Identifier: EUPL-1.2
// A small crew of threads that works through numbered tasks. The thread that runs them is one of the crew.
//
// Which worker takes which task depends on the clock: a task writes what belongs to its number, or to its worker as scratch, and whoever ran them all puts results
// together in the order of numbers. So nothing that is computed depends on how many threads there are.
#pragma once
#include <stdint.h>

struct carved_crew;

// `worker`: 0..threads-1, never the same in two tasks at a time; 0 is the thread that called carved_crew_run.
typedef void carved_crew_fn(void *context, uint32_t worker, uint32_t index);

#define CARVED_CREW_THREADS_MAX 64

// Starts threads - 1 threads, which wait for work until carved_crew_free. Where the system refuses some, the crew is smaller.
// Requires: 1 <= threads <= CARVED_CREW_THREADS_MAX.
struct carved_crew *carved_crew_new(uint32_t threads);
void carved_crew_free(struct carved_crew *crew); // NULL is legal

// How many there are, the caller counted.
uint32_t carved_crew_threads(const struct carved_crew *crew);

// While worker 0 waits for the last tasks of others it calls this every few milliseconds; NULL: nothing.
void carved_crew_set_idle(struct carved_crew *crew, void (*idle)(void *context), void *context);

// Each thread but the caller's calls this when it ends, to give back what a library keeps for it. NULL: nothing.
void carved_crew_set_leave(struct carved_crew *crew, void (*leave)(void));

// Runs `fn` once for each index 0..count-1, in rising order of their beginnings, and returns when all have ended. What tasks wrote is then seen by the caller.
// Requires: called by one thread at a time, and never from inside a task.
void carved_crew_run(struct carved_crew *crew, uint32_t count, carved_crew_fn *fn, void *context);
