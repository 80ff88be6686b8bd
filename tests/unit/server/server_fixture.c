// SPDX-License-Identifier: EUPL-1.2
#include "server_fixture.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static void reply_text(struct carved_http_exchange *exchange, const char *text)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header header = {"X-Test", "yes"};
	carved_buffer_add_text(&body, text);
	carved_http_reply(exchange, 200, "text/plain", &header, 1, &body);
}

static void on_gone(void *context)
{
	struct fixture *f = context;
	struct carved_http_exchange *held = f->held;
	f->held = NULL;
	f->gone++;
	reply_text(held, "nobody reads this");
}

static void on_late(uv_timer_t *timer)
{
	reply_text(timer->data, "late");
	uv_close((uv_handle_t *)timer, (uv_close_cb)free);
}

static void reply_late(struct fixture *f, struct carved_http_exchange *exchange)
{
	uv_timer_t *timer = carved_alloc(sizeof *timer);
	uv_timer_init(&f->loop, timer);
	timer->data = exchange;
	uv_timer_start(timer, on_late, 150, 0);
}

static void reply_big(struct carved_http_exchange *exchange)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	memset(carved_buffer_extend(&body, BIG_BYTES), 'x', BIG_BYTES);
	carved_http_reply(exchange, 200, "text/plain", NULL, 0, &body);
}

static void reply_figures(const struct fixture *f, struct carved_http_exchange *exchange)
{
	struct carved_http_figures figures;
	carved_http_server_get_figures(f->server, &figures);
	reply_text(exchange, carved_arena_printf(carved_http_exchange_arena(exchange),
				     "[bodies_over_user_limit=%" PRIu64 " over_user_limit=%" PRIu64 "]",
				     figures.bodies_over_user_limit, figures.over_user_limit));
}

static void handle(void *context, struct carved_http_exchange *exchange)
{
	struct fixture *f = context;
	const struct carved_http_request *request = carved_http_exchange_request(exchange);
	if (strcmp(request->path, "/late") == 0) {
		reply_late(f, exchange);
	} else if (strcmp(request->path, "/big") == 0) {
		reply_big(exchange);
	} else if (strcmp(request->path, "/hold") == 0) {
		f->held = exchange;
		carved_http_exchange_on_gone(exchange, on_gone, f);
	} else if (strcmp(request->path, "/figures") == 0) {
		reply_figures(f, exchange);
	} else if (strcmp(request->path, "/gone") == 0) {
		reply_text(exchange, f->gone ? "gone" : "here");
	} else {
		const char *query = carved_http_exchange_query(exchange, "q", NULL);
		reply_text(
			exchange, carved_arena_printf(carved_http_exchange_arena(exchange),
					  "[%s %s q=%s user=%s uid=%u body=%zu:%.20s]", request->method, request->path,
					  query ? query : "-", request->user, request->uid, request->body_length, request->body));
	}
}

static const char *refuse(
	void *context, int status, const struct carved_error *error, const char *accept_language, struct carved_buffer *body)
{
	(void)context;
	carved_buffer_printf(body, "{\"status\":%d,\"code\":\"%s\",\"language\":\"%s\"}", status, carved_code_name(error->code),
		accept_language ? accept_language : "");
	return "en";
}

static void on_stopped(void *context)
{
	struct fixture *f = context;
	f->stopped = true;
	uv_close((uv_handle_t *)&f->stop, NULL);
}

static void on_stop(uv_async_t *stop)
{
	struct fixture *f = stop->data;
	carved_http_server_stop(f->server, on_stopped, f);
}

static void *run(void *context)
{
	struct fixture *f = context;
	uv_run(&f->loop, UV_RUN_DEFAULT);
	return NULL;
}

int server_setup(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	strcpy(f->folder, "/tmp/carved-server-XXXXXX");
	if (!mkdtemp(f->folder))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/carved.sock", f->folder);
	carved_http_limits_init(&f->limits);
	static const struct carved_http_header common = {"API-Version", "1.0.0"};
	f->handler = (struct carved_http_handler){
		.handle = handle, .refuse = refuse, .context = f, .headers = &common, .header_count = 1};
	uv_loop_init(&f->loop);
	f->listener = -1;
	*state = f;
	return 0;
}

void server_listen(struct fixture *f)
{
	struct carved_error error;
	const struct carved_http_place place = {.listener = f->listener, .path = f->path, .mode = 0660, .gid = (gid_t)-1};
	assert_true(carved_http_server_start(&f->loop, &place, &f->limits, &f->handler, &f->server, &error));
	uv_async_init(&f->loop, &f->stop, on_stop);
	f->stop.data = f;
}

void server_start(struct fixture *f)
{
	server_listen(f);
	assert_int_equal(pthread_create(&f->thread, NULL, run, f), 0);
	f->running = true;
}

void server_stop_listening(struct fixture *f)
{
	carved_http_server_stop(f->server, on_stopped, f);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	assert_true(f->stopped);
}

void server_stop(struct fixture *f)
{
	uv_async_send(&f->stop);
	pthread_join(f->thread, NULL);
	f->running = false;
	assert_true(f->stopped);
	assert_int_equal(access(f->path, F_OK), f->listener < 0 ? -1 : 0);
}

int server_teardown(void **state)
{
	struct fixture *f = *state;
	char lock[128];
	if (f->running)
		server_stop(f);
	uv_run(&f->loop, UV_RUN_DEFAULT);
	int closed = uv_loop_close(&f->loop);
	snprintf(lock, sizeof lock, "%s.lock", f->path);
	unlink(lock);
	int removed = rmdir(f->folder);
	free(f);
	return closed || removed;
}

int server_connect(const struct fixture *f)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct timeval patience = {.tv_sec = 10};
	strcpy(address.sun_path, f->path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

void send_bytes(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
		if (sent <= 0)
			return; // the server had heard enough
		bytes += sent;
		length -= (size_t)sent;
	}
}

void send_text(int fd, const char *text)
{
	send_bytes(fd, text, strlen(text));
}

// recv that goes on where it was interrupted: a newer libuv works through io_uring, whose completions interrupt calls with a timeout.
ssize_t receive(int fd, char *room, size_t size)
{
	ssize_t length;
	do
		length = recv(fd, room, size, 0);
	while (length < 0 && errno == EINTR);
	return length;
}

// Reads until the server closes; the text is the caller's.
char *read_all(int fd, size_t *ret_length)
{
	struct carved_buffer all = CARVED_BUFFER_INIT;
	char room[65536];
	ssize_t length;
	while ((length = receive(fd, room, sizeof room)) > 0)
		carved_buffer_add(&all, room, (size_t)length);
	assert_int_equal(length, 0);
	close(fd);
	return carved_buffer_take(&all, ret_length);
}

// Reads until the text holds `end`.
char *read_until(int fd, const char *end)
{
	struct carved_buffer all = CARVED_BUFFER_INIT;
	char room[4096];
	while (!all.data || !strstr(all.data, end)) {
		ssize_t length = receive(fd, room, sizeof room);
		if (length <= 0)
			fail_msg("no '%s' in '%s'", end, all.data ? all.data : "");
		carved_buffer_add(&all, room, (size_t)length);
	}
	return carved_buffer_take(&all, NULL);
}

char *server_ask(const struct fixture *f, const char *request)
{
	size_t length;
	int fd = server_connect(f);
	send_text(fd, request);
	return read_all(fd, &length);
}

int status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in '%s'", part, text);
}

void server_expect_healthy(const struct fixture *f)
{
	char *answer = server_ask(f, "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	assert_int_equal(status_of(answer), 200);
	assert_contains(answer, "[GET /health");
	free(answer);
}
