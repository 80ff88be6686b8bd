// SPDX-License-Identifier: EUPL-1.2
#include "store_fixture.h"

static void add(struct fixture *f, char id[CARVED_STORE_ID_MAX])
{
	const struct carved_store_plan_start start = {
		.date = 20779, .seed = UINT64_MAX - 4, .summary = "{\"phase\":1}", .who = "bob", .when = 100};
	struct carved_error error;
	assert_true(carved_store_plan_add(f->store, &start, id, &error));
}

static struct carved_store_proposal proposal(const char *candidate, const char *site, const char *json)
{
	return (struct carved_store_proposal){.candidate = candidate, .site = site, .json = json, .json_length = strlen(json)};
}

// Ends a plan with three proposals.
static void finish(struct fixture *f, const char *id, struct carved_store_proposal proposals[3])
{
	proposals[0] = proposal("K-1", "S-1", "{\"n\":1}");
	proposals[1] = proposal("K-2", "S-1", "{\"n\":2}");
	proposals[2] = proposal("K-3", "S-2", "{\"n\":3}");
	const struct carved_store_plan_end end = {
		.state = CARVED_STORE_PLAN_DONE, .summary = "{\"value\":3}", .body = "{\"value\":3,\"weights\":{}}", .when = 250};
	struct carved_error error;
	assert_true(carved_store_plan_end(f->store, id, &end, proposals, 3, &error));
}

static void a_running_plan_is_there_at_once(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	add(f, id);
	assert_string_equal(id, "PL-1");
	struct carved_store_plan plan;
	assert_true(carved_store_plan_get(f->store, id, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_RUNNING);
	assert_int_equal(plan.date, 20779);
	assert_true(plan.seed == UINT64_MAX - 4);
	assert_string_equal(plan.summary, "{\"phase\":1}");
	assert_int_equal(plan.summary_length, strlen(plan.summary));
	assert_string_equal(plan.created_by, "bob");
	assert_int_equal(plan.created_at, 100);
	assert_int_equal(plan.ended_at, 0);
	assert_null(plan.body);
	assert_int_equal(plan.failure.code, CARVED_OK);
}

static void an_ended_plan_keeps_its_body_and_numbers_its_proposals(void **state)
{
	struct fixture *f = *state;
	char first[CARVED_STORE_ID_MAX], second[CARVED_STORE_ID_MAX];
	add(f, first);
	add(f, second);
	struct carved_store_proposal proposals[3];
	finish(f, second, proposals);
	assert_string_equal(proposals[0].id, "P-1");
	assert_string_equal(proposals[2].id, "P-3");
	assert_string_equal(proposals[2].plan, "PL-2");
	finish(f, first, proposals);
	assert_string_equal(proposals[0].id, "P-4");
	struct carved_store_plan plan;
	assert_true(carved_store_plan_get(f->store, second, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_DONE);
	assert_int_equal(plan.ended_at, 250);
	assert_string_equal(plan.summary, "{\"value\":3}");
	assert_string_equal(plan.body, "{\"value\":3,\"weights\":{}}");
	struct carved_store_proposal one;
	assert_true(carved_store_proposal_get(f->store, "P-2", &f->arena, &one, NULL));
	assert_string_equal(one.plan, "PL-2");
	assert_string_equal(one.candidate, "K-2");
	assert_string_equal(one.site, "S-1");
	assert_string_equal(one.json, "{\"n\":2}");
	assert_int_equal(one.json_length, 7);
}

struct words {
	char text[256];
	int seen, most;
};

static bool add_proposal(void *context, const struct carved_store_proposal *p)
{
	struct words *w = context;
	strcat(strcat(w->text, p->id), " ");
	return ++w->seen != w->most;
}

static void end_two_plans(struct fixture *f)
{
	char id[CARVED_STORE_ID_MAX];
	struct carved_store_proposal proposals[3];
	for (int i = 0; i < 2; i++) {
		add(f, id);
		finish(f, id, proposals);
	}
}

static void proposals_are_read_by_plan_and_by_candidate(void **state)
{
	struct fixture *f = *state;
	end_two_plans(f);
	const struct carved_store_proposal_filter any = {0}, third = {.candidate = "K-3"};
	struct words all = {0}, one = {0}, none = {0}, two = {.most = 2};
	assert_true(carved_store_proposals_of(f->store, "PL-2", &any, add_proposal, &all, NULL));
	assert_string_equal(all.text, "P-4 P-5 P-6 ");
	assert_true(carved_store_proposals_of(f->store, "PL-2", &third, add_proposal, &one, NULL));
	assert_string_equal(one.text, "P-6 ");
	assert_true(carved_store_proposals_of(f->store, "PL-3", &any, add_proposal, &none, NULL));
	assert_true(carved_store_proposals_of(f->store, "P-1", &any, add_proposal, &none, NULL));
	assert_int_equal(none.seen, 0);
	assert_true(carved_store_proposals_of(f->store, "PL-1", &any, add_proposal, &two, NULL));
	assert_string_equal(two.text, "P-1 P-2 ");
}

static void proposals_are_read_page_by_page_and_counted(void **state)
{
	struct fixture *f = *state;
	end_two_plans(f);
	struct words first = {0}, next = {0}, mine = {0};
	struct carved_error error;
	int64_t count;
	assert_true(carved_store_proposals_of(
		f->store, "PL-2", &(struct carved_store_proposal_filter){.limit = 2}, add_proposal, &first, NULL));
	assert_string_equal(first.text, "P-4 P-5 ");
	struct carved_store_proposal_filter filter = {.behind = "P-5", .limit = 2};
	assert_true(carved_store_proposals_of(f->store, "PL-2", &filter, add_proposal, &next, NULL));
	assert_string_equal(next.text, "P-6 ");
	filter.candidate = "K-3";
	assert_true(carved_store_proposals_of(f->store, "PL-2", &filter, add_proposal, &mine, NULL));
	assert_string_equal(mine.text, "P-6 ");
	filter.behind = "nonsense";
	assert_false(carved_store_proposals_of(f->store, "PL-2", &filter, add_proposal, &mine, &error));
	assert_int_equal(error.code, CARVED_PROPOSAL_NOT_FOUND);
	assert_true(carved_store_proposal_count(f->store, "PL-2", NULL, &count, NULL));
	assert_int_equal(count, 3);
	assert_true(carved_store_proposal_count(f->store, "PL-2", "K-1", &count, NULL));
	assert_int_equal(count, 1);
	assert_true(carved_store_proposal_count(f->store, "PL-9", NULL, &count, NULL));
	assert_int_equal(count, 0);
	assert_true(carved_store_plan_count(f->store, &count, NULL));
	assert_int_equal(count, 2);
	assert_true(carved_store_plan_exists(f->store, "PL-2", NULL));
	assert_false(carved_store_plan_exists(f->store, "PL-3", &error));
	assert_int_equal(error.code, CARVED_PLAN_NOT_FOUND);
}

static bool add_plan(void *context, const struct carved_store_plan *p)
{
	struct words *w = context;
	assert_null(p->body);
	strcat(strcat(strcat(strcat(w->text, p->id), " "), carved_store_plan_state_names[p->state]), " ");
	return ++w->seen != w->most;
}

static void plans_are_listed_newest_first_and_page_by_page(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	for (int i = 0; i < 11; i++)
		add(f, id);
	struct carved_store_proposal proposals[3];
	finish(f, "PL-10", proposals);
	struct words page = {0}, next = {0};
	assert_true(carved_store_plan_list(f->store, NULL, 2, add_plan, &page, NULL));
	assert_string_equal(page.text, "PL-11 running PL-10 done ");
	assert_true(carved_store_plan_list(f->store, "PL-10", 0, add_plan, &next, NULL));
	assert_int_equal(next.seen, 9);
	struct carved_error error;
	assert_false(carved_store_plan_list(f->store, "PL-x", 0, add_plan, &next, &error));
	assert_int_equal(error.code, CARVED_PLAN_NOT_FOUND);
	assert_string_equal(carved_error_get(&error, "plan"), "PL-x");
}

static void a_plan_ends_once(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	struct carved_store_proposal proposals[3];
	add(f, id);
	finish(f, id, proposals);
	const struct carved_store_plan_end end = {.state = CARVED_STORE_PLAN_CANCELLED, .when = 300};
	struct carved_error error;
	assert_false(carved_store_plan_end(f->store, id, &end, NULL, 0, &error));
	assert_int_equal(error.code, CARVED_PLAN_ENDED);
	assert_string_equal(carved_error_get(&error, "plan"), "PL-1");
	assert_false(carved_store_plan_end(f->store, "PL-2", &end, NULL, 0, &error));
	assert_int_equal(error.code, CARVED_PLAN_NOT_FOUND);
	struct carved_store_plan plan;
	assert_true(carved_store_plan_get(f->store, id, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_DONE);
}

static void a_failed_plan_keeps_its_reason_with_parameters(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	add(f, id);
	struct carved_error failure;
	carved_error_set(&failure, CARVED_SOLVER_UNAVAILABLE);
	carved_error_add(&failure, "file", "/usr/libexec/carved-solver");
	carved_error_add(&failure, "reason", "no such file");
	const struct carved_store_plan_end end = {.state = CARVED_STORE_PLAN_FAILED, .failure = &failure, .when = 300};
	assert_true(carved_store_plan_end(f->store, id, &end, NULL, 0, NULL));
	struct carved_store_plan plan;
	assert_true(carved_store_plan_get(f->store, id, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_FAILED);
	assert_int_equal(plan.failure.code, CARVED_SOLVER_UNAVAILABLE);
	assert_string_equal(carved_error_get(&plan.failure, "reason"), "no such file");
	assert_string_equal(plan.summary, "{\"phase\":1}");
}

static void an_id_that_is_none_is_not_found(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	struct carved_store_proposal proposals[3];
	add(f, id);
	finish(f, id, proposals);
	static const char *const ids[] = {
		"", "PL-", "PL-0", "PL-01", "PL-1 ", "PL--1", "pl-1", "P-1", "1", "PL-9999999999999999999", "PL-2"};
	struct carved_store_plan plan;
	struct carved_error error;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		assert_false(carved_store_plan_get(f->store, ids[i], &f->arena, &plan, &error));
		assert_int_equal(error.code, CARVED_PLAN_NOT_FOUND);
		assert_string_equal(carved_error_get(&error, "plan"), ids[i]);
	}
	struct carved_store_proposal one;
	assert_false(carved_store_proposal_get(f->store, "P-4", &f->arena, &one, &error));
	assert_int_equal(error.code, CARVED_PROPOSAL_NOT_FOUND);
	assert_string_equal(carved_error_get(&error, "proposal"), "P-4");
}

static void a_plan_left_running_is_interrupted_at_the_next_start(void **state)
{
	struct fixture *f = *state;
	char first[CARVED_STORE_ID_MAX], second[CARVED_STORE_ID_MAX];
	struct carved_store_proposal proposals[3];
	add(f, first);
	add(f, second);
	finish(f, first, proposals);
	reopen(f, 777);
	struct carved_store_plan plan;
	assert_true(carved_store_plan_get(f->store, second, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_FAILED);
	assert_int_equal(plan.failure.code, CARVED_PLAN_INTERRUPTED);
	assert_int_equal(plan.ended_at, 777);
	assert_true(carved_store_plan_get(f->store, first, &f->arena, &plan, NULL));
	assert_int_equal(plan.state, CARVED_STORE_PLAN_DONE);
	assert_int_equal(plan.ended_at, 250);
	add(f, first);
	assert_string_equal(first, "PL-3");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_running_plan_is_there_at_once, setup, teardown),
		cmocka_unit_test_setup_teardown(an_ended_plan_keeps_its_body_and_numbers_its_proposals, setup, teardown),
		cmocka_unit_test_setup_teardown(proposals_are_read_by_plan_and_by_candidate, setup, teardown),
		cmocka_unit_test_setup_teardown(proposals_are_read_page_by_page_and_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(plans_are_listed_newest_first_and_page_by_page, setup, teardown),
		cmocka_unit_test_setup_teardown(a_plan_ends_once, setup, teardown),
		cmocka_unit_test_setup_teardown(a_failed_plan_keeps_its_reason_with_parameters, setup, teardown),
		cmocka_unit_test_setup_teardown(an_id_that_is_none_is_not_found, setup, teardown),
		cmocka_unit_test_setup_teardown(a_plan_left_running_is_interrupted_at_the_next_start, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
