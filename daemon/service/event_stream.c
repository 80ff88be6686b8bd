// SPDX-License-Identifier: EUPL-1.2
// One stream of events, from the request to its end.
//
//               position known             something to tell             on its way to the client
//   OPENING ---------------------> SENDING <------------------ READING <------------------------- SENDING
//     | refused, client gone          |                          ^  | nothing newer                  |
//     |                               | over                     |  v                                | nothing newer
//     v                               v                woken:    |  RESTING <------------------------+
//   ENDED <------------------------------------------------------+  | a heartbeat is due: SENDING
//
// OPENING and READING run on the reader's thread, a page at a time: rows and bytes of a page are limited, and the next is read only once the client took the one before. So
// a client that is slow is kept waiting by itself, holds a page at most, and one that takes nothing for http.write-ms is cut off by the server.
//
// What a client is told as `id:` is where it can go on. It is told so at the beginning, before there is any event, and with a heartbeat where all that happened since
// was not for it: a client that comes back is never sent away because of events that it did not want.
#include "admit.h"
#include "events.h"
#include "state.h"
#include "system/log.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum state { OPENING, READING, SENDING, RESTING, ENDED };

static const unsigned allowed[] = {
	[OPENING] = 1u << SENDING | 1u << ENDED,
	[READING] = 1u << READING | 1u << SENDING | 1u << RESTING | 1u << ENDED,
	[SENDING] = 1u << READING | 1u << RESTING | 1u << ENDED,
	[RESTING] = 1u << READING | 1u << SENDING | 1u << ENDED,
};

#define RETRY_MS 2000 // after which a client without an idea of its own comes back

struct carved_event_stream {
	int state;
	struct carved_event_hub *hub;
	struct carved_event_stream *next, **link; // the hub's list
	uid_t uid;
	struct carved_call *call; // until it is answered
	struct carved_event_stream_order order;
	int64_t position, told; // told: the last `id:` that the client has
	struct carved_http_stream *out;
	struct carved_errand errand;
	uv_timer_t heart;
	// what has happened; callbacks set these and tick
	bool looked, read, drained, over, beat;
	int64_t oldest, newest;    // what the store keeps
	struct carved_buffer text; // of the page
	unsigned rows, found;      // of the page; those that the client wants
	bool more;                 // the page's limits were reached
	struct carved_error failure;
};

static void tick(struct carved_event_stream *s);

static void move(struct carved_event_stream *s, enum state next)
{
	if (!(allowed[s->state] & 1u << next))
		abort(); // a contract of ours, never a matter of input
	s->state = next;
}

// ---- the end

static void on_closed(uv_handle_t *handle)
{
	struct carved_event_stream *s = carved_container_of((uv_timer_t *)handle, struct carved_event_stream, heart);
	struct carved_service *service = s->hub->service;
	*s->link = s->next;
	if (s->next)
		s->next->link = s->link;
	s->hub->figures.streams--;
	carved_buffer_deinit(&s->text);
	free(s);
	carved_service_tick(service);
}

static void end(struct carved_event_stream *s)
{
	move(s, ENDED);
	uv_close((uv_handle_t *)&s->heart, on_closed);
}

// ---- OPENING

static void run_look(struct carved_errand *errand)
{
	struct carved_event_stream *s = carved_container_of(errand, struct carved_event_stream, errand);
	carved_store_event_range(s->hub->service->read_store, &s->oldest, &s->newest, &s->failure);
}

static void done_look(struct carved_errand *errand)
{
	struct carved_event_stream *s = carved_container_of(errand, struct carved_event_stream, errand);
	s->looked = true;
	tick(s);
}

// Whether nothing would be missed. Position 0 asks for all that there is, and gets that.
static bool can_go_on(struct carved_event_stream *s)
{
	int64_t after = s->order.after;
	if (!s->order.resumes || after == 0 || (after >= s->oldest - 1 && after <= s->newest))
		return true;
	carved_error_set(&s->failure, after > s->newest ? CARVED_EVENT_NOT_YET : CARVED_EVENTS_FORGOTTEN);
	carved_error_add_number(&s->failure, "id", after);
	carved_error_add_number(&s->failure, after > s->newest ? "newest" : "oldest", after > s->newest ? s->newest : s->oldest);
	return false;
}

// ---- what the server says

static void on_drained(void *context)
{
	struct carved_event_stream *s = context;
	s->drained = true;
	tick(s);
}

static void on_ended(void *context, enum carved_http_stream_end why)
{
	struct carved_event_stream *s = context;
	s->hub->figures.cut_off += why == CARVED_STREAM_SLOW;
	s->out = NULL;
	s->over = true;
	tick(s);
}

static void on_beat(uv_timer_t *timer)
{
	struct carved_event_stream *s = carved_container_of(timer, struct carved_event_stream, heart);
	s->beat = true;
	tick(s);
}

// ---- SENDING

static void send_text(struct carved_event_stream *s)
{
	uint64_t beat_ms = (uint64_t)s->hub->service->config->event_heartbeat_seconds * 1000;
	move(s, SENDING);
	s->drained = s->beat = false;
	uv_timer_start(&s->heart, on_beat, beat_ms, beat_ms);
	carved_http_stream_write(s->out, &s->text);
}

static void add_position(struct carved_event_stream *s)
{
	carved_buffer_printf(&s->text, "id: %" PRId64 "\n\n", s->position);
	s->told = s->position;
}

static void send_beat(struct carved_event_stream *s)
{
	carved_buffer_add_text(&s->text, ":\n");
	if (s->told != s->position)
		add_position(s);
	else
		carved_buffer_add_text(&s->text, "\n");
	send_text(s);
}

static void begin(struct carved_event_stream *s)
{
	const struct carved_http_stream_owner owner = {.drained = on_drained, .ended = on_ended, .context = s};
	s->position = s->order.resumes ? s->order.after : s->newest;
	s->out = carved_reply_stream(s->call, "text/event-stream", &owner);
	s->call = NULL;
	if (!s->out) {
		end(s);
		return;
	}
	carved_buffer_printf(&s->text, "retry: %d\n", RETRY_MS);
	add_position(s);
	send_text(s);
}

static void tick_looked(struct carved_event_stream *s)
{
	if (carved_service_is_stopping(s->hub->service))
		carved_reply_stopping(s->call);
	else if (s->failure.code != CARVED_OK)
		carved_reply_failure(s->call, &s->failure);
	else if (!can_go_on(s))
		carved_reply_problem(s->call, 410, &s->failure);
	else
		begin(s);
	if (s->state == OPENING)
		end(s);
}

// ---- READING

static bool add_event(void *context, const struct carved_store_event *event)
{
	struct carved_event_stream *s = context;
	const struct carved_config *config = s->hub->service->config;
	s->position = event->id;
	s->rows++;
	if (carved_event_filter_matches(&s->order.filter, event)) {
		carved_event_format(event, &s->text);
		s->told = event->id;
		s->found++;
	}
	s->more = s->rows == config->event_page_rows || s->text.length >= config->event_page_bytes;
	return !s->more;
}

static void run_read(struct carved_errand *errand)
{
	struct carved_event_stream *s = carved_container_of(errand, struct carved_event_stream, errand);
	struct carved_service *service = s->hub->service;
	carved_store_events_after(service->read_store, s->position, service->config->event_page_rows, add_event, s, &s->failure);
}

static void done_read(struct carved_errand *errand)
{
	struct carved_event_stream *s = carved_container_of(errand, struct carved_event_stream, errand);
	s->read = true;
	tick(s);
}

static void read_on(struct carved_event_stream *s)
{
	move(s, READING);
	s->read = s->more = false;
	s->rows = s->found = 0;
	s->errand = (struct carved_errand){.run = run_read, .done = done_read, .user = s->uid};
	carved_lane_add_always(s->hub->service->reader, &s->errand); // one at a time for each of a limited number of streams
}

// Where all is told that there was: goes on where there is more by now.
static void read_or_rest(struct carved_event_stream *s)
{
	if (s->more || s->hub->newest > s->position)
		read_on(s);
	else
		move(s, RESTING);
}

static void tick_read(struct carved_event_stream *s)
{
	if (s->failure.code != CARVED_OK) {
		carved_log_failure_about(CARVED_LOG_ERROR, &(struct carved_log_about){.event = CARVED_EVENT_REQUEST_FAILED},
			"GET /v1/events", &s->failure);
		carved_http_stream_end(s->out);
		end(s);
	} else if (s->text.length > 0) {
		s->hub->figures.sent += s->found;
		send_text(s);
	} else {
		read_or_rest(s);
	}
}

// The whole behaviour: from what has happened, decide the next move.
static void tick(struct carved_event_stream *s)
{
	switch ((enum state)s->state) {
	case OPENING:
		if (s->looked)
			tick_looked(s);
		break;
	case READING:
		if (s->read && s->over)
			end(s);
		else if (s->read)
			tick_read(s);
		break;
	case SENDING:
		if (s->over)
			end(s);
		else if (s->drained)
			read_or_rest(s);
		break;
	case RESTING:
		if (s->over)
			end(s);
		else if (s->hub->newest > s->position)
			read_on(s);
		else if (s->beat)
			send_beat(s);
		break;
	case ENDED:
		break;
	}
}

void carved_event_streams_wake(struct carved_event_hub *hub)
{
	for (struct carved_event_stream *s = hub->streams, *next; s; s = next) {
		next = s->next;
		tick(s);
	}
}

unsigned carved_event_streams_of(const struct carved_event_hub *hub, uid_t uid)
{
	unsigned count = 0;
	for (const struct carved_event_stream *s = hub->streams; s; s = s->next)
		count += s->uid == uid;
	return count;
}

bool carved_event_stream_start(
	struct carved_event_hub *hub, struct carved_call *call, const struct carved_event_stream_order *order)
{
	struct carved_event_stream *s = carved_alloc_array(1, sizeof *s);
	*s = (struct carved_event_stream){.state = OPENING,
		.hub = hub,
		.uid = call->request->uid,
		.call = call,
		.order = *order,
		.errand = {.run = run_look, .done = done_look}};
	if (!carved_admit_to_reader(call, &s->errand)) {
		free(s);
		return false;
	}
	uv_timer_init(hub->service->loop, &s->heart);
	s->next = hub->streams;
	s->link = &hub->streams;
	if (s->next)
		s->next->link = &s->next;
	hub->streams = s;
	hub->figures.streams++;
	return true;
}
