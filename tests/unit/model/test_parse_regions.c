// SPDX-License-Identifier: EUPL-1.2
// Real input, all of it.
#include "support/shared_region.h"

#include "carved/model/parse.h"
#include <string.h>

static carved_date plan_date(void)
{
	carved_date date = 0;
	assert_true(carved_date_parse("2026-11-22", &date, NULL));
	return date;
}

struct counts {
	size_t kinds[CARVED_KINDS], jobs, vacancies, tasks, warnings;
};

static struct counts count(const struct carved_parsed *parsed)
{
	struct counts counts = {0};
	for (size_t i = 0; i < parsed->count; i++) {
		const struct carved_document *document = parsed->documents[i];
		counts.kinds[document->kind]++;
		if (document->kind != CARVED_KIND_SITE)
			continue;
		for (size_t j = 0; j < document->site.job_count; j++) {
			counts.jobs += document->site.jobs[j].kind == CARVED_JOB;
			counts.vacancies += document->site.jobs[j].kind == CARVED_VACANCY;
			counts.tasks += document->site.jobs[j].task_count;
		}
	}
	return counts;
}

static void assert_region(const char *name, const struct counts *expected)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_findings findings = {0};
	struct carved_parsed parsed;
	read_shared_region(name, &text);
	assert_true(carved_parse_documents(text.data, text.length, CARVED_FORMAT_NDJSON, plan_date(), NULL, &parsed, &findings));
	struct counts counts = count(&parsed);
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		assert_int_equal(counts.kinds[kind], expected->kinds[kind]);
	assert_int_equal(counts.jobs, expected->jobs);
	assert_int_equal(counts.vacancies, expected->vacancies);
	assert_int_equal(counts.tasks, expected->tasks);
	assert_int_equal(findings.error_count, 0);
	assert_int_equal(findings.count, expected->warnings);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void small_parses_without_a_finding(void **state)
{
	(void)state;
	assert_region("small", &(struct counts){{60, 12, 2, 1}, 42, 4, 232, 0});
}

static void medium_parses_without_a_finding(void **state)
{
	(void)state;
	assert_region("medium", &(struct counts){{500, 90, 16, 1}, 284, 37, 1757, 0});
}

static void large_parses_without_a_finding(void **state)
{
	(void)state;
	assert_region("large", &(struct counts){{2500, 450, 83, 1}, 1503, 223, 9380, 0});
}

static void xlarge_parses_with_three_jobs_whose_tasks_exceed_their_hours(void **state)
{
	(void)state;
	assert_region("xlarge", &(struct counts){{10000, 1500, 333, 1}, 4853, 688, 30245, 3});
}

// Canonical JSON of canonical JSON is the same text.
static void canonical_json_of_a_region_parses_to_the_same_canonical_json(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_findings findings = {0};
	struct carved_parsed first, second;
	(void)state;
	read_shared_region("medium", &text);
	assert_true(carved_parse_documents(text.data, text.length, CARVED_FORMAT_NDJSON, plan_date(), NULL, &first, &findings));
	carved_buffer_clear(&text);
	for (size_t i = 0; i < first.count; i++)
		carved_buffer_printf(&text, "%s\n", first.documents[i]->json);
	assert_true(carved_parse_documents(text.data, text.length, CARVED_FORMAT_NDJSON, plan_date(), NULL, &second, &findings));
	assert_int_equal(first.count, second.count);
	for (size_t i = 0; i < first.count; i++)
		assert_string_equal(first.documents[i]->json, second.documents[i]->json);
	carved_parsed_deinit(&first);
	carved_parsed_deinit(&second);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_parses_without_a_finding),
		cmocka_unit_test(medium_parses_without_a_finding),
		cmocka_unit_test(large_parses_without_a_finding),
		cmocka_unit_test(xlarge_parses_with_three_jobs_whose_tasks_exceed_their_hours),
		cmocka_unit_test(canonical_json_of_a_region_parses_to_the_same_canonical_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
