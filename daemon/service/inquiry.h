// SPDX-License-Identifier: EUPL-1.2
// A question that the store answers: worked out on the reader's thread, then told on the loop. For handlers of GET.
#pragma once
#include "html.h"
#include "state.h"

struct carved_inquiry {
	struct carved_call *call;
	const void *asked;              // what a handler has read of the request, in the call's arena; NULL: nothing
	struct carved_store *store;     // the reader's
	struct carved_region *snapshot; // of when it was asked, as is `today`
	carved_date today;
	struct carved_arena arena;
	struct carved_buffer body;
	struct carved_error error; // code 0: none
};

// On the reader's thread: writes the answer as JSON to `body`, or sets the error.
typedef void carved_inquiry_fn(struct carved_inquiry *inquiry);

// Answers as carved_reply_content does, tagged by the content, or as carved_reply_failure does. report: what makes a page of the answer, where the call offers
// CARVED_HTML_OFFERS; else NULL.
struct carved_answer_owed carved_inquiry_start(
	struct carved_call *call, carved_inquiry_fn *answer, carved_report_fn report, const void *asked);
