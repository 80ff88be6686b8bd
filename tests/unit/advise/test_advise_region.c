// SPDX-License-Identifier: EUPL-1.2
// Recommendations on real regions: the checker of model/, which shares no code with price/, takes every one, and the region around a person gives the same answer
// as the whole.
#include "carved/advise/advise.h"
#include "carved/model/compile.h"
#include "carved/model/single.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdlib.h>
#include <string.h>

struct stage { // a region with all that questions need
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_asks *asks;
	struct carved_singles *singles;
};

static void set_up(struct stage *stage, struct carved_region *region)
{
	*stage = (struct stage){.region = region};
	carved_weights_init(&stage->weights);
	carved_compile(region, region_file_date(), &stage->weights, &stage->instance);
	stage->asks = carved_asks_new(&stage->instance);
	stage->singles = carved_singles_new(region, region_file_date(), &stage->weights);
}

static void take_down(struct stage *stage)
{
	carved_singles_free(stage->singles);
	carved_asks_free(stage->asks);
	carved_instance_deinit(&stage->instance);
	carved_region_unref(stage->region);
}

// The recommendations for a person as JSON, or the rule that leaves none.
static void answer(struct stage *stage, size_t candidate, struct carved_buffer *buffer, size_t *ret_count)
{
	struct carved_recommend_query query = {.count = 3, .node_limit = 2000, .further_nodes = 100};
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	struct carved_recommendations found = {0};
	struct carved_advisor *advisor = carved_advisor_new(&stage->instance, stage->asks, (uint32_t)candidate);
	struct carved_single *single = carved_single_new(stage->singles, candidate);
	carved_advisor_recommend(advisor, &query, &found);
	for (uint32_t i = 0; i < found.count; i++) {
		struct carved_plan plan;
		struct carved_error error;
		if (!carved_single_make(single, &found.items[i].package, &plan, &error))
			fail_msg("candidate %zu: refused by %s", candidate, carved_error_get(&error, "rule"));
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(&plan, stage->region, carved_singles_table(stage->singles), 0, &writer);
		carved_json_end_object(&writer);
		carved_plan_deinit(&plan);
		for (uint32_t k = 0; k < i; k++)
			assert_true(carved_advise_is_different(&found.items[k].package, &found.items[i].package));
	}
	if (found.count == 0)
		carved_buffer_add_text(buffer, carved_rule_names[carved_single_reason(single)]);
	*ret_count = found.count;
	carved_single_free(single);
	carved_recommendations_deinit(&found);
	carved_advisor_free(advisor);
}

static void expect_same_around(struct stage *whole, size_t candidate, const char *expected)
{
	struct stage around;
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	size_t count;
	const char *ref = carved_region_candidate(whole->region, candidate)->ref;
	set_up(&around, carved_region_around(whole->region, candidate));
	answer(&around, carved_region_index(around.region, CARVED_KIND_CANDIDATE, ref), &buffer, &count);
	assert_string_equal(buffer.data, expected);
	carved_buffer_deinit(&buffer);
	take_down(&around);
}

static void run(const char *name, size_t step)
{
	struct stage stage;
	struct carved_region *region = region_file_load(name);
	size_t all = 0, none = 0;
	if (!region)
		skip();
	set_up(&stage, region);
	for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c += step) {
		struct carved_buffer buffer = CARVED_BUFFER_INIT;
		size_t count;
		answer(&stage, c, &buffer, &count);
		expect_same_around(&stage, c, buffer.data);
		all += count;
		none += count == 0;
		carved_buffer_deinit(&buffer);
	}
	print_message("%s: %zu recommendations, %zu people without any\n", name, all, none);
	assert_true(all > 10);
	take_down(&stage);
}

static void on_small_every_recommendation_passes_the_checker(void **state)
{
	(void)state;
	run("small", 1);
}

static void on_medium_every_recommendation_passes_the_checker(void **state)
{
	(void)state;
	run("medium", 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(on_small_every_recommendation_passes_the_checker),
		cmocka_unit_test(on_medium_every_recommendation_passes_the_checker),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
