// SPDX-License-Identifier: EUPL-1.2
// The head of an answer as bytes.
#pragma once
#include "http.h"
#include <time.h>

// "Not Found"; "" for a status without a name here.
const char *carved_answer_phrase(int status);

struct carved_answer_head {
	int status;
	const char *content_type; // NULL: no body
	size_t body_length;
	bool chunked; // the body follows bit by bit: its length is not known
	bool close;
	time_t now;
};

// Writes status line, Date, framing, then both lists of headers. Ends the process where a header would break the head: that is a mistake of ours.
void carved_answer_format(const struct carved_answer_head *head, const struct carved_http_header *common, size_t common_count,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *buffer);
