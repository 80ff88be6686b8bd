// SPDX-License-Identifier: EUPL-1.2
// The JSON reader and writer. Oracle: a text is refused with a place inside it, or its tree, written compact or for people, is read back as an equal tree; and
// each value has one place, whether all places are added at once or its own is looked up by its pointer.
#include "carved/base/json.h"
#include "fuzz.h"

enum { POINTER_MAX = 512 };

struct place {
	const char *text;
	size_t length;
	char pointer[POINTER_MAX];
};

static void read_back(const struct carved_node *root, const struct carved_buffer *text)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_error error;
	const struct carved_node *again;
	uint32_t line, column;
	FUZZ_REQUIRE(carved_json_parse(text->data, text->length, &arena, &again, &error, &line, &column));
	FUZZ_REQUIRE(fuzz_same_tree(root, again));
	carved_arena_deinit(&arena);
}

static void round_trips(const struct carved_node *root)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_json_format(root, &text);
	read_back(root, &text);
	carved_buffer_clear(&text);
	carved_json_format_pretty(root, &text);
	read_back(root, &text);
	carved_buffer_deinit(&text);
}

// Adds a step to the pointer. Returns false where there is no room for it.
static bool add_step(struct place *place, size_t used, const char *key, size_t number)
{
	if (used + 2 * (key ? strlen(key) : 20) + 2 > POINTER_MAX)
		return false;
	char *at = place->pointer + used;
	*at++ = '/';
	if (!key) {
		sprintf(at, "%zu", number);
		return true;
	}
	for (; *key; key++) {
		if (*key == '~' || *key == '/')
			*at++ = '~';
		*at++ = *key == '~' ? '0' : *key == '/' ? '1' : *key;
	}
	*at = '\0';
	return true;
}

static void check_places(struct place *place, const struct carved_node *node)
{
	uint32_t line = 0, column = 0;
	size_t used = strlen(place->pointer), number = 0;
	FUZZ_REQUIRE(carved_json_locate(place->text, place->length, place->pointer, false, &line, &column));
	FUZZ_REQUIRE(line == node->line && column == node->column);
	if (node->key) {
		FUZZ_REQUIRE(carved_json_locate(place->text, place->length, place->pointer, true, &line, &column));
		FUZZ_REQUIRE(line == node->key_line && column == node->key_column);
	}
	for (const struct carved_node *child = node->first; child; child = child->next) {
		if (add_step(place, used, child->key, number++))
			check_places(place, child);
		place->pointer[used] = '\0';
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct place place = {.text = (const char *)data, .length = size};
	struct carved_error error;
	const struct carved_node *root;
	uint32_t line = 0, column = 0;
	if (carved_json_parse(place.text, size, &arena, &root, &error, &line, &column)) {
		round_trips(root);
		carved_json_add_positions(place.text, size, 1, root);
		check_places(&place, root);
	} else {
		FUZZ_REQUIRE(line >= 1 && column >= 1 && line <= size + 1 && column <= size + 1);
	}
	carved_arena_deinit(&arena);
	return 0;
}
