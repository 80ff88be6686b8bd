// SPDX-License-Identifier: EUPL-1.2
// What a plan has for a candidate: for commands that take a candidate where they mean that person's proposal.
#pragma once
#include "session.h"

// Asks for the candidate's proposal in the plan that --plan names, else in the newest that ended with a result.
// Returns CARVE_YES with the answer, which the caller releases, and the proposal in it. CARVE_NO where the plan has none: the reason was told (with --json: as an
// object). Any other outcome was told.
enum carve_exit carve_placed_get(
	struct carve_session *session, const char *ref, struct carve_answer *ret_answer, const struct carved_node **ret_proposal);

// Writes one object of an answer as JSON, with a line end behind it.
void carve_placed_print_json(struct carve_session *session, const struct carved_node *node);
