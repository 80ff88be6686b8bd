// SPDX-License-Identifier: EUPL-1.2
// carved-openapi, the program of the build that puts the OpenAPI document together: what it makes of the parts that ship, and that wrong ones end the build, saying
// why.
#include "support/build_program.h"

#define WHOLE                                                                                                                    \
	"every: {response: {description: all}, operation: {tags: [x]}}\n"                                                        \
	"servers: [{url: \"http://localhost/v1\"}]\n"                                                                            \
	"paths: {/v1/a: {get: {responses: {'200': {}}}}, /metrics: {get: {responses: {}}}}\n"                                    \
	"components: {schemas: {}}\n"

static int run_on(void **state, const char *first, const char *second)
{
	build_program_write(*state, "first.yaml", first);
	build_program_write(*state, "second.yaml", second);
	return build_program_run(*state, OPENAPI, "out.json first.yaml second.yaml");
}

static void expect_refused(void **state, const char *first, const char *second, const char *why)
{
	struct build_program *f = *state;
	assert_int_equal(run_on(state, first, second), 1);
	if (!strstr(f->said, why))
		fail_msg("it says: %s", f->said);
}

static void the_parts_that_ship_make_the_document_that_is_served(void **state)
{
	struct build_program *f = *state;
	assert_int_equal(build_program_run(f, OPENAPI, "out.json " OPENAPI_PARTS), 0);
	build_program_expect_same(test_folder_file(&f->folder, "out.json"), OPENAPI_MADE);
}

static void what_holds_everywhere_is_added_and_paths_are_told_from_their_server(void **state)
{
	struct build_program *f = *state;
	assert_int_equal(run_on(state, WHOLE, "info: {title: t}\n"), 0);
	char *made = build_program_read(test_folder_file(&f->folder, "out.json"));
	assert_non_null(strstr(made, "\"/a\""));
	assert_null(strstr(made, "\"/v1/a\""));
	assert_non_null(strstr(made, "\"description\": \"all\""));
	assert_null(strstr(made, "\"every\""));
	free(made);
}

static void parts_that_are_wrong_end_the_build(void **state)
{
	expect_refused(state, "x: 1\n", "x: 2\n", "'x' is said twice");
	expect_refused(state, "x: [1\n", "", "first.yaml:2:");
	expect_refused(state, "[1]\n", "", "is no map");
	expect_refused(state, "x: 1\n", "y: 2\n", "every: is missing");
	expect_refused(
		state, WHOLE, "x: {$ref: \"#/components/schemas/Nobody\"}\n", "#/components/schemas/Nobody: leads nowhere");
	expect_refused(state, WHOLE, "x: {$ref: \"other.yaml\"}\n", "other.yaml: leads nowhere");
	expect_refused(state, "every: {}\nservers: [{url: \"http://localhost\"}]\npaths: {}\ncomponents: {}\n", "x: 1\n",
		"has no base path");
}

static void wrong_arguments_and_files_that_are_not_there_are_told(void **state)
{
	struct build_program *f = *state;
	assert_int_equal(build_program_run(f, OPENAPI, "out.json"), 2);
	assert_non_null(strstr(f->said, "usage: "));
	assert_int_equal(build_program_run(f, OPENAPI, "out.json absent.yaml"), 1);
	assert_non_null(strstr(f->said, "absent.yaml: can't be read"));
	build_program_write(f, "first.yaml", WHOLE);
	assert_int_equal(build_program_run(f, OPENAPI, "nowhere/out.json first.yaml"), 1);
	assert_non_null(strstr(f->said, "can't be written"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, build_program_set_up, build_program_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_parts_that_ship_make_the_document_that_is_served),
		TEST(what_holds_everywhere_is_added_and_paths_are_told_from_their_server),
		TEST(parts_that_are_wrong_end_the_build),
		TEST(wrong_arguments_and_files_that_are_not_there_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
