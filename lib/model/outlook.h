// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "carved/model/outlook.h"
#include "options.h"

struct carved_outlook {
	struct carved_options *options; // everybody's sites, flat
	int *counts;                    // per candidate: carved_plan_options
	size_t *sites;                  // per candidate: the first that would do, where it depends on the plan
	enum carved_rule *stop; // per candidate: the rule that stops every package; CARVED_RULE_COUNT: it depends on the plan
};
