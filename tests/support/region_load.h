// SPDX-License-Identifier: EUPL-1.2
// A shared region as a struct carved_region; skips the test, saying so, where the files are not there.
#pragma once
#include "carved/model/region.h"

struct carved_region *load_shared_region(const char *name); // the caller unrefs it
carved_date shared_region_date(void);                       // the date that the regions are made for
