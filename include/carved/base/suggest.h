// SPDX-License-Identifier: EUPL-1.2
// "Did you mean": the word that was probably meant.
#pragma once
#include <stddef.h>

// The word that `text` was probably meant to be (case aside; swaps, missing, extra and wrong letters, about one in three and three at most), NULL where none is
// near enough. `words` ends at `count` or at a NULL, whichever is first.
const char *carved_suggest(const char *text, const char *const *words, size_t count);
