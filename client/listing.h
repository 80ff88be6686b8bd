// SPDX-License-Identifier: EUPL-1.2
// Lists of the daemon, page after page, and objects as tables.
#pragma once
#include "session.h"
#include "table.h"

// Every item of a collection ("/v1/candidates"), over all its pages.
struct carve_listing {
	const struct carved_node **items; // owned array; the nodes live in the arenas of the answers
	size_t count;
	int64_t total; // as the daemon counts
	struct carve_answer *answers;
	size_t answer_count;
};

// Returns CARVE_YES and the listing, which the caller releases; any other outcome was told.
enum carve_exit carve_listing_get(struct carve_session *session, const char *path, struct carve_listing *ret_listing);
void carve_listing_deinit(struct carve_listing *listing); // legal on a zeroed one

// Prints the items as one JSON object {"items", "count"}.
void carve_listing_print_json(struct carve_session *session, const struct carve_listing *listing);

// Prints the items as a table with a column for each member with a single value; headings are the texts carve.column.MEMBER.
// members: only these, in this order (NULL-terminated); NULL: all.
void carve_listing_print(struct carve_session *session, const struct carve_listing *listing, const char *const *members);

// A single value for people (numbers without needless zeros, yes and no), in `room` bytes at `text`. "" for null, lists and maps. Returns text or the node's own.
const char *carve_value(const struct carve_terminal *terminal, const struct carved_node *node, char *text, size_t room);
