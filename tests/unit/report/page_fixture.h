// SPDX-License-Identifier: EUPL-1.2
// A page made of JSON, and what must be on it.
#pragma once
#include "carved/base/json.h"
#include "carved/report/report.h"
#include "support/carved_cmocka.h"
#include <stdlib.h>
#include <string.h>

typedef void report_fn(const struct carved_node *answer, enum carved_language language, struct carved_buffer *page);

// Writes the page over what `page` has. In `quoted` "'" stands for the quotes of JSON. Returns its text, the buffer's.
static inline const char *page_make(
	struct carved_buffer *page, report_fn *report, enum carved_language language, const char *quoted)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *json;
	struct carved_error error;
	uint32_t line, column;
	char *text = carved_strdup(quoted);
	for (char *at = text; *at; at++)
		*at = *at == '\'' ? '"' : *at;
	carved_buffer_deinit(page);
	assert_true(carved_json_parse(text, strlen(text), &arena, &json, &error, &line, &column));
	report(json, language, page);
	carved_arena_deinit(&arena);
	free(text);
	return page->data;
}

// Each of the texts, one behind the other. Returns what follows the last.
static inline const char *expect_in_order(const char *page, const char *const *texts)
{
	for (; *texts; texts++) {
		const char *found = strstr(page, *texts);
		if (!found)
			fail_msg("%s\nis not, or not here, on\n%s", *texts, page);
		page = found + strlen(*texts);
	}
	return page;
}
#define EXPECT(page, ...) expect_in_order((page), (const char *const[]){__VA_ARGS__, NULL})

static inline void expect_none(const char *page, const char *text)
{
	if (strstr(page, text))
		fail_msg("%s\nis on\n%s", text, page);
}
