// SPDX-License-Identifier: EUPL-1.2
// The documents of a text one by one, whatever the format.
#pragma once
#include "carved/base/yaml.h"
#include "carved/model/parse.h"

struct carved_stream {
	const char *text;
	size_t length;
	enum carved_format format;
	struct carved_yaml_reader *yaml; // YAML
	size_t offset;                   // NDJSON: where the next line begins
	uint32_t line;                   // NDJSON: its number
	struct carved_arena arena;       // JSON: of the whole tree
	const struct carved_node *next;  // JSON: the next document
	bool started, failed;
};

struct carved_stream_item {
	const struct carved_node *root; // NULL at the end
	const char *json;               // NDJSON: the text that the tree was made of; NULL: the nodes have positions
	size_t json_length;
	uint32_t line;
	// where it failed
	struct carved_error error;
	uint32_t error_line, error_column;
};

void carved_stream_open(struct carved_stream *stream, const char *text, size_t length, enum carved_format format);
void carved_stream_close(struct carved_stream *stream);

// Nodes live in `arena`, or as long as the stream. Returns false where this document can't be read: the next call goes on behind it (NDJSON) or says that the
// end has come.
bool carved_stream_next(struct carved_stream *stream, struct carved_arena *arena, struct carved_stream_item *ret_item);
