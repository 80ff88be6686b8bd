// SPDX-License-Identifier: EUPL-1.2
#include "store/events.h"
#include "store_fixture.h"

struct told {
	char text[8192];
	size_t stop_after; // events; 0: goes on
};

static bool append(void *context, const struct carved_store_event *e)
{
	struct told *t = context;
	size_t used = strlen(t->text);
	snprintf(t->text + used, sizeof t->text - used, "%lld@%lld %s %s %s %s %s %.*s\n", (long long)e->id, (long long)e->at,
		carved_store_event_kind_names[e->kind], e->plan, e->proposal, e->candidate ? e->candidate : "-",
		e->site ? e->site : "-", (int)e->json_length, e->json ? e->json : "");
	return t->stop_after == 0 || --t->stop_after > 0;
}

// The events behind an id, a line each.
static const char *list_until(struct carved_store *store, int64_t after, size_t limit, size_t stop_after)
{
	static struct told told;
	struct carved_error error;
	told = (struct told){.stop_after = stop_after};
	assert_true(carved_store_events_after(store, after, limit, append, &told, &error));
	return told.text;
}

static const char *list(struct carved_store *store, int64_t after, size_t limit)
{
	return list_until(store, after, limit, 0);
}

static void start_plan_of(struct fixture *f, bool simulated, const char *event, char id[CARVED_STORE_ID_MAX])
{
	const struct carved_store_plan_start start = {
		.date = 20779, .simulated = simulated, .who = "bob", .when = 100, .event = event};
	struct carved_error error;
	assert_true(carved_store_plan_add(f->store, &start, id, &error));
}

static void start_plan(struct fixture *f, const char *event, char id[CARVED_STORE_ID_MAX])
{
	start_plan_of(f, false, event, id);
}

// K-1 at S-1, K-2 at S-2. `origin`: of the first one.
static bool end_plan_with(struct fixture *f, const char *id, const char *origin)
{
	struct carved_store_proposal proposals[2] = {
		{.candidate = "K-1", .site = "S-1", .candidate_version = 1, .site_version = 1, .json = "{}", .json_length = 2},
		{.candidate = "K-2", .site = "S-2", .candidate_version = 1, .site_version = 1, .json = "{}", .json_length = 2}};
	strcpy(proposals[0].origin, origin);
	const struct carved_store_plan_end end = {.state = CARVED_STORE_PLAN_DONE, .when = 200, .event = "{\"state\":\"done\"}"};
	struct carved_error error;
	return carved_store_plan_end(f->store, id, &end, proposals, 2, &error);
}

static bool end_plan(struct fixture *f, const char *id)
{
	return end_plan_with(f, id, "");
}

// Of four documents in their first version.
static void plan_pairs(struct fixture *f, char id[CARVED_STORE_ID_MAX])
{
	store_put_pairs(f);
	start_plan(f, NULL, id);
	assert_true(end_plan(f, id));
}

static void decide(struct fixture *f, const char *proposal, enum carved_store_proposal_state kind, const char *reason)
{
	struct carved_store_decision decision = {.kind = kind,
		.candidate_agreed = CARVED_DATE_NONE,
		.employer_agreed = CARVED_DATE_NONE,
		.finances_discussed = CARVED_DATE_NONE,
		.reason = reason,
		.who = "carla",
		.when = 300};
	struct carved_error error;
	strcpy(decision.proposal, proposal);
	assert_true(carved_store_decide(f->store, &decision, &f->arena, NULL, NULL, NULL, &error));
}

static void record(struct fixture *f, int64_t at)
{
	const struct carved_store_event event = {
		.at = at, .kind = CARVED_STORE_EVENT_PLAN_PROGRESS, .plan = "PL-7", .json = "{}", .json_length = 2};
	struct carved_error error;
	assert_true(carved_store_event_record(f->store, &event, &error));
}

static void assert_range(struct fixture *f, int64_t oldest, int64_t newest)
{
	struct carved_error error;
	int64_t found_oldest, found_newest;
	assert_true(carved_store_event_range(f->store, &found_oldest, &found_newest, &error));
	assert_int_equal(found_oldest, oldest);
	assert_int_equal(found_newest, newest);
	assert_int_equal(carved_store_get_figures(f->store)->last_event, newest);
}

static void a_plan_tells_that_it_started_what_it_proposes_and_last_that_it_ended(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	start_plan(f, "{\"by\":\"bob\"}", id);
	assert_string_equal(list(f->store, 0, 10), "1@100 plan-started PL-1  - - {\"by\":\"bob\"}\n");
	assert_true(end_plan(f, id));
	assert_string_equal(list(f->store, 1, 10), "2@200 proposal-proposed PL-1 P-1 K-1 S-1 \n"
						   "3@200 proposal-proposed PL-1 P-2 K-2 S-2 \n"
						   "4@200 plan-ended PL-1  - - {\"state\":\"done\"}\n");
	assert_range(f, 1, 4);
}

static void what_a_simulated_plan_proposes_is_no_event(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	start_plan_of(f, true, NULL, id);
	assert_true(end_plan(f, id));
	assert_string_equal(list(f->store, 0, 10), "1@100 plan-started PL-1  - - \n"
						   "2@200 plan-ended PL-1  - - {\"state\":\"done\"}\n");
}

static void what_changes_meanwhile_is_told_as_stale_at_once(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	start_plan(f, NULL, id);
	store_put(f, "site", "S-1", "{\"n\":2}");
	assert_true(end_plan(f, id));
	assert_string_equal(list(f->store, 1, 10),
		"2@200 proposal-stale PL-1 P-1 K-1 S-1 {\"because\":\"overtaken\",\"was\":\"proposed\"}\n"
		"3@200 proposal-proposed PL-1 P-2 K-2 S-2 \n"
		"4@200 plan-ended PL-1  - - {\"state\":\"done\"}\n");
}

static void decisions_and_what_they_and_documents_make_stale_are_told_one_by_one(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	plan_pairs(f, id);
	decide(f, "P-1", CARVED_STORE_OFFERED, NULL);
	store_put(f, "site", "S-1", "{}"); // the same: no new version
	store_put(f, "site", "S-1", "{\"n\":2}");
	store_put(f, "coach", "C-1", "{}");
	decide(f, "P-2", CARVED_STORE_DECLINED, "travel");
	store_put(f, "candidate", "K-2", "{\"n\":2}"); // what was declined stays that
	assert_string_equal(list(f->store, 4, 10),
		"5@300 decision PL-1 P-1 K-1 S-1 {\"decision\":\"D-1\",\"kind\":\"offered\",\"by\":\"carla\"}\n"
		"6@150 proposal-stale PL-1 P-1 K-1 S-1 {\"because\":\"site\",\"was\":\"offered\"}\n"
		"7@300 decision PL-1 P-2 K-2 S-2 "
		"{\"decision\":\"D-2\",\"kind\":\"declined\",\"by\":\"carla\",\"reason\":\"travel\"}\n");
	assert_range(f, 1, 7);
}

// The newer plan's row for what was offered is no news, and neither is each proposal that it replaces.
static void what_a_newer_plan_carries_or_replaces_is_no_event(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	plan_pairs(f, id);
	decide(f, "P-1", CARVED_STORE_OFFERED, NULL);
	start_plan(f, NULL, id);
	assert_true(end_plan_with(f, id, "P-1"));
	assert_string_equal(list(f->store, 6, 10), "7@200 proposal-proposed PL-2 P-4 K-2 S-2 \n"
						   "8@200 plan-ended PL-2  - - {\"state\":\"done\"}\n");
}

static void what_was_rolled_back_leaves_no_event(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	plan_pairs(f, id);
	assert_false(end_plan(f, id)); // it has ended
	assert_range(f, 1, 4);
	record(f, 300);
	assert_string_equal(list(f->store, 4, 10), "5@300 plan-progress PL-7  - - {}\n");
}

static void pages_follow_each_other_and_a_reader_sees_them_too(void **state)
{
	struct fixture *f = *state;
	struct carved_store *reader;
	for (int i = 1; i <= 5; i++)
		record(f, i);
	assert_true(carved_store_open_reader(f->folder.file, &reader, NULL));
	assert_string_equal(list(reader, 0, 2), "1@1 plan-progress PL-7  - - {}\n2@2 plan-progress PL-7  - - {}\n");
	assert_string_equal(list_until(reader, 2, 2, 1), "3@3 plan-progress PL-7  - - {}\n");
	assert_string_equal(list(reader, 5, 2), "");
	record(f, 6);
	assert_string_equal(list(reader, 5, 2), "6@6 plan-progress PL-7  - - {}\n");
	carved_store_close(reader);
}

static void the_oldest_are_forgotten_and_no_id_comes_back(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	assert_range(f, 1, 0);
	record(f, 10);
	record(f, 30);
	record(f, 20); // the clock was set back
	record(f, 40);
	assert_true(carved_store_events_forget(f->store, 25, &error));
	assert_range(f, 2, 4);
	assert_true(carved_store_events_forget(f->store, 100, &error));
	assert_range(f, 5, 4);
	reopen(f, 50);
	assert_range(f, 5, 4);
	record(f, 60);
	assert_range(f, 5, 5);
}

static void a_plan_that_a_kill_interrupted_has_its_end_told_once(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	start_plan(f, NULL, id);
	start_plan(f, NULL, id);
	reopen(f, 500);
	const char *told = "3@500 plan-ended PL-1  - - {\"state\":\"failed\",\"failure\":\"plan-interrupted\"}\n"
			   "4@500 plan-ended PL-2  - - {\"state\":\"failed\",\"failure\":\"plan-interrupted\"}\n";
	assert_string_equal(list(f->store, 2, 10), told);
	reopen(f, 600);
	assert_string_equal(list(f->store, 2, 10), told);
	assert_range(f, 1, 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_plan_tells_that_it_started_what_it_proposes_and_last_that_it_ended),
		TEST(what_a_simulated_plan_proposes_is_no_event),
		TEST(what_changes_meanwhile_is_told_as_stale_at_once),
		TEST(decisions_and_what_they_and_documents_make_stale_are_told_one_by_one),
		TEST(what_a_newer_plan_carries_or_replaces_is_no_event),
		TEST(what_was_rolled_back_leaves_no_event),
		TEST(pages_follow_each_other_and_a_reader_sees_them_too),
		TEST(the_oldest_are_forgotten_and_no_id_comes_back),
		TEST(a_plan_that_a_kill_interrupted_has_its_end_told_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
