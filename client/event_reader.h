// SPDX-License-Identifier: EUPL-1.2
// Events out of a text/event-stream (server-sent events, as HTML describes them), whatever pieces it comes in. Reads what carved sends: `id` and `data`, one line of data an event.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct carve_event {
	int64_t id; // from here a stream can go on
	const char *
		data; // JSON; NULL: nothing happened, the stream only says where it is. Not NUL-terminated; good until the callback returns
	size_t data_length;
};

// Returns whether to go on.
typedef bool (*carve_event_fn)(void *context, const struct carve_event *event);

struct carve_event_reader;
struct carve_event_reader *carve_event_reader_new(carve_event_fn callback, void *context);
void carve_event_reader_free(struct carve_event_reader *reader); // NULL is legal

// Reads the next bytes. Returns whether to go on: not where the callback wants no more, or where a line is longer than any of carved's.
bool carve_event_reader_feed(struct carve_event_reader *reader, const char *bytes, size_t length);

// Whether a line was too long: this is no stream of carved.
bool carve_event_reader_is_lost(const struct carve_event_reader *reader);

// Forgets what was begun: the next bytes are those of a new stream.
void carve_event_reader_clear(struct carve_event_reader *reader);
