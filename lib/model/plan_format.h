// SPDX-License-Identifier: EUPL-1.2
// Inside model/ only: how a job and a slot are named in JSON.
#pragma once
#include "carved/base/json.h"
#include "carved/model/slot.h"

// "job" or "vacancy" and its ref.
void carved_plan_format_job(struct carved_json_writer *writer, const struct carved_job *job);

// What names a slot inside its site: job or vacancy, task, part.
void carved_plan_format_slot_name(struct carved_json_writer *writer, const struct carved_slot *slot);
