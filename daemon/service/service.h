// SPDX-License-Identifier: EUPL-1.2
// The daemon's service: documents, plans and proposals over HTTP. See docs/api.md for the resources.
//
// Glossary
//   snapshot   a region at one moment; the service publishes the newest, whoever began with an older one keeps it
//   writer     the one thread that changes the store; a change is checked there against the region that it lands on
//   reader     the thread that reads plans and proposals from the store
#pragma once
#include "config.h"
#include <uv.h>

struct carved_service;

// Opens the store, loads every document, listens: on `listener`, an inherited socket (the service's from now on), or where -1, on the socket that the settings
// name. `config` (borrowed) outlives the service. `ended` is called once, after carved_service_stop or when the store
// has failed and nothing can be promised any more (ret code true: all is well).
// Requires: SIGPIPE is ignored.
// Returns false with a code of the store, DOCUMENT_UNREADABLE or LISTEN_FAILED; nothing is held then, once the loop has run out.
bool carved_service_start(uv_loop_t *loop, const struct carved_config *config, int listener,
	void (*ended)(void *context, bool good), void *context, struct carved_service **ret_service, struct carved_error *error);

// No new requests; owed answers go out; running plans are cancelled and keep their best; the store is closed; then `ended`. Legal more than once.
void carved_service_stop(struct carved_service *service);

// Adds what the service holds and does, one line: "35 candidates, 11 sites; 1 plan being solved, 2 waiting".
void carved_service_describe(const struct carved_service *service, struct carved_buffer *text);

// The thread that has stood still for longest although it had work, and for how many milliseconds, as far as calls have seen: call it every few seconds. 0 where
// all goes on. *ret_part is static.
uint64_t carved_service_still_ms(struct carved_service *service, const char **ret_part);
