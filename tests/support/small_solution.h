// SPDX-License-Identifier: EUPL-1.2
// A plan for the small instance: its candidate gets 8 h of linen and 2 h of the garden. For conversations, not for checkers: its parts are made up.
#pragma once
#include "carved/instance/solution.h"

// Freed by carved_solution_deinit. `value` is the plan's; its bound lies 1000 points above.
void small_solution_init(struct carved_solution *solution, const struct carved_instance *instance, int64_t value);
