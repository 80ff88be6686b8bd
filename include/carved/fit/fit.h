// SPDX-License-Identifier: EUPL-1.2
// Which slot fits whom, and how well: the slot rules of DESIGN section 3 (`capacity`, `environment`, `requirement`, `never`, `availability`) and the fit of
// a slot in 0..1000, on the numbers of an instance. model/rules.h tells the same from documents, with reasons; a test holds the two together.
//
// Glossary
//   pair        a candidate and a site, prepared for pricing: only slots that fit, with all that a package of them costs and limits
//   local       numbers that mean something inside one pair only (its jobs, supervisors, unknown categories, aids, must-wishes, limits)
#pragma once
#include "carved/base/arena.h"
#include "carved/instance/instance.h"
#include <stdbool.h>
#include <stdint.h>

#define CARVED_UNKNOWN_WORDS 2 // 128 distinct unknown categories in one pair at most; documents with more at one site are refused

struct carved_pair_slot {
	uint32_t slot;       // of the instance
	uint16_t job;        // local
	uint16_t supervisor; // local; UINT16_MAX nobody
	uint16_t fit;        // 0..1000
	uint16_t chunk_q;    // smallest piece
	uint16_t
		max_q; // largest piece in a carved package: supply, donor cap and the candidate's hours; < chunk_q: only for whole fills
	uint8_t relief;                         // 0..4
	bool undone;                            // not counted for the donor cap
	carved_parts_mask parts;                // where both the slot and the candidate can
	uint64_t unknown[CARVED_UNKNOWN_WORDS]; // local bits
	uint64_t aids;                          // local bits
	uint32_t must;                          // must-wishes that it meets, bit = position in the candidate's list
	uint32_t limits;                        // limits whose hours it counts for, bit = position in the candidate's list
};

// Whether packages may exchange hours of the two slots without being worth more or less: both of one job, with the same fit, relief, aids and unknown categories,
// both counted for the donor cap or neither.
static inline bool carved_pair_slots_are_alike(const struct carved_pair_slot *a, const struct carved_pair_slot *b)
{
	bool alike =
		a->job == b->job && a->fit == b->fit && a->relief == b->relief && a->undone == b->undone && a->aids == b->aids;
	for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
		alike = alike && a->unknown[i] == b->unknown[i];
	return alike;
}

struct carved_pair_job {
	uint32_t job;          // of the instance
	uint32_t cap_q;        // donor cap; 0 where it may not be carved
	uint16_t first, count; // of the pair's slots
	bool whole;            // a vacancy, all of whose slots fit: it may be filled whole
};

struct carved_pair {
	uint32_t candidate, site;
	uint32_t minutes; // travel
	uint16_t slot_count, job_count, unknown_count, aid_count, supervisor_count;
	struct carved_pair_slot *slots; // by job, then in the instance's order
	struct carved_pair_job *jobs;
	uint32_t *unknown; // category of each local bit
	uint32_t *aids;    // aid of each local bit
};

// What one person brings to every site, worked out once: the capacity left in each category. Build one per candidate, then ask for its pairs.
struct carved_profile;
struct carved_profile *carved_profile_new(const struct carved_instance *instance, uint32_t candidate);
void carved_profile_free(struct carved_profile *profile);

// What all slots ask, worked out once for many profiles of an instance: the same answers, several times faster. Read only, so threads may share it.
// Lives longer than the profiles made from it.
struct carved_asks;
struct carved_asks *carved_asks_new(const struct carved_instance *instance);
void carved_asks_free(struct carved_asks *asks);
struct carved_profile *carved_profile_new_from(const struct carved_asks *asks, uint32_t candidate);

// Whether the site is within reach and not excluded (rules `travel` and `excluded`). ret_minutes may be NULL.
bool carved_profile_is_in_reach(const struct carved_profile *profile, uint32_t site, uint32_t *ret_minutes);

// Prepares the pair, allocated in `arena` (an arena of the caller's; many pairs may share it). Uses scratch memory of the profile: one thread at a time.
// Returns false, with nothing prepared, where the site is out of reach, or no slot fits, or the hours that fit can't reach the candidate's minimum.
// Consent is not looked at: who may not be matched has pairs all the same (advice needs them).
bool carved_profile_prepare(
	struct carved_profile *profile, uint32_t site, struct carved_arena *arena, struct carved_pair *ret_pair);

// Memory for one pair at a time, for whoever looks at many: a thread has its own, profiles can be shared.
struct carved_pair_scratch;
struct carved_pair_scratch *carved_pair_scratch_new(const struct carved_instance *instance);
void carved_pair_scratch_free(struct carved_pair_scratch *scratch);

// As carved_profile_prepare, but the pair lives in the scratch memory until its next use. NULL where there is none.
const struct carved_pair *carved_profile_expand(
	const struct carved_profile *profile, uint32_t site, struct carved_pair_scratch *scratch);

// A site as one person sees it, in brief.
struct carved_site_look {
	bool is_option;  // counts as one
	bool is_pair;    // carved_profile_expand gives one; only then:
	uint16_t most_q; // no package has more quarters
	int64_t worth;   // millionths: parts fit and relief of a package are no more together
};

void carved_profile_look(const struct carved_profile *profile, uint32_t site, struct carved_pair_scratch *scratch,
	struct carved_site_look *ret_look);

// The number of sites that count as options for the priority: DESIGN section 3, "options".
uint32_t carved_profile_options(const struct carved_profile *profile);

// Part `place` of every package of the candidate, in points. Requires: options as carved_profile_options gives them.
int64_t carved_fit_place(const struct carved_instance *instance, uint32_t candidate, uint32_t options);

// The fit of a slot and whether it fits at all, for tests and explanations. Returns false where a slot rule refuses it; then *ret_fit is untouched.
bool carved_profile_slot(const struct carved_profile *profile, uint32_t slot, uint32_t minutes, uint16_t *ret_fit);
