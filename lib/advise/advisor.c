// SPDX-License-Identifier: EUPL-1.2
#include "advisor.h"
#include <stdlib.h>
#include <string.h>

uint32_t carved_advise_common_q(const struct carved_package *a, const struct carved_package *b)
{
	uint32_t common = 0, i = 0, k = 0;
	while (i < a->piece_count && k < b->piece_count) { // both sorted by slot
		const struct carved_piece *x = &a->pieces[i], *y = &b->pieces[k];
		if (x->slot == y->slot)
			common += x->hours_q < y->hours_q ? x->hours_q : y->hours_q;
		i += x->slot <= y->slot;
		k += y->slot <= x->slot;
	}
	return common;
}

static uint32_t hours_of(const struct carved_package *package)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i < package->piece_count; i++)
		sum += package->pieces[i].hours_q;
	return sum;
}

bool carved_advise_is_different(const struct carved_package *a, const struct carved_package *b)
{
	uint32_t common = 2 * carved_advise_common_q(a, b);
	return a->site != b->site || (common < hours_of(a) && common < hours_of(b));
}

static void init_view(struct carved_advisor *advisor)
{
	const struct carved_instance *in = advisor->instance;
	advisor->view = *in;
	advisor->view.arena = (struct carved_arena)CARVED_ARENA_INIT; // the instance's stays its own
	advisor->person = in->candidates[advisor->candidate];
	if (advisor->person.limits.count > ADVISE_ROWS)
		abort(); // carved_instance_check allows no more
	if (advisor->person.limits.count)
		memcpy(advisor->limits, in->limits + advisor->person.limits.first,
			advisor->person.limits.count * sizeof *advisor->limits);
	advisor->person.limits.first = 0;
	advisor->view.candidates = &advisor->person;
	advisor->view.candidates_count = 1;
	advisor->view.limits = advisor->limits;
	advisor->view.limits_count = ADVISE_ROWS;
}

// What every package at the site needs at once, in the empty region: price/ would say no as well, after more work.
static bool has_room(const struct carved_advisor *advisor, uint32_t site)
{
	const struct carved_instance_site *s = &advisor->instance->sites[site];
	return s->places > 0 && advisor->person.buddy_q <= s->buddy_q;
}

static bool has_coach(const struct carved_advisor *advisor)
{
	const struct carved_instance_candidate *c = &advisor->person;
	const struct carved_instance_coach *coach = &advisor->instance->coaches[c->coach];
	return c->coach_q <= coach->hours_q && !(c->easy && coach->reserve_q != CARVED_NONE && c->coach_q > coach->reserve_q);
}

static void reserve_scratch(struct carved_advisor *advisor)
{
	size_t most = 0;
	for (uint32_t i = 0; i < advisor->pair_count; i++) {
		size_t size = carved_advise_ceiling_size(&advisor->pairs[i]);
		most = size > most ? size : most;
	}
	advisor->ceiling_scratch = carved_arena_alloc(&advisor->arena, most);
}

static void prepare_pairs(struct carved_advisor *advisor, struct carved_profile *profile)
{
	uint32_t sites = advisor->instance->sites_count, in_reach = 0;
	for (uint32_t s = 0; s < sites; s++)
		in_reach += carved_profile_is_in_reach(profile, s, NULL);
	advisor->pairs = carved_arena_array(&advisor->arena, struct carved_pair, in_reach);
	for (uint32_t s = 0; s < sites && has_coach(advisor); s++) {
		struct carved_pair *pair = &advisor->pairs[advisor->pair_count];
		if (has_room(advisor, s) && carved_profile_prepare(profile, s, &advisor->arena, pair))
			advisor->pair_count++;
	}
}

struct carved_advisor *carved_advisor_new(const struct carved_instance *instance, uint32_t candidate)
{
	struct carved_advisor *advisor = carved_alloc_array(1, sizeof *advisor);
	advisor->instance = instance;
	advisor->candidate = candidate;
	init_view(advisor);
	struct carved_profile *profile = carved_profile_new(&advisor->view, 0);
	advisor->place = carved_fit_place(&advisor->view, 0, carved_profile_options(profile));
	prepare_pairs(advisor, profile);
	carved_profile_free(profile);
	reserve_scratch(advisor);
	advisor->workspace = carved_price_workspace_new(&advisor->view);
	return advisor;
}

void carved_advisor_free(struct carved_advisor *advisor)
{
	if (!advisor)
		return;
	carved_price_workspace_free(advisor->workspace);
	carved_arena_deinit(&advisor->arena);
	free(advisor);
}

void carved_advise_keep(const struct carved_package *package, struct carved_arena *arena, struct carved_package *ret_kept)
{
	struct carved_piece *pieces = carved_arena_array(arena, struct carved_piece, package->piece_count);
	if (package->piece_count)
		memcpy(pieces, package->pieces, package->piece_count * sizeof *pieces);
	*ret_kept = *package;
	ret_kept->pieces = pieces;
}
