// SPDX-License-Identifier: EUPL-1.2
// Every number of DESIGN section 3 that decides what a package is worth. All are settings; a plan records the set it used.
#pragma once
#include <stddef.h>
#include <stdint.h>

// CARVED_WEIGHT(member, setting's name, default, lowest, highest)
#define CARVED_WEIGHTS(X)                                                                                                        \
	X(place, "place", 12, 0, 1000)                /* points per point of priority */                                         \
	X(full_week, "full-week", 20000, 0, 1000000)  /* points of a full week of perfect fit (fit part) */                      \
	X(relief, "relief", 25, 0, 10000)             /* points per hour and level of relief */                                  \
	X(extra_job, "extra-job", -1500, -1000000, 0) /* points per donor job beyond the first */                                \
	X(aid, "aid", -800, -1000000, 0)              /* points per distinct aid used */                                         \
	X(unknown, "unknown", -100, -1000000, 0)      /* points per distinct unknown category */                                 \
	X(coach_hour, "coach-hour", 0, -1000000, 0)   /* points per hour of job coaching */                                      \
	X(buddy_hour, "buddy-hour", 0, -1000000, 0)   /* points per hour of a buddy's time */                                    \
	X(priority_base, "priority-base", 1000, 0, 100000)                                                                       \
	X(priority_month, "priority-month", 10, 0, 10000) /* per whole month of waiting */                                       \
	X(priority_waiting_max, "priority-waiting-max", 600, 0, 100000)                                                          \
	X(few_options, "few-options", 3, 0, 10000) /* up to so many sites are few */                                             \
	X(priority_few, "priority-few", 300, 0, 100000)                                                                          \
	X(some_options, "some-options", 10, 0, 10000)                                                                            \
	X(priority_some, "priority-some", 150, 0, 100000)                                                                        \
	X(fit_comfort, "fit-comfort", 30, 0, 100) /* the five must add up to 100 */                                              \
	X(fit_wish, "fit-wish", 35, 0, 100)                                                                                      \
	X(fit_challenge, "fit-challenge", 15, 0, 100)                                                                            \
	X(fit_setting, "fit-setting", 10, 0, 100)                                                                                \
	X(fit_travel, "fit-travel", 10, 0, 100)                                                                                  \
	X(comfort_margin_0, "comfort-margin-0", 400, 0, 1000)                                                                    \
	X(comfort_margin_1, "comfort-margin-1", 800, 0, 1000)                                                                    \
	X(comfort_margin_2, "comfort-margin-2", 1000, 0, 1000) /* 2 or more */                                                   \
	X(comfort_unknown, "comfort-unknown", 600, 0, 1000)                                                                      \
	X(comfort_none, "comfort-none", 1000, 0, 1000) /* a slot without demands and exposures */                                \
	X(wish_liked, "wish-liked", 1000, 0, 1000)                                                                               \
	X(wish_neutral, "wish-neutral", 500, 0, 1000)                                                                            \
	X(wish_avoided, "wish-avoided", 0, 0, 1000)                                                                              \
	X(grow_minus_2, "grow-minus-2", 0, 0, 1000) /* task level minus wished level, challenge: grow */                         \
	X(grow_minus_1, "grow-minus-1", 400, 0, 1000)                                                                            \
	X(grow_0, "grow-0", 800, 0, 1000)                                                                                        \
	X(grow_plus_1, "grow-plus-1", 1000, 0, 1000)                                                                             \
	X(grow_plus_2, "grow-plus-2", 500, 0, 1000)                                                                              \
	X(steady_minus_2, "steady-minus-2", 300, 0, 1000) /* the same, challenge: steady */                                      \
	X(steady_minus_1, "steady-minus-1", 800, 0, 1000)                                                                        \
	X(steady_0, "steady-0", 1000, 0, 1000)                                                                                   \
	X(steady_plus_1, "steady-plus-1", 600, 0, 1000)                                                                          \
	X(steady_plus_2, "steady-plus-2", 200, 0, 1000)                                                                          \
	X(challenge_not_stated, "challenge-not-stated", 700, 0, 1000)                                                            \
	X(setting_same, "setting-same", 1000, 0, 1000)                                                                           \
	X(setting_one_off, "setting-one-off", 500, 0, 1000)                                                                      \
	X(setting_two_off, "setting-two-off", 0, 0, 1000)                                                                        \
	X(setting_not_stated, "setting-not-stated", 700, 0, 1000)                                                                \
	X(reserve, "reserve", 500, 0, 1000) /* r of rule `reserve`, per mille */

struct carved_weights {
#define X(member, name, value, lowest, highest) int32_t member;
	CARVED_WEIGHTS(X)
#undef X
};

// What the configuration needs to know of each weight.
struct carved_weight_info {
	const char *name;
	size_t offset; // of the int32_t in struct carved_weights
	int32_t preset, lowest, highest;
};

extern const struct carved_weight_info carved_weight_infos[];
extern const size_t carved_weight_count;

// Fills in the defaults of DESIGN section 3.
void carved_weights_init(struct carved_weights *weights);

// The first number of options that makes no difference to anybody's priority: whoever counts may stop there.
int32_t carved_weights_options_most(const struct carved_weights *weights);

// The weight whose name is `name`; NULL when there is none.
const struct carved_weight_info *carved_weight_find(const char *name);

static inline int32_t carved_weight_get(const struct carved_weights *weights, const struct carved_weight_info *info)
{
	return *(const int32_t *)((const char *)weights + info->offset);
}
