// SPDX-License-Identifier: EUPL-1.2
// The check of a package that is given, against every package of tiny instances: those that keep all rules and those that break one.
#include "carved/price/price.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <string.h>

enum { INSTANCES = 200, BROKEN_AT_LEAST = 20 };

struct trial {
	struct carved_instance instance;
	struct brute_force all;
	struct carved_price_workspace *workspace;
	uint32_t slot_q[BRUTE_SLOTS], donor_q[BRUTE_SLOTS];
	struct random_stream random;
};

static uint32_t refused_for[BRUTE_RULE_COUNT]; // packages that broke this rule alone
static uint32_t accepted;

static void lay_pieces(const struct brute_package *p, struct carved_piece *pieces, struct carved_package *ret_package)
{
	*ret_package = (struct carved_package){.candidate = p->candidate, .site = p->site, .kind = p->kind, .pieces = pieces};
	for (uint32_t t = 0; t < BRUTE_SLOTS; t++) {
		if (p->hours_q[t])
			pieces[ret_package->piece_count++] = (struct carved_piece){t, p->hours_q[t]};
	}
}

static bool fits(const struct trial *trial, const struct brute_package *p)
{
	const struct carved_instance *in = &trial->instance;
	for (uint32_t t = 0; t < in->slots_count; t++) {
		if (p->hours_q[t] > trial->slot_q[t])
			return false;
	}
	for (uint32_t j = 0; j < in->jobs_count && p->kind == CARVED_CARVED; j++) {
		uint32_t carved = 0;
		for (uint32_t t = 0; t < in->slots_count; t++)
			carved += in->slots[t].job == j && !in->slots[t].undone ? p->hours_q[t] : 0;
		if (carved > trial->donor_q[j])
			return false;
	}
	return true;
}

static void expect_answers(struct trial *trial, const struct carved_pair *pair, const struct brute_package *p)
{
	struct carved_piece pieces[BRUTE_SLOTS];
	struct carved_package package;
	struct carved_price_query query = {.node_limit = 1};
	const uint32_t broken = p->broken & ~BRUTE_BIT(consent); // as everywhere in price/
	lay_pieces(p, pieces, &package);
	if (package.piece_count == 0)
		return;
	assert_int_equal(carved_price_check(trial->workspace, pair, &query, &package), broken == 0);
	query.room = (struct carved_room){.slot_q = trial->slot_q, .donor_q = trial->donor_q};
	assert_int_equal(carved_price_check(trial->workspace, pair, &query, &package), broken == 0 && fits(trial, p));
	package.kind = p->kind == CARVED_CARVED ? CARVED_WHOLE_VACANCY : CARVED_CARVED;
	assert_false(carved_price_check(trial->workspace, pair, &(struct carved_price_query){.node_limit = 1}, &package));
	accepted += broken == 0;
	for (uint32_t rule = 0; rule < BRUTE_RULE_COUNT; rule++)
		refused_for[rule] += broken == (uint32_t)1 << rule;
}

static void expect_pair(struct trial *trial, struct carved_profile *profile, uint32_t candidate, uint32_t site)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_pair pair;
	bool has_pair = carved_profile_prepare(profile, site, &arena, &pair);
	for (size_t i = 0; i < trial->all.count; i++) {
		const struct brute_package *p = &trial->all.packages[i];
		if (p->candidate != candidate || p->site != site)
			continue;
		if (has_pair)
			expect_answers(trial, &pair, p);
		else
			assert_true(p->broken & ~BRUTE_BIT(consent));
	}
	carved_arena_deinit(&arena);
}

static void check_instance(void (*make)(struct carved_instance *instance, uint64_t seed), uint64_t seed)
{
	struct trial trial = {.random = {seed}};
	make(&trial.instance, seed);
	brute_force_init(&trial.all, &trial.instance);
	trial.workspace = carved_price_workspace_new(&trial.instance);
	for (uint32_t t = 0; t < trial.instance.slots_count; t++)
		trial.slot_q[t] = random_below(&trial.random, trial.instance.slots[t].hours_q + 1);
	for (uint32_t j = 0; j < trial.instance.jobs_count; j++)
		trial.donor_q[j] = random_below(&trial.random, trial.instance.jobs[j].cap_q + 1);
	for (uint32_t c = 0; c < trial.instance.candidates_count; c++) {
		struct carved_profile *profile = carved_profile_new(&trial.instance, c);
		for (uint32_t s = 0; s < trial.instance.sites_count; s++)
			expect_pair(&trial, profile, c, s);
		carved_profile_free(profile);
	}
	carved_price_workspace_free(trial.workspace);
	brute_force_deinit(&trial.all);
	carved_instance_deinit(&trial.instance);
}

static void the_check_of_a_package_agrees_with_brute_force(void **state)
{
	static const enum brute_rule met[] = {BRUTE_capacity, BRUTE_environment, BRUTE_requirement, BRUTE_never,
		BRUTE_availability, BRUTE_hours, BRUTE_chunk, BRUTE_schedule, BRUTE_load, BRUTE_jobs, BRUTE_supervisor,
		BRUTE_must, BRUTE_build_up, BRUTE_donor};
	(void)state;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++) {
		check_instance(random_instance_init, seed);
		check_instance(random_instance_init_weeks, seed);
		check_instance(random_instance_init_build_up, seed);
	}
	assert_true(accepted > 1000);
	for (size_t i = 0; i < sizeof met / sizeof *met; i++) {
		if (refused_for[met[i]] < BROKEN_AT_LEAST)
			fail_msg("only %u packages broke rule %s alone", refused_for[met[i]], brute_rule_names[met[i]]);
	}
}

static void pieces_out_of_order_or_twice_are_refused(void **state)
{
	(void)state;
	uint32_t tried = 0;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct carved_instance instance;
		struct brute_force all;
		random_instance_init(&instance, seed);
		brute_force_init(&all, &instance);
		struct carved_price_workspace *workspace = carved_price_workspace_new(&instance);
		for (size_t i = 0; i < all.count; i++) {
			struct carved_arena arena = CARVED_ARENA_INIT;
			struct carved_piece pieces[BRUTE_SLOTS], swapped;
			struct carved_package package;
			struct carved_pair pair;
			const struct carved_price_query query = {.node_limit = 1};
			lay_pieces(&all.packages[i], pieces, &package);
			struct carved_profile *profile = carved_profile_new(&instance, package.candidate);
			if (all.packages[i].broken == 0 && package.piece_count >= 2 &&
				carved_profile_prepare(profile, package.site, &arena, &pair)) {
				swapped = pieces[0];
				pieces[0] = pieces[1];
				pieces[1] = swapped;
				assert_false(carved_price_check(workspace, &pair, &query, &package));
				pieces[0] = pieces[1];
				assert_false(carved_price_check(workspace, &pair, &query, &package));
				tried++;
			}
			carved_profile_free(profile);
			carved_arena_deinit(&arena);
		}
		carved_price_workspace_free(workspace);
		brute_force_deinit(&all);
		carved_instance_deinit(&instance);
	}
	assert_true(tried > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_check_of_a_package_agrees_with_brute_force),
		cmocka_unit_test(pieces_out_of_order_or_twice_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
