// SPDX-License-Identifier: EUPL-1.2
// What lies are made of: the tools, and each lie by its name. Documents are read-only to everybody but a liar.
#pragma once
#include "support/lies.h"

// The site's first slot among those of the region.
size_t lying_first_slot(const struct lying *l);

// The job and the task that a piece of the chosen package is of, to be changed.
struct carved_job *lying_job(struct lying *l, size_t piece);
struct carved_task *lying_task(struct lying *l, size_t piece);

// Quarters of a piece of the chosen package, and of all.
int lying_piece_q(struct lying *l, size_t piece);
int lying_package_q(struct lying *l);

// Hours of the chosen piece's slot that all packages take together, and how many packages do.
int lying_taken_q(struct lying *l, size_t *ret_packages);

// In a new list, as the old one may be somebody else's too.
void lying_add_text(struct lying *l, struct carved_texts *texts, const char *text);
void lying_drop_text(struct carved_texts *texts);

// A slot and a person (lies_of_slot.c), a package (lies_of_package.c), the plan (lies_of_plan.c).
lie_fn lie_capacity, lie_environment, lie_requirement, lie_never, lie_availability;
lie_fn lie_hours_below, lie_hours_above, lie_hours_added, lie_chunk_raised, lie_chunk_cut, lie_schedule_day, lie_schedule_part,
	lie_schedule_shown, lie_build_up_hours, lie_build_up_shown, lie_build_up_week, lie_load, lie_jobs, lie_supervisor,
	lie_travel, lie_excluded, lie_must, lie_whole_vacancy, lie_consent;
lie_fn lie_one, lie_supply, lie_donor, lie_displacement, lie_places, lie_supervision, lie_coach, lie_reserve;
