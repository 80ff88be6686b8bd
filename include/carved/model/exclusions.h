// SPDX-License-Identifier: EUPL-1.2
// Pairs of a candidate and a site that people declined: what rule `excluded` knows beside the documents. A region carries one such table.
//
//   for good   the pair is never proposed again
//   for now    not until the document of the candidate or of the site is newer than when it was declined
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct carved_exclusion {
	const char *candidate, *site; // refs
	bool for_good;
	int64_t candidate_version, site_version; // of the documents when it was declined
};

// Immutable, counted; sorted by candidate, then site, one entry a pair. NULL is an empty table everywhere.
struct carved_exclusions;

// A table with one more decline (copied): of two for the same pair the one for good counts, else the later. Returns a new reference; `exclusions` stays as it is.
struct carved_exclusions *carved_exclusions_add(
	const struct carved_exclusions *exclusions, const struct carved_exclusion *decline);

// The same for many, in their order.
struct carved_exclusions *carved_exclusions_add_all(
	const struct carved_exclusions *exclusions, const struct carved_exclusion *declines, size_t count);

struct carved_exclusions *carved_exclusions_ref(struct carved_exclusions *exclusions);
void carved_exclusions_unref(struct carved_exclusions *exclusions); // thread-safe

// All of one candidate, sorted by site: what is returned lives as long as the table. NULL and 0 where there are none.
const struct carved_exclusion *carved_exclusions_of(
	const struct carved_exclusions *exclusions, const char *candidate, size_t *ret_count);

const struct carved_exclusion *carved_exclusions_at(const struct carved_exclusions *exclusions, size_t index);
size_t carved_exclusions_count(const struct carved_exclusions *exclusions);
