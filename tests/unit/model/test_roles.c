// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/roles.h"
#include "support/check_fixture.h"

// K-1 gets 12 quarters of linen and 8 of meals, K-2 one of two openings in the kitchen; K-3 could do either.
struct view {
	struct fixture *f;
	struct carved_roles roles;
};

static void look(struct view *view)
{
	make(view->f);
	expect_valid(view->f);
	carved_roles_deinit(&view->roles);
	carved_roles_make(&view->f->world.region, view->f->table, &view->f->plan, &view->roles);
}

static struct view view_of(void **state)
{
	struct view view = {.f = *state};
	look(&view);
	return view;
}

static const struct carved_role *role_of(const struct view *view, enum carved_package_kind kind)
{
	for (size_t i = 0; i < view->roles.count; i++) {
		if (view->roles.items[i].proposal->kind == kind)
			return &view->roles.items[i];
	}
	fail();
	return NULL;
}

static void each_package_is_a_role_and_the_most_valuable_comes_first(void **state)
{
	struct view view = view_of(state);
	assert_int_equal(view.roles.count, 2);
	assert_int_equal(view.roles.items[0].count, 1);
	assert_int_equal(view.roles.items[0].proposal->value, view.roles.items[1].proposal->value);
	assert_int_equal(view.roles.items[0].proposal->pieces[0].slot, LINEN); // as much: in the order of the site
	view.f->k2->waiting_since = WORLD_DATE - 2000;
	look(&view);
	assert_int_equal(view.roles.items[0].proposal->pieces[0].slot, DISHES);
	assert_true(view.roles.items[0].proposal->value > view.roles.items[1].proposal->value);
	carved_roles_deinit(&view.roles);
}

static void the_same_pieces_are_one_role_with_the_value_of_the_best(void **state)
{
	struct fixture *f = *state;
	f->packages[2] = f->packages[1];
	f->packages[2].candidate = "K-3";
	f->package_count = 3;
	f->k2->coach_q = 4;
	f->k3->waiting_since = WORLD_DATE - 2000;
	struct view view = view_of(state);
	assert_int_equal(view.roles.count, 2);
	const struct carved_role *kitchen = role_of(&view, CARVED_WHOLE_VACANCY);
	assert_int_equal(kitchen->count, 2);
	assert_int_equal(kitchen->proposal->candidate, 2);
	assert_int_equal(kitchen->proposal->value, f->plan.proposals[2].value);
	assert_true(f->plan.proposals[2].value > f->plan.proposals[1].value);
	carved_roles_deinit(&view.roles);
}

static void other_hours_are_another_role(void **state)
{
	struct fixture *f = *state;
	f->packages[1] = (struct world_package){"K-2", "S-1", CARVED_CARVED, {{LINEN, 14}, {MEALS, 8}}};
	struct view view = view_of(state);
	assert_int_equal(view.roles.count, 2);
	f->packages[1].pieces[0].hours_q = 12;
	look(&view);
	assert_int_equal(view.roles.count, 1);
	carved_roles_deinit(&view.roles);
}

// ---- who could do it

static size_t could(struct view *view)
{
	look(view);
	return role_of(view, CARVED_CARVED)->candidates;
}

static void everybody_for_whom_every_rule_holds_could_do_it(void **state)
{
	struct view view = view_of(state);
	assert_int_equal(could(&view), 3);
	assert_int_equal(role_of(&view, CARVED_WHOLE_VACANCY)->candidates, 3);
	carved_roles_deinit(&view.roles);
}

static void who_breaks_one_rule_of_a_package_could_not(void **state)
{
	struct view view = view_of(state);
	struct world *w = &view.f->world;
	const struct carved_candidate right = *view.f->k3;
	struct carved_candidate *k3 = view.f->k3;
	view.f->linen->supervisor = "team-a";
	view.f->meals->supervisor = "team-b";
	world_add_level(w, &view.f->linen->demands, "d430", 2);
	world_add_text(w, &view.f->linen->tags, "indoor");
	assert_int_equal(could(&view), 3);
#define WITHOUT(change)                                                                                                          \
	change;                                                                                                                  \
	assert_int_equal(could(&view), 2);                                                                                       \
	*k3 = right
	WITHOUT(k3->consent_expires = WORLD_DATE - 1);
	WITHOUT(k3->max_minutes = 8);
	WITHOUT(world_add_text(w, &k3->not_with, "EMP-1"));
	WITHOUT(k3->min_q = 21);
	WITHOUT(k3->max_q = 19; k3->min_q = 8);
	WITHOUT(world_add_level(w, &k3->limitations, "d430", 3));
	WITHOUT(world_add_text(w, &k3->never, "indoor"));
	WITHOUT(world_add_text(w, &k3->must, "outdoor"));
	WITHOUT(world_add_limit(w, k3, "d430", 1, 11));
	WITHOUT(k3->supervisors_max = 1);
	WITHOUT(k3->per_day_q = 9); // 2 days of 9 hold 18 of 20
	WITHOUT(memset(k3->available_q, 0, sizeof k3->available_q); k3->available_q[MON_AM] = 16);
#undef WITHOUT
	assert_int_equal(could(&view), 3);
	carved_roles_deinit(&view.roles);
}

static void a_missing_certificate_and_too_many_donor_jobs_count_too(void **state)
{
	struct fixture *f = *state;
	f->packages[0] = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 12}, {POST, 8}}};
	struct view view = view_of(state);
	assert_int_equal(could(&view), 3);
	f->k3->jobs_max = 1;
	assert_int_equal(could(&view), 2);
	world_add_certificate(&f->world, "forklift", NULL);
	world_add_text(&f->world, &f->post->requires, "forklift");
	world_add_text(&f->world, &f->k1->has, "forklift");
	assert_int_equal(could(&view), 1);
	carved_roles_deinit(&view.roles);
}

static void of_those_the_target_group_and_who_needs_coaching_are_counted(void **state)
{
	struct fixture *f = *state;
	f->k1->target_group = f->k3->target_group = true;
	f->k1->coach_q = 0;
	struct view view = view_of(state);
	const struct carved_role *role = role_of(&view, CARVED_CARVED);
	assert_int_equal(role->target_group, 2);
	assert_int_equal(role->coaching, 2);
	f->k3->max_minutes = 5; // could not: counts nowhere
	look(&view);
	role = role_of(&view, CARVED_CARVED);
	assert_int_equal(role->target_group, 1);
	assert_int_equal(role->coaching, 1);
	carved_roles_deinit(&view.roles);
}

static void aids_are_counted_by_who_needs_them(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 3);
	world_add_level(&f->world, &f->meals->demands, "d720", 3);
	world_add_level(&f->world, &f->k1->limitations, "d430", 3);
	world_add_level(&f->world, &f->k3->limitations, "d430", 3);
	world_add_level(&f->world, &f->k3->limitations, "d720", 3);
	world_add_aid(&f->world, f->k1, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_aid(&f->world, f->k3, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_aid(&f->world, f->k3, "d720", 1, "buddy", CARVED_GUIDANCE);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	struct view view = view_of(state);
	const struct carved_role *role = role_of(&view, CARVED_CARVED);
	assert_int_equal(role->candidates, 3);
	assert_int_equal(role->aid_count, 2);
	assert_string_equal(role->aids[0].by, "buddy");
	assert_int_equal(role->aids[0].candidates, 1);
	assert_string_equal(role->aids[1].by, "lifting-aid");
	assert_int_equal(role->aids[1].candidates, 2);
	carved_roles_deinit(&view.roles);
}

// ---- what it asks

static void it_asks_the_highest_level_of_each_category_and_all_that_is_required(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 1);
	world_add_level(&f->world, &f->linen->demands, "d450", 2);
	world_add_level(&f->world, &f->meals->demands, "d430", 2);
	world_add_level(&f->world, &f->meals->exposures, "e250", 3);
	world_add_level(&f->world, &f->dishes->demands, "d440", 4); // of another role
	f->k2->limitations.count = 0;
	struct view view = view_of(state);
	const struct carved_role *role = role_of(&view, CARVED_CARVED);
	assert_int_equal(role->demands.count, 2);
	assert_string_equal(carved_icf_code(role->demands.items[0].icf), "d430");
	assert_int_equal(role->demands.items[0].value, 2);
	assert_string_equal(carved_icf_code(role->demands.items[1].icf), "d450");
	assert_int_equal(role->demands.items[1].value, 2);
	assert_int_equal(role->exposures.count, 1);
	assert_int_equal(role->exposures.items[0].value, 3);
	assert_int_equal(role->parts, 0x33);
	carved_roles_deinit(&view.roles);
}

// ---- as JSON

static void assert_people(const char *expected, size_t people, size_t all, size_t limit)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_roles_format_people(&writer, NULL, people, all, limit);
	assert_string_equal(buffer.data, expected);
	carved_buffer_deinit(&buffer);
}

static void small_numbers_and_what_differences_would_tell_are_bounds(void **state)
{
	(void)state;
	assert_people("{\"count\":5}", 5, SIZE_MAX, 5);
	assert_people("{\"fewerThan\":5}", 4, SIZE_MAX, 5);
	assert_people("{\"fewerThan\":5}", 0, SIZE_MAX, 5);
	assert_people("{\"count\":5}", 5, 10, 5);
	assert_people("{\"moreThan\":4}", 5, 9, 5);
	assert_people("{\"moreThan\":7}", 12, 12, 5);
	assert_people("{\"moreThan\":7}", 8, 12, 5);
	assert_people("{\"count\":7}", 7, 12, 5);
	assert_people("{\"fewerThan\":5}", 3, 4, 5);
	assert_people("{\"count\":0}", 0, 12, 0);
	assert_people("{\"count\":12}", 12, 12, 0);
	assert_people("{\"count\":1}", 1, 12, 1);
	assert_people("{\"moreThan\":11}", 12, 12, 1);
	assert_people("{\"count\":0}", 0, SIZE_MAX, 0);
}

static char *format_all(const struct view *view, size_t limit, bool of_site)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	const struct carved_roles_view told = {.region = &view->f->world.region,
		.table = view->f->table,
		.plan = &view->f->plan,
		.limit = limit,
		.language = CARVED_DUTCH};
	carved_json_begin_object(&writer, NULL);
	carved_roles_format(&view->roles, &told, &writer, "roles");
	if (of_site)
		carved_roles_format_site(&view->roles, &told, &writer);
	carved_json_end_object(&writer);
	return carved_buffer_take(&buffer, NULL);
}

static char *format(const struct view *view, size_t limit)
{
	return format_all(view, limit, false);
}

static void a_role_is_written_without_anybody(void **state)
{
	struct fixture *f = *state;
	f->packages[0] = f->packages[1];
	f->packages[0].candidate = "K-1";
	f->package_count = 1;
	world_add_level(&f->world, &f->dishes->demands, "d430", 2);
	world_add_level(&f->world, &f->dishes->exposures, "e250", 2);
	world_add_level(&f->world, &f->dishes->exposures, "e225", 1);
	f->k1->target_group = true;
	struct view view = view_of(state);
	char *text = format(&view, 0);
	assert_string_equal(text,
		"{\"roles\":[{\"kind\":\"vacancy\",\"count\":1,\"hours\":5,\"value\":24317,"
		"\"slots\":[{\"vacancy\":\"kitchen\",\"task\":\"dishes\",\"hours\":3},{\"vacancy\":\"kitchen\",\"task\":"
		"\"floor\",\"hours\":2}],"
		"\"schedule\":[{\"slot\":0,\"part\":\"mon-am\",\"hours\":3},{\"slot\":1,\"part\":\"mon-am\",\"hours\":1},"
		"{\"slot\":1,\"part\":\"mon-pm\",\"hours\":1}],"
		"\"donors\":[{\"job\":\"kitchen\",\"before\":10,\"carved\":5,\"left\":5}],\"conditions\":[],\"aids\":[],"
		"\"asks\":{\"demands\":{\"d430\":2},\"exposures\":{\"e250\":2},\"requires\":[],\"requiresLabels\":[],"
		"\"parts\":[\"mon-am\",\"mon-pm\",\"tue-am\",\"tue-pm\"]},"
		"\"candidates\":{\"all\":{\"count\":3},\"targetGroup\":{\"count\":1},\"coaching\":{\"count\":3}},\"buddyHours\":"
		"2}]}");
	assert_null(strstr(text, "K-"));
	free(text);
	text = format(&view, 5);
	assert_non_null(strstr(text,
		"\"candidates\":{\"all\":{\"fewerThan\":5},\"targetGroup\":{\"fewerThan\":5},\"coaching\":{\"fewerThan\":5}},"
		"\"buddyHours\":null"));
	free(text);
	carved_roles_deinit(&view.roles);
}

static void an_aid_of_few_is_told_only_where_the_site_has_it(void **state)
{
	struct fixture *f = *state;
	world_add_level(&f->world, &f->linen->demands, "d430", 3);
	world_add_level(&f->world, &f->meals->demands, "d720", 3);
	world_add_level(&f->world, &f->k1->limitations, "d430", 3);
	world_add_level(&f->world, &f->k1->limitations, "d720", 3);
	world_add_aid(&f->world, f->k1, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_aid(&f->world, f->k1, "d720", 1, "buddy", CARVED_GUIDANCE);
	world_add_text(&f->world, &f->site->facilities, "lifting-aid");
	struct view view = view_of(state);
	char *text = format(&view, 2);
	assert_non_null(
		strstr(text, "\"aids\":[{\"aid\":\"lifting-aid\",\"label\":\"lifting-aid\",\"candidates\":{\"fewerThan\":2}}]"));
	free(text);
	text = format(&view, 1);
	assert_non_null(strstr(text, "{\"aid\":\"buddy\",\"label\":\"buddy\",\"candidates\":{\"count\":1}}"));
	free(text);
	carved_roles_deinit(&view.roles);
}

static void words_are_told_by_what_a_vocabulary_calls_them(void **state)
{
	struct fixture *f = *state;
	world_add_certificate(&f->world, "forklift", NULL);
	struct carved_vocabulary *vocabulary = &f->world.documents[CARVED_KIND_VOCABULARY][0]->vocabulary;
	vocabulary->has.items[vocabulary->has.count - 1].nl = "heftruckcertificaat";
	world_add_text(&f->world, &f->meals->requires, "forklift");
	world_add_text(&f->world, &f->k1->has, "forklift");
	struct view view = view_of(state);
	char *text = format(&view, 0);
	assert_non_null(strstr(text, "\"requires\":[\"forklift\"],\"requiresLabels\":[\"heftruckcertificaat\"]"));
	free(text);
	carved_roles_deinit(&view.roles);
}

// ---- the site

static void the_site_tells_task_by_task_what_the_roles_take(void **state)
{
	struct fixture *f = *state;
	f->meals->undone = true;
	f->site->recent_dismissals = false;
	f->site->supervision_q = 24;
	world_add_text(&f->world, &f->site->facilities, "lift");
	struct view view = view_of(state);
	char *text = format_all(&view, 0, true);
	assert_non_null(strstr(text, "\"hours\":10,\"places\":{\"all\":"));
	assert_non_null(strstr(text, "\"used\":2},\"supervision\":{\"hours\":6,\"expected\":4},"));
	assert_non_null(strstr(text, "\"facilities\":[{\"facility\":\"lift\",\"label\":\"lift\"}]"));
	assert_non_null(strstr(text, "\"taken\":3,\"left\":"));
	assert_non_null(strstr(text,
		"\"undone\":2,\"tasks\":[{\"ref\":\"linen\",\"title\":\"linen\",\"hours\":10,\"undone\":false,"
		"\"supervisor\":null,\"taken\":3},{\"ref\":\"meals\",\"title\":\"meals\",\"hours\":4,\"undone\":true,"
		"\"supervisor\":null,\"taken\":2}]"));
	assert_non_null(strstr(text, "\"vacancies\":[{\"ref\":\"kitchen\",\"title\":\"kitchen\",\"openings\":2,\"hours\":10,"));
	assert_non_null(strstr(text, "\"taken\":5,\"left\":5,\"tasks\":[{\"ref\":\"dishes\",\"title\":\"dishes\",\"hours\":6,"));
	free(text);
	text = format_all(&view, 4, true);
	assert_non_null(strstr(text, "\"supervision\":{\"hours\":6,\"expected\":null}"));
	free(text);
	carved_roles_deinit(&view.roles);
}

static void what_displacement_forbids_may_give_nothing(void **state)
{
	struct fixture *f = *state;
	f->package_count = 0;
	struct view view = view_of(state);
	char *text = format_all(&view, 0, true);
	assert_null(strstr(text, "\"mayGive\":0,\"taken\":0,\"left\":5,"));
	free(text);
	f->site->recent_dismissals = true;
	look(&view);
	text = format_all(&view, 0, true);
	assert_non_null(strstr(text, "\"displacement\":{\"recentDismissals\":true,"));
	const char *rest = text;
	for (int works = 0; works < 3; works++) {
		rest = strstr(rest, "\"mayGive\":");
		assert_memory_equal(rest, "\"mayGive\":0,", 12);
		rest++;
	}
	free(text);
	carved_roles_deinit(&view.roles);
}

static void a_plan_that_places_nobody_has_no_roles(void **state)
{
	struct fixture *f = *state;
	f->package_count = 0;
	struct view view = view_of(state);
	char *text = format(&view, 5);
	assert_string_equal(text, "{\"roles\":[]}");
	free(text);
	carved_roles_deinit(&view.roles);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(each_package_is_a_role_and_the_most_valuable_comes_first),
		T(the_same_pieces_are_one_role_with_the_value_of_the_best),
		T(other_hours_are_another_role),
		T(everybody_for_whom_every_rule_holds_could_do_it),
		T(who_breaks_one_rule_of_a_package_could_not),
		T(a_missing_certificate_and_too_many_donor_jobs_count_too),
		T(of_those_the_target_group_and_who_needs_coaching_are_counted),
		T(aids_are_counted_by_who_needs_them),
		T(it_asks_the_highest_level_of_each_category_and_all_that_is_required),
		cmocka_unit_test(small_numbers_and_what_differences_would_tell_are_bounds),
		T(a_role_is_written_without_anybody),
		T(an_aid_of_few_is_told_only_where_the_site_has_it),
		T(words_are_told_by_what_a_vocabulary_calls_them),
		T(the_site_tells_task_by_task_what_the_roles_take),
		T(what_displacement_forbids_may_give_nothing),
		T(a_plan_that_places_nobody_has_no_roles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
