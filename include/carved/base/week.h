// SPDX-License-Identifier: EUPL-1.2
// The week: 7 days of 4 day parts. A day part's index is day * 4 + part; a set of day parts is a mask of 28 bits.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum carved_day { CARVED_MON, CARVED_TUE, CARVED_WED, CARVED_THU, CARVED_FRI, CARVED_SAT, CARVED_SUN, CARVED_DAYS };
enum carved_part { CARVED_AM, CARVED_PM, CARVED_EV, CARVED_NI, CARVED_PARTS_PER_DAY }; // 06-12, 12-18, 18-22, 22-06
#define CARVED_DAY_PARTS 28

typedef uint32_t carved_parts_mask; // bit p: day part p

extern const char *const carved_day_names[CARVED_DAYS];           // "mon" ...
extern const char *const carved_part_names[CARVED_PARTS_PER_DAY]; // "am" ...
extern const char *const carved_day_part_names[CARVED_DAY_PARTS]; // "mon-am" ...

#define CARVED_EVENING_MASK ((carved_parts_mask)0x4444444) // every ev
#define CARVED_NIGHT_MASK ((carved_parts_mask)0x8888888)   // every ni
#define CARVED_DAY_MASK(day) ((carved_parts_mask)0xF << ((day)*CARVED_PARTS_PER_DAY))

// The index of "mon-pm"; -1 when it is not a day part.
int carved_day_part_parse(const char *text);
