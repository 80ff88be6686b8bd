// SPDX-License-Identifier: EUPL-1.2
// Plans and proposals for people.
#pragma once
#include "session.h"
#include "table.h"

// Gets a plan and prints it: as it came with --json, else a summary with its proposals and who was not placed.
// Returns CARVE_YES; CARVE_NO where it ended and places nobody; CARVE_INTERNAL where it failed; anything else was told.
enum carve_exit carve_render_plan_of(struct carve_session *session, const char *id);
enum carve_exit carve_render_plan(struct carve_session *session, const struct carve_answer *answer);

// How far a running plan is, in one line, from its `progress`; the caller frees it.
char *carve_render_progress(const struct carve_terminal *terminal, const struct carved_node *progress);

// Prints an event (JSON) as a line.
void carve_render_event(const struct carve_terminal *terminal, const char *json, size_t length);

// Prints one proposal with all that belongs to it. site: the document of its site for titles, NULL where it can't be had.
void carve_render_proposal(
	const struct carve_terminal *terminal, const struct carved_node *proposal, const struct carved_node *site);

// Prints what people decided on a proposal; nothing where the list is empty.
void carve_render_decisions(const struct carve_terminal *terminal, const struct carved_node *decisions);

// The rules that coach and candidate overruled for tasks of a proposal or an explanation; nothing where there are none.
void carve_render_risks(const struct carve_terminal *terminal, const struct carved_node *proposal);

// That the profile should be gone through, where it is old.
void carve_render_review(const struct carve_terminal *terminal, const struct carved_node *proposal);

// The same for a package that is no proposal yet: the `rank`-th of `carve best`.
void carve_render_recommendation(
	const struct carve_terminal *terminal, const struct carved_node *package, size_t rank, const struct carved_node *site);

// Prints what a site could offer (`carve best S-014`): its roles, at most so many, and for how many people each is.
void carve_render_roles(const struct carve_terminal *terminal, const struct carved_node *answer, size_t most);

// Why a candidate has no proposal: a rule's name as a sentence.
const char *carve_render_reason(const struct carve_terminal *terminal, const char *rule);

// The label "carve.GROUP.NAME"; `name` itself where there is none.
const char *carve_render_label(const struct carve_terminal *terminal, const char *group, const char *name);
