// SPDX-License-Identifier: EUPL-1.2
// The plan as a whole: DESIGN section 3, "A plan is valid when". Single packages: check_package.c, check_schedule.c, check_value.c.
#include "carved/model/check.h"
#include "check_state.h"
#include "outlook.h"
#include <stdlib.h>

void carved_violations_deinit(struct carved_violations *violations)
{
	free(violations->items);
	carved_arena_deinit(&violations->arena);
	*violations = (struct carved_violations){0};
}

void carved_checking_add(struct carved_checking *checking, const struct carved_violation *violation)
{
	struct carved_violations *list = checking->violations;
	if (list->count == list->capacity) {
		list->capacity = list->capacity ? list->capacity * 2 : 16;
		list->items = carved_realloc_array(list->items, list->capacity, sizeof *list->items);
	}
	struct carved_violation *added = &list->items[list->count++];
	*added = *violation;
	added->what = violation->what ? carved_arena_strdup(&list->arena, violation->what) : NULL;
}

void carved_checked_add(const struct carved_checked_proposal *checked, enum carved_rule rule, size_t piece, const char *what,
	int64_t found, int64_t allowed)
{
	struct carved_violation violation = {.rule = rule,
		.candidate = checked->proposal->candidate,
		.site = checked->proposal->site,
		.slot = piece == SIZE_MAX ? SIZE_MAX : checked->proposal->pieces[piece].slot,
		.what = what,
		.found = found,
		.allowed = allowed};
	carved_checking_add(checked->checking, &violation);
}

static size_t count_of(const struct carved_checking *c, enum carved_kind kind)
{
	return c->region->count[kind];
}

static void add_plan(struct carved_checking *c, enum carved_rule rule, size_t site, size_t slot, const char *what, int64_t found,
	int64_t allowed)
{
	struct carved_violation violation = {.rule = rule,
		.candidate = SIZE_MAX,
		.site = site,
		.slot = slot,
		.what = what,
		.found = found,
		.allowed = allowed};
	carved_checking_add(c, &violation);
}

static void add_if_more(struct carved_checking *c, enum carved_rule rule, size_t site, size_t slot, const char *what,
	int64_t found, int64_t allowed)
{
	if (found > allowed)
		add_plan(c, rule, site, slot, what, found, allowed);
}

void carved_checking_learn_reserves(struct carved_checking *c)
{
	size_t coaches = count_of(c, CARVED_KIND_COACH);
	int *median_q = carved_arena_array(&c->arena, int, coaches), *reserve_q = carved_arena_array(&c->arena, int, coaches);
	carved_rules_reserves(c->region, &c->plan->weights, median_q, reserve_q);
	c->median_q = median_q;
	c->reserve_q = reserve_q;
}

void carved_checking_init_sums(struct carved_checking *c, size_t first, size_t end)
{
	size_t sites = count_of(c, CARVED_KIND_SITE), coaches = count_of(c, CARVED_KIND_COACH);
	c->first_slot = carved_slot_table_first_slot(c->table, first);
	c->first_job = carved_slot_table_first_job(c->table, first);
	size_t slots = carved_checking_slot(c, end), jobs = carved_checking_job(c, end);
	c->placed = carved_arena_array(&c->arena, bool, count_of(c, CARVED_KIND_CANDIDATE));
	c->slot_q = carved_arena_array(&c->arena, int64_t, slots);
	c->carved_q = carved_arena_array(&c->arena, int64_t, jobs);
	c->taken_q = carved_arena_array(&c->arena, int64_t, jobs);
	c->places = carved_arena_array(&c->arena, int64_t, sites);
	c->buddy_q = carved_arena_array(&c->arena, int64_t, sites);
	c->coach_q = carved_arena_array(&c->arena, int64_t, coaches);
	c->easy_q = carved_arena_array(&c->arena, int64_t, coaches);
}

// Whether every index of the proposal means something, so that the rules can be asked at all.
static bool is_readable(struct carved_checking *c, const struct carved_proposal *proposal)
{
	if (proposal->candidate >= count_of(c, CARVED_KIND_CANDIDATE) || proposal->site >= count_of(c, CARVED_KIND_SITE)) {
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "candidate or site", 1, 0);
		return false;
	}
	size_t slots = carved_slot_table_site(c->table, proposal->site)->count;
	for (size_t i = 0; i < proposal->piece_count; i++) {
		if (proposal->pieces[i].slot >= slots) {
			add_plan(c, CARVED_RULE_SUPPLY, proposal->site, proposal->pieces[i].slot, NULL,
				(int64_t)proposal->pieces[i].slot, (int64_t)slots);
			return false;
		}
	}
	if (proposal->piece_count == 0)
		add_plan(c, CARVED_RULE_HOURS, proposal->site, SIZE_MAX, NULL, 0, 1);
	return proposal->piece_count > 0;
}

// Without what the slot rules say of its pieces.
static struct carved_checked_proposal open_without_answers(struct carved_checking *c, const struct carved_proposal *proposal)
{
	return (struct carved_checked_proposal){
		.checking = c,
		.proposal = proposal,
		.candidate = carved_region_candidate(c->region, proposal->candidate),
		.site = carved_region_site(c->region, proposal->site),
		.slots = carved_slot_table_site(c->table, proposal->site),
	};
}

struct carved_checked_proposal carved_checked_open(struct carved_checking *c, const struct carved_proposal *proposal)
{
	struct carved_checked_proposal checked = open_without_answers(c, proposal);
	checked.answers = carved_arena_array(&checked.arena, struct carved_slot_answer, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		carved_rules_slot(c->region, checked.candidate, checked.site, carved_checked_slot(&checked, i), &c->plan->weights,
			&checked.arena, &checked.answers[i]);
		checked.hours_q += proposal->pieces[i].hours_q;
	}
	return checked;
}

static void sum_up_hours(const struct carved_checked_proposal *checked)
{
	struct carved_checking *c = checked->checking;
	const struct carved_proposal *proposal = checked->proposal;
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_slot *slot = carved_checked_slot(checked, i);
		size_t job = carved_checking_job(c, proposal->site) + slot->job_index;
		int hours_q = proposal->pieces[i].hours_q;
		bool undone = slot->task->undone && slot->job->kind == CARVED_JOB;
		bool whole = slot->job->kind == CARVED_VACANCY && proposal->kind == CARVED_WHOLE_VACANCY;
		c->slot_q[carved_checking_slot(c, proposal->site) + proposal->pieces[i].slot] += hours_q;
		c->taken_q[job] += undone ? 0 : hours_q;
		c->carved_q[job] += undone || whole ? 0 : hours_q;
	}
}

void carved_checking_sum_up_coach(struct carved_checking *c, size_t index)
{
	const struct carved_candidate *candidate = carved_region_candidate(c->region, index);
	const struct carved_pin *pin = carved_pins_find(&c->plan->pins, index);
	int need_q = pin ? pin->coach_q : candidate->coach_q;
	size_t coach = carved_region_index(c->region, CARVED_KIND_COACH, candidate->coach);
	if (coach == SIZE_MAX)
		return;
	c->coach_q[coach] += need_q;
	c->easy_q[coach] += candidate->coach_q <= c->median_q[coach] ? need_q : 0;
}

static void sum_up_support(const struct carved_checked_proposal *checked)
{
	struct carved_checking *c = checked->checking;
	c->places[checked->proposal->site]++;
	c->buddy_q[checked->proposal->site] += checked->candidate->buddy_q;
	if (carved_region_index(c->region, CARVED_KIND_COACH, checked->candidate->coach) == SIZE_MAX)
		carved_checked_add(checked, CARVED_RULE_COACH, SIZE_MAX, checked->candidate->coach, 1, 0);
	carved_checking_sum_up_coach(c, checked->proposal->candidate);
}

void carved_checking_sum_up(const struct carved_checked_proposal *checked)
{
	sum_up_hours(checked);
	sum_up_support(checked);
}

static void check_proposal(struct carved_checking *c, size_t index)
{
	const struct carved_proposal *proposal = &c->plan->proposals[index];
	if (!is_readable(c, proposal))
		return;
	struct carved_checked_proposal checked = carved_checked_open(c, proposal);
	if (c->placed[proposal->candidate])
		carved_checked_add(&checked, CARVED_RULE_ONE, SIZE_MAX, checked.candidate->ref, 2, 1);
	else if (index > 0 && proposal[-1].candidate > proposal->candidate)
		carved_checked_add(&checked, CARVED_RULE_VALUE, SIZE_MAX, "order", 1, 0);
	c->placed[proposal->candidate] = true;
	if (!carved_check_stands(c, proposal)) { // else it is summed up already, and stays whatever its package breaks
		carved_check_package(&checked);
		carved_check_schedule(&checked);
		carved_check_build_up(&checked);
		carved_checking_sum_up(&checked);
	}
	carved_check_figures(&checked);
	carved_arena_deinit(&checked.arena);
}

// What may be used of something: what there is, or what standing work uses of it where that is more.
static int64_t most(const int64_t *least, size_t index, int64_t available)
{
	return least && least[index] > available ? least[index] : available;
}

// Rules `supply`, `donor`, `places`, `supervision`.
static void check_site(struct carved_checking *c, size_t index)
{
	const struct carved_site *site = carved_region_site(c->region, index);
	const struct carved_slots *slots = carved_slot_table_site(c->table, index);
	const int64_t *slot_q = c->slot_q + carved_checking_slot(c, index);
	const int64_t *carved_q = c->carved_q + carved_checking_job(c, index);
	for (size_t t = 0; t < slots->count; t++)
		add_if_more(c, CARVED_RULE_SUPPLY, index, t, slots->items[t].task->ref, slot_q[t],
			most(c->least.slot_q, carved_checking_slot(c, index) + t, slots->items[t].hours_q));
	for (size_t j = 0; j < site->job_count; j++)
		add_if_more(c, CARVED_RULE_DONOR, index, SIZE_MAX, site->jobs[j].ref, carved_q[j],
			most(c->least.carved_q, carved_checking_job(c, index) + j, carved_job_cap_q(&site->jobs[j])));
	add_if_more(c, CARVED_RULE_PLACES, index, SIZE_MAX, NULL, c->places[index], most(c->least.places, index, site->places));
	add_if_more(c, CARVED_RULE_SUPERVISION, index, SIZE_MAX, NULL, c->buddy_q[index],
		most(c->least.buddy_q, index, site->supervision_q));
}

// Rules `coach` and `reserve`.
static void check_coach(struct carved_checking *c, size_t index)
{
	const struct carved_coach *coach = carved_region_coach(c->region, index);
	add_if_more(c, CARVED_RULE_COACH, SIZE_MAX, SIZE_MAX, coach->ref, c->coach_q[index],
		most(c->least.coach_q, index, coach->hours_q));
	if (c->reserve_q[index] >= 0)
		add_if_more(c, CARVED_RULE_RESERVE, SIZE_MAX, SIZE_MAX, coach->ref, c->easy_q[index],
			most(c->least.easy_q, index, c->reserve_q[index]));
}

void carved_checking_check_shared(struct carved_checking *c)
{
	for (size_t s = 0; s < count_of(c, CARVED_KIND_SITE); s++)
		check_site(c, s);
	for (size_t k = 0; k < count_of(c, CARVED_KIND_COACH); k++)
		check_coach(c, k);
}

// Everyone without a package stands among the unplaced, once, in order, and nobody else.
static void check_unplaced(struct carved_checking *c)
{
	const struct carved_plan *plan = c->plan;
	size_t next = 0;
	for (size_t i = 0; i < count_of(c, CARVED_KIND_CANDIDATE); i++) {
		bool listed = next < plan->unplaced_count && plan->unplaced[next].candidate == i;
		if (listed == c->placed[i])
			add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "unplaced", listed, !listed);
		if (listed && (unsigned)plan->unplaced[next].reason >= CARVED_RULE_COUNT)
			add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "reason", plan->unplaced[next].reason, 0);
		next += listed;
	}
	if (next != plan->unplaced_count)
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "unplaced", (int64_t)plan->unplaced_count, (int64_t)next);
}

static void check_totals(struct carved_checking *c)
{
	if (c->plan->value != c->value)
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "plan value", c->plan->value, c->value);
	if (c->plan->bound < c->value)
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "bound", c->plan->bound, c->value);
}

// An early plan is a plan of nothing, and names nobody.
static bool check_early(struct carved_checking *c)
{
	if (c->plan->proposal_count > 0)
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "early", (int64_t)c->plan->proposal_count, 0);
	if (c->plan->unplaced_count > 0)
		add_plan(c, CARVED_RULE_VALUE, SIZE_MAX, SIZE_MAX, "unplaced", (int64_t)c->plan->unplaced_count, 0);
	check_totals(c);
	return c->violations->count == 0;
}

static bool check_whole(struct carved_checking *c)
{
	const struct carved_plan *plan = c->plan;
	carved_checking_init_sums(c, 0, count_of(c, CARVED_KIND_SITE));
	carved_checking_learn_reserves(c);
	carved_check_sum_up_standing(c);
	for (size_t p = 0; p < plan->proposal_count; p++)
		check_proposal(c, p);
	carved_check_pins(c);
	for (size_t p = 0; c->violations->count == 0 && p < plan->proposal_count; p++) { // sums mean something now
		struct carved_checked_proposal checked = open_without_answers(c, &plan->proposals[p]);
		carved_check_donors(&checked);
	}
	carved_checking_check_shared(c);
	check_unplaced(c);
	check_totals(c);
	carved_arena_deinit(&c->arena);
	return c->violations->count == 0;
}

bool carved_check_plan(const struct carved_region *region, const struct carved_slot_table *table, const struct carved_plan *plan,
	struct carved_violations *ret_violations)
{
	struct carved_checking c = {.region = region, .table = table, .plan = plan, .violations = ret_violations};
	if (plan->early)
		return check_early(&c);
	c.options = carved_options_new(region, plan->date);
	bool right = check_whole(&c);
	carved_options_free(c.options);
	return right;
}

bool carved_check_plan_from(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_plan *plan, struct carved_violations *ret_violations)
{
	struct carved_checking c = {.region = outlook->options->region,
		.table = table,
		.plan = plan,
		.violations = ret_violations,
		.counts = outlook->counts};
	return check_whole(&c);
}

bool carved_check_single(const struct carved_region *region, const struct carved_slot_table *table,
	const struct carved_check_reserves *reserves, struct carved_options *options, const struct carved_plan *plan,
	struct carved_violations *ret_violations)
{
	struct carved_checking c = {.region = region,
		.table = table,
		.plan = plan,
		.violations = ret_violations,
		.options = options,
		.median_q = reserves->median_q,
		.reserve_q = reserves->reserve_q};
	const struct carved_proposal *proposal = &plan->proposals[0];
	if (is_readable(&c, proposal)) {
		carved_checking_init_sums(&c, proposal->site, proposal->site + 1);
		check_proposal(&c, 0);
	}
	if (ret_violations->count == 0) { // sums mean something now
		struct carved_checked_proposal checked = carved_checked_open(&c, proposal);
		carved_check_donors(&checked);
		carved_arena_deinit(&checked.arena);
		check_site(&c, proposal->site);
		check_coach(&c, carved_region_index(
					region, CARVED_KIND_COACH, carved_region_candidate(region, proposal->candidate)->coach));
	}
	carved_arena_deinit(&c.arena);
	return ret_violations->count == 0;
}
