// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: the parts of a site's page, each from the answer of GET /v1/sites/{ref}/recommendations that it is given.
//
//   work   a job or a vacancy of the site; both lists of the answer have the same shape
#pragma once
#include "page.h"

void carved_site_add_roles(struct carved_page *page, const struct carved_node *answer);
void carved_site_add_jobs(struct carved_page *page, const struct carved_node *answer);
void carved_site_add_questions(struct carved_page *page, const struct carved_node *answer);

// The job or vacancy that a slot of a role is of, and its place among all of the site: its series in drawings.
const struct carved_node *carved_site_find_work(
	const struct carved_node *answer, const struct carved_node *slot, size_t *ret_index);

// What it is called: its title, else its ref.
const char *carved_site_title(const struct carved_node *thing);

// "12", "fewer than 5", "more than 7".
void carved_site_say_people(struct carved_page *page, const struct carved_node *people);
