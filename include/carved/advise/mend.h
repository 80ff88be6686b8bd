// SPDX-License-Identifier: EUPL-1.2
// What would help: the smallest changes of documents after which a valid package exists for a person at a site, a job or a task. Each was made in a copy of the
// documents, read as any document is, and solved again; the package that then exists passed the checker. Nothing else is ever answered.
//
// The changes, in the order in which they are preferred (fewest changes; then the later class of a set; then size; then as they stand in the documents):
//
//   kind              class         changes                                                        size
//   move-time         organisation  `when` of a task is widened, or a fixed time moved, within the  hours of the work moved
//                                   site's `open` to parts in which the person is available; or all
//                                   fixed times in which the person is not, to one kind of part
//   drop-task         organisation  a task of a vacancy is left out                                hours of the task
//   other-supervisor  organisation  a task's `supervisor` becomes another of the site's            hours of the task
//   add-aid           technique     the site gets a facility that is `by` in the person's          0
//                                   `supported` (technique)
//   more-supervision  guidance      the site's buddy hours are what the person needs               hours added
//   more-coaching     guidance      the coach's hours are what the person needs                    hours added
//   fewer-hours       person        the person's hours.min                                         hours less
//   more-hours        person        the person's hours.max                                         hours more
//
// Consent, travel, excluded, must, requirement, places and displacement are for people: no change here touches them.
#pragma once
#include "carved/advise/obstacle.h"

// CARVED_MEND(symbol, name, class)
#define CARVED_MENDS(X)                                                                                                          \
	X(MOVE_TIME, "move-time", ORGANISATION)                                                                                  \
	X(DROP_TASK, "drop-task", ORGANISATION)                                                                                  \
	X(OTHER_SUPERVISOR, "other-supervisor", ORGANISATION)                                                                    \
	X(ADD_AID, "add-aid", TECHNIQUE)                                                                                         \
	X(MORE_SUPERVISION, "more-supervision", GUIDANCE)                                                                        \
	X(MORE_COACHING, "more-coaching", GUIDANCE)                                                                              \
	X(FEWER_HOURS, "fewer-hours", PERSON)                                                                                    \
	X(MORE_HOURS, "more-hours", PERSON)

enum carved_mend_kind {
#define X(symbol, name, class) CARVED_MEND_##symbol,
	CARVED_MENDS(X)
#undef X
		CARVED_MEND_KINDS
};
enum carved_mend_class { CARVED_MEND_ORGANISATION, CARVED_MEND_TECHNIQUE, CARVED_MEND_GUIDANCE, CARVED_MEND_PERSON };
extern const char *const carved_mend_names[CARVED_MEND_KINDS];
extern const char *const carved_mend_class_names[CARVED_MEND_PERSON + 1];
extern const enum carved_mend_class carved_mend_classes[CARVED_MEND_KINDS];

struct carved_mend_change {
	enum carved_mend_kind kind;
	const char *job, *task; // of a task's change; else NULL
	const char *what;       // aid, or the new supervisor; else NULL
	const char *from;       // the supervisor until now; NULL: nobody
	int from_q, to_q;       // hours before and after; drop-task: those of the task, and 0
	carved_parts_mask parts_from,
		parts_to; // move-time: the parts given up (a fixed time) or kept (`when`); the parts that are new
	bool fixed;       // move-time: a fixed time
	uint16_t fixed_q[CARVED_DAY_PARTS]; // of a fixed time: the hours as they are then
	int size;                           // quarters
	// The change of the document as in RFC 6902, to be made in the order of the set: value NULL removes. Filled in when it was made.
	enum carved_kind document;
	const char *ref, *path, *value;
};

enum { CARVED_MEND_MOST = 3 }; // changes in one set

struct carved_mend { // a set of changes that helps, and the best package that then exists
	struct carved_mend_change changes[CARVED_MEND_MOST];
	size_t count;
	struct carved_plan plan; // proposals[0]; `left` of its donors is what it leaves by itself
	struct carved_cell *cell;
};

struct carved_mends {
	struct carved_mend *items; // best first; all with as many changes, the fewest that help
	size_t count;
	int complete_to; // every set of so many changes or fewer was looked at: none helps but those told. 0 .. CARVED_MEND_MOST
	uint32_t tries;  // changed documents that were solved
	struct carved_arena arena;
};

// How far to look: sets of at most `most` changes (1 .. CARVED_MEND_MOST), and of those alike one only: of a task's changes of one kind, or (`broad`) of one kind and
// aid at all.
struct carved_mend_reach {
	int most;
	bool broad;
};

// What changes name is borrowed from the documents of the question's region.
// Requires: ret zeroed; nobody fits yet who is asked about (carved_obstacles_find): else nothing is answered. Deterministic.
void carved_mends_find(
	const struct carved_advise_question *question, const struct carved_mend_reach *reach, struct carved_mends *ret_mends);
void carved_mends_deinit(struct carved_mends *mends); // legal on a zeroed one

// The region of one person and one site in which the package of an advice is numbered, as the changes would make it; and its slots.
const struct carved_region *carved_mend_region(const struct carved_mend *mend);
const struct carved_slot_table *carved_mend_table(const struct carved_mend *mend);
