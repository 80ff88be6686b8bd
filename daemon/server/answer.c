// SPDX-License-Identifier: EUPL-1.2
#include "answer.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	int status;
	const char *phrase;
} phrases[] = {{200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {304, "Not Modified"}, {400, "Bad Request"},
	{403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"},
	{409, "Conflict"}, {410, "Gone"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
	{415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {422, "Unprocessable Content"},
	{428, "Precondition Required"}, {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
	{500, "Internal Server Error"}, {501, "Not Implemented"}, {503, "Service Unavailable"},
	{505, "HTTP Version Not Supported"}};

const char *carved_answer_phrase(int status)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		if (phrases[i].status == status)
			return phrases[i].phrase;
	}
	return "";
}

// IMF-fixdate (RFC 9110 5.6.7), whatever the locale.
static void add_date(time_t now, struct carved_buffer *buffer)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct tm tm;
	gmtime_r(&now, &tm);
	carved_buffer_printf(buffer, "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n", days[tm.tm_wday], tm.tm_mday,
		months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void add_headers(const struct carved_http_header *headers, size_t count, struct carved_buffer *buffer)
{
	for (size_t i = 0; i < count; i++) {
		if (strpbrk(headers[i].name, "\r\n: ") || strpbrk(headers[i].value, "\r\n"))
			abort();
		carved_buffer_printf(buffer, "%s: %s\r\n", headers[i].name, headers[i].value);
	}
}

void carved_answer_format(const struct carved_answer_head *head, const struct carved_http_header *common, size_t common_count,
	const struct carved_http_header *headers, size_t header_count, struct carved_buffer *buffer)
{
	carved_buffer_printf(buffer, "HTTP/1.1 %d %s\r\n", head->status, carved_answer_phrase(head->status));
	add_date(head->now, buffer);
	if (head->content_type)
		carved_buffer_printf(buffer, "Content-Type: %s\r\n", head->content_type);
	if (head->chunked)
		carved_buffer_add_text(buffer, "Transfer-Encoding: chunked\r\n");
	else if (head->status != 204 && head->status != 304)
		carved_buffer_printf(buffer, "Content-Length: %zu\r\n", head->body_length);
	if (head->close)
		carved_buffer_add_text(buffer, "Connection: close\r\n");
	add_headers(common, common_count, buffer);
	add_headers(headers, header_count, buffer);
	carved_buffer_add_text(buffer, "\r\n");
}
