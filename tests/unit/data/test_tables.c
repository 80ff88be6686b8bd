// SPDX-License-Identifier: EUPL-1.2
// The program of the build that makes C tables of the csv files: what it makes of right ones, and that wrong ones end the build with their place.
#include "support/build_program.h"

#define CODES "code,kind\nd4,chapter\nd430,category\nd4300,category\nd450,category\n"
#define LABELS "code,nl,en\nd430,\"tillen, dragen\",\"lifting\\carrying\"\n"
#define POSTCODES "postcode,latitude,longitude\n1011,52.3729,4.9008\n9999,53.3,6.75\n"

#define TOWNS "town,lat,lon\n's-Gravenhage,52.0696,4.3006\n\"Ee, \",53.3,6.1\n"

static int run_on(struct build_program *f, const char *codes, const char *labels, const char *postcodes)
{
	build_program_write(f, "codes.csv", codes);
	build_program_write(f, "labels.csv", labels);
	build_program_write(f, "postcodes.csv", postcodes);
	build_program_write(f, "towns.csv", TOWNS);
	return build_program_run(f, TABLES, "codes.csv labels.csv postcodes.csv towns.csv out.c");
}

static void codes_get_their_parents_and_labels_and_postcodes_keep_their_digits(void **state)
{
	struct build_program *f = *state;
	assert_int_equal(run_on(f, CODES, LABELS, POSTCODES), 0);
	char *made = build_program_read(test_folder_file(&f->folder, "out.c"));
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
		"};\nconst size_t carved_postcode_row_count = 2;\n"
		"const struct carved_town carved_town_rows[] = {\n"
		"{\"'s-Gravenhage\", {52.0696, 4.3006}},\n{\"Ee, \", {53.3, 6.1}},\n"
		"};\nconst size_t carved_town_row_count = 2;\n");
	free(made);
}

static void the_files_that_ship_make_what_is_compiled(void **state)
{
	struct build_program *f = *state;
	const char *data = CARVED_SOURCE_DIR "/lib/data";
	char arguments[1000];
	snprintf(arguments, sizeof arguments, "%s/icf_codes.csv %s/icf_labels.csv %s/postcodes.csv %s/towns.csv out.c", data,
		data, data, data);
	assert_int_equal(build_program_run(f, TABLES, arguments), 0);
	build_program_expect_same(test_folder_file(&f->folder, "out.c"), TABLES_MADE);
}

static void expect_refused(void **state, const char *codes, const char *labels, const char *postcodes, const char *why)
{
	struct build_program *f = *state;
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

static void a_town_without_a_name_or_a_centre_ends_the_build(void **state)
{
	static const char *const rows[] = {",53.3,6.7", "Ee,north,6.7", "Ee,53.3,6.7x", "Ee,,"};
	struct build_program *f = *state;
	assert_int_equal(run_on(f, CODES, LABELS, POSTCODES), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char towns[100];
		snprintf(towns, sizeof towns, "town,lat,lon\n%s\n", rows[i]);
		build_program_write(f, "towns.csv", towns);
		assert_int_equal(build_program_run(f, TABLES, "codes.csv labels.csv postcodes.csv towns.csv out.c"), 1);
		assert_string_equal(f->said, "towns.csv:2: not a town with its centre\n");
	}
}

static void wrong_arguments_and_files_that_are_not_there_are_told(void **state)
{
	struct build_program *f = *state;
	assert_int_equal(build_program_run(f, TABLES, "codes.csv"), 2);
	assert_string_equal(f->said, "usage: tables CODES LABELS POSTCODES TOWNS OUTPUT\n");
	assert_int_equal(build_program_run(f, TABLES, "absent.csv labels.csv postcodes.csv towns.csv out.c"), 1);
	assert_string_equal(f->said, "absent.csv:0: can't be read\n");
	assert_int_equal(run_on(f, CODES, LABELS, POSTCODES), 0);
	assert_int_equal(build_program_run(f, TABLES, "codes.csv labels.csv postcodes.csv towns.csv nowhere/out.c"), 1);
	assert_string_equal(f->said, "nowhere/out.c: No such file or directory\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, build_program_set_up, build_program_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(codes_get_their_parents_and_labels_and_postcodes_keep_their_digits),
		TEST(the_files_that_ship_make_what_is_compiled),
		TEST(a_row_that_is_wrong_ends_the_build_with_file_and_line),
		TEST(postcodes_out_of_order_or_without_a_centre_end_the_build),
		TEST(a_town_without_a_name_or_a_centre_ends_the_build),
		TEST(wrong_arguments_and_files_that_are_not_there_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
