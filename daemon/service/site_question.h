// SPDX-License-Identifier: EUPL-1.2
// The employer's question: which roles could be carved at a site. See site_question.c for its states.
#pragma once
#include "state.h"

// Stops all that are under way: each answers with the best it has.
void carved_site_questions_stop(struct carved_service *service);
