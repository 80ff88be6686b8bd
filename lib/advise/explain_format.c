// SPDX-License-Identifier: EUPL-1.2
// The coach's view: everything. Tasks with their fit: explain_format_tasks.c; the points: explain_format_points.c.
#include "explaining.h"
#include "formatting.h"

enum { COMPLETE = 4 };

static const char *const basis_names[] = {
	[CARVED_STATED] = "stated",
	[CARVED_FROM_ANCESTOR] = "from-ancestor",
	[CARVED_FROM_DESCENDANT] = "from-descendant",
	[CARVED_UNKNOWN] = "unknown",
	[CARVED_NOT_STATED_BARRIER] = "not-stated",
};
static const char *const unknown_names[] = {[CARVED_UNKNOWN_NOT_STATED] = "not-stated",
	[CARVED_UNKNOWN_NOT_ASSESSED] = "not-assessed",
	[CARVED_UNKNOWN_NARROWER] = "narrower-only"};

void carved_explain_add_category(struct carved_json_writer *writer, carved_icf icf, enum carved_language language)
{
	carved_json_add_text(writer, "category", carved_icf_code(icf));
	carved_json_add_text(writer, "label", carved_icf_label(icf, language));
}

// ---- categories

static void add_margin(struct carved_json_writer *writer, bool unknown, int margin, const struct carved_supported *aid)
{
	if (unknown)
		carved_json_add_text(writer, "margin", NULL);
	else
		carved_json_add_integer(writer, "margin", margin);
	carved_json_add_text(writer, "aid", aid ? aid->by : NULL);
	if (aid)
		carved_json_add_integer(writer, "aidedCapacity", COMPLETE - aid->limitation);
}

static void add_uses(struct carved_json_writer *writer, const struct carved_explained_category *category)
{
	carved_json_begin_array(writer, "uses");
	for (size_t i = 0; i < category->use_count; i++) {
		const struct carved_explained_use *use = &category->uses[i];
		carved_json_begin_object(writer, NULL);
		carved_json_add_integer(writer, "slot", (int64_t)use->task);
		carved_json_add_integer(writer, "demand", use->level);
		add_margin(writer, use->unknown, use->margin, use->aid);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void add_basis(struct carved_json_writer *writer, const struct carved_explained_category *category)
{
	bool unknown = category->unknown != CARVED_NOT_UNKNOWN;
	carved_json_add_text(writer, "basis", basis_names[category->basis]);
	carved_json_add_text(
		writer, "statedAt", category->stated_at == CARVED_ICF_NONE ? NULL : carved_icf_code(category->stated_at));
	if (unknown)
		carved_json_add_text(writer, "why", unknown_names[category->unknown]);
	if (unknown)
		carved_json_add_text(writer, "capacity", NULL);
	else
		carved_json_add_integer(writer, "capacity", COMPLETE - category->limitation);
}

static void add_categories(struct carved_json_writer *writer, const struct carved_explanation *e, enum carved_language language)
{
	carved_json_begin_array(writer, "categories");
	for (size_t i = 0; i < e->category_count; i++) {
		const struct carved_explained_category *category = &e->categories[i];
		carved_json_begin_object(writer, NULL);
		carved_explain_add_category(writer, category->icf, language);
		carved_json_add_text(writer, "rule", category->is_exposure ? "environment" : "capacity");
		carved_json_add_integer(writer, "demand", category->level);
		add_basis(writer, category);
		add_margin(writer, category->unknown != CARVED_NOT_UNKNOWN, category->margin, category->aid);
		add_uses(writer, category);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// ---- questions and aids

static void add_question(
	struct carved_json_writer *writer, const struct carved_explained_category *category, enum carved_language language)
{
	const char *label = carved_icf_label(category->icf, language);
	struct carved_error parameters;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_error_set(&parameters, CARVED_OK);
	carved_error_add(&parameters, "label", label ? label : carved_icf_code(category->icf));
	carved_text_fill(language, category->is_exposure ? "explain.question.environment" : "explain.question.capacity",
		&parameters, &text);
	carved_json_begin_object(writer, NULL);
	carved_explain_add_category(writer, category->icf, language);
	carved_json_add_text(writer, "text", text.data);
	carved_json_begin_array(writer, "slots");
	for (size_t i = 0; i < category->use_count; i++)
		carved_json_add_integer(writer, NULL, (int64_t)category->uses[i].task);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
	carved_buffer_deinit(&text);
}

static void add_risk(struct carved_json_writer *writer, size_t task, const struct carved_override *override, const char *category)
{
	if (!override)
		return;
	carved_json_begin_object(writer, NULL);
	carved_json_add_integer(writer, "slot", (int64_t)task);
	carved_json_add_text(writer, "rule", carved_override_rule_names[override->rule]);
	if (category)
		carved_json_add_text(writer, "category", category);
	carved_json_add_text(writer, "reason", override->reason);
	carved_json_add_date(writer, "agreed", override->agreed);
	carved_json_end_object(writer);
}

// Rules that coach and candidate overruled and that would have refused a task.
static void add_risks(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	carved_json_begin_array(writer, "risks");
	for (size_t t = 0; t < e->task_count; t++) {
		const struct carved_slot_answer *answer = &e->tasks[t].answer;
		for (size_t i = 0; i < answer->level_count; i++)
			add_risk(writer, t, answer->levels[i].overruled, carved_icf_code(answer->levels[i].icf));
		add_risk(writer, t, answer->requirement_overruled, NULL);
		add_risk(writer, t, answer->never_overruled, NULL);
	}
	carved_json_end_array(writer);
}

static void add_aids(struct carved_json_writer *writer, const struct carved_explanation *e, enum carved_language language)
{
	carved_json_begin_array(writer, "aids");
	for (size_t i = 0; i < e->aid_count; i++) {
		const struct carved_explained_aid *aid = &e->aids[i];
		carved_json_begin_object(writer, NULL);
		carved_explain_add_aid(writer, e, aid, "explain", language);
		carved_json_begin_array(writer, "categories");
		for (size_t k = 0; k < aid->category_count; k++)
			carved_json_add_text(writer, NULL, carved_icf_code(e->categories[aid->categories[k]].icf));
		carved_json_end_array(writer);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// ---- the package as a whole

// Day parts that the person has, and how much of each is used.
static void add_availability(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	const struct carved_schedule *schedule = &e->input.proposal->schedule;
	int used_q[CARVED_DAY_PARTS] = {0};
	for (size_t i = 0; i < schedule->count; i++)
		used_q[schedule->entries[i].part] += schedule->entries[i].hours_q;
	carved_json_begin_array(writer, "availability");
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (e->input.candidate->available_q[part] == 0)
			continue;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "part", carved_day_part_names[part]);
		carved_json_add_hours(writer, "available", e->input.candidate->available_q[part]);
		carved_json_add_hours(writer, "used", used_q[part]);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void add_wished_hours(struct carved_json_writer *writer, const struct carved_candidate *candidate)
{
	carved_json_begin_object(writer, "wished");
	carved_json_add_hours(writer, "min", candidate->min_q);
	carved_json_add_hours(writer, "max", candidate->max_q);
	carved_json_add_hours(writer, "perDay", candidate->per_day_q);
	carved_json_add_hours(writer, "perVisit", candidate->per_visit_q);
	carved_json_end_object(writer);
}

static void add_limits(struct carved_json_writer *writer, const struct carved_explanation *e, enum carved_language language)
{
	carved_json_begin_array(writer, "limits");
	for (size_t i = 0; i < e->limit_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_explain_add_category(writer, e->limits[i].limit->icf, language);
		carved_json_add_integer(writer, "demand", e->limits[i].limit->level);
		carved_json_add_hours(writer, "most", e->limits[i].limit->hours_q);
		carved_json_add_hours(writer, "used", e->limits[i].used_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void add_musts(struct carved_json_writer *writer, const struct carved_explanation *e, enum carved_language language)
{
	carved_json_begin_array(writer, "musts");
	for (size_t i = 0; i < e->must_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "wish", e->musts[i].wish);
		carved_json_add_text(writer, "tag", e->musts[i].tag);
		carved_json_add_text(writer, "label", carved_explain_tag(e->input.region, e->musts[i].tag, language));
		carved_json_add_integer(writer, "slot", (int64_t)e->musts[i].task);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// Travel, donor jobs and supervisors, each with the most that the person's document allows.
static void add_reach(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	const struct carved_candidate *candidate = e->input.candidate;
	carved_json_begin_object(writer, "travel");
	carved_json_add_text(writer, "mode", carved_explain_mode_names[candidate->mode]);
	carved_json_add_integer(writer, "minutes", e->minutes);
	carved_json_add_integer(writer, "most", candidate->max_minutes);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "jobs");
	carved_json_add_integer(writer, "used", (int64_t)e->donor_count);
	carved_json_add_integer(writer, "most", candidate->jobs_max);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "supervisors");
	carved_json_begin_array(writer, "names");
	for (size_t i = 0; i < e->supervisors.count; i++)
		carved_json_add_text(writer, NULL, e->supervisors.items[i]);
	carved_json_end_array(writer);
	if (candidate->supervisors_max)
		carved_json_add_integer(writer, "most", candidate->supervisors_max);
	else
		carved_json_add_text(writer, "most", NULL);
	carved_json_end_object(writer);
}

static void add_support(struct carved_json_writer *writer, const struct carved_explanation *e)
{
	carved_json_begin_object(writer, "support");
	carved_json_add_text(writer, "coach", e->input.candidate->coach);
	carved_json_add_hours(writer, "coachHours", e->input.candidate->coach_q);
	carved_json_begin_array(writer, "coachSteps");
	for (size_t i = 0; i < e->input.candidate->coach_step_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_integer(writer, "week", e->input.candidate->coach_steps[i].week);
		carved_json_add_hours(writer, "hours", e->input.candidate->coach_steps[i].hours_q);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	if (e->input.coach)
		carved_json_add_hours(writer, "hoursOfCoach", e->input.coach->hours_q);
	else
		carved_json_add_text(writer, "hoursOfCoach", NULL);
	carved_json_add_hours(writer, "buddyHours", e->input.candidate->buddy_q);
	carved_json_add_hours(writer, "hoursOfBuddies", e->input.site->supervision_q);
	carved_json_end_object(writer);
}

void carved_explanation_format(
	const struct carved_explanation *e, enum carved_language language, struct carved_json_writer *writer)
{
	const struct carved_explain_input *input = &e->input;
	carved_json_add_text(writer, "candidate", input->candidate->ref);
	carved_json_add_text(writer, "site", input->site->ref);
	carved_json_add_text(writer, "name", input->site->name);
	carved_json_add_text(writer, "employer", input->site->employer);
	carved_json_add_text(writer, "kind", input->proposal->kind == CARVED_WHOLE_VACANCY ? "vacancy" : "carved");
	carved_json_add_date(writer, "date", input->date);
	carved_json_add_hours(writer, "hours", input->proposal->hours_q);
	add_wished_hours(writer, input->candidate);
	carved_explain_add_fits(writer, e, language);
	add_categories(writer, e, language);
	carved_json_begin_array(writer, "questions");
	for (size_t i = 0; i < e->question_count; i++)
		add_question(writer, &e->categories[e->questions[i]], language);
	carved_json_end_array(writer);
	add_risks(writer, e);
	add_aids(writer, e, language);
	carved_explain_add_week(writer, e);
	carved_plan_format_steps(e->input.proposal, writer);
	add_availability(writer, e);
	add_limits(writer, e, language);
	add_musts(writer, e, language);
	add_reach(writer, e);
	add_support(writer, e);
	carved_explain_add_donors(writer, e);
	carved_explain_add_conditions(writer, e, "explain", language);
	carved_explain_add_consent(writer, e);
	carved_plan_format_review(input->candidate, input->date, input->review_months, writer);
	carved_explain_add_points(writer, e);
}
