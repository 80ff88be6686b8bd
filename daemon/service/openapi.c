// SPDX-License-Identifier: EUPL-1.2
// The interface described for machines: what carved-openapi put together when carved was built.
#include "state.h"
#include "tag.h"

extern const unsigned char carved_openapi_json[];
extern const size_t carved_openapi_json_size;

struct carved_answer_owed carved_openapi_get(struct carved_call *call)
{
	static char tag[CARVED_TAG_MAX]; // loop thread only
	if (!tag[0])
		carved_tag_of_content((const char *)carved_openapi_json, carved_openapi_json_size, tag);
	const struct carved_http_header cache = {"Cache-Control", "no-cache"};
	const struct carved_content content = {.media = "application/json", .tag = tag};
	struct carved_buffer body = CARVED_BUFFER_INIT;
	carved_buffer_add(&body, carved_openapi_json, carved_openapi_json_size);
	return carved_reply_content(call, &content, &cache, 1, &body);
}
