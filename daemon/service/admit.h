// SPDX-License-Identifier: EUPL-1.2
// Letting the errands of a call into the queues, as its user's. Where that is refused, carved_reply_busy says why: 503 where too many wait, 429 where this user has
// a share under way already.
#pragma once
#include "errand.h"
#include "reply.h"

// Each returns false, and does nothing, where the errand is not admitted.
bool carved_admit_to_work(struct carved_call *call, struct carved_errand *errand);
bool carved_admit_to_writer(struct carved_call *call, struct carved_errand *errand);
bool carved_admit_to_reader(struct carved_call *call, struct carved_errand *errand);

// Behind a wait that had to be for something, and was in vain where `failure` has a code: returns false also then, and has answered why.
bool carved_admit_to_work_behind(struct carved_call *call, const struct carved_error *failure, struct carved_errand *errand);

struct carved_room {
	unsigned of_user, share; // that the user of the call has already; that one user may have
	unsigned of_all, limit;  // the same for everybody together
};
// Whether the user of the call may have one more. Counts where not.
bool carved_admit_one_more(struct carved_call *call, const struct carved_room *room, struct carved_refusals *refusals);
