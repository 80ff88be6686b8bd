// SPDX-License-Identifier: EUPL-1.2
// The ICF codes and their hierarchy (codes are facts), with labels of our own for those used in work. No WHO titles.
#pragma once
#include "carved/text/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint16_t carved_icf; // index in the catalogue, which is sorted by code
#define CARVED_ICF_NONE UINT16_MAX

// Number of codes in the catalogue (categories only: a letter and three to five digits).
size_t carved_icf_count(void);

// The index of a category ("d430", "d4300"); CARVED_ICF_NONE when the catalogue has no such category (chapters, components and blocks included).
carved_icf carved_icf_find(const char *code);

// Whether `code` is a chapter or block of ICF ("d4", "d430-d449"), for a better error than "unknown".
bool carved_icf_is_group(const char *code);

// Requires for all below: icf < carved_icf_count().
const char *carved_icf_code(carved_icf icf);
carved_icf carved_icf_parent(carved_icf icf); // the next broader category; CARVED_ICF_NONE at the top

// Whether `icf` is `ancestor` or lies below it.
bool carved_icf_is_below(carved_icf icf, carved_icf ancestor);

// Our label ("lifting and carrying", "tillen en dragen"); a category without one takes its nearest ancestor's; NULL where there is none at all.
const char *carved_icf_label(carved_icf icf, enum carved_language language);
