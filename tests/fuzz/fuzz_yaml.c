// SPDX-License-Identifier: EUPL-1.2
// The YAML reader and writer. Oracle: whatever bytes come in, the reader ends with trees or with an error that has a place inside the text; each tree that it
// gave, written as YAML, is read back as an equal tree, and as the only one.
#include "carved/base/yaml.h"
#include "fuzz.h"

static void round_trip(const struct carved_node *root)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_error error;
	const struct carved_node *again = NULL, *behind = NULL;
	uint32_t line, column;
	carved_yaml_format(root, &text);
	struct carved_yaml_reader *reader = carved_yaml_reader_new(text.data ? text.data : "", text.length);
	FUZZ_REQUIRE(carved_yaml_read(reader, &arena, &again, &error, &line, &column));
	FUZZ_REQUIRE(again && fuzz_same_tree(root, again));
	FUZZ_REQUIRE(carved_yaml_read(reader, &arena, &behind, &error, &line, &column) && !behind);
	carved_yaml_reader_free(reader);
	carved_arena_deinit(&arena);
	carved_buffer_deinit(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carved_yaml_reader *reader = carved_yaml_reader_new((const char *)data, size);
	struct carved_error error;
	const struct carved_node *root = NULL;
	bool more = true;
	while (more) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		uint32_t line = 0, column = 0;
		if (carved_yaml_read(reader, &arena, &root, &error, &line, &column)) {
			more = root != NULL;
			if (root)
				round_trip(root);
		} else {
			FUZZ_REQUIRE(error.code > CARVED_OK && error.code < CARVED_CODE_COUNT);
			FUZZ_REQUIRE(line >= 1 && column >= 1 && line <= size + 1 && column <= size + 1);
			FUZZ_REQUIRE(
				!carved_yaml_read(reader, &arena, &root, &error, &line, &column)); // failed once, failed for good
			more = false;
		}
		carved_arena_deinit(&arena);
	}
	carved_yaml_reader_free(reader);
	return 0;
}
