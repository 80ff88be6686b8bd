// SPDX-License-Identifier: EUPL-1.2
// The interface described for machines: what carved-openapi put together when carved was built.
#include "state.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

extern const unsigned char carved_openapi_json[];
extern const size_t carved_openapi_json_size;

// FNV-1a over the document: another document has another tag.
static uint64_t hash(void)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < carved_openapi_json_size; i++)
		hash = (hash ^ carved_openapi_json[i]) * UINT64_C(1099511628211);
	return hash;
}

struct carved_answer_owed carved_openapi_get(struct carved_call *call)
{
	static char tag[24]; // loop thread only
	if (!tag[0])
		snprintf(tag, sizeof tag, "\"%016" PRIx64 "\"", hash());
	const struct carved_http_header headers[] = {{"ETag", tag}, {"Cache-Control", "no-cache"}};
	const char *known = carved_http_exchange_header(call->exchange, "if-none-match");
	struct carved_buffer body = CARVED_BUFFER_INIT;
	if (known && (strstr(known, tag) || strcmp(known, "*") == 0))
		return carved_reply_empty(call, 304, headers, sizeof headers / sizeof *headers);
	carved_buffer_add(&body, carved_openapi_json, carved_openapi_json_size);
	return carved_reply_json(call, 200, headers, sizeof headers / sizeof *headers, &body);
}
