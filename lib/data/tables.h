// SPDX-License-Identifier: EUPL-1.2
// The tables that tables.c writes at build time from the csv files beside it.
#pragma once
#include "carved/data/postcode.h"
#include <stddef.h>
#include <stdint.h>

struct carved_icf_row {
	const char *code;
	uint16_t parent;     // index of the next broader category; UINT16_MAX at the top
	const char *nl, *en; // NULL: no label of its own
};

struct carved_postcode_row {
	uint16_t postcode;
	double latitude, longitude; // degrees
};

extern const struct carved_icf_row carved_icf_rows[]; // sorted by code
extern const size_t carved_icf_row_count;
extern const char *const carved_icf_groups[]; // chapters, blocks and components, sorted
extern const size_t carved_icf_group_count;
extern const struct carved_postcode_row carved_postcode_rows[]; // sorted by postcode
extern const size_t carved_postcode_row_count;
extern const struct carved_town carved_town_rows[]; // the largest first
extern const size_t carved_town_row_count;
