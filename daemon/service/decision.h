// SPDX-License-Identifier: EUPL-1.2
// A decision of a person on a proposal: read from a request, checked, shown. decide.c has its way into the store.
#pragma once
#include "body.h"
#include "carved/base/json.h"
#include "carved/model/region.h"
#include "store/store.h"

// Reads the members of a body into a decision, whose texts live in the call's arena; what is wrong becomes findings. Sets all but id, proposal, candidate, site,
// versions, who and when.
void carved_decision_read(
	struct carved_body *body, carved_date today, size_t text_bytes, struct carved_store_decision *ret_decision);

// Whether a proposal can become standing work beside that of others, on today's documents. Each rule that stops it, and each condition that is not met, becomes a finding.
// `standing`: the others' and the proposal's own package; `id`: which is its own.
struct carved_acceptance {
	const struct carved_region *region;
	carved_date today;
	const struct carved_weights *weights;
	const struct carved_past *standing;
	const char *id;
};
void carved_decision_check_acceptance(const struct carved_acceptance *acceptance, struct carved_body *body);

// One decision as an object.
void carved_decision_write(struct carved_json_writer *writer, const char *key, const struct carved_store_decision *decision);
