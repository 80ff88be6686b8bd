// SPDX-License-Identifier: EUPL-1.2
// Mends by hand, one situation each.
#include "mend_fixture.h"
#include "support/one_task.h"
#include "support/world_text.h"

static void ask(struct mend_asked *a, struct fixture *f)
{
	mend_asked_init(a, world_text_read(&f->world), 0, 0, WORLD_DATE);
	mend_ask(a, CARVED_MEND_MOST);
}

static const struct carved_mend_change *expect(
	const struct mend_asked *a, size_t mend, size_t index, enum carved_mend_kind kind, const char *path, const char *value)
{
	assert_true(mend < a->found.count && index < a->found.items[mend].count);
	const struct carved_mend_change *change = &a->found.items[mend].changes[index];
	assert_string_equal(carved_mend_names[change->kind], carved_mend_names[kind]);
	assert_string_equal(change->path, path);
	if (value)
		assert_string_equal(change->value, value);
	else
		assert_null(change->value);
	return change;
}

static void a_lifting_aid_is_what_is_missing(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 20;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_aid(&f->world, f->candidate, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_ADD_AID, "/facilities", "[\"lifting-aid\"]");
	assert_int_equal(a.found.count, 1);
	assert_int_equal(a.found.complete_to, 1);
	assert_int_equal(a.found.items[0].plan.proposals[0].hours_q, 20);
	mend_asked_deinit(&a);
}

static void a_task_of_the_morning_is_moved_to_when_the_person_is_there(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 16;
	f->task->when = 0x1; // mon-am
	f->candidate->available_q[0] = 0;
	ask(&a, f);
	const struct carved_mend_change *change =
		expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-pm\"]");
	assert_int_equal(change->size, 16);
	assert_int_equal(change->parts_to, 0x2); // only what the schedule needs
	mend_asked_deinit(&a);
}

static void a_fixed_time_is_moved_with_its_hours(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 0;
	f->task->fixed = true;
	f->task->fixed_q[0] = 12;
	f->task->fixed_q[5] = 8; // tue-pm
	f->candidate->available_q[0] = 0;
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/hours", "{\"mon-pm\":3,\"tue-pm\":2}");
	expect(&a, 1, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "2"); // one of a task's moves is enough
	assert_int_equal(a.found.count, 2);
	mend_asked_deinit(&a);
}

static void somebody_who_never_works_evenings_is_helped_by_the_day(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 16;
	f->task->when = 0x4; // mon-ev
	world_add_text(&f->world, &f->candidate->never, "evening-work");
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-ev\"]");
	mend_asked_deinit(&a);
}

static void a_vacancy_fits_without_the_task_that_is_too_heavy(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->site->job_count = 0;
	struct carved_job *kitchen = world_add_vacancy(&f->world, f->site, "kitchen");
	world_add_task(&f->world, kitchen, "dishes", 18);
	struct carved_task *crates = world_add_task(&f->world, kitchen, "crates", 4);
	world_add_level(&f->world, &f->candidate->limitations, "d430", 4);
	world_add_level(&f->world, &crates->demands, "d430", 3);
	ask(&a, f);
	const struct carved_mend_change *change = expect(&a, 0, 0, CARVED_MEND_DROP_TASK, "/vacancies/0/tasks/1", NULL);
	assert_string_equal(change->task, "crates");
	assert_int_equal(change->size, 4);
	assert_int_equal(a.found.items[0].plan.proposals[0].kind, CARVED_WHOLE_VACANCY);
	mend_asked_deinit(&a);
}

static void two_tasks_under_one_supervisor_are_enough(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 10;
	f->task->supervisor = "ann";
	world_add_task(&f->world, f->job, "meals", 8)->supervisor = "bob";
	f->candidate->supervisors_max = 1;
	ask(&a, f);
	const struct carved_mend_change *change =
		expect(&a, 0, 0, CARVED_MEND_OTHER_SUPERVISOR, "/jobs/0/tasks/1/supervisor", "\"ann\""); // the shorter task
	assert_string_equal(change->from, "bob");
	expect(&a, 1, 0, CARVED_MEND_OTHER_SUPERVISOR, "/jobs/0/tasks/0/supervisor", "\"bob\"");
	expect(&a, 2, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "2.5"); // a wish comes last
	mend_asked_deinit(&a);
}

static void hours_come_as_near_to_the_wish_as_they_can(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 13;
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "3.25");
	mend_asked_deinit(&a);
	f->site->job_count = 0;
	f->candidate->per_day_q = 64;
	world_add_task(&f->world, world_add_vacancy(&f->world, f->site, "kitchen"), "dishes", 38);
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_MORE_HOURS, "/hours/max", "9.5");
	assert_int_equal(a.found.items[0].changes[0].size, 6);
	mend_asked_deinit(&a);
}

static void guidance_is_asked_for_as_much_as_is_missing(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 20;
	f->candidate->buddy_q = 46;
	ask(&a, f);
	expect(&a, 0, 0, CARVED_MEND_MORE_SUPERVISION, "/supervision", "{\"hours\":11.5}");
	mend_asked_deinit(&a);
	f->candidate->buddy_q = 0;
	f->candidate->coach_q = 42;
	ask(&a, f);
	const struct carved_mend_change *change = expect(&a, 0, 0, CARVED_MEND_MORE_COACHING, "/hours", "10.5");
	assert_string_equal(change->ref, "C-1");
	assert_int_equal(change->size, 2);
	mend_asked_deinit(&a);
}

static void where_one_change_does_not_do_two_are_named_together(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 16;
	f->task->when = 0x1;
	f->candidate->available_q[0] = 0;
	f->candidate->buddy_q = 41;
	world_add_level(&f->world, &f->candidate->limitations, "d430", 3);
	world_add_aid(&f->world, f->candidate, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	ask(&a, f);
	assert_int_equal(a.found.items[0].count, 2);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-pm\"]");
	expect(&a, 0, 1, CARVED_MEND_MORE_SUPERVISION, "/supervision", "{\"hours\":10.25}");
	assert_int_equal(a.found.complete_to, 2);
	mend_asked_deinit(&a);
	world_add_level(&f->world, &f->task->demands, "d430", 2);
	ask(&a, f);
	assert_int_equal(a.found.items[0].count, 3);
	expect(&a, 0, 1, CARVED_MEND_ADD_AID, "/facilities", "[\"lifting-aid\"]");
	mend_asked_deinit(&a);
}

static void what_people_must_decide_is_no_change(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 20;
	f->candidate->max_minutes = 5;
	ask(&a, f);
	assert_int_equal(a.found.count, 0);
	assert_int_equal(a.found.complete_to, CARVED_MEND_MOST);
	mend_asked_deinit(&a);
	f->candidate->max_minutes = 45;
	f->candidate->consent_expires = WORLD_DATE - 1;
	ask(&a, f);
	assert_int_equal(a.found.count, 0);
	assert_int_equal(a.found.complete_to, CARVED_MEND_MOST);
	mend_asked_deinit(&a);
}

static void a_task_asked_about_is_part_of_every_package_shown(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 20;
	world_add_task(&f->world, f->job, "meals", 8)->when = 0x1;
	f->candidate->available_q[0] = 0;
	mend_asked_init(&a, world_text_read(&f->world), 0, 0, WORLD_DATE);
	a.question.job = "nurse";
	a.question.task = "meals";
	mend_ask(&a, CARVED_MEND_MOST);
	assert_true(a.found.count > 0);
	assert_string_equal(a.found.items[0].changes[0].path, "/jobs/0/tasks/1/when");
	const struct carved_proposal *p = &a.found.items[0].plan.proposals[0];
	bool has = false;
	for (size_t i = 0; i < p->piece_count; i++)
		has = has || p->pieces[i].slot == 1;
	assert_true(has);
	mend_asked_deinit(&a);
}

static void a_search_that_ran_out_of_tries_says_so(void **state)
{
	struct fixture *f = *state;
	struct mend_asked a;
	f->task->hours_q = 16;
	f->task->when = 0x1;
	world_add_task(&f->world, f->job, "meals", 16)->when = 0x1;
	f->candidate->available_q[0] = 0;
	mend_asked_init(&a, world_text_read(&f->world), 0, 0, WORLD_DATE);
	a.question.tries = 1;
	mend_ask(&a, 1);
	assert_int_equal(a.found.complete_to, 0);
	assert_int_equal(a.found.tries, 1);
	mend_asked_deinit(&a);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_lifting_aid_is_what_is_missing),
		T(a_task_of_the_morning_is_moved_to_when_the_person_is_there),
		T(a_fixed_time_is_moved_with_its_hours),
		T(somebody_who_never_works_evenings_is_helped_by_the_day),
		T(a_vacancy_fits_without_the_task_that_is_too_heavy),
		T(two_tasks_under_one_supervisor_are_enough),
		T(hours_come_as_near_to_the_wish_as_they_can),
		T(guidance_is_asked_for_as_much_as_is_missing),
		T(where_one_change_does_not_do_two_are_named_together),
		T(what_people_must_decide_is_no_change),
		T(a_task_asked_about_is_part_of_every_package_shown),
		T(a_search_that_ran_out_of_tries_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
