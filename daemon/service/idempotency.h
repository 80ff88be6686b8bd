// SPDX-License-Identifier: EUPL-1.2
// Requests that may be sent again without a second effect: the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).
//
//   key     chosen by the caller for one intent; known together with the user's id
//   claim   of a key while its request is under way: a second request with it is told to come back
//   replay  the first answer, given again: of an import as it was, of a plan as the plan is now
//
// A refused request leaves nothing behind: its key may be used for another attempt.
#pragma once
#include "reply.h"
#include "store/store.h"

#define CARVED_IDEMPOTENCY_KEY_MAX 255 // characters

// What the handlers go on with, for a request without a key or with one that is new; answers, or says that it will.
typedef struct carved_answer_owed (*carved_idempotency_fn)(struct carved_call *call);

// Goes on where there is no key, at once. Else looks whether the key was used before, and answers: 400 where it is none, 409 while it is under way, 422 where
// it stood for another request, or with the replay. Only where none of these is so it goes on; the key is then the call's until it is answered.
struct carved_answer_owed carved_idempotency_begin(struct carved_call *call, carved_idempotency_fn go_on);

// What the store is to keep with the effect of the call. Returns false where it has no key. Any thread, while the call is not answered.
bool carved_idempotency_keep(const struct carved_call *call, struct carved_store_keep *ret_keep);

// Gives the key free. Called with every answer; earlier by what is kept long before it is answered. Legal without a key, and more than once.
void carved_idempotency_end(struct carved_call *call);

// Forgets answers beyond their time. At the start: later each answer that is kept does so.
// Returns false with a code of the store.
bool carved_idempotency_forget(struct carved_service *service, struct carved_error *error);

// The key that a header says: a text in quotes as the draft wants it, or the bare key that many clients send. NULL where it is none. Pure; in the arena.
const char *carved_idempotency_parse(const char *header, struct carved_arena *arena);
