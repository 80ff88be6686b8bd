// SPDX-License-Identifier: EUPL-1.2
#include "html.h"
#include "carved/base/json.h"
#include <stdlib.h>
#include <string.h>

bool carved_html_is_wanted(const char *media)
{
	return strcmp(media, "text/html") == 0;
}

void carved_html_replace(struct carved_buffer *body, carved_report_fn render, enum carved_language language)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_buffer page = CARVED_BUFFER_INIT;
	const struct carved_node *json;
	struct carved_error error;
	uint32_t line, column;
	if (!carved_json_parse(body->data, body->length, &arena, &json, &error, &line, &column))
		abort(); // we wrote it
	render(json, language, &page);
	carved_buffer_deinit(body);
	*body = page;
	carved_arena_deinit(&arena);
}

struct carved_answer_owed carved_html_reply(struct carved_call *call, const char *tag, struct carved_buffer *body)
{
	const struct carved_content content = {
		.media = carved_html_is_wanted(call->media) ? "text/html; charset=utf-8" : call->media,
		.tag = tag,
		.vary = "Accept, Accept-Language"};
	return carved_reply_content(call, &content, NULL, 0, body);
}
