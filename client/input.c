// SPDX-License-Identifier: EUPL-1.2
#include "input.h"
#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool read_all(FILE *stream, struct carved_buffer *text)
{
	char bytes[65536];
	size_t count;
	while ((count = fread(bytes, 1, sizeof bytes, stream)) > 0)
		carved_buffer_add(text, bytes, count);
	return !ferror(stream);
}

// The name of the compression that the bytes begin with; NULL where there is none.
static const char *compression(const struct carved_buffer *text)
{
	static const struct {
		const char *magic, *name;
	} known[] = {{"\x1f\x8b", "gzip"}, {"\x28\xb5\x2f\xfd", "zstd"},
		{"\xfd"
		 "7zXZ",
			"xz"},
		{"BZh", "bzip2"}, {"PK\x03\x04", "zip"}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t length = strlen(known[i].magic);
		if (text->length >= length && memcmp(text->data, known[i].magic, length) == 0)
			return known[i].name;
	}
	return NULL;
}

static void fail_reading(const char *name, int why, struct carved_error *error)
{
	enum carved_code code = why == ENOENT   ? CARVED_INPUT_ABSENT
				: why == EACCES ? CARVED_INPUT_FORBIDDEN
				: why == EISDIR ? CARVED_INPUT_FOLDER
						: CARVED_FILE_UNREADABLE;
	carved_fail(error, code, "file", name);
	if (code == CARVED_FILE_UNREADABLE)
		carved_error_add(error, "reason", strerrorname_np(why)); // a name such as EIO is of no language
}

bool carve_input_read(const char *name, struct carve_input *ret_input, struct carved_error *error)
{
	bool standard = strcmp(name, "-") == 0, good = false;
	struct carve_input input = {.name = name};
	FILE *stream = standard ? stdin : fopen(name, "rb");
	if (!stream || !read_all(stream, &input.text)) {
		fail_reading(name, errno, error);
		goto out;
	}
	const char *compressed = compression(&input.text);
	if (compressed) {
		carved_fail(error, CARVED_INPUT_COMPRESSED, "file", name);
		carved_error_add(error, "format", compressed);
		goto out;
	}
	carved_buffer_add(&input.text, "", 0); // so that `data` is a text also where the file is empty
	input.format = carve_input_format(standard ? "" : name, input.text.data ? input.text.data : "", input.text.length);
	*ret_input = input;
	good = true;
out:
	if (stream && !standard)
		fclose(stream);
	if (!good)
		carve_input_deinit(&input);
	return good;
}

void carve_input_deinit(struct carve_input *input)
{
	carved_buffer_deinit(&input->text);
}

static bool ends_with(const char *name, const char *ending)
{
	size_t length = strlen(name), ending_length = strlen(ending);
	return length > ending_length && strcasecmp(name + length - ending_length, ending) == 0;
}

// The end of the JSON value that begins at text[0] ('{' or '['); `length` where it never ends. *ret_lines: whether it spans lines.
static size_t value_end(const char *text, size_t length, bool *ret_lines)
{
	size_t depth = 0, at = 0;
	bool quoted = false;
	for (*ret_lines = false; at < length; at++) {
		char byte = text[at];
		*ret_lines |= byte == '\n';
		if (quoted) {
			at += byte == '\\';
			quoted = byte != '"';
		} else if (byte == '"') {
			quoted = true;
		} else if (byte == '{' || byte == '[') {
			depth++;
		} else if ((byte == '}' || byte == ']') && --depth == 0) {
			return at + 1;
		}
	}
	return length;
}

// JSON of one value, or one value a line.
static enum carve_format json_or_lines(const char *text, size_t length)
{
	bool lines;
	size_t end = value_end(text, length, &lines);
	while (end < length && isspace((unsigned char)text[end]))
		end++;
	if (end < length)
		return CARVE_NDJSON;
	const char *first_end = memchr(text, '\n', length);
	bool broken_first_line = text[0] == '{' && lines && first_end && first_end + 1 < text + length && first_end[1] == '{';
	return broken_first_line ? CARVE_NDJSON : CARVE_JSON;
}

enum carve_format carve_input_format(const char *name, const char *text, size_t length)
{
	if (ends_with(name, ".yaml") || ends_with(name, ".yml"))
		return CARVE_YAML;
	if (ends_with(name, ".ndjson") || ends_with(name, ".jsonl"))
		return CARVE_NDJSON;
	if (ends_with(name, ".json"))
		return CARVE_JSON;
	size_t at = 0;
	while (at < length && isspace((unsigned char)text[at]))
		at++;
	size_t next = at + 1;
	while (next < length && isspace((unsigned char)text[next]))
		next++;
	// A map of YAML in braces has bare keys: {kind: coach, ...}
	bool json = at < length &&
		    (text[at] == '[' || (text[at] == '{' && next < length && (text[next] == '"' || text[next] == '}')));
	return json ? json_or_lines(text + at, length - at) : CARVE_YAML;
}

const char *carve_input_media_type(enum carve_format format)
{
	return format == CARVE_YAML ? "application/yaml" : format == CARVE_JSON ? "application/json" : "application/x-ndjson";
}

static const struct carved_node *only_yaml(const struct carve_input *input, struct carved_arena *arena)
{
	struct carved_error error;
	uint32_t line, column;
	const struct carved_node *first = NULL, *second = NULL;
	struct carved_yaml_reader *reader = carved_yaml_reader_new(input->text.data, input->text.length);
	bool good = carved_yaml_read(reader, arena, &first, &error, &line, &column) && first &&
		    carved_yaml_read(reader, arena, &second, &error, &line, &column) && !second;
	carved_yaml_reader_free(reader);
	return good ? first : NULL;
}

bool carve_input_is_single(const struct carve_input *input, enum carve_kind *ret_kind, char **ret_ref)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_error error;
	uint32_t line, column;
	const struct carved_node *root = NULL;
	if (input->text.length == 0 || input->format == CARVE_NDJSON)
		return false;
	if (input->format == CARVE_YAML)
		root = only_yaml(input, &arena);
	else if (!carved_json_parse(input->text.data, input->text.length, &arena, &root, &error, &line, &column))
		root = NULL;
	const struct carved_node *ref = carved_node_get(root, "ref");
	bool named = ref && ref->text && *ref->text && (ref->kind == CARVED_NODE_STRING || ref->plain);
	bool single =
		named && carve_kind_parse(carved_node_get_text(root, "kind", ""), ret_kind) && carve_kind_is_document(*ret_kind);
	if (single)
		*ret_ref = carved_strdup(ref->text);
	carved_arena_deinit(&arena);
	return single;
}
