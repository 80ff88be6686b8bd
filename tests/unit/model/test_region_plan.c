// SPDX-License-Identifier: EUPL-1.2
// The whole chain on a real region: documents, instance, plan, checker, and the bound recomputed from the certificate by code of its own.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/optimize/optimize.h"
#include "support/bound_check.h"
#include "support/carved_cmocka.h"
#include "support/region_file.h"
#include <stdlib.h>
#include <unistd.h>

static int go_on(void *context)
{
	(void)context;
	return 0;
}

struct chain {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_solution solution;
	struct carved_slot_table *table;
	struct carved_plan plan;
};

static void run_to(struct chain *chain, const char *name, uint32_t gap_target)
{
	struct carved_optimize_options options = {.seed = 1, .should_stop = go_on};
	struct carved_error error;
	*chain = (struct chain){.region = region_file_load(name)};
	if (!chain->region)
		skip();
	carved_weights_init(&chain->weights);
	carved_budget_init(&options.budget);
	options.budget.gap_target = gap_target;
	options.budget.search_rounds = 300;
	options.budget.block_rounds = 2;
	carved_compile(chain->region, region_file_date(), &chain->weights, &chain->instance);
	carved_optimize(&chain->instance, &options, &chain->solution);
	chain->table = carved_slot_table_new(chain->region);
	assert_true(carved_plan_make(
		chain->region, chain->table, region_file_date(), &chain->weights, &chain->solution, &chain->plan, &error));
}

static void run(struct chain *chain, const char *name)
{
	run_to(chain, name, 1000);
}

static void end(struct chain *chain)
{
	carved_plan_deinit(&chain->plan);
	carved_slot_table_free(chain->table);
	carved_solution_deinit(&chain->solution);
	carved_instance_deinit(&chain->instance);
	carved_region_unref(chain->region);
}

// tools/check_plan.py beside the regions shares nothing with us.
static void assert_python_agrees(const struct chain *chain)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT, command = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	char path[] = "/tmp/carved-plan-XXXXXX";
	int file = mkstemp(path);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_integer(&writer, "value", chain->plan.value);
	carved_json_add_integer(&writer, "bound", chain->plan.bound);
	carved_json_add_integer(&writer, "placed", (int64_t)chain->plan.proposal_count);
	carved_json_begin_array(&writer, "proposals");
	for (size_t p = 0; p < chain->plan.proposal_count; p++) {
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(&chain->plan, chain->region, chain->table, p, &writer);
		carved_json_end_object(&writer);
	}
	carved_json_end_array(&writer);
	carved_json_end_object(&writer);
	assert_int_equal(write(file, buffer.data, buffer.length), buffer.length);
	close(file);
	carved_buffer_printf(&command, "python3 '%s/tools/check_plan.py' '%s/regions/small.ndjson.gz' '%s'", CARVED_SHARED_DIR,
		CARVED_SHARED_DIR, path);
	bool there = system("command -v python3 >/dev/null") == 0;
	int verdict = there ? system(command.data) : 0;
	if (!there)
		print_message("not asked: no python3 here for tools/check_plan.py\n");
	unlink(path);
	assert_int_equal(verdict, 0);
	carved_buffer_deinit(&command);
	carved_buffer_deinit(&buffer);
}

static void the_checker_finds_nothing_in_a_plan_of_small(void **state)
{
	(void)state;
	struct chain chain;
	struct carved_violations violations = {0};
	run(&chain, "small");
	carved_check_plan(chain.region, chain.table, &chain.plan, &violations);
	for (size_t i = 0; i < violations.count; i++)
		print_message("%s: %s\n", carved_rule_names[violations.items[i].rule], violations.items[i].what);
	assert_int_equal(violations.count, 0);
	assert_true(chain.plan.proposal_count > 20);
	assert_python_agrees(&chain);
	carved_violations_deinit(&violations);
	end(&chain);
}

// Twice by a method of its own: what prices alone prove, and what the trees of sites prove beyond it.
static void the_bound_of_small_follows_from_its_certificate(void **state)
{
	(void)state;
	struct chain chain;
	struct bound_check check;
	run(&chain, "small");
	bound_check_run(chain.region, chain.table, region_file_date(), &chain.weights, &chain.plan.prices, &check);
	assert_true(carved_proof_is_sound(&chain.plan.proof, &chain.instance));
	assert_true(chain.plan.proof.node_count > 0);
	int64_t proven = bound_check_proof(chain.region, chain.table, region_file_date(), &chain.weights, &chain.plan.prices,
		&chain.plan.proof, chain.plan.bound);
	print_message("value %ld, bound %ld; recomputed: by prices %ld (%lu pairs, %lu nodes), by %u nodes of sites %ld\n",
		(long)chain.plan.value, (long)chain.plan.bound, (long)check.bound, (unsigned long)check.pairs,
		(unsigned long)check.nodes, chain.plan.proof.node_count, (long)proven);
	assert_int_equal(chain.plan.pairs_bounded, 0);
	assert_true(proven <= check.bound);
	assert_int_equal(chain.plan.bound, proven);
	free(check.best_reduced);
	end(&chain);
}

// Sites of small with ten of the people who could work there: gap 0, with coaches who have hours for all of them and with coaches who have not.
static void the_bound_of_one_site_is_the_value_of_its_plan_and_follows_from_its_certificate(void **state)
{
	(void)state;
	static const char *const regions[] = {
		"small@1/10/0", "small@1/10/40", "small@4/10/0", "small@11/10/40", "small@0/10/50", "medium@20/10/0"};
	uint32_t with_alike = 0;
	for (size_t r = 0; r < sizeof regions / sizeof *regions; r++) {
		struct chain chain;
		run_to(&chain, regions[r], 0);
		assert_true(chain.plan.proof.node_count > 0 && chain.plan.proof.rounded);
		assert_true(carved_proof_is_sound(&chain.plan.proof, &chain.instance));
		assert_int_equal(chain.plan.bound, chain.plan.value);
		assert_int_equal(bound_check_proof(chain.region, chain.table, region_file_date(), &chain.weights,
					 &chain.plan.prices, &chain.plan.proof, chain.plan.bound),
			chain.plan.bound);
		for (uint32_t n = 0, before = with_alike; n < chain.plan.proof.node_count && with_alike == before; n++)
			with_alike += chain.plan.proof.nodes[n].alike;
		end(&chain);
	}
	assert_true(with_alike > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_checker_finds_nothing_in_a_plan_of_small),
		cmocka_unit_test(the_bound_of_one_site_is_the_value_of_its_plan_and_follows_from_its_certificate),
		cmocka_unit_test(the_bound_of_small_follows_from_its_certificate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
