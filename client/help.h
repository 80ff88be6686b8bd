// SPDX-License-Identifier: EUPL-1.2
// The help of carve and of each command: argp's layout, our texts.
#pragma once
#include "args.h"
#include <argp.h>

enum carve_key { // what argp calls the options
	CARVE_KEY_HELP = 'h',
	CARVE_KEY_FILE = 'f',
	CARVE_KEY_OUTPUT = 'o',
	CARVE_KEY_SOCKET = 0x100,
	CARVE_KEY_HOST,
	CARVE_KEY_JSON,
	CARVE_KEY_LANG,
	CARVE_KEY_VERSION,
	CARVE_KEY_DRY_RUN,
	CARVE_KEY_DATE,
	CARVE_KEY_SEED,
	CARVE_KEY_SECONDS,
	CARVE_KEY_WAIT,
	CARVE_KEY_NO_WAIT,
	CARVE_KEY_PLAN,
	CARVE_KEY_COUNT,
	CARVE_KEY_FOR,
	CARVE_KEY_SINCE,
	CARVE_KEY_KIND,
	CARVE_KEY_FULL,
	CARVE_KEY_PLANS,
	CARVE_KEY_IF_VERSION,
	CARVE_KEY_FROM,
	CARVE_KEY_MAX_CHANGES,
	CARVE_KEY_KEEP_WEIGHT,
	CARVE_KEY_CANDIDATE_AGREED,
	CARVE_KEY_EMPLOYER_AGREED,
	CARVE_KEY_FINANCES_DISCUSSED,
	CARVE_KEY_CONTACT,
	CARVE_KEY_REASON,
	CARVE_KEY_TEXT,
	CARVE_KEY_FOR_GOOD,
	CARVE_KEY_PIN,
	CARVE_KEY_SET,
	CARVE_KEY_WITHOUT,
	CARVE_KEY_FACILITY,
	CARVE_KEY_SITE
};

#define CARVE_OPTIONS_MAX 16
struct carve_help_options {
	struct argp_option items[CARVE_OPTIONS_MAX]; // ends with a zeroed one
};

// The options of a command (NULL: of carve itself, in front of a command) with texts in the terminal's language.
void carve_help_options_init(
	const struct carve_terminal *terminal, const struct carve_command *command, struct carve_help_options *ret_options);

// Writes the help on the terminal's output. name: "carve" or "carve COMMAND".
void carve_help_print(const struct carve_terminal *terminal, const struct carve_command *commands,
	const struct carve_command *command, const char *name);
