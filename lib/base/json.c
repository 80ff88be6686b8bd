// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/json.h"
#include "carved/base/date.h"
#include "carved/base/quarters.h"
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 32, NUMBER_TEXT_MAX = 40 };

struct conversion {
	struct carved_arena *arena;
	int depth;
	bool too_deep;
};

static void convert(struct conversion *c, const json_t *value, struct carved_node *node);

// The shortest of the usual spellings that reads back as the same number; always recognisable as a real.
static const char *format_real(double real, char text[NUMBER_TEXT_MAX])
{
	snprintf(text, NUMBER_TEXT_MAX, "%.15g", real);
	if (strtod(text, NULL) != real)
		snprintf(text, NUMBER_TEXT_MAX, "%.17g", real);
	if (!strpbrk(text, ".en"))
		strcat(text, ".0");
	return text;
}

static struct carved_node *add_child(struct conversion *c, struct carved_node *parent, struct carved_node **last)
{
	struct carved_node *child = carved_arena_alloc(c->arena, sizeof *child);
	if (*last)
		(*last)->next = child;
	else
		parent->first = child;
	*last = child;
	parent->count++;
	return child;
}

static void convert_object(struct conversion *c, json_t *object, struct carved_node *node)
{
	struct carved_node *last = NULL;
	const char *key;
	json_t *value;
	node->kind = CARVED_NODE_MAP;
	json_object_foreach(object, key, value)
	{
		struct carved_node *child = add_child(c, node, &last);
		child->key = carved_arena_strdup(c->arena, key);
		convert(c, value, child);
	}
}

static void convert_array(struct conversion *c, const json_t *array, struct carved_node *node)
{
	struct carved_node *last = NULL;
	node->kind = CARVED_NODE_LIST;
	for (size_t i = 0; i < json_array_size(array); i++)
		convert(c, json_array_get(array, i), add_child(c, node, &last));
}

static void convert_number(struct conversion *c, const json_t *value, struct carved_node *node)
{
	char text[NUMBER_TEXT_MAX];
	if (json_is_integer(value)) {
		node->kind = CARVED_NODE_INTEGER;
		node->integer = json_integer_value(value);
		snprintf(text, sizeof text, "%" PRId64, node->integer);
	} else {
		node->kind = CARVED_NODE_REAL;
		node->real = json_real_value(value);
		format_real(node->real, text);
	}
	node->text = carved_arena_strdup(c->arena, text);
}

static void convert_container(struct conversion *c, const json_t *value, struct carved_node *node)
{
	if (c->depth == DEEPEST) {
		c->too_deep = true;
		return;
	}
	c->depth++;
	if (json_is_object(value))
		convert_object(c, (json_t *)(uintptr_t)value, node); // iterating wants a pointer it may write through
	else
		convert_array(c, value, node);
	c->depth--;
}

static void convert(struct conversion *c, const json_t *value, struct carved_node *node)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		convert_container(c, value, node);
		break;
	case JSON_STRING:
		node->kind = CARVED_NODE_STRING;
		node->text = carved_arena_strndup(c->arena, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		convert_number(c, value, node);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		node->kind = CARVED_NODE_BOOL;
		node->boolean = json_is_true(value);
		node->text = node->boolean ? "true" : "false";
		break;
	case JSON_NULL:
		node->kind = CARVED_NODE_NULL;
		node->text = "null";
		break;
	}
}

// jansson names what it stumbled over in its text only: duplicate object key near '"key"'.
static void set_key_twice(const char *text, struct carved_error *error)
{
	const char *from = strchr(text, '"'), *to = strrchr(text, '"');
	char key[JSON_ERROR_TEXT_LENGTH] = "";
	if (from && to > from)
		snprintf(key, sizeof key, "%.*s", (int)(to - from - 1), from + 1);
	carved_fail(error, CARVED_KEY_TWICE, "key", key);
}

// The number that ends where jansson stopped.
static void set_number(const char *text, size_t length, const json_error_t *problem, struct carved_error *error)
{
	size_t end = problem->position > 0 && (size_t)problem->position <= length ? (size_t)problem->position : 0, begin = end;
	char number[NUMBER_TEXT_MAX];
	while (begin > 0 && strchr("0123456789+-.eE", text[begin - 1]))
		begin--;
	snprintf(number, sizeof number, "%.*s", (int)(end - begin), text + begin);
	carved_fail(error, CARVED_NUMBER_TOO_LARGE, "text", number);
}

static void set_error(const char *text, size_t length, const json_error_t *problem, struct carved_error *error)
{
	switch (json_error_code(problem)) {
	case json_error_duplicate_key:
		set_key_twice(problem->text, error);
		break;
	case json_error_numeric_overflow:
		set_number(text, length, problem, error);
		break;
	case json_error_invalid_utf8:
		carved_error_set(error, CARVED_UTF8_INVALID);
		break;
	case json_error_null_character:
	case json_error_null_byte_in_key:
		carved_error_set(error, CARVED_NUL_IN_TEXT);
		break;
	case json_error_stack_overflow:
		carved_error_set(error, CARVED_NESTING_TOO_DEEP);
		carved_error_add_number(error, "max", DEEPEST);
		break;
	default:
		carved_fail_syntax(error, problem->text);
	}
}

// The first bracket that lies deeper than allowed, in a text that jansson accepted.
static void locate_too_deep(const char *text, size_t length, uint32_t *ret_line, uint32_t *ret_column)
{
	int depth = 0;
	bool in_text = false;
	*ret_line = *ret_column = 1;
	for (size_t i = 0; i < length && depth <= DEEPEST; i++) {
		if (in_text && text[i] == '\\')
			i++, ++*ret_column;
		else if (text[i] == '"')
			in_text = !in_text;
		else if (!in_text && strchr("{[", text[i]) && ++depth > DEEPEST)
			break;
		else if (!in_text && strchr("}]", text[i]))
			depth--;
		*ret_column = text[i] == '\n' ? 1 : *ret_column + (((unsigned char)text[i] & 0xC0) != 0x80);
		*ret_line += text[i] == '\n';
	}
}

bool carved_json_parse(const char *text, size_t length, struct carved_arena *arena, const struct carved_node **ret_root,
	struct carved_error *error, uint32_t *ret_line, uint32_t *ret_column)
{
	json_error_t problem;
	json_t *value = json_loadb(text ? text : "", length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
	if (!value) {
		set_error(text, length, &problem, error);
		*ret_line = problem.line > 0 ? (uint32_t)problem.line : 1;
		*ret_column = problem.column > 0 ? (uint32_t)problem.column : 1;
		return false;
	}
	struct conversion c = {.arena = arena};
	struct carved_node *root = carved_arena_alloc(arena, sizeof *root);
	convert(&c, value, root);
	json_decref(value);
	if (c.too_deep) {
		carved_error_set(error, CARVED_NESTING_TOO_DEEP);
		carved_error_add_number(error, "max", DEEPEST);
		locate_too_deep(text, length, ret_line, ret_column);
		return false;
	}
	*ret_root = root;
	return true;
}

static int add_bytes(const char *bytes, size_t length, void *buffer)
{
	carved_buffer_add(buffer, bytes, length);
	return 0;
}

static bool needs_no_escape(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\')
			return false;
	}
	return true;
}

// A text that is not UTF-8 (a file's name, say) still has to be written somehow: each byte beyond ASCII becomes a question mark.
static json_t *make_string(const char *text, size_t length)
{
	json_t *string = json_stringn(text, length);
	if (string)
		return string;
	char *readable = carved_strdup(text);
	for (size_t i = 0; i < length; i++)
		readable[i] = (unsigned char)readable[i] >= 0x80 ? '?' : readable[i];
	string = json_stringn(readable, length);
	free(readable);
	if (!string)
		carved_out_of_memory();
	return string;
}

static void add_text(struct carved_buffer *buffer, const char *text)
{
	size_t length = strlen(text);
	if (needs_no_escape(text, length)) { // nearly all of them; jansson wants an allocation for each
		carved_buffer_add(buffer, "\"", 1);
		carved_buffer_add(buffer, text, length);
		carved_buffer_add(buffer, "\"", 1);
		return;
	}
	json_t *string = make_string(text, length);
	json_dump_callback(string, add_bytes, buffer, JSON_ENCODE_ANY);
	json_decref(string);
}

static void add_break(struct carved_buffer *buffer, int depth)
{
	carved_buffer_printf(buffer, "\n%*s", depth * 2, "");
}

static void add_scalar(const struct carved_node *node, struct carved_buffer *buffer)
{
	char text[NUMBER_TEXT_MAX];
	switch (node->kind) {
	case CARVED_NODE_BOOL:
		carved_buffer_add_text(buffer, node->boolean ? "true" : "false");
		break;
	case CARVED_NODE_INTEGER:
		carved_buffer_printf(buffer, "%" PRId64, node->integer);
		break;
	case CARVED_NODE_REAL:
		carved_buffer_add_text(buffer, format_real(node->real, text));
		break;
	case CARVED_NODE_STRING:
		add_text(buffer, node->text);
		break;
	default:
		carved_buffer_add_text(buffer, "null");
	}
}

// depth < 0: compact
static void add_node(const struct carved_node *node, struct carved_buffer *buffer, int depth)
{
	bool map = node->kind == CARVED_NODE_MAP;
	if (!map && node->kind != CARVED_NODE_LIST) {
		add_scalar(node, buffer);
		return;
	}
	int below = depth < 0 ? depth : depth + 1;
	carved_buffer_add_text(buffer, map ? "{" : "[");
	for (const struct carved_node *child = node->first; child; child = child->next) {
		if (depth >= 0)
			add_break(buffer, below);
		if (map) {
			add_text(buffer, child->key);
			carved_buffer_add_text(buffer, depth < 0 ? ":" : ": ");
		}
		add_node(child, buffer, below);
		if (child->next)
			carved_buffer_add_text(buffer, ",");
	}
	if (depth >= 0 && node->first)
		add_break(buffer, depth);
	carved_buffer_add_text(buffer, map ? "}" : "]");
}

void carved_json_format(const struct carved_node *root, struct carved_buffer *buffer)
{
	add_node(root, buffer, -1);
}

void carved_json_format_pretty(const struct carved_node *root, struct carved_buffer *buffer)
{
	add_node(root, buffer, 0);
	carved_buffer_add_text(buffer, "\n");
}

static void begin(struct carved_json_writer *writer, const char *key)
{
	if (writer->comma)
		carved_buffer_add(writer->buffer, ",", 1);
	if (key) {
		add_text(writer->buffer, key);
		carved_buffer_add(writer->buffer, ":", 1);
	}
	writer->comma = true;
}

void carved_json_begin_object(struct carved_json_writer *writer, const char *key)
{
	begin(writer, key);
	carved_buffer_add(writer->buffer, "{", 1);
	writer->comma = false;
}

void carved_json_end_object(struct carved_json_writer *writer)
{
	carved_buffer_add(writer->buffer, "}", 1);
	writer->comma = true;
}

void carved_json_begin_array(struct carved_json_writer *writer, const char *key)
{
	begin(writer, key);
	carved_buffer_add(writer->buffer, "[", 1);
	writer->comma = false;
}

void carved_json_end_array(struct carved_json_writer *writer)
{
	carved_buffer_add(writer->buffer, "]", 1);
	writer->comma = true;
}

void carved_json_add_text(struct carved_json_writer *writer, const char *key, const char *value)
{
	begin(writer, key);
	if (value)
		add_text(writer->buffer, value);
	else
		carved_buffer_add_text(writer->buffer, "null");
}

void carved_json_add_integer(struct carved_json_writer *writer, const char *key, int64_t value)
{
	begin(writer, key);
	carved_buffer_printf(writer->buffer, "%" PRId64, value);
}

void carved_json_add_bool(struct carved_json_writer *writer, const char *key, bool value)
{
	begin(writer, key);
	carved_buffer_add_text(writer->buffer, value ? "true" : "false");
}

void carved_json_add_hours(struct carved_json_writer *writer, const char *key, int quarters)
{
	char text[CARVED_HOURS_TEXT_MAX];
	begin(writer, key);
	carved_buffer_add_text(writer->buffer, carved_quarters_format(quarters, text));
}

void carved_json_add_millionths(struct carved_json_writer *writer, const char *key, int64_t value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	begin(writer, key);
	carved_buffer_printf(writer->buffer, "%s%" PRIu64 ".%06" PRIu64, value < 0 ? "-" : "", size / 1000000, size % 1000000);
}

void carved_json_add_date(struct carved_json_writer *writer, const char *key, int32_t date)
{
	char text[CARVED_DATE_TEXT_MAX];
	carved_json_add_text(writer, key, date == CARVED_DATE_NONE ? NULL : carved_date_format(date, text));
}

void carved_json_add_node(struct carved_json_writer *writer, const char *key, const struct carved_node *value)
{
	begin(writer, key);
	carved_json_format(value, writer->buffer);
}

void carved_json_add_raw(struct carved_json_writer *writer, const char *key, const char *json, size_t length)
{
	begin(writer, key);
	carved_buffer_add(writer->buffer, json, length);
}
