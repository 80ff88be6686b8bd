// SPDX-License-Identifier: EUPL-1.2
#include "plan_judge.h"
#include "carved/model/check.h"
#include "system/log.h"

#define VIOLATIONS_LOGGED 5

bool carved_plan_is_kept(enum carved_solve_end end, bool has_solution, enum carved_code why)
{
	return has_solution && (end == CARVED_SOLVE_DONE || why == CARVED_SOLVER_CANCELLED || why == CARVED_SOLVER_DEADLINE);
}

static const char *ref_or_none(const struct carved_region *region, enum carved_kind kind, size_t index)
{
	return index < region->count[kind] ? region->documents[kind][index]->ref : "-";
}

// The candidate stays out of the log; the error names one to who may ask.
static void log_violation(
	const struct carved_plan_case *asked, const struct carved_violation *v, const char *site, const char *rule)
{
	carved_log_about(CARVED_LOG_ERROR,
		&(struct carved_log_about){.event = CARVED_EVENT_PLAN_REFUSED,
			.plan = asked->plan,
			.rule = rule,
			.code = carved_code_name(CARVED_PLAN_INVALID)},
		"%s breaks rule %s at site %s, %s: %lld, allowed %lld", asked->name, rule, site, v->what ? v->what : "-",
		(long long)v->found, (long long)v->allowed);
}

// All that is wrong goes into the log, up to a limit; the first of it is the error.
static void refuse(const struct carved_plan_case *asked, const struct carved_violations *violations, struct carved_error *error)
{
	for (size_t i = 0; i < violations->count; i++) {
		const struct carved_violation *v = &violations->items[i];
		const char *candidate = ref_or_none(asked->region, CARVED_KIND_CANDIDATE, v->candidate);
		const char *site = ref_or_none(asked->region, CARVED_KIND_SITE, v->site), *rule = carved_rule_names[v->rule];
		if (i < VIOLATIONS_LOGGED)
			log_violation(asked, v, site, rule);
		if (i > 0)
			continue;
		carved_error_set(error, CARVED_PLAN_INVALID);
		carved_error_add(error, "candidate", candidate);
		carved_error_add(error, "site", site);
		carved_error_add(error, "rule", rule);
	}
}

static bool make(const struct carved_plan_case *asked, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	if (asked->early) {
		carved_plan_make_early(asked->region, asked->table, asked->date, asked->weights, solution, ret_plan);
		return true;
	}
	if (asked->outlook && asked->pins)
		return carved_plan_make_pinned(
			asked->outlook, asked->table, asked->weights, solution, asked->pins, ret_plan, error);
	if (asked->outlook)
		return carved_plan_make_from(asked->outlook, asked->table, asked->weights, solution, ret_plan, error);
	return carved_plan_make(asked->region, asked->table, asked->date, asked->weights, solution, ret_plan, error);
}

bool carved_plan_judge(const struct carved_plan_case *asked, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	struct carved_violations violations = {0};
	struct carved_plan plan = {0};
	if (!make(asked, solution, &plan, error))
		return false;
	bool right = asked->outlook && !asked->early ? carved_check_plan_from(asked->outlook, asked->table, &plan, &violations)
						     : carved_check_plan(asked->region, asked->table, &plan, &violations);
	if (right) {
		*ret_plan = plan;
	} else {
		refuse(asked, &violations, error);
		carved_plan_deinit(&plan);
	}
	carved_violations_deinit(&violations);
	return right;
}
