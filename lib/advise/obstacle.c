// SPDX-License-Identifier: EUPL-1.2
// Support and slots are asked rule by rule. The nearest package is found by leaving rules out of the numbers and pricing: no rule, each by itself, then sets of two,
// and so on, in a fixed order; the first set that leaves a package is the smallest. The checker then names the rules and their figures from documents.
#include "carved/advise/obstacle.h"
#include "carved/base/quarters.h"
#include "carved/model/part.h"
#include "cell.h"
#include <stdlib.h>

enum { COMPLETE = 4, ROOM = 64 };

// The rules of a package in their order. A package is too short or too long, never both.
static const unsigned package_rules[] = {CARVED_RELAX_MIN, CARVED_RELAX_MAX, CARVED_RELAX_CHUNK, CARVED_RELAX_SCHEDULE,
	CARVED_RELAX_BUILD_UP, CARVED_RELAX_LOAD, CARVED_RELAX_JOBS, CARVED_RELAX_SUPERVISOR, CARVED_RELAX_MUST,
	CARVED_RELAX_DONOR};
enum { PACKAGE_RULES = sizeof package_rules / sizeof *package_rules };

struct finding {
	const struct carved_advise_question *question;
	struct carved_obstacles *found;
	const struct carved_cell *cell;
};

static void add(struct finding *f, struct carved_obstacle_list *list, size_t room, struct carved_obstacle obstacle)
{
	if (!list->items)
		list->items = carved_arena_array(&f->found->arena, struct carved_obstacle, room);
	if (list->count < room)
		list->items[list->count++] = obstacle;
}

// ---- support

static void add_support(struct finding *f, enum carved_rule rule, const char *what, int64_t found, int64_t allowed)
{
	add(f, &f->found->support, CARVED_RULE_COUNT,
		(struct carved_obstacle){.rule = rule, .what = what, .found = found, .allowed = allowed});
}

static void find_coach(struct finding *f, const struct carved_candidate *c)
{
	const struct carved_coach *coach = carved_region_coach(f->cell->region, 0);
	int median_q, reserve_q = carved_rules_reserve_q(f->cell->region, coach, f->question->weights, &median_q);
	if (c->coach_q > coach->hours_q)
		add_support(f, CARVED_RULE_COACH, coach->ref, c->coach_q, coach->hours_q);
	if (reserve_q >= 0 && c->coach_q <= median_q && c->coach_q > reserve_q)
		add_support(f, CARVED_RULE_RESERVE, coach->ref, c->coach_q, reserve_q);
}

static void find_support(struct finding *f)
{
	const struct carved_candidate *c = carved_cell_candidate(f->cell);
	const struct carved_site *site = carved_cell_site(f->cell);
	int minutes = carved_rules_minutes(c, site);
	if (!carved_rules_may_be_matched(c, f->question->date))
		add_support(f, CARVED_RULE_CONSENT, NULL, 0, 1);
	if (minutes > c->max_minutes)
		add_support(f, CARVED_RULE_TRAVEL, NULL, minutes, c->max_minutes);
	if (carved_rules_is_excluded(f->cell->region, c, site))
		add_support(f, CARVED_RULE_EXCLUDED, site->employer, 1, 0);
	if (site->places < 1)
		add_support(f, CARVED_RULE_PLACES, NULL, 1, site->places);
	if (c->buddy_q > site->supervision_q)
		add_support(f, CARVED_RULE_SUPERVISION, NULL, c->buddy_q, site->supervision_q);
	find_coach(f, c);
}

// ---- slots

static void find_levels(struct finding *f, const struct carved_slot *slot, const struct carved_slot_answer *answer,
	struct carved_obstacle_list *rules)
{
	for (size_t i = 0; i < answer->level_count; i++) {
		const struct carved_level_answer *level = &answer->levels[i];
		if (!level->fits)
			add(f, rules, ROOM + answer->level_count,
				(struct carved_obstacle){
					.rule = i < slot->demands.count ? CARVED_RULE_CAPACITY : CARVED_RULE_ENVIRONMENT,
					.what = carved_icf_code(level->icf),
					.found = level->level,
					.allowed = COMPLETE - level->limitation});
	}
}

static struct carved_obstacle_list find_slot(struct finding *f, const struct carved_slot *slot)
{
	const struct carved_site *site = carved_cell_site(f->cell);
	struct carved_obstacle_list rules = {0};
	struct carved_slot_answer answer;
	carved_rules_slot(
		f->cell->region, carved_cell_candidate(f->cell), site, slot, f->question->weights, &f->found->arena, &answer);
	const size_t room = ROOM + answer.level_count;
	find_levels(f, slot, &answer, &rules);
	if (answer.refused[CARVED_RULE_REQUIREMENT])
		add(f, &rules, room,
			(struct carved_obstacle){
				.rule = CARVED_RULE_REQUIREMENT, .what = answer.missing_skill, .found = 0, .allowed = 1});
	if (answer.refused[CARVED_RULE_NEVER])
		add(f, &rules, room,
			(struct carved_obstacle){.rule = CARVED_RULE_NEVER, .what = answer.never_wish, .found = 1, .allowed = 0});
	if (answer.refused[CARVED_RULE_AVAILABILITY])
		add(f, &rules, room, (struct carved_obstacle){.rule = CARVED_RULE_AVAILABILITY, .found = 0, .allowed = 1});
	if (carved_rules_displaces(site, slot->job, f->question->date))
		add(f, &rules, room,
			(struct carved_obstacle){
				.rule = CARVED_RULE_DISPLACEMENT, .what = slot->job->ref, .found = 1, .allowed = 0});
	if (slot->job->kind == CARVED_JOB && !slot->job->has_carve)
		add(f, &rules, room,
			(struct carved_obstacle){
				.rule = CARVED_RULE_DONOR, .what = slot->job->ref, .found = slot->unit_q, .allowed = 0});
	return rules;
}

static void find_slots(struct finding *f)
{
	const struct carved_slots *slots = carved_cell_slots(f->cell);
	struct carved_obstacles *found = f->found;
	found->slots = carved_arena_array(&found->arena, struct carved_obstacle_slot, slots->count);
	for (size_t t = 0; t < slots->count; t++) {
		const struct carved_slot *slot = &slots->items[t];
		if (!carved_cell_is_in_scope(slot, f->question->job, f->question->task))
			continue;
		struct carved_obstacle_list rules = find_slot(f, slot);
		found->slots_in_scope++;
		found->hours_in_scope_q += slot->unit_q;
		found->hours_that_fit_q += rules.count ? 0 : slot->unit_q;
		if (rules.count)
			found->slots[found->slot_count++] = (struct carved_obstacle_slot){.slot = slot, .rules = rules};
	}
}

// ---- the nearest package

// The rules whose leaving out could matter to this person here.
static unsigned that_could_matter(const struct finding *f)
{
	const struct carved_candidate *c = carved_cell_candidate(f->cell);
	unsigned matter = CARVED_RELAX_MIN | CARVED_RELAX_MAX | CARVED_RELAX_CHUNK | CARVED_RELAX_SCHEDULE | CARVED_RELAX_DONOR;
	if (c->build_up_count)
		matter |= CARVED_RELAX_BUILD_UP;
	if (c->limit_count)
		matter |= CARVED_RELAX_LOAD;
	if (c->supervisors_max)
		matter |= CARVED_RELAX_SUPERVISOR;
	if (c->must.count)
		matter |= CARVED_RELAX_MUST;
	if (carved_cell_site(f->cell)->job_count > c->jobs_max)
		matter |= CARVED_RELAX_JOBS;
	return matter;
}

static bool price(struct finding *f, unsigned relaxed, int least_q, int most_q, struct carved_package *ret_package)
{
	const struct carved_advise_question *q = f->question;
	const struct carved_cell_query query = {.relaxed = CARVED_RELAX_SUPPORT | relaxed,
		.least_q = least_q,
		.most_q = most_q,
		.job = q->job,
		.task = q->task,
		.node_limit = q->node_limit};
	enum carved_price_answer answer = carved_cell_price(f->cell, &query, &f->found->arena, ret_package);
	f->found->exact = f->found->exact && answer != CARVED_PRICE_LIMIT;
	return answer == CARVED_PRICE_FOUND;
}

static int hours_of(const struct carved_package *package)
{
	int sum_q = 0;
	for (uint32_t i = 0; i < package->piece_count; i++)
		sum_q += (int)package->pieces[i].hours_q;
	return sum_q;
}

// As near to the hours wished as can be: there are packages of so many hours or more (fewer) up to one point, and none beyond.
static void come_nearer(struct finding *f, unsigned relaxed, struct carved_package *package)
{
	const struct carved_candidate *c = carved_cell_candidate(f->cell);
	struct carved_package other;
	if (relaxed & CARVED_RELAX_MIN) {
		for (int low = hours_of(package), high = c->min_q - 1; low < high; low = hours_of(package)) {
			int middle = low + (high - low + 1) / 2;
			if (price(f, relaxed, middle, 0, &other))
				*package = other;
			else
				high = middle - 1;
		}
	} else if (relaxed & CARVED_RELAX_MAX) {
		for (int low = c->max_q + 1, high = hours_of(package); low < high; high = hours_of(package)) {
			int middle = low + (high - low) / 2;
			if (price(f, relaxed, 0, middle, &other))
				*package = other;
			else
				low = middle + 1;
		}
	}
}

static unsigned rules_of(unsigned set)
{
	unsigned relaxed = 0;
	for (int i = 0; i < PACKAGE_RULES; i++)
		relaxed |= set >> i & 1 ? package_rules[i] : 0;
	return relaxed;
}

// The smallest set that leaves a package, the first of those in their order. Returns false where not even all of them do.
static bool find_nearest(struct finding *f, unsigned *ret_relaxed, struct carved_package *ret_package)
{
	const unsigned matter = that_could_matter(f), both = CARVED_RELAX_MIN | CARVED_RELAX_MAX;
	if (price(f, 0, 0, 0, ret_package)) {
		*ret_relaxed = 0;
		return true;
	}
	if (!price(f, matter, 0, 0, ret_package))
		return false;
	for (int size = 1; size <= PACKAGE_RULES; size++) {
		for (unsigned set = 1; set < 1u << PACKAGE_RULES; set++) {
			unsigned relaxed = rules_of(set);
			if (__builtin_popcount(set) != size || (relaxed & ~matter) || (relaxed & both) == both)
				continue;
			if (price(f, relaxed, 0, 0, ret_package)) {
				*ret_relaxed = relaxed;
				return true;
			}
		}
	}
	*ret_relaxed = matter; // a search met its limit on the way
	return true;
}

static void read_pieces(struct finding *f, const struct carved_package *package)
{
	struct carved_proposal *nearest = &f->found->nearest;
	nearest->kind = package->kind;
	nearest->pieces = carved_arena_array(&f->found->arena, struct carved_proposal_piece, package->piece_count);
	for (uint32_t i = 0; i < package->piece_count; i++) {
		nearest->pieces[nearest->piece_count++] = (struct carved_proposal_piece){
			.slot = package->pieces[i].slot, .hours_q = (int)package->pieces[i].hours_q};
	}
	nearest->hours_q = hours_of(package);
}

static bool is_of_support(enum carved_rule rule)
{
	return rule == CARVED_RULE_CONSENT || rule == CARVED_RULE_TRAVEL || rule == CARVED_RULE_EXCLUDED ||
	       rule == CARVED_RULE_PLACES || rule == CARVED_RULE_SUPERVISION || rule == CARVED_RULE_COACH ||
	       rule == CARVED_RULE_RESERVE;
}

// What the checker says about the nearest package. A rule may be left out and yet be kept.
static void ask_checker(struct finding *f)
{
	struct carved_violations violations = {0};
	struct carved_obstacles *found = f->found;
	carved_check_pieces(f->cell->region, carved_singles_table(f->cell->singles), f->question->date, f->question->weights,
		&found->nearest, &violations);
	for (size_t i = 0; i < violations.count; i++) {
		const struct carved_violation *v = &violations.items[i];
		if (is_of_support(v->rule))
			continue;
		add(f, &found->package, violations.count,
			(struct carved_obstacle){.rule = v->rule,
				.what = v->what ? carved_arena_strdup(&found->arena, v->what) : NULL,
				.found = v->found,
				.allowed = v->allowed});
	}
	carved_violations_deinit(&violations);
}

static void find_package(struct finding *f)
{
	unsigned relaxed;
	struct carved_package package;
	if (!find_nearest(f, &relaxed, &package))
		return;
	come_nearer(f, relaxed, &package);
	f->found->has_nearest = true;
	read_pieces(f, &package);
	ask_checker(f);
	f->found->fits = f->found->support.count == 0 && f->found->package.count == 0;
}

void carved_obstacles_find(const struct carved_advise_question *question, struct carved_obstacles *ret_obstacles)
{
	struct carved_region *region = question->region;
	struct carved_document *candidate = region->documents[CARVED_KIND_CANDIDATE][question->candidate];
	struct carved_cell *cell = carved_alloc_array(1, sizeof *cell);
	struct finding f = {.question = question, .found = ret_obstacles, .cell = cell};
	struct carved_region *part = carved_region_cell(region, candidate, region->documents[CARVED_KIND_SITE][question->site],
		carved_region_find(region, CARVED_KIND_COACH, candidate->candidate.coach));
	carved_cell_open(cell, part, question->date, question->weights);
	ret_obstacles->cell = cell;
	ret_obstacles->exact = true;
	find_support(&f);
	find_slots(&f);
	find_package(&f);
}

void carved_obstacles_deinit(struct carved_obstacles *obstacles)
{
	if (obstacles->cell) {
		carved_cell_close(obstacles->cell);
		free(obstacles->cell);
	}
	carved_arena_deinit(&obstacles->arena);
	*obstacles = (struct carved_obstacles){0};
}

const struct carved_region *carved_obstacles_region(const struct carved_obstacles *obstacles)
{
	return obstacles->cell->region;
}

const struct carved_slot_table *carved_obstacles_table(const struct carved_obstacles *obstacles)
{
	return carved_singles_table(obstacles->cell->singles);
}
