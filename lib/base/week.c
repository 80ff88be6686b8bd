// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/week.h"
#include <string.h>

const char *const carved_day_names[CARVED_DAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const char *const carved_part_names[CARVED_PARTS_PER_DAY] = {"am", "pm", "ev", "ni"};

#define DAY(name) name "-am", name "-pm", name "-ev", name "-ni"
const char *const carved_day_part_names[CARVED_DAY_PARTS] = {
	DAY("mon"), DAY("tue"), DAY("wed"), DAY("thu"), DAY("fri"), DAY("sat"), DAY("sun")};
#undef DAY

int carved_day_part_parse(const char *text)
{
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (strcmp(text, carved_day_part_names[part]) == 0)
			return part;
	}
	return -1;
}
