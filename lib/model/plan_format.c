// SPDX-License-Identifier: EUPL-1.2
// A plan as JSON: DESIGN section 3, "A plan in JSON".
#include "plan_format.h"
#include "carved/model/plan.h"

const char *const carved_plan_kind_names[] = {[CARVED_CARVED] = "carved", [CARVED_WHOLE_VACANCY] = "vacancy"};

void carved_plan_format_job(struct carved_json_writer *writer, const struct carved_job *job)
{
	carved_json_add_text(writer, job->kind == CARVED_VACANCY ? "vacancy" : "job", job->ref);
}

// What names a slot inside its site.
void carved_plan_format_slot_name(struct carved_json_writer *writer, const struct carved_slot *slot)
{
	carved_plan_format_job(writer, slot->job);
	carved_json_add_text(writer, "task", slot->task->ref);
	if (slot->part >= 0)
		carved_json_add_text(writer, "part", carved_day_part_names[slot->part]);
}

void carved_plan_format_parts(struct carved_json_writer *writer, const struct carved_value_parts *parts)
{
	carved_json_begin_object(writer, "parts");
#define X(part) carved_json_add_integer(writer, #part, parts->part);
	CARVED_VALUE_PARTS(X)
#undef X
	carved_json_end_object(writer);
}

static void format_pieces(
	const struct carved_proposal *proposal, const struct carved_slots *slots, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < proposal->piece_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_plan_format_slot_name(writer, &slots->items[proposal->pieces[i].slot]);
		carved_json_add_hours(writer, "hours", proposal->pieces[i].hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_schedule(const struct carved_schedule *schedule, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "schedule");
	for (size_t i = 0; i < schedule->count; i++) {
		const struct carved_schedule_entry *entry = &schedule->entries[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_integer(writer, "slot", (int64_t)entry->need);
		carved_json_add_text(writer, "part", carved_day_part_names[entry->part]);
		carved_json_add_hours(writer, "hours", entry->hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// What to do from which week on; `slot` is the index in the proposal's slots.
void carved_plan_format_steps(const struct carved_proposal *proposal, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "steps");
	for (size_t k = 0; k < proposal->step_count; k++) {
		const struct carved_proposal_step *step = &proposal->steps[k];
		carved_json_begin_object(writer, NULL);
		carved_json_add_integer(writer, "week", step->week);
		carved_json_add_hours(writer, "hours", step->hours_q);
		carved_json_begin_array(writer, "slots");
		for (size_t i = 0; i < proposal->piece_count; i++) {
			if (step->piece_q[i] == 0)
				continue;
			carved_json_begin_object(writer, NULL);
			carved_json_add_integer(writer, "slot", (int64_t)i);
			carved_json_add_hours(writer, "hours", step->piece_q[i]);
			carved_json_end_object(writer);
		}
		carved_json_end_array(writer);
		format_schedule(&step->schedule, writer);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void format_donors(const struct carved_proposal *proposal, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "donors");
	for (size_t i = 0; i < proposal->donor_count; i++) {
		const struct carved_donor *donor = &proposal->donors[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "job", donor->job->ref);
		carved_json_add_hours(writer, "before", donor->before_q);
		carved_json_add_hours(writer, "carved", donor->carved_q);
		carved_json_add_hours(writer, "left", donor->left_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

void carved_plan_format_work(
	const struct carved_proposal *proposal, const struct carved_slots *slots, struct carved_json_writer *writer)
{
	format_pieces(proposal, slots, writer);
	format_schedule(&proposal->schedule, writer);
}

void carved_plan_format_giving(const struct carved_proposal *proposal, struct carved_json_writer *writer)
{
	format_donors(proposal, writer);
	carved_json_begin_array(writer, "conditions");
	if (proposal->needs_staff_agreed)
		carved_json_add_text(writer, NULL, "staff-agreed");
	carved_json_end_array(writer);
}

static void format_notes(const struct carved_proposal *proposal, struct carved_json_writer *writer)
{
	carved_json_begin_array(writer, "questions");
	for (size_t i = 0; i < proposal->question_count; i++)
		carved_json_add_text(writer, NULL, carved_icf_code(proposal->questions[i]));
	carved_json_end_array(writer);
	carved_json_begin_array(writer, "aids");
	for (size_t i = 0; i < proposal->aids.count; i++)
		carved_json_add_text(writer, NULL, proposal->aids.items[i]);
	carved_json_end_array(writer);
}

static void format_risk(
	struct carved_json_writer *writer, size_t piece, const struct carved_override *override, const char *category)
{
	char date[CARVED_DATE_TEXT_MAX];
	if (!override)
		return;
	carved_json_begin_object(writer, NULL);
	carved_json_add_integer(writer, "slot", (int64_t)piece);
	carved_json_add_text(writer, "rule", carved_override_rule_names[override->rule]);
	if (category)
		carved_json_add_text(writer, "category", category);
	carved_json_add_text(writer, "reason", override->reason);
	carved_json_add_text(writer, "agreed", carved_date_format(override->agreed, date));
	carved_json_end_object(writer);
}

// Rules that coach and candidate overruled and that would have refused a slot of the package.
static void format_risks(const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_proposal *proposal, const struct carved_slots *slots, struct carved_json_writer *writer)
{
	const struct carved_candidate *candidate = carved_region_candidate(region, proposal->candidate);
	struct carved_arena scratch = CARVED_ARENA_INIT;
	carved_json_begin_array(writer, "risks");
	for (size_t i = 0; candidate->override_count && i < proposal->piece_count; i++) {
		struct carved_slot_answer answer;
		carved_rules_slot(region, candidate, carved_region_site(region, proposal->site),
			&slots->items[proposal->pieces[i].slot], &plan->weights, &scratch, &answer);
		for (size_t k = 0; k < answer.level_count; k++)
			format_risk(writer, i, answer.levels[k].overruled, carved_icf_code(answer.levels[k].icf));
		format_risk(writer, i, answer.requirement_overruled, NULL);
		format_risk(writer, i, answer.never_overruled, NULL);
	}
	carved_json_end_array(writer);
	carved_arena_deinit(&scratch);
}

void carved_plan_format_review(
	const struct carved_candidate *candidate, carved_date date, int months, struct carved_json_writer *writer)
{
	char text[CARVED_DATE_TEXT_MAX];
	carved_date since = carved_rules_review_since(candidate, date, months);
	if (since == CARVED_DATE_NONE)
		return;
	carved_json_begin_object(writer, "review");
	carved_json_add_text(writer, "since", carved_date_format(since, text));
	carved_json_end_object(writer);
}

void carved_plan_format_proposal(const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, size_t index, struct carved_json_writer *writer)
{
	const struct carved_proposal *proposal = &plan->proposals[index];
	carved_json_add_text(writer, "candidate", carved_region_candidate(region, proposal->candidate)->ref);
	carved_json_add_text(writer, "site", carved_region_site(region, proposal->site)->ref);
	carved_json_add_text(writer, "kind", carved_plan_kind_names[proposal->kind]);
	carved_json_add_hours(writer, "hours", proposal->hours_q);
	carved_json_add_integer(writer, "value", proposal->value);
	carved_plan_format_parts(writer, &proposal->parts);
	if (proposal->options >= 0)
		carved_json_add_integer(writer, "options", proposal->options);
	carved_plan_format_work(proposal, carved_slot_table_site(table, proposal->site), writer);
	carved_plan_format_steps(proposal, writer);
	format_notes(proposal, writer);
	format_risks(plan, region, proposal, carved_slot_table_site(table, proposal->site), writer);
	carved_plan_format_giving(proposal, writer);
	carved_plan_format_review(carved_region_candidate(region, proposal->candidate), plan->date, plan->review_months, writer);
}

void carved_plan_format_package(
	const struct carved_plan *plan, const struct carved_slot_table *table, size_t index, struct carved_json_writer *writer)
{
	const struct carved_proposal *proposal = &plan->proposals[index];
	carved_json_add_text(writer, "kind", carved_plan_kind_names[proposal->kind]);
	carved_json_add_hours(writer, "hours", proposal->hours_q);
	carved_plan_format_work(proposal, carved_slot_table_site(table, proposal->site), writer);
	format_notes(proposal, writer);
	carved_plan_format_giving(proposal, writer);
}

void carved_plan_format_slot(struct carved_json_writer *writer, const struct carved_slot *slot)
{
	carved_plan_format_slot_name(writer, slot);
}

void carved_plan_format_weights(const struct carved_weights *weights, struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_object(writer, key);
	for (size_t i = 0; i < carved_weight_count; i++)
		carved_json_add_integer(writer, carved_weight_infos[i].name, carved_weight_get(weights, &carved_weight_infos[i]));
	carved_json_end_object(writer);
}
