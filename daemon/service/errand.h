// SPDX-License-Identifier: EUPL-1.2
// A piece of work that leaves the loop thread and comes back.
#pragma once
#include "carved/base/histogram.h"
#include <stdbool.h>
#include <sys/types.h>

// Embedded in its owner and recovered with carved_container_of. The owner keeps it valid until `done` was called; then it may free it.
struct carved_errand {
	void (*run)(struct carved_errand *errand);  // elsewhere
	void (*done)(struct carved_errand *errand); // on the loop thread, once, after run
	struct carved_errand *next;                 // whoever runs it, like the rest
	uint64_t added_at;                          // uv_hrtime
	uid_t user;                                 // on whose behalf; 0 for the daemon's own
	bool admitted;                              // counts in its user's share (turns.h)
};

// What became of an errand that asked to be let in.
enum carved_admission {
	CARVED_ADMITTED,
	CARVED_QUEUE_FULL, // too many wait, whoever they are
	CARVED_SHARE_USED  // this user has as many under way as one user may
};

// How often each was the answer since the start.
struct carved_refusals {
	uint64_t full, share_used;
};
void carved_refusals_count(struct carved_refusals *refusals, enum carved_admission admission); // nothing for what was admitted

struct carved_errand_queue {
	struct carved_errand *first, **end; // end: where the next one is hung up; NULL stands for &first
};

void carved_errand_push(struct carved_errand_queue *queue, struct carved_errand *errand);
struct carved_errand *carved_errand_pop(struct carved_errand_queue *queue); // NULL where it is empty

// What a queue of errands has to say for itself.
struct carved_queue_figures {
	size_t waiting, running;
	struct carved_refusals refused;
	const struct carved_histogram *waits; // microseconds between adding and running; lives as long as the queue
};

#define carved_container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))
