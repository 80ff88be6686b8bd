// SPDX-License-Identifier: EUPL-1.2
// From the optimiser's numbers to what people see. Nothing is decided here: pieces, parts and values are the solver's, and check.c judges them.
#include "carved/model/plan.h"
#include "carved/base/quarters.h"
#include "carved/model/build_up.h"
#include "carved/model/part.h"
#include "outlook.h"
#include "plan_unplaced.h"
#include <stdlib.h>
#include <string.h>

struct making {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	struct carved_plan *plan;
	struct carved_error *error;
	struct carved_arena scratch; // emptied with the plan's making
	int *taken_q;                // per job of the region, by the whole plan
	bool *unknown;               // per ICF category, of the proposal at hand
};

static size_t count_of(const struct making *m, enum carved_kind kind)
{
	return m->region->count[kind];
}

static bool refuse(const struct making *m, const struct carved_package *package, enum carved_rule rule)
{
	const char *candidate = package->candidate < count_of(m, CARVED_KIND_CANDIDATE)
					? carved_region_candidate(m->region, package->candidate)->ref
					: "?";
	const char *site =
		package->site < count_of(m, CARVED_KIND_SITE) ? carved_region_site(m->region, package->site)->ref : "?";
	carved_error_set(m->error, CARVED_PLAN_INVALID);
	carved_error_add(m->error, "candidate", candidate);
	carved_error_add(m->error, "site", site);
	carved_error_add(m->error, "rule", carved_rule_names[rule]);
	return false;
}

// Whether every number of the package means something here. What it means is the checker's affair.
static bool is_readable(const struct making *m, const struct carved_package *package)
{
	if (package->candidate >= count_of(m, CARVED_KIND_CANDIDATE) || package->site >= count_of(m, CARVED_KIND_SITE))
		return refuse(m, package, CARVED_RULE_VALUE);
	size_t first = carved_slot_table_first_slot(m->table, package->site);
	size_t end = carved_slot_table_first_slot(m->table, (size_t)package->site + 1);
	for (uint32_t i = 0; i < package->piece_count; i++) {
		const struct carved_piece *piece = &package->pieces[i];
		bool sorted = i == 0 || piece[-1].slot < piece->slot;
		if (piece->slot < first || piece->slot >= end || !sorted || piece->hours_q > CARVED_QUARTERS_MAX)
			return refuse(m, package, CARVED_RULE_SUPPLY);
	}
	if (package->piece_count == 0)
		return refuse(m, package, CARVED_RULE_HOURS);
	return true;
}

static void copy_pieces(const struct making *m, const struct carved_package *package, struct carved_proposal *proposal)
{
	size_t first = carved_slot_table_first_slot(m->table, package->site);
	proposal->piece_count = package->piece_count;
	proposal->pieces = carved_arena_array(&m->plan->arena, struct carved_proposal_piece, package->piece_count);
	for (uint32_t i = 0; i < package->piece_count; i++) {
		proposal->pieces[i] = (struct carved_proposal_piece){
			.slot = package->pieces[i].slot - first, .hours_q = (int)package->pieces[i].hours_q};
		proposal->hours_q += proposal->pieces[i].hours_q;
	}
}

bool carved_proposal_lay(const struct carved_proposal *proposal, const struct carved_slots *slots,
	const struct carved_candidate *candidate, struct carved_arena *arena, struct carved_schedule *ret_schedule)
{
	struct carved_schedule_need *needs = carved_arena_array(arena, struct carved_schedule_need, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++)
		needs[i] = (struct carved_schedule_need){
			.hours_q = proposal->pieces[i].hours_q, .parts = slots->items[proposal->pieces[i].slot].parts};
	return carved_schedule_make(needs, proposal->piece_count, candidate->available_q, candidate->per_day_q,
		candidate->per_visit_q, arena, ret_schedule);
}

bool carved_proposal_grow(struct carved_proposal *proposal, const struct carved_slots *slots,
	const struct carved_candidate *candidate, struct carved_arena *arena)
{
	size_t count = candidate->build_up_count;
	struct carved_build_up_step *steps = carved_arena_array(arena, struct carved_build_up_step, count);
	struct carved_build_up_need *needs = carved_arena_array(arena, struct carved_build_up_need, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++)
		needs[i] =
			carved_build_up_need_of(candidate, &slots->items[proposal->pieces[i].slot], proposal->pieces[i].hours_q);
	if (!carved_build_up_make(candidate, needs, proposal->piece_count, arena, steps))
		return false;
	proposal->steps = carved_arena_array(arena, struct carved_proposal_step, count);
	proposal->step_count = count;
	for (size_t k = 0; k < count; k++) {
		proposal->steps[k] = (struct carved_proposal_step){
			.week = candidate->build_up[k].week, .piece_q = steps[k].hours_q, .schedule = steps[k].schedule};
		for (size_t i = 0; i < proposal->piece_count; i++)
			proposal->steps[k].hours_q += steps[k].hours_q[i];
	}
	return true;
}

static bool lay_hours(struct making *m, struct carved_proposal *proposal)
{
	const struct carved_candidate *candidate = carved_region_candidate(m->region, proposal->candidate);
	const struct carved_slots *slots = carved_slot_table_site(m->table, proposal->site);
	return carved_proposal_lay(proposal, slots, candidate, &m->plan->arena, &proposal->schedule);
}

// Why the hours can't be laid: a slot at times that the person has none of, or the week as a whole.
static enum carved_rule stopped_by(const struct making *m, const struct carved_proposal *proposal)
{
	const struct carved_candidate *candidate = carved_region_candidate(m->region, proposal->candidate);
	const struct carved_slots *slots = carved_slot_table_site(m->table, proposal->site);
	carved_parts_mask has = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		has |= candidate->available_q[part] ? (carved_parts_mask)1 << part : 0;
	for (size_t i = 0; i < proposal->piece_count; i++) {
		if (!(slots->items[proposal->pieces[i].slot].parts & has))
			return CARVED_RULE_AVAILABILITY;
	}
	return CARVED_RULE_SCHEDULE;
}

// Why some step has no part: a piece that is too small for any package, or the steps themselves.
static enum carved_rule growth_stopped_by(const struct making *m, const struct carved_proposal *proposal)
{
	const struct carved_slots *slots = carved_slot_table_site(m->table, proposal->site);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_slot *slot = &slots->items[proposal->pieces[i].slot];
		bool opening = proposal->kind == CARVED_WHOLE_VACANCY && proposal->pieces[i].hours_q == slot->unit_q;
		if (proposal->pieces[i].hours_q < slot->chunk_q && !opening)
			return CARVED_RULE_CHUNK;
	}
	return CARVED_RULE_BUILD_UP;
}

static void add_aid(struct carved_texts *aids, const char *by)
{
	size_t at = 0;
	while (at < aids->count && strcmp(aids->items[at], by) < 0)
		at++;
	if (at < aids->count && strcmp(aids->items[at], by) == 0)
		return;
	memmove(&aids->items[at + 1], &aids->items[at], (aids->count - at) * sizeof *aids->items);
	aids->items[at] = by;
	aids->count++;
}

// The catalogue is sorted by code, so that numbers in order are codes in order.
static void list_questions(struct making *m, struct carved_proposal *proposal)
{
	size_t categories = carved_icf_count();
	for (size_t icf = 0; icf < categories; icf++)
		proposal->question_count += m->unknown[icf];
	proposal->questions = carved_arena_array(&m->plan->arena, carved_icf, proposal->question_count);
	size_t written = 0;
	for (size_t icf = 0; icf < categories; icf++) {
		if (m->unknown[icf])
			proposal->questions[written++] = (carved_icf)icf;
	}
}

static void ask_and_aid(struct making *m, struct carved_proposal *proposal)
{
	const struct carved_candidate *candidate = carved_region_candidate(m->region, proposal->candidate);
	const struct carved_site *site = carved_region_site(m->region, proposal->site);
	const struct carved_slots *slots = carved_slot_table_site(m->table, proposal->site);
	struct carved_arena scratch = CARVED_ARENA_INIT;
	memset(m->unknown, 0, carved_icf_count() * sizeof *m->unknown);
	proposal->aids.items = carved_arena_array(&m->plan->arena, const char *, candidate->supported_count + 1);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		struct carved_slot_answer answer;
		carved_rules_slot(m->region, candidate, site, &slots->items[proposal->pieces[i].slot], &m->plan->weights,
			&scratch, &answer);
		for (size_t k = 0; k < answer.level_count; k++) {
			if (carved_rules_is_unknown(&answer.levels[k]))
				m->unknown[answer.levels[k].icf] = true;
			if (answer.levels[k].aid)
				add_aid(&proposal->aids, answer.levels[k].aid->by);
		}
	}
	list_questions(m, proposal);
	carved_arena_deinit(&scratch);
}

static int hours_before_q(const struct carved_slots *slots, size_t slot)
{
	const struct carved_job *job = slots->items[slot].job;
	int sum_q = 0;
	for (size_t i = 0; i < slots->count; i++)
		sum_q += slots->items[i].job == job ? slots->items[i].hours_q : 0;
	return job->kind == CARVED_VACANCY ? sum_q : job->hours_q;
}

static bool is_occupied(const struct carved_job *job)
{
	return job->kind == CARVED_JOB && job->incumbents > 0;
}

static void list_donors(struct making *m, struct carved_proposal *proposal)
{
	const struct carved_site *site = carved_region_site(m->region, proposal->site);
	const struct carved_slots *slots = carved_slot_table_site(m->table, proposal->site);
	bool agreed = site->staff_agreed != CARVED_DATE_NONE && site->staff_agreed <= m->plan->date;
	struct carved_donor *donor = NULL;
	proposal->donors = carved_arena_array(&m->plan->arena, struct carved_donor, proposal->piece_count);
	for (size_t i = 0; i < proposal->piece_count; i++) {
		const struct carved_slot *slot = &slots->items[proposal->pieces[i].slot];
		if (!donor || donor->job != slot->job) {
			donor = &proposal->donors[proposal->donor_count++];
			*donor = (struct carved_donor){
				.job = slot->job, .before_q = hours_before_q(slots, proposal->pieces[i].slot)};
		}
		if (!(slot->task->undone && slot->job->kind == CARVED_JOB))
			donor->carved_q += proposal->pieces[i].hours_q;
		proposal->needs_staff_agreed = proposal->needs_staff_agreed || (is_occupied(slot->job) && !agreed);
	}
	for (size_t i = 0; i < proposal->donor_count; i++) {
		size_t job = (size_t)(proposal->donors[i].job - site->jobs);
		m->taken_q[carved_slot_table_first_job(m->table, proposal->site) + job] += proposal->donors[i].carved_q;
	}
}

// Once the whole plan is known.
static void fill_in_left(struct making *m)
{
	for (size_t p = 0; p < m->plan->proposal_count; p++) {
		struct carved_proposal *proposal = &m->plan->proposals[p];
		const struct carved_site *site = carved_region_site(m->region, proposal->site);
		size_t first = carved_slot_table_first_job(m->table, proposal->site);
		for (size_t i = 0; i < proposal->donor_count; i++) {
			struct carved_donor *donor = &proposal->donors[i];
			donor->left_q = donor->before_q - m->taken_q[first + (size_t)(donor->job - site->jobs)];
		}
	}
}

static bool make_proposal(struct making *m, const struct carved_package *package, struct carved_proposal *proposal)
{
	if (!is_readable(m, package))
		return false;
	*proposal = (struct carved_proposal){
		.candidate = package->candidate,
		.site = package->site,
		.kind = package->kind,
		.parts = package->parts,
		.value = package->value,
		.options = -1,
	};
	copy_pieces(m, package, proposal);
	const struct carved_pin *pin = carved_pins_find(&m->plan->pins, proposal->candidate);
	bool stands = pin && pin->stands;
	if (!lay_hours(m, proposal) && !stands)
		return refuse(m, package, stopped_by(m, proposal));
	if (!carved_proposal_grow(proposal, carved_slot_table_site(m->table, proposal->site),
		    carved_region_candidate(m->region, proposal->candidate), &m->plan->arena) &&
		!stands)
		return refuse(m, package, growth_stopped_by(m, proposal));
	ask_and_aid(m, proposal);
	list_donors(m, proposal);
	return true;
}

static bool make_proposals(struct making *m, const struct carved_solution *solution)
{
	struct carved_plan *plan = m->plan;
	plan->proposals = carved_arena_array(&plan->arena, struct carved_proposal, solution->package_count);
	for (uint32_t p = 0; p < solution->package_count; p++) {
		const struct carved_package *package = &solution->packages[p];
		if (!make_proposal(m, package, &plan->proposals[p]))
			return false;
		if (p > 0 && package[-1].candidate >= package->candidate)
			return refuse(m, package, CARVED_RULE_ONE);
		plan->proposal_count++;
	}
	fill_in_left(m);
	return true;
}

int carved_plan_options(const struct carved_region *region, struct carved_options *options, const struct carved_weights *weights,
	size_t candidate)
{
	int most = carved_weights_options_most(weights);
	if (most < CARVED_PLAN_OPTIONS_MOST)
		most = CARVED_PLAN_OPTIONS_MOST;
	return carved_options_count_up_to(options, carved_region_candidate(region, candidate), most) +
	       carved_region_options_elsewhere(region, candidate);
}

static int64_t *copy_prices(struct making *m, const int64_t *prices, size_t count)
{
	int64_t *copy = carved_arena_array(&m->plan->arena, int64_t, count);
	if (prices && count)
		memcpy(copy, prices, count * sizeof *copy);
	return copy;
}

static void copy_certificate(struct making *m, const struct carved_solution *solution)
{
	const struct carved_prices *from = &solution->prices;
	size_t sites = count_of(m, CARVED_KIND_SITE), coaches = count_of(m, CARVED_KIND_COACH);
	m->plan->prices = (struct carved_prices){
		.slot = copy_prices(m, from->slot, carved_slot_table_first_slot(m->table, sites)),
		.donor = copy_prices(m, from->donor, carved_slot_table_first_job(m->table, sites)),
		.supervision = copy_prices(m, from->supervision, sites),
		.places = copy_prices(m, from->places, sites),
		.coach = copy_prices(m, from->coach, coaches),
		.reserve = copy_prices(m, from->reserve, coaches),
	};
	carved_proof_copy(&m->plan->proof, &solution->proof, count_of(m, CARVED_KIND_CANDIDATE), &m->plan->arena);
	m->plan->pairs_bounded = solution->pairs_bounded;
}

static void start_making(struct making *m)
{
	m->taken_q = carved_arena_array(&m->scratch, int, carved_slot_table_first_job(m->table, count_of(m, CARVED_KIND_SITE)));
	m->unknown = carved_arena_array(&m->scratch, bool, carved_icf_count());
}

bool carved_plan_make_single(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_package *package, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	const struct carved_solution solution = {.packages = (struct carved_package *)(uintptr_t)package, .package_count = 1};
	struct carved_plan plan = {
		.date = date, .review_months = CARVED_REVIEW_MONTHS, .weights = *weights, .value = package->value};
	struct making m = {.region = region, .table = table, .plan = &plan, .error = error};
	start_making(&m);
	bool made = make_proposals(&m, &solution);
	if (made)
		*ret_plan = plan;
	else
		carved_arena_deinit(&plan.arena);
	carved_arena_deinit(&m.scratch);
	return made;
}

const struct carved_pin *carved_pins_find(const struct carved_pins *pins, size_t candidate)
{
	size_t low = 0, high = pins->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (pins->items[middle].candidate < candidate)
			low = middle + 1;
		else
			high = middle;
	}
	return low < pins->count && pins->items[low].candidate == candidate ? &pins->items[low] : NULL;
}

bool carved_plan_make_from(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	const struct carved_pins none = {.count = 0};
	return carved_plan_make_pinned(outlook, table, weights, solution, &none, ret_plan, error);
}

bool carved_plan_make_pinned(const struct carved_outlook *outlook, const struct carved_slot_table *table,
	const struct carved_weights *weights, const struct carved_solution *solution, const struct carved_pins *pins,
	struct carved_plan *ret_plan, struct carved_error *error)
{
	struct carved_plan plan = {.review_months = CARVED_REVIEW_MONTHS,
		.date = outlook->options->date,
		.weights = *weights,
		.value = solution->value,
		.bound = solution->bound,
		.pins = *pins};
	struct making m = {.region = outlook->options->region, .table = table, .plan = &plan, .error = error};
	start_making(&m);
	bool made = make_proposals(&m, solution);
	if (made) {
		carved_plan_give_reasons(&plan, outlook, table);
		copy_certificate(&m, solution);
		*ret_plan = plan;
	} else {
		carved_arena_deinit(&plan.arena);
	}
	carved_arena_deinit(&m.scratch);
	return made;
}

void carved_plan_make_early(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan)
{
	struct carved_plan plan = {.review_months = CARVED_REVIEW_MONTHS,
		.date = date,
		.weights = *weights,
		.value = solution->value,
		.bound = solution->bound,
		.early = true};
	struct making m = {.region = region, .table = table, .plan = &plan};
	copy_certificate(&m, solution);
	*ret_plan = plan;
}

bool carved_plan_make(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_solution *solution, struct carved_plan *ret_plan,
	struct carved_error *error)
{
	struct carved_outlook *outlook = carved_outlook_new(region, date, weights, NULL);
	bool made = carved_plan_make_from(outlook, table, weights, solution, ret_plan, error);
	carved_outlook_free(outlook);
	return made;
}

void carved_plan_deinit(struct carved_plan *plan)
{
	carved_arena_deinit(&plan->arena);
	*plan = (struct carved_plan){0};
}
