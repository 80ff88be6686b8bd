// SPDX-License-Identifier: EUPL-1.2
// What a document says arrives where it belongs, is bounded as the solver needs it, and reads back the same from its canonical form.
#include "parse_fixture.h"

#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include <string.h>

static void the_values_of_a_candidate_arrive_where_they_belong(void **state)
{
	static const char yaml[] =
		"kind: candidate\nref: K-0017\ncoach: C-03\nconsent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching, "
		"share-with-employer]}\n"
		"scale: icf\nhome: 3811\ntravel: {max-minutes: 45, mode: public-transport, minutes: {3818: 25}}\n"
		"hours: {min: 12, max: 20.5, per-day: 6, build-up: [{week: 0, hours: 12}, {week: 8, hours: 16}]}\n"
		"available: {tue: [{pm: 3}], mon: [am]}\nlimitations: {d430: 3, b140: 8}\n"
		"supported: [{category: d430, limitation: 1, by: lifting-aid, kind: guidance}]\nbarriers: {e250: 3}\n"
		"limits: [{category: d720, level: 2, hours: 8}]\nhas: [forklift]\n"
		"wishes: {like: [4.5, outdoor], level: 2, challenge: steady, company: team}\nsupport: {coach-hours: 1.5}\n"
		"target-group: true\nnot-with: [EMP-12]\n";
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, yaml);
	assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	const struct carved_candidate *c = &parsed.documents[0]->candidate;
	assert_int_equal(c->consent_scope, CARVED_SCOPE_MATCHING | CARVED_SCOPE_SHARE_WITH_EMPLOYER);
	assert_int_equal(c->home, 3811);
	assert_int_equal(c->mode, CARVED_PUBLIC_TRANSPORT);
	assert_int_equal(c->minutes[0].place, 3818);
	assert_int_equal(c->minutes[0].minutes, 25);
	assert_int_equal(c->min_q, 48);
	assert_int_equal(c->max_q, 82);
	assert_int_equal(c->per_day_q, 24);
	assert_int_equal(c->per_visit_q, 8); // default
	assert_int_equal(c->build_up[1].week, 8);
	assert_int_equal(c->available_q[0], 16); // default
	assert_int_equal(c->available_q[5], 12);
	assert_int_equal(c->limitations.count, 2);
	assert_string_equal(carved_icf_code(c->limitations.items[0].icf), "b140"); // sorted
	assert_int_equal(c->limitations.items[0].value, 8);
	assert_int_equal(c->supported[0].kind, CARVED_GUIDANCE);
	assert_int_equal(c->limits[0].hours_q, 32);
	assert_string_equal(c->like.items[0], "4.5");
	assert_int_equal(c->challenge, CARVED_STEADY);
	assert_int_equal(c->company, CARVED_TEAM);
	assert_int_equal(c->coach_q, 6);
	assert_int_equal(c->supervisors_max, 0);
	assert_int_equal(c->jobs_max, 3); // default
	assert_true(c->target_group);
	assert_int_equal(c->waiting_since, CARVED_DATE_NONE);
	assert_string_equal(parsed.documents[0]->json,
		"{\"kind\":\"candidate\",\"ref\":\"K-0017\",\"coach\":\"C-03\",\"consent\":{\"given\":\"2026-10-01\",\"expires\":"
		"\"2027-04-01\","
		"\"scope\":[\"matching\",\"share-with-employer\"]},\"scale\":\"icf\",\"home\":\"3811\",\"travel\":{\"max-"
		"minutes\":45,"
		"\"mode\":\"public-transport\",\"minutes\":{\"3818\":25}},\"hours\":{\"min\":12,\"max\":20.5,\"per-day\":6,"
		"\"build-up\":"
		"[{\"week\":0,\"hours\":12},{\"week\":8,\"hours\":16}]},\"available\":{\"mon\":[\"am\"],\"tue\":[{\"pm\":3}]},"
		"\"limitations\":{\"b140\":8,\"d430\":3},\"supported\":[{\"category\":\"d430\",\"limitation\":1,\"by\":\"lifting-"
		"aid\","
		"\"kind\":\"guidance\"}],\"barriers\":{\"e250\":3},\"limits\":[{\"category\":\"d720\",\"level\":2,\"hours\":8}],"
		"\"has\":[\"forklift\"],\"wishes\":{\"like\":[\"4.5\",\"outdoor\"],\"level\":2,\"challenge\":\"steady\","
		"\"company\":\"team\"},"
		"\"support\":{\"coach-hours\":1.5},\"target-group\":true,\"not-with\":[\"EMP-12\"]}");
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void the_values_of_a_site_arrive_where_they_belong(void **state)
{
	static const char yaml[] =
		"kind: site\nref: S-014\nemployer: EMP-07\nplace: 3818\nopen: {mon: [am, pm], sun: [ni]}\nsupervision: {hours: "
		"12}\n"
		"displacement: {recent-dismissals: true, staff-agreed: 2026-09-12}\n"
		"vacancies:\n- {ref: v, openings: 2, carve: {share: 1}, former-staff-asked: 2026-01-01, tasks: [{ref: t, hours: "
		"2}]}\n"
		"jobs:\n- {ref: j, incumbents: 6, hours: 180, carve: {share: 0.250, keep-hours: 20}, tasks: [\n"
		"   {ref: a, hours: 10, when: [tue-am], chunk: 1, demands: {d430: 1}, exposures: {e250: 0}, relief: 3, company: "
		"alone, undone: true},\n"
		"   {ref: b, hours: {tue-pm: 1.25, mon-pm: 2}}]}\n";
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, yaml);
	assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	const struct carved_site *s = &parsed.documents[0]->site;
	assert_int_equal(s->open, 1u << 0 | 1u << 1 | 1u << 27);
	assert_int_equal(s->supervision_q, 48);
	assert_int_equal(s->places, 1);
	assert_true(s->recent_dismissals);
	assert_int_equal(s->job_count, 2);
	const struct carved_job *job = &s->jobs[0], *vacancy = &s->jobs[1]; // jobs come first, whatever the order of the text
	assert_string_equal(job->ref, "j");
	assert_int_equal(job->kind, CARVED_JOB);
	assert_int_equal(job->openings, 1);
	assert_int_equal(job->former_staff_asked, CARVED_DATE_NONE);
	assert_true(job->has_carve);
	assert_int_equal(job->share_permille, 250);
	assert_int_equal(job->keep_hours_q, 80);
	assert_int_equal(job->tasks[0].when, 1u << 4);
	assert_int_equal(job->tasks[0].chunk_q, 4);
	assert_int_equal(job->tasks[1].chunk_q, 2);
	assert_int_equal(job->tasks[0].relief, 3);
	assert_int_equal(job->tasks[0].company, CARVED_ALONE);
	assert_true(job->tasks[0].undone);
	assert_true(job->tasks[1].fixed);
	assert_int_equal(job->tasks[1].fixed_q[1], 8);
	assert_int_equal(job->tasks[1].fixed_q[5], 5);
	assert_int_equal(vacancy->kind, CARVED_VACANCY);
	assert_int_equal(vacancy->openings, 2);
	assert_int_equal(vacancy->share_permille, 1000);
	assert_non_null(strstr(parsed.documents[0]->json, "\"carve\":{\"share\":0.25,\"keep-hours\":20}"));
	assert_non_null(strstr(parsed.documents[0]->json, "\"hours\":{\"mon-pm\":2,\"tue-pm\":1.25}"));
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

static void a_site_with_more_than_128_categories_is_refused(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed;
	struct carved_findings findings = {0};
	(void)state;
	carved_buffer_add_text(&text, "kind: site\nref: S-1\nemployer: E\nplace: 3811\nopen: {}\njobs: []\ndemands:\n");
	for (size_t i = 0, used = 0; used < 129; i++) {
		const char *code = carved_icf_code((carved_icf)i);
		if (*code != 'e') {
			carved_buffer_printf(&text, "  %s: 1\n", code);
			used++;
		}
	}
	assert_false(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	assert_int_equal(findings.count, 1);
	assert_int_equal(findings.items[0].error.code, CARVED_SITE_CATEGORIES_TOO_MANY);
	assert_string_equal(carved_error_get(&findings.items[0].error, "count"), "129");
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
}

static void lists_that_the_solver_bounds_are_bounded_here(void **state)
{
	static const struct {
		const char *before, *item, *after;
		size_t max;
	} table[] = {
		{"limits: [", "{category: d720, level: 2, hours: 8}", "]\n", 32},
		{"supported: [", "{category: d430, limitation: 1, by: x, kind: guidance}", "]\n", 64},
		{"wishes: {must: [", "w", "]}\n", 32},
	};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t more = 0; more < 2; more++) {
			struct carved_buffer text = CARVED_BUFFER_INIT;
			struct carved_parsed parsed;
			struct carved_findings findings = {0};
			parse_write(&text, parse_candidate);
			carved_buffer_add_text(&text, table[i].before);
			for (size_t n = 0; n < table[i].max + more; n++) {
				carved_buffer_printf(&text, "%s%s", n ? ", " : "", table[i].item);
				if (i == 2)
					carved_buffer_printf(&text, "%zu", n);
			}
			carved_buffer_add_text(&text, table[i].after);
			assert_int_equal(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings), !more);
			assert_int_equal(findings.count, more);
			if (more)
				assert_int_equal(findings.items[0].error.code, CARVED_LIST_TOO_LONG);
			carved_parsed_deinit(&parsed);
			carved_findings_deinit(&findings);
			carved_buffer_deinit(&text);
		}
	}
}

static void canonical_json_written_as_yaml_reads_back_the_same(void **state)
{
	const char *const *const templates[] = {parse_candidate, parse_site};
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct carved_buffer text = CARVED_BUFFER_INIT, yaml = CARVED_BUFFER_INIT;
		struct carved_parsed parsed, again;
		struct carved_findings findings = {0};
		struct carved_arena arena = CARVED_ARENA_INIT;
		const struct carved_node *root = NULL;
		struct carved_error error;
		uint32_t line, column;
		parse_write(&text, templates[i]);
		assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
		assert_true(carved_json_parse(
			parsed.documents[0]->json, parsed.documents[0]->json_length, &arena, &root, &error, &line, &column));
		carved_yaml_format(root, &yaml);
		assert_true(parse_text(&yaml, CARVED_FORMAT_YAML, &again, &findings));
		assert_string_equal(again.documents[0]->json, parsed.documents[0]->json);
		carved_parsed_deinit(&parsed);
		carved_parsed_deinit(&again);
		carved_arena_deinit(&arena);
		carved_buffer_deinit(&text);
		carved_buffer_deinit(&yaml);
	}
}

static void coach_hours_may_be_steps_and_the_most_of_them_counts(void **state)
{
	struct carved_parsed parsed;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	(void)state;
	carved_buffer_add_text(&text,
		"kind: candidate\nref: K-0017\ncoach: C-03\nconsent: {given: 2026-10-01, expires: 2027-04-01, scope: "
		"[matching]}\n"
		"scale: icf\nhome: \"3811\"\ntravel: {max-minutes: 45, mode: car}\nhours: {min: 12, max: 20}\navailable: {mon: "
		"[am]}\n"
		"support: {coach-hours: [{week: 0, hours: 1}, {hours: 1.5, week: 4}, {week: 26, hours: 0.5}]}\n");
	struct carved_findings findings = {0};
	assert_true(parse_text(&text, CARVED_FORMAT_YAML, &parsed, &findings));
	const struct carved_candidate *c = &parsed.documents[0]->candidate;
	assert_int_equal(c->coach_q, 6);
	assert_int_equal(c->coach_step_count, 3);
	assert_int_equal(c->coach_steps[1].week, 4);
	assert_int_equal(c->coach_steps[2].hours_q, 2);
	assert_non_null(strstr(parsed.documents[0]->json,
		"\"coach-hours\":[{\"week\":0,\"hours\":1},{\"week\":4,\"hours\":1.5},{\"week\":26,\"hours\":0.5}]"));
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_values_of_a_candidate_arrive_where_they_belong),
		cmocka_unit_test(coach_hours_may_be_steps_and_the_most_of_them_counts),
		cmocka_unit_test(the_values_of_a_site_arrive_where_they_belong),
		cmocka_unit_test(a_site_with_more_than_128_categories_is_refused),
		cmocka_unit_test(lists_that_the_solver_bounds_are_bounded_here),
		cmocka_unit_test(canonical_json_written_as_yaml_reads_back_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
