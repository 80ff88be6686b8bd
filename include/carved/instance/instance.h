// SPDX-License-Identifier: EUPL-1.2
// A region on one date as whole numbers: all that the optimiser sees. No refs, titles or ICF texts: a solver process learns nobody's name for anything.
//
// Glossary
//   instance    the region's candidates, sites, coaches and weights on the plan's date
//   index       candidates, sites and coaches are numbered as in the region (sorted by ref); jobs and slots run through the sites in document order:
//               a site's jobs, then its vacancies; a job's tasks; a task's day parts
//   category    an ICF code in use, numbered from 0; `parents` gives the next broader category in use
//   tag, skill, aid   numbers for the words in use (slot tags; certificates; the `by` of an aid or a facility)
//   place       a postcode in use, as home or as a site's place
//   range       a run of entries in one of the flat lists
//
// All arrays are flat and of fixed-width structs, so that wire/ can send them as they are. Times are quarters per week, values points.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/error.h"
#include "carved/base/week.h"
#include "carved/instance/weights.h"
#include <stdbool.h>
#include <stdint.h>

#define CARVED_NONE UINT32_MAX
#define CARVED_NOT_ASSESSED 8 // qualifier

enum carved_mode { CARVED_WALK, CARVED_BICYCLE, CARVED_PUBLIC_TRANSPORT, CARVED_CAR, CARVED_MODES };
enum carved_challenge { CARVED_CHALLENGE_NOT_STATED, CARVED_GROW, CARVED_STEADY };
enum carved_company { CARVED_COMPANY_NOT_STATED, CARVED_ALONE, CARVED_SMALL_TEAM, CARVED_TEAM };
enum carved_work_kind { CARVED_JOB, CARVED_VACANCY };

struct carved_range {
	uint32_t first, count;
};

// A category and a number of its own: the level asked (0..4), or the qualifier stated (0..4, 8).
struct carved_level {
	uint32_t category;
	uint32_t level;
};

struct carved_aid { // an entry of `supported`, in the document's order
	uint32_t category, limitation;
	uint32_t by;             // aid
	uint32_t needs_facility; // 1: only where the site has `by`
};

struct carved_limit { // an entry of `limits`
	uint32_t category, level, hours_q;
};

enum carved_overrule_rule {
	CARVED_OVERRULE_CAPACITY,
	CARVED_OVERRULE_ENVIRONMENT,
	CARVED_OVERRULE_REQUIREMENT,
	CARVED_OVERRULE_NEVER
};

struct carved_overrule { // a rule that does not refuse a slot, as coach and candidate agreed
	uint32_t slot;
	uint32_t rule;     // enum carved_overrule_rule
	uint32_t category; // capacity, environment: with what lies below it; else CARVED_NONE
};

struct carved_minutes { // travel time that the matching system supplied
	uint32_t place, minutes;
};

struct carved_instance_candidate {
	uint32_t coach;
	uint32_t home;        // place
	uint32_t mode;        // enum carved_mode
	uint32_t max_minutes; // >= 1
	uint32_t matchable;   // 1: valid consent for matching on the date
	uint32_t easy;        // 1: in the half of the coach's caseload that rule `reserve` caps
	uint32_t min_q, max_q, per_day_q, per_visit_q;
	uint32_t jobs_max;
	uint32_t supervisors_max; // 0: no limit
	uint32_t coach_q, buddy_q;
	uint32_t level;              // wished, 1..8; 0 not stated
	uint32_t challenge, company; // enums
	int32_t priority;            // base and waiting time; what few options add comes from fit/
	uint32_t options_elsewhere;  // sites outside of the instance that count as options too; 0 where it is a whole region
	carved_parts_mask parts;     // day parts with hours
	uint32_t available_q[CARVED_DAY_PARTS];
	struct carved_range limitations, barriers; // -> levels (qualifiers); sorted by category
	struct carved_range aids, limits;
	struct carved_range skills; // -> words: what the person has, implied ones included; sorted
	struct carved_range like, avoid,
		never; // -> words: slot tags that the wishes match; a wish both liked and avoided is in neither; sorted
	struct carved_range must;      // -> must_groups
	struct carved_range excluded;  // -> words: sites; sorted
	struct carved_range minutes;   // -> minutes
	struct carved_range overrules; // -> overrules; sorted by slot
	struct carved_range build_up;  // -> steps: hours of the build-up's steps that are fewer than max_q; rising
};

struct carved_instance_site {
	uint32_t place;
	uint32_t places;  // packages at most
	uint32_t buddy_q; // supervision
	struct carved_range jobs, slots;
	struct carved_range facilities; // -> words: aids; sorted
};

struct carved_instance_job {
	uint32_t site;
	uint32_t kind;     // enum carved_work_kind
	uint32_t carvable; // 1: it has `carve` (a vacancy without is filled whole only; a job without gives nothing)
	uint32_t blocked;  // 1: rule `displacement` keeps it out on this date
	uint32_t cap_q;    // rule `donor`: carved hours at most
	uint32_t openings; // 1 for a job
	struct carved_range slots;
};

struct carved_instance_slot {
	uint32_t job, site;
	uint32_t hours_q; // rule `supply`: openings x hours, less those of pinned packages (fit/pin.h)
	uint32_t unit_q;  // hours of one opening (a job: the same as hours_q)
	uint32_t chunk_q; // smallest piece
	carved_parts_mask parts;
	uint32_t supervisor;                    // numbered per site from 0; CARVED_NONE: nobody named
	uint32_t relief, level, company;        // level 0, company 0: not stated
	uint32_t undone;                        // 1: does not count for `donor` (jobs only; always 0 for a vacancy's slot)
	struct carved_range demands, exposures; // -> levels, all above 0; sorted by category
	struct carved_range tags;               // -> words; sorted
	struct carved_range skills;             // -> words: what it requires; sorted
};

struct carved_instance_coach {
	uint32_t hours_q;
	uint32_t reserve_q; // rule `reserve`: hours for the easy half at most; CARVED_NONE: no limit
};

// Every flat array once: X(member, element type). Allocation, wire format and checks are made from this list.
#define CARVED_INSTANCE_ARRAYS(X)                                                                                                \
	X(candidates, struct carved_instance_candidate)                                                                          \
	X(sites, struct carved_instance_site)                                                                                    \
	X(jobs, struct carved_instance_job)                                                                                      \
	X(slots, struct carved_instance_slot)                                                                                    \
	X(coaches, struct carved_instance_coach)                                                                                 \
	X(parents, uint32_t) /* per category: the next broader one, CARVED_NONE at the top */                                    \
	X(levels, struct carved_level)                                                                                           \
	X(aids, struct carved_aid)                                                                                               \
	X(limits, struct carved_limit)                                                                                           \
	X(words, uint32_t)                                                                                                       \
	X(must_groups, struct carved_range) /* -> words: slot tags that meet one must-wish; sorted */                            \
	X(minutes, struct carved_minutes)                                                                                        \
	X(overrules, struct carved_overrule)                                                                                     \
	X(steps, uint32_t)  /* quarters of a step of somebody's build-up */                                                      \
	X(travel, uint16_t) /* [mode][home place][site place] minutes; homes x places x modes */

struct carved_instance {
	struct carved_weights weights;
	uint32_t tag_count, skill_count, aid_count; // how many numbers are in use
	uint32_t home_count, place_count;           // homes and site places are numbered apart
	struct carved_arena arena;                  // owns the arrays
#define X(member, type)                                                                                                          \
	type *member;                                                                                                            \
	uint32_t member##_count;
	CARVED_INSTANCE_ARRAYS(X)
#undef X
};

// Whether every index and range stays inside, every number in its range: what the solver asks of an instance from the wire before it believes it.
// Returns false with INSTANCE_INVALID (parameters array, index, reason).
bool carved_instance_check(const struct carved_instance *instance, struct carved_error *error);

// Travel minutes of a candidate to a site: the matching system's, else the formula's. Requires: indices in range.
uint32_t carved_instance_minutes(const struct carved_instance *instance, uint32_t candidate, uint32_t site);

// Whether `category` is `ancestor` or lies below it.
bool carved_instance_is_below(const struct carved_instance *instance, uint32_t category, uint32_t ancestor);

// Whether a sorted list of `words` holds `word`, and whether two such lists share one.
bool carved_instance_has_word(const struct carved_instance *instance, struct carved_range range, uint32_t word);
bool carved_instance_words_meet(const struct carved_instance *instance, struct carved_range a, struct carved_range b);

// Whether the candidate's rule does not refuse the slot. `category` CARVED_NONE where the rule has none.
bool carved_instance_overrules(const struct carved_instance *instance, const struct carved_instance_candidate *candidate,
	uint32_t slot, enum carved_overrule_rule rule, uint32_t category);

// Frees what the instance owns; legal on a zeroed one.
void carved_instance_deinit(struct carved_instance *instance);
