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

// Opens the store, loads every document, listens. `config` (borrowed) outlives the service. `ended` is called once, after carved_service_stop or when the store
// has failed and nothing can be promised any more (ret code true: all is well).
// Requires: SIGPIPE is ignored.
// Returns false with a code of the store, DOCUMENT_UNREADABLE or LISTEN_FAILED; nothing is held then, once the loop has run out.
bool carved_service_start(uv_loop_t *loop, const struct carved_config *config, void (*ended)(void *context, bool good),
	void *context, struct carved_service **ret_service, struct carved_error *error);

// No new requests; owed answers go out; running plans are cancelled and keep their best; the store is closed; then `ended`. Legal more than once.
void carved_service_stop(struct carved_service *service);

// How many documents of each kind are loaded, for the log.
size_t carved_service_count(const struct carved_service *service, enum carved_kind kind);
