// SPDX-License-Identifier: EUPL-1.2
// Displacement against every subset of the people of a plan, on tiny instances.
#include "carved/advise/advise.h"
#include "support/brute_force.h"
#include "support/carved_cmocka.h"
#include "support/random_instance.h"
#include <string.h>

enum { INSTANCES = 600, HOLDINGS = 7, CANDIDATES = 3 };

struct trial {
	struct carved_instance instance;
	struct brute_force all;
	struct carved_arena arena;
	struct carved_standing standing;
	uint32_t asked, nobody, one, more; // seen
};

// A plan of packages drawn from all valid ones; they need not go together: capacities may have shrunk since.
static void draw_standing(struct trial *trial, struct random_stream *random)
{
	const struct carved_instance *in = &trial->instance;
	trial->standing =
		(struct carved_standing){.holdings = carved_arena_array(&trial->arena, struct carved_holding, HOLDINGS)};
	for (int tries = 0; tries < 60 && trial->standing.holding_count < HOLDINGS; tries++) {
		const struct brute_package *p = &trial->all.packages[random_below(random, (uint32_t)trial->all.count)];
		if (p->broken)
			continue;
		const struct carved_instance_candidate *c = &in->candidates[p->candidate];
		struct carved_holding *holding = &trial->standing.holdings[trial->standing.holding_count++];
		struct carved_piece *pieces = carved_arena_array(&trial->arena, struct carved_piece, BRUTE_SLOTS);
		*holding = (struct carved_holding){.site = p->site,
			.kind = p->kind,
			.pieces = pieces,
			.buddy_q = c->buddy_q,
			.coach = c->coach,
			.coach_q = c->coach_q,
			.easy = c->easy,
			.value = 1000 + random_below(random, 5) * 700};
		for (uint32_t t = 0; t < in->slots_count; t++) {
			if (p->hours_q[t])
				pieces[holding->piece_count++] = (struct carved_piece){.slot = t, .hours_q = p->hours_q[t]};
		}
	}
}

static void add_pieces(const struct carved_instance *in, const struct carved_piece *pieces, uint32_t count,
	enum carved_package_kind kind, int64_t *slot_q, int64_t *job_q)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct carved_instance_slot *slot = &in->slots[pieces[i].slot];
		slot_q[pieces[i].slot] += pieces[i].hours_q;
		job_q[slot->job] += kind == CARVED_CARVED && !slot->undone ? pieces[i].hours_q : 0;
	}
}

// Whether what the package touches is within its capacity, with the package and those who stay (bits).
static bool is_valid(const struct trial *trial, const struct carved_package *package, uint32_t stay)
{
	const struct carved_instance *in = &trial->instance;
	const struct carved_instance_candidate *me = &in->candidates[package->candidate];
	const struct carved_instance_coach *coach = &in->coaches[me->coach];
	int64_t slot_q[BRUTE_SLOTS] = {0}, job_q[BRUTE_SLOTS] = {0}, mine_q[BRUTE_SLOTS] = {0}, mine_job_q[BRUTE_SLOTS] = {0};
	int64_t places = 1, buddy_q = me->buddy_q, coach_q = me->coach_q, easy_q = me->easy ? me->coach_q : 0;
	add_pieces(in, package->pieces, package->piece_count, package->kind, slot_q, job_q);
	add_pieces(in, package->pieces, package->piece_count, package->kind, mine_q, mine_job_q);
	for (uint32_t i = 0; i < trial->standing.holding_count; i++) {
		const struct carved_holding *h = &trial->standing.holdings[i];
		if (!(stay >> i & 1))
			continue;
		add_pieces(in, h->pieces, h->piece_count, h->kind, slot_q, job_q);
		places += h->site == package->site;
		buddy_q += h->site == package->site ? h->buddy_q : 0;
		coach_q += h->coach == me->coach ? h->coach_q : 0;
		easy_q += h->coach == me->coach && h->easy ? h->coach_q : 0;
	}
	for (uint32_t t = 0; t < in->slots_count; t++) {
		if ((mine_q[t] && slot_q[t] > in->slots[t].hours_q) ||
			(mine_job_q[in->slots[t].job] && job_q[in->slots[t].job] > in->jobs[in->slots[t].job].cap_q))
			return false;
	}
	return places <= in->sites[package->site].places && (!me->buddy_q || buddy_q <= in->sites[package->site].buddy_q) &&
	       (!me->coach_q || coach_q <= coach->hours_q) &&
	       (!me->coach_q || !me->easy || coach->reserve_q == CARVED_NONE || easy_q <= coach->reserve_q);
}

static int64_t loss_of(const struct trial *trial, uint32_t stay, uint32_t own)
{
	int64_t loss = 0;
	for (uint32_t i = 0; i < trial->standing.holding_count; i++)
		loss += i != own && !(stay >> i & 1) ? trial->standing.holdings[i].value : 0;
	return loss;
}

static int64_t least_loss(const struct trial *trial, const struct carved_package *package, uint32_t own)
{
	int64_t least = INT64_MAX;
	for (uint32_t stay = 0; stay < (uint32_t)1 << trial->standing.holding_count; stay++) {
		if ((own != CARVED_NONE && stay >> own & 1) || !is_valid(trial, package, stay))
			continue;
		int64_t loss = loss_of(trial, stay, own);
		least = loss < least ? loss : least;
	}
	return least;
}

static void expect_displacement(struct trial *trial, struct carved_advisor *advisor, const struct carved_package *package,
	uint32_t own, uint32_t node_limit)
{
	struct carved_displacement found;
	uint32_t stay = ((uint32_t)1 << trial->standing.holding_count) - 1;
	carved_advisor_displace(advisor, package, &trial->standing, own, node_limit, &trial->arena, &found);
	if (own != CARVED_NONE)
		stay &= ~((uint32_t)1 << own);
	for (uint32_t i = 0; i < found.count; i++) {
		assert_true(i == 0 || found.holdings[i - 1] < found.holdings[i]);
		assert_int_not_equal(found.holdings[i], own);
		stay &= ~((uint32_t)1 << found.holdings[i]);
	}
	assert_true(is_valid(trial, package, stay));
	assert_int_equal(found.value, loss_of(trial, stay, own));
	if (found.exact)
		assert_int_equal(found.value, least_loss(trial, package, own));
	else
		assert_true(node_limit == 1);
	trial->asked++;
	trial->nobody += found.count == 0;
	trial->one += found.count == 1;
	trial->more += found.count > 1;
}

static void run(struct trial *trial, uint64_t seed)
{
	struct random_stream random = {seed};
	random_instance_init(&trial->instance, seed);
	brute_force_init(&trial->all, &trial->instance);
	trial->arena = (struct carved_arena)CARVED_ARENA_INIT;
	if (trial->all.count > 0)
		draw_standing(trial, &random);
	for (uint32_t c = 0; c < CANDIDATES && trial->all.count > 0; c++) {
		struct carved_recommend_query query = {.count = 3, .node_limit = 100000, .further_nodes = 1000};
		struct carved_recommendations best = {0};
		struct carved_advisor *advisor = carved_advisor_new(&trial->instance, NULL, c);
		carved_advisor_recommend(advisor, &query, &best);
		for (uint32_t i = 0; i < best.count; i++) {
			expect_displacement(trial, advisor, &best.items[i].package, CARVED_NONE, 100000);
			expect_displacement(trial, advisor, &best.items[i].package, CARVED_NONE, 1);
			if (trial->standing.holding_count > 0)
				expect_displacement(trial, advisor, &best.items[i].package, 0, 100000);
		}
		carved_recommendations_deinit(&best);
		carved_advisor_free(advisor);
	}
	brute_force_deinit(&trial->all);
	carved_arena_deinit(&trial->arena);
	carved_instance_deinit(&trial->instance);
}

static void those_who_give_way_suffice_and_cost_least(void **state)
{
	struct trial trial = {.asked = 0};
	(void)state;
	for (uint64_t seed = 1; seed <= INSTANCES; seed++)
		run(&trial, seed);
	print_message("%u asked: nobody %u, one %u, several %u\n", trial.asked, trial.nobody, trial.one, trial.more);
	assert_true(trial.nobody > 50);
	assert_true(trial.one > 100);
	assert_true(trial.more > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_who_give_way_suffice_and_cost_least),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
