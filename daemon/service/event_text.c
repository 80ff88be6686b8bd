// SPDX-License-Identifier: EUPL-1.2
// Events as a stream carries them, and which of them a client wants.
#include "carved/base/json.h"
#include "events.h"
#include "plan_format.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int find_kind(const char *name, size_t length)
{
	for (int i = 0; i < CARVED_STORE_EVENT_KINDS; i++) {
		const char *known = carved_store_event_kind_names[i];
		if (strlen(known) == length && memcmp(known, name, length) == 0)
			return i;
	}
	return -1;
}

bool carved_event_filter_parse_kinds(struct carved_event_filter *filter, const char *list)
{
	unsigned kinds = 0;
	for (const char *at = list;; at++) {
		size_t length = strcspn(at, ",");
		int kind = find_kind(at, length);
		if (kind < 0)
			return false;
		kinds |= 1u << kind;
		at += length;
		if (!*at)
			break;
	}
	filter->kinds = kinds;
	return true;
}

bool carved_event_filter_parse_plan(struct carved_event_filter *filter, const char *id)
{
	size_t length = strlen(id);
	bool good = strncmp(id, "PL-", 3) == 0 && length > 3 && length <= 21 && id[3] != '0' &&
		    strspn(id + 3, "0123456789") == length - 3;
	if (good)
		snprintf(filter->plan, sizeof filter->plan, "%s", id);
	return good;
}

bool carved_event_filter_matches(const struct carved_event_filter *filter, const struct carved_store_event *event)
{
	return filter->kinds >> event->kind & 1 && (!filter->plan[0] || strcmp(filter->plan, event->plan) == 0);
}

static void add_if_any(struct carved_json_writer *writer, const char *key, const char *value)
{
	if (value && *value)
		carved_json_add_text(writer, key, value);
}

void carved_event_format(const struct carved_store_event *event, struct carved_buffer *text)
{
	const char *kind = carved_store_event_kind_names[event->kind];
	struct carved_json_writer writer = CARVED_JSON_WRITER(text);
	carved_buffer_printf(text, "id: %" PRId64 "\nevent: %s\ndata: ", event->id, kind);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_integer(&writer, "id", event->id);
	carved_plan_write_time(&writer, "at", event->at);
	carved_json_add_text(&writer, "kind", kind);
	add_if_any(&writer, "plan", event->plan);
	add_if_any(&writer, "proposal", event->proposal);
	add_if_any(&writer, "candidate", event->candidate);
	add_if_any(&writer, "site", event->site);
	if (event->json)
		carved_json_add_raw(&writer, "details", event->json, event->json_length);
	carved_json_end_object(&writer);
	carved_buffer_add_text(text, "\n\n");
}
