// SPDX-License-Identifier: EUPL-1.2
#include "parse_stream.h"
#include "carved/base/json.h"
#include <string.h>

void carved_stream_open(struct carved_stream *stream, const char *text, size_t length, enum carved_format format)
{
	bool mark = format != CARVED_FORMAT_YAML && length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
	*stream = (struct carved_stream){.text = length ? text : "", .length = length, .format = format, .line = 1};
	if (mark) {
		stream->text += 3;
		stream->length -= 3;
	}
	if (format == CARVED_FORMAT_YAML)
		stream->yaml = carved_yaml_reader_new(stream->text, length);
}

void carved_stream_close(struct carved_stream *stream)
{
	carved_yaml_reader_free(stream->yaml);
	carved_arena_deinit(&stream->arena);
}

static bool next_yaml(struct carved_stream *stream, struct carved_arena *arena, struct carved_stream_item *ret_item)
{
	if (!carved_yaml_read(
		    stream->yaml, arena, &ret_item->root, &ret_item->error, &ret_item->error_line, &ret_item->error_column)) {
		stream->failed = true; // structure is lost
		return false;
	}
	ret_item->line = ret_item->root ? ret_item->root->line : 0;
	return true;
}

static bool parse_all(struct carved_stream *stream, struct carved_stream_item *ret_item)
{
	const struct carved_node *root;
	if (!carved_json_parse(stream->text, stream->length, &stream->arena, &root, &ret_item->error, &ret_item->error_line,
		    &ret_item->error_column)) {
		stream->failed = true;
		return false;
	}
	carved_json_add_positions(stream->text, stream->length, 1, root);
	stream->next = root->kind == CARVED_NODE_LIST ? root->first : root;
	return true;
}

static bool is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (!strchr(" \t\r\n", text[i]) || !text[i])
			return false;
	}
	return true;
}

static bool next_json(struct carved_stream *stream, struct carved_stream_item *ret_item)
{
	if (!stream->started && !is_blank(stream->text, stream->length) && !parse_all(stream, ret_item))
		return false;
	stream->started = true;
	ret_item->root = stream->next;
	if (stream->next) {
		ret_item->line = stream->next->line;
		stream->next = stream->next->next;
	}
	return true;
}

static bool next_line(struct carved_stream *stream, struct carved_arena *arena, struct carved_stream_item *ret_item)
{
	while (stream->offset < stream->length) {
		const char *text = stream->text + stream->offset;
		const char *end = memchr(text, '\n', stream->length - stream->offset);
		size_t length = end ? (size_t)(end - text) : stream->length - stream->offset;
		uint32_t line = stream->line++, line_in_line;
		stream->offset += length + 1;
		if (is_blank(text, length))
			continue;
		ret_item->line = ret_item->error_line = line;
		ret_item->json = text;
		ret_item->json_length = length;
		return carved_json_parse(
			text, length, arena, &ret_item->root, &ret_item->error, &line_in_line, &ret_item->error_column);
	}
	return true;
}

bool carved_stream_next(struct carved_stream *stream, struct carved_arena *arena, struct carved_stream_item *ret_item)
{
	*ret_item = (struct carved_stream_item){0};
	if (stream->failed)
		return true;
	if (stream->format == CARVED_FORMAT_YAML)
		return next_yaml(stream, arena, ret_item);
	return stream->format == CARVED_FORMAT_JSON ? next_json(stream, ret_item) : next_line(stream, arena, ret_item);
}
