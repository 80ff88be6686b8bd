// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/data/icf.h"
#include <string.h>

static void every_category_is_found_under_its_own_code_in_order(void **state)
{
	(void)state;
	assert_int_equal(carved_icf_count(), 1424);
	for (size_t i = 0; i < carved_icf_count(); i++) {
		assert_int_equal(carved_icf_find(carved_icf_code((carved_icf)i)), i);
		if (i)
			assert_true(strcmp(carved_icf_code((carved_icf)(i - 1)), carved_icf_code((carved_icf)i)) < 0);
	}
}

static void the_parent_is_the_next_broader_category(void **state)
{
	(void)state;
	carved_icf narrow = carved_icf_find("b11420"), middle = carved_icf_find("b1142"), top = carved_icf_find("b114");
	assert_int_equal(carved_icf_parent(narrow), middle);
	assert_int_equal(carved_icf_parent(middle), top);
	assert_int_equal(carved_icf_parent(top), CARVED_ICF_NONE);
	for (size_t i = 0; i < carved_icf_count(); i++) {
		carved_icf parent = carved_icf_parent((carved_icf)i);
		bool is_top = strlen(carved_icf_code((carved_icf)i)) == 4;
		assert_int_equal(parent == CARVED_ICF_NONE, is_top);
		if (!is_top)
			assert_true(carved_icf_is_below((carved_icf)i, parent));
	}
}

static void below_means_the_category_itself_or_narrower(void **state)
{
	(void)state;
	carved_icf lifting = carved_icf_find("d4300"), carrying = carved_icf_find("d430"), hands = carved_icf_find("d440");
	assert_true(carved_icf_is_below(lifting, carrying));
	assert_true(carved_icf_is_below(carrying, carrying));
	assert_false(carved_icf_is_below(carrying, lifting));
	assert_false(carved_icf_is_below(lifting, hands));
}

static void chapters_blocks_and_components_are_groups_and_no_categories(void **state)
{
	static const char *const groups[] = {"d", "d4", "d430-d449"};
	static const char *const others[] = {"d430", "d4300", "d431", "x1", ""};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_true(carved_icf_is_group(groups[i]));
		assert_int_equal(carved_icf_find(groups[i]), CARVED_ICF_NONE);
	}
	for (size_t i = 0; i < 5; i++)
		assert_false(carved_icf_is_group(others[i]));
	assert_int_equal(carved_icf_find("d431"), CARVED_ICF_NONE);
}

static void a_label_is_the_own_one_or_that_of_the_nearest_broader_category(void **state)
{
	(void)state;
	for (int language = 0; language < CARVED_LANGUAGES; language++) {
		const char *broad = carved_icf_label(carved_icf_find("b114"), (enum carved_language)language);
		assert_non_null(broad);
		assert_string_equal(carved_icf_label(carved_icf_find("b11428"), (enum carved_language)language), broad);
	}
	assert_string_not_equal(carved_icf_label(carved_icf_find("b110"), CARVED_DUTCH),
		carved_icf_label(carved_icf_find("b110"), CARVED_ENGLISH));
	assert_null(carved_icf_label(carved_icf_find("s110"), CARVED_DUTCH));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_category_is_found_under_its_own_code_in_order),
		cmocka_unit_test(the_parent_is_the_next_broader_category),
		cmocka_unit_test(below_means_the_category_itself_or_narrower),
		cmocka_unit_test(chapters_blocks_and_components_are_groups_and_no_categories),
		cmocka_unit_test(a_label_is_the_own_one_or_that_of_the_nearest_broader_category),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
