// SPDX-License-Identifier: EUPL-1.2
// A plan's packages by number as a text file, so that one benchmark program can hand them to another: a line for each package,
//
//   CANDIDATE SITE KIND SLOT:QUARTERS ...        KIND: 0 carved, 1 a whole vacancy
#pragma once
#include "carved/instance/solution.h"

// Returns false, having said why on standard error, where the file can't be written (read, or is not of this instance).
bool packages_write(const char *path, const struct carved_solution *solution);
bool packages_read(const char *path, const struct carved_instance *instance, struct carved_arena *arena,
	struct carved_package **ret_packages, uint32_t *ret_count);
