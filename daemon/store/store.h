// SPDX-License-Identifier: EUPL-1.2
// What the daemon keeps: documents with every version they ever had, plans, proposals. The only room that knows SQLite.
// What a call that writes answered with true is on disk (WAL, synchronous=FULL).
//
// Glossary
//   document   one JSON text of the caller's, known by (kind, ref); the store never looks inside
//   version    counts from 1 per (kind, ref), deletions included, and goes on where a deleted document comes back
//   when       milliseconds since 1970-01-01 UTC; the caller's clock
//   id         "PL-1" of a plan, "P-1" of a proposal, "D-1" of a decision: counted by the store, never given twice
//   origin     of a proposal that a later plan carries on: the one that people decided on. Its state counts for both, and what is decided on either is decided on it
//   open       proposed or offered: people may still say yes or no
//   standing   accepted or started: work that somebody has
//
// Threads: a store is one connection, without locks of its own. Every call blocks on the disk, so none belongs on the event loop; all calls on one store come
// from one thread at a time (the daemon: its writer thread). A second thread that reads opens a reader of its own: it sees what was committed before each call.
//
// Failure: false and one of
//   STORE_FAILED        an I/O error (file, reason: SQLite's own). Nothing is retried: from then on the store refuses to write (the same answer) until it was
//                       closed and opened again, which recovers. What failed at its commit may or may not be there afterwards.
//   STORE_FULL          no room on the disk (file): nothing of this call was stored; later calls may succeed
//   STORE_BUSY          another program held a lock on the database for seconds (file): nothing was stored; later calls may succeed
//   and what stands at each function. A failed call changed nothing.
#pragma once
#include "carved/base/arena.h"
#include "carved/base/date.h"
#include "carved/base/error.h"
#include "carved/base/histogram.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct carved_store;

#define CARVED_STORE_ID_MAX 24 // bytes of an id, NUL included

// Opens the database at `path`, made with mode 0600 where absent, brings its tables up to date, and marks plans that a killed daemon left running as failed
// (PLAN_INTERRUPTED, ended at `when`). One process at a time: a lock on `path`-lock.
// Returns false also with STORE_IN_USE (file), STORE_NEWER (file, found, known: written by a newer carved), STORE_FOREIGN (file: not a database of carved).
bool carved_store_open(const char *path, int64_t when, struct carved_store **ret_store, struct carved_error *error);

// A second connection that only reads, for another thread. Requires: the writer of this process is open, and closed later.
// Calls that write abort() on it.
bool carved_store_open_reader(const char *path, struct carved_store **ret_store, struct carved_error *error);

// Legal on NULL.
void carved_store_close(struct carved_store *store);

// Whether an I/O error has made the store refuse writes; `error` (may be NULL) then says which.
bool carved_store_has_failed(const struct carved_store *store, struct carved_error *error);

// "3.40.1"
const char *carved_store_library_version(void);

// Counts since the store was opened, sizes as they are: readable from any thread at any time.
struct carved_store_figures {
	struct carved_histogram commits;            // microseconds of each commit, with the checkpoint where one was due
	_Atomic uint64_t full, busy, failed;        // calls that ended with STORE_FULL, STORE_BUSY, STORE_FAILED
	_Atomic uint64_t database_bytes, wal_bytes; // after the last commit
	_Atomic int64_t last_event;                 // id of the newest event that is on the disk; of the writer only
};
// Lives as long as the store.
const struct carved_store_figures *carved_store_get_figures(const struct carved_store *store);

// Calls `beat` on the calling thread every now and then while a call works, so that somebody can tell a long transaction from one that hangs. NULL: nobody asks.
void carved_store_on_beat(struct carved_store *store, void (*beat)(void *context), void *context);

#define CARVED_STORE_PROBLEM_MAX 200

struct carved_store_check {
	bool finished;                                // false: the time was over first, or none was given
	size_t problems;                              // found so far; 0 and finished: all is sound
	char first_problem[CARVED_STORE_PROBLEM_MAX]; // SQLite's words: pages, tables and row numbers, never content
	int schema;                                   // version of the tables
	uint64_t free_bytes;                          // on the disk, for us; 0 where that can't be known
};

// Reads the whole database: blocks for up to `seconds` and a little more (0: only looks at what costs nothing). For readers and the writer alike.
void carved_store_check(struct carved_store *store, unsigned seconds, struct carved_store_check *ret_check);

// ---- documents

struct carved_store_change {
	const char *kind, *ref;
	const char *json; // NULL: delete
	size_t json_length;
};

enum carved_store_outcome {
	CARVED_STORE_CREATED,
	CARVED_STORE_REPLACED,
	CARVED_STORE_UNCHANGED, // the same bytes were there: no new version
	CARVED_STORE_DELETED,
	CARVED_STORE_ABSENT, // nothing to delete
};

struct carved_store_result {
	enum carved_store_outcome outcome;
	int64_t version; // after the change; of the deletion where deleted; 0 where absent
};

// An answer to be kept with the effect that it tells of: see carved_store_answer_get.
struct carved_store_keep {
	int64_t uid;                   // whose key it is
	const char *key, *fingerprint; // fingerprint: of the request
	int status;
	const char *body;            // NULL: the plan that is added in the same transaction
	int64_t when, forget_before; // when it is kept; those from before are forgotten
};

// Applies the changes in their order, all or nothing, in one transaction, and keeps an answer (`keep`; NULL: none) in the same. Open proposals of a candidate or
// site whose document changes or goes (and that are of no simulated plan) are stale from then on.
// `ret_results` (may be NULL) has room for `count`.
bool carved_store_apply_once(struct carved_store *store, const struct carved_store_change *changes, size_t count, const char *who,
	int64_t when, const struct carved_store_keep *keep, struct carved_store_result *ret_results, struct carved_error *error);

// The same without an answer.
bool carved_store_apply(struct carved_store *store, const struct carved_store_change *changes, size_t count, const char *who,
	int64_t when, struct carved_store_result *ret_results, struct carved_error *error);

struct carved_store_document {
	const char *kind, *ref;
	int64_t version;
	const char *json; // NUL-terminated; NULL: this version is a deletion
	size_t json_length;
	int64_t changed_at;
	const char *changed_by;
};

// Gets one document after the other; what it points to is good until the callback returns. Returns whether to go on. Must not call the store.
typedef bool (*carved_store_document_fn)(void *context, const struct carved_store_document *document);

// All documents as they are now, sorted by kind, then ref (bytes).
bool carved_store_load(struct carved_store *store, carved_store_document_fn callback, void *context, struct carved_error *error);

// Every version of one document, newest first; none where it never was.
bool carved_store_history(struct carved_store *store, const char *kind, const char *ref, carved_store_document_fn callback,
	void *context, struct carved_error *error);

// ---- plans and proposals

enum carved_store_plan_state {
	CARVED_STORE_PLAN_RUNNING,
	CARVED_STORE_PLAN_DONE,
	CARVED_STORE_PLAN_CANCELLED,
	CARVED_STORE_PLAN_FAILED,
	CARVED_STORE_PLAN_STATES
};
extern const char *const carved_store_plan_state_names[CARVED_STORE_PLAN_STATES]; // "running", "done", "cancelled", "failed"

struct carved_store_plan {
	char id[CARVED_STORE_ID_MAX];
	enum carved_store_plan_state state;
	carved_date date;
	bool simulated; // made for another day than today: nobody decides on it
	uint64_t seed;
	int64_t created_at, ended_at; // ended_at 0 while running
	const char *created_by;
	const char *summary; // JSON of the caller's; NULL until given
	size_t summary_length;
	const char *body; // JSON of the caller's: the plan without its proposals; NULL until given, and in lists
	size_t body_length;
	struct carved_error failure; // code CARVED_OK unless failed
};

enum carved_store_proposal_state {
	CARVED_STORE_PROPOSED,
	CARVED_STORE_OFFERED,
	CARVED_STORE_ACCEPTED,
	CARVED_STORE_DECLINED,
	CARVED_STORE_WITHDRAWN,
	CARVED_STORE_STARTED,
	CARVED_STORE_ENDED,
	CARVED_STORE_STALE, // what it rests on has changed before people decided
	CARVED_STORE_PROPOSAL_STATES
};
extern const char *const carved_store_proposal_state_names[CARVED_STORE_PROPOSAL_STATES]; // "proposed", "offered", ...

struct carved_store_proposal {
	char id[CARVED_STORE_ID_MAX], plan[CARVED_STORE_ID_MAX];
	char origin[CARVED_STORE_ID_MAX];        // "": itself
	const char *candidate, *site;            // refs
	enum carved_store_proposal_state state;  // the origin's where it has one
	int64_t candidate_version, site_version; // of the documents that its plan saw
	const char *json;
	size_t json_length;
};

// What is known of a plan when it starts. `summary` may be NULL.
struct carved_store_plan_start {
	carved_date date;
	bool simulated;
	uint64_t seed;
	const char *summary;
	const char *who;
	int64_t when;
	const char *event;                    // JSON: what its event says beside the plan; NULL: nothing
	const struct carved_store_keep *keep; // an answer to be kept with it; NULL: none
};

// Adds a running plan with its event (events.h) and hands out its id.
bool carved_store_plan_add(struct carved_store *store, const struct carved_store_plan_start *start,
	char ret_id[CARVED_STORE_ID_MAX], struct carved_error *error);

struct carved_store_plan_end {
	enum carved_store_plan_state state; // not RUNNING
	const char *summary;                // NULL: the one from the start stays
	const char *body;                   // NULL: none
	const struct carved_error *failure; // for FAILED; NULL otherwise
	int64_t when;
	const char *event; // JSON: what its event says beside the plan; NULL: nothing
};

// Ends a running plan: its state, body and all its proposals, with the events of them all (events.h), the plan's own last, in one transaction. Of the proposals all but id and plan is read (of the state only where there is no
// origin); their ids are handed out in their order: proposals[i].id and .plan are set on success.
// Unless the plan is simulated, what older plans proposed and nobody has moved is stale from then on. So is, at once, what this plan proposes where a document that it
// rests on has another version by now, where the person has standing work that the plan does not carry on, or where a newer plan has ended with proposals before.
// Returns false also with PLAN_NOT_FOUND (plan), PLAN_ENDED (plan: it is not running any more).
bool carved_store_plan_end(struct carved_store *store, const char *id, const struct carved_store_plan_end *end,
	struct carved_store_proposal *proposals, size_t proposal_count, struct carved_error *error);

// A plan with its body; texts live in `arena`. Returns false also with PLAN_NOT_FOUND (plan); an id that is none is not found.
bool carved_store_plan_get(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_plan *ret_plan, struct carved_error *error);

// The same without its body, which may be long.
bool carved_store_plan_get_summary(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_plan *ret_plan, struct carved_error *error);

// Get one row after the other, as above.
typedef bool (*carved_store_plan_fn)(void *context, const struct carved_store_plan *plan);
typedef bool (*carved_store_proposal_fn)(void *context, const struct carved_store_proposal *proposal);

// Plans without their bodies, newest first: at most `limit` (0: all) of those older than `before` (NULL: all; PLAN_NOT_FOUND where it is no id).
bool carved_store_plan_list(struct carved_store *store, const char *before, size_t limit, carved_store_plan_fn callback,
	void *context, struct carved_error *error);

// Whether there is such a plan. Returns false also with PLAN_NOT_FOUND (plan).
bool carved_store_plan_exists(struct carved_store *store, const char *id, struct carved_error *error);

// How many plans there are.
bool carved_store_plan_count(struct carved_store *store, int64_t *ret_count, struct carved_error *error);

// Which proposals of a plan; the others are passed over. Zeroed: all of them.
struct carved_store_proposal_filter {
	const char *candidate; // of this one only; NULL: of all
	const char *behind;    // only those behind this id; NULL: from the first
	size_t limit;          // at most; 0: all
};

// The proposals of a plan in the order of their ids. None where there is no such plan; PROPOSAL_NOT_FOUND (proposal) where `behind` is no id.
bool carved_store_proposals_of(struct carved_store *store, const char *plan, const struct carved_store_proposal_filter *filter,
	carved_store_proposal_fn callback, void *context, struct carved_error *error);

// How many proposals a plan has, of one candidate only where `candidate` is not NULL.
bool carved_store_proposal_count(
	struct carved_store *store, const char *plan, const char *candidate, int64_t *ret_count, struct carved_error *error);

// One proposal; texts live in `arena`. Returns false also with PROPOSAL_NOT_FOUND (proposal).
bool carved_store_proposal_get(struct carved_store *store, const char *id, struct carved_arena *arena,
	struct carved_store_proposal *ret_proposal, struct carved_error *error);

// The proposals without origin that are in a state now, of plans that are not simulated, in the order of their ids. Requires: the state is OFFERED, ACCEPTED or STARTED.
bool carved_store_proposals_in(struct carved_store *store, enum carved_store_proposal_state state,
	carved_store_proposal_fn callback, void *context, struct carved_error *error);

// ---- decisions

// What people decided on a proposal. Never changes once it is stored.
struct carved_store_decision {
	char id[CARVED_STORE_ID_MAX];
	char proposal[CARVED_STORE_ID_MAX];    // its origin where it has one
	const char *candidate, *site;          // refs, of the proposal
	enum carved_store_proposal_state kind; // the state that the proposal is in by it: OFFERED .. ENDED
	const char *reason, *text;             // code and free text; NULL: none
	carved_date candidate_agreed, employer_agreed, finances_discussed; // CARVED_DATE_NONE: not said
	const char *contact;                                               // at the employer; NULL: none
	bool for_good;                                                     // of a decline
	int64_t candidate_version, site_version;                           // of the documents when it was decided
	const char *who;
	int64_t when;
};

// Whether a decision may lead from one state to another.
bool carved_store_may_follow(enum carved_store_proposal_state from, enum carved_store_proposal_state to);

// Whether carved_store_decide would take a decision of which only proposal and kind are read: the same answers, and nothing is written.
bool carved_store_decision_allowed(
	struct carved_store *store, const struct carved_store_decision *decision, struct carved_error *error);

// Makes the answer that is kept with a decision, once its id, proposal, candidate and site are set. What it returns is read before the transaction ends. Must not call the store.
typedef const char *(*carved_store_decided_fn)(void *context, const struct carved_store_decision *decision);

// Adds a decision on the proposal `decision->proposal` (or its origin) and moves that one's state, in one transaction; id, proposal, candidate and site are set on success:
// the texts live in `arena`. `keep` (NULL: none) gets its body from `format`. A decline makes stale what is merely proposed for the same candidate and site.
// Returns false also with PROPOSAL_NOT_FOUND (proposal), PROPOSAL_SIMULATED (proposal, plan), PROPOSAL_STALE (proposal), DECISION_NOT_ALLOWED (proposal, state, decision),
// CANDIDATE_PLACED (candidate, proposal: the standing one) where it would be the candidate's second standing package.
bool carved_store_decide(struct carved_store *store, struct carved_store_decision *decision, struct carved_arena *arena,
	const struct carved_store_keep *keep, carved_store_decided_fn format, void *context, struct carved_error *error);

// Get one row after the other, as above.
typedef bool (*carved_store_decision_fn)(void *context, const struct carved_store_decision *decision);

// The decisions on a proposal (or its origin), oldest first. Returns false also with PROPOSAL_NOT_FOUND (proposal).
bool carved_store_decisions_on(struct carved_store *store, const char *proposal, carved_store_decision_fn callback, void *context,
	struct carved_error *error);

// All decisions about a candidate, oldest first; none where there never was one.
bool carved_store_decisions_of(struct carved_store *store, const char *candidate, carved_store_decision_fn callback,
	void *context, struct carved_error *error);

// Of all work that has started and not ended, the decision that it started.
bool carved_store_starts(
	struct carved_store *store, carved_store_decision_fn callback, void *context, struct carved_error *error);

// All declines, oldest first.
bool carved_store_declines(
	struct carved_store *store, carved_store_decision_fn callback, void *context, struct carved_error *error);

// ---- answers to be given again

struct carved_store_answer {
	const char *fingerprint; // of the request that it was given to; NULL: there is no such answer
	int status;
	const char *body; // NULL: see `plan`
	size_t body_length;
	char plan[CARVED_STORE_ID_MAX]; // where there is no body: the plan to show
};

// The answer that was kept for a user's key, if that was not before `since`; texts live in `arena`. Returns true also where there is none.
bool carved_store_answer_get(struct carved_store *store, int64_t uid, const char *key, int64_t since, struct carved_arena *arena,
	struct carved_store_answer *ret_answer, struct carved_error *error);

// Forgets the answers from before a time.
bool carved_store_answers_forget(struct carved_store *store, int64_t before, struct carved_error *error);
