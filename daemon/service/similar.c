// SPDX-License-Identifier: EUPL-1.2
// Distance of Damerau (1964) in its restricted form: insertions, deletions, substitutions and swaps of neighbours, each once per place.
#include "similar.h"
#include <string.h>

#define WORD_MAX 48

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	unsigned row[3][WORD_MAX + 1]; // the row before the last, the last, this one
	for (size_t j = 0; j <= b_length; j++)
		row[1][j] = (unsigned)j;
	memset(row[0], 0, sizeof row[0]);
	for (size_t i = 1; i <= a_length; i++) {
		row[2][0] = (unsigned)i;
		for (size_t j = 1; j <= b_length; j++) {
			unsigned change = row[1][j - 1] + (a[i - 1] != b[j - 1]);
			row[2][j] = least(change, 1 + least(row[1][j], row[2][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[2][j] = least(row[2][j], row[0][j - 2] + 1);
		}
		memcpy(row[0], row[1], sizeof row[0]);
		memcpy(row[1], row[2], sizeof row[1]);
	}
	return row[1][b_length];
}

const char *carved_similar_find(const char *word, const char *const candidates[], size_t count)
{
	size_t length = strlen(word);
	unsigned best = (unsigned)(length / 3 + 1);
	const char *found = NULL;
	if (length > WORD_MAX)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t candidate_length = strlen(candidates[i]);
		unsigned far = candidate_length > WORD_MAX ? best + 1 : distance(word, length, candidates[i], candidate_length);
		if (far < best || (far == best && !found)) {
			best = far;
			found = candidates[i];
		}
	}
	return found;
}
