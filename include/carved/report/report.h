// SPDX-License-Identifier: EUPL-1.2
// Pages for people: what the API states as JSON, as one HTML file that needs nothing else. It prints on A4, reads on a phone, in light and dark, with a screen
// reader, and asks no network for anything.
//
// A page is made of the JSON and of nothing else, so what it shows is what the API states. Every text of a document is escaped; every figure can be read by a
// script (lib/report/page.h).
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/node.h"
#include "carved/text/text.h"

// A proposal for whom its explanation is: `explanation` is an answer of GET /v1/proposals/{id}/explanation in the same language. Adds to `page`.
void carved_report_proposal(const struct carved_node *explanation, enum carved_language language, struct carved_buffer *page);

// A plan: `overview` is an answer of GET /v1/plans/{id}/overview in the same language. Adds to `page`.
void carved_report_plan(const struct carved_node *overview, enum carved_language language, struct carved_buffer *page);

// What a site could offer, for a visit to its employer; nothing about anybody. `answer` is an answer of GET /v1/sites/{ref}/recommendations in the same language.
// Adds to `page`.
void carved_report_site(const struct carved_node *answer, enum carved_language language, struct carved_buffer *page);
