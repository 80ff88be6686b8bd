// SPDX-License-Identifier: EUPL-1.2
#include "carved/data/icf.h"
#include "tables.h"
#include <string.h>

size_t carved_icf_count(void)
{
	return carved_icf_row_count;
}

carved_icf carved_icf_find(const char *code)
{
	size_t low = 0, high = carved_icf_row_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(carved_icf_rows[middle].code, code);
		if (order == 0)
			return (carved_icf)middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return CARVED_ICF_NONE;
}

bool carved_icf_is_group(const char *code)
{
	for (size_t i = 0; i < carved_icf_group_count; i++) {
		if (strcmp(carved_icf_groups[i], code) == 0)
			return true;
	}
	return false;
}

const char *carved_icf_code(carved_icf icf)
{
	return carved_icf_rows[icf].code;
}

carved_icf carved_icf_parent(carved_icf icf)
{
	return carved_icf_rows[icf].parent;
}

bool carved_icf_is_below(carved_icf icf, carved_icf ancestor)
{
	while (icf != CARVED_ICF_NONE && icf != ancestor)
		icf = carved_icf_rows[icf].parent;
	return icf == ancestor;
}

const char *carved_icf_label(carved_icf icf, enum carved_language language)
{
	for (; icf != CARVED_ICF_NONE; icf = carved_icf_rows[icf].parent) {
		const struct carved_icf_row *row = &carved_icf_rows[icf];
		const char *label = language == CARVED_DUTCH ? row->nl : row->en;
		if (label)
			return label;
	}
	return NULL;
}
