// SPDX-License-Identifier: EUPL-1.2
// A part of a region: one site and everybody who could work there, for the question what that site could offer. It is a region like any other (compile, plan,
// check), and is judged as in the whole: a coach's caseload and a person's options are counted there, so that a package is worth in the part what it is worth in
// the region's plan.
#pragma once
#include "carved/instance/weights.h"
#include "carved/model/region.h"

// The part of `whole` around a site on a date: the site; who may be matched then, reaches it, is not excluded, and finds hours there that fit up to their
// minimum (nobody else can have a package at it); these people's coaches; all vocabularies. Options outside are counted as far as they matter to the priority
// at these weights. Keeps a reference to the whole.
// Requires: `whole` is not a part itself; site < its number of sites.
// Returns a region with one reference. It is not made for carved_region_apply.
struct carved_region *carved_region_part(
	struct carved_region *whole, size_t site, carved_date date, const struct carved_weights *weights);

// The smallest part there is: one person, one site, the person's coach, all vocabularies. Documents may be other than those of `whole`: what would be if they were
// changed. The coach's caseload is that of the whole; options elsewhere are not counted. Takes references of its own to documents and whole.
// Requires: `whole` is not a part itself; the coach is the one whom the candidate names.
// Returns a region with one reference. It is not made for carved_region_apply.
struct carved_region *carved_region_cell(struct carved_region *whole, struct carved_document *candidate,
	struct carved_document *site, struct carved_document *coach);

// Sites outside of a part that are options of the candidate; 0 in a whole region.
static inline int carved_region_options_elsewhere(const struct carved_region *region, size_t candidate)
{
	return region->options_elsewhere ? region->options_elsewhere[candidate] : 0;
}
