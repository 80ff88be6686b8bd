// SPDX-License-Identifier: EUPL-1.2
// One proposal of a small region, and its explanation.
#pragma once
#include "carved/advise/explain.h"
#include "support/carved_cmocka.h"
#include "support/world.h"
#include "support/world_plan.h"

enum { LINEN, MEALS, DISHES, FLOOR }; // slots of the site

// K-1 has 11 quarters of linen and 8 of meals, both of the nurses; the kitchen is a vacancy. K-1 waits since two years and a month.
struct explain_fixture {
	struct world world;
	struct carved_weights weights;
	struct carved_candidate *candidate;
	struct carved_site *site;
	struct carved_job *nurse, *kitchen;
	struct carved_task *linen, *meals, *dishes, *floor;
	struct world_package package;
	struct carved_slot_table *table;
	struct carved_plan plan;
	struct carved_explain_input input; // of the last plan
	struct carved_explanation explanation;
	struct carved_error error;
	struct carved_buffer json;
	struct carved_arena arena; // of what was read back
};

int explain_setup(void **state);
int explain_teardown(void **state);

// Makes the plan of `package` and explains its proposal. Fails the test where that can't be explained.
const struct carved_explanation *explain(struct explain_fixture *f);

// Only makes the plan and fills in the input.
void explain_prepare(struct explain_fixture *f);

// The views as JSON.
const char *explain_coach(struct explain_fixture *f, enum carved_language language);
const char *explain_employer(struct explain_fixture *f, enum carved_language language);
const char *explain_candidate(struct explain_fixture *f, enum carved_language language);

// The sum of all lines of a part.
int64_t explain_sum_of(const struct carved_explanation *explanation, enum carved_explained_part part);

// The only line of a kind; fails the test where there is none or more than one.
const struct carved_explained_line *explain_line(
	const struct carved_explanation *explanation, enum carved_explained_part part, enum carved_explained_line_kind kind);

// A category of the explanation; NULL where there is none.
const struct carved_explained_category *explain_category(const struct carved_explanation *explanation, const char *code);
