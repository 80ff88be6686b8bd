// SPDX-License-Identifier: EUPL-1.2
// Rule `value`: any figure that a plan states and the documents don't give; the eight parts by hand.
#include "support/check_fixture.h"

static void value_a_point_more_in_any_part(void **state)
{
	struct fixture *f = *state;
	make(f);
	struct carved_proposal *p = &f->plan.proposals[0];
#define X(part)                                                                                                                  \
	p->parts.part++;                                                                                                         \
	expect_only(f, CARVED_RULE_VALUE, #part, p->parts.part, p->parts.part - 1);                                              \
	p->parts.part--;
	CARVED_VALUE_PARTS(X)
#undef X
	p->value++;
	expect_only(f, CARVED_RULE_VALUE, "value", p->value, p->value - 1);
	p->value--;
	f->plan.value++;
	f->plan.bound++;
	expect_only(f, CARVED_RULE_VALUE, "plan value", f->plan.value, f->plan.value - 1);
	f->plan.value--;
	f->plan.bound -= 2;
	expect_only(f, CARVED_RULE_VALUE, "bound", f->plan.bound, f->plan.value);
	f->plan.bound++;
	expect_valid(f);
}

static void value_any_other_figure(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);  // nobody stated it: a question
	world_add_level(&f->world, &f->k1->limitations, "b140", 4); // and an aid
	world_add_level(&f->world, &f->linen->demands, "b140", 1);
	world_add_aid(&f->world, f->k1, "b140", 1, "earplugs", CARVED_ORGANISATION);
	expect_made_valid(f);
	struct carved_proposal *p = &f->plan.proposals[0];
	p->hours_q++;
	expect_only(f, CARVED_RULE_VALUE, "hours", 21, 20);
	p->hours_q--;
	p->question_count = 0;
	expect_only(f, CARVED_RULE_VALUE, "d430", 0, 1);
	p->question_count = 1;
	p->questions[0] = carved_icf_find("b140");
	expect_only(f, CARVED_RULE_VALUE, "d430", 0, 1);
	p->questions[0] = carved_icf_find("d430");
	p->aids.items[0] = "earmuffs";
	expect_only(f, CARVED_RULE_VALUE, "earplugs", 0, 1);
	p->aids.items[0] = "earplugs";
	p->donors[0].left_q++;
	expect_only(f, CARVED_RULE_VALUE, "nurse", 141, 140);
	p->donors[0].left_q--;
	p->needs_staff_agreed = true;
	expect_only(f, CARVED_RULE_VALUE, "staff-agreed", 1, 0);
	f->site->staff_agreed = WORLD_DATE + 1;
	expect_valid(f);
	f->plan.unplaced_count = 0;
	expect_only(f, CARVED_RULE_VALUE, "unplaced", 0, 1);
}

// place: no waiting, one option (300): 12 x 1300 = 15600
// fit of linen: d430 margin 4 - 1 - 2 = 1 -> 800, d720 unknown -> 600: comfort 700; liked 1000; level 3 of wished 2, grow 1000; setting one off 500; travel 800:
//   (30 x 700 + 35 x 1000 + 15 x 1000 + 10 x 500 + 10 x 800) / 100 = 840;  of meals: (30 x 1000 + 35 x 500 + 15 x 700 + 10 x 700 + 10 x 800) / 100 = 730
// part fit: (12 x 840 + 8 x 730) x 20 / 31 = 318400 / 31 = 10270.9 -> 10270
// relief: (12 x 3 + 8 x 0) x 25 / 4 = 225;  jobs: two -> -1500;  aids: one -> -800;  unknown: one -> -100
// coach: 3 x -7 / 4 = -5.25 -> -6;  buddy: 8 x -5 / 4 = -10
static void the_eight_parts_are_those_worked_out_by_hand(void **state)
{
	struct fixture *f = *state;
	f->weights.coach_hour = -7;
	f->weights.buddy_hour = -5;
	f->k1->coach_q = 3;
	f->k1->max_q = 31;
	world_add_level(&f->world, &f->k1->limitations, "d430", 4);
	world_add_aid(&f->world, f->k1, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	world_add_level(&f->world, &f->linen->demands, "d430", 2);
	world_add_level(&f->world, &f->linen->demands, "d720", 2);
	world_add_text(&f->world, &f->linen->tags, "outdoor");
	world_add_text(&f->world, &f->k1->like, "outdoor");
	f->k1->level = 2;
	f->k1->challenge = CARVED_GROW;
	f->k1->company = CARVED_ALONE;
	f->linen->level = 3;
	f->linen->company = CARVED_SMALL_TEAM;
	f->linen->relief = 3;
	f->packages[0].pieces[1].slot = POST; // as meals, but of another job
	expect_made_valid(f);
	const struct carved_value_parts *parts = &f->plan.proposals[0].parts;
	assert_int_equal(parts->place, 15600);
	assert_int_equal(parts->fit, 10270);
	assert_int_equal(parts->relief, 225);
	assert_int_equal(parts->jobs, -1500);
	assert_int_equal(parts->aids, -800);
	assert_int_equal(parts->unknown, -100);
	assert_int_equal(parts->coach, -6);
	assert_int_equal(parts->buddy, -10);
	assert_int_equal(f->plan.proposals[0].value, 15600 + 10270 + 225 - 1500 - 800 - 100 - 6 - 10);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(value_a_point_more_in_any_part),
		T(value_any_other_figure),
		T(the_eight_parts_are_those_worked_out_by_hand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
