// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "reading.h"

// Reads one document from its tree. Findings are added in the order of the text. Returns NULL where it has no kind or ref to know it by; with errors in it the
// document has what could be read, for checking it against others. Requires: reading is set up for this document.
struct carved_document *carved_parse_document(struct carved_reading *reading, const struct carved_node *root, bool *ret_is_right);
