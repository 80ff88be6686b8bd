// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/roles.h"
#include "carved/model/check.h"
#include <stdlib.h>
#include <string.h>

struct making {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	const struct carved_plan *plan;
	struct carved_roles *roles;
};

static bool is_same(const struct carved_proposal *a, const struct carved_proposal *b)
{
	bool same = a->site == b->site && a->kind == b->kind && a->piece_count == b->piece_count;
	for (size_t i = 0; same && i < a->piece_count; i++)
		same = a->pieces[i].slot == b->pieces[i].slot && a->pieces[i].hours_q == b->pieces[i].hours_q;
	return same;
}

static struct carved_role *find_role(struct carved_roles *roles, const struct carved_proposal *proposal)
{
	for (size_t i = 0; i < roles->count; i++) {
		if (is_same(roles->items[i].proposal, proposal))
			return &roles->items[i];
	}
	return NULL;
}

// Proposals stand in the order of their candidates, so that a role's place must not follow from theirs: of equal value, the one whose slots come first.
static int compare_proposals(const struct carved_proposal *a, const struct carved_proposal *b)
{
	if (a->value != b->value)
		return a->value < b->value ? 1 : -1;
	for (size_t i = 0; i < a->piece_count && i < b->piece_count; i++) {
		const struct carved_proposal_piece *x = &a->pieces[i], *y = &b->pieces[i];
		if (x->slot != y->slot)
			return x->slot < y->slot ? -1 : 1;
		if (x->hours_q != y->hours_q)
			return x->hours_q > y->hours_q ? -1 : 1;
	}
	return (a->piece_count > b->piece_count) - (a->piece_count < b->piece_count);
}

static int compare_roles(const void *a, const void *b)
{
	return compare_proposals(((const struct carved_role *)a)->proposal, ((const struct carved_role *)b)->proposal);
}

static void merge_proposals(struct making *m)
{
	const struct carved_plan *plan = m->plan;
	m->roles->items = carved_arena_array(&m->roles->arena, struct carved_role, plan->proposal_count);
	for (size_t p = 0; p < plan->proposal_count; p++) {
		const struct carved_proposal *proposal = &plan->proposals[p];
		struct carved_role *role = find_role(m->roles, proposal);
		if (!role) {
			role = &m->roles->items[m->roles->count++];
			role->proposal = proposal;
		}
		role->count++;
		if (compare_proposals(proposal, role->proposal) < 0)
			role->proposal = proposal;
	}
	if (m->roles->count > 0)
		qsort(m->roles->items, m->roles->count, sizeof *m->roles->items, compare_roles);
}

// ---- who could do it

static void count_aid(struct making *m, struct carved_role *role, const char *by)
{
	size_t at = 0;
	while (at < role->aid_count && strcmp(role->aids[at].by, by) < 0)
		at++;
	if (at < role->aid_count && strcmp(role->aids[at].by, by) == 0) {
		role->aids[at].candidates++;
		return;
	}
	struct carved_role_aid *grown = carved_arena_array(&m->roles->arena, struct carved_role_aid, role->aid_count + 1);
	for (size_t i = 0; i < role->aid_count; i++)
		grown[i + (i >= at)] = role->aids[i];
	grown[at] = (struct carved_role_aid){.by = by, .candidates = 1};
	role->aids = grown;
	role->aid_count++;
}

static int compare_hours(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void count_people(struct making *m, struct carved_role *role)
{
	int *buddy_q = carved_arena_array(&m->roles->arena, int, m->region->count[CARVED_KIND_CANDIDATE]);
	for (size_t c = 0; c < m->region->count[CARVED_KIND_CANDIDATE]; c++) {
		const struct carved_candidate *candidate = carved_region_candidate(m->region, c);
		struct carved_arena scratch = CARVED_ARENA_INIT;
		struct carved_texts aids;
		if (carved_check_could_do(m->region, m->table, m->plan, role->proposal, c, &scratch, &aids)) {
			buddy_q[role->candidates++] = candidate->buddy_q;
			role->target_group += candidate->target_group;
			role->coaching += candidate->coach_q > 0;
			for (size_t i = 0; i < aids.count; i++)
				count_aid(m, role, aids.items[i]);
		}
		carved_arena_deinit(&scratch);
	}
	qsort(buddy_q, role->candidates, sizeof *buddy_q, compare_hours);
	role->buddy_q = buddy_q[(role->candidates - 1) / 2];
}

// ---- what it asks

static void raise_levels(struct carved_qualifiers *highest, const struct carved_qualifiers *levels)
{
	for (size_t i = 0; i < levels->count; i++) {
		const struct carved_qualifier *asked = &levels->items[i];
		size_t at = 0;
		while (at < highest->count && highest->items[at].icf < asked->icf)
			at++;
		if (at == highest->count || highest->items[at].icf != asked->icf) {
			memmove(&highest->items[at + 1], &highest->items[at], (highest->count - at) * sizeof *highest->items);
			highest->items[at] = *asked;
			highest->count++;
		} else if (highest->items[at].value < asked->value) {
			highest->items[at].value = asked->value;
		}
	}
}

static void add_text(struct carved_texts *texts, const char *text)
{
	size_t at = 0;
	while (at < texts->count && strcmp(texts->items[at], text) < 0)
		at++;
	if (at < texts->count && strcmp(texts->items[at], text) == 0)
		return;
	memmove(&texts->items[at + 1], &texts->items[at], (texts->count - at) * sizeof *texts->items);
	texts->items[at] = text;
	texts->count++;
}

static void sum_up_asked(struct making *m, struct carved_role *role)
{
	const struct carved_slots *slots = carved_slot_table_site(m->table, role->proposal->site);
	size_t demands = 0, exposures = 0, requires = 0;
	for (size_t i = 0; i < role->proposal->piece_count; i++) {
		const struct carved_slot *slot = &slots->items[role->proposal->pieces[i].slot];
		demands += slot->demands.count;
		exposures += slot->exposures.count;
		requires += slot->task->requires.count;
	}
	role->demands.items = carved_arena_array(&m->roles->arena, struct carved_qualifier, demands);
	role->exposures.items = carved_arena_array(&m->roles->arena, struct carved_qualifier, exposures);
	role->requires.items = carved_arena_array(&m->roles->arena, const char *, requires);
	for (size_t i = 0; i < role->proposal->piece_count; i++) {
		const struct carved_slot *slot = &slots->items[role->proposal->pieces[i].slot];
		raise_levels(&role->demands, &slot->demands);
		raise_levels(&role->exposures, &slot->exposures);
		for (size_t k = 0; k < slot->task->requires.count; k++)
			add_text(&role->requires, slot->task->requires.items[k]);
		role->parts |= slot->parts;
	}
}

void carved_roles_make(const struct carved_region *region, const struct carved_slot_table *table, const struct carved_plan *plan,
	struct carved_roles *ret_roles)
{
	struct carved_roles roles = {0};
	struct making m = {.region = region, .table = table, .plan = plan, .roles = &roles};
	merge_proposals(&m);
	for (size_t i = 0; i < roles.count; i++) {
		count_people(&m, &roles.items[i]);
		sum_up_asked(&m, &roles.items[i]);
	}
	*ret_roles = roles;
}

void carved_roles_deinit(struct carved_roles *roles)
{
	carved_arena_deinit(&roles->arena);
	*roles = (struct carved_roles){0};
}
