// SPDX-License-Identifier: EUPL-1.2
// Inside model/ only: how a job and a slot are named in JSON, and the members that proposals and roles share.
#pragma once
#include "carved/base/json.h"
#include "carved/model/plan.h"

extern const char *const carved_plan_kind_names[]; // by enum carved_package_kind

// "job" or "vacancy" and its ref.
void carved_plan_format_job(struct carved_json_writer *writer, const struct carved_job *job);

// What names a slot inside its site: job or vacancy, task, part.
void carved_plan_format_slot_name(struct carved_json_writer *writer, const struct carved_slot *slot);

// Member `parts` of a value.
void carved_plan_format_parts(struct carved_json_writer *writer, const struct carved_value_parts *parts);

// Members `slots` and `schedule`: what is done when.
void carved_plan_format_work(
	const struct carved_proposal *proposal, const struct carved_slots *slots, struct carved_json_writer *writer);

// Members `donors` and `conditions`: who gives it, and what must be met before.
void carved_plan_format_giving(const struct carved_proposal *proposal, struct carved_json_writer *writer);
