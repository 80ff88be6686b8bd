// SPDX-License-Identifier: EUPL-1.2
#include "carved/advise/taken.h"
#include "carved/price/price.h"

struct left { // beside other people's packages
	int64_t places, buddy_q, coach_q, easy_q;
	uint32_t *slot_q, *donor_q; // of the whole instance
};

struct asking {
	const struct carved_instance *instance;
	uint32_t candidate, site;
	const struct carved_standing *standing;
	uint32_t own, node_limit;
	struct left left;
	struct carved_arena arena;
};

static uint32_t less(uint32_t from, uint32_t by)
{
	return from > by ? from - by : 0;
}

static void take_hours(struct asking *a, const struct carved_holding *holding)
{
	for (uint32_t i = 0; i < holding->piece_count; i++) {
		const struct carved_piece *piece = &holding->pieces[i];
		const struct carved_instance_slot *slot = &a->instance->slots[piece->slot];
		bool whole = holding->kind == CARVED_WHOLE_VACANCY;
		a->left.slot_q[piece->slot] = less(a->left.slot_q[piece->slot], piece->hours_q);
		if (!slot->undone && !whole)
			a->left.donor_q[slot->job] = less(a->left.donor_q[slot->job], piece->hours_q);
	}
}

static void take(struct asking *a)
{
	const uint32_t coach = a->instance->candidates[a->candidate].coach;
	for (uint32_t i = 0; i < a->standing->holding_count; i++) {
		const struct carved_holding *holding = &a->standing->holdings[i];
		if (i == a->own)
			continue;
		if (holding->site == a->site) {
			a->left.places--;
			a->left.buddy_q -= holding->buddy_q;
			take_hours(a, holding);
		}
		if (holding->coach == coach) {
			a->left.coach_q -= holding->coach_q;
			a->left.easy_q -= holding->easy ? holding->coach_q : 0;
		}
	}
}

static void begin(struct asking *a)
{
	const struct carved_instance *in = a->instance;
	const struct carved_instance_coach *coach = &in->coaches[in->candidates[a->candidate].coach];
	a->left = (struct left){.places = in->sites[a->site].places,
		.buddy_q = in->sites[a->site].buddy_q,
		.coach_q = coach->hours_q,
		.easy_q = coach->reserve_q == CARVED_NONE ? INT32_MAX : coach->reserve_q,
		.slot_q = carved_arena_array(&a->arena, uint32_t, in->slots_count),
		.donor_q = carved_arena_array(&a->arena, uint32_t, in->jobs_count)};
	for (uint32_t t = 0; t < in->slots_count; t++)
		a->left.slot_q[t] = in->slots[t].hours_q;
	for (uint32_t j = 0; j < in->jobs_count; j++)
		a->left.donor_q[j] = in->jobs[j].cap_q;
	take(a);
}

static bool is_some_package_left(struct asking *a, const struct carved_asks *asks, bool donors_count)
{
	struct carved_profile *profile =
		asks ? carved_profile_new_from(asks, a->candidate) : carved_profile_new(a->instance, a->candidate);
	struct carved_pair pair;
	bool found = false;
	if (carved_profile_prepare(profile, a->site, &a->arena, &pair)) {
		struct carved_price_workspace *workspace = carved_price_workspace_new(a->instance);
		struct carved_price_query query = {
			.room = {.slot_q = a->left.slot_q, .donor_q = donors_count ? a->left.donor_q : NULL},
			.threshold = CARVED_PRICE_NO_PACKAGE,
			.node_limit = a->node_limit};
		struct carved_price_result result;
		carved_price_best(workspace, &pair, &query, &result);
		found = result.package.piece_count > 0;
		carved_price_workspace_free(workspace);
	}
	carved_profile_free(profile);
	return found;
}

size_t carved_advise_taken(const struct carved_instance *instance, const struct carved_asks *asks, uint32_t candidate,
	uint32_t site, const struct carved_standing *standing, uint32_t own, uint32_t node_limit,
	struct carved_obstacle ret_rules[CARVED_TAKEN_MOST])
{
	struct asking a = {.instance = instance,
		.candidate = candidate,
		.site = site,
		.standing = standing,
		.own = own,
		.node_limit = node_limit};
	const struct carved_instance_candidate *c = &instance->candidates[candidate];
	size_t count = 0;
	begin(&a);
	const struct {
		enum carved_rule rule;
		int64_t needed, left;
	} shared[] = {{CARVED_RULE_PLACES, 1, a.left.places}, {CARVED_RULE_SUPERVISION, c->buddy_q, a.left.buddy_q},
		{CARVED_RULE_COACH, c->coach_q, a.left.coach_q}, {CARVED_RULE_RESERVE, c->easy ? c->coach_q : 0, a.left.easy_q}};
	for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
		if (shared[i].needed > 0 && shared[i].needed > shared[i].left)
			ret_rules[count++] = (struct carved_obstacle){.rule = shared[i].rule,
				.found = shared[i].needed,
				.allowed = shared[i].left > 0 ? shared[i].left : 0};
	}
	if (count == 0 && !is_some_package_left(&a, asks, true))
		ret_rules[count++] = (struct carved_obstacle){
			.rule = is_some_package_left(&a, asks, false) ? CARVED_RULE_DONOR : CARVED_RULE_SUPPLY};
	carved_arena_deinit(&a.arena);
	return count;
}
