// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: the parts of a site's page, each from the answer of GET /v1/sites/{ref}/recommendations that it is given.
//
//   work    a job or a vacancy of the site; both lists of the answer have the same shape
//   series  of a work: its place among all of the site, jobs first. The same pattern means the same work on the whole page
//   piece   what a role does of one task, all its slots together
#pragma once
#include "drawn.h"

void carved_site_add_roles(struct carved_page *page, const struct carved_node *answer);
void carved_site_add_jobs(struct carved_page *page, const struct carved_node *answer);
void carved_site_add_questions(struct carved_page *page, const struct carved_node *answer);

// What a work or a task is called: its title, else its ref.
const char *carved_site_title(const struct carved_node *thing);

// "12", "fewer than 5", "more than 7".
void carved_site_say_people(struct carved_page *page, const struct carved_node *people);

// ---- the pieces of a role

struct carved_site_piece {
	const struct carved_node *work, *task;
	bool is_fixed; // its times are the task's
	struct carved_drawn_task drawn;
};

struct carved_site_pieces {
	struct carved_site_piece *items; // in the order of the role's slots
	size_t count;
	size_t *of_slot; // index in items
};

void carved_site_pieces_init(struct carved_site_pieces *pieces, const struct carved_node *answer, const struct carved_node *role);
void carved_site_pieces_deinit(struct carved_site_pieces *pieces);

void carved_site_add_mosaic(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role);
void carved_site_add_week(struct carved_page *page, const struct carved_site_pieces *pieces, const struct carved_node *role);
