// SPDX-License-Identifier: EUPL-1.2
// Finds the place of a value in a JSON text. The text was accepted by carved_json_parse before, so this scanner may trust its syntax: it only counts.
#include "carved/base/json.h"
#include <string.h>

struct place {
	size_t offset;
	uint32_t line, column; // columns count characters
};

struct scanner {
	const char *text;
	size_t length;
	struct place at;
};

static bool at_end(const struct scanner *s)
{
	return s->at.offset >= s->length;
}

static char peek(const struct scanner *s)
{
	return at_end(s) ? '\0' : s->text[s->at.offset];
}

static void step(struct scanner *s)
{
	unsigned char byte = (unsigned char)s->text[s->at.offset++];
	if (byte == '\n') {
		s->at.line++;
		s->at.column = 1;
	} else if ((at_end(s) ? 0 : (unsigned char)s->text[s->at.offset] & 0xC0) != 0x80) {
		s->at.column++; // a character counts once, when its last byte is passed
	}
}

static void skip_space(struct scanner *s)
{
	while (!at_end(s) && strchr(" \t\r\n", peek(s)))
		step(s);
}

static void skip_text(struct scanner *s)
{
	step(s);
	while (!at_end(s) && peek(s) != '"') {
		if (peek(s) == '\\')
			step(s);
		if (!at_end(s))
			step(s);
	}
	if (!at_end(s))
		step(s);
}

static void skip_value(struct scanner *s)
{
	int depth = 0;
	do {
		char c = peek(s);
		if (c == '"') {
			skip_text(s);
		} else if (c == '{' || c == '[') {
			depth++;
			step(s);
		} else if (c == '}' || c == ']') {
			depth--;
			step(s);
		} else if (depth) {
			step(s);
		} else {
			while (!at_end(s) && !strchr(",]} \t\r\n", peek(s)))
				step(s);
		}
	} while (depth > 0 && !at_end(s));
}

// Steps over what separates two members or items; false where the container ends.
static bool skip_comma(struct scanner *s)
{
	skip_space(s);
	if (peek(s) != ',')
		return false;
	step(s);
	skip_space(s);
	return true;
}

// Steps into a container. Returns false where it is empty or none of that kind.
static bool enter(struct scanner *s, char bracket)
{
	if (peek(s) != bracket)
		return false;
	step(s);
	skip_space(s);
	return peek(s) != (bracket == '{' ? '}' : ']');
}

static bool key_is(const struct scanner *s, size_t from, size_t to, const char *key)
{
	const char *raw = s->text + from;
	size_t length = to - from;
	if (!memchr(raw, '\\', length))
		return length == strlen(key) + 2 && memcmp(raw + 1, key, length - 2) == 0;
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *node;
	struct carved_error error;
	uint32_t line, column;
	bool same = carved_json_parse(raw, length, &arena, &node, &error, &line, &column) && strcmp(node->text, key) == 0;
	carved_arena_deinit(&arena);
	return same;
}

static bool find_member(struct scanner *s, const char *key, struct place *ret_key)
{
	if (!enter(s, '{'))
		return false;
	do {
		struct place place = s->at;
		skip_text(s);
		bool found = key_is(s, place.offset, s->at.offset, key);
		skip_space(s);
		step(s); // the colon
		skip_space(s);
		if (found) {
			*ret_key = place;
			return true;
		}
		skip_value(s);
	} while (skip_comma(s));
	return false;
}

static bool find_item(struct scanner *s, const char *index)
{
	size_t wanted = 0;
	if (!*index || strlen(index) > 9 || strspn(index, "0123456789") != strlen(index))
		return false;
	for (; *index; index++)
		wanted = wanted * 10 + (size_t)(*index - '0');
	if (!enter(s, '['))
		return false;
	for (; wanted; wanted--) {
		skip_value(s);
		if (!skip_comma(s))
			return false;
	}
	return true;
}

// Goes to the value that `pointer` names; *ret_key is where its key begins, or itself in a list.
static bool go_to(struct scanner *s, const char *pointer, struct place *ret_key)
{
	char name[CARVED_POINTER_STEP_MAX];
	skip_space(s);
	*ret_key = s->at;
	while (*pointer == '/') {
		pointer = carved_pointer_step(pointer, name);
		bool map = peek(s) == '{';
		if (!(map ? find_member(s, name, ret_key) : find_item(s, name)))
			return false;
		if (!map)
			*ret_key = s->at;
	}
	return *pointer == '\0';
}

bool carved_json_locate(
	const char *text, size_t length, const char *pointer, bool of_key, uint32_t *ret_line, uint32_t *ret_column)
{
	struct scanner s = {.text = text, .length = length, .at = {.line = 1, .column = 1}};
	struct place key;
	if (!go_to(&s, pointer, &key))
		return false;
	*ret_line = of_key ? key.line : s.at.line;
	*ret_column = of_key ? key.column : s.at.column;
	return true;
}

bool carved_json_slice(const char *text, size_t length, const char *pointer, const char **ret_value, size_t *ret_length)
{
	struct scanner s = {.text = text, .length = length, .at = {.line = 1, .column = 1}};
	struct place key;
	if (!go_to(&s, pointer, &key) || at_end(&s))
		return false;
	size_t begin = s.at.offset;
	skip_value(&s);
	*ret_value = text + begin;
	*ret_length = s.at.offset - begin;
	return true;
}

// Tree and text have the same order: jansson keeps that of the members, and none is there twice.
static void add_positions(struct scanner *s, struct carved_node *node)
{
	node->line = s->at.line;
	node->column = s->at.column;
	if (node->kind != CARVED_NODE_MAP && node->kind != CARVED_NODE_LIST) {
		skip_value(s);
		return;
	}
	step(s);
	skip_space(s);
	for (struct carved_node *child = node->first; child; child = child->next) {
		if (child->key) {
			child->key_line = s->at.line;
			child->key_column = s->at.column;
			skip_text(s);
			skip_space(s);
			step(s); // the colon
			skip_space(s);
		}
		add_positions(s, child);
		skip_comma(s);
	}
	step(s);
}

void carved_json_add_positions(const char *text, size_t length, uint32_t line, const struct carved_node *root)
{
	struct scanner s = {.text = text, .length = length, .at = {.line = line, .column = 1}};
	skip_space(&s);
	add_positions(&s, (struct carved_node *)(uintptr_t)root); // made by this module, and by its caller's wish not final yet
}
