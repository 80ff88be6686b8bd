// SPDX-License-Identifier: EUPL-1.2
// What a resource answers as JSON, as a page for people: the same answer, so the page says what the JSON says. Pages are made on a work or reader thread.
#pragma once
#include "carved/report/report.h"
#include "reply.h"

#define CARVED_HTML_OFFERS "application/json text/html"

bool carved_html_is_wanted(const char *media); // that was chosen from CARVED_HTML_OFFERS

// Replaces the JSON in `body` by the page that `render` makes of it. Requires: carved wrote it.
typedef void (*carved_report_fn)(const struct carved_node *json, enum carved_language language, struct carved_buffer *page);
void carved_html_replace(struct carved_buffer *body, carved_report_fn render, enum carved_language language);

// Answers a GET that offers CARVED_HTML_OFFERS in the caller's language, as carved_reply_content does. Takes the bytes of `body`. On the loop thread.
struct carved_answer_owed carved_html_reply(struct carved_call *call, const char *tag, struct carved_buffer *body);
