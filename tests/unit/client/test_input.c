// SPDX-License-Identifier: EUPL-1.2
#include "input.h"
#include "support/carved_cmocka.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum carve_format format_of(const char *name, const char *text)
{
	return carve_input_format(name, text, strlen(text));
}

static void the_name_tells_the_format(void **state)
{
	(void)state;
	assert_int_equal(format_of("a.yaml", "{\"kind\": \"coach\"}"), CARVE_YAML);
	assert_int_equal(format_of("a.YML", ""), CARVE_YAML);
	assert_int_equal(format_of("a.json", "{}\n{}"), CARVE_JSON);
	assert_int_equal(format_of("a.ndjson", "{}"), CARVE_NDJSON);
	assert_int_equal(format_of("a.jsonl", "{}"), CARVE_NDJSON);
}

static void the_bytes_tell_the_format_where_the_name_does_not(void **state)
{
	(void)state;
	assert_int_equal(format_of("-", "kind: coach\nref: C-03\n"), CARVE_YAML);
	assert_int_equal(format_of("-", "{kind: coach, ref: C-03, hours: 24}\n"), CARVE_YAML);
	assert_int_equal(format_of("-", "---\n{\"kind\": 1}"), CARVE_YAML);
	assert_int_equal(format_of("-", ""), CARVE_YAML);
	assert_int_equal(format_of("-", "\n {\"kind\": \"coach\"}\n"), CARVE_JSON);
	assert_int_equal(format_of("-", "{\n  \"kind\": \"}\\\"}\"\n}\n"), CARVE_JSON);
	assert_int_equal(format_of("-", "[{\"kind\": 1},\n{\"kind\": 2}]"), CARVE_JSON);
	assert_int_equal(format_of("-", "{\"a\": \"}\"}\n{\"a\": 2}\n"), CARVE_NDJSON);
	assert_int_equal(format_of("-", "{\"a\": \"[\n{\"a\": 2}\n"), CARVE_NDJSON); // a first line that is broken
}

static void the_media_type_follows_the_format(void **state)
{
	(void)state;
	assert_string_equal(carve_input_media_type(CARVE_YAML), "application/yaml");
	assert_string_equal(carve_input_media_type(CARVE_JSON), "application/json");
	assert_string_equal(carve_input_media_type(CARVE_NDJSON), "application/x-ndjson");
}

static bool is_single(enum carve_format format, const char *text, enum carve_kind *ret_kind, char **ret_ref)
{
	struct carve_input input = {.name = "-", .format = format};
	carved_buffer_add_text(&input.text, text);
	bool single = carve_input_is_single(&input, ret_kind, ret_ref);
	carve_input_deinit(&input);
	return single;
}

static void one_document_that_says_its_kind_and_ref_is_single(void **state)
{
	(void)state;
	enum carve_kind kind = CARVE_PLAN;
	char *ref = NULL;
	assert_true(is_single(CARVE_YAML, "---\nkind: coach\nref: C-03\nhours: 24\n", &kind, &ref));
	assert_int_equal(kind, CARVE_COACH);
	assert_string_equal(ref, "C-03");
	free(ref);
	assert_true(is_single(CARVE_YAML, "kind: site\nref: 14\n", &kind, &ref)); // a plain scalar is what was written
	assert_int_equal(kind, CARVE_SITE);
	assert_string_equal(ref, "14");
	free(ref);
	assert_true(is_single(CARVE_JSON, "{\"kind\": \"candidate\", \"ref\": \"K-1\"}", &kind, &ref));
	assert_int_equal(kind, CARVE_CANDIDATE);
	assert_string_equal(ref, "K-1");
	free(ref);
}

static void everything_else_is_for_the_import(void **state)
{
	(void)state;
	enum carve_kind kind = CARVE_PLAN;
	char *ref = NULL;
	assert_false(is_single(CARVE_YAML, "kind: coach\nref: C-03\n---\nkind: coach\nref: C-04\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "kind: coach\nref: C-03\n---\n: [", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "kind: coach\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "kind: couch\nref: C-03\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "kind: plan\nref: PL-1\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "kind: coach\nref: [C-03]\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "- kind: coach\n", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "a: [", &kind, &ref));
	assert_false(is_single(CARVE_YAML, "", &kind, &ref));
	assert_false(is_single(CARVE_JSON, "[{\"kind\": \"coach\", \"ref\": \"C-03\"}]", &kind, &ref));
	assert_false(is_single(CARVE_JSON, "{\"kind\": \"coach\", \"ref\": 3}", &kind, &ref));
	assert_false(is_single(CARVE_JSON, "{\"kind\": \"coach\"", &kind, &ref));
	assert_false(is_single(CARVE_NDJSON, "{\"kind\": \"coach\", \"ref\": \"C-03\"}", &kind, &ref));
	assert_int_equal(kind, CARVE_PLAN);
	assert_null(ref);
}

static void assert_unreadable(const char *bytes, size_t length, enum carved_code code, const char *format)
{
	char name[] = "/tmp/carve-test-XXXXXX";
	int file = mkstemp(name);
	struct carve_input input;
	struct carved_error error;
	assert_int_equal(write(file, bytes, length), length);
	close(file);
	assert_false(carve_input_read(name, &input, &error));
	unlink(name);
	assert_int_equal(error.code, code);
	assert_string_equal(carved_error_get(&error, "file"), name);
	assert_string_equal(carved_error_get(&error, "format"), format);
}

static void a_compressed_file_is_named_not_unpacked(void **state)
{
	(void)state;
	assert_unreadable("\x1f\x8b\x08\x00", 4, CARVED_INPUT_COMPRESSED, "gzip");
	assert_unreadable("\x28\xb5\x2f\xfd", 4, CARVED_INPUT_COMPRESSED, "zstd");
	assert_unreadable("BZh9", 4, CARVED_INPUT_COMPRESSED, "bzip2");
}

static void a_missing_file_says_so(void **state)
{
	(void)state;
	struct carve_input input;
	struct carved_error error;
	assert_false(carve_input_read("/nowhere/at/all.yaml", &input, &error));
	assert_int_equal(error.code, CARVED_INPUT_ABSENT);
	assert_string_equal(carved_error_get(&error, "file"), "/nowhere/at/all.yaml");
}

static void a_folder_is_no_file(void **state)
{
	(void)state;
	struct carve_input input;
	struct carved_error error;
	assert_false(carve_input_read("/tmp", &input, &error));
	assert_int_equal(error.code, CARVED_INPUT_FOLDER);
	assert_string_equal(carved_error_get(&error, "file"), "/tmp");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_name_tells_the_format),
		cmocka_unit_test(the_bytes_tell_the_format_where_the_name_does_not),
		cmocka_unit_test(the_media_type_follows_the_format),
		cmocka_unit_test(one_document_that_says_its_kind_and_ref_is_single),
		cmocka_unit_test(everything_else_is_for_the_import),
		cmocka_unit_test(a_compressed_file_is_named_not_unpacked),
		cmocka_unit_test(a_missing_file_says_so),
		cmocka_unit_test(a_folder_is_no_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
