// SPDX-License-Identifier: EUPL-1.2
// The target of a request. Oracle: what is accepted decodes to clean text (no NUL, no control characters); every byte of the decoded path,
// percent-encoded, decodes to the same path; a key and a value of any bytes that decode are found again in a query made of them.
#include "carved/base/buffer.h"
#include "fuzz.h"
#include "server/target.h"

static void encode(const char *text, size_t length, struct carved_buffer *encoded)
{
	for (size_t i = 0; i < length; i++)
		carved_buffer_printf(encoded, "%%%02X", (unsigned char)text[i]);
}

static void check_clean(const char *text)
{
	for (; *text; text++)
		FUZZ_REQUIRE((unsigned char)*text >= 0x20 && *text != 0x7F);
}

static void check_target(const char *target, struct carved_arena *arena)
{
	const char *path = NULL, *query = NULL, *again = NULL, *none = NULL;
	if (carved_target_split(target, arena, &path, &query))
		return;
	FUZZ_REQUIRE(path[0] == '/');
	check_clean(path);
	struct carved_buffer encoded = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&encoded, "/");
	encode(path + 1, strlen(path + 1), &encoded);
	FUZZ_REQUIRE(!carved_target_split(encoded.data, arena, &again, &none));
	FUZZ_REQUIRE(strcmp(path, again) == 0 && *none == '\0');
	carved_buffer_deinit(&encoded);
	bool valid;
	const char *value = carved_target_query(query, "limit", arena, &valid);
	FUZZ_REQUIRE(!value || valid);
	if (value)
		check_clean(value);
}

// The bytes are a key up to the first '=', then a value.
static void check_query(const char *bytes, size_t length, struct carved_arena *arena)
{
	const char *split = memchr(bytes, '=', length);
	size_t key_length = split ? (size_t)(split - bytes) : length, value_length = split ? length - key_length - 1 : 0;
	const char *key = carved_target_decode(bytes, key_length, true, arena);
	const char *value = split ? carved_target_decode(split + 1, value_length, true, arena) : "";
	if (!key || !value)
		return;
	struct carved_buffer query = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&query, "&&");
	encode(key, strlen(key), &query);
	carved_buffer_add_text(&query, "=");
	encode(value, strlen(value), &query);
	carved_buffer_add_text(&query, "&x=1");
	bool valid;
	const char *found = carved_target_query(query.data, key, arena, &valid);
	FUZZ_REQUIRE(valid && found);
	FUZZ_REQUIRE(strcmp(found, *key ? value : "") == 0); // an empty key is found before the first '&'
	carved_buffer_deinit(&query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	check_target(carved_arena_strndup(&arena, (const char *)data, size), &arena);
	check_query((const char *)data, size, &arena);
	carved_arena_deinit(&arena);
	return 0;
}
