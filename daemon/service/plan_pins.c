// SPDX-License-Identifier: EUPL-1.2
// The plan that stands, laid over today's instance. Pinned proposals must hold today, by the same checker that judges whole plans; then they are constants of the
// instance (fit/pin.h), and the solver sees what they leave.
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

// The pinned packages without their values. A proposal that is named twice is pinned once.
static bool list_pinned(const struct pinning *p)
{
	struct carved_plan_base *base = p->base;
	base->pinned = carved_arena_array(&base->start.arena, struct carved_package, base->pin_count);
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
	qsort(base->pinned, base->pinned_count, sizeof *base->pinned, by_candidate);
	return true;
}

// What the documents say that they are worth today.
static void value_pinned(const struct pinning *p, struct carved_plan *plan)
{
	struct carved_plan_base *base = p->base;
	struct carved_options *options = carved_options_new(p->region, p->date);
	for (uint32_t i = 0; i < base->pinned_count; i++) {
		struct carved_proposal *proposal = &plan->proposals[i];
		int count = carved_options_count(options, carved_region_candidate(p->region, proposal->candidate));
		carved_check_value(p->region, p->table, p->date, p->weights, proposal, count, &proposal->parts);
		proposal->value = 0;
#define X(part) proposal->value += proposal->parts.part;
		CARVED_VALUE_PARTS(X)
#undef X
		base->pinned[i].parts = proposal->parts;
		base->pinned[i].value = proposal->value;
		base->pinned_value += proposal->value;
	}
	plan->value = base->pinned_value;
	plan->bound = INT64_MAX;
	carved_options_free(options);
}

// Tells of the first thing that is wrong; of what several share, one of those at that site.
static bool refuse_violation(const struct pinning *p, const struct carved_violation *v)
{
	const struct carved_plan_base *base = p->base;
	size_t candidate = v->candidate != SIZE_MAX ? v->candidate : base->pinned[0].candidate;
	for (uint32_t i = 0; v->candidate == SIZE_MAX && i < base->pinned_count; i++) {
		if (base->pinned[i].site == v->site)
			candidate = base->pinned[i].candidate;
	}
	return refuse(p, pin_of(p, carved_region_candidate(p->region, candidate)->ref), carved_rule_names[v->rule]);
}

// A plan of nothing but pinned packages, judged.
static bool check_pinned(const struct pinning *p)
{
	struct carved_plan_base *base = p->base;
	struct carved_solution solution = {
		.packages = base->pinned, .package_count = base->pinned_count, .prices = base->start.prices};
	struct carved_plan plan;
	struct carved_violations violations = {0};
	struct carved_error error;
	if (!carved_plan_make(p->region, p->table, p->date, p->weights, &solution, &plan, &error))
		return refuse(p, pin_of(p, carved_error_get(&error, "candidate")), carved_error_get(&error, "rule"));
	value_pinned(p, &plan);
	bool right = carved_check_plan(p->region, p->table, &plan, &violations) || refuse_violation(p, &violations.items[0]);
	carved_violations_deinit(&violations);
	carved_plan_deinit(&plan);
	return right;
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

bool carved_plan_base_lay(struct carved_plan_base *base, const struct carved_region *region, carved_date date,
	const struct carved_weights *weights, struct carved_instance *instance, struct carved_error *error)
{
	struct carved_slot_table *table = carved_slot_table_new(region);
	struct pinning p = {.base = base, .region = region, .table = table, .date = date, .weights = weights, .error = error};
	bool right = true;
	carved_past_lay_start(base->past, region, table, instance, &base->start);
	base->start.most_changes = base->most_changes;
	base->start.keep_weight = base->keep_weight;
	base->former = base->start.packages;
	base->former_count = base->start.package_count;
	if (base->pin_count > 0) {
		right = list_pinned(&p) && check_pinned(&p);
		leave_others(base);
	}
	if (right && base->pinned_count > 0)
		carved_fit_pin(instance, base->pinned, base->pinned_count);
	carved_slot_table_free(table);
	return right;
}
