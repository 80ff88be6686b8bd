// SPDX-License-Identifier: EUPL-1.2
#include "html.h"
#include "carved/base/json.h"
#include <stdlib.h>
#include <string.h>

bool carved_html_is_wanted(const char *media)
{
	return strcmp(media, "text/html") == 0;
}

const char *carved_html_content_type(const char *media)
{
	return carved_html_is_wanted(media) ? "text/html; charset=utf-8" : media;
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
