// SPDX-License-Identifier: EUPL-1.2
// The command line of carved.
#pragma once
#include <stdbool.h>

struct carved_arguments {
	const char *config;                  // NULL: defaults only
	const char *socket, *store, *solver; // NULL: as configured
	bool check_config;
};

// Ends the process for --help, --version and what can't be understood (exit status 2).
void carved_arguments_parse(int argc, char **argv, struct carved_arguments *ret_arguments);
