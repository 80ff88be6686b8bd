// SPDX-License-Identifier: EUPL-1.2
// The kinds of things that the daemon keeps, and where they are.
#pragma once
#include <stdbool.h>

enum carve_kind { CARVE_CANDIDATE, CARVE_SITE, CARVE_COACH, CARVE_VOCABULARY, CARVE_PLAN, CARVE_PROPOSAL, CARVE_KINDS };

// Its name in documents and on the command line, the name of its collection in the API.
const char *carve_kind_name(enum carve_kind kind);
const char *carve_kind_collection(enum carve_kind kind);

// Documents are put and deleted; plans and proposals are made by the daemon.
bool carve_kind_is_document(enum carve_kind kind);

// Reads "candidate" or "candidates". Returns false, *ret_kind untouched, for anything else.
bool carve_kind_parse(const char *text, enum carve_kind *ret_kind);

// Whether a ref looks like the ids that the daemon gives: "PL-1" a plan, "P-1" a proposal.
bool carve_kind_is_plan_id(const char *ref);
bool carve_kind_is_proposal_id(const char *ref);
