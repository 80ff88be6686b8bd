// SPDX-License-Identifier: EUPL-1.2
// What a plan's fairness figures and those of several plans together share.
#pragma once
#include "carved/base/json.h"

struct carved_fairness_band {
	int64_t candidates, placed, value; // people in it, those of them with a package, points of these packages
};

// Members of a band's object beside "upTo".
void carved_fairness_format_band(const struct carved_fairness_band *band, struct carved_json_writer *writer);
