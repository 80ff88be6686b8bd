// SPDX-License-Identifier: EUPL-1.2
// Requests that must be refused, for the parser's test (split at every byte) and the server's (over a real socket).
#pragma once
#include <stddef.h>

struct malformed {
	const char *what, *bytes;
	size_t length;
	int status;
};

#define BYTES(text) text, sizeof(text) - 1
#define GET "GET / HTTP/1.1\r\n"
#define PUT "PUT / HTTP/1.1\r\nHost: x\r\n"
#define HOST "Host: x\r\n"

static const struct malformed malformed[] = {
	{"no Host", BYTES(GET "\r\n"), 400},
	{"two Hosts", BYTES(GET HOST HOST "\r\n"), 400},
	{"a Host with a slash", BYTES(GET "Host: x/y\r\n\r\n"), 400},
	{"a Host with a list", BYTES(GET "Host: x, y\r\n\r\n"), 400},
	{"HTTP/0.9", BYTES("GET /\r\n\r\n"), 505},
	{"HTTP/1.0", BYTES("GET / HTTP/1.0\r\nHost: x\r\n\r\n"), 505},
	{"HTTP/2.0", BYTES("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505},
	{"HTTP/1.9", BYTES("GET / HTTP/1.9\r\nHost: x\r\n\r\n"), 505},
	{"the preface of HTTP/2", BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505},
	{"a protocol of another name", BYTES("GET / HTPP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"a folded header", BYTES(GET HOST "A: b\r\n c\r\n\r\n"), 400},
	{"a header folded by a tab", BYTES(GET HOST "A: b\r\n\tc\r\n\r\n"), 400},
	{"a first header that is folded", BYTES(GET " Host: x\r\n\r\n"), 400},
	{"a space before the colon", BYTES(GET "Host : x\r\n\r\n"), 400},
	{"a header without a name", BYTES(GET HOST ": b\r\n\r\n"), 400},
	{"a header without a colon", BYTES(GET HOST "broken\r\n\r\n"), 400},
	{"a header name with a comma", BYTES(GET HOST "a,b: c\r\n\r\n"), 400},
	{"lines that end in LF only", BYTES("GET / HTTP/1.1\nHost: x\n\n"), 400},
	{"one line that ends in LF only", BYTES(GET "Host: x\n\r\n"), 400},
	{"a CR inside a header", BYTES(GET HOST "A: b\rc\r\n\r\n"), 400},
	{"a NUL inside a header", BYTES(GET HOST "A: b\0c\r\n\r\n"), 400},
	{"a control character inside a header", BYTES(GET HOST "A: b\x01\r\n\r\n"), 400},
	{"both length headers", BYTES(PUT "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400},
	{"both length headers, the other way", BYTES(PUT "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
		400},
	{"two equal lengths", BYTES(PUT "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), 400},
	{"two different lengths", BYTES(PUT "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), 400},
	{"a list of lengths", BYTES(PUT "Content-Length: 3, 3\r\n\r\nabc"), 400},
	{"a negative length", BYTES(PUT "Content-Length: -3\r\n\r\nabc"), 400},
	{"a length with a plus", BYTES(PUT "Content-Length: +3\r\n\r\nabc"), 400},
	{"a length in hexadecimal", BYTES(PUT "Content-Length: 0x3\r\n\r\nabc"), 400},
	{"a length over 64 bits", BYTES(PUT "Content-Length: 99999999999999999999\r\n\r\n"), 400},
	{"a length over the limit", BYTES(PUT "Content-Length: 99999999999\r\n\r\n"), 413},
	{"a transfer coding that we lack", BYTES(PUT "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 501},
	{"chunked that is not the last coding", BYTES(PUT "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"), 400},
	{"chunked twice", BYTES(PUT "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400},
	{"a chunk size that is no number", BYTES(PUT "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"), 400},
	{"a chunk longer than it says", BYTES(PUT "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n"), 400},
	{"a chunk size over 64 bits", BYTES(PUT "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n"), 400},
	{"a chunk extension", BYTES(PUT "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nab\r\n0\r\n\r\n"), 400},
	{"headers behind a chunked body", BYTES(PUT "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nA: b\r\n\r\n"), 400},
	{"two content types", BYTES(PUT "Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 1\r\n\r\na"), 400},
	{"an upgrade", BYTES(GET HOST "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n"), 501},
	{"CONNECT", BYTES("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n"), 501},
	{"TRACE", BYTES("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), 501},
	{"a method that nobody knows", BYTES("FETCH / HTTP/1.1\r\nHost: x\r\n\r\n"), 501},
	{"two things wrong: the first is told", BYTES("FETCH / HTTP/1.1\r\nHost: x\n\r\n"), 501},
	{"two things wrong, the other way", BYTES("GET / HTTP/1.1\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"), 400},
	{"a method in small letters", BYTES("get / HTTP/1.1\r\nHost: x\r\n\r\n"), 501},
	{"a request line that begins with a space", BYTES(" GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"bytes that are no request at all", BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400},
	{"broken percent-encoding", BYTES("GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"percent-encoding cut short", BYTES("GET /a%4 HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"an encoded NUL in the path", BYTES("GET /a%00b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"an encoded line end in the path", BYTES("GET /a%0d%0aSet-Cookie:b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"invalid UTF-8 in the path", BYTES("GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"an overlong form in the path", BYTES("GET /%c0%af HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"broken encoding in the query", BYTES("GET /?a=%g1 HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"a target with a host", BYTES("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"a target without a slash", BYTES("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"a fragment", BYTES("GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"a space inside the target", BYTES("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
	{"an expectation that we lack", BYTES(PUT "Expect: a-miracle\r\nContent-Length: 1\r\n\r\na"), 417},
};
#define MALFORMED_COUNT (sizeof malformed / sizeof *malformed)
