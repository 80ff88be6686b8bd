// SPDX-License-Identifier: EUPL-1.2
// A region's slots written flat, for those in lib/model who ask about many people at many sites: options, and the reasons of those without a package.
// Sites, jobs and slots are numbered as in the instance.
#pragma once
#include "carved/model/rules.h"

struct carved_flat_texts { // distinct texts in order; a text's number is its place
	const char **items;
	size_t count;
};

struct carved_flat_span {
	uint32_t first, count;
};

struct carved_flat_slot {
	const struct carved_slot *slot;
	carved_parts_mask parts;
	int hours_q, unit_q;
	bool free;                                  // left undone in a carved job: the donor cap does not count it
	struct carved_flat_span tags, skills;       // -> words
	struct carved_flat_span demands, exposures; // -> levels
	uint64_t *needs;                            // need_words of them; bit n: it asks for thing n
};

enum { CARVED_FLAT_LEVELS = 5 }; // 0..4

struct carved_flat_level { // a level that some slot asks for
	struct carved_qualifier level;
	bool is_exposure; // of an e-code, or else a demand
};

struct carved_flat_job {
	struct carved_flat_span slots;
	int cap_q;
	bool is_vacancy, displaced;
	bool gives; // packages may take from it: not displaced, a vacancy or one that may be carved
};

struct carved_flat_site {
	const struct carved_site *site;
	uint32_t place; // of those in use
	struct carved_flat_span jobs;
	uint64_t *needs; // what all its slots ask for
};

struct carved_options {
	const struct carved_region *region;
	carved_date date;
	struct carved_arena arena; // owns all of it
	struct carved_flat_site *sites;
	struct carved_flat_job *jobs;
	struct carved_flat_slot *slots;
	uint32_t *words;
	struct carved_qualifier *levels;
	uint32_t job_count, slot_count, word_count, level_count;
	struct carved_flat_texts tags, skills;
	const struct carved_site **places; // one site of each place in use
	uint32_t place_count;
	uint16_t *homes; // of the region's people: distinct, in order
	size_t home_count;
	carved_icf *asked; // categories in use
	size_t asked_count;
	struct carved_flat_level *asked_levels; // distinct
	uint32_t asked_level_count;
	size_t need_words; // of 64 bits: the things that slots ask for are tags, then certificates, then asked_levels
	// of the person at hand
	const struct carved_candidate *candidate;
	carved_parts_mask parts;
	int8_t *can_do, *can_bear; // capacity per category, aids that need no facility counted in
	bool *refused_tags, *skills_had;
	uint64_t *lacks;                            // things that the person does not bring along; of a tag: that it is refused
	uint64_t *lost;                             // those of them that neither an aid nor an agreement at any site makes good
	uint16_t **minutes;                         // per home and mode: to each place; NULL: nobody was taken who travels so
	bool *near;                                 // per place: within the person's reach
	const struct carved_candidate *counted_for; // whom `counted` is about; NULL: nobody yet
	int counted, counted_to;                    // at most so many were counted
};

// The person whom carved_options_fits is about from now on.
void carved_options_take(struct carved_options *options, const struct carved_candidate *candidate);

// Rule `travel`. Requires: a person was taken.
bool carved_options_is_near(const struct carved_options *options, size_t site);

// False where what every slot there asks for rules the person out. Requires: a person was taken.
bool carved_options_could_fit(const struct carved_options *options, size_t site);

// The slot rules. Requires: a person was taken, and the slot is one of the site's.
bool carved_options_fits(
	const struct carved_options *options, const struct carved_site *site, const struct carved_flat_slot *slot);

// Whether the site is an option: in reach, not excluded, with fitting hours up to the person's minimum. Requires: a person was taken.
bool carved_options_would_do(const struct carved_options *options, size_t site);
