// SPDX-License-Identifier: EUPL-1.2
// Inside price/ only: whether hours can be laid into a week (rule `schedule`), and which condition forbids it. See days.c.
#pragma once
#include "carved/base/week.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t days_mask; // bit d: day d
#define DAYS_ALL ((days_mask)0x7F)

struct days_load { // hours that share their allowed parts
	carved_parts_mask parts;
	uint32_t hours_q;
};

// A person's week and what is decided of it.
struct days_week {
	const uint32_t *available_q; // per day part
	uint32_t per_day_q, per_visit_q;
	days_mask out; // days not worked
	days_mask in;  // days worked
};

enum days_answer {
	DAYS_FIT,
	DAYS_OVER,  // hours confined to `parts` are more than `limit_q`: sum over what lies within parts <= limit_q
	DAYS_UNDER, // hours that are not confined to `parts` are fewer than `limit_q`, which the days decided on need
	DAYS_CHOICE // neither, but no choice of days works: decide on another day
};

struct days_row {
	carved_parts_mask open;  // of the days in question
	carved_parts_mask parts; // a load is confined where its open parts lie in these
	uint32_t limit_q;
};

struct days_share { // hours to choose within bounds
	carved_parts_mask parts;
	uint16_t lo, hi;
};

struct days_scratch {
	uint16_t *flow;          // loads x parts
	uint32_t *left_q;        // per load
	struct days_load *loads; // of carved_days_choose
	uint32_t *queue, *parent;
	size_t room; // loads
};

void carved_days_reserve(struct days_scratch *scratch, size_t loads);
void carved_days_deinit(struct days_scratch *scratch);

// Loads with equal parts must be one. ret_row is set for DAYS_OVER and DAYS_UNDER.
enum days_answer carved_days_check(const struct days_week *week, const struct days_load *loads, uint32_t load_count,
	struct days_scratch *scratch, struct days_row *ret_row);

// Chooses hours lo <= h <= hi of each share, `total` together, that can be laid into the week on some days (decisions on days are not looked at). Returns false
// where there are none; else they are in ret_hours.
bool carved_days_choose(const struct days_week *week, const struct days_share *shares, uint32_t share_count, uint32_t total,
	struct days_scratch *scratch, uint16_t *ret_hours);

// Hours that can be laid into `parts` in all: sum over days of min(per day, hours of the parts).
uint32_t carved_days_capacity(const struct days_week *week, carved_parts_mask parts);

static inline carved_parts_mask carved_days_parts(days_mask days)
{
	carved_parts_mask parts = 0;
	for (int day = 0; day < CARVED_DAYS; day++)
		parts |= days >> day & 1 ? CARVED_DAY_MASK(day) : 0;
	return parts;
}
