// SPDX-License-Identifier: EUPL-1.2
// A budget's setting from a command line, for benchmarks and long checks.
#pragma once
#include "carved/instance/budget.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// Sets what "NAME=N" says. Returns false where there is no such setting.
static inline bool budget_argument_read(struct carved_budget *budget, const char *argument)
{
	const char *equals = strchr(argument, '=');
	for (size_t i = 0; equals && i < carved_budget_count; i++) {
		const struct carved_budget_info *info = &carved_budget_infos[i];
		if (strlen(info->name) == (size_t)(equals - argument) &&
			strncmp(info->name, argument, (size_t)(equals - argument)) == 0) {
			*(uint32_t *)(void *)((char *)budget + info->offset) = (uint32_t)strtoul(equals + 1, NULL, 10);
			return true;
		}
	}
	return false;
}
