// SPDX-License-Identifier: EUPL-1.2
// From what people name on the command line, [KIND] REF, to the thing itself.
#pragma once
#include "kind.h"
#include "session.h"

// "/v1/candidates/K-0017": added to `path`, or by itself, and the caller frees it.
void carve_locate_add(struct carve_session *session, enum carve_kind kind, const char *ref, struct carved_buffer *path);
char *carve_locate_path(struct carve_session *session, enum carve_kind kind, const char *ref);

// The document of a site, for its titles. NULL where it is gone meanwhile, which is no failure. It is the answer's, which the caller releases either way.
const struct carved_node *carve_locate_titles(struct carve_session *session, const char *site, struct carve_answer *ret_answer);

// Reads the operands [KIND] REF. Where no kind is given the daemon is asked for each of `among` (a mask of 1 << kind).
// Returns CARVE_YES with the kind and the answer of its GET; any other outcome was told: CARVE_NOT_FOUND, CARVE_USAGE where several kinds have it.
enum carve_exit carve_locate_get(
	struct carve_session *session, unsigned among, enum carve_kind *ret_kind, struct carve_answer *ret_answer);

// The ref among the operands [KIND] REF.
const char *carve_locate_ref(const struct carve_session *session);
