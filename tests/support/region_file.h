// SPDX-License-Identifier: EUPL-1.2
// The real regions of ../shared/regions, for tests and benchmarks on machines that have them.
#pragma once
#include "carved/base/date.h"
#include "carved/model/region.h"

// The date that the regions are made for: 2026-11-22.
carved_date region_file_date(void);

// Loads "small", "medium", "large" or "xlarge", or a file of a path of its own (plain or gzipped NDJSON). NULL, with a line that says so, where it is absent; ends the program where
// it can't be read as documents.
//
// REGION@SITE/PEOPLE/PERCENT: a region of one site, the SITE-th of that region (from 0), and PEOPLE of those who could work there, spread over their list. Coaches have PERCENT of
// the hours that these people need together, but enough for any one of them; 0: as many as in the whole region. Ends the program where so many could not work there.
struct carved_region *region_file_load(const char *name_or_path);
