// SPDX-License-Identifier: EUPL-1.2
// Pieces of a page about a package of tasks: what proposals, recommendations and roles share. `package` is any object with the members `slots`, `schedule`, `donors`; `site`: the
// document of its site for titles, NULL where it can't be had.
#pragma once
#include "carved/base/node.h"
#include "table.h"
#include "terminal.h"

// A heading with an empty line before it.
void carve_render_title(const struct carve_terminal *terminal, const char *msgid);

// A table with these columns (NULL-terminated; headings are the texts carve.column.NAME); `right` has an 'r' for each that is set to the right.
struct carve_table *carve_render_table(const struct carve_terminal *terminal, const char *const *columns, const char *right);

// A member with a single value for people, as carve_value.
const char *carve_render_value(
	const struct carve_terminal *terminal, const struct carved_node *node, const char *member, char *text, size_t room);

void carve_render_slots(const struct carve_terminal *terminal, const struct carved_node *package, const struct carved_node *site);
void carve_render_week(const struct carve_terminal *terminal, const struct carved_node *package);
// The same of an explanation, whose schedule is its member `week`.
void carve_render_explained_week(const struct carve_terminal *terminal, const struct carved_node *explanation);
// A package's `steps`: what to do from which week on; nothing where there are none. Of an explanation as well, which needs no document.
void carve_render_steps(const struct carve_terminal *terminal, const struct carved_node *package, const struct carved_node *site);
// `left_column`: "left" where `left` is what a whole plan leaves, "left-alone" where it is what this package leaves by itself.
// A donor that has its `jobTitle` needs no document.
void carve_render_donors(const struct carve_terminal *terminal, const struct carved_node *package, const struct carved_node *site,
	const char *left_column);

// The title of a task of a job or vacancy in a site's document; "" where there is none.
const char *carve_render_task_title(const struct carved_node *site, const char *work, const char *task);

// A list of texts, each by its label in `group`; nothing where it is empty.
void carve_render_texts(
	const struct carve_terminal *terminal, const struct carved_node *list, const char *title, const char *group);
