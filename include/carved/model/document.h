// SPDX-License-Identifier: EUPL-1.2
// The documents that people and the matching system hand in: DESIGN section 2, as C structs. Read-only once parsed; each owns all it points to.
//
// Absent optional values: numbers have DESIGN's default filled in; dates CARVED_DATE_NONE; texts NULL; lists count 0.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/date.h"
#include "carved/base/week.h"
#include "carved/data/icf.h"
#include "carved/instance/instance.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum carved_kind { CARVED_KIND_CANDIDATE, CARVED_KIND_SITE, CARVED_KIND_COACH, CARVED_KIND_VOCABULARY, CARVED_KINDS };
extern const char *const carved_kind_names[CARVED_KINDS]; // "candidate" ...

struct carved_texts { // a list of texts
	const char **items;
	size_t count;
};

struct carved_qualifier { // a category with a level (0..4) or a qualifier (0..4, 8)
	carved_icf icf;
	uint8_t value;
};

struct carved_qualifiers { // sorted by icf
	struct carved_qualifier *items;
	size_t count;
};

enum carved_support_kind { CARVED_TECHNIQUE, CARVED_GUIDANCE, CARVED_ORGANISATION };

struct carved_supported {
	carved_icf icf;
	uint8_t limitation; // 0..4
	const char *by;
	enum carved_support_kind kind;
};

struct carved_load_limit {
	carved_icf icf;
	uint8_t level; // 1..4
	int hours_q;
};

struct carved_travel_minutes {
	uint16_t place; // postcode of a site
	uint16_t minutes;
};

struct carved_build_up { // a step: from this week of a placement on, so many hours a week
	int week, hours_q;
};

// What a coach and a candidate may overrule together, for one task: rules that protect the candidate alone. Others' interests (donors, displacement, places,
// coaches) and the law's (consent) are not theirs to overrule.
enum carved_override_rule {
	CARVED_OVERRULES_CAPACITY,
	CARVED_OVERRULES_ENVIRONMENT,
	CARVED_OVERRULES_REQUIREMENT,
	CARVED_OVERRULES_NEVER
};

extern const char *const carved_override_rule_names[]; // NULL at the end

struct carved_override {
	const char *site, *task; // refs; the task as JOB/TASK
	enum carved_override_rule rule;
	carved_icf icf; // capacity, environment: the category, with what lies below it; else CARVED_ICF_NONE
	const char *reason;
	carved_date agreed;
};

#define CARVED_SCOPE_MATCHING 1u
#define CARVED_SCOPE_SHARE_WITH_EMPLOYER 2u

struct carved_candidate {
	const char *ref, *coach;
	carved_date consent_given, consent_expires;
	unsigned consent_scope; // CARVED_SCOPE_…
	carved_date reviewed;   // when the profile was last gone through; CARVED_DATE_NONE: when consent was given
	uint16_t home;          // postcode
	uint16_t max_minutes;   // >= 1
	enum carved_mode mode;
	struct carved_travel_minutes *minutes;
	size_t minutes_count;
	int min_q, max_q, per_day_q, per_visit_q;
	struct carved_build_up *build_up;
	size_t build_up_count;
	uint16_t available_q[CARVED_DAY_PARTS]; // 0: not available
	struct carved_qualifiers limitations, barriers;
	struct carved_supported *supported; // in the document's order
	size_t supported_count;
	struct carved_load_limit *limits; // in the document's order
	size_t limit_count;
	struct carved_texts has;
	struct carved_texts like, avoid, never, must; // wishes
	uint8_t level;                                // 1..8; 0 not stated
	enum carved_challenge challenge;
	enum carved_company company;
	int coach_q, buddy_q;                // support a week; where the coach's hours are steps, the most of them
	struct carved_build_up *coach_steps; // the first at week 0, in the order of the weeks; none: coach_q all the time
	size_t coach_step_count;
	uint16_t supervisors_max; // 0: no limit
	uint16_t jobs_max;
	bool target_group;
	carved_date waiting_since;
	struct carved_texts not_with;      // employers
	struct carved_override *overrides; // in the document's order
	size_t override_count;
};

struct carved_task {
	const char *ref, *title, *category; // title, category may be NULL
	struct carved_texts tags;
	bool fixed; // hours are given per day part: `fixed_q`; else `hours_q`
	int hours_q;
	uint16_t fixed_q[CARVED_DAY_PARTS];
	carved_parts_mask when;                      // 0: the site's `open`
	struct carved_qualifiers demands, exposures; // levels 0..4
	uint8_t relief;                              // 0..4
	uint8_t level;                               // 1..8; 0 not stated
	enum carved_company company;
	const char *supervisor; // NULL: nobody named
	struct carved_texts requires;
	bool undone;
	int chunk_q;
};

struct carved_job { // a job or a vacancy
	enum carved_work_kind kind;
	const char *ref, *title, *occupation;
	int incumbents, hours_q; // jobs
	bool has_carve;
	int share_permille, keep_hours_q;
	int openings;                   // vacancies; 1 for a job
	carved_date former_staff_asked; // vacancies
	struct carved_qualifiers demands, exposures;
	struct carved_texts tags;
	struct carved_task *tasks;
	size_t task_count;
};

struct carved_site {
	const char *ref, *employer, *name;
	uint16_t place; // postcode
	carved_parts_mask open;
	struct carved_qualifiers demands, exposures;
	struct carved_texts tags, facilities;
	const char *sector; // a word of the tags; NULL: not stated
	int supervision_q;
	int places;
	bool recent_dismissals;
	carved_date staff_agreed;
	struct carved_job *jobs; // jobs, then vacancies
	size_t job_count;
};

struct carved_coach {
	const char *ref;
	int hours_q;
};

struct carved_word { // an entry of the vocabulary
	const char *name, *nl, *en;
	struct carved_texts implies; // `has` only
};

struct carved_words {
	struct carved_word *items; // sorted by name
	size_t count;
};

struct carved_vocabulary {
	const char *ref;
	struct carved_words tags, facilities, has;
	struct carved_texts categories;
};

// One parsed document, shared by all who hold a reference (thread-safe count). Never changed once it is shared.
struct carved_document {
	enum carved_kind kind;
	const char *ref;
	const char *json; // canonical JSON: members in the schema's order, nothing added
	size_t json_length;
	int64_t version; // as the store counts; 0 until it is stored, and set before anybody else sees the document
	union {
		struct carved_candidate candidate;
		struct carved_site site;
		struct carved_coach coach;
		struct carved_vocabulary vocabulary;
	};
	struct carved_arena arena; // owns all of it, the struct included
	unsigned references;
};

struct carved_document *carved_document_ref(struct carved_document *document);
void carved_document_unref(struct carved_document *document); // NULL is legal
