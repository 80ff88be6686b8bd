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
	X(CONSENT, "consent") \
	X(ONE, "one") \
	X(SUPPLY, "supply") \
	X(DONOR, "donor") \
	X(DISPLACEMENT, "displacement") \
	X(PLACES, "places") \
	X(SUPERVISION, "supervision") \
	X(COACH, "coach") \
	X(RESERVE, "reserve") \
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
};

struct carved_slot_answer {
	bool refused[CARVED_RULE_COUNT];               // only slot rules are ever set
	bool fits;                                     // none refused
	int fit;                                       // 0..1000; 0 where it does not fit
	int comfort, wish, challenge, setting, travel; // its parts, 0..1000
	struct carved_level_answer *levels;            // demands, then exposures; in the arena
	size_t level_count;
	const char *missing_skill; // rule `requirement`: the first; NULL
	const char *never_wish;    // rule `never`: the first that matched; NULL
};

// Minutes from the candidate's home to the site: its own table, else the formula.
int carved_rules_minutes(const struct carved_candidate *candidate, const struct carved_site *site);

// Rule `consent`.
bool carved_rules_may_be_matched(const struct carved_candidate *candidate, carved_date date);

// The slot rules and the fit of a slot. `region` gives what certificates imply.
void carved_rules_slot(const struct carved_region *region, const struct carved_candidate *candidate,
	const struct carved_site *site, const struct carved_slot *slot, const struct carved_weights *weights,
	struct carved_arena *arena, struct carved_slot_answer *ret_answer);

// Rule `displacement`: whether a job or vacancy may be used on the date at all.
bool carved_rules_displaces(const struct carved_site *site, const struct carved_job *job, carved_date date);

// DESIGN "options": sites that would do on the documents alone. For many candidates of one region: prepare once, ask often.
struct carved_options;
struct carved_options *carved_options_new(const struct carved_region *region, carved_date date);
int carved_options_count(struct carved_options *options, const struct carved_candidate *candidate);
void carved_options_free(struct carved_options *options);

// 1000 + waiting + few options, in points of priority (not yet times `place`).
int carved_rules_priority(
	const struct carved_candidate *candidate, int options, carved_date date, const struct carved_weights *weights);

// Rule `reserve`: quarters of a coach that the easy half of the caseload gets at most; -1 no limit. *ret_median: need (quarters) up to which one is easy.
int carved_rules_reserve_q(const struct carved_region *region, const struct carved_coach *coach,
	const struct carved_weights *weights, int *ret_median);
