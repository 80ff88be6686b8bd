// SPDX-License-Identifier: EUPL-1.2
#include "store_fixture.h"

enum { DATE = 20779 };

static struct carved_store_proposal proposal(const char *candidate, const char *site, const char *origin)
{
	struct carved_store_proposal p = {.candidate = candidate,
		.site = site,
		.candidate_version = 1,
		.site_version = 1,
		.json = "{\"n\":1}",
		.json_length = 7};
	strcpy(p.origin, origin);
	return p;
}

static void begin(struct fixture *f, bool simulated, char ret_id[CARVED_STORE_ID_MAX])
{
	const struct carved_store_plan_start start = {.date = DATE, .simulated = simulated, .who = "bob", .when = 100};
	assert_true(carved_store_plan_add(f->store, &start, ret_id, NULL));
}

static void finish(struct fixture *f, const char *plan, struct carved_store_proposal *proposals, size_t count)
{
	const struct carved_store_plan_end end = {.state = CARVED_STORE_PLAN_DONE, .when = 250};
	assert_true(carved_store_plan_end(f->store, plan, &end, proposals, count, NULL));
}

// A plan with K-1 at S-1 and K-2 at S-2.
static void plan(struct fixture *f, bool simulated)
{
	char id[CARVED_STORE_ID_MAX];
	struct carved_store_proposal proposals[] = {proposal("K-1", "S-1", ""), proposal("K-2", "S-2", "")};
	begin(f, simulated, id);
	finish(f, id, proposals, 2);
}

static enum carved_store_proposal_state state_of(struct fixture *f, const char *id)
{
	struct carved_store_proposal p;
	assert_true(carved_store_proposal_get(f->store, id, &f->arena, &p, NULL));
	return p.state;
}

static bool decide(struct fixture *f, const char *id, enum carved_store_proposal_state kind, struct carved_error *error)
{
	struct carved_store_decision decision = {.kind = kind,
		.candidate_agreed = CARVED_DATE_NONE,
		.employer_agreed = CARVED_DATE_NONE,
		.finances_discussed = CARVED_DATE_NONE,
		.candidate_version = 1,
		.site_version = 1,
		.who = "carla",
		.when = 300};
	strcpy(decision.proposal, id);
	return carved_store_decide(f->store, &decision, &f->arena, NULL, NULL, NULL, error);
}

static void refused(struct fixture *f, const char *id, enum carved_store_proposal_state kind, enum carved_code code)
{
	struct carved_error error;
	assert_false(decide(f, id, kind, &error));
	assert_string_equal(carved_code_name(error.code), carved_code_name(code));
}

// ---- states

static void only_these_moves_are_allowed(void **state)
{
	(void)state;
	static const char *const allowed[CARVED_STORE_PROPOSAL_STATES] = {[CARVED_STORE_PROPOSED] = "offered accepted declined",
		[CARVED_STORE_OFFERED] = "accepted declined withdrawn",
		[CARVED_STORE_ACCEPTED] = "withdrawn started",
		[CARVED_STORE_DECLINED] = "",
		[CARVED_STORE_WITHDRAWN] = "",
		[CARVED_STORE_STARTED] = "ended",
		[CARVED_STORE_ENDED] = "",
		[CARVED_STORE_STALE] = ""};
	for (int from = 0; from < CARVED_STORE_PROPOSAL_STATES; from++) {
		for (int to = 0; to < CARVED_STORE_PROPOSAL_STATES; to++) {
			bool expected = strstr(allowed[from], carved_store_proposal_state_names[to]) != NULL;
			assert_int_equal(carved_store_may_follow(from, to), expected);
		}
	}
}

static void a_decision_moves_its_proposal_and_is_kept_as_it_was_said(void **state)
{
	struct fixture *f = *state;
	store_put_pairs(f);
	plan(f, false);
	struct carved_store_decision accept = {.proposal = "P-1",
		.kind = CARVED_STORE_ACCEPTED,
		.text = "on trial",
		.candidate_agreed = DATE - 2,
		.employer_agreed = DATE - 1,
		.finances_discussed = DATE,
		.contact = "Team kitchen, extension 12",
		.candidate_version = 1,
		.site_version = 1,
		.who = "carla",
		.when = 300};
	struct carved_error error;
	assert_true(decide(f, "P-1", CARVED_STORE_OFFERED, &error));
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_OFFERED);
	assert_true(carved_store_decide(f->store, &accept, &f->arena, NULL, NULL, NULL, &error));
	assert_string_equal(accept.id, "D-2");
	assert_string_equal(accept.candidate, "K-1");
	assert_string_equal(accept.site, "S-1");
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_ACCEPTED);
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_PROPOSED);
}

struct heard {
	char text[512];
	struct carved_store_decision last;
};

static bool hear(void *context, const struct carved_store_decision *d)
{
	struct heard *heard = context;
	size_t used = strlen(heard->text);
	snprintf(heard->text + used, sizeof heard->text - used, "%s %s %s %s %s; ", d->id, d->proposal, d->candidate, d->site,
		carved_store_proposal_state_names[d->kind]);
	heard->last = *d;
	return true;
}

static void the_history_is_told_per_proposal_and_per_person_and_outlives_a_restart(void **state)
{
	struct fixture *f = *state;
	struct heard on = {0}, of = {0}, declines = {0};
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_OFFERED, &error);
	decide(f, "P-2", CARVED_STORE_DECLINED, &error);
	decide(f, "P-1", CARVED_STORE_ACCEPTED, &error);
	decide(f, "P-1", CARVED_STORE_STARTED, &error);
	decide(f, "P-1", CARVED_STORE_ENDED, &error);
	reopen(f, 1);
	assert_true(carved_store_decisions_on(f->store, "P-1", hear, &on, &error));
	assert_string_equal(
		on.text, "D-1 P-1 K-1 S-1 offered; D-3 P-1 K-1 S-1 accepted; D-4 P-1 K-1 S-1 started; D-5 P-1 K-1 S-1 ended; ");
	assert_true(carved_store_decisions_of(f->store, "K-2", hear, &of, &error));
	assert_string_equal(of.text, "D-2 P-2 K-2 S-2 declined; ");
	assert_true(carved_store_declines(f->store, hear, &declines, &error));
	assert_string_equal(declines.text, of.text);
	assert_int_equal(declines.last.candidate_version, 1);
	assert_int_equal(declines.last.candidate_agreed, CARVED_DATE_NONE);
	assert_false(carved_store_decisions_on(f->store, "P-9", hear, &on, &error));
	assert_int_equal(error.code, CARVED_PROPOSAL_NOT_FOUND);
}

static void what_can_not_follow_is_refused_and_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false);
	refused(f, "P-1", CARVED_STORE_STARTED, CARVED_DECISION_NOT_ALLOWED);
	refused(f, "P-1", CARVED_STORE_WITHDRAWN, CARVED_DECISION_NOT_ALLOWED);
	refused(f, "P-7", CARVED_STORE_OFFERED, CARVED_PROPOSAL_NOT_FOUND);
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_PROPOSED);
	assert_true(decide(f, "P-1", CARVED_STORE_DECLINED, &error));
	refused(f, "P-1", CARVED_STORE_ACCEPTED, CARVED_DECISION_NOT_ALLOWED);
	assert_false(decide(f, "P-1", CARVED_STORE_OFFERED, &error));
	assert_string_equal(carved_error_get(&error, "state"), "declined");
	assert_string_equal(carved_error_get(&error, "decision"), "offered");
}

static void nobody_decides_on_a_simulated_plan(void **state)
{
	struct fixture *f = *state;
	store_put_pairs(f);
	plan(f, true);
	refused(f, "P-1", CARVED_STORE_OFFERED, CARVED_PROPOSAL_SIMULATED);
	store_put(f, "candidate", "K-1", "{\"changed\":1}");
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_PROPOSED);
}

static void nobody_has_two_places(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	plan(f, false);
	assert_true(decide(f, "P-1", CARVED_STORE_OFFERED, &error));
	begin(f, false, id);
	struct carved_store_proposal elsewhere = proposal("K-1", "S-2", "");
	finish(f, id, &elsewhere, 1);
	assert_true(decide(f, "P-3", CARVED_STORE_ACCEPTED, &error));
	assert_false(decide(f, "P-1", CARVED_STORE_ACCEPTED, &error));
	assert_int_equal(error.code, CARVED_CANDIDATE_PLACED);
	assert_string_equal(carved_error_get(&error, "proposal"), "P-3");
	assert_true(decide(f, "P-3", CARVED_STORE_WITHDRAWN, &error));
	assert_true(decide(f, "P-1", CARVED_STORE_ACCEPTED, &error));
}

// ---- carried on

static void a_carried_proposal_shares_the_state_of_its_origin(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	char id[CARVED_STORE_ID_MAX];
	struct carved_store_proposal p;
	struct heard heard = {0};
	store_put_pairs(f);
	plan(f, false);
	assert_true(decide(f, "P-1", CARVED_STORE_ACCEPTED, &error));
	begin(f, false, id);
	struct carved_store_proposal carried = proposal("K-1", "S-1", "P-1");
	finish(f, id, &carried, 1);
	assert_true(carved_store_proposal_get(f->store, "P-3", &f->arena, &p, NULL));
	assert_string_equal(p.origin, "P-1");
	assert_int_equal(p.state, CARVED_STORE_ACCEPTED);
	assert_true(decide(f, "P-3", CARVED_STORE_STARTED, &error));
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_STARTED);
	assert_int_equal(state_of(f, "P-3"), CARVED_STORE_STARTED);
	assert_true(carved_store_decisions_on(f->store, "P-3", hear, &heard, &error));
	assert_string_equal(heard.text, "D-1 P-1 K-1 S-1 accepted; D-2 P-1 K-1 S-1 started; ");
}

struct standing {
	char text[128];
};

static bool add_standing(void *context, const struct carved_store_proposal *p)
{
	struct standing *s = context;
	strcat(strcat(s->text, p->id), " ");
	return true;
}

static void standing_and_offered_proposals_are_found_once_each(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	struct standing accepted = {""}, offered = {""}, started = {""};
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_ACCEPTED, &error);
	decide(f, "P-2", CARVED_STORE_OFFERED, &error);
	begin(f, false, id);
	struct carved_store_proposal carried[] = {proposal("K-1", "S-1", "P-1"), proposal("K-2", "S-2", "P-2")};
	finish(f, id, carried, 2);
	assert_true(carved_store_proposals_in(f->store, CARVED_STORE_ACCEPTED, add_standing, &accepted, &error));
	assert_true(carved_store_proposals_in(f->store, CARVED_STORE_OFFERED, add_standing, &offered, &error));
	assert_true(carved_store_proposals_in(f->store, CARVED_STORE_STARTED, add_standing, &started, &error));
	assert_string_equal(accepted.text, "P-1 ");
	assert_string_equal(offered.text, "P-2 ");
	assert_string_equal(started.text, "");
}

static void when_work_began_is_told_until_it_ends(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	struct heard during = {0}, after = {0};
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_ACCEPTED, &error);
	decide(f, "P-1", CARVED_STORE_STARTED, &error);
	decide(f, "P-2", CARVED_STORE_ACCEPTED, &error);
	assert_true(carved_store_starts(f->store, hear, &during, &error));
	assert_string_equal(during.text, "D-2 P-1 K-1 S-1 started; ");
	assert_int_equal(during.last.when, 300);
	decide(f, "P-1", CARVED_STORE_ENDED, &error);
	assert_true(carved_store_starts(f->store, hear, &after, &error));
	assert_string_equal(after.text, "");
}

// ---- stale

static void a_changed_document_makes_the_open_proposals_of_its_person_or_site_stale(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-2", CARVED_STORE_OFFERED, &error);
	store_put(f, "candidate", "K-1", "{}"); // nothing new
	store_put(f, "coach", "K-1", "{}");     // somebody else
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_PROPOSED);
	store_put(f, "candidate", "K-1", "{\"changed\":1}");
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_STALE);
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_OFFERED);
	store_put(f, "site", "S-2", NULL);
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_STALE);
	refused(f, "P-2", CARVED_STORE_ACCEPTED, CARVED_PROPOSAL_STALE);
}

static void what_people_have_decided_does_not_become_stale(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_ACCEPTED, &error);
	decide(f, "P-2", CARVED_STORE_DECLINED, &error);
	store_put(f, "candidate", "K-1", "{\"changed\":1}");
	store_put(f, "site", "S-2", "{\"changed\":1}");
	plan(f, false);
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_ACCEPTED);
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_DECLINED);
}

static void a_newer_plan_replaces_what_was_merely_proposed(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false); // P-1, P-2
	decide(f, "P-1", CARVED_STORE_OFFERED, &error);
	plan(f, true); // P-3, P-4
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_PROPOSED);
	plan(f, false); // P-5, P-6
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_OFFERED);
	assert_int_equal(state_of(f, "P-2"), CARVED_STORE_STALE);
	assert_int_equal(state_of(f, "P-4"), CARVED_STORE_PROPOSED);
	assert_int_equal(state_of(f, "P-6"), CARVED_STORE_PROPOSED);
}

static void a_plan_that_ends_behind_a_newer_one_proposes_nothing(void **state)
{
	struct fixture *f = *state;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	begin(f, false, id);
	plan(f, false); // P-1, P-2
	struct carved_store_proposal late = proposal("K-1", "S-1", "");
	finish(f, id, &late, 1);
	assert_int_equal(state_of(f, "P-1"), CARVED_STORE_PROPOSED);
	assert_int_equal(state_of(f, "P-3"), CARVED_STORE_STALE);
}

static void what_changed_while_a_plan_was_made_is_stale_at_once(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	char id[CARVED_STORE_ID_MAX];
	store_put_pairs(f);
	store_put(f, "candidate", "K-3", "{}");
	plan(f, false);
	begin(f, false, id);
	decide(f, "P-1", CARVED_STORE_ACCEPTED, &error);
	store_put(f, "candidate", "K-2", "{\"changed\":1}");
	struct carved_store_proposal late[] = {
		proposal("K-1", "S-2", ""), proposal("K-2", "S-2", ""), proposal("K-3", "S-1", "")};
	finish(f, id, late, 3);
	assert_int_equal(state_of(f, "P-3"), CARVED_STORE_STALE);
	assert_int_equal(state_of(f, "P-4"), CARVED_STORE_STALE);
	assert_int_equal(state_of(f, "P-5"), CARVED_STORE_PROPOSED);
}

static void a_decline_makes_the_same_pair_elsewhere_stale(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	store_put_pairs(f);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_OFFERED, &error);
	plan(f, false);
	decide(f, "P-1", CARVED_STORE_DECLINED, &error);
	assert_int_equal(state_of(f, "P-3"), CARVED_STORE_STALE);
	assert_int_equal(state_of(f, "P-4"), CARVED_STORE_PROPOSED);
}

// ---- answers

static const char *tell(void *context, const struct carved_store_decision *decision)
{
	snprintf(context, 64, "{\"id\":\"%s\",\"site\":\"%s\"}", decision->id, decision->site);
	return context;
}

static void the_answer_is_kept_with_the_decision(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	struct carved_store_answer answer;
	char body[64];
	store_put_pairs(f);
	plan(f, false);
	struct carved_store_decision offer = {.proposal = "P-2",
		.kind = CARVED_STORE_OFFERED,
		.candidate_agreed = CARVED_DATE_NONE,
		.employer_agreed = CARVED_DATE_NONE,
		.finances_discussed = CARVED_DATE_NONE,
		.who = "carla",
		.when = 300};
	const struct carved_store_keep keep = {.uid = 7, .key = "k", .fingerprint = "f", .status = 201, .when = 300};
	assert_true(carved_store_decide(f->store, &offer, &f->arena, &keep, tell, body, &error));
	assert_true(carved_store_answer_get(f->store, 7, "k", 0, &f->arena, &answer, &error));
	assert_int_equal(answer.status, 201);
	assert_string_equal(answer.body, "{\"id\":\"D-1\",\"site\":\"S-2\"}");
	strcpy(offer.proposal, "P-2"); // refused: nothing is kept
	const struct carved_store_keep again = {.uid = 7, .key = "l", .fingerprint = "f", .status = 201, .when = 300};
	assert_false(carved_store_decide(f->store, &offer, &f->arena, &again, tell, body, &error));
	assert_true(carved_store_answer_get(f->store, 7, "l", 0, &f->arena, &answer, &error));
	assert_null(answer.fingerprint);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_these_moves_are_allowed),
		TEST(a_decision_moves_its_proposal_and_is_kept_as_it_was_said),
		TEST(the_history_is_told_per_proposal_and_per_person_and_outlives_a_restart),
		TEST(what_can_not_follow_is_refused_and_changes_nothing),
		TEST(nobody_decides_on_a_simulated_plan),
		TEST(nobody_has_two_places),
		TEST(a_carried_proposal_shares_the_state_of_its_origin),
		TEST(standing_and_offered_proposals_are_found_once_each),
		TEST(when_work_began_is_told_until_it_ends),
		TEST(a_changed_document_makes_the_open_proposals_of_its_person_or_site_stale),
		TEST(what_people_have_decided_does_not_become_stale),
		TEST(a_newer_plan_replaces_what_was_merely_proposed),
		TEST(a_plan_that_ends_behind_a_newer_one_proposes_nothing),
		TEST(what_changed_while_a_plan_was_made_is_stale_at_once),
		TEST(a_decline_makes_the_same_pair_elsewhere_stale),
		TEST(the_answer_is_kept_with_the_decision),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
