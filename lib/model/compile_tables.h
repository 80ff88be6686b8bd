// SPDX-License-Identifier: EUPL-1.2
// Inside model/ only: the tables with which compile.c turns words into numbers.
#pragma once
#include "carved/instance/instance.h"
#include "carved/model/region.h"
#include "carved/model/slot.h"

// A growing array of equal elements.
struct carved_vector {
	void *items; // owned
	size_t count, capacity;
};

// Room for one more element of `size` bytes, zeroed; the pointer is good until the next push.
void *carved_vector_push(struct carved_vector *vector, size_t size);

// Sorted distinct texts, numbered by their place. The texts are borrowed.
struct carved_numbering {
	struct carved_vector texts; // const char *
};

void carved_numbering_add(struct carved_numbering *numbering, const char *text); // before carved_numbering_sort
void carved_numbering_sort(struct carved_numbering *numbering);
uint32_t carved_numbering_find(const struct carved_numbering *numbering, const char *text); // CARVED_NONE: not there

struct carved_compilation {
	const struct carved_region *region;
	carved_date date;
	const struct carved_weights *weights;
	struct carved_instance *instance;
	struct carved_arena scratch;
	struct carved_slots *slots; // per site
	struct carved_numbering tags, skills, aids;
	uint32_t *categories;     // per ICF index: number, or CARVED_NONE
	uint32_t *homes, *places; // per postcode (0..9999): number, or CARVED_NONE
	// The instance's flat arrays while they grow.
	struct {
#define X(member, type) struct carved_vector member;
		CARVED_INSTANCE_ARRAYS(X)
#undef X
	} to;
};

// Appends what the texts are in the numbering (unknown ones are left out), sorted and without doubles.
struct carved_range carved_compile_words(
	struct carved_compilation *c, const struct carved_numbering *numbering, const struct carved_texts *texts);
// Sorts the words from `first` on, drops doubles, and returns their range.
struct carved_range carved_compile_close_words(struct carved_compilation *c, size_t first);
void carved_compile_push_word(struct carved_compilation *c, uint32_t word);
struct carved_range carved_compile_levels(
	struct carved_compilation *c, const struct carved_qualifiers *qualifiers, bool keep_zero);

void carved_compile_sites(struct carved_compilation *c);
void carved_compile_candidates(struct carved_compilation *c);
