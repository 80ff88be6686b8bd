// SPDX-License-Identifier: EUPL-1.2
// What a plan's errands do, on their threads; plan_run.c says when. They set what the run keeps of it, and `failure` where they fail.
#pragma once
#include "errand.h"

// Each is of `run->errand`, but look: of `run->looking`.
void carved_plan_step_read(struct carved_errand *errand);    // reader: what people decided, and the plan that it begins from
void carved_plan_step_add(struct carved_errand *errand);     // writer: hands out the id
void carved_plan_step_compile(struct carved_errand *errand); // work: the instance, with what stands laid over it
void carved_plan_step_look(struct carved_errand *errand);    // work, beside the solver: the outlook
void carved_plan_step_make(struct carved_errand *errand);    // work: the plan laid out, judged and written
void carved_plan_step_store(struct carved_errand *errand);   // writer: its end, whatever it is
