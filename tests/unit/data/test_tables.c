// SPDX-License-Identifier: EUPL-1.2
// The program of the build that makes C tables of the csv files: what it makes of right ones, and that wrong ones end the build with their place.
#include "support/carved_cmocka.h"
#include "support/folder.h"
#include <stdbool.h>
#include <sys/wait.h>

struct fixture {
	struct test_folder folder;
	char said[4000]; // standard error
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static void write_file(struct fixture *f, const char *name, const char *text)
{
	FILE *file = fopen(test_folder_file(&f->folder, name), "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static char *read_file(const char *path)
{
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	size_t length = (size_t)ftell(file);
	rewind(file);
	char *text = malloc(length + 1);
	assert_int_equal(fread(text, 1, length, file), length);
	text[length] = '\0';
	fclose(file);
	return text;
}

// Runs the program on arguments within the test's folder. Returns its exit status.
static int run(struct fixture *f, const char *arguments)
{
	char command[1000];
	snprintf(command, sizeof command, "cd %s && %s %s 2>said", f->folder.path, TABLES, arguments);
	int status = system(command);
	char *said = read_file(test_folder_file(&f->folder, "said"));
	snprintf(f->said, sizeof f->said, "%s", said);
	free(said);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

#define CODES "code,kind\nd4,chapter\nd430,category\nd4300,category\nd450,category\n"
#define LABELS "code,nl,en\nd430,\"tillen, dragen\",\"lifting\\carrying\"\n"
#define POSTCODES "postcode,latitude,longitude\n1011,52.3729,4.9008\n9999,53.3,6.75\n"

static int run_on(struct fixture *f, const char *codes, const char *labels, const char *postcodes)
{
	write_file(f, "codes.csv", codes);
	write_file(f, "labels.csv", labels);
	write_file(f, "postcodes.csv", postcodes);
	return run(f, "codes.csv labels.csv postcodes.csv out.c");
}

static void codes_get_their_parents_and_labels_and_postcodes_keep_their_digits(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(run_on(f, CODES, LABELS, POSTCODES), 0);
	char *made = read_file(test_folder_file(&f->folder, "out.c"));
	assert_string_equal(made,
		"#include \"tables.h\"\n"
		"const struct carved_icf_row carved_icf_rows[] = {\n"
		"{\"d430\", 65535, \"tillen, dragen\", \"lifting\\\\carrying\"},\n"
		"{\"d4300\", 0, NULL, NULL},\n"
		"{\"d450\", 65535, NULL, NULL},\n"
		"};\nconst size_t carved_icf_row_count = 3;\n"
		"const char *const carved_icf_groups[] = {\n\"d4\",\n};\nconst size_t carved_icf_group_count = 1;\n"
		"const struct carved_postcode_row carved_postcode_rows[] = {\n"
		"{1011, 52.3729, 4.9008},\n{9999, 53.3, 6.75},\n"
		"};\nconst size_t carved_postcode_row_count = 2;\n");
	free(made);
}

static void the_files_that_ship_make_what_is_compiled(void **state)
{
	struct fixture *f = *state;
	const char *data = CARVED_SOURCE_DIR "/lib/data";
	char arguments[1000];
	snprintf(arguments, sizeof arguments, "%s/icf_codes.csv %s/icf_labels.csv %s/postcodes.csv out.c", data, data, data);
	assert_int_equal(run(f, arguments), 0);
	char *made = read_file(test_folder_file(&f->folder, "out.c")), *compiled = read_file(TABLES_MADE);
	assert_string_equal(made, compiled);
	free(made);
	free(compiled);
}

static void expect_refused(void **state, const char *codes, const char *labels, const char *postcodes, const char *why)
{
	struct fixture *f = *state;
	assert_int_equal(run_on(f, codes, labels, postcodes), 1);
	assert_string_equal(f->said, why);
}

static void a_row_that_is_wrong_ends_the_build_with_file_and_line(void **state)
{
	expect_refused(state, CODES "d460\n", LABELS, POSTCODES, "codes.csv:6: a column is missing\n");
	expect_refused(state, CODES "d460,category,x\n", LABELS, POSTCODES, "codes.csv:6: too many columns\n");
	expect_refused(
		state, CODES "d4600000000000000,category\n", LABELS, POSTCODES, "codes.csv:6: too many codes, or too long\n");
	expect_refused(state, CODES, LABELS "d4,x,y\n", POSTCODES, "labels.csv:3: not a category of ICF\n");
	expect_refused(state, CODES, LABELS "d999,x,y\n", POSTCODES, "labels.csv:3: not a category of ICF\n");
	expect_refused(
		state, CODES, LABELS "a code that is far too long,x,y\n", POSTCODES, "labels.csv:3: not a category of ICF\n");
	expect_refused(state, CODES, LABELS, "", "postcodes.csv:0: can't be read\n");
	char label[400];
	snprintf(label, sizeof label, LABELS "d450,%0200d,x\n", 1);
	expect_refused(state, CODES, label, POSTCODES, "labels.csv:3: a column is too long\n");
}

static void postcodes_out_of_order_or_without_a_centre_end_the_build(void **state)
{
	static const char *const rows[] = {
		"9999,53.3,6.7", "10000,53.3,6.7", "9999x,53.3,6.7", "1012,north,6.7", "1012,53.3,", "1012,,4.9"};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char postcodes[200];
		snprintf(postcodes, sizeof postcodes,
			i == 0 ? POSTCODES "%s\n" : "postcode,latitude,longitude\n1011,52.37,4.9\n%s\n", rows[i]);
		expect_refused(state, CODES, LABELS, postcodes,
			i == 0 ? "postcodes.csv:4: not a postcode with its centre, in order\n"
			       : "postcodes.csv:3: not a postcode with its centre, in order\n");
	}
}

static void wrong_arguments_and_files_that_are_not_there_are_told(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(run(f, "codes.csv"), 2);
	assert_string_equal(f->said, "usage: tables CODES LABELS POSTCODES OUTPUT\n");
	assert_int_equal(run(f, "absent.csv labels.csv postcodes.csv out.c"), 1);
	assert_string_equal(f->said, "absent.csv:0: can't be read\n");
	assert_int_equal(run_on(f, CODES, LABELS, POSTCODES), 0);
	assert_int_equal(run(f, "codes.csv labels.csv postcodes.csv nowhere/out.c"), 1);
	assert_string_equal(f->said, "nowhere/out.c: No such file or directory\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(codes_get_their_parents_and_labels_and_postcodes_keep_their_digits),
		TEST(the_files_that_ship_make_what_is_compiled),
		TEST(a_row_that_is_wrong_ends_the_build_with_file_and_line),
		TEST(postcodes_out_of_order_or_without_a_centre_end_the_build),
		TEST(wrong_arguments_and_files_that_are_not_there_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
