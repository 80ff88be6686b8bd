// SPDX-License-Identifier: EUPL-1.2
#include "mend_fixture.h"
#include "carved/base/json.h"
#include "carved/base/json_edit.h"
#include "carved/model/part.h"
#include "support/carved_cmocka.h"

void mend_asked_init(struct mend_asked *a, struct carved_region *region, size_t candidate, size_t site, carved_date date)
{
	*a = (struct mend_asked){.region = region};
	carved_weights_init(&a->weights);
	a->question = (struct carved_advise_question){.region = region,
		.candidate = candidate,
		.site = site,
		.date = date,
		.weights = &a->weights,
		.node_limit = 5000,
		.tries = 3000,
		.items = 5};
}

void mend_ask(struct mend_asked *a, int most)
{
	const struct carved_mend_reach reach = {.most = most};
	carved_mends_find(&a->question, &reach, &a->found);
}

void mend_asked_deinit(struct mend_asked *a)
{
	carved_mends_deinit(&a->found);
	carved_region_unref(a->region);
}

struct carved_region *mend_follow(struct carved_region *region, const struct carved_mend *mend, carved_date date)
{
	struct carved_region *after = carved_region_ref(region);
	for (size_t i = 0; i < mend->count; i++) {
		const struct carved_mend_change *change = &mend->changes[i];
		const struct carved_document *before = carved_region_find(after, change->document, change->ref);
		struct carved_json_edit edit;
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed = {0};
		struct carved_findings findings = {0};
		assert_true(carved_json_edit_open(&edit, before->json, before->json_length, NULL));
		assert_true(change->value ? carved_json_edit_set(&edit, change->path, change->value, NULL)
					  : carved_json_edit_remove(&edit, change->path, NULL));
		carved_json_format(edit.root, &text);
		assert_true(carved_parse_documents(text.data, text.length, CARVED_FORMAT_JSON, date, NULL, &parsed, &findings));
		struct carved_region_change put = {.kind = change->document, .ref = change->ref, .document = parsed.documents[0]};
		struct carved_region *next = carved_region_apply(after, &put, 1);
		assert_true(carved_region_check(next, &parsed, NULL, 0, &findings));
		carved_region_unref(after);
		after = next;
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
		carved_json_edit_deinit(&edit);
	}
	return after;
}

struct carved_region *mend_cell(struct carved_region *region, size_t candidate, size_t site)
{
	struct carved_document *person = region->documents[CARVED_KIND_CANDIDATE][candidate];
	return carved_region_cell(region, person, region->documents[CARVED_KIND_SITE][site],
		carved_region_find(region, CARVED_KIND_COACH, person->candidate.coach));
}
