// SPDX-License-Identifier: EUPL-1.2
// GET /v1/events: streams of what happens, out of the store. docs/api.md says what they carry.
//
//   stream     one client that is told what happens; ends when it leaves, does not read, or carved stops
//   position   the id of the last event that a stream has looked at: it reads on behind it, so that it tells each event once
//
// Loop thread.
#pragma once
#include "errand.h"
#include "server/http.h"
#include "store/events.h"

struct carved_call;
struct carved_service;
struct carved_event_hub;

struct carved_event_figures { // counts since the start, but `streams`
	unsigned streams;     // now
	uint64_t sent;        // events, to all streams together
	uint64_t cut_off;     // streams whose client did not take what was sent
	struct carved_refusals refused;
};

// The streams of a service and what wakes them: whenever the writer (service->writer) has done an errand, the hub looks whether the store holds newer events. Requires: the
// lanes run.
struct carved_event_hub *carved_event_hub_new(struct carved_service *service);
// Requires: it has no stream. NULL is legal.
void carved_event_hub_free(struct carved_event_hub *hub);
void carved_event_hub_get_figures(const struct carved_event_hub *hub, struct carved_event_figures *ret_figures);

// Forgets events beyond their time. At the start: later the hub does so every now and then.
// Returns false with a code of the store.
bool carved_events_forget(struct carved_service *service, struct carved_error *error);

// Which events a client wants to hear of.
struct carved_event_filter {
	unsigned kinds;                 // a bit for each enum carved_store_event_kind
	char plan[CARVED_STORE_ID_MAX]; // about this one only; "": any
};
// Sets the kinds from a list such as "decision,plan-ended". Returns false where one of them is none.
bool carved_event_filter_parse_kinds(struct carved_event_filter *filter, const char *list);
// Sets the plan. Returns false where the text is no plan's id.
bool carved_event_filter_parse_plan(struct carved_event_filter *filter, const char *id);
bool carved_event_filter_matches(const struct carved_event_filter *filter, const struct carved_store_event *event);

// Adds an event as a stream carries it: id, event, data, an empty line.
void carved_event_format(const struct carved_store_event *event, struct carved_buffer *text);

// ---- event_stream.c, for events.c

struct carved_event_stream_order {
	struct carved_event_filter filter;
	bool resumes; // behind the event `after`; false: with what happens from now on
	int64_t after;
};
// Whether the reader lets it in: then the call is answered later. Returns false where not: carved_reply_busy says why.
bool carved_event_stream_start(
	struct carved_event_hub *hub, struct carved_call *call, const struct carved_event_stream_order *order);

struct carved_event_stream;
struct carved_event_hub {
	struct carved_service *service;
	struct carved_event_stream *streams;
	int64_t newest; // id of the newest event on the disk, as far as was looked
	struct carved_event_figures figures;
	struct carved_errand forgetting; // under way where `forgets`
	bool forgets;
	struct carved_error forget_error;
	int64_t forgot_at; // ms since 1970
};
// There are newer events.
void carved_event_streams_wake(struct carved_event_hub *hub);
// How many streams a user has.
unsigned carved_event_streams_of(const struct carved_event_hub *hub, uid_t uid);
