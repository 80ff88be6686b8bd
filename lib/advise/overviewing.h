// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: what the files of the overview share.
#pragma once
#include "carved/advise/overview.h"

// Sites with their jobs and tasks, and sectors (overview_sites.c). Requires: placed.
void carved_overview_add_sites(struct carved_overview *overview);

// "unknown" where nothing says.
const char *carved_overview_sector_of(const struct carved_site *site);
