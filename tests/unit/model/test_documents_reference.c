// SPDX-License-Identifier: EUPL-1.2
// docs/documents.md is what the schema says, and its examples are right.
#include "support/carved_cmocka.h"

#include "carved/model/region.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REFERENCE CARVED_SOURCE_DIR "/docs/documents.md"

static void read_file(const char *path, struct carved_buffer *buffer)
{
	char block[4096];
	FILE *file = fopen(path, "r");
	if (!file)
		fail_msg("%s can't be read", path);
	for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
		carved_buffer_add(buffer, block, got);
	fclose(file);
}

static void the_committed_reference_is_what_the_schema_says(void **state)
{
	struct carved_buffer committed = CARVED_BUFFER_INIT, made = CARVED_BUFFER_INIT;
	char path[] = "/tmp/carved-documents-XXXXXX", command[600];
	(void)state;
	int file = mkstemp(path);
	assert_true(file >= 0);
	snprintf(command, sizeof command, "'%s/lib/model/carved-docgen' '%s'", CARVED_BINARY_DIR, path);
	assert_int_equal(system(command), 0);
	read_file(path, &made);
	remove(path);
	read_file(REFERENCE, &committed);
	if (strcmp(made.data, committed.data) != 0)
		fail_msg("run %s/lib/model/carved-docgen %s and commit it", CARVED_BINARY_DIR, REFERENCE);
	carved_buffer_deinit(&committed);
	carved_buffer_deinit(&made);
}

// All examples together make a region in which everything agrees.
static void its_examples_parse_and_agree_without_a_finding(void **state)
{
	struct carved_buffer reference = CARVED_BUFFER_INIT, text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	struct carved_region_change changes[CARVED_KINDS];
	carved_date today = 0;
	(void)state;
	read_file(REFERENCE, &reference);
	for (const char *at = reference.data; (at = strstr(at, "```yaml\n")) != NULL;) {
		at += strlen("```yaml\n");
		const char *end = strstr(at, "```");
		carved_buffer_add_text(&text, "---\n");
		carved_buffer_add(&text, at, (size_t)(end - at));
		at = end;
	}
	assert_true(carved_date_parse("2026-11-22", &today, NULL));
	assert_true(carved_parse_documents(text.data, text.length, CARVED_FORMAT_YAML, today, NULL, &parsed, &findings));
	assert_int_equal(parsed.count, CARVED_KINDS);
	for (size_t i = 0; i < parsed.count; i++)
		changes[i] =
			(struct carved_region_change){parsed.documents[i]->kind, parsed.documents[i]->ref, parsed.documents[i]};
	struct carved_region *empty = carved_region_new(), *region = carved_region_apply(empty, changes, CARVED_KINDS);
	assert_true(carved_region_check(region, &parsed, NULL, 0, &findings));
	if (findings.count)
		fail_msg("%s at %s", carved_code_name(findings.items[0].error.code), findings.items[0].pointer);
	carved_region_unref(empty);
	carved_region_unref(region);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&reference);
	carved_buffer_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_committed_reference_is_what_the_schema_says),
		cmocka_unit_test(its_examples_parse_and_agree_without_a_finding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
