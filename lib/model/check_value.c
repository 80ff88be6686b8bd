// SPDX-License-Identifier: EUPL-1.2
// What a proposal states about itself, against the documents: the eight parts of its value, questions, aids, conditions, donors.
#include "carved/base/quarters.h"
#include "carved/model/part.h"
#include "check_state.h"
#include <string.h>

static void differs(const struct carved_checked_proposal *checked, const char *what, int64_t found, int64_t right)
{
	if (found != right)
		carved_checked_add(checked, CARVED_RULE_VALUE, SIZE_MAX, what, found, right);
}

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

static void collect_texts(struct carved_texts *texts, const char *text)
{
	if (!holds(texts, text))
		texts->items[texts->count++] = text;
}

struct due {                                 // what the slots of a package bring with them
	struct carved_texts questions, aids; // distinct; codes, `by`
	int64_t fit, relief;                 // sums of quarters x fit and quarters x relief
	int jobs;                            // distinct
};

static void add_levels(struct due *due, const struct carved_slot_answer *answer)
{
	for (size_t i = 0; i < answer->level_count; i++) {
		const struct carved_level_answer *level = &answer->levels[i];
		if (carved_rules_is_unknown(level))
			collect_texts(&due->questions, carved_icf_code(level->icf));
		if (level->aid)
			collect_texts(&due->aids, level->aid->by);
	}
}

static struct due gather(const struct carved_proposal *proposal, const struct carved_slots *slots,
	const struct carved_slot_answer *answers, struct carved_arena *arena)
{
	struct due due = {0};
	size_t levels = 0;
	for (size_t i = 0; i < proposal->piece_count; i++)
		levels += answers[i].level_count;
	due.questions.items = carved_arena_array(arena, const char *, levels);
	due.aids.items = carved_arena_array(arena, const char *, levels);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_slot *slot = &slots->items[proposal->pieces[i].slot];
		bool first = true;
		for (size_t k = 0; k < i; k++)
			first = first && slots->items[proposal->pieces[k].slot].job != slot->job;
		due.jobs += first;
		due.fit += (int64_t)proposal->pieces[i].hours_q * answers[i].fit;
		due.relief += (int64_t)proposal->pieces[i].hours_q * slot->task->relief;
		add_levels(&due, &answers[i]);
	}
	return due;
}

// Each part is one line of DESIGN, "value = the sum of eight parts".
static struct carved_value_parts parts_of(
	const struct due *due, const struct carved_candidate *candidate, int priority, const struct carved_weights *w)
{
	return (struct carved_value_parts){
		.place = (int64_t)w->place * priority,
		.fit = carved_floor_div(due->fit * w->full_week, 1000LL * candidate->max_q),
		.relief = carved_floor_div(due->relief * w->relief, 4),
		.jobs = (int64_t)w->extra_job * (due->jobs - 1),
		.aids = (int64_t)w->aid * (int64_t)due->aids.count,
		.unknown = (int64_t)w->unknown * (int64_t)due->questions.count,
		.coach = carved_floor_div((int64_t)w->coach_hour * candidate->coach_q, 4),
		.buddy = carved_floor_div((int64_t)w->buddy_hour * candidate->buddy_q, 4),
	};
}

void carved_check_value(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_proposal *proposal, int options,
	struct carved_value_parts *ret_parts)
{
	const struct carved_candidate *candidate = carved_region_candidate(region, proposal->candidate);
	const struct carved_site *site = carved_region_site(region, proposal->site);
	const struct carved_slots *slots = carved_slot_table_site(table, proposal->site);
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_slot_answer *answers = carved_arena_array(&scratch, struct carved_slot_answer, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++)
		carved_rules_slot(
			region, candidate, site, &slots->items[proposal->pieces[i].slot], weights, &scratch, &answers[i]);
	struct due due = gather(proposal, slots, answers, &scratch);
	int priority = carved_rules_priority(candidate, options, date, weights);
	*ret_parts = parts_of(&due, candidate, priority, weights);
	carved_arena_deinit(&scratch);
}

static bool all_slots_fit(const struct carved_checked_proposal *checked)
{
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		if (!checked->answers[i].fits)
			return false;
	}
	return true;
}

static int count_options(const struct carved_checked_proposal *checked)
{
	const struct carved_checking *checking = checked->checking;
	size_t candidate = checked->proposal->candidate;
	if (checking->counts)
		return checking->counts[candidate];
	return carved_options_count_up_to(
		       checking->options, checked->candidate, carved_weights_options_most(&checking->plan->weights)) +
	       carved_region_options_elsewhere(checking->region, candidate);
}

static void check_parts(const struct carved_checked_proposal *checked, const struct due *due)
{
	struct carved_checking *checking = checked->checking;
	const struct carved_plan *plan = checking->plan;
	int priority = carved_rules_priority(checked->candidate, count_options(checked), plan->date, &plan->weights);
	struct carved_value_parts right = parts_of(due, checked->candidate, priority, &plan->weights);
	int64_t sum = 0;
#define X(part)                                                                                                                  \
	differs(checked, #part, checked->proposal->parts.part, right.part);                                                      \
	sum += right.part;
	CARVED_VALUE_PARTS(X)
#undef X
	differs(checked, "value", checked->proposal->value, sum);
	checking->value += sum;
}

// Both lists must hold the same texts, each once, in order.
static void check_list(
	const struct carved_checked_proposal *checked, const struct carved_texts *shown, const struct carved_texts *right)
{
	for (size_t i = 0; i < right->count; i++) {
		if (!holds(shown, right->items[i]))
			differs(checked, right->items[i], 0, 1);
	}
	for (size_t i = 0; i < shown->count; i++) {
		if (!holds(right, shown->items[i]))
			differs(checked, shown->items[i], 1, 0);
		else if (i > 0 && strcmp(shown->items[i - 1], shown->items[i]) >= 0)
			differs(checked, shown->items[i], 2, 1);
	}
}

static void check_questions(const struct carved_checked_proposal *checked, const struct due *due, struct carved_arena *arena)
{
	const struct carved_proposal *proposal = checked->proposal;
	struct carved_texts shown = {.items = carved_arena_array(arena, const char *, proposal->question_count)};
	for (size_t i = 0; i < proposal->question_count; i++) {
		if (proposal->questions[i] < carved_icf_count())
			shown.items[shown.count++] = carved_icf_code(proposal->questions[i]);
		else
			differs(checked, "questions", proposal->questions[i], (int64_t)carved_icf_count());
	}
	check_list(checked, &shown, &due->questions);
}

bool carved_check_waits_for_staff(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_proposal *proposal)
{
	const struct carved_slots *slots = carved_slot_table_site(table, proposal->site);
	carved_date agreed = carved_region_site(region, proposal->site)->staff_agreed;
	if (agreed != CARVED_DATE_NONE && agreed <= date)
		return false;
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_job *job = slots->items[proposal->pieces[i].slot].job;
		if (job->kind == CARVED_JOB && job->incumbents > 0)
			return true;
	}
	return false;
}

void carved_check_figures(const struct carved_checked_proposal *checked)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct due due = gather(checked->proposal, checked->slots, checked->answers, &scratch);
	differs(checked, "hours", checked->proposal->hours_q, checked->hours_q);
	if (all_slots_fit(checked))
		check_parts(checked, &due);
	else
		checked->checking->value += checked->proposal->value; // refused by a slot's rule already: there is no right value
	check_questions(checked, &due, &scratch);
	check_list(checked, &checked->proposal->aids, &due.aids);
	differs(checked, "staff-agreed", checked->proposal->needs_staff_agreed,
		carved_check_waits_for_staff(
			checked->checking->region, checked->checking->table, checked->checking->plan->date, checked->proposal));
	carved_arena_deinit(&scratch);
}

static int64_t hours_before_q(const struct carved_checked_proposal *checked, const struct carved_job *job)
{
	int64_t sum_q = 0;
	for (size_t t = 0; t < checked->slots->count; t++)
		sum_q += checked->slots->items[t].job == job ? checked->slots->items[t].hours_q : 0;
	return job->kind == CARVED_VACANCY ? sum_q : job->hours_q;
}

static int64_t taken_here_q(const struct carved_checked_proposal *checked, const struct carved_job *job, bool *ret_used)
{
	int64_t sum_q = 0;
	*ret_used = false;
	for (size_t i = 0; i < checked->proposal->piece_count; i++) {
		const struct carved_slot *slot = carved_checked_slot(checked, i);
		if (slot->job != job)
			continue;
		*ret_used = true;
		if (job->kind == CARVED_VACANCY || !slot->task->undone)
			sum_q += checked->proposal->pieces[i].hours_q;
	}
	return sum_q;
}

static const struct carved_donor *find_donor(const struct carved_proposal *proposal, const struct carved_job *job)
{
	for (size_t i = 0; i < proposal->donor_count; i++) {
		if (proposal->donors[i].job == job)
			return &proposal->donors[i];
	}
	return NULL;
}

void carved_check_donors(const struct carved_checked_proposal *checked)
{
	size_t first = carved_checking_job(checked->checking, checked->proposal->site), used_count = 0;
	for (size_t j = 0; j < checked->site->job_count; j++) {
		const struct carved_job *job = &checked->site->jobs[j];
		bool used;
		int64_t before_q = hours_before_q(checked, job), taken_q = taken_here_q(checked, job, &used);
		const struct carved_donor *donor = find_donor(checked->proposal, job);
		used_count += used;
		if (used && !donor)
			differs(checked, job->ref, 0, 1);
		if (!used || !donor)
			continue;
		differs(checked, job->ref, donor->before_q, before_q);
		differs(checked, job->ref, donor->carved_q, taken_q);
		differs(checked, job->ref, donor->left_q, before_q - checked->checking->taken_q[first + j]);
	}
	differs(checked, "donors", (int64_t)checked->proposal->donor_count, (int64_t)used_count);
}
