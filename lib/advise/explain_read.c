// SPDX-License-Identifier: EUPL-1.2
// The reader beside carved_plan_format_proposal: a stored proposal back on the slots and jobs of its site.
#include "carved/advise/explain.h"
#include <string.h>

struct reading {
	const struct carved_site *site;
	const struct carved_slots *slots;
	struct carved_arena *arena;
	struct carved_proposal *proposal;
	struct carved_error *error;
};

static int hours_q(const struct carved_node *node, const char *key)
{
	return (int)(carved_node_get_real(node, key, 0) * 4 + 0.5); // ours are whole quarters
}

static bool refuse(const struct reading *r)
{
	carved_error_set(r->error, CARVED_PROPOSAL_UNREADABLE);
	return false;
}

static bool find_slot(const struct reading *r, const struct carved_node *node, size_t *ret_slot)
{
	const char *work = carved_node_get_text(node, "job", carved_node_get_text(node, "vacancy", ""));
	const char *task = carved_node_get_text(node, "task", ""), *part = carved_node_get_text(node, "part", NULL);
	int day_part = part ? carved_day_part_parse(part) : -1;
	for (size_t t = 0; t < r->slots->count; t++) {
		const struct carved_slot *slot = &r->slots->items[t];
		if (slot->part == day_part && strcmp(slot->task->ref, task) == 0 && strcmp(slot->job->ref, work) == 0) {
			*ret_slot = t;
			return true;
		}
	}
	carved_error_set(r->error, CARVED_EXPLANATION_NO_TASK);
	carved_error_add(r->error, "work", work);
	carved_error_add(r->error, "task", task);
	return false;
}

static bool read_pieces(const struct reading *r, const struct carved_node *slots)
{
	struct carved_proposal *p = r->proposal;
	if (!slots || slots->count == 0)
		return refuse(r);
	p->pieces = carved_arena_array(r->arena, struct carved_proposal_piece, slots->count);
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next) {
		struct carved_proposal_piece *piece = &p->pieces[p->piece_count++];
		piece->hours_q = hours_q(slot, "hours");
		if (!find_slot(r, slot, &piece->slot))
			return false;
	}
	return true;
}

static bool read_schedule(const struct reading *r, const struct carved_node *schedule, struct carved_schedule *s)
{
	s->entries = carved_arena_array(r->arena, struct carved_schedule_entry, schedule ? schedule->count : 0);
	for (const struct carved_node *node = carved_node_first(schedule); node; node = node->next) {
		int64_t slot = carved_node_get_integer(node, "slot", -1);
		int part = carved_day_part_parse(carved_node_get_text(node, "part", ""));
		if (slot < 0 || (size_t)slot >= r->proposal->piece_count || part < 0)
			return refuse(r);
		s->entries[s->count++] =
			(struct carved_schedule_entry){.need = (size_t)slot, .part = part, .hours_q = hours_q(node, "hours")};
	}
	return true;
}

static bool read_step(const struct reading *r, const struct carved_node *node, struct carved_proposal_step *step)
{
	step->week = (int)carved_node_get_integer(node, "week", 0);
	step->hours_q = hours_q(node, "hours");
	step->piece_q = carved_arena_array(r->arena, int, r->proposal->piece_count);
	for (const struct carved_node *part = carved_node_first(carved_node_get(node, "slots")); part; part = part->next) {
		int64_t slot = carved_node_get_integer(part, "slot", -1);
		if (slot < 0 || (size_t)slot >= r->proposal->piece_count)
			return refuse(r);
		step->piece_q[slot] = hours_q(part, "hours");
	}
	return read_schedule(r, carved_node_get(node, "schedule"), &step->schedule);
}

// Proposals of before the rule have none.
static bool read_steps(const struct reading *r, const struct carved_node *steps)
{
	struct carved_proposal *p = r->proposal;
	p->steps = carved_arena_array(r->arena, struct carved_proposal_step, steps ? steps->count : 0);
	for (const struct carved_node *node = carved_node_first(steps); node; node = node->next) {
		if (!read_step(r, node, &p->steps[p->step_count++]))
			return false;
	}
	return true;
}

static bool read_questions(const struct reading *r, const struct carved_node *questions)
{
	struct carved_proposal *p = r->proposal;
	p->questions = carved_arena_array(r->arena, carved_icf, questions ? questions->count : 0);
	for (const struct carved_node *node = carved_node_first(questions); node; node = node->next) {
		carved_icf icf = node->text ? carved_icf_find(node->text) : CARVED_ICF_NONE;
		if (icf == CARVED_ICF_NONE)
			return refuse(r);
		p->questions[p->question_count++] = icf;
	}
	return true;
}

static bool read_aids(const struct reading *r, const struct carved_node *aids)
{
	struct carved_texts *texts = &r->proposal->aids;
	texts->items = carved_arena_array(r->arena, const char *, aids ? aids->count : 0);
	for (const struct carved_node *node = carved_node_first(aids); node; node = node->next) {
		if (!node->text)
			return refuse(r);
		texts->items[texts->count++] = carved_arena_strdup(r->arena, node->text);
	}
	return true;
}

// Donors are jobs and vacancies of the site; one that is gone is a task that is gone, and was told.
static bool read_donors(const struct reading *r, const struct carved_node *donors)
{
	struct carved_proposal *p = r->proposal;
	p->donors = carved_arena_array(r->arena, struct carved_donor, donors ? donors->count : 0);
	for (const struct carved_node *node = carved_node_first(donors); node; node = node->next) {
		const char *ref = carved_node_get_text(node, "job", "");
		const struct carved_job *job = NULL;
		for (size_t j = 0; j < r->site->job_count && !job; j++)
			job = strcmp(r->site->jobs[j].ref, ref) == 0 ? &r->site->jobs[j] : NULL;
		if (!job)
			return refuse(r);
		p->donors[p->donor_count++] = (struct carved_donor){.job = job,
			.before_q = hours_q(node, "before"),
			.carved_q = hours_q(node, "carved"),
			.left_q = hours_q(node, "left")};
	}
	return true;
}

static void read_figures(const struct reading *r, const struct carved_node *root)
{
	struct carved_proposal *p = r->proposal;
	const struct carved_node *parts = carved_node_get(root, "parts");
	p->kind = strcmp(carved_node_get_text(root, "kind", ""), "vacancy") == 0 ? CARVED_WHOLE_VACANCY : CARVED_CARVED;
	p->hours_q = hours_q(root, "hours");
	p->value = carved_node_get_integer(root, "value", 0);
	p->options = (int)carved_node_get_integer(root, "options", -1);
#define X(part) p->parts.part = carved_node_get_integer(parts, #part, 0);
	CARVED_VALUE_PARTS(X)
#undef X
	for (const struct carved_node *node = carved_node_first(carved_node_get(root, "conditions")); node; node = node->next)
		p->needs_staff_agreed = p->needs_staff_agreed || (node->text && strcmp(node->text, "staff-agreed") == 0);
}

bool carved_explain_read(const char *json, size_t length, const struct carved_site *site, const struct carved_slots *slots,
	struct carved_arena *arena, struct carved_proposal *ret_proposal, struct carved_error *error)
{
	struct carved_proposal proposal = {0};
	struct reading r = {.site = site, .slots = slots, .arena = arena, .proposal = &proposal, .error = error};
	struct carved_arena scratch = CARVED_ARENA_INIT;
	const struct carved_node *root;
	uint32_t line, column;
	bool good = carved_json_parse(json, length, &scratch, &root, error, &line, &column) || refuse(&r);
	if (good) {
		read_figures(&r, root);
		good = read_pieces(&r, carved_node_get(root, "slots")) &&
		       read_schedule(&r, carved_node_get(root, "schedule"), &proposal.schedule) &&
		       read_steps(&r, carved_node_get(root, "steps")) && read_questions(&r, carved_node_get(root, "questions")) &&
		       read_aids(&r, carved_node_get(root, "aids")) && read_donors(&r, carved_node_get(root, "donors"));
	}
	if (good)
		*ret_proposal = proposal;
	carved_arena_deinit(&scratch);
	return good;
}
