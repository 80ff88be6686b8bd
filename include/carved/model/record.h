// SPDX-License-Identifier: EUPL-1.2
// A plan that has ended as it was told: who has what, who has nothing and why. Read back from the JSON of plan.h as the store keeps it; refs are all that it knows,
// so it stands whatever has become of the documents since. past.h lays a plan over a region; this is for comparing plans with each other.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/error.h"
#include "carved/base/node.h"
#include "carved/instance/solution.h"
#include "carved/model/document.h"

struct carved_record_piece {
	const char *work, *task, *part; // refs of job or vacancy and task; day part, NULL: none
	bool of_vacancy;
	int hours_q;
};

struct carved_record_package {
	const char *id, *candidate, *site, *kind; // id of the proposal; kind as plan.h writes it
	const char *state;                        // of the proposal, when it was read
	int64_t candidate_version, site_version;  // of the documents that the plan saw
	int hours_q;
	int64_t value;
	struct carved_value_parts parts;
	struct carved_record_piece *pieces; // in the order of the site's slots
	size_t piece_count;
	size_t question_count;
	struct carved_texts aids, conditions;
	int coach_q; // what standing work needs of the coach by the plan; -1: what the candidate's document says
};

struct carved_record_person { // everybody who was in the plan
	const char *candidate;
	const struct carved_record_package *package; // NULL: none
	const char *reason;                          // rule that left them without; NULL with a package
};

struct carved_record {
	const char *plan;                    // its id
	const struct carved_node *summary;   // the plan's figures
	const struct carved_node *course;    // list: how value and bound went; NULL: not read, or not kept
	struct carved_record_person *people; // sorted by candidate, once carved_record_finish was called
	size_t person_count, person_room;
	struct carved_arena arena; // owns all but `people`, which grows
};

// A record of a plan that nothing is known of yet. The caller frees it.
struct carved_record *carved_record_new(const char *plan);
void carved_record_free(struct carved_record *record); // NULL is legal

// The plan's figures, and the list "unplaced" of its body. Each returns false with PLAN_UNREADABLE (plan) where the text is no such thing.
bool carved_record_read_summary(struct carved_record *record, const char *json, size_t length, struct carved_error *error);
bool carved_record_read_unplaced(struct carved_record *record, const char *body, size_t length, struct carved_error *error);

// How value and bound went, out of the plan's body; nothing where it is of a carved that did not keep it.
void carved_record_read_course(struct carved_record *record, const char *body, size_t length);

// A proposal as the store has it.
struct carved_record_source {
	const char *id, *state;
	int64_t candidate_version, site_version;
	const char *json; // carved_plan_format_proposal
	size_t length;
};

// One proposal. Returns false as above.
bool carved_record_read_proposal(
	struct carved_record *record, const struct carved_record_source *source, struct carved_error *error);
// The same where only who has it matters: the package has id, candidate and site, and no figures.
void carved_record_add_placed(struct carved_record *record, const char *id, const char *candidate, const char *site);

// Sorts: everything was read.
void carved_record_finish(struct carved_record *record);

// Somebody who was in the plan; NULL: they were not. Requires: the record is finished.
const struct carved_record_person *carved_record_find(const struct carved_record *record, const char *candidate);

// Whether two pieces are of one slot: the same task of the same job or vacancy, in the same day part where it has one.
bool carved_record_is_same_slot(const struct carved_record_piece *a, const struct carved_record_piece *b);
