// SPDX-License-Identifier: EUPL-1.2
// A request that is all mistakes. Each finding may say what was probably meant, and looking for that takes time: it is looked for only as long as somebody is told. Before that was so,
// these texts took minutes each; the test's timeout is the assertion.
#include "support/carved_cmocka.h"

#include "carved/base/buffer.h"
#include "carved/model/parse.h"

enum { DOCUMENTS = 1500, MISTAKES = 900 };

static void expect_all_counted(const struct carved_buffer *text)
{
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	assert_false(carved_parse_documents(text->data, text->length, CARVED_FORMAT_NDJSON, 20779, NULL, &parsed, &findings));
	assert_int_equal(findings.count, CARVED_FINDINGS_DEFAULT_LIMIT);
	assert_true(findings.error_count >= DOCUMENTS * MISTAKES);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
}

static void a_million_unknown_categories_are_counted(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	(void)state;
	for (int d = 0; d < DOCUMENTS; d++) {
		carved_buffer_printf(&text, "{\"kind\":\"candidate\",\"ref\":\"K-%d\",\"limitations\":{\"d430\":2", d);
		for (int i = 0; i < MISTAKES; i++)
			carved_buffer_printf(&text, ",\"d%dx\":2", 100000 + i);
		carved_buffer_add_text(&text, "}}\n");
	}
	expect_all_counted(&text);
	carved_buffer_deinit(&text);
}

static void a_million_unknown_keys_are_counted(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	(void)state;
	for (int d = 0; d < DOCUMENTS; d++) {
		carved_buffer_printf(&text, "{\"kind\":\"candidate\",\"ref\":\"K-%d\"", d);
		for (int i = 0; i < MISTAKES; i++)
			carved_buffer_printf(&text, ",\"availabel%d\":2", i);
		carved_buffer_add_text(&text, "}\n");
	}
	expect_all_counted(&text);
	carved_buffer_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_million_unknown_categories_are_counted),
		cmocka_unit_test(a_million_unknown_keys_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
