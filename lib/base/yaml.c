// SPDX-License-Identifier: EUPL-1.2
// A strict reader over libyaml's events. libyaml reads the syntax of YAML 1.1; what 1.2 reads otherwise is refused: NEL, LS and PS as line breaks.
#include "carved/base/yaml.h"
#include "carved/base/json.h"
#include "carved/base/yaml_scalar.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 32, FEW = 12 };

struct frame { // an open map or list
	struct carved_node *node, *last;
	const char *key; // read, its value is to come
	uint32_t key_line, key_column;
};

struct carved_yaml_reader {
	yaml_parser_t parser;
	const char *text; // behind a byte order mark
	size_t length;
	bool started, failed, ended;
	// of the document being read
	struct carved_arena *arena;
	struct carved_node *root;
	struct frame stack[DEEPEST];
	int depth;
	struct carved_error error; // why it failed, and where
	uint32_t line, column;
};

struct carved_yaml_reader *carved_yaml_reader_new(const char *text, size_t length)
{
	struct carved_yaml_reader *reader = carved_alloc_array(1, sizeof *reader);
	bool mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
	reader->text = length ? text + (mark ? 3 : 0) : "";
	reader->length = mark ? length - 3 : length;
	if (!yaml_parser_initialize(&reader->parser))
		carved_out_of_memory();
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser, (const unsigned char *)reader->text, reader->length);
	return reader;
}

void carved_yaml_reader_free(struct carved_yaml_reader *reader)
{
	if (!reader)
		return;
	yaml_parser_delete(&reader->parser);
	free(reader);
}

static bool fail_at(struct carved_yaml_reader *reader, yaml_mark_t mark)
{
	reader->line = (uint32_t)mark.line + 1;
	reader->column = (uint32_t)mark.column + 1;
	return false;
}

static bool refuse(
	struct carved_yaml_reader *reader, yaml_mark_t mark, enum carved_code code, const char *name, const char *value)
{
	carved_error_set(&reader->error, code);
	if (name)
		carved_error_add(&reader->error, name, value);
	return fail_at(reader, mark);
}

static yaml_mark_t mark_of_offset(const struct carved_yaml_reader *reader, size_t offset)
{
	yaml_mark_t mark = {0};
	for (size_t i = 0; i < offset && i < reader->length; i++) {
		bool end = reader->text[i] == '\n';
		mark.line += end;
		mark.column = end ? 0 : mark.column + (((unsigned char)reader->text[i] & 0xC0) != 0x80);
	}
	return mark;
}

// libyaml forces a line break at the end of its input: a problem found there stands on a line that does not exist.
static yaml_mark_t real_mark(const struct carved_yaml_reader *reader, yaml_mark_t mark)
{
	yaml_mark_t end = mark_of_offset(reader, reader->length);
	return mark.line > end.line ? end : mark;
}

static bool refuse_syntax(struct carved_yaml_reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	const char *problem = parser->problem ? parser->problem : "";
	if (parser->error == YAML_MEMORY_ERROR)
		carved_out_of_memory();
	if (parser->error == YAML_READER_ERROR) {
		bool control = strstr(problem, "control") != NULL;
		yaml_mark_t mark = mark_of_offset(reader, parser->problem_offset);
		if (control)
			return refuse(reader, mark, CARVED_SYNTAX_INVALID, NULL, NULL);
		return refuse(reader, mark, CARVED_UTF8_INVALID, NULL, NULL);
	}
	// The two that people meet most get words of their own.
	bool tab = strstr(problem, "cannot start any token") && parser->buffer.pointer && *parser->buffer.pointer == '\t';
	if (tab || strstr(problem, "tab character"))
		return refuse(reader, parser->problem_mark, CARVED_YAML_TAB, NULL, NULL);
	if (strstr(problem, "mapping values are not allowed"))
		return refuse(reader, parser->problem_mark, CARVED_YAML_COLON, NULL, NULL);
	carved_fail_syntax(&reader->error, problem);
	return fail_at(reader, real_mark(reader, parser->problem_mark));
}

// Line breaks to YAML 1.1 that are characters like any other to YAML 1.2.
static const struct {
	const char *bytes, *name;
} doubtful_breaks[] = {{"\xC2\x85", "U+0085"}, {"\xE2\x80\xA8", "U+2028"}, {"\xE2\x80\xA9", "U+2029"}};
enum { DOUBTFUL_BREAKS = sizeof doubtful_breaks / sizeof *doubtful_breaks };

static bool check_line_breaks(struct carved_yaml_reader *reader)
{
	for (size_t i = 0; i < DOUBTFUL_BREAKS; i++) {
		const char *bytes = doubtful_breaks[i].bytes;
		const char *found = memmem(reader->text, reader->length, bytes, strlen(bytes));
		if (found)
			return refuse(reader, mark_of_offset(reader, (size_t)(found - reader->text)), CARVED_YAML_LINE_BREAK,
				"character", doubtful_breaks[i].name);
	}
	return true;
}

static struct carved_node *add_node(struct carved_yaml_reader *reader, yaml_mark_t mark)
{
	struct carved_node *node = carved_arena_alloc(reader->arena, sizeof *node);
	node->line = (uint32_t)mark.line + 1;
	node->column = (uint32_t)mark.column + 1;
	if (!reader->depth) {
		reader->root = node;
		return node;
	}
	struct frame *frame = &reader->stack[reader->depth - 1];
	node->key = frame->key;
	node->key_line = frame->key_line;
	node->key_column = frame->key_column;
	frame->key = NULL;
	if (frame->last)
		frame->last->next = node;
	else
		frame->node->first = node;
	frame->last = node;
	frame->node->count++;
	return node;
}

static bool wants_key(const struct carved_yaml_reader *reader)
{
	const struct frame *frame = reader->depth ? &reader->stack[reader->depth - 1] : NULL;
	return frame && frame->node->kind == CARVED_NODE_MAP && !frame->key;
}

static bool check_decoration(
	struct carved_yaml_reader *reader, yaml_mark_t mark, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		return refuse(reader, mark, CARVED_YAML_ANCHOR, "name", (const char *)anchor);
	if (tag)
		return refuse(reader, mark, CARVED_YAML_TAG, "tag", (const char *)tag);
	return true;
}

static bool read_key(struct carved_yaml_reader *reader, const yaml_event_t *event)
{
	struct frame *frame = &reader->stack[reader->depth - 1];
	yaml_scalar_style_t style = event->data.scalar.style;
	bool plain = style == YAML_PLAIN_SCALAR_STYLE;
	bool word = plain ? event->data.scalar.length > 0
			  : style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	if (!word)
		return refuse(reader, event->start_mark, CARVED_YAML_KEY_NOT_A_WORD, NULL, NULL);
	frame->key = carved_arena_strndup(reader->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
	frame->key_line = (uint32_t)event->start_mark.line + 1;
	frame->key_column = (uint32_t)event->start_mark.column + 1;
	return true;
}

static bool read_scalar(struct carved_yaml_reader *reader, const yaml_event_t *event)
{
	const char *value = (const char *)event->data.scalar.value;
	size_t length = event->data.scalar.length;
	if (!check_decoration(reader, event->start_mark, event->data.scalar.anchor, event->data.scalar.tag))
		return false;
	if (memchr(value, '\0', length))
		return refuse(reader, event->start_mark, CARVED_NUL_IN_TEXT, NULL, NULL);
	if (wants_key(reader))
		return read_key(reader, event);
	struct carved_node *node = add_node(reader, event->start_mark);
	node->text = carved_arena_strndup(reader->arena, value, length);
	node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	node->kind = CARVED_NODE_STRING;
	if (node->plain && !carved_yaml_scalar_resolve(node))
		return refuse(reader, event->start_mark, CARVED_NUMBER_TOO_LARGE, "text", node->text);
	return true;
}

static bool open_container(struct carved_yaml_reader *reader, const yaml_event_t *event, enum carved_node_kind kind)
{
	bool map = kind == CARVED_NODE_MAP;
	if (wants_key(reader))
		return refuse(reader, event->start_mark, CARVED_YAML_KEY_NOT_A_WORD, NULL, NULL);
	if (!check_decoration(reader, event->start_mark,
		    map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
		    map ? event->data.mapping_start.tag : event->data.sequence_start.tag))
		return false;
	if (reader->depth == DEEPEST) {
		carved_error_set(&reader->error, CARVED_NESTING_TOO_DEEP);
		carved_error_add_number(&reader->error, "max", DEEPEST);
		return fail_at(reader, event->start_mark);
	}
	struct carved_node *node = add_node(reader, event->start_mark);
	node->kind = kind;
	reader->stack[reader->depth++] = (struct frame){.node = node};
	return true;
}

static int compare_keys(const void *a, const void *b)
{
	const struct carved_node *x = *(const struct carved_node *const *)a, *y = *(const struct carved_node *const *)b;
	int order = strcmp(x->key, y->key);
	if (order)
		return order;
	if (x->key_line != y->key_line)
		return x->key_line < y->key_line ? -1 : 1;
	return x->key_column < y->key_column ? -1 : 1;
}

// The second occurrence of a key in a large map; sorting keeps hostile maps from costing the square of their size.
static const struct carved_node *find_repeated_sorted(const struct carved_node *map)
{
	const struct carved_node **members = carved_alloc_array(map->count, sizeof *members);
	const struct carved_node *repeated = NULL;
	size_t count = 0;
	for (const struct carved_node *member = map->first; member; member = member->next)
		members[count++] = member;
	qsort(members, count, sizeof *members, compare_keys);
	for (size_t i = 1; i < count && !repeated; i++) {
		if (strcmp(members[i - 1]->key, members[i]->key) == 0)
			repeated = members[i];
	}
	free(members);
	return repeated;
}

static const struct carved_node *find_repeated(const struct carved_node *map)
{
	if (map->count > FEW)
		return find_repeated_sorted(map);
	for (const struct carved_node *member = map->first; member; member = member->next) {
		for (const struct carved_node *earlier = map->first; earlier != member; earlier = earlier->next) {
			if (strcmp(earlier->key, member->key) == 0)
				return member;
		}
	}
	return NULL;
}

static bool close_container(struct carved_yaml_reader *reader)
{
	const struct carved_node *node = reader->stack[--reader->depth].node;
	const struct carved_node *repeated = node->kind == CARVED_NODE_MAP ? find_repeated(node) : NULL;
	if (!repeated)
		return true;
	yaml_mark_t mark = {.line = repeated->key_line - 1, .column = repeated->key_column - 1};
	return refuse(reader, mark, CARVED_KEY_TWICE, "key", repeated->key);
}

static bool start_document(struct carved_yaml_reader *reader, const yaml_event_t *event)
{
	reader->root = NULL;
	reader->depth = 0;
	if (event->data.document_start.version_directive ||
		event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
		return refuse(reader, event->start_mark, CARVED_YAML_DIRECTIVE, NULL, NULL);
	return true;
}

static bool take_event(struct carved_yaml_reader *reader, const yaml_event_t *event, bool *ret_document_ended)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return start_document(reader, event);
	case YAML_DOCUMENT_END_EVENT: // passed over where nothing stood in it
		*ret_document_ended = !(reader->root->plain && reader->root->kind == CARVED_NODE_NULL && !*reader->root->text);
		return true;
	case YAML_STREAM_END_EVENT:
		reader->ended = true;
		return true;
	case YAML_ALIAS_EVENT:
		return refuse(reader, event->start_mark, CARVED_YAML_ALIAS, "name", (const char *)event->data.alias.anchor);
	case YAML_SCALAR_EVENT:
		return read_scalar(reader, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_container(reader, event, CARVED_NODE_LIST);
	case YAML_MAPPING_START_EVENT:
		return open_container(reader, event, CARVED_NODE_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_container(reader);
	default:
		return true;
	}
}

static bool read_document(struct carved_yaml_reader *reader)
{
	bool document_ended = false;
	while (!document_ended && !reader->ended) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event))
			return refuse_syntax(reader);
		bool taken = take_event(reader, &event, &document_ended);
		yaml_event_delete(&event);
		if (!taken)
			return false;
	}
	return true;
}

bool carved_yaml_read(struct carved_yaml_reader *reader, struct carved_arena *arena, const struct carved_node **ret_root,
	struct carved_error *error, uint32_t *ret_line, uint32_t *ret_column)
{
	reader->arena = arena;
	if (!reader->failed && !reader->ended)
		reader->failed = (!reader->started && !check_line_breaks(reader)) || !read_document(reader);
	reader->started = true;
	if (reader->failed) {
		if (error)
			*error = reader->error;
		*ret_line = reader->line;
		*ret_column = reader->column;
		return false;
	}
	*ret_root = reader->ended ? NULL : reader->root;
	return true;
}

static int add_bytes(void *buffer, unsigned char *bytes, size_t length)
{
	carved_buffer_add(buffer, bytes, length);
	return 1;
}

static void emit(yaml_emitter_t *emitter, yaml_event_t *event, int made)
{
	if (!made)
		carved_out_of_memory();
	if (yaml_emitter_emit(emitter, event))
		return;
	if (emitter->error == YAML_MEMORY_ERROR)
		carved_out_of_memory();
	abort(); // our events are in order and our texts are UTF-8
}

static yaml_scalar_style_t style_of(const char *text)
{
	for (size_t i = 0; i < DOUBTFUL_BREAKS; i++) {
		if (strstr(text, doubtful_breaks[i].bytes))
			return YAML_DOUBLE_QUOTED_SCALAR_STYLE; // the only one that escapes them
	}
	return YAML_ANY_SCALAR_STYLE;
}

static void emit_text(yaml_emitter_t *emitter, const char *text, bool is_text)
{
	yaml_event_t event;
	bool plain = !is_text || carved_yaml_scalar_is_text(text);
	int made = yaml_scalar_event_initialize(
		&event, NULL, NULL, (const yaml_char_t *)text, (int)strlen(text), plain, is_text, style_of(text));
	emit(emitter, &event, made);
}

static void emit_number(yaml_emitter_t *emitter, const struct carved_node *node)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_json_format(node, &text); // JSON's numbers are YAML's too
	emit_text(emitter, text.data, false);
	carved_buffer_deinit(&text);
}

static void emit_node(yaml_emitter_t *emitter, const struct carved_node *node)
{
	yaml_event_t event;
	switch (node->kind) {
	case CARVED_NODE_MAP:
		emit(emitter, &event, yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE));
		for (const struct carved_node *member = node->first; member; member = member->next) {
			emit_text(emitter, member->key, true);
			emit_node(emitter, member);
		}
		emit(emitter, &event, yaml_mapping_end_event_initialize(&event));
		break;
	case CARVED_NODE_LIST:
		emit(emitter, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE));
		for (const struct carved_node *item = node->first; item; item = item->next)
			emit_node(emitter, item);
		emit(emitter, &event, yaml_sequence_end_event_initialize(&event));
		break;
	case CARVED_NODE_STRING:
		emit_text(emitter, node->text, true);
		break;
	case CARVED_NODE_BOOL:
		emit_text(emitter, node->boolean ? "true" : "false", false);
		break;
	case CARVED_NODE_NULL:
		emit_text(emitter, "null", false);
		break;
	default:
		emit_number(emitter, node);
	}
}

void carved_yaml_format(const struct carved_node *root, struct carved_buffer *buffer)
{
	yaml_emitter_t emitter;
	yaml_event_t event;
	if (!yaml_emitter_initialize(&emitter))
		carved_out_of_memory();
	yaml_emitter_set_output(&emitter, add_bytes, buffer);
	yaml_emitter_set_unicode(&emitter, 1);
	yaml_emitter_set_width(&emitter, -1);
	emit(&emitter, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(&emitter, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	emit_node(&emitter, root);
	emit(&emitter, &event, yaml_document_end_event_initialize(&event, 1));
	emit(&emitter, &event, yaml_stream_end_event_initialize(&event));
	yaml_emitter_delete(&emitter);
}
