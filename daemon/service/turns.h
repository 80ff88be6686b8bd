// SPDX-License-Identifier: EUPL-1.2
// Whose turn it is: a queue in which users take turns, so that nobody waits behind all that somebody else has sent. Of one user, first come, first served.
//
//   share   what one user has in the queue; an errand that was admitted counts from then until it is done, one that is owed does not count
//
// One thread at a time: its owner sees to that.
#pragma once
#include "errand.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct carved_share;

struct carved_turns {              // zeroed: empty
	struct carved_share *next; // who is next, the others behind
};

// How many admitted errands of a user are not done.
size_t carved_turns_count(const struct carved_turns *turns, uid_t user);

// Puts an errand behind those of its user (errand->user). `admitted`: it counts, until carved_turns_done.
void carved_turns_push(struct carved_turns *turns, struct carved_errand *errand, bool admitted);

// The errand whose turn it is; NULL where none waits.
struct carved_errand *carved_turns_pop(struct carved_turns *turns);

// To be called for every errand that was popped, once it has run.
void carved_turns_done(struct carved_turns *turns, const struct carved_errand *errand);
