// SPDX-License-Identifier: EUPL-1.2
// Who is left out of several plans: records written by hand against a region of six people.
#include "carved/model/left_out.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 6, PLANS = 3 };

struct fixture {
	struct world world;
	struct carved_candidate *people[PEOPLE]; // K-1 ..
	struct carved_record *records[PLANS];
	struct carved_left_out left_out;
};

static int setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	world_init(&f->world);
	for (int p = 0; p < PEOPLE; p++) {
		char ref[24];
		snprintf(ref, sizeof ref, "K-%d", p + 1);
		f->people[p] = world_add_candidate(&f->world, carved_arena_strdup(&f->world.arena, ref));
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	carved_left_out_deinit(&f->left_out);
	for (int i = 0; i < PLANS; i++)
		carved_record_free(f->records[i]);
	world_deinit(&f->world);
	free(f);
	return 0;
}

// One plan: `fates` has a word for K-1, K-2 ...: "placed", "-" (was not in it), or the rule that left them without.
static void add_plan(struct fixture *f, int at, const char *id, const char *const fates[PEOPLE], const char *fairness)
{
	struct carved_record *record = f->records[at] = carved_record_new(id);
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_buffer_printf(&text, "{\"fairness\":%s}", fairness);
	assert_true(carved_record_read_summary(record, text.data, text.length, NULL));
	carved_buffer_clear(&text);
	carved_buffer_add_text(&text, "{\"unplaced\":[");
	for (int p = 0, written = 0; p < PEOPLE; p++) {
		if (strcmp(fates[p], "placed") == 0)
			carved_record_add_placed(record, "P-1", f->people[p]->ref, "S-1");
		else if (strcmp(fates[p], "-") != 0)
			carved_buffer_printf(&text, "%s{\"candidate\":\"%s\",\"reason\":\"%s\"}", written++ ? "," : "",
				f->people[p]->ref, fates[p]);
	}
	carved_buffer_add_text(&text, "]}");
	assert_true(carved_record_read_unplaced(record, text.data, text.length, NULL));
	carved_buffer_deinit(&text);
	carved_record_finish(record);
}

static void expect_told(struct fixture *f, size_t plans, const char *expected)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	carved_left_out_make(&f->world.region, WORLD_DATE, (const struct carved_record *const *)f->records, plans, &f->left_out);
	carved_left_out_format(&f->left_out, &writer);
	assert_string_equal(text.data, expected);
	carved_buffer_deinit(&text);
}

#define BANDS_OF_ONE                                                                                                             \
	"{\"coachHours\":[{\"upTo\":1,\"candidates\":4,\"placed\":1,\"share\":0.250000,\"value\":30,\"meanValue\":30},{"         \
	"\"upTo\":"                                                                                                              \
	"null,\"candidates\":2,\"placed\":2,\"share\":1.000000,\"value\":81,\"meanValue\":40}]}"
#define BANDS_BEFORE_VALUES                                                                                                      \
	"{\"coachHours\":[{\"upTo\":1,\"candidates\":4,\"placed\":2,\"share\":0.500000,\"meanValue\":10},{\"upTo\":null,"        \
	"\"candidates\":2,\"placed\":0,\"share\":0.000000,\"meanValue\":0}]}"

// K-1 is placed once, K-2 never, K-3 was not in the oldest plan, K-4 had no consent then, K-5 has none now, K-6 never, and waits longest.
static void those_in_every_plan_and_placed_in_none_are_told_by_waiting(void **state)
{
	struct fixture *f = *state;
	f->people[1]->waiting_since = WORLD_DATE - 100;
	f->people[4]->consent_expires = WORLD_DATE - 1;
	f->people[5]->waiting_since = WORLD_DATE - 1000;
	add_plan(f, 0, "PL-9", (const char *const[]){"placed", "hours", "hours", "hours", "hours", "coach"}, BANDS_OF_ONE);
	add_plan(f, 1, "PL-8", (const char *const[]){"travel", "travel", "hours", "hours", "hours", "hours"}, BANDS_OF_ONE);
	add_plan(f, 2, "PL-7", (const char *const[]){"hours", "hours", "-", "consent", "hours", "coach"}, BANDS_BEFORE_VALUES);
	expect_told(f, 3,
		"{\"date\":\"2026-11-22\",\"plans\":[\"PL-9\",\"PL-8\",\"PL-7\"],\"candidates\":3,\"leftOut\":["
		"{\"candidate\":\"K-6\",\"coach\":\"C-1\",\"monthsWaiting\":32,\"reasons\":[{\"reason\":\"coach\",\"plans\":2},"
		"{\"reason\":\"hours\",\"plans\":1}]},"
		"{\"candidate\":\"K-2\",\"coach\":\"C-1\",\"monthsWaiting\":3,\"reasons\":[{\"reason\":\"hours\",\"plans\":2},"
		"{\"reason\":\"travel\",\"plans\":1}]}],\"fairness\":{\"coachHours\":["
		"{\"upTo\":1,\"candidates\":12,\"placed\":4,\"share\":0.333333,\"value\":80,\"meanValue\":20},"
		"{\"upTo\":null,\"candidates\":6,\"placed\":4,\"share\":0.666666,\"value\":162,\"meanValue\":40}]}}");
	carved_left_out_deinit(&f->left_out);
	carved_left_out_make(&f->world.region, WORLD_DATE, (const struct carved_record *const *)f->records, 2, &f->left_out);
	assert_int_equal(f->left_out.candidates, 5); // K-3 and K-4 were in both of the newer ones
	assert_int_equal(f->left_out.person_count, 4);
}

static void without_a_plan_nobody_is_left_out(void **state)
{
	expect_told(*state, 0, "{\"date\":\"2026-11-22\",\"plans\":[],\"candidates\":0,\"leftOut\":[],\"fairness\":null}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(those_in_every_plan_and_placed_in_none_are_told_by_waiting, setup, teardown),
		cmocka_unit_test_setup_teardown(without_a_plan_nobody_is_left_out, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
