// SPDX-License-Identifier: EUPL-1.2
// The solver's end of the pipes: greeting and instance at first, then frames out, while a thread listens for what the daemon still says. The thread is there from the
// start, since the sandbox allows no new one: it waits for a word to begin, and for one to end.
//
// Whoever is not there or talks nonsense ends the process at once: it holds nothing that could be lost, and a solver without a daemon is of no use.
#pragma once
#include "carved/wire/wire.h"
#include <pthread.h>
#include <stdatomic.h>

struct carved_link {
	int in, out;
	struct carved_frame_reader reader; // the main thread's until listening starts, the listener's from then on
	int word;                          // an eventfd: what the listener is told
	pthread_t listener;
	atomic_bool cancelled; // CANCEL has come in
};

enum carved_link_answer {
	CARVED_LINK_READY,
	CARVED_LINK_LEFT, // the daemon took it back before it had said what to solve
	CARVED_LINK_BAD,  // a greeting or an instance that can't be (error: FRAME_INVALID)
};

// Takes over standard input and output, and starts the thread. From then on what anyone prints goes to standard error, never among the frames.
void carved_link_init(struct carved_link *link);
void carved_link_deinit(struct carved_link *link); // stops listening

// Greets, naming the walls around this process, and takes the instance (deinit by the caller). Blocks.
enum carved_link_answer carved_link_receive(struct carved_link *link, uint32_t walls, struct carved_instance *ret_instance,
	struct carved_solve_request *ret_request, struct carved_error *error);

// Lets the listener listen. Requires: carved_link_receive has answered READY.
void carved_link_listen(struct carved_link *link);

// Writes all bytes of the buffer and empties it. Blocks while the daemon does not read.
void carved_link_send(struct carved_link *link, struct carved_buffer *frames);
