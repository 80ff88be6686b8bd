// SPDX-License-Identifier: EUPL-1.2
// "Did you mean": the word that was probably meant.
#pragma once
#include <stddef.h>

// The candidate that is nearest to `word` (swaps, missing, extra and wrong letters), NULL where none is near enough (a third of its letters at most).
const char *carved_similar_find(const char *word, const char *const candidates[], size_t count);
