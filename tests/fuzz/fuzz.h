// SPDX-License-Identifier: EUPL-1.2
// What fuzz targets share. A target is one file, fuzz_NAME.c, whose head says what must hold for every input: its oracle. libFuzzer drives it in the `fuzz` preset
// (scripts/fuzz); everywhere else replay.c runs it over its corpus, corpus/NAME, as an ordinary test.
#pragma once
#include "carved/base/node.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Returns 0. An oracle that does not hold ends the process.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_REQUIRE(condition)                                                                                                  \
	do {                                                                                                                     \
		if (!(condition)) {                                                                                              \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                           \
			abort();                                                                                                 \
		}                                                                                                                \
	} while (0)

// An input read from its front: numbers that steer a target, then the bytes it is about.
struct fuzz_input {
	const uint8_t *at;
	size_t left;
};

// The next number; 0 where the input is used up.
static inline uint32_t fuzz_take(struct fuzz_input *input, size_t bytes)
{
	uint32_t number = 0;
	for (size_t i = 0; i < bytes && input->left > 0; i++, input->at++, input->left--)
		number |= (uint32_t)*input->at << 8 * i;
	return number;
}

// Puts numbers of the input (each a place of two bytes, then a value of four) over the words of a message: what a sender with a fault in one field says.
static inline void fuzz_patch(struct fuzz_input *input, void *bytes, size_t length)
{
	for (size_t words = length / 4; words > 0 && input->left >= 6;) {
		size_t word = fuzz_take(input, 2) % words;
		uint32_t value = fuzz_take(input, 4);
		memcpy((char *)bytes + 4 * word, &value, sizeof value);
	}
}

// Whether two trees say the same: kinds, values, members and their order. Places, and how a number was written, don't count.
static inline bool fuzz_same_tree(const struct carved_node *a, const struct carved_node *b)
{
	if (a->kind != b->kind || a->count != b->count || !a->key != !b->key || (a->key && strcmp(a->key, b->key) != 0))
		return false;
	if (a->kind == CARVED_NODE_STRING && strcmp(a->text, b->text) != 0)
		return false;
	if (a->kind == CARVED_NODE_BOOL && a->boolean != b->boolean)
		return false;
	if (a->kind == CARVED_NODE_INTEGER && a->integer != b->integer)
		return false;
	if (a->kind == CARVED_NODE_REAL && memcmp(&a->real, &b->real, sizeof a->real) != 0)
		return false;
	const struct carved_node *x = a->first, *y = b->first;
	while (x && y && fuzz_same_tree(x, y))
		x = x->next, y = y->next;
	return !x && !y;
}
