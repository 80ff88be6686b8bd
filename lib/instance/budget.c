// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/budget.h"

const struct carved_budget_info carved_budget_infos[] = {
#define X(member, name, value, lowest, highest) {name, offsetof(struct carved_budget, member), value, lowest, highest},
	CARVED_BUDGETS(X)
#undef X
};
const size_t carved_budget_count = sizeof carved_budget_infos / sizeof *carved_budget_infos;

void carved_budget_init(struct carved_budget *budget)
{
#define X(member, name, value, lowest, highest) budget->member = value;
	CARVED_BUDGETS(X)
#undef X
}
