// SPDX-License-Identifier: EUPL-1.2
// What must not be in a text about a person that stands outside of a document: a reason, a note. Documents have the same rules in their reader.
#pragma once
#include "carved/base/error.h"
#include <stdbool.h>

// Returns false with CITIZEN_NUMBER or DIAGNOSIS_IN_TEXT (code); the citizen number is not repeated.
bool carved_privacy_check_text(const char *text, struct carved_error *error);
