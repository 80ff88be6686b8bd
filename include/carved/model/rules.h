// SPDX-License-Identifier: EUPL-1.2
// The rules of DESIGN section 3 on documents, with their figures: what the checker tests and the explanations cite. Written to be read beside DESIGN, and
// shares nothing with fit/, price/ and optimize/: where they differ, one of them is wrong and a test says so.
#pragma once
#include "carved/base/date.h"
#include "carved/instance/solution.h"
#include "carved/instance/weights.h"
#include "carved/model/region.h"
#include "carved/model/slot.h"

// CARVED_RULE(symbol, name). `value`: a stated value, part, schedule, question, aid, donor or total is not what the documents give.
// clang-format off
#define CARVED_RULES(X) \
	X(CAPACITY, "capacity") \
	X(ENVIRONMENT, "environment") \
	X(REQUIREMENT, "requirement") \
	X(NEVER, "never") \
	X(AVAILABILITY, "availability") \
	X(HOURS, "hours") \
	X(CHUNK, "chunk") \
	X(SCHEDULE, "schedule") \
	X(LOAD, "load") \
	X(JOBS, "jobs") \
	X(SUPERVISOR, "supervisor") \
	X(TRAVEL, "travel") \
	X(EXCLUDED, "excluded") \
	X(MUST, "must") \
	X(WHOLE_VACANCY, "whole-vacancy") \
	X(BUILD_UP, "build-up") \
	X(CONSENT, "consent") \
	X(ONE, "one") \
	X(SUPPLY, "supply") \
	X(DONOR, "donor") \
	X(DISPLACEMENT, "displacement") \
	X(PLACES, "places") \
	X(SUPERVISION, "supervision") \
	X(COACH, "coach") \
	X(RESERVE, "reserve") \
	X(PINNED, "pinned") \
	X(VALUE, "value")
// clang-format on

enum carved_rule {
#define X(symbol, name) CARVED_RULE_##symbol,
	CARVED_RULES(X)
#undef X
		CARVED_RULE_COUNT
};
extern const char *const carved_rule_names[CARVED_RULE_COUNT];

// What a candidate can in one category: DESIGN `capacity`, `environment`.
enum carved_capacity_basis {
	CARVED_STATED,
	CARVED_FROM_ANCESTOR,
	CARVED_FROM_DESCENDANT,
	CARVED_UNKNOWN,
	CARVED_NOT_STATED_BARRIER
};

struct carved_level_answer { // one category of one slot
	carved_icf icf;
	int level;      // asked
	int limitation; // that counted (0..4); 0 where unknown
	enum carved_capacity_basis basis;
	bool fits;
	const struct carved_supported *aid; // used, or NULL
	int margin;                         // capacity - level, aided where an aid is used; meaningless where unknown
	const struct carved_override
		*overruled; // it is too much, and agreed all the same: `fits`, margin below 0, no comfort; or NULL
};

// Whether the category is a question to ask: it fits without an aid, on nothing that was stated.
static inline bool carved_rules_is_unknown(const struct carved_level_answer *answer)
{
	return answer->fits && !answer->aid && answer->basis == CARVED_UNKNOWN;
}

struct carved_slot_answer {
	bool refused[CARVED_RULE_COUNT];               // only slot rules are ever set
	bool fits;                                     // none refused
	int fit;                                       // 0..1000; 0 where it does not fit
	int comfort, wish, challenge, setting, travel; // its parts, 0..1000
	struct carved_level_answer *levels;            // demands, then exposures; in the arena
	size_t level_count;
	const char *missing_skill; // rule `requirement`: the first; NULL. Overruled or not
	const char *never_wish;    // rule `never`: the first that matched; NULL. Overruled or not
	const struct carved_override *requirement_overruled, *never_overruled; // why the rule does not refuse what it would; NULL
};

// Minutes from the candidate's home to the site: its own table, else the formula.
int carved_rules_minutes(const struct carved_candidate *candidate, const struct carved_site *site);

// Rule `excluded`: an employer in not-with, or a site that was declined for this person (region->exclusions).
bool carved_rules_is_excluded(
	const struct carved_region *region, const struct carved_candidate *candidate, const struct carved_site *site);
// Whether a decline still keeps its pair apart: one for now ends with a newer document of either (one that is not stored, version 0, counts as newer).
bool carved_rules_exclusion_holds(const struct carved_region *region, const struct carved_exclusion *exclusion);

// Rule `consent`.
bool carved_rules_may_be_matched(const struct carved_candidate *candidate, carved_date date);

// What a list of qualifiers says about one category: DESIGN's search upwards, then downwards. `when_silent`: the basis where nothing is stated at all
// (CARVED_UNKNOWN for limitations, CARVED_NOT_STATED_BARRIER for barriers). Returns the limitation that can refuse: 0 where nothing can.
int carved_rules_limitation(const struct carved_qualifiers *stated, carved_icf icf, enum carved_capacity_basis when_silent,
	enum carved_capacity_basis *ret_basis);

// The aid that makes `level` possible at the site: of those that suffice the lowest limitation, then the first in the document. NULL: none.
const struct carved_supported *carved_rules_find_aid(
	const struct carved_candidate *candidate, const struct carved_site *site, carved_icf icf, int level);

// Whether `name` is among the certificates or implied by one of them (the region's vocabularies, step by step, at most eight).
bool carved_rules_has_certificate(const struct carved_region *region, const struct carved_texts *has, const char *name);

// What coach and candidate agreed about a rule for a slot; `icf` CARVED_ICF_NONE where the rule has no category. NULL: nothing.
const struct carved_override *carved_rules_find_override(const struct carved_candidate *candidate, const struct carved_site *site,
	const struct carved_slot *slot, enum carved_override_rule rule, carved_icf icf);

// The slot rules and the fit of a slot. `region` gives what certificates imply.
void carved_rules_slot(const struct carved_region *region, const struct carved_candidate *candidate,
	const struct carved_site *site, const struct carved_slot *slot, const struct carved_weights *weights,
	struct carved_arena *arena, struct carved_slot_answer *ret_answer);

// Rule `load`: whether a slot's hours count for the limit: it asks the category, or one below it, at the limit's level or more.
bool carved_rules_counts_for_limit(const struct carved_slot *slot, const struct carved_load_limit *limit);

// Since when (the day it was last gone through) a profile stands that is older than so many months on the date; CARVED_DATE_NONE where it is not.
enum { CARVED_REVIEW_MONTHS = 6 }; // unless a setting says otherwise
carved_date carved_rules_review_since(const struct carved_candidate *candidate, carved_date date, int months);

// Coach hours (quarters) that a placement still needs at most, `week` weeks after its start (0: a new one): the most of the step of that week and those behind it.
int carved_coach_hours_at(const struct carved_candidate *candidate, int week);

// Rule `displacement`: true where a job or vacancy must not be used on the date: recent dismissals at the site, and not a vacancy about which the former
// staff was asked by then.
bool carved_rules_displaces(const struct carved_site *site, const struct carved_job *job, carved_date date);

// DESIGN "options": sites that would do on the documents alone. For many candidates of one region: prepare once, ask often.
struct carved_options;
struct carved_options *carved_options_new(const struct carved_region *region, carved_date date);
int carved_options_count(struct carved_options *options, const struct carved_candidate *candidate);
// The same, but counting ends at `most` (>= 1): that number then means "as many or more".
int carved_options_count_up_to(struct carved_options *options, const struct carved_candidate *candidate, int most);
void carved_options_free(struct carved_options *options);
// For another thread: shares what depends on sites alone, and the minutes known so far; has its own place for a person. Requires: `options` outlives it, and nobody asks `options` during this call.
struct carved_options *carved_options_share(const struct carved_options *options);

// 1000 + waiting + few options, in points of priority (not yet times `place`).
int carved_rules_priority(
	const struct carved_candidate *candidate, int options, carved_date date, const struct carved_weights *weights);

// Rule `reserve`: quarters of a coach that the easy half of the caseload gets at most; -1 no limit. The caseload of a part is that of the whole region. *ret_median: need (quarters) up to which one is easy.
int carved_rules_reserve_q(const struct carved_region *region, const struct carved_coach *coach,
	const struct carved_weights *weights, int *ret_median);
// The same of all coaches of the region, in its order: a caseload is gone through once.
void carved_rules_reserves(
	const struct carved_region *region, const struct carved_weights *weights, int *ret_medians_q, int *ret_reserves_q);
