// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "carved/model/region.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char vocabulary[] =
	"kind: vocabulary\nref: region\n"
	"tags: {outdoor: {nl: buiten, en: outdoors}, green.plants: {nl: planten, en: plants}, cleaning: }\n"
	"facilities: {lifting-aid: {nl: tillift, en: lifting aid}}\n"
	"has: {forklift: {nl: heftruck, en: forklift}, dutch-b1: {implies: [dutch-a2]}, dutch-a2: }\n"
	"categories: [\"4.A.3.a.2\", \"4.A.3.a.3\"]\n";
static const char coach[] = "kind: coach\nref: C-03\nhours: 24\n";

static const char candidate_head[] =
	"kind: candidate\nref: K-1\ncoach: C-03\nconsent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}\n"
	"scale: icf\nhome: 3811\ntravel: {max-minutes: 45, mode: bicycle}\nhours: {min: 12, max: 20}\navailable: {mon: [am]}\n";

struct text {
	struct carved_buffer buffer;
	struct carved_parsed parsed;
	struct carved_findings findings;
	struct carved_region *region;
};

static void parse(struct text *t)
{
	carved_date today = 0;
	assert_true(carved_date_parse("2026-11-22", &today, NULL));
	bool right = carved_parse_documents(
		t->buffer.data, t->buffer.length, CARVED_FORMAT_YAML, today, NULL, &t->parsed, &t->findings);
	if (!right)
		fail_msg("%s at %u:%u", carved_code_name(t->findings.items[0].error.code), t->findings.items[0].line,
			t->findings.items[0].column);
}

static struct carved_region *apply_parsed(const struct carved_region *region, const struct carved_parsed *parsed)
{
	struct carved_region_change *changes = carved_alloc_array(parsed->count, sizeof *changes);
	for (size_t i = 0; i < parsed->count; i++)
		changes[i] = (struct carved_region_change){
			parsed->documents[i]->kind, parsed->documents[i]->ref, parsed->documents[i]};
	struct carved_region *after = carved_region_apply(region, changes, parsed->count);
	free(changes);
	return after;
}

// Parses documents and makes a region of them alone.
static void set_up(struct text *t, const char *const *documents)
{
	*t = (struct text){0};
	for (; *documents; documents++)
		carved_buffer_printf(&t->buffer, "---\n%s", *documents);
	parse(t);
	struct carved_region *empty = carved_region_new();
	t->region = apply_parsed(empty, &t->parsed);
	carved_region_unref(empty);
}

static void tear_down(struct text *t)
{
	carved_region_unref(t->region);
	carved_parsed_deinit(&t->parsed);
	carved_findings_deinit(&t->findings);
	carved_buffer_deinit(&t->buffer);
}

static bool check(struct text *t)
{
	bool right = carved_region_check(t->region, &t->parsed, NULL, 0, &t->findings);
	carved_parse_locate_findings(t->buffer.data, t->buffer.length, CARVED_FORMAT_YAML, &t->findings);
	return right;
}

static void assert_finding(const struct text *t, size_t index, enum carved_code code, bool warning, uint32_t line,
	uint32_t column, const char *pointer, const char *suggestion)
{
	assert_true(index < t->findings.count);
	const struct carved_finding *finding = &t->findings.items[index];
	assert_string_equal(carved_code_name(finding->error.code), carved_code_name(code));
	assert_string_equal(finding->pointer, pointer);
	assert_int_equal(finding->warning, warning);
	assert_int_equal(finding->line, line);
	assert_int_equal(finding->column, column);
	const char *found = carved_error_get(&finding->error, "suggestion");
	if (suggestion)
		assert_string_equal(found, suggestion);
	else
		assert_null(found);
}

static void a_misspelt_hard_wish_is_an_error_with_its_place_and_a_suggestion(void **state)
{
	struct text t;
	char person[1000];
	(void)state;
	snprintf(person, sizeof person, "%swishes:\n  never: [nite-work]\n  must: [outdor]\n  like: [outdor, xyzzy]\n",
		candidate_head);
	set_up(&t, (const char *const[]){vocabulary, coach, person, NULL});
	assert_false(check(&t));
	assert_int_equal(t.findings.count, 4);
	assert_int_equal(t.findings.error_count, 2);
	assert_finding(&t, 0, CARVED_WORD_UNKNOWN, false, 23, 11, "/wishes/never/0", "night-work");
	assert_finding(&t, 1, CARVED_WORD_UNKNOWN, false, 24, 10, "/wishes/must/0", "outdoor");
	assert_finding(&t, 2, CARVED_WORD_UNKNOWN_HARMLESS, true, 25, 10, "/wishes/like/0", "outdoor");
	assert_finding(&t, 3, CARVED_WORD_UNKNOWN_HARMLESS, true, 25, 18, "/wishes/like/1", NULL);
	assert_int_equal(t.findings.items[0].document, 2);
	tear_down(&t);
}

static void wishes_may_name_tags_broader_kinds_categories_e_codes_and_derived_tags(void **state)
{
	struct text t;
	char person[1000];
	(void)state;
	snprintf(person, sizeof person,
		"%shas: [forklift]\nsupported: [{category: d430, limitation: 1, by: lifting-aid, kind: technique},"
		" {category: d430, limitation: 1, by: buddy, kind: guidance}]\n"
		"wishes: {never: [night-work, e250, green, \"4.A.3\", \"4.A.3.a.2\"], must: [outdoor, evening-work, "
		"green.plants]}\n",
		candidate_head);
	set_up(&t, (const char *const[]){vocabulary, coach, person, NULL});
	assert_true(check(&t));
	assert_int_equal(t.findings.count, 0);
	tear_down(&t);
}

static void a_sector_is_a_word_of_the_tags_and_another_one_a_warning(void **state)
{
	static const char site[] = "kind: site\nref: S-1\nemployer: E-1\nplace: 3811\nopen: {mon: [am]}\nsector: outdoors\n"
				   "jobs:\n- {ref: j, tasks: [{ref: a, hours: 1}]}\n";
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){vocabulary, site, NULL});
	assert_true(check(&t));
	assert_int_equal(t.findings.count, 1);
	assert_finding(&t, 0, CARVED_WORD_UNKNOWN_HARMLESS, true, 14, 9, "/sector", "outdoor");
	tear_down(&t);
}

static void words_of_sites_are_errors_where_they_decide_and_warnings_elsewhere(void **state)
{
	static const char site[] =
		"kind: site\nref: S-1\nemployer: E-1\nplace: 3811\nopen: {mon: [am]}\ntags: [outdoors]\n"
		"facilities: [lifting-ait]\njobs:\n- {ref: j, tasks: [{ref: a, hours: 1}, {ref: t, hours: 2,\n"
		"  tags: [cleanin], category: \"4.A.3.a.9\", requires: [forklif]}]}\n"
		"vacancies:\n- ref: v\n  tags: [outside]\n  tasks:\n  - {ref: t, hours: 2, requires: [boat]}\n";
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){vocabulary, site, NULL});
	assert_false(check(&t));
	assert_int_equal(t.findings.count, 7);
	assert_int_equal(t.findings.error_count, 3);
	assert_finding(&t, 0, CARVED_WORD_UNKNOWN_HARMLESS, true, 14, 8, "/tags/0", "outdoor");
	assert_finding(&t, 1, CARVED_WORD_UNKNOWN, false, 15, 14, "/facilities/0", "lifting-aid");
	assert_finding(&t, 3, CARVED_WORD_UNKNOWN_HARMLESS, true, 18, 30, "/jobs/0/tasks/1/category", "4.A.3.a.2");
	assert_finding(&t, 2, CARVED_WORD_UNKNOWN_HARMLESS, true, 18, 10, "/jobs/0/tasks/1/tags/0", "cleaning");
	assert_finding(&t, 4, CARVED_WORD_UNKNOWN, false, 18, 54, "/jobs/0/tasks/1/requires/0", "forklift");
	assert_finding(&t, 5, CARVED_WORD_UNKNOWN_HARMLESS, true, 21, 10, "/vacancies/0/tags/0", NULL);
	assert_finding(&t, 6, CARVED_WORD_UNKNOWN, false, 23, 35, "/vacancies/0/tasks/0/requires/0", NULL);
	tear_down(&t);
}

static void an_aid_that_no_facility_names_and_an_unknown_certificate_are_errors(void **state)
{
	struct text t;
	char person[1000];
	(void)state;
	snprintf(person, sizeof person,
		"%shas: [forklifts]\nsupported:\n- {category: d430, limitation: 1, by: lifting-aids, kind: technique}\n",
		candidate_head);
	set_up(&t, (const char *const[]){vocabulary, coach, person, NULL});
	assert_false(check(&t));
	assert_int_equal(t.findings.count, 2);
	assert_finding(&t, 1, CARVED_WORD_UNKNOWN, false, 24, 39, "/supported/0/by", "lifting-aid");
	assert_finding(&t, 0, CARVED_WORD_UNKNOWN, false, 22, 7, "/has/0", "forklift");
	tear_down(&t);
}

static void a_coach_that_no_document_names_is_an_error(void **state)
{
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){"kind: coach\nref: C-04\nhours: 8\n", candidate_head, NULL});
	assert_false(check(&t));
	assert_int_equal(t.findings.count, 1);
	assert_finding(&t, 0, CARVED_COACH_UNKNOWN, false, 8, 8, "/coach", "C-04");
	tear_down(&t);
}

static void without_any_vocabulary_words_are_accepted_with_one_warning(void **state)
{
	struct text t;
	char person[1000];
	(void)state;
	snprintf(person, sizeof person, "%swishes: {never: [nite-work], must: [x]}\nhas: [y]\n", candidate_head);
	set_up(&t, (const char *const[]){coach, person, NULL});
	assert_true(check(&t));
	assert_int_equal(t.findings.count, 1);
	assert_int_equal(t.findings.items[0].error.code, CARVED_VOCABULARY_MISSING);
	assert_true(t.findings.items[0].warning);
	tear_down(&t);
}

static void what_a_certificate_implies_must_be_a_word_too(void **state)
{
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){
			   "kind: vocabulary\nref: v\nhas:\n  dutch-b1: {implies: [dutch-a1]}\n  dutch-a2: {}\n", NULL});
	assert_false(check(&t));
	assert_finding(&t, 0, CARVED_WORD_UNKNOWN, false, 5, 24, "/has/dutch-b1/implies/0", "dutch-a2");
	tear_down(&t);
}

static bool check_without(struct text *t, enum carved_kind kind, const char *ref)
{
	struct carved_region_change change = {kind, ref, NULL};
	struct carved_region *after = carved_region_apply(t->region, &change, 1);
	bool right = carved_region_check(after, NULL, &change, 1, &t->findings);
	carved_region_unref(after);
	return right;
}

static void a_coach_can_go_only_when_nobody_names_it(void **state)
{
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){vocabulary, coach, "kind: coach\nref: C-04\nhours: 8\n", candidate_head, NULL});
	assert_true(check_without(&t, CARVED_KIND_COACH, "C-04"));
	assert_false(check_without(&t, CARVED_KIND_COACH, "C-03"));
	assert_int_equal(t.findings.items[0].error.code, CARVED_COACH_STILL_NAMED);
	assert_int_equal(t.findings.items[0].document, UINT32_MAX);
	assert_string_equal(carved_error_get(&t.findings.items[0].error, "candidate"), "K-1");
	tear_down(&t);
}

static void a_vocabulary_can_go_when_another_knows_the_hard_words(void **state)
{
	static const char other[] = "kind: vocabulary\nref: other\ntags: {rest: }\n";
	struct text t;
	char person[1000];
	(void)state;
	snprintf(person, sizeof person, "%swishes: {never: [cleaning], like: [outdoor]}\n", candidate_head);
	set_up(&t, (const char *const[]){vocabulary, other, coach, person, NULL});
	assert_true(check_without(&t, CARVED_KIND_VOCABULARY, "other"));
	assert_false(check_without(&t, CARVED_KIND_VOCABULARY, "region"));
	assert_int_equal(t.findings.count, 1);
	assert_int_equal(t.findings.items[0].error.code, CARVED_VOCABULARY_NEEDED);
	assert_string_equal(carved_error_get(&t.findings.items[0].error, "word"), "cleaning");
	tear_down(&t);
}

static void changes_make_a_new_region_and_leave_the_old_one(void **state)
{
	struct text t;
	(void)state;
	set_up(&t, (const char *const[]){"kind: coach\nref: C-2\nhours: 1\n", "kind: coach\nref: C-1\nhours: 2\n",
			   "kind: coach\nref: C-3\nhours: 3\n", NULL});
	assert_int_equal(t.region->version, 1);
	assert_int_equal(t.region->count[CARVED_KIND_COACH], 3);
	assert_int_equal(carved_region_index(t.region, CARVED_KIND_COACH, "C-1"), 0);
	assert_int_equal(carved_region_coach(t.region, 2)->hours_q, 12);
	struct carved_region_change changes[] = {
		{CARVED_KIND_COACH, "C-3", NULL},
		{CARVED_KIND_COACH, "C-1", NULL},
		{CARVED_KIND_COACH, "C-1", t.parsed.documents[1]}, // the later one wins
		{CARVED_KIND_SITE, "S-9", NULL},
	};
	struct carved_region *after = carved_region_apply(t.region, changes, 4);
	assert_int_equal(after->version, 2);
	assert_int_equal(after->count[CARVED_KIND_COACH], 2);
	assert_null(carved_region_find(after, CARVED_KIND_COACH, "C-3"));
	assert_ptr_equal(carved_region_find(after, CARVED_KIND_COACH, "C-1"), t.parsed.documents[1]);
	assert_int_equal(carved_region_index(after, CARVED_KIND_SITE, "S-9"), SIZE_MAX);
	assert_int_equal(t.region->count[CARVED_KIND_COACH], 3);
	struct carved_region *again = carved_region_ref(after);
	carved_region_unref(after);
	assert_int_equal(again->count[CARVED_KIND_COACH], 2);
	carved_region_unref(again);
	carved_region_unref(NULL);
	carved_document_unref(NULL);
	tear_down(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_misspelt_hard_wish_is_an_error_with_its_place_and_a_suggestion),
		cmocka_unit_test(wishes_may_name_tags_broader_kinds_categories_e_codes_and_derived_tags),
		cmocka_unit_test(a_sector_is_a_word_of_the_tags_and_another_one_a_warning),
		cmocka_unit_test(words_of_sites_are_errors_where_they_decide_and_warnings_elsewhere),
		cmocka_unit_test(an_aid_that_no_facility_names_and_an_unknown_certificate_are_errors),
		cmocka_unit_test(a_coach_that_no_document_names_is_an_error),
		cmocka_unit_test(without_any_vocabulary_words_are_accepted_with_one_warning),
		cmocka_unit_test(what_a_certificate_implies_must_be_a_word_too),
		cmocka_unit_test(a_coach_can_go_only_when_nobody_names_it),
		cmocka_unit_test(a_vocabulary_can_go_when_another_knows_the_hard_words),
		cmocka_unit_test(changes_make_a_new_region_and_leave_the_old_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
