// SPDX-License-Identifier: EUPL-1.2
// Reading plans and proposals: running ones from memory, ended ones from the store, on the reader's thread.
#pragma once
#include "reply.h"

// Answers a POST whose plan was started before: with the plan as it is now, 202 while it runs, else 200; it may be waited for (plan_order.c).
void carved_plans_replay(struct carved_call *call, const char *id);

// Answers a POST with a plan that has ended: 200 and Location.
void carved_plans_reply_ended(struct carved_call *call, const char *id);

// Answers with a plan that has ended: 200 and Preference-Applied.
void carved_plans_reply_waited(struct carved_call *call, const char *id, unsigned seconds);
