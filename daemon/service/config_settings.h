// SPDX-License-Identifier: EUPL-1.2
// The table of settings, for config*.c: what reads a file and what tells what is not at its default go by the same rows.
#pragma once
#include "config.h"

enum carved_setting_type { CARVED_TEXT, CARVED_MODE, CARVED_BOOL, CARVED_UNSIGNED, CARVED_SIZE, CARVED_SANDBOX };

struct carved_setting {
	const char *section, *name;
	enum carved_setting_type type; // of the member
	size_t offset;                 // of the member in struct carved_config
	int64_t lowest, highest;       // of a number
};

extern const struct carved_setting carved_settings[];
extern const size_t carved_setting_count;
#define CARVED_SETTINGS_MAX 100 // there are no more

extern const char *const carved_setting_sections[]; // those of the table, weights and budget
extern const size_t carved_setting_section_count;

extern const char *const carved_sandbox_names[]; // by enum carved_sandbox
extern const size_t carved_sandbox_name_count;
