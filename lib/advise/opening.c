// SPDX-License-Identifier: EUPL-1.2
#include "carved/advise/opening.h"
#include <stdlib.h>
#include <string.h>

struct near_site {
	size_t site;
	int minutes;
};

struct opened { // one kind of change that helps at one site
	struct carved_mend_change change;
	int hours_q;
	const char *site;
};

struct opening {
	const struct carved_advise_question *question;
	struct carved_openings *found;
	struct near_site *near;
	size_t near_count;
	struct opened *opened; // in the order of the sites
	size_t opened_count, opened_room;
};

// ---- sites

static int compare_near(const void *a, const void *b)
{
	const struct near_site *x = a, *y = b;
	if (x->minutes != y->minutes)
		return x->minutes < y->minutes ? -1 : 1;
	return (x->site > y->site) - (x->site < y->site);
}

static void look_around(struct opening *o)
{
	const struct carved_region *region = o->question->region;
	const struct carved_candidate *c = carved_region_candidate(region, o->question->candidate);
	size_t count = region->count[CARVED_KIND_SITE];
	o->near = carved_arena_array(&o->found->arena, struct near_site, count);
	for (size_t s = 0; s < count; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		int minutes = carved_rules_minutes(c, site);
		if (minutes > c->max_minutes)
			o->found->out_of_reach++;
		else if (carved_rules_is_excluded(region, c, site))
			o->found->excluded++;
		else
			o->near[o->near_count++] = (struct near_site){.site = s, .minutes = minutes};
	}
	if (o->near_count)
		qsort(o->near, o->near_count, sizeof *o->near, compare_near);
}

static void mark(const struct carved_obstacle_list *list, bool seen[CARVED_RULE_COUNT])
{
	for (size_t i = 0; i < list->count; i++)
		seen[list->items[i].rule] = true;
}

static void count_rules(struct opening *o, const struct carved_obstacles *obstacles)
{
	bool seen[CARVED_RULE_COUNT] = {false};
	mark(&obstacles->support, seen);
	mark(&obstacles->package, seen);
	for (size_t i = 0; i < obstacles->slot_count; i++)
		mark(&obstacles->slots[i].rules, seen);
	for (int rule = 0; rule < CARVED_RULE_COUNT; rule++)
		o->found->rule_sites[rule] += seen[rule];
}

static void keep(struct opening *o, const struct carved_mend *mend, const char *site)
{
	if (o->opened_count == o->opened_room) {
		o->opened_room = o->opened_room ? o->opened_room * 2 : 32;
		o->opened = carved_realloc_array(o->opened, o->opened_room, sizeof *o->opened);
	}
	struct opened *opened = &o->opened[o->opened_count++];
	*opened = (struct opened){.change = mend->changes[0], .hours_q = mend->plan.proposals[0].hours_q, .site = site};
	opened->change.ref = opened->change.path = opened->change.value = NULL; // of the site's answer, which goes
}

static void open_site(struct opening *o, const struct carved_advise_question *question)
{
	const struct carved_mend_reach reach = {.most = 1, .broad = true};
	struct carved_mends mends = {0};
	if (question->tries == 0) {
		o->found->complete = false;
		return;
	}
	carved_mends_find(question, &reach, &mends);
	for (size_t i = 0; i < mends.count; i++)
		keep(o, &mends.items[i], carved_region_site(question->region, question->site)->ref);
	o->found->tries += mends.tries;
	o->found->complete = o->found->complete && mends.complete_to == 1;
	carved_mends_deinit(&mends);
}

static void look_at(struct opening *o, size_t site)
{
	struct carved_advise_question question = *o->question;
	struct carved_obstacles obstacles = {0};
	question.site = site;
	question.job = question.task = NULL;
	question.tries = o->question->tries - o->found->tries;
	question.items = 4 * CARVED_MEND_KINDS; // one of each kind and aid
	carved_obstacles_find(&question, &obstacles);
	o->found->looked_at++;
	if (obstacles.fits) {
		o->found->fit_sites[o->found->fit++] = site;
	} else {
		count_rules(o, &obstacles);
		open_site(o, &question);
	}
	carved_obstacles_deinit(&obstacles);
}

// ---- kinds of changes

static bool is_of_person(enum carved_mend_kind kind)
{
	return kind == CARVED_MEND_FEWER_HOURS || kind == CARVED_MEND_MORE_HOURS;
}

// Whether what `wide` does, `narrow` does too.
static bool covers(const struct carved_mend_change *wide, const struct carved_mend_change *narrow)
{
	if (wide->kind != narrow->kind)
		return false;
	if (wide->kind == CARVED_MEND_ADD_AID)
		return strcmp(wide->what, narrow->what) == 0;
	return !is_of_person(wide->kind) || wide->size >= narrow->size;
}

static bool is_same(const struct carved_mend_change *a, const struct carved_mend_change *b)
{
	return covers(a, b) && covers(b, a);
}

static int compare_openings(const void *a, const void *b)
{
	const struct carved_opening *x = a, *y = b;
	if (x->sites != y->sites)
		return x->sites > y->sites ? -1 : 1;
	if (x->hours_q != y->hours_q)
		return x->hours_q > y->hours_q ? -1 : 1;
	if (x->change.kind != y->change.kind)
		return x->change.kind < y->change.kind ? -1 : 1;
	return x->change.size - y->change.size;
}

static void add_up(struct opening *o, struct carved_opening *item)
{
	for (size_t i = 0; i < o->opened_count; i++) {
		const struct opened *opened = &o->opened[i];
		if (!covers(&item->change, &opened->change))
			continue;
		if (item->sites < CARVED_OPENING_EXAMPLES)
			item->examples[item->sites] = opened->site;
		item->sites++;
		item->hours_q += opened->hours_q;
	}
}

static void sum_up(struct opening *o)
{
	struct carved_openings *found = o->found;
	found->items = carved_arena_array(&found->arena, struct carved_opening, o->opened_count);
	for (size_t i = 0; i < o->opened_count; i++) {
		bool first = true;
		for (size_t k = 0; k < found->count && first; k++)
			first = !is_same(&found->items[k].change, &o->opened[i].change);
		if (!first)
			continue;
		struct carved_opening *item = &found->items[found->count++];
		item->change = o->opened[i].change;
		add_up(o, item);
	}
	if (found->count)
		qsort(found->items, found->count, sizeof *found->items, compare_openings);
	if (found->count > o->question->items)
		found->count = o->question->items;
}

void carved_openings_find(const struct carved_advise_question *question, size_t sites, struct carved_openings *ret_openings)
{
	struct opening o = {.question = question, .found = ret_openings};
	ret_openings->complete = true;
	look_around(&o);
	ret_openings->fit_sites = carved_arena_array(&ret_openings->arena, size_t, o.near_count);
	for (size_t i = 0; i < o.near_count && i < sites; i++)
		look_at(&o, o.near[i].site);
	ret_openings->not_looked_at = o.near_count - ret_openings->looked_at;
	sum_up(&o);
	free(o.opened);
}

void carved_openings_deinit(struct carved_openings *openings)
{
	carved_arena_deinit(&openings->arena);
	*openings = (struct carved_openings){0};
}
