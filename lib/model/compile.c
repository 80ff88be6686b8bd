// SPDX-License-Identifier: EUPL-1.2
// From documents to whole numbers. First everything in use is numbered (categories, tags, skills, aids, postcodes), then sites and candidates are written down.
#include "carved/model/compile.h"
#include "carved/data/postcode.h"
#include "carved/model/rules.h"
#include "compile_tables.h"
#include <stdlib.h>
#include <string.h>

enum { POSTCODES = 10000 };

static size_t count_of(const struct carved_compilation *c, enum carved_kind kind)
{
	return c->region->count[kind];
}

// Categories in use, with all that are broader. The catalogue is sorted by code, so that a parent gets its number before its children.
static void use_category(struct carved_compilation *c, carved_icf icf)
{
	for (; icf != CARVED_ICF_NONE && c->categories[icf] == CARVED_NONE; icf = carved_icf_parent(icf))
		c->categories[icf] = 0;
}

static void use_categories(struct carved_compilation *c, const struct carved_qualifiers *qualifiers)
{
	for (size_t i = 0; i < qualifiers->count; i++)
		use_category(c, qualifiers->items[i].icf);
}

static void number_categories(struct carved_compilation *c)
{
	uint32_t next = 0;
	for (size_t icf = 0; icf < carved_icf_count(); icf++) {
		if (c->categories[icf] == CARVED_NONE)
			continue;
		carved_icf parent = carved_icf_parent((carved_icf)icf);
		*(uint32_t *)carved_vector_push(&c->to.parents, sizeof(uint32_t)) =
			parent == CARVED_ICF_NONE ? CARVED_NONE : c->categories[parent];
		c->categories[icf] = next++;
	}
}

static void collect_from_sites(struct carved_compilation *c)
{
	c->slots = carved_arena_array(&c->scratch, struct carved_slots, count_of(c, CARVED_KIND_SITE));
	for (size_t s = 0; s < count_of(c, CARVED_KIND_SITE); s++) {
		const struct carved_site *site = carved_region_site(c->region, s);
		c->slots[s] = carved_slots_make(site, &c->scratch);
		c->places[site->place] = 0;
		for (size_t t = 0; t < c->slots[s].count; t++) {
			const struct carved_slot *slot = &c->slots[s].items[t];
			use_categories(c, &slot->demands);
			use_categories(c, &slot->exposures);
			for (size_t i = 0; i < slot->tags.count; i++)
				carved_numbering_add(&c->tags, slot->tags.items[i]);
			for (size_t i = 0; i < slot->task->requires.count; i++)
				carved_numbering_add(&c->skills, slot->task->requires.items[i]);
		}
	}
}

static void collect_from_candidates(struct carved_compilation *c)
{
	for (size_t i = 0; i < count_of(c, CARVED_KIND_CANDIDATE); i++) {
		const struct carved_candidate *candidate = carved_region_candidate(c->region, i);
		c->homes[candidate->home] = 0;
		use_categories(c, &candidate->limitations);
		use_categories(c, &candidate->barriers);
		for (size_t k = 0; k < candidate->limit_count; k++)
			use_category(c, candidate->limits[k].icf);
		for (size_t k = 0; k < candidate->override_count; k++)
			use_category(c, candidate->overrides[k].icf);
		for (size_t k = 0; k < candidate->supported_count; k++) {
			use_category(c, candidate->supported[k].icf);
			carved_numbering_add(&c->aids, candidate->supported[k].by);
		}
	}
}

static uint32_t *all_none(struct carved_arena *arena, size_t count)
{
	uint32_t *numbers = carved_arena_array(arena, uint32_t, count);
	for (size_t i = 0; i < count; i++)
		numbers[i] = CARVED_NONE;
	return numbers;
}

static uint32_t number_postcodes(uint32_t *numbers)
{
	uint32_t next = 0;
	for (size_t postcode = 0; postcode < POSTCODES; postcode++) {
		if (numbers[postcode] != CARVED_NONE)
			numbers[postcode] = next++;
	}
	return next;
}

static void fill_travel(struct carved_compilation *c)
{
	for (int mode = 0; mode < CARVED_MODES; mode++) {
		for (uint16_t home = 0; home < POSTCODES; home++) {
			for (uint16_t place = 0; c->homes[home] != CARVED_NONE && place < POSTCODES; place++) {
				if (c->places[place] == CARVED_NONE)
					continue;
				uint16_t *minutes = carved_vector_push(&c->to.travel, sizeof *minutes);
				*minutes = carved_postcode_minutes(home, place, (enum carved_mode)mode);
			}
		}
	}
}

static void number_everything(struct carved_compilation *c)
{
	c->categories = all_none(&c->scratch, carved_icf_count());
	c->homes = all_none(&c->scratch, POSTCODES);
	c->places = all_none(&c->scratch, POSTCODES);
	collect_from_sites(c);
	collect_from_candidates(c);
	number_categories(c);
	carved_numbering_sort(&c->tags);
	carved_numbering_sort(&c->skills);
	carved_numbering_sort(&c->aids);
	c->instance->tag_count = (uint32_t)c->tags.texts.count;
	c->instance->skill_count = (uint32_t)c->skills.texts.count;
	c->instance->aid_count = (uint32_t)c->aids.texts.count;
	c->instance->home_count = number_postcodes(c->homes);
	c->instance->place_count = number_postcodes(c->places);
	fill_travel(c);
}

static void compile_coaches(struct carved_compilation *c)
{
	size_t coaches = count_of(c, CARVED_KIND_COACH);
	int *medians_q = carved_alloc_array(coaches, sizeof *medians_q),
	    *reserves_q = carved_alloc_array(coaches, sizeof *reserves_q);
	struct carved_instance_candidate *candidates = c->to.candidates.items;
	carved_rules_reserves(c->region, c->weights, medians_q, reserves_q);
	for (size_t k = 0; k < coaches; k++) {
		struct carved_instance_coach *to = carved_vector_push(&c->to.coaches, sizeof *to);
		to->hours_q = (uint32_t)carved_region_coach(c->region, k)->hours_q;
		to->reserve_q = reserves_q[k] < 0 ? CARVED_NONE : (uint32_t)reserves_q[k];
	}
	for (size_t i = 0; i < c->to.candidates.count; i++) {
		if (candidates[i].coach < coaches)
			candidates[i].easy = candidates[i].coach_q <= (uint32_t)medians_q[candidates[i].coach];
	}
	free(medians_q);
	free(reserves_q);
}

static void *keep(struct carved_instance *instance, struct carved_vector *vector, size_t size, uint32_t *ret_count)
{
	void *kept = carved_arena_alloc_array(&instance->arena, vector->count, size);
	if (vector->count)
		memcpy(kept, vector->items, vector->count * size);
	*ret_count = (uint32_t)vector->count;
	free(vector->items);
	return kept;
}

void carved_compile(const struct carved_region *region, carved_date date, const struct carved_weights *weights,
	struct carved_instance *ret_instance)
{
	struct carved_compilation c = {.region = region, .date = date, .weights = weights, .instance = ret_instance};
	*ret_instance = (struct carved_instance){.weights = *weights};
	number_everything(&c);
	carved_compile_sites(&c);
	carved_compile_candidates(&c);
	compile_coaches(&c);
#define X(member, type) ret_instance->member = keep(ret_instance, &c.to.member, sizeof(type), &ret_instance->member##_count);
	CARVED_INSTANCE_ARRAYS(X)
#undef X
	free(c.tags.texts.items);
	free(c.skills.texts.items);
	free(c.aids.texts.items);
	carved_arena_deinit(&c.scratch);
}

// FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
	return hash;
}

uint64_t carved_compile_hash(const struct carved_region *region, carved_date date, const struct carved_weights *weights)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		for (size_t i = 0; i < region->count[kind]; i++) {
			const struct carved_document *document = region->documents[kind][i];
			hash = hash_bytes(hash, document->json, document->json_length + 1); // the NUL keeps documents apart
		}
	}
	for (size_t i = 0; i < carved_exclusions_count(region->exclusions); i++) {
		const struct carved_exclusion *exclusion = carved_exclusions_at(region->exclusions, i);
		if (!carved_rules_exclusion_holds(region, exclusion))
			continue;
		hash = hash_bytes(hash, exclusion->candidate, strlen(exclusion->candidate) + 1);
		hash = hash_bytes(hash, exclusion->site, strlen(exclusion->site) + 1);
	}
	hash = hash_bytes(hash, &date, sizeof date);
	return hash_bytes(hash, weights, sizeof *weights);
}
