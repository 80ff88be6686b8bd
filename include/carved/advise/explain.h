// SPDX-License-Identifier: EUPL-1.2
// Why a proposal is what it is, from the rules' own numbers: DESIGN section 3, on documents. Nothing is taken over from the proposal but what was chosen (tasks,
// hours, schedule) and what the whole region and plan decide (options, what is left of donors); all figures are worked out anew and must add up to those it states.
//
// Glossary
//   line       one summand of a value: a whole number of points. The lines of a part add up to the part, all lines to the value
//   rounding   a line of its own: DESIGN rounds the sum of a part down once; its lines are rounded down one by one, and this is what they miss
//   views      of one truth: the coach's has everything, the employer's only what is on its list (explain_employer.c) and nothing that says what a person can't, the
//              candidate's what the person needs to say yes or no (explain_candidate.c), without points and codes
#pragma once
#include "carved/base/json.h"
#include "carved/model/plan.h"
#include "carved/text/text.h"

// The five parts of a slot's fit: X(part, weight's member)
#define CARVED_FIT_PARTS(X)                                                                                                      \
	X(comfort, fit_comfort) X(wish, fit_wish) X(challenge, fit_challenge) X(setting, fit_setting) X(travel, fit_travel)

enum carved_fit_part {
#define X(part, weight) CARVED_FIT_##part,
	CARVED_FIT_PARTS(X)
#undef X
		CARVED_FIT_PART_COUNT
};

struct carved_explained_fit_part {
	int points; // 0..1000
	int weight; // of a hundred
	int share;  // points x weight / 100, rounded down: what it gives to the fit
};

struct carved_explained_match { // a wish that met something of the slot
	const char *wish, *tag;
};

struct carved_explained_matches {
	struct carved_explained_match *items;
	size_t count;
};

struct carved_explained_task { // one slot of the package
	const struct carved_slot *slot;
	int hours_q;
	struct carved_slot_answer answer; // what the rules say of it
	int *comforts;                    // points per level of `answer`; their mean is the comfort
	struct carved_explained_fit_part parts[CARVED_FIT_PART_COUNT];
	int rounding;                                         // the shares and this are the fit
	struct carved_explained_matches liked, avoided, both; // both: liked and avoided at once, which counts as neither
};

enum carved_unknown_reason {
	CARVED_NOT_UNKNOWN,
	CARVED_UNKNOWN_NOT_STATED,
	CARVED_UNKNOWN_NOT_ASSESSED, // qualifier 8
	CARVED_UNKNOWN_NARROWER      // only narrower categories are stated, and none of them refuses
};

struct carved_explained_use { // of a category by a task
	size_t task;
	int level;
	bool unknown;                       // fits on nothing that was stated
	int margin;                         // aided where `aid`; below 0 where it was overruled; meaningless where unknown
	const struct carved_supported *aid; // NULL: none
};

struct carved_explained_category {
	carved_icf icf;
	bool is_exposure; // rule `environment`; else `capacity`
	int level;        // the highest asked
	int limitation;   // the plain one, without aids (0..4); 0 where unknown
	enum carved_capacity_basis basis;
	carved_icf stated_at; // the category that the basis is about; CARVED_ICF_NONE where nothing is stated
	enum carved_unknown_reason unknown;
	int margin;                         // the smallest; below 0 where one was overruled; meaningless where unknown
	const struct carved_supported *aid; // of the tightest use; NULL: none
	struct carved_explained_use *uses;  // by the order of tasks
	size_t use_count;
};

struct carved_explained_aid {
	const struct carved_supported *aid; // the first of its name that is used
	size_t *categories;                 // in carved_explanation.categories
	size_t category_count;
	size_t *tasks; // rising
	size_t task_count;
};

struct carved_explained_limit {
	const struct carved_load_limit *limit;
	int used_q;
};

struct carved_explained_must {
	const char *wish, *tag;
	size_t task; // the first that meets it
};

enum carved_explained_part {
#define X(part) CARVED_EXPLAINED_##part,
	CARVED_VALUE_PARTS(X)
#undef X
		CARVED_EXPLAINED_PART_COUNT
};
extern const char *const carved_explained_part_names[CARVED_EXPLAINED_PART_COUNT]; // "place" ...

// X(symbol, name): what a line is about. Its index and amount:
//   base        amount: points of priority that everybody has
//   waiting     amount: whole months
//   options     amount: sites that would do; -1 where that was not kept: it then follows from the part `place`
//   task        index: of the task; amount: its quarters
//   extra-jobs  amount: donor jobs beyond the first
//   aid         index: of the aid
//   question    index: of the question
//   coach, buddy  amount: quarters a week
#define CARVED_EXPLAINED_LINES(X)                                                                                                \
	X(BASE, "base")                                                                                                          \
	X(WAITING, "waiting")                                                                                                    \
	X(OPTIONS, "options")                                                                                                    \
	X(TASK, "task")                                                                                                          \
	X(EXTRA_JOBS, "extra-jobs")                                                                                              \
	X(AID, "aid")                                                                                                            \
	X(QUESTION, "question")                                                                                                  \
	X(COACH, "coach")                                                                                                        \
	X(BUDDY, "buddy")                                                                                                        \
	X(ROUNDING, "rounding")

enum carved_explained_line_kind {
#define X(symbol, name) CARVED_LINE_##symbol,
	CARVED_EXPLAINED_LINES(X)
#undef X
};

struct carved_explained_line {
	enum carved_explained_part part;
	enum carved_explained_line_kind kind;
	size_t index;
	int64_t amount, points;
};

// All that an explanation is made from. Everything is borrowed and must outlive the explanation.
struct carved_explain_input {
	const struct carved_region *region; // for its vocabularies: words, and what certificates imply
	const struct carved_candidate *candidate;
	const struct carved_site *site;
	const struct carved_slots *slots;       // of the site
	const struct carved_coach *coach;       // NULL: not known any more
	const struct carved_proposal *proposal; // its indices of candidate and site are not read
	carved_date date;                       // of the plan
	int review_months;                      // a profile that is older on that date should be gone through
	const struct carved_weights *weights;   // of the plan
	const struct carved_site *site_today;   // for conditions that are met meanwhile; NULL: gone
	carved_date today;
};

struct carved_explanation {
	struct carved_explain_input input;
	struct carved_explained_task *tasks; // in the order of the proposal's pieces
	size_t task_count;
	struct carved_explained_category *categories; // the tight ones first, the unknown last
	size_t category_count;
	size_t *questions; // unknown categories by code: in `categories`
	size_t question_count;
	struct carved_explained_aid *aids; // sorted by name
	size_t aid_count;
	struct carved_explained_limit *limits; // in the document's order
	size_t limit_count;
	struct carved_explained_must *musts; // in the document's order
	size_t must_count;
	struct carved_texts supervisors;     // distinct, in the order of tasks
	int minutes;                         // from home
	size_t donor_count;                  // jobs that it takes from
	bool takes_from_staff;               // from a job that people hold: condition `staff-agreed`
	bool staff_agreed;                   // met by today
	struct carved_explained_line *lines; // by part
	size_t line_count;
	struct carved_value_parts parts; // what the lines add up to
	int64_t value;
	struct carved_arena arena; // owns all of it
};

// Reads back what carved_plan_format_proposal wrote, onto the slots of its site. Its indices of candidate and site are 0. All lives in `arena`.
// Returns false with PROPOSAL_UNREADABLE where the text is no such thing, EXPLANATION_NO_TASK (work, task) where the site has no such slot any more.
bool carved_explain_read(const char *json, size_t length, const struct carved_site *site, const struct carved_slots *slots,
	struct carved_arena *arena, struct carved_proposal *ret_proposal, struct carved_error *error);

// Explains. ret_explanation is only set on success; the caller deinits it.
// Returns false with EXPLANATION_DIFFERS (what, stated, found) where the documents do not give what the proposal states: they are not those of its plan.
bool carved_explain(
	const struct carved_explain_input *input, struct carved_explanation *ret_explanation, struct carved_error *error);
void carved_explanation_deinit(struct carved_explanation *explanation);

// The coach's view: members only, the caller opens and closes the object. Labels and questions are in the language.
void carved_explanation_format(
	const struct carved_explanation *explanation, enum carved_language language, struct carved_json_writer *writer);

// The employer's view, the same way: tasks, times, guidance, aids, donors, conditions, contact.
void carved_explanation_format_employer(
	const struct carved_explanation *explanation, enum carved_language language, struct carved_json_writer *writer);

// The candidate's view, the same way, in words for the candidate: the work, when and with whom, which wishes it meets and which not, questions, aids, conditions.
// `explanation`: its arena grows.
void carved_explanation_format_candidate(
	struct carved_explanation *explanation, enum carved_language language, struct carved_json_writer *writer);
