// SPDX-License-Identifier: EUPL-1.2
// The rules of DESIGN section 3 that look at a person or a site as a whole. Slots: rules_slot.c; options: options.c; coaches: reserves.c.
#include "carved/model/rules.h"
#include "carved/data/postcode.h"
#include <string.h>

const char *const carved_rule_names[CARVED_RULE_COUNT] = {
#define X(symbol, name) [CARVED_RULE_##symbol] = name,
	CARVED_RULES(X)
#undef X
};

int carved_rules_minutes(const struct carved_candidate *candidate, const struct carved_site *site)
{
	for (size_t i = 0; i < candidate->minutes_count; i++) {
		if (candidate->minutes[i].place == site->place)
			return candidate->minutes[i].minutes;
	}
	return carved_postcode_minutes(candidate->home, site->place, candidate->mode);
}

static int64_t version_of(const struct carved_region *region, enum carved_kind kind, const char *ref)
{
	const struct carved_document *document = carved_region_find(region, kind, ref);
	if (!document && region->whole)
		return version_of(region->whole, kind, ref);
	return document ? document->version : 0;
}

bool carved_rules_exclusion_holds(const struct carved_region *region, const struct carved_exclusion *exclusion)
{
	int64_t candidate = version_of(region, CARVED_KIND_CANDIDATE, exclusion->candidate);
	int64_t site = version_of(region, CARVED_KIND_SITE, exclusion->site);
	bool is_newer = candidate == 0 || site == 0 || candidate > exclusion->candidate_version || site > exclusion->site_version;
	return exclusion->for_good || !is_newer;
}

static bool is_declined(
	const struct carved_region *region, const struct carved_candidate *candidate, const struct carved_site *site)
{
	size_t count;
	const struct carved_exclusion *exclusions = carved_exclusions_of(region->exclusions, candidate->ref, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(exclusions[i].site, site->ref) == 0)
			return carved_rules_exclusion_holds(region, &exclusions[i]);
	}
	return false;
}

bool carved_rules_is_excluded(
	const struct carved_region *region, const struct carved_candidate *candidate, const struct carved_site *site)
{
	for (size_t i = 0; i < candidate->not_with.count; i++) {
		if (strcmp(candidate->not_with.items[i], site->employer) == 0)
			return true;
	}
	return is_declined(region, candidate, site);
}

bool carved_rules_may_be_matched(const struct carved_candidate *candidate, carved_date date)
{
	return (candidate->consent_scope & CARVED_SCOPE_MATCHING) && candidate->consent_given <= date &&
	       date <= candidate->consent_expires;
}

static bool asks(const struct carved_qualifiers *levels, const struct carved_load_limit *limit)
{
	for (size_t i = 0; i < levels->count; i++) {
		if (levels->items[i].value >= limit->level && carved_icf_is_below(levels->items[i].icf, limit->icf))
			return true;
	}
	return false;
}

bool carved_rules_counts_for_limit(const struct carved_slot *slot, const struct carved_load_limit *limit)
{
	return asks(&slot->demands, limit) || asks(&slot->exposures, limit);
}

carved_date carved_rules_review_since(const struct carved_candidate *candidate, carved_date date, int months)
{
	carved_date since = candidate->consent_given;
	if (candidate->reviewed != CARVED_DATE_NONE && candidate->reviewed > since)
		since = candidate->reviewed;
	return since != CARVED_DATE_NONE && carved_date_months_between(since, date - 1) >= months ? since : CARVED_DATE_NONE;
}

int carved_coach_hours_at(const struct carved_candidate *candidate, int week)
{
	int most_q = candidate->coach_step_count ? 0 : candidate->coach_q;
	for (size_t i = 0; i < candidate->coach_step_count; i++) {
		const struct carved_build_up *step = &candidate->coach_steps[i];
		bool is_over = i + 1 < candidate->coach_step_count && step[1].week <= week;
		if (!is_over && step->hours_q > most_q)
			most_q = step->hours_q;
	}
	return most_q;
}

bool carved_rules_displaces(const struct carved_site *site, const struct carved_job *job, carved_date date)
{
	if (!site->recent_dismissals)
		return false;
	bool asked = job->former_staff_asked != CARVED_DATE_NONE && job->former_staff_asked <= date;
	return job->kind != CARVED_VACANCY || !asked;
}

int carved_rules_priority(
	const struct carved_candidate *candidate, int options, carved_date date, const struct carved_weights *weights)
{
	long long waiting = (long long)weights->priority_month * carved_date_months_between(candidate->waiting_since, date);
	if (waiting > weights->priority_waiting_max)
		waiting = weights->priority_waiting_max;
	int few = options <= weights->few_options    ? weights->priority_few
		  : options <= weights->some_options ? weights->priority_some
						     : 0;
	return weights->priority_base + (int)waiting + few;
}
