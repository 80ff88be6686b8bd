// SPDX-License-Identifier: EUPL-1.2
// Rules that stand in the way, and changes that would help, for people.
#pragma once
#include "render_work.h"

// One line for each rule with its figures, behind `indent` spaces.
void carve_render_rules(const struct carve_terminal *terminal, const struct carved_node *rules, int indent);

// One change in words, without a line end. site: the document of its site for titles; NULL where it can't be had.
void carve_render_change(const struct carve_terminal *terminal, const struct carved_node *change, const struct carved_node *site);

// All of an answer about all sites. Returns whether the person fits at one, or something would open one.
bool carve_render_openings(const struct carve_terminal *terminal, const struct carved_node *answer);

// All of an answer about one site. Returns whether the person fits, or something would help.
bool carve_render_obstacles(
	const struct carve_terminal *terminal, const struct carved_node *answer, const struct carved_node *site);
