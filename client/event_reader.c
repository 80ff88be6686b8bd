// SPDX-License-Identifier: EUPL-1.2
#include "event_reader.h"
#include "carved/base/arena.h"
#include "carved/base/buffer.h"
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES_MAX (16u << 20)

struct carve_event_reader {
	carve_event_fn callback;
	void *context;
	struct carved_buffer line, data; // line: the one that is not whole yet
	int64_t id;
	bool has_id, has_data, lost;
};

struct carve_event_reader *carve_event_reader_new(carve_event_fn callback, void *context)
{
	struct carve_event_reader *reader = carved_alloc_array(1, sizeof *reader);
	reader->callback = callback;
	reader->context = context;
	return reader;
}

void carve_event_reader_free(struct carve_event_reader *reader)
{
	if (!reader)
		return;
	carved_buffer_deinit(&reader->line);
	carved_buffer_deinit(&reader->data);
	free(reader);
}

void carve_event_reader_clear(struct carve_event_reader *reader)
{
	carved_buffer_clear(&reader->line);
	carved_buffer_clear(&reader->data);
	reader->has_id = reader->has_data = false;
}

bool carve_event_reader_is_lost(const struct carve_event_reader *reader)
{
	return reader->lost;
}

// An empty line: the event is whole.
static bool tell(struct carve_event_reader *reader)
{
	const struct carve_event event = {
		.id = reader->id, .data = reader->has_data ? reader->data.data : NULL, .data_length = reader->data.length};
	bool go_on = !reader->has_id || reader->callback(reader->context, &event);
	carved_buffer_clear(&reader->data);
	reader->has_id = reader->has_data = false;
	return go_on;
}

// The value of a field, behind its colon and one space; NULL where the line is of another field.
static const char *value_of(const char *line, const char *field)
{
	size_t length = strlen(field);
	if (strncmp(line, field, length) != 0 || line[length] != ':')
		return NULL;
	return line + length + (line[length + 1] == ' ' ? 2 : 1);
}

static bool take_line(struct carve_event_reader *reader)
{
	size_t length = reader->line.length;
	if (length == 0)
		return tell(reader);
	carved_buffer_add(&reader->line, "", 1);
	const char *line = reader->line.data, *id = value_of(line, "id"), *data = value_of(line, "data");
	if (id) {
		reader->id = strtoll(id, NULL, 10);
		reader->has_id = true;
	} else if (data) {
		carved_buffer_clear(&reader->data);
		carved_buffer_add(&reader->data, data, length - (size_t)(data - line));
		reader->has_data = true;
	}
	return true;
}

bool carve_event_reader_feed(struct carve_event_reader *reader, const char *bytes, size_t length)
{
	while (length > 0) {
		const char *end = memchr(bytes, '\n', length);
		size_t part = end ? (size_t)(end - bytes) : length;
		reader->lost = reader->line.length + part > LINE_BYTES_MAX;
		if (reader->lost)
			return false;
		carved_buffer_add(&reader->line, bytes, part);
		if (!end)
			return true;
		bool go_on = take_line(reader);
		carved_buffer_clear(&reader->line);
		if (!go_on)
			return false;
		bytes += part + 1;
		length -= part + 1;
	}
	return true;
}
