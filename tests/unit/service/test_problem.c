// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "carved/base/json.h"
#include "service/problem.h"
#include <cmocka.h>
#include <stdlib.h>

struct formatted {
	struct carved_arena arena;
	struct carved_buffer text;
	const struct carved_node *root;
};

static void read_back(struct formatted *f)
{
	struct carved_error error;
	uint32_t line, column;
	assert_true(carved_json_parse(f->text.data, f->text.length, &f->arena, &f->root, &error, &line, &column));
}

static void release(struct formatted *f)
{
	carved_arena_deinit(&f->arena);
	carved_buffer_deinit(&f->text);
}

static void a_problem_has_type_title_status_code_detail_and_hint(void **state)
{
	(void)state;
	struct formatted f = {0};
	struct carved_error error;
	carved_error_set(&error, CARVED_PATH_NOT_FOUND);
	carved_error_add(&error, "path", "/v1/\"nothing\"");
	carved_problem_format(CARVED_ENGLISH, 404, &error, NULL, NULL, &f.text);
	read_back(&f);
	assert_string_equal(carved_node_get_text(f.root, "type", ""), "urn:carved:problem:path-not-found");
	assert_string_equal(carved_node_get_text(f.root, "title", ""), "Not Found");
	assert_int_equal(carved_node_get_integer(f.root, "status", 0), 404);
	assert_string_equal(carved_node_get_text(f.root, "code", ""), "path-not-found");
	assert_string_equal(carved_node_get_text(f.root, "detail", ""), "there is nothing at /v1/\"nothing\"");
	assert_string_equal(carved_node_get_text(f.root, "hint", ""), "docs/api.md lists what there is");
	assert_null(carved_node_get(f.root, "errors"));
	release(&f);
}

static void add(struct carved_findings *findings, bool warning, uint32_t document, const char *text)
{
	struct carved_finding *finding = carved_findings_add(findings);
	*finding = (struct carved_finding){
		.warning = warning, .document = document, .line = 3, .column = 7, .pointer = "/hours/min"};
	carved_error_set(&finding->error, CARVED_HOURS_NOT_A_QUARTER);
	carved_error_add(&finding->error, "text", text);
	findings->error_count += !warning;
}

static void findings_are_told_apart_in_the_language_asked_for(void **state)
{
	(void)state;
	struct formatted f = {0};
	struct carved_findings findings = {.dropped = 4};
	struct carved_document document = {.kind = CARVED_KIND_SITE, .ref = "S-1"}, *documents[] = {&document};
	uint32_t numbers[] = {5};
	struct carved_parsed parsed = {.documents = documents, .count = 1, .numbers = numbers};
	struct carved_error error;
	carved_error_set(&error, CARVED_DOCUMENTS_INVALID);
	carved_error_add_number(&error, "errors", 2);
	add(&findings, false, 5, "0.3");
	add(&findings, true, 5, "0.4");
	add(&findings, false, 6, "0.5");
	carved_problem_format(CARVED_DUTCH, 400, &error, &findings, &parsed, &f.text);
	read_back(&f);
	const struct carved_node *errors = carved_node_get(f.root, "errors"), *first = carved_node_first(errors);
	assert_int_equal(errors->count, 2);
	assert_int_equal(carved_node_get(f.root, "warnings")->count, 1);
	assert_int_equal(carved_node_get_integer(f.root, "dropped", 0), 4);
	assert_string_equal(carved_node_get_text(first, "code", ""), "hours-not-a-quarter");
	assert_string_equal(carved_node_get_text(first, "message", ""), "0.3 uur is geen heel aantal kwartieren");
	assert_string_equal(carved_node_get_text(first, "hint", ""), "rond af op .0, .25, .5 of .75");
	assert_string_equal(carved_node_get_text(first, "pointer", ""), "/hours/min");
	assert_string_equal(carved_node_get_text(first, "kind", ""), "site");
	assert_string_equal(carved_node_get_text(first, "ref", ""), "S-1");
	assert_int_equal(carved_node_get_integer(carved_node_get(first, "location"), "line", 0), 3);
	assert_int_equal(carved_node_get_integer(carved_node_get(first, "location"), "column", 0), 7);
	assert_null(carved_node_get(first->next, "ref")); // too wrong to become a document
	carved_findings_deinit(&findings);
	release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_problem_has_type_title_status_code_detail_and_hint),
		cmocka_unit_test(findings_are_told_apart_in_the_language_asked_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
