// SPDX-License-Identifier: EUPL-1.2
// The roles that a plan of one site found, told without the people for whom they were found: what an employer can be asked for, and for how many people of the
// region.
//
// Glossary
//   role         the pieces of one or more proposals that are the same in site, kind, slots and hours
//   could do it  every rule of a package holds for this person with these very pieces, and the hours go into their week; whether the coach has hours for them all
//                is not asked
#pragma once
#include "carved/base/json.h"
#include "carved/model/plan.h"

struct carved_role_aid {
	const char *by;
	size_t candidates; // of those who could do it, how many need it there
};

struct carved_role {
	const struct carved_proposal *proposal; // the most valuable of those that are the same; the plan's
	size_t count;                           // how many of the plan are the same
	size_t candidates;                      // who could do it; at least `count`
	size_t target_group, coaching;          // of these: who count for the banenafspraak; who need a coach's hours
	int buddy_q;                            // half of these need at most so much of a colleague's guidance
	struct carved_role_aid *aids;           // sorted by name
	size_t aid_count;
	// What it asks: over its slots
	struct carved_qualifiers demands, exposures; // the highest level of each category, all above 0; sorted
	struct carved_texts requires;                // distinct, sorted
	carved_parts_mask parts;                     // day parts in which some of it may be done
};

struct carved_roles {
	struct carved_role *items; // most valuable first
	size_t count;
	struct carved_arena arena; // owns all of it
};

// Requires: the checker accepted the plan, `region` holds everybody who could do any of its packages (a part of a region does).
void carved_roles_make(const struct carved_region *region, const struct carved_slot_table *table, const struct carved_plan *plan,
	struct carved_roles *ret_roles);
void carved_roles_deinit(struct carved_roles *roles);

// Writes a number of people so that no small group can be told: {"count": 12}; {"fewerThan": 5} below the limit; {"moreThan": 7} where those of `all` who are
// not counted are fewer than the limit, since a difference tells as much. `all`: of how many they are a part; SIZE_MAX where they are all. Limit 0: always the count.
void carved_roles_format_people(struct carved_json_writer *writer, const char *key, size_t people, size_t all, size_t limit);

struct carved_roles_view {
	const struct carved_region *region;
	const struct carved_slot_table *table;
	const struct carved_plan *plan;
	size_t limit;                  // below which a number of people is not told
	enum carved_language language; // of labels
};

// Writes the member `key`, a list of roles. Nobody's ref is in it, numbers of people are written as above, an aid that fewer than the limit need is told only
// where it is a facility of the site, and hours of guidance only where so many could do it.
void carved_roles_format(const struct carved_roles *roles, const struct carved_roles_view *view,
	struct carved_json_writer *writer, const char *key);

// Writes members about the one site of a part of a region: what it is, what it has, and per job and vacancy what the plan takes and leaves, task by task. They
// have the keys of the site's document where they mean the same.
void carved_roles_format_site(
	const struct carved_roles *roles, const struct carved_roles_view *view, struct carved_json_writer *writer);
