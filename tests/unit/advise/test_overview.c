// SPDX-License-Identifier: EUPL-1.2
// A plan at one glance: of a region of three sites and six people, made by hand with what everybody has.
#include "carved/advise/overview.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct world world;
	struct carved_candidate *people[6]; // K-1 ..
	struct carved_site *care, *shop;    // S-1, S-2; nobody works at S-3
	struct carved_record *record;
	struct carved_overview overview;
};

static void add_works(struct fixture *f)
{
	struct world *w = &f->world;
	struct carved_job *nurse = world_add_job(w, f->care, "nurse"), *till = world_add_job(w, f->shop, "till");
	struct carved_job *kitchen = world_add_vacancy(w, f->care, "kitchen");
	world_add_task(w, nurse, "linen", 40);
	world_add_task(w, nurse, "garden", 24)->undone = true;
	world_add_task(w, nurse, "care", 80);
	kitchen->openings = 2;
	struct carved_task *dishes = world_add_task(w, kitchen, "dishes", 0);
	dishes->fixed = true;
	dishes->fixed_q[0] = dishes->fixed_q[4] = 8;
	world_add_task(w, till, "shelves", 40);
}

static int setup(void **state)
{
	static const char *const refs[] = {"K-1", "K-2", "K-3", "K-4", "K-5", "K-6"};
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	world_init(&f->world);
	world_add_coach(&f->world, "C-2", 80);
	for (int p = 0; p < 6; p++)
		f->people[p] = world_add_candidate(&f->world, refs[p]);
	f->care = world_add_site(&f->world, "S-1");
	f->shop = world_add_site(&f->world, "S-2");
	world_add_site(&f->world, "S-3");
	add_works(f);
	f->record = carved_record_new("PL-1");
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	carved_overview_deinit(&f->overview);
	carved_record_free(f->record);
	world_deinit(&f->world);
	free(f);
	return 0;
}

static void place(struct fixture *f, const char *json)
{
	struct carved_error error;
	struct carved_record_source source = {.id = "P-1", .state = "proposed", .json = json, .length = strlen(json)};
	assert_true(carved_record_read_proposal(f->record, &source, &error));
}

static void leave(struct fixture *f, const char *list)
{
	struct carved_error error;
	assert_true(carved_record_read_unplaced(f->record, list, strlen(list), &error));
}

static const struct carved_overview *make(struct fixture *f)
{
	static const char summary[] = "{\"placed\":0,\"candidates\":6}";
	struct carved_error error;
	assert_true(carved_record_read_summary(f->record, summary, sizeof summary - 1, &error));
	carved_record_finish(f->record);
	carved_overview_make(f->record, &f->world.region, &f->overview);
	return &f->overview;
}

static void expect_text(struct fixture *f, const char *part)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	carved_json_begin_object(&writer, NULL);
	carved_overview_format(&f->overview, CARVED_DUTCH, &writer);
	carved_json_end_object(&writer);
	if (!strstr(text.data, part))
		print_error("%s\nis not in\n%s\n", part, text.data);
	assert_non_null(strstr(text.data, part));
	carved_buffer_deinit(&text);
}

static void what_packages_take_is_added_up_per_task_and_per_job(void **state)
{
	struct fixture *f = *state;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"kind\":\"carved\",\"hours\":6,\"slots\":[{\"job\":\"nurse\",\"task\":"
		 "\"linen\",\"hours\":4},{\"job\":\"nurse\",\"task\":\"garden\",\"hours\":2}]}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-1\",\"kind\":\"carved\",\"hours\":5.25,\"slots\":[{\"job\":\"nurse\","
		 "\"task\":\"linen\",\"hours\":5.25}]}");
	const struct carved_overview *o = make(f);
	assert_int_equal(o->hours_q, 45);
	assert_int_equal(o->site_count, 1);
	assert_int_equal(o->sites[0].job_count, 1);
	const struct carved_overview_job *nurse = &o->sites[0].jobs[0];
	assert_int_equal(nurse->people, 2);
	assert_int_equal(nurse->before_q, 160);
	assert_int_equal(nurse->carved_q, 37); // the garden is nobody's hours
	assert_int_equal(nurse->task_count, 2);
	assert_int_equal(nurse->tasks[0].carved_q, 37);
	assert_int_equal(nurse->tasks[0].hours_q, 40);
	assert_false(nurse->tasks[0].undone);
	assert_int_equal(nurse->tasks[1].carved_q, 8);
	assert_true(nurse->tasks[1].undone);
	expect_text(f, "\"before\":40,\"carved\":9.25,\"left\":30.75");
}

static void an_opening_that_is_filled_whole_is_told_beside_what_is_carved_from_the_other(void **state)
{
	struct fixture *f = *state;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"kind\":\"vacancy\",\"hours\":4,\"slots\":[{\"vacancy\":\"kitchen\","
		 "\"task\":\"dishes\",\"part\":\"mon-am\",\"hours\":2},{\"vacancy\":\"kitchen\",\"task\":\"dishes\",\"part\":"
		 "\"tue-am\",\"hours\":2}]}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-1\",\"kind\":\"carved\",\"hours\":1,\"slots\":[{\"vacancy\":\"kitchen\","
		 "\"task\":\"dishes\",\"part\":\"mon-am\",\"hours\":1}]}");
	const struct carved_overview_job *kitchen = &make(f)->sites[0].jobs[0];
	assert_int_equal(kitchen->people, 2);
	assert_int_equal(kitchen->filled, 1);
	assert_int_equal(kitchen->before_q, 32);
	assert_int_equal(kitchen->carved_q, 20);
	expect_text(f, "\"vacancy\":\"kitchen\",\"title\":\"kitchen\",\"openings\":2,\"filled\":1,\"people\":2,\"before\":8,"
		       "\"carved\":5,\"left\":3");
}

static void people_of_one_journey_are_counted_together_with_the_longest_way(void **state)
{
	struct fixture *f = *state;
	f->people[1]->minutes[0].minutes = 31;
	f->people[2]->home = 3812;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"hours\":4}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-2\",\"hours\":4}"); // at the same postcode
	place(f, "{\"candidate\":\"K-3\",\"site\":\"S-2\",\"hours\":4}");
	const struct carved_overview *o = make(f);
	assert_int_equal(o->journey_count, 2);
	expect_text(f, "\"journeys\":[{\"from\":\"3811\",\"to\":\"3811\",\"people\":2,\"minutes\":31},"
		       "{\"from\":\"3812\",\"to\":\"3811\",\"people\":1,\"minutes\":9}]");
}

static void a_sector_is_what_the_site_says_else_its_first_tag_else_unknown(void **state)
{
	struct fixture *f = *state;
	f->care->sector = "care";
	world_add_text(&f->world, &f->care->tags, "indoor");
	world_add_text(&f->world, &f->shop->tags, "retail");
	world_add_text(&f->world, &f->shop->tags, "care");
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"hours\":4}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-2\",\"hours\":6}");
	place(f, "{\"candidate\":\"K-3\",\"site\":\"S-3\",\"hours\":6}");
	make(f);
	expect_text(f, "\"sectors\":[{\"sector\":\"retail\",\"label\":null,\"people\":1,\"hours\":6},"
		       "{\"sector\":\"unknown\",\"label\":null,\"people\":1,\"hours\":6},"
		       "{\"sector\":\"care\",\"label\":null,\"people\":1,\"hours\":4}]");
}

static void hours_of_the_target_group_are_counted_as_jobs_to_the_nearest_hundredth(void **state)
{
	struct fixture *f = *state;
	f->people[0]->target_group = f->people[1]->target_group = true;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"hours\":16}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-1\",\"hours\":10.25}");
	place(f, "{\"candidate\":\"K-3\",\"site\":\"S-1\",\"hours\":30}");
	make(f);
	expect_text(f, "\"banenafspraak\":{\"people\":2,\"hours\":26.25,\"jobs\":1.03}"); // 1.0294
}

static void reasons_that_leave_most_without_come_first(void **state)
{
	struct fixture *f = *state;
	leave(f, "{\"unplaced\":[{\"candidate\":\"K-5\",\"reason\":\"coach\"},{\"candidate\":\"K-4\",\"reason\":\"travel\"},"
		 "{\"candidate\":\"K-2\",\"reason\":\"coach\"},{\"candidate\":\"K-1\",\"reason\":\"consent\"}]}");
	make(f);
	expect_text(f, "\"unplaced\":[{\"reason\":\"coach\",\"candidates\":[\"K-2\",\"K-5\"]},"
		       "{\"reason\":\"consent\",\"candidates\":[\"K-1\"]},{\"reason\":\"travel\",\"candidates\":[\"K-4\"]}]");
}

static void a_plan_that_looked_at_nobody_names_no_reasons(void **state)
{
	struct fixture *f = *state;
	const struct carved_overview *o = make(f);
	assert_int_equal(o->reason_count, 0);
	expect_text(f, "\"candidates\":6,\"hours\":0,\"progress\":[],\"proposals\":[],\"sites\":[],");
}

static void coaches_are_used_by_their_placed_people_as_far_as_work_that_began_still_needs_them(void **state)
{
	struct fixture *f = *state;
	f->people[0]->coach_q = f->people[1]->coach_q = 12;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"hours\":4}");
	place(f, "{\"candidate\":\"K-2\",\"site\":\"S-1\",\"hours\":4,\"pinned\":true,\"coachHours\":0.5}");
	make(f);
	expect_text(f, "\"coaches\":[{\"coach\":\"C-1\",\"hours\":10,\"used\":3.5,\"people\":2},"
		       "{\"coach\":\"C-2\",\"hours\":20,\"used\":0,\"people\":0}]");
}

static void what_the_documents_do_not_have_any_more_is_in_no_job(void **state)
{
	struct fixture *f = *state;
	place(f, "{\"candidate\":\"K-1\",\"site\":\"S-1\",\"hours\":6,\"slots\":[{\"job\":\"gone\",\"task\":\"linen\",\"hours\":"
		 "2},"
		 "{\"job\":\"nurse\",\"task\":\"gone\",\"hours\":4}]}");
	const struct carved_overview *o = make(f);
	assert_int_equal(o->sites[0].hours_q, 24);
	assert_int_equal(o->sites[0].job_count, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_packages_take_is_added_up_per_task_and_per_job),
		TEST(an_opening_that_is_filled_whole_is_told_beside_what_is_carved_from_the_other),
		TEST(people_of_one_journey_are_counted_together_with_the_longest_way),
		TEST(a_sector_is_what_the_site_says_else_its_first_tag_else_unknown),
		TEST(hours_of_the_target_group_are_counted_as_jobs_to_the_nearest_hundredth),
		TEST(reasons_that_leave_most_without_come_first),
		TEST(a_plan_that_looked_at_nobody_names_no_reasons),
		TEST(coaches_are_used_by_their_placed_people_as_far_as_work_that_began_still_needs_them),
		TEST(what_the_documents_do_not_have_any_more_is_in_no_job),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
