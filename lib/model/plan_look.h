// SPDX-License-Identifier: EUPL-1.2
// One site before one person: which rule stops every package there, as far as simple counts of hours can tell.
#pragma once
#include "plan_unplaced.h"

// The rules in the order in which they are tried; a later one means that the site came closer.
enum carved_look_stage {
	CARVED_LOOK_SLOTS, // no slot fits
	CARVED_LOOK_HOURS,
	CARVED_LOOK_MUST,
	CARVED_LOOK_LOAD,
	CARVED_LOOK_JOBS,
	CARVED_LOOK_SUPERVISOR,
	CARVED_LOOK_SCHEDULE,
	CARVED_LOOK_BUILD_UP,
	CARVED_LOOK_WOULD_DO // no rule stops it
};

struct carved_look {
	const struct carved_options *options; // the person was taken up
	const int *slot_q;                    // hours left per slot of the region; NULL: all
	const int *donor_q;                   // carved hours left per job of the region; NULL: all
};

enum carved_look_stage carved_look_at_site(const struct carved_look *look, size_t site);
