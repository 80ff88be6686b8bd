// SPDX-License-Identifier: EUPL-1.2
// What happened: events that are inserted in the transaction of what they tell of, so that one is there exactly when the other is.
//
// Ids count from 1 in the order of the commits. Only one thread writes: whoever has read up to an id has missed nothing before it, and finds what is new behind it.
// The oldest are forgotten after a time (carved_store_events_forget), always from the front.
//
// Threads and failures: as in store.h.
#pragma once
#include "store/store.h"

enum carved_store_event_kind {
	CARVED_STORE_EVENT_PLAN_STARTED,
	CARVED_STORE_EVENT_PLAN_PROGRESS,
	CARVED_STORE_EVENT_PLAN_ENDED,
	CARVED_STORE_EVENT_PROPOSAL_PROPOSED,
	CARVED_STORE_EVENT_PROPOSAL_STALE,
	CARVED_STORE_EVENT_DECISION,
	CARVED_STORE_EVENT_KINDS
};
extern const char *const carved_store_event_kind_names[CARVED_STORE_EVENT_KINDS]; // "plan-started" ...

struct carved_store_event {
	int64_t id; // not read where an event is added
	int64_t at; // ms since 1970-01-01 UTC
	enum carved_store_event_kind kind;
	char plan[CARVED_STORE_ID_MAX], proposal[CARVED_STORE_ID_MAX]; // "" where it is about none
	const char *candidate, *site;                                  // refs; NULL: about none
	const char *json;                                              // an object of the caller's; NULL: nothing else to say
	size_t json_length;
};

// Adds an event in a transaction of its own: for what is not in the store otherwise. What the store does itself (plans that start and end with their proposals) it tells of itself.
bool carved_store_event_record(struct carved_store *store, const struct carved_store_event *event, struct carved_error *error);

// Gets one event after the other; what it points to is good until the callback returns. Returns whether to go on. Must not call the store.
typedef bool (*carved_store_event_fn)(void *context, const struct carved_store_event *event);

// At most `limit` events with an id above `after`, in the order of their ids.
bool carved_store_events_after(struct carved_store *store, int64_t after, size_t limit, carved_store_event_fn callback,
	void *context, struct carved_error *error);

// *ret_newest: the id of the newest event that ever was, 0 where there was none. *ret_oldest: of the oldest that is kept, newest + 1 where none is.
bool carved_store_event_range(struct carved_store *store, int64_t *ret_oldest, int64_t *ret_newest, struct carved_error *error);

// Forgets the events before the first one that is not from before a time.
bool carved_store_events_forget(struct carved_store *store, int64_t before, struct carved_error *error);
