// SPDX-License-Identifier: EUPL-1.2
// "Did you mean": the optimal string alignment distance (insertions, deletions, replacements, swaps of neighbours), case ignored.
#include "carved/base/suggest.h"
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { LONGEST = 48 };

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	int rows[3][LONGEST + 1];
	int *before = rows[0], *above = rows[1], *row = rows[2];
	for (size_t j = 0; j <= b_length; j++)
		above[j] = (int)j;
	for (size_t i = 1; i <= a_length; i++) {
		row[0] = (int)i;
		for (size_t j = 1; j <= b_length; j++) {
			int replaced = above[j - 1] + !same(a[i - 1], b[j - 1]);
			row[j] = least(replaced, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		int *oldest = before;
		before = above;
		above = row;
		row = oldest;
	}
	return above[b_length];
}

static size_t common_prefix(const char *a, const char *b)
{
	size_t length = 0;
	while (a[length] && same(a[length], b[length]))
		length++;
	return length;
}

// How many mistakes may lie between what was written and what was meant: a third of it, three at most.
static int allowance(size_t length)
{
	int third = (int)(length + 1) / 3;
	return third < 1 ? 1 : least(third, 3);
}

const char *carved_suggest(const char *text, const char *const *words, size_t count)
{
	size_t length = strlen(text);
	const char *best = NULL;
	int best_distance = allowance(length) + 1;
	if (length < 2 || length > LONGEST)
		return NULL;
	for (size_t i = 0; i < count && words[i]; i++) {
		size_t word_length = strlen(words[i]);
		size_t gap = word_length > length ? word_length - length : length - word_length;
		if (word_length > LONGEST || (int)gap > best_distance)
			continue;
		int found = distance(text, length, words[i], word_length);
		bool nearer = found < best_distance ||
			      (best && found == best_distance && common_prefix(text, words[i]) > common_prefix(text, best));
		if (nearer) {
			best = words[i];
			best_distance = found;
		}
	}
	return best;
}
