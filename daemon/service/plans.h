// SPDX-License-Identifier: EUPL-1.2
// Reading plans and proposals: running ones from memory, ended ones from the store, on the reader's thread.
#pragma once
#include "reply.h"

// Answers with a plan that has ended: 200 and Preference-Applied.
void carved_plans_reply_waited(struct carved_call *call, const char *id, unsigned seconds);
