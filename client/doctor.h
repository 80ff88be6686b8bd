// SPDX-License-Identifier: EUPL-1.2
// carve doctor: checks, each with a verdict, a sentence, and how to mend what is not right.
#pragma once
#include "session.h"

enum carve_verdict { CARVE_CHECK_OK, CARVE_CHECK_WARNING, CARVE_CHECK_WRONG };

struct carve_check {
	const char *name; // "socket" ...: the same in every language
	enum carve_verdict verdict;
	struct carved_error finding;
};

// Whether the user of this process may use a socket, as far as files and groups tell. Asks nobody on it.
void carve_doctor_check_socket(const char *socket, struct carve_check *ret_check);
