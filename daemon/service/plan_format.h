// SPDX-License-Identifier: EUPL-1.2
// A plan as JSON: what the store keeps of it and what the API shows. The store keeps two objects whose members together are the plan: the summary, and a body
// with what is long.
#pragma once
#include "carved/model/plan.h"
#include "carved/text/text.h"
#include "carved/wire/wire.h"
#include "plan_base.h"
#include "plan_course.h"
#include "store/store.h"

struct carved_plan_head { // known from the start
	char id[CARVED_STORE_ID_MAX];
	carved_date date;
	bool simulated;
	uint64_t seed;
	int64_t created_at;
	char *created_by; // owned
	size_t candidates;
	uint64_t input_hash;
	struct carved_plan_from from;
};

struct carved_plan_result {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	const struct carved_plan *plan;
	const struct carved_solution *solution;
	const struct carved_plan_base *base;     // laid
	const struct carved_plan_course *course; // before the end
	int64_t course_ms;                       // of the end
	const char *ended_by;
	bool cancelled;
	int64_t ended_at;
};

struct carved_plan_texts { // owned
	struct carved_buffer summary, body;
	struct carved_buffer proposals; // all their JSON texts, one after the other
	struct carved_store_proposal *items;
	size_t count;
};

// (bound - value) / bound in millionths, rounded up: a gap that is shown as small is that small.
int64_t carved_plan_gap(int64_t value, int64_t bound);

// Writes a moment as a member: "2026-11-22T09:30:00Z".
void carved_plan_write_time(struct carved_json_writer *writer, const char *key, int64_t when_ms);

// Writes the members that every answer about a plan begins with.
void carved_plan_write_head(struct carved_json_writer *writer, const struct carved_plan_head *head, const char *state);

// Writes the member `key` (NULL: an object of its own) of progress; progress NULL: nothing was heard yet.
void carved_plan_write_progress(struct carved_json_writer *writer, const char *key, const struct carved_wire_progress *progress);

// The texts of a finished plan. The items borrow the refs of the region and the texts of `proposals`.
void carved_plan_format_texts(
	const struct carved_plan_head *head, const struct carved_plan_result *result, struct carved_plan_texts *ret_texts);

// The summary of a plan that was cancelled before it had anything.
void carved_plan_format_empty(const struct carved_plan_head *head, int64_t ended_at, struct carved_buffer *buffer);

void carved_plan_texts_deinit(struct carved_plan_texts *texts);

// A plan from the store, ended or failed, without the closing brace, so that more members can follow.
void carved_plan_write_stored(const struct carved_store_plan *plan, enum carved_language language, struct carved_buffer *buffer);

// A stored proposal as an object of its own.
void carved_plan_write_proposal(const struct carved_store_proposal *proposal, struct carved_buffer *buffer);
