// SPDX-License-Identifier: EUPL-1.2
// Explanations for people: an answer of GET /v1/proposals/{id}/explanation as a page in the terminal.
#pragma once
#include "carved/base/node.h"
#include "table.h"
#include "terminal.h"

// The coach's view: everything.
void carve_render_why(const struct carve_terminal *terminal, const struct carved_node *explanation);

// The employer's view.
void carve_render_why_employer(const struct carve_terminal *terminal, const struct carved_node *view);

// The candidate's view.
void carve_render_why_candidate(const struct carve_terminal *terminal, const struct carved_node *view);

// ---- pieces of these pages

// A member with a single value into a cell of the last line.
void carve_why_set(const struct carve_terminal *terminal, struct carve_table *table, size_t column,
	const struct carved_node *node, const char *member);

// The refs of the tasks at these indices, each once, with commas; added to the cell.
void carve_why_add_tasks(const struct carved_node *explanation, const struct carved_node *slots, struct carved_buffer *cell);

// The ref of a task by its index, and what an aid is called.
const char *carve_why_task(const struct carved_node *explanation, int64_t index);
const char *carve_why_aid(const struct carved_node *explanation, const char *name);

// Adds the text of a msgid, its {name}s filled in from pairs (name, value) that end in NULL. For short values.
void carve_why_fill(const struct carve_terminal *terminal, struct carved_buffer *cell, const char *msgid, ...)
	__attribute__((sentinel));

void carve_why_print_heading(const struct carve_terminal *terminal, const struct carved_node *explanation, const char *msgid);
void carve_why_print_tasks(
	const struct carve_terminal *terminal, const struct carved_node *explanation); // hours, titles, who leads
void carve_why_print_fits(const struct carve_terminal *terminal, const struct carved_node *explanation);
void carve_why_print_points(const struct carve_terminal *terminal, const struct carved_node *explanation);
void carve_why_print_aids(const struct carve_terminal *terminal, const struct carved_node *explanation);
void carve_why_print_conditions(const struct carve_terminal *terminal, const struct carved_node *explanation);
