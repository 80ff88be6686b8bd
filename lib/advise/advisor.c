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

// The sites that have what every package needs at once. Counts options on the way.
static void look_around(struct carved_advisor *advisor)
{
	const struct carved_instance *in = advisor->instance;
	struct carved_pair_scratch *scratch = carved_pair_scratch_new(in);
	uint32_t options = advisor->person.options_elsewhere;
	const bool coached = has_coach(advisor);
	advisor->sites = carved_arena_array(&advisor->arena, struct advise_site, in->sites_count);
	for (uint32_t s = 0; s < in->sites_count; s++) {
		struct carved_site_look look;
		carved_profile_look(advisor->profile, s, scratch, &look);
		options += look.is_option;
		if (coached && look.is_pair && look.most_q >= advisor->person.min_q && has_room(advisor, s))
			advisor->sites[advisor->site_count++] = (struct advise_site){.site = s, .worth = look.worth};
	}
	advisor->place = carved_fit_place(in, advisor->candidate, options);
	carved_pair_scratch_free(scratch);
}

const struct carved_pair *carved_advise_pair(struct carved_advisor *advisor, uint32_t site)
{
	struct advise_site *at = &advisor->sites[site];
	if (!at->is_prepared && !carved_profile_prepare(advisor->profile, at->site, &advisor->arena, &at->pair))
		abort(); // it was one when it was looked at
	at->is_prepared = true;
	at->pair.candidate = 0;
	return &at->pair;
}

struct carved_advisor *carved_advisor_new(
	const struct carved_instance *instance, const struct carved_asks *asks, uint32_t candidate)
{
	struct carved_advisor *advisor = carved_alloc_array(1, sizeof *advisor);
	advisor->instance = instance;
	advisor->candidate = candidate;
	init_view(advisor);
	advisor->profile = asks ? carved_profile_new_from(asks, candidate) : carved_profile_new(instance, candidate);
	look_around(advisor);
	advisor->workspace = carved_price_workspace_new(&advisor->view);
	return advisor;
}

void carved_advisor_free(struct carved_advisor *advisor)
{
	if (!advisor)
		return;
	carved_price_workspace_free(advisor->workspace);
	carved_profile_free(advisor->profile);
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
