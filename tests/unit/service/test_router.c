// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/router.h"
#include <cmocka.h>
#include <stdlib.h>

static const struct carved_route routes[] = {
	{"GET", "/v1/plans", "limit cursor", 0, NULL},
	{"POST", "/v1/plans", "", 0, NULL},
	{"GET", "/v1/plans/{}", "view", 0, NULL},
	{"PATCH", "/v1/plans/{}", "", 0, NULL},
	{"GET", "/v1/plans/{}/proposals", "candidate", 0, NULL},
};
#define ROUTE_COUNT (sizeof routes / sizeof *routes)

struct found {
	struct carved_arena arena;
	const struct carved_route *route;
	const char *parameter, *allowed;
	enum carved_route_answer answer;
};

static int set_up(void **state)
{
	*state = carved_alloc_array(1, sizeof(struct found));
	return 0;
}

static int tear_down(void **state)
{
	struct found *f = *state;
	carved_arena_deinit(&f->arena);
	free(f);
	return 0;
}

static enum carved_route_answer find(struct found *f, const char *method, const char *path)
{
	return carved_router_find(routes, ROUTE_COUNT, method, path, &f->arena, &f->route, &f->parameter, &f->allowed);
}

static void a_path_and_method_lead_to_their_route_with_the_parameter(void **state)
{
	struct found *f = *state;
	assert_int_equal(find(f, "GET", "/v1/plans/PL-1/proposals"), CARVED_ROUTE_FOUND);
	assert_ptr_equal(f->route, &routes[4]);
	assert_string_equal(f->parameter, "PL-1");
	assert_int_equal(find(f, "GET", "/v1/plans/a b"), CARVED_ROUTE_FOUND);
	assert_ptr_equal(f->route, &routes[2]);
	assert_string_equal(f->parameter, "a b");
	assert_int_equal(find(f, "POST", "/v1/plans"), CARVED_ROUTE_FOUND);
	assert_ptr_equal(f->route, &routes[1]);
	assert_string_equal(f->parameter, "");
}

static void head_goes_where_get_goes(void **state)
{
	struct found *f = *state;
	assert_int_equal(find(f, "HEAD", "/v1/plans/PL-1"), CARVED_ROUTE_FOUND);
	assert_ptr_equal(f->route, &routes[2]);
}

static void paths_that_are_nearly_right_lead_nowhere(void **state)
{
	static const char *const paths[] = {"/", "/v1", "/v1/", "/v1/plan", "/v1/plansx", "/v1/plans/", "/v1/plans//proposals",
		"/v1/plans/PL-1/", "/v1/plans/PL-1/proposals/", "/v1/plans/PL-1/other", "//v1/plans", "/V1/plans"};
	struct found *f = *state;
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		assert_int_equal(find(f, "GET", paths[i]), CARVED_ROUTE_NO_PATH);
}

static void a_wrong_method_is_told_which_ones_are_possible(void **state)
{
	struct found *f = *state;
	assert_int_equal(find(f, "DELETE", "/v1/plans/PL-1"), CARVED_ROUTE_NO_METHOD);
	assert_string_equal(f->allowed, "GET, HEAD, PATCH");
	assert_int_equal(find(f, "HEAD", "/v1/imports"), CARVED_ROUTE_NO_PATH);
}

static void a_query_key_that_the_route_does_not_know_is_found(void **state)
{
	struct found *f = *state;
	assert_null(carved_router_unknown_query(&routes[0], "limit=1&cursor=ab", &f->arena));
	assert_null(carved_router_unknown_query(&routes[0], "", &f->arena));
	assert_string_equal(carved_router_unknown_query(&routes[0], "limit=1&limits=2", &f->arena), "limits");
	assert_string_equal(carved_router_unknown_query(&routes[0], "cur=1", &f->arena), "cur");
	assert_string_equal(carved_router_unknown_query(&routes[1], "dryrun", &f->arena), "dryrun");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_path_and_method_lead_to_their_route_with_the_parameter),
		TEST(head_goes_where_get_goes),
		TEST(paths_that_are_nearly_right_lead_nowhere),
		TEST(a_wrong_method_is_told_which_ones_are_possible),
		TEST(a_query_key_that_the_route_does_not_know_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
