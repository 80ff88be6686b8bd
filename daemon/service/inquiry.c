// SPDX-License-Identifier: EUPL-1.2
#include "inquiry.h"
#include "admit.h"
#include "tag.h"
#include <stdlib.h>

struct running {
	struct carved_inquiry inquiry;
	struct carved_errand errand;
	carved_inquiry_fn *answer;
	carved_report_fn report;
	char tag[CARVED_TAG_MAX];
};

static void release(struct running *r)
{
	carved_region_unref(r->inquiry.snapshot);
	carved_arena_deinit(&r->inquiry.arena);
	carved_buffer_deinit(&r->inquiry.body);
	free(r);
}

static void run(struct carved_errand *errand)
{
	struct running *r = carved_container_of(errand, struct running, errand);
	struct carved_inquiry *inquiry = &r->inquiry;
	r->answer(inquiry);
	if (inquiry->error.code == CARVED_OK) {
		if (r->report && carved_html_is_wanted(inquiry->call->media))
			carved_html_replace(&inquiry->body, r->report, inquiry->call->language);
		carved_tag_of_content(inquiry->body.data, inquiry->body.length, r->tag);
	}
	carved_region_unref(inquiry->snapshot); // the last one is slow to free: not on the loop
	inquiry->snapshot = NULL;
}

static void done(struct carved_errand *errand)
{
	struct running *r = carved_container_of(errand, struct running, errand);
	struct carved_call *call = r->inquiry.call;
	const struct carved_content content = {.media = call->media, .tag = r->tag};
	if (r->inquiry.error.code != CARVED_OK)
		carved_reply_failure(call, &r->inquiry.error);
	else if (r->report)
		carved_html_reply(call, r->tag, &r->inquiry.body);
	else
		carved_reply_content(call, &content, NULL, 0, &r->inquiry.body);
	release(r);
}

struct carved_answer_owed carved_inquiry_start(
	struct carved_call *call, carved_inquiry_fn *answer, carved_report_fn report, const void *asked)
{
	struct running *r = carved_alloc_array(1, sizeof *r);
	*r = (struct running){.inquiry = {.call = call,
				      .asked = asked,
				      .store = call->service->read_store,
				      .snapshot = carved_region_ref(call->service->region),
				      .today = carved_service_today()},
		.errand = {.run = run, .done = done},
		.answer = answer,
		.report = report};
	if (carved_admit_to_reader(call, &r->errand))
		return carved_reply_later();
	release(r);
	return carved_reply_busy(call);
}
