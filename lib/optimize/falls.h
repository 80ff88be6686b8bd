// SPDX-License-Identifier: EUPL-1.2
// How much packages can have gained since earlier prices, without a look at any of them.
//
// Prices change from one evaluation to the next, most of them little. A package that uses x_t quarters of the slots t of a site is worth at most
//
//     sum of fall_t x_t  <=  max of sum of fall_t y_t  with 0 <= y_t <= quarters of t, sum of y_t <= hours of the package at most
//
// more than it was, where fall_t is how far a quarter of t has become cheaper (its slot's price, and its job's where that fell: whole fills and undone tasks pay no
// donor). The maximum takes the steepest falls first: per site and earlier prices a list by falling fall.
#pragma once
#include "prepare.h"

#define CARVED_FALLS_KEPT 24 // earlier prices

struct carved_fall {
	int64_t micro;    // of one quarter
	int64_t sum;      // of all quarters before this fall, micro
	uint32_t hours_q; // of all slots up to this one
};

struct carved_falls {
	const struct carved_problem *problem;
	uint32_t now;                       // number of the prices at hand
	int64_t *prices[CARVED_FALLS_KEPT]; // of slots and donors, by number
	struct carved_fall
		*lists[CARVED_FALLS_KEPT];   // by number of the earlier prices: the run of each site's slots holds its falls
	uint32_t *counts[CARVED_FALLS_KEPT]; // likewise, per site: how many there are
};

// Begins at prices of zero, number 0.
void carved_falls_init(struct carved_falls *falls, const struct carved_problem *problem);
void carved_falls_deinit(struct carved_falls *falls);

// Whether one more move needs carved_falls_restart first.
bool carved_falls_is_full(const struct carved_falls *falls);

// Forgets all prices but those at hand, which are number 0 from now on.
void carved_falls_restart(struct carved_falls *falls);

// Moves on to new prices: number now + 1. Requires: not full.
void carved_falls_move(struct carved_falls *falls, const int64_t *prices);

// What `hours_q` quarters at the site can have gained from the prices numbered `since` to those at hand: >= 0, micro.
static inline int64_t carved_falls_rise(const struct carved_falls *falls, uint32_t since, uint32_t site, uint32_t hours_q)
{
	if (since == falls->now)
		return 0;
	const struct carved_fall *list = falls->lists[since] + falls->problem->instance->sites[site].slots.first;
	const uint32_t count = falls->counts[since][site];
	uint32_t at = 0, before = 0;
	while (at < count && list[at].hours_q < hours_q)
		before = list[at++].hours_q;
	if (at < count)
		return list[at].sum + list[at].micro * (hours_q - before);
	return count ? list[count - 1].sum + list[count - 1].micro * (before - (count > 1 ? list[count - 2].hours_q : 0)) : 0;
}
