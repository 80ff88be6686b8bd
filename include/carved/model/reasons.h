// SPDX-License-Identifier: EUPL-1.2
// Why people decline, withdraw or end a proposal: a fixed list, so that reasons can be counted; free text stands beside it.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// X(symbol, code)
// clang-format off
#define CARVED_REASONS(X) \
	X(TASKS, "tasks")                 /* the tasks do not suit */ \
	X(HOURS, "hours")                 /* too many hours, or too few */ \
	X(TIMES, "times")                 /* the days or times do not suit */ \
	X(TRAVEL, "travel")               /* too far, or not to be reached */ \
	X(WORKPLACE, "workplace")         /* the place itself: noise, crowd, the team, the building */ \
	X(SUPPORT, "support")             /* guidance, a buddy or an aid can't be arranged */ \
	X(HEALTH, "health")               /* the person can't now */ \
	X(FINANCES, "finances")           /* pay, benefit or wage subsidy don't work out */ \
	X(EMPLOYER, "employer-chose-otherwise") /* the employer took somebody else, or decided against it */ \
	X(VACANCY, "vacancy-gone")        /* the work is not there any more */ \
	X(OTHER_WORK, "other-work")       /* the person found other work */ \
	X(OTHER, "other")                 /* none of these: the text says what */
// clang-format on

enum carved_reason {
#define X(symbol, code) CARVED_REASON_##symbol,
	CARVED_REASONS(X)
#undef X
		CARVED_REASON_COUNT
};
extern const char *const carved_reason_codes[CARVED_REASON_COUNT];

bool carved_reason_is_known(const char *code);
