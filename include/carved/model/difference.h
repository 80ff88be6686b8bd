// SPDX-License-Identifier: EUPL-1.2
// What one plan changes for people against another. Everybody who is in either is in exactly one class, and the points of the classes add up to what the value of the
// plan is more than that of the other.
#pragma once
#include "carved/base/json.h"
#include "carved/model/record.h"

enum carved_difference_class {
	CARVED_DIFFERENCE_GAINS,   // has a package now, and had none
	CARVED_DIFFERENCE_MOVES,   // has one at another site
	CARVED_DIFFERENCE_CHANGES, // has other tasks or other hours at the same site
	CARVED_DIFFERENCE_LOSES,   // has none any more
	CARVED_DIFFERENCE_SAME,    // has the same; its points may differ, since waiting times, options and weights do
	CARVED_DIFFERENCE_WITHOUT, // has none in either
	CARVED_DIFFERENCE_CLASSES
};
extern const char *const carved_difference_class_names[CARVED_DIFFERENCE_CLASSES]; // "gains", ...

struct carved_person_difference {
	enum carved_difference_class class;
	const struct carved_record_person *before, *after; // NULL: was not in that plan; never both
};

struct carved_site_difference { // a site where anybody is placed in either plan
	const char *site;
	struct {
		int people, hours_q;
	} before, after;
};

struct carved_difference_sum {
	int people;      // of a class: in it; in all: placed, after less before
	int64_t hours_q; // after less before
	int64_t value;   // after less before
};

struct carved_difference {
	const struct carved_record *before, *after; // borrowed
	struct carved_person_difference *people;    // by class, then candidate
	size_t person_count;
	struct carved_difference_sum classes[CARVED_DIFFERENCE_CLASSES];
	struct carved_difference_sum total;
	struct carved_value_parts parts;      // after less before; they add up to total.value
	struct carved_site_difference *sites; // sorted by site
	size_t site_count;
	struct carved_arena arena; // owns the lists
};

// Compares two finished records with all their proposals, which must stay as long as the difference. The caller deinits it.
void carved_difference_make(
	const struct carved_record *before, const struct carved_record *after, struct carved_difference *ret_difference);
void carved_difference_deinit(struct carved_difference *difference);

// How many people have another package than before, none any more, or one for the first time.
int carved_difference_count(const struct carved_difference *difference);

// As one JSON object. `full`: with the people for whom nothing changes, with the parts and tasks of all packages, and with the sites one by one.
void carved_difference_format(const struct carved_difference *difference, bool full, struct carved_json_writer *writer);
