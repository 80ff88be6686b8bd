// SPDX-License-Identifier: EUPL-1.2
// A plan's page, made of the overview of the demo region (overview.json beside this file) and of smaller and larger ones.
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include "carved/report/report.h"
#include "page.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plan_fixture {
	struct carved_arena arena;
	struct carved_buffer text, page;
	const struct carved_node *overview;
};

static void parse(struct plan_fixture *f)
{
	struct carved_error error;
	uint32_t line, column;
	assert_true(carved_json_parse(f->text.data, f->text.length, &f->arena, &f->overview, &error, &line, &column));
}

static void read_sample(struct plan_fixture *f)
{
	char part[4096];
	size_t length;
	FILE *file = fopen(CARVED_SOURCE_DIR "/tests/unit/report/overview.json", "r");
	assert_non_null(file);
	while ((length = fread(part, 1, sizeof part, file)) > 0)
		carved_buffer_add(&f->text, part, length);
	fclose(file);
	parse(f);
}

static int set_up(void **state)
{
	*state = calloc(1, sizeof(struct plan_fixture));
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	struct plan_fixture *f = *state;
	carved_buffer_deinit(&f->text);
	carved_buffer_deinit(&f->page);
	carved_arena_deinit(&f->arena);
	free(f);
	return 0;
}

static void make(struct plan_fixture *f, enum carved_language language)
{
	carved_buffer_clear(&f->page);
	carved_report_plan(f->overview, language, &f->page);
}

static bool page_has(const struct plan_fixture *f, const char *text)
{
	return strstr(f->page.data, text) != NULL;
}

// Every number below `node` stands on the page as a figure, and every text that is no word of ours as words.
static void expect_all(const struct plan_fixture *f, const struct carved_node *node)
{
	char figure[64];
	if (node->kind == CARVED_NODE_INTEGER || node->kind == CARVED_NODE_REAL) {
		double number = node->kind == CARVED_NODE_INTEGER ? (double)node->integer : node->real;
		snprintf(figure, sizeof figure, "<data value=\"%.15g\">", number);
		if (!page_has(f, figure))
			fail_msg("the figure %s %s is not on the page", node->key ? node->key : "-", figure);
	}
	for (const struct carved_node *child = carved_node_first(node); child; child = child->next)
		expect_all(f, child);
}

static void every_figure_of_the_overview_is_on_the_page(void **state)
{
	static const char *const members[] = {"value", "bound", "gap", "placed", "candidates", "hours", "progress", "proposals",
		"sites", "sectors", "banenafspraak", "coaches", "journeys"};
	struct plan_fixture *f = *state;
	read_sample(f);
	for (int language = 0; language < CARVED_LANGUAGES; language++) {
		make(f, (enum carved_language)language);
		for (size_t i = 0; i < sizeof members / sizeof *members; i++)
			expect_all(f, carved_node_get(f->overview, members[i]));
	}
}

static void everyone_is_on_the_page_by_ref(void **state)
{
	struct plan_fixture *f = *state;
	char words[64];
	read_sample(f);
	make(f, CARVED_DUTCH);
	for (int i = 1; i <= 35; i++) {
		snprintf(words, sizeof words, "<bdi>K-%04d</bdi>", i);
		assert_true(page_has(f, words));
	}
	assert_true(page_has(f, "de coach heeft geen uren meer"));
}

static void both_languages_have_all_words(void **state)
{
	struct plan_fixture *f = *state;
	read_sample(f);
	make(f, CARVED_ENGLISH);
	assert_false(page_has(f, "report."));
	assert_false(page_has(f, "carve."));
	assert_true(page_has(f, "A place for <data value=\"26\">26</data> of <data value=\"35\">35</data> candidates"));
	make(f, CARVED_DUTCH);
	assert_false(page_has(f, "report."));
	assert_false(page_has(f, "carve."));
	assert_true(page_has(f, "Een plek voor <data value=\"26\">26</data> van de <data value=\"35\">35</data> kandidaten"));
}

#define STOPPED                                                                                                                  \
	"{\"plan\":\"PL-7\",\"date\":\"2026-11-23\",\"state\":\"cancelled\",\"endedBy\":\"cancel\",\"simulated\":true,"          \
	"\"value\":0,"                                                                                                           \
	"\"bound\":null,\"gap\":null,\"placed\":0,\"candidates\":2,\"hours\":0,\"progress\":[],"                                 \
	"\"unplaced\":[{\"reason\":\"time\",\"candidates\":[\"<b>\",\"K-2\"]}],\"proposals\":[],\"sites\":[],\"journeys\":[],"   \
	"\"sectors\":[],\"banenafspraak\":{\"people\":0,\"hours\":0,\"jobs\":0},\"coaches\":[]}"

static void a_plan_that_was_stopped_before_it_had_anything_says_who_has_no_place_and_nothing_else(void **state)
{
	struct plan_fixture *f = *state;
	carved_buffer_add_text(&f->text, STOPPED);
	parse(f);
	make(f, CARVED_ENGLISH);
	assert_true(page_has(f, "<bdi>&lt;b&gt;</bdi>"));
	assert_true(page_has(f, "This plan is simulated"));
	assert_true(page_has(f, "id=\"placed\""));
	assert_false(page_has(f, "id=\"sites\""));
	assert_false(page_has(f, "id=\"progress\""));
	assert_false(page_has(f, "id=\"fairness\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_figure_of_the_overview_is_on_the_page, set_up, tear_down),
		cmocka_unit_test_setup_teardown(everyone_is_on_the_page_by_ref, set_up, tear_down),
		cmocka_unit_test_setup_teardown(both_languages_have_all_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_plan_that_was_stopped_before_it_had_anything_says_who_has_no_place_and_nothing_else, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
