// SPDX-License-Identifier: EUPL-1.2
// The answer to "what is best for this person", as JSON.
#pragma once
#include "ground.h"

struct carved_recommend_order {
	unsigned limit; // packages at most
	const struct carved_config *config;
};

// Writes the members of the answer (the caller opens and closes the object). Any thread.
// Returns false with PLAN_INVALID where a package did not pass the checker: our fault, nothing may be shown then.
bool carved_recommend_write(const struct carved_ground *ground, size_t candidate, const struct carved_recommend_order *order,
	struct carved_json_writer *writer, struct carved_error *error);
