// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/slot.h"
#include "support/one_task.h"
#include <string.h>

enum { MON_PM = 1, TUE_AM = 4, MON_EV = 2, MON_NI = 3 };

static struct carved_slots make(struct fixture *f)
{
	return carved_slots_make(f->site, &f->world.arena);
}

static void a_task_with_plain_hours_is_one_slot_in_the_sites_open_parts(void **state)
{
	struct fixture *f = *state;
	struct carved_slots slots = make(f);
	assert_int_equal(slots.count, 1);
	assert_int_equal(slots.items[0].hours_q, 40);
	assert_int_equal(slots.items[0].unit_q, 40);
	assert_int_equal(slots.items[0].chunk_q, 2);
	assert_int_equal(slots.items[0].part, -1);
	assert_int_equal(slots.items[0].parts, f->site->open);
	f->task->when = 1u << TUE_AM;
	assert_int_equal(make(f).items[0].parts, 1u << TUE_AM);
}

static void a_task_with_fixed_times_is_one_slot_per_day_part(void **state)
{
	struct fixture *f = *state;
	f->task->fixed = true;
	f->task->fixed_q[TUE_AM] = 6;
	f->task->fixed_q[MON_PM] = 8;
	f->task->chunk_q = 7;
	struct carved_slots slots = make(f);
	assert_int_equal(slots.count, 2);
	assert_int_equal(slots.items[0].part, MON_PM);
	assert_int_equal(slots.items[0].parts, 1u << MON_PM);
	assert_int_equal(slots.items[0].hours_q, 8);
	assert_int_equal(slots.items[0].chunk_q, 7);
	assert_int_equal(slots.items[1].part, TUE_AM);
	assert_int_equal(slots.items[1].hours_q, 6);
	assert_int_equal(slots.items[1].chunk_q, 6); // at most its hours
}

static void slots_follow_jobs_then_vacancies_and_a_vacancy_has_all_openings(void **state)
{
	struct fixture *f = *state;
	struct carved_job *vacancy = world_add_vacancy(&f->world, f->site, "kitchen");
	vacancy->openings = 3;
	world_add_task(&f->world, vacancy, "dishes", 12);
	struct carved_slots slots = make(f);
	assert_int_equal(slots.count, 2);
	assert_ptr_equal(slots.items[0].job, f->job);
	assert_int_equal(slots.items[1].job_index, 1);
	assert_int_equal(slots.items[1].unit_q, 12);
	assert_int_equal(slots.items[1].hours_q, 36);
}

static void the_highest_of_site_job_and_task_counts_and_nothing_is_not_asked(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->site->demands, "d430", 1);
	world_add_level(&f->world, &f->job->demands, "d430", 3);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	world_add_level(&f->world, &f->task->demands, "b140", 2);
	world_add_level(&f->world, &f->task->demands, "d720", 0);
	world_add_level(&f->world, &f->site->exposures, "e250", 2);
	world_add_level(&f->world, &f->task->exposures, "e250", 1);
	struct carved_slots slots = make(f);
	const struct carved_slot *slot = &slots.items[0];
	assert_int_equal(slot->demands.count, 2);
	assert_string_equal(carved_icf_code(slot->demands.items[0].icf), "b140");
	assert_int_equal(slot->demands.items[0].value, 2);
	assert_string_equal(carved_icf_code(slot->demands.items[1].icf), "d430");
	assert_int_equal(slot->demands.items[1].value, 3);
	assert_int_equal(slot->exposures.count, 1);
	assert_int_equal(slot->exposures.items[0].value, 2);
}

static void expect_tags(const struct carved_slot *slot, const char *expected)
{
	char joined[256] = "";
	for (size_t i = 0; i < slot->tags.count; i++) {
		strcat(joined, slot->tags.items[i]);
		strcat(joined, " ");
	}
	assert_string_equal(joined, expected);
}

static void tags_come_from_task_job_site_category_exposures_and_hours(void **state)
{
	struct fixture *f = *state;
	world_add_text(&f->world, &f->site->tags, "indoor");
	world_add_text(&f->world, &f->site->tags, "care");
	world_add_text(&f->world, &f->job->tags, "care");
	world_add_text(&f->world, &f->task->tags, "plants");
	f->task->category = "4.A.3.a.2";
	world_add_level(&f->world, &f->site->exposures, "e250", 2);
	world_add_level(&f->world, &f->site->exposures, "e225", 1); // below 2: no tag
	expect_tags(&make(f).items[0], "4.A.3.a.2 care e250 indoor plants ");
	f->task->when = 1u << MON_EV;
	expect_tags(&make(f).items[0], "4.A.3.a.2 care e250 evening-work indoor plants ");
	f->task->when = 1u << MON_NI;
	expect_tags(&make(f).items[0], "4.A.3.a.2 care e250 indoor night-work plants ");
	f->task->when = 1u << MON_NI | 1u << MON_EV; // neither only ev nor only ni
	expect_tags(&make(f).items[0], "4.A.3.a.2 care e250 indoor plants ");
}

// 180 h, 6 incumbents who keep 20 h each: a quarter of 720 quarters is 180; 720 - 6 x 80 = 240: the share binds.
static void a_job_gives_at_most_its_share_and_what_incumbents_keep_stays(void **state)
{
	struct fixture *f = *state;
	f->job->hours_q = 720;
	f->job->incumbents = 6;
	f->job->share_permille = 250;
	f->job->keep_hours_q = 80;
	assert_int_equal(carved_job_cap_q(f->job), 180);
	f->job->keep_hours_q = 100; // 720 - 600 = 120 binds
	assert_int_equal(carved_job_cap_q(f->job), 120);
	f->job->keep_hours_q = 121; // 720 - 726 < 0
	assert_int_equal(carved_job_cap_q(f->job), 0);
	f->job->keep_hours_q = 0;
	f->job->share_permille = 333; // 239.76
	assert_int_equal(carved_job_cap_q(f->job), 239);
	f->job->has_carve = false;
	assert_int_equal(carved_job_cap_q(f->job), 0);
}

// One opening has 12 + (8 + 6) = 26 quarters, two have 52; 700 per mille of them are 36.4.
static void a_vacancy_gives_its_share_of_all_openings(void **state)
{
	struct fixture *f = *state;
	struct carved_job *vacancy = world_add_vacancy(&f->world, f->site, "kitchen");
	vacancy->openings = 2;
	world_add_task(&f->world, vacancy, "dishes", 12);
	struct carved_task *fixed = world_add_task(&f->world, vacancy, "floor", 0);
	fixed->fixed = true;
	fixed->fixed_q[MON_PM] = 8;
	fixed->fixed_q[TUE_AM] = 6;
	assert_int_equal(carved_job_cap_q(vacancy), 0);
	vacancy->has_carve = true;
	vacancy->share_permille = 700;
	assert_int_equal(carved_job_cap_q(vacancy), 36);
	vacancy->share_permille = 1000;
	assert_int_equal(carved_job_cap_q(vacancy), 52);
}

static void a_wish_matches_the_same_and_what_lies_below_it(void **state)
{
	(void)state;
	assert_true(carved_wish_matches("outdoor", "outdoor"));
	assert_true(carved_wish_matches("4.A.3", "4.A.3.a.2"));
	assert_true(carved_wish_matches("4.A.3.a.2", "4.A.3.a.2"));
	assert_false(carved_wish_matches("4.A.3", "4.A.30"));
	assert_false(carved_wish_matches("4.A.3.a.2", "4.A.3"));
	assert_false(carved_wish_matches("out", "outdoor"));
	const char *items[] = {"indoor", "4.A.1.b"};
	struct carved_texts tags = {items, 2};
	assert_true(carved_wish_matches_any("4.A", &tags));
	assert_false(carved_wish_matches_any("4.B", &tags));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_task_with_plain_hours_is_one_slot_in_the_sites_open_parts),
		T(a_task_with_fixed_times_is_one_slot_per_day_part),
		T(slots_follow_jobs_then_vacancies_and_a_vacancy_has_all_openings),
		T(the_highest_of_site_job_and_task_counts_and_nothing_is_not_asked),
		T(tags_come_from_task_job_site_category_exposures_and_hours),
		T(a_job_gives_at_most_its_share_and_what_incumbents_keep_stays),
		T(a_vacancy_gives_its_share_of_all_openings),
		T(a_wish_matches_the_same_and_what_lies_below_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
