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

static void one_person_is_one_person(void **state)
{
	struct plan_fixture *f = *state;
	read_sample(f);
	make(f, CARVED_DUTCH);
	assert_true(page_has(f, "<data value=\"1\">1</data> persoon"));
	assert_false(page_has(f, "<data value=\"1\">1</data> mensen"));
	make(f, CARVED_ENGLISH);
	assert_true(page_has(f, "<data value=\"1\">1</data> person<"));
	assert_false(page_has(f, "<data value=\"1\">1</data> people"));
}

// As in a region of ten thousand people: sites with two jobs of three tasks each, and six people.
static void add_large(struct carved_buffer *text, int sites)
{
	carved_buffer_add_text(text,
		"{\"plan\":\"PL-1\",\"date\":\"2026-11-22\",\"state\":\"done\",\"placed\":7200,\"candidates\":10000,\"sites\":[");
	for (int i = 0; i < sites; i++) {
		carved_buffer_printf(text, "%s{\"site\":\"S-%05d\",\"place\":\"10%02d\",\"people\":6,\"hours\":%d,\"jobs\":[",
			i ? "," : "", i, 11 + i % 80, 3000 - i);
		for (int job = 0; job < 2; job++) {
			carved_buffer_printf(text, "%s{\"job\":\"job-%d\",\"before\":100,\"carved\":30,\"left\":70,\"tasks\":[",
				job ? "," : "", job);
			for (int task = 0; task < 3; task++)
				carved_buffer_printf(
					text, "%s{\"task\":\"task-%d\",\"hours\":12,\"carved\":10}", task ? "," : "", task);
			carved_buffer_add_text(text, "]}");
		}
		carved_buffer_add_text(text, "]}");
	}
	carved_buffer_add_text(text, "],\"proposals\":[");
	for (int i = 0; i < 6 * sites; i++)
		carved_buffer_printf(text,
			"%s{\"proposal\":\"P-%d\",\"candidate\":\"K-%05d\",\"site\":\"S-%05d\",\"kind\":\"carved\",\"hours\":20,"
			"\"value\":30000,\"state\":\"proposed\",\"questions\":0,\"minutes\":20}",
			i ? "," : "", i, i, i / 6);
	carved_buffer_add_text(text, "],\"journeys\":[");
	for (int i = 0; i < 5000; i++)
		carved_buffer_printf(text, "%s{\"from\":\"1%03d\",\"to\":\"1%03d\",\"people\":1,\"minutes\":20}", i ? "," : "",
			11 + i % 80, 11 + i * 7 % 400);
	carved_buffer_add_text(text, "]}");
}

static void a_page_for_ten_thousand_people_has_every_site_and_proposal_and_weighs_some_megabytes(void **state)
{
	struct plan_fixture *f = *state;
	add_large(&f->text, 1200);
	parse(f);
	make(f, CARVED_ENGLISH);
	assert_true(f->page.length > 1000000 && f->page.length < 8000000);
	assert_true(page_has(f, "<bdi>S-00000</bdi>") && page_has(f, "<bdi>S-01199</bdi>"));
	assert_true(page_has(f, "<bdi>P-0</bdi>") && page_has(f, "<bdi>P-7199</bdi>"));
	assert_true(page_has(f, "</data> different journeys. They are drawn in"));
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
		cmocka_unit_test_setup_teardown(one_person_is_one_person, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_page_for_ten_thousand_people_has_every_site_and_proposal_and_weighs_some_megabytes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_plan_that_was_stopped_before_it_had_anything_says_who_has_no_place_and_nothing_else, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
