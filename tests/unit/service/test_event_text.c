// SPDX-License-Identifier: EUPL-1.2
// Events as a stream carries them, and which of them a client wants.
#include "service/events.h"
#include "support/carved_cmocka.h"
#include <string.h>

static struct carved_store_event event(enum carved_store_event_kind kind, const char *plan)
{
	struct carved_store_event event = {.id = 12, .at = 1795000000123, .kind = kind};
	strcpy(event.plan, plan);
	return event;
}

static void an_event_has_its_id_its_kind_and_one_line_of_json(void **state)
{
	(void)state;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_store_event e = event(CARVED_STORE_EVENT_DECISION, "PL-9");
	strcpy(e.proposal, "P-3");
	e.candidate = "K-1";
	e.site = "S-1";
	e.json = "{\"by\":\"kim\"}";
	e.json_length = strlen(e.json);
	carved_event_format(&e, &text);
	carved_buffer_add(&text, "", 1);
	assert_string_equal(text.data,
		"id: 12\nevent: decision\ndata: "
		"{\"id\":12,\"at\":\"2026-11-18T11:06:40Z\",\"kind\":\"decision\",\"plan\":\"PL-9\","
		"\"proposal\":\"P-3\",\"candidate\":\"K-1\",\"site\":\"S-1\",\"details\":{\"by\":\"kim\"}}\n\n");
	carved_buffer_deinit(&text);
}

static void what_an_event_is_not_about_does_not_stand(void **state)
{
	(void)state;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	const struct carved_store_event e = event(CARVED_STORE_EVENT_PLAN_STARTED, "PL-9");
	carved_event_format(&e, &text);
	carved_buffer_add(&text, "", 1);
	assert_string_equal(text.data, "id: 12\nevent: plan-started\ndata: "
				       "{\"id\":12,\"at\":\"2026-11-18T11:06:40Z\",\"kind\":\"plan-started\",\"plan\":\"PL-9\"}"
				       "\n\n");
	carved_buffer_deinit(&text);
}

static void kinds_are_chosen_by_a_list_of_whole_names(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", ",", "decision,", ",decision", "decisions", "decisio", "decision, plan-ended", "Decision"};
	struct carved_event_filter filter = {.kinds = ~0u};
	const struct carved_store_event decision = event(CARVED_STORE_EVENT_DECISION, ""),
					ended = event(CARVED_STORE_EVENT_PLAN_ENDED, "PL-1"),
					stale = event(CARVED_STORE_EVENT_PROPOSAL_STALE, "PL-1");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(carved_event_filter_parse_kinds(&filter, wrong[i]));
	assert_true(filter.kinds == ~0u);
	assert_true(carved_event_filter_matches(&filter, &stale));
	assert_true(carved_event_filter_parse_kinds(&filter, "decision,plan-ended"));
	assert_true(carved_event_filter_matches(&filter, &decision));
	assert_true(carved_event_filter_matches(&filter, &ended));
	assert_false(carved_event_filter_matches(&filter, &stale));
}

static void a_plan_is_chosen_by_its_id(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "9", "PL-", "PL-0", "PL-09", "PL-x", "P-9", "PL-9 ", "PL-1234567890123456789"};
	struct carved_event_filter filter = {.kinds = ~0u};
	const struct carved_store_event of_9 = event(CARVED_STORE_EVENT_PLAN_ENDED, "PL-9"),
					of_91 = event(CARVED_STORE_EVENT_PLAN_ENDED, "PL-91"),
					of_none = event(CARVED_STORE_EVENT_DECISION, "");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(carved_event_filter_parse_plan(&filter, wrong[i]));
	assert_true(carved_event_filter_parse_plan(&filter, "PL-9"));
	assert_true(carved_event_filter_matches(&filter, &of_9));
	assert_false(carved_event_filter_matches(&filter, &of_91));
	assert_false(carved_event_filter_matches(&filter, &of_none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_event_has_its_id_its_kind_and_one_line_of_json),
		cmocka_unit_test(what_an_event_is_not_about_does_not_stand),
		cmocka_unit_test(kinds_are_chosen_by_a_list_of_whole_names),
		cmocka_unit_test(a_plan_is_chosen_by_its_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
