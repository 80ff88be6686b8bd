// SPDX-License-Identifier: EUPL-1.2
#include "http.h"
#include "carved/base/json.h"
#include <curl/curl.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define TRIES_MAX 5
#define PAUSE_SECONDS_MAX 10
#define SILENCE_SECONDS_MAX 60        // of a stream: the daemon gives a sign of life every events.heartbeat-seconds
#define ANSWER_BYTES_MAX (512u << 20) // a plan of the largest region has some 20 MB

struct carve_http {
	CURL *curl;
	struct curl_slist *headers; // of every request
	const char *socket;
	struct carve_tunnel *tunnel; // owned; NULL: the daemon is here
	void (*sent)(void *context, size_t sent, size_t total);
	void *context;
};

struct carve_http *carve_http_new(const char *socket, struct carve_tunnel *tunnel, enum carved_language language)
{
	struct carve_http *http = carved_alloc(sizeof *http);
	*http = (struct carve_http){.curl = curl_easy_init(), .socket = socket, .tunnel = tunnel};
	if (!http->curl)
		carved_out_of_memory();
	char accept_language[32];
	snprintf(accept_language, sizeof accept_language, "Accept-Language: %s", carved_language_tag(language));
	http->headers = curl_slist_append(http->headers, accept_language);
	http->headers = curl_slist_append(http->headers, "Expect:"); // a local daemon needs no permission to be sent a body
	return http;
}

void carve_http_free(struct carve_http *http)
{
	if (!http)
		return;
	curl_slist_free_all(http->headers);
	curl_easy_cleanup(http->curl);
	carve_tunnel_free(http->tunnel);
	free(http);
}

void carve_http_on_progress(struct carve_http *http, void (*sent)(void *context, size_t sent, size_t total), void *context)
{
	http->sent = sent;
	http->context = context;
}

void carve_http_escape(struct carve_http *http, const char *text, struct carved_buffer *path)
{
	char *escaped = curl_easy_escape(http->curl, text, 0);
	if (!escaped)
		carved_out_of_memory();
	carved_buffer_add_text(path, escaped);
	curl_free(escaped);
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct carved_buffer *body = context;
	if (body->length + size * count > ANSWER_BYTES_MAX)
		return 0;
	carved_buffer_add(body, bytes, size * count);
	return size * count;
}

static int on_transfer(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
	struct carve_http *http = context;
	(void)down_total;
	(void)down;
	if (http->sent && up_total > 0)
		http->sent(http->context, (size_t)up, (size_t)up_total);
	return 0;
}

// Turns where libcurl is about to connect to, which its documentation allows.
static curl_socket_t on_connect(void *tunnel, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct sockaddr_un *place = (struct sockaddr_un *)(void *)&address->addr; // there is room for any address
	char path[CARVE_TUNNEL_PATH_MAX];
	(void)purpose;
	if (!carve_tunnel_open(tunnel, path))
		return CURL_SOCKET_BAD;
	memcpy(place->sun_path, path, sizeof path);
	address->addrlen = (unsigned)(offsetof(struct sockaddr_un, sun_path) + strlen(path) + 1);
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static void set_way(const struct carve_http *http)
{
	curl_easy_setopt(http->curl, CURLOPT_UNIX_SOCKET_PATH, http->tunnel ? "the-tunnel" : http->socket);
	if (!http->tunnel)
		return;
	curl_easy_setopt(http->curl, CURLOPT_OPENSOCKETFUNCTION, on_connect);
	curl_easy_setopt(http->curl, CURLOPT_OPENSOCKETDATA, http->tunnel);
}

static void set_body(CURL *curl, const struct carve_request *request, struct curl_slist **headers)
{
	char type[96];
	snprintf(type, sizeof type, "Content-Type: %s", request->content_type);
	*headers = curl_slist_append(*headers, type);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
}

static struct curl_slist *add_accept(struct curl_slist *headers, const struct carve_request *request)
{
	char accept[96];
	snprintf(accept, sizeof accept, "Accept: %s, application/problem+json",
		request->accept ? request->accept : "application/json");
	return curl_slist_append(headers, accept);
}

// Sets all that belongs to one request. Returns its headers, which the caller frees.
static struct curl_slist *prepare(struct carve_http *http, const struct carve_request *request, const char *key,
	struct carved_buffer *url, struct carve_answer *answer)
{
	CURL *curl = http->curl;
	struct curl_slist *headers = NULL;
	for (const struct curl_slist *header = http->headers; header; header = header->next)
		headers = curl_slist_append(headers, header->data);
	curl_easy_reset(curl);
	set_way(http);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, request->seconds);
	carved_buffer_printf(url, "http://localhost%s", request->path);
	curl_easy_setopt(curl, CURLOPT_URL, url->data);
	if (request->content_type)
		set_body(curl, request, &headers);
	headers = add_accept(headers, request);
	if (key)
		headers = curl_slist_append(headers, key);
	if (request->condition)
		headers = curl_slist_append(headers, request->condition);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer->body);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_transfer);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, http);
	return headers;
}

// Why there is no answer, in terms of what the user can do about it.
static bool fail(const struct carve_http *http, CURLcode code, struct carved_error *error)
{
	long number = 0;
	const char *where = http->tunnel ? carve_tunnel_host(http->tunnel) : http->socket;
	if (http->tunnel && code != CURLE_OPERATION_TIMEDOUT) {
		carve_tunnel_explain(http->tunnel, error);
		return false;
	}
	if (code == CURLE_COULDNT_CONNECT)
		curl_easy_getinfo(http->curl, CURLINFO_OS_ERRNO, &number);
	if (number == EACCES || number == EPERM)
		return carved_fail(error, CARVED_DAEMON_NOT_ADMITTED, "socket", http->socket);
	if (number == ENOENT || number == ECONNREFUSED || number == ENOTSOCK || number == ENOTDIR)
		return carved_fail(error, CARVED_DAEMON_NOT_RUNNING, "socket", http->socket);
	carved_fail(error, CARVED_DAEMON_SILENT, "socket", where);
	carved_error_add_number(error, "reason", code);
	return false;
}

// The header that makes a request the same one when it is sent again.
static void make_key(char ret_header[64])
{
	unsigned char random[16];
	int length = snprintf(ret_header, 64, "Idempotency-Key: \"");
	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		abort(); // not for so few bytes
	for (size_t i = 0; i < sizeof random; i++)
		length += snprintf(ret_header + length, 64 - (size_t)length, "%02x", random[i]);
	snprintf(ret_header + length, 64 - (size_t)length, "\"");
}

static void read_json(struct carve_answer *answer)
{
	struct carved_error error;
	uint32_t line, column;
	if (answer->body.length > 0 &&
		!carved_json_parse(answer->body.data, answer->body.length, &answer->arena, &answer->json, &error, &line, &column))
		answer->json = NULL;
}

static void read_tag(CURL *curl, struct carve_answer *answer)
{
	struct curl_header *header;
	if (curl_easy_header(curl, "ETag", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
		snprintf(answer->tag, sizeof answer->tag, "%s", header->value);
}

// One try. *ret_pause: seconds after which another makes sense, -1 where none does.
static bool try_once(struct carve_http *http, const struct carve_request *request, const char *key,
	struct carve_answer *ret_answer, long *ret_pause, struct carved_error *error)
{
	struct carve_answer answer = {0};
	struct carved_buffer url = CARVED_BUFFER_INIT;
	struct curl_slist *headers = prepare(http, request, key, &url, &answer);
	CURLcode code = curl_easy_perform(http->curl);
	bool done = code == CURLE_OK;
	*ret_pause = -1;
	if (done) {
		curl_off_t pause = 0;
		curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &answer.status);
		curl_easy_getinfo(http->curl, CURLINFO_RETRY_AFTER, &pause);
		read_tag(http->curl, &answer);
		read_json(&answer);
		*ret_answer = answer;
		bool refused = answer.status == 429 || answer.status == 503 || answer.status == 409;
		if (refused && !request->once && pause > 0 && pause <= PAUSE_SECONDS_MAX)
			*ret_pause = (long)pause;
	} else {
		fail(http, code, error);
		carve_answer_deinit(&answer);
		if (key && code != CURLE_OPERATION_TIMEDOUT)
			*ret_pause = 1;
	}
	curl_slist_free_all(headers);
	carved_buffer_deinit(&url);
	return done;
}

bool carve_http_send(
	struct carve_http *http, const struct carve_request *request, struct carve_answer *ret_answer, struct carved_error *error)
{
	char key[64];
	if (request->keyed)
		make_key(key);
	for (int tries = 1;; tries++) {
		long pause;
		bool done = try_once(http, request, request->keyed ? key : NULL, ret_answer, &pause, error);
		bool never_there = !done && tries == 1 && error->code != CARVED_DAEMON_SILENT;
		if (pause < 0 || tries == TRIES_MAX || never_there)
			return done;
		if (done)
			carve_answer_deinit(ret_answer);
		sleep((unsigned)pause);
	}
}

struct listening { // to an answer that stays open
	const struct carve_http *http;
	const struct carve_stream *stream;
	struct carve_answer *answer;
};

static size_t on_part(char *bytes, size_t size, size_t count, void *context)
{
	struct listening *listening = context;
	long status = 0;
	curl_easy_getinfo(listening->http->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return on_body(bytes, size, count, &listening->answer->body);
	return listening->stream->received(listening->stream->context, bytes, size * count) ? size * count : 0;
}

static int on_second(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
	const struct listening *listening = context;
	(void)down_total;
	(void)down;
	(void)up_total;
	(void)up;
	return !listening->stream->goes_on(listening->stream->context);
}

bool carve_http_stream(
	struct carve_http *http, const struct carve_stream *stream, struct carve_answer *ret_answer, struct carved_error *error)
{
	const struct carve_request request = {
		.method = "GET", .path = stream->path, .accept = "text/event-stream", .condition = stream->header};
	struct carve_answer answer = {0};
	struct listening listening = {.http = http, .stream = stream, .answer = &answer};
	struct carved_buffer url = CARVED_BUFFER_INIT;
	struct curl_slist *headers = prepare(http, &request, NULL, &url, &answer);
	curl_easy_setopt(http->curl, CURLOPT_WRITEFUNCTION, on_part);
	curl_easy_setopt(http->curl, CURLOPT_WRITEDATA, &listening);
	curl_easy_setopt(http->curl, CURLOPT_XFERINFOFUNCTION, on_second);
	curl_easy_setopt(http->curl, CURLOPT_XFERINFODATA, &listening);
	curl_easy_setopt(http->curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(http->curl, CURLOPT_LOW_SPEED_TIME, (long)SILENCE_SECONDS_MAX);
	CURLcode code = curl_easy_perform(http->curl);
	curl_easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &answer.status);
	bool came = code == CURLE_OK || answer.status == 200;
	if (came) {
		read_json(&answer);
		*ret_answer = answer;
	} else {
		fail(http, code, error);
		carve_answer_deinit(&answer);
	}
	curl_slist_free_all(headers);
	carved_buffer_deinit(&url);
	return came;
}

void carve_answer_deinit(struct carve_answer *answer)
{
	carved_buffer_deinit(&answer->body);
	carved_arena_deinit(&answer->arena);
	*answer = (struct carve_answer){0};
}
