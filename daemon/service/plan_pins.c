// SPDX-License-Identifier: EUPL-1.2
// The plan to begin from and the work that people have, laid over today's instance. What the request pins must hold today, by the checker's own rules; work that people
// have is a fact and stays whatever today's documents say. Both are constants of the instance (fit/pin.h), and the solver sees what they leave.
#include "carved/fit/pin.h"
#include "carved/model/check.h"
#include "plan_base.h"
#include <stdlib.h>
#include <string.h>

struct pinning {
	struct carved_plan_base *base;
	const struct carved_region *region;
	const struct carved_slot_table *table;
	carved_date date;
	const struct carved_weights *weights;
	struct carved_error *error;
};

// The pinned proposal of a candidate.
static const char *pin_of(const struct pinning *p, const char *candidate)
{
	for (size_t i = 0; i < p->base->pin_count; i++) {
		uint32_t index = carved_past_find_proposal(p->base->past, p->base->pins[i]);
		if (strcmp(carved_past_candidate(p->base->past, index), candidate) == 0)
			return p->base->pins[i];
	}
	return p->base->pins[0];
}

static bool refuse(const struct pinning *p, const char *proposal, const char *rule)
{
	carved_fail(p->error, CARVED_PIN_IMPOSSIBLE, "proposal", proposal);
	carved_error_add(p->error, "rule", rule);
	return false;
}

static int by_candidate(const void *a, const void *b)
{
	const struct carved_package *x = a, *y = b;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static const struct carved_start_package *find_former(const struct carved_plan_base *base, size_t candidate)
{
	for (uint32_t i = 0; i < base->former_count; i++) {
		if (base->former[i].candidate == candidate)
			return &base->former[i];
	}
	return NULL;
}

// What the request pins, without values. A proposal that is named twice is pinned once; one of somebody whose work stands is there already.
static bool list_asked(const struct pinning *p)
{
	struct carved_plan_base *base = p->base;
	for (size_t i = 0; i < base->pin_count; i++) {
		uint32_t index = carved_past_find_proposal(base->past, base->pins[i]);
		size_t person = carved_region_index(p->region, CARVED_KIND_CANDIDATE, carved_past_candidate(base->past, index));
		const struct carved_start_package *former = person == SIZE_MAX ? NULL : find_former(base, person);
		if (!former) // the person is gone, or the site or a task of it
			return refuse(p, base->pins[i],
				carved_rule_names[person == SIZE_MAX ? CARVED_RULE_CONSENT : CARVED_RULE_SUPPLY]);
		if (!carved_plan_base_is_pinned(base, person))
			base->pinned[base->pinned_count++] = (struct carved_package){.candidate = former->candidate,
				.site = former->site,
				.kind = former->kind,
				.piece_count = former->piece_count,
				.pieces = former->pieces};
	}
	return true;
}

// What the documents say that they are worth today.
static void value_pinned(const struct pinning *p, const struct carved_plan *plan)
{
	struct carved_plan_base *base = p->base;
	struct carved_options *options = base->pinned_count > 0 ? carved_options_new(p->region, p->date) : NULL;
	for (uint32_t i = 0; i < base->pinned_count; i++) {
		const struct carved_proposal *proposal = &plan->proposals[i];
		struct carved_package *package = &base->pinned[i];
		int count = carved_plan_options(p->region, options, p->weights, proposal->candidate);
		carved_check_value(p->region, p->table, p->date, p->weights, proposal, count, &package->parts);
#define X(part) package->value += package->parts.part;
		CARVED_VALUE_PARTS(X)
#undef X
		base->pinned_value += package->value;
	}
	carved_options_free(options);
}

// The pinned packages as a plan of nothing else, without figures.
static struct carved_plan plan_of_pinned(const struct pinning *p)
{
	const struct carved_plan_base *base = p->base;
	struct carved_plan plan = {.date = p->date, .weights = *p->weights};
	plan.proposals = carved_arena_array(&plan.arena, struct carved_proposal, base->pinned_count);
	plan.proposal_count = base->pinned_count;
	for (uint32_t i = 0; i < base->pinned_count; i++) {
		const struct carved_package *package = &base->pinned[i];
		size_t first = carved_slot_table_first_slot(p->table, package->site);
		struct carved_proposal *proposal = &plan.proposals[i];
		*proposal = (struct carved_proposal){.candidate = package->candidate,
			.site = package->site,
			.kind = package->kind,
			.pieces = carved_arena_array(&plan.arena, struct carved_proposal_piece, package->piece_count),
			.piece_count = package->piece_count};
		for (uint32_t k = 0; k < package->piece_count; k++)
			proposal->pieces[k] = (struct carved_proposal_piece){
				.slot = package->pieces[k].slot - first, .hours_q = (int)package->pieces[k].hours_q};
	}
	return plan;
}

static bool stands(const struct carved_plan_base *base, size_t candidate)
{
	return carved_plan_base_standing_of(base, candidate) != SIZE_MAX;
}

// What the request pins keeps all rules, beside the work that stands.
static bool check_asked(const struct pinning *p, const struct carved_plan *plan)
{
	struct carved_violations violations = {0};
	bool right = true;
	if (p->base->pin_count > 0)
		carved_check_packages(p->region, p->table, plan, &violations);
	for (size_t i = 0; right && i < violations.count; i++) {
		for (size_t k = 0; right && k < plan->proposal_count; k++) {
			const struct carved_proposal *proposal = &plan->proposals[k];
			if (!stands(p->base, proposal->candidate) &&
				carved_violation_is_about(p->region, p->table, &violations.items[i], proposal))
				right = refuse(p, pin_of(p, carved_region_candidate(p->region, proposal->candidate)->ref),
					carved_rule_names[violations.items[i].rule]);
		}
	}
	carved_violations_deinit(&violations);
	return right;
}

// The pieces as the instance numbers them; in the start's arena.
static struct carved_piece *number_pieces(const struct pinning *p, const struct carved_past_package *package)
{
	size_t first = carved_slot_table_first_slot(p->table, package->site);
	struct carved_piece *pieces = carved_arena_array(&p->base->start.arena, struct carved_piece, package->piece_count);
	for (size_t k = 0; k < package->piece_count; k++)
		pieces[k] = (struct carved_piece){
			.slot = (uint32_t)(first + package->pieces[k].slot), .hours_q = (uint32_t)package->pieces[k].hours_q};
	return pieces;
}

static void add_standing(const struct pinning *p, const struct carved_past_package *package)
{
	struct carved_plan_base *base = p->base;
	base->pinned[base->pinned_count++] = (struct carved_package){.candidate = (uint32_t)package->candidate,
		.site = (uint32_t)package->site,
		.kind = package->kind,
		.piece_count = (uint32_t)package->piece_count,
		.pieces = number_pieces(p, package)};
}

// Work that people have: what is left of it in the documents. A person whose document is gone has none any more.
static void list_standing(const struct pinning *p)
{
	struct carved_plan_base *base = p->base;
	if (!base->standing)
		return;
	carved_placements_lay(base->standing, p->region, p->table, p->date, p->weights, &base->placements);
	for (size_t i = 0; i < base->placements.count; i++) {
		const struct carved_past_package *package = &base->placements.packages[i];
		if (package->candidate != SIZE_MAX && package->piece_count > 0)
			add_standing(p, package);
	}
}

static int coach_q(const struct pinning *p, size_t candidate)
{
	size_t standing = carved_plan_base_standing_of(p->base, candidate);
	return standing == SIZE_MAX ? carved_region_candidate(p->region, candidate)->coach_q
				    : carved_placement_coach_q(&p->base->placements.packages[standing], p->region, p->date);
}

static int by_pinned_candidate(const void *a, const void *b)
{
	const struct carved_pin *x = a, *y = b;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

// For the checker: what is pinned, and of whose work nothing is left.
static void list_pins(const struct pinning *p, const struct carved_plan *plan)
{
	struct carved_plan_base *base = p->base;
	struct carved_pin *pins =
		carved_arena_array(&base->start.arena, struct carved_pin, plan->proposal_count + base->placements.count);
	size_t count = 0;
	for (size_t i = 0; i < plan->proposal_count; i++) {
		const struct carved_proposal *proposal = &plan->proposals[i];
		struct carved_proposal_piece *pieces =
			carved_arena_array(&base->start.arena, struct carved_proposal_piece, proposal->piece_count);
		memcpy(pieces, proposal->pieces, proposal->piece_count * sizeof *pieces);
		pins[count++] = (struct carved_pin){.candidate = proposal->candidate,
			.site = proposal->site,
			.kind = proposal->kind,
			.pieces = pieces,
			.piece_count = proposal->piece_count,
			.coach_q = coach_q(p, proposal->candidate),
			.stands = stands(base, proposal->candidate)};
	}
	for (size_t i = 0; i < base->placements.count; i++) {
		const struct carved_past_package *package = &base->placements.packages[i];
		if (package->candidate != SIZE_MAX && package->piece_count == 0)
			pins[count++] = (struct carved_pin){.candidate = package->candidate,
				.site = SIZE_MAX,
				.coach_q = coach_q(p, package->candidate),
				.stands = true};
	}
	if (count > 1)
		qsort(pins, count, sizeof *pins, by_pinned_candidate);
	base->stay = (struct carved_pins){.items = pins, .count = count};
}

static void take_out(const struct carved_plan_base *base, struct carved_instance *instance)
{
	for (size_t i = 0; i < base->stay.count; i++) // what is taken from the coach is what is needed still
		instance->candidates[base->stay.items[i].candidate].coach_q = (uint32_t)base->stay.items[i].coach_q;
	carved_fit_pin(instance, base->pinned, base->pinned_count);
	for (size_t i = 0; i < base->stay.count; i++) {
		if (base->stay.items[i].site == SIZE_MAX)
			carved_fit_hold(instance, (uint32_t)base->stay.items[i].candidate);
	}
}

// The start without those who are pinned.
static void leave_others(struct carved_plan_base *base)
{
	struct carved_start *start = &base->start;
	start->packages = carved_arena_array(&start->arena, struct carved_start_package, base->former_count);
	start->package_count = 0;
	for (uint32_t i = 0; i < base->former_count; i++) {
		if (!carved_plan_base_is_pinned(base, base->former[i].candidate))
			start->packages[start->package_count++] = base->former[i];
	}
}

static int by_start_candidate(const void *a, const void *b)
{
	const struct carved_start_package *x = a, *y = b;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static struct carved_start_package *find_start(struct carved_start *start, size_t candidate, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (start->packages[i].candidate == candidate)
			return &start->packages[i];
	}
	return NULL;
}

// What is offered is what its person would leave, whatever the plan to begin from has, and leaving it costs. Of several offers to one person the last counts.
static void weigh_offers(const struct pinning *p)
{
	struct carved_plan_base *base = p->base;
	struct carved_start *start = &base->start;
	uint32_t offers = carved_past_count(base->offered), count = start->package_count;
	struct carved_start_package *all = carved_arena_array(&start->arena, struct carved_start_package, count + offers);
	if (count)
		memcpy(all, start->packages, count * sizeof *all);
	start->packages = all;
	for (uint32_t i = 0; i < offers; i++) {
		const struct carved_past_package *offer = &base->offers[i];
		if (!offer->whole || carved_pins_find(&base->stay, offer->candidate))
			continue;
		struct carved_start_package *to = find_start(start, offer->candidate, count);
		if (!to)
			to = &all[count++];
		*to = (struct carved_start_package){.candidate = (uint32_t)offer->candidate,
			.site = (uint32_t)offer->site,
			.kind = offer->kind,
			.piece_count = (uint32_t)offer->piece_count,
			.pieces = number_pieces(p, offer),
			.keep = base->keep_offered};
	}
	if (count > 1)
		qsort(all, count, sizeof *all, by_start_candidate);
	start->package_count = count;
}

bool carved_plan_base_lay(struct carved_plan_base *base, const struct carved_region *region, carved_date date,
	const struct carved_weights *weights, struct carved_instance *instance, struct carved_error *error)
{
	struct carved_slot_table *table = carved_slot_table_new(region);
	struct pinning p = {.base = base, .region = region, .table = table, .date = date, .weights = weights, .error = error};
	bool right = true;
	if (base->past)
		carved_past_lay_start(base->past, region, table, instance, &base->start);
	else
		carved_start_init(&base->start, instance);
	base->start.fresh = !base->past;
	base->start.most_changes = base->most_changes;
	base->start.keep_weight = base->keep_weight;
	base->former = base->start.packages;
	base->former_count = base->start.package_count;
	size_t room = base->pin_count + (base->standing ? carved_past_count(base->standing) : 0);
	base->pinned = carved_arena_array(&base->start.arena, struct carved_package, room);
	list_standing(&p);
	right = list_asked(&p);
	if (right && base->pinned_count > 0)
		qsort(base->pinned, base->pinned_count, sizeof *base->pinned, by_candidate);
	struct carved_plan plan = right ? plan_of_pinned(&p) : (struct carved_plan){0};
	if (right) {
		list_pins(&p, &plan);
		plan.pins = base->stay;
		right = check_asked(&p, &plan);
	}
	if (right) {
		value_pinned(&p, &plan);
		take_out(base, instance);
		leave_others(base);
	}
	if (base->offered)
		base->offers = carved_past_lay_packages(base->offered, region, table, &base->start.arena);
	if (right && base->offered)
		weigh_offers(&p);
	carved_plan_deinit(&plan);
	carved_slot_table_free(table);
	return right;
}

// ---- what the new plan says of it

size_t carved_plan_base_standing_of(const struct carved_plan_base *base, size_t candidate)
{
	for (size_t i = 0; i < base->placements.count; i++) {
		if (base->placements.packages[i].candidate == candidate)
			return i;
	}
	return SIZE_MAX;
}

static bool is_same(const struct carved_past_package *package, const struct carved_proposal *proposal)
{
	if (!package->whole || package->candidate != proposal->candidate || package->site != proposal->site ||
		package->kind != proposal->kind || package->piece_count != proposal->piece_count)
		return false;
	for (size_t i = 0; i < package->piece_count; i++) {
		if (package->pieces[i].slot != proposal->pieces[i].slot ||
			package->pieces[i].hours_q != proposal->pieces[i].hours_q)
			return false;
	}
	return true;
}

const char *carved_plan_base_origin(const struct carved_plan_base *base, const struct carved_proposal *proposal)
{
	size_t standing = carved_plan_base_standing_of(base, proposal->candidate);
	if (standing != SIZE_MAX)
		return base->placements.packages[standing].id;
	for (size_t i = 0; base->offers && i < carved_past_count(base->offered); i++) {
		if (is_same(&base->offers[i], proposal))
			return base->offers[i].id;
	}
	return NULL;
}

size_t carved_plan_base_broken(const struct carved_plan_base *base, const struct carved_region *region,
	const struct carved_slot_table *table, size_t package, enum carved_rule ret_rules[CARVED_RULE_COUNT])
{
	const struct carved_placements *placements = &base->placements;
	size_t index = carved_placements_find(placements, package), count = 0;
	bool broken[CARVED_RULE_COUNT] = {[CARVED_RULE_SUPPLY] = !placements->packages[package].whole};
	for (size_t i = 0; index != SIZE_MAX && i < placements->violations.count; i++) {
		const struct carved_violation *v = &placements->violations.items[i];
		if (carved_violation_is_about(region, table, v, &placements->plan.proposals[index]))
			broken[v->rule] = true;
	}
	for (int rule = 0; rule < CARVED_RULE_COUNT; rule++) {
		if (broken[rule])
			ret_rules[count++] = (enum carved_rule)rule;
	}
	return count;
}
