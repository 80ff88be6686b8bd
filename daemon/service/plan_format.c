// SPDX-License-Identifier: EUPL-1.2
#include "plan_format.h"
#include "carved/base/quarters.h"
#include "problem.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void carved_plan_write_time(struct carved_json_writer *writer, const char *key, int64_t when_ms)
{
	char text[32];
	struct tm tm;
	time_t seconds = (time_t)(when_ms / 1000);
	gmtime_r(&seconds, &tm);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
	carved_json_add_text(writer, key, text);
}

static void write_from(struct carved_json_writer *writer, const struct carved_plan_from *from)
{
	carved_json_begin_object(writer, "from");
	carved_json_add_text(writer, "plan", from->plan);
	if (from->most_changes != CARVED_NONE)
		carved_json_add_integer(writer, "maxChanges", from->most_changes);
	carved_json_add_integer(writer, "keepWeight", from->keep_weight);
	if (from->pin_count > 0) {
		carved_json_begin_array(writer, "pin");
		for (size_t i = 0; i < from->pin_count; i++)
			carved_json_add_text(writer, NULL, from->pins[i]);
		carved_json_end_array(writer);
	}
	carved_json_end_object(writer);
}

void carved_plan_write_head(struct carved_json_writer *writer, const struct carved_plan_head *head, const char *state)
{
	carved_json_add_text(writer, "id", head->id);
	carved_json_add_text(writer, "state", state);
	carved_json_add_bool(writer, "simulated", head->simulated);
	carved_json_add_date(writer, "date", head->date);
	carved_json_add_integer(writer, "seed", (int64_t)head->seed);
	carved_plan_write_time(writer, "created", head->created_at);
	if (head->created_by)
		carved_json_add_text(writer, "createdBy", head->created_by);
	if (head->from.plan[0])
		write_from(writer, &head->from);
}

// How far the plan departs from the one that it began from.
static void write_departure(struct carved_json_writer *writer, const struct carved_plan_result *result)
{
	size_t different = carved_plan_base_count_different(result->base, result->region, result->table, result->plan);
	size_t chosen = result->solution->changes < different ? result->solution->changes : different;
	carved_json_add_integer(writer, "different", (int64_t)different);
	carved_json_add_integer(writer, "hadTo", (int64_t)(different - chosen));
}

static void write_rules(
	const struct carved_plan_result *result, size_t package, struct carved_json_writer *writer, const char *key)
{
	enum carved_rule rules[CARVED_RULE_COUNT];
	size_t count = carved_plan_base_broken(result->base, result->region, result->table, package, rules);
	carved_json_begin_array(writer, key);
	for (size_t i = 0; i < count; i++)
		carved_json_add_text(writer, NULL, carved_rule_names[rules[i]]);
	carved_json_end_array(writer);
}

static bool is_broken(const struct carved_plan_result *result, size_t package)
{
	enum carved_rule rules[CARVED_RULE_COUNT];
	return carved_plan_base_broken(result->base, result->region, result->table, package, rules) > 0;
}

// What stands as it was: its points, and the work that breaks a rule on today's documents.
static void write_pinned(struct carved_json_writer *writer, const struct carved_plan_result *result)
{
	const struct carved_placements *placements = &result->base->placements;
	if (result->base->pinned_count > 0)
		carved_json_add_integer(writer, "pinnedValue", result->base->pinned_value);
	if (placements->count == 0)
		return;
	carved_json_begin_array(writer, "warnings");
	for (size_t i = 0; i < placements->count; i++) {
		if (placements->packages[i].candidate == SIZE_MAX || !is_broken(result, i))
			continue;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "proposal", placements->packages[i].id);
		write_rules(result, i, writer, "rules");
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

void carved_plan_write_progress(struct carved_json_writer *writer, const char *key, const struct carved_wire_progress *progress)
{
	static const struct carved_wire_progress none = {0};
	const struct carved_wire_progress *p = progress ? progress : &none;
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "phase", progress && p->phase < CARVED_PHASES ? carved_phase_names[p->phase] : "waiting");
	carved_json_add_integer(writer, "iterations", (int64_t)p->iterations);
	carved_json_add_integer(writer, "value", p->value);
	if (progress && p->bound >= p->value)
		carved_json_add_integer(writer, "bound", p->bound);
	else
		carved_json_add_text(writer, "bound", NULL);
	carved_json_add_integer(writer, "placed", p->placed);
	carved_json_end_object(writer);
}

int64_t carved_plan_gap(int64_t value, int64_t bound)
{
	return bound > 0 ? carved_ceil_div((bound - value) * 1000000, bound) : 0;
}

static void write_summary(
	const struct carved_plan_head *head, const struct carved_plan_result *result, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	const struct carved_plan *plan = result->plan;
	char hash[24];
	snprintf(hash, sizeof hash, "%016" PRIx64, head->input_hash);
	carved_json_begin_object(&writer, NULL);
	carved_plan_write_head(&writer, head, result->cancelled ? "cancelled" : "done");
	carved_plan_write_time(&writer, "ended", result->ended_at);
	carved_json_add_text(&writer, "endedBy", result->ended_by);
	carved_json_add_integer(&writer, "threads", 1);
	carved_json_add_integer(&writer, "value", plan->value);
	carved_json_add_integer(&writer, "bound", plan->bound);
	carved_json_add_millionths(&writer, "gap", carved_plan_gap(plan->value, plan->bound));
	carved_json_add_integer(&writer, "placed", (int64_t)plan->proposal_count);
	carved_json_add_integer(&writer, "candidates", (int64_t)head->candidates);
	carved_json_add_text(&writer, "inputHash", hash);
	carved_json_add_text(&writer, "solver", "carved-solver " CARVED_VERSION);
	carved_json_add_integer(&writer, "iterations", (int64_t)result->solution->iterations);
	if (result->base->past && !plan->early)
		write_departure(&writer, result);
	write_pinned(&writer, result);
	carved_plan_format_weights(&plan->weights, &writer, "weights");
	if (!plan->early)
		carved_plan_format_fairness(plan, result->region, &writer, "fairness");
	carved_json_end_object(&writer);
}

static void write_unplaced(const struct carved_plan_result *result, struct carved_json_writer *writer)
{
	const struct carved_plan *plan = result->plan;
	carved_json_begin_array(writer, "unplaced");
	for (size_t i = 0; i < plan->unplaced_count; i++) {
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(
			writer, "candidate", carved_region_candidate(result->region, plan->unplaced[i].candidate)->ref);
		carved_json_add_text(writer, "reason", carved_rule_names[plan->unplaced[i].reason]);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void write_body(const struct carved_plan_result *result, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	const struct carved_plan *plan = result->plan;
	carved_json_begin_object(&writer, NULL);
	carved_plan_format_certificate(plan, result->region, result->table, &writer, "certificate");
	if (!plan->early)
		write_unplaced(result, &writer);
	struct carved_plan_point end = {.ms = result->course_ms, .value = plan->value, .bound = plan->bound};
	carved_plan_course_format(result->course, &end, &writer, "course");
	carved_json_end_object(&writer);
}

static void write_standing(const struct carved_plan_result *result, size_t candidate, struct carved_json_writer *writer)
{
	size_t standing = carved_plan_base_standing_of(result->base, candidate);
	const struct carved_pin *pin = carved_pins_find(&result->base->stay, candidate);
	if (carved_plan_base_is_pinned(result->base, candidate))
		carved_json_add_bool(writer, "pinned", true);
	if (pin && pin->coach_q != carved_region_candidate(result->region, candidate)->coach_q)
		carved_json_add_hours(writer, "coachHours", pin->coach_q);
	if (standing != SIZE_MAX && is_broken(result, standing))
		write_rules(result, standing, writer, "warnings");
}

// The texts stand in one buffer, which moves while it grows: places first, pointers once it is whole.
static void write_proposals(const struct carved_plan_result *result, struct carved_plan_texts *texts)
{
	const struct carved_plan *plan = result->plan;
	struct carved_buffer *all = &texts->proposals;
	texts->count = plan->proposal_count;
	texts->items = carved_alloc_array(texts->count + 1, sizeof *texts->items);
	size_t *begins = carved_alloc_array(texts->count + 1, sizeof *begins);
	for (size_t i = 0; i < texts->count; i++) {
		struct carved_json_writer writer = CARVED_JSON_WRITER(all);
		begins[i] = all->length;
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(plan, result->region, result->table, i, &writer);
		write_standing(result, plan->proposals[i].candidate, &writer);
		carved_json_end_object(&writer);
		texts->items[i].json_length = all->length - begins[i];
		carved_buffer_add(all, "", 1);
	}
	for (size_t i = 0; i < texts->count; i++) {
		struct carved_store_proposal *item = &texts->items[i];
		const struct carved_document *candidate =
			result->region->documents[CARVED_KIND_CANDIDATE][plan->proposals[i].candidate];
		const struct carved_document *site = result->region->documents[CARVED_KIND_SITE][plan->proposals[i].site];
		item->candidate = candidate->ref;
		item->site = site->ref;
		item->candidate_version = candidate->version;
		item->site_version = site->version;
		item->state = CARVED_STORE_PROPOSED;
		const char *origin = carved_plan_base_origin(result->base, &plan->proposals[i]);
		if (origin)
			snprintf(item->origin, sizeof item->origin, "%s", origin);
		item->json = all->data + begins[i];
	}
	free(begins);
}

void carved_plan_format_texts(
	const struct carved_plan_head *head, const struct carved_plan_result *result, struct carved_plan_texts *ret_texts)
{
	struct carved_plan_texts texts = {0};
	write_summary(head, result, &texts.summary);
	write_body(result, &texts.body);
	write_proposals(result, &texts);
	*ret_texts = texts;
}

void carved_plan_format_empty(const struct carved_plan_head *head, int64_t ended_at, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	carved_json_begin_object(&writer, NULL);
	carved_plan_write_head(&writer, head, "cancelled");
	carved_plan_write_time(&writer, "ended", ended_at);
	carved_json_add_text(&writer, "endedBy", "cancel");
	carved_json_add_integer(&writer, "value", 0);
	carved_json_add_text(&writer, "bound", NULL);
	carved_json_add_text(&writer, "gap", NULL);
	carved_json_add_integer(&writer, "placed", 0);
	carved_json_add_integer(&writer, "candidates", (int64_t)head->candidates);
	carved_json_end_object(&writer);
}

void carved_plan_texts_deinit(struct carved_plan_texts *texts)
{
	carved_buffer_deinit(&texts->summary);
	carved_buffer_deinit(&texts->body);
	carved_buffer_deinit(&texts->proposals);
	free(texts->items);
	*texts = (struct carved_plan_texts){0};
}

static void write_without_result(
	const struct carved_store_plan *plan, enum carved_language language, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	struct carved_plan_head head = {.date = plan->date,
		.simulated = plan->simulated,
		.seed = plan->seed,
		.created_at = plan->created_at,
		.created_by = (char *)plan->created_by};
	memcpy(head.id, plan->id, sizeof head.id);
	carved_json_begin_object(&writer, NULL);
	carved_plan_write_head(&writer, &head, carved_store_plan_state_names[plan->state]);
	if (plan->ended_at > 0)
		carved_plan_write_time(&writer, "ended", plan->ended_at);
	if (plan->state == CARVED_STORE_PLAN_RUNNING)
		carved_plan_write_progress(&writer, "progress", NULL); // it is in the store a moment before the loop knows
	if (plan->failure.code != CARVED_OK)
		carved_problem_write_error(&writer, "problem", language, &plan->failure);
}

void carved_plan_write_stored(const struct carved_store_plan *plan, enum carved_language language, struct carved_buffer *buffer)
{
	bool has_result = plan->summary && (plan->state == CARVED_STORE_PLAN_DONE || plan->state == CARVED_STORE_PLAN_CANCELLED);
	if (has_result)
		carved_buffer_add(buffer, plan->summary, plan->summary_length - 1);
	else
		write_without_result(plan, language, buffer);
}

void carved_plan_write_proposal(const struct carved_store_proposal *proposal, struct carved_buffer *buffer)
{
	carved_buffer_printf(buffer, "{\"id\":\"%s\",\"plan\":\"%s\",\"state\":\"%s\"", proposal->id, proposal->plan,
		carved_store_proposal_state_names[proposal->state]);
	if (proposal->origin[0])
		carved_buffer_printf(buffer, ",\"origin\":\"%s\"", proposal->origin);
	carved_buffer_printf(buffer, ",\"inputs\":{\"candidate\":%lld,\"site\":%lld}", (long long)proposal->candidate_version,
		(long long)proposal->site_version);
	if (proposal->json_length > 2)
		carved_buffer_add(buffer, ",", 1);
	carved_buffer_add(buffer, proposal->json + 1, proposal->json_length - 1);
}
