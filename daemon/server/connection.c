// SPDX-License-Identifier: EUPL-1.2
// One client's connection, from accept to its last close callback.
//
//          first byte      head is whole      request is whole      answered          written
//    IDLE ----------> HEAD -------------> BODY --------------> HANDLING -------> WRITING -------> IDLE ...
//     |                 |  refused, too slow |                    |                | the last answer
//     |                 +--------------------+--------------------|--> WRITING     v
//     | idle too long, left                             left      |           LINGERING   our side is shut; what still comes is read and thrown away,
//     +-----------------------------------> CLOSED <--------------+                |      so that the client sees the answer and no broken pipe
//                                              ^------- left, too slow ------------+
//
// An answer that stays open (stream.c) leads from HANDLING to STREAMING, and from there to WRITING its last bytes, or to CLOSED.
//
// Requests are answered one by one: while one is handled, bytes of the next are kept, up to a limit, and then not read. A client that leaves while its request
// is handled takes the connection with it; the exchange lives on until it is answered, into the void.
#include "connection.h"
#include "account.h"
#include "reply.h"
#include "stream.h"
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum state { IDLE, HEAD, BODY, HANDLING, STREAMING, WRITING, LINGERING, CLOSED };

static const unsigned allowed[] = {
	[IDLE] = 1u << HEAD | 1u << BODY | 1u << HANDLING | 1u << WRITING | 1u << CLOSED,
	[HEAD] = 1u << BODY | 1u << HANDLING | 1u << WRITING | 1u << CLOSED,
	[BODY] = 1u << HANDLING | 1u << WRITING | 1u << CLOSED,
	[HANDLING] = 1u << STREAMING | 1u << WRITING | 1u << CLOSED,
	[STREAMING] = 1u << WRITING | 1u << CLOSED,
	[WRITING] = 1u << IDLE | 1u << LINGERING | 1u << CLOSED,
	[LINGERING] = 1u << CLOSED,
};

#define LINGER_MS 2000
#define FRESH_MS 500         // for a first request to arrive whole while the server stops
#define PIPELINE_BYTES 65536 // kept of further requests while one is handled

#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

static void on_timer(uv_timer_t *timer);
static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer);
static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer);

static bool is_reading(const struct carved_connection *c)
{
	return c->state == IDLE || c->state == HEAD || c->state == BODY;
}

static unsigned timeout_of(const struct carved_connection *c)
{
	const struct carved_http_limits *limits = &c->server->limits;
	if (c->server->stopping && is_reading(c))
		return FRESH_MS;
	switch ((enum state)c->state) {
	case IDLE:
		return limits->idle_ms;
	case HEAD:
		return limits->header_ms;
	case BODY:
		return limits->body_ms;
	case WRITING:
		return c->stream && c->server->stopping ? LINGER_MS : limits->write_ms;
	case LINGERING:
		return LINGER_MS;
	case HANDLING:
	case STREAMING:
	case CLOSED:
		break;
	}
	return 0;
}

static void move(struct carved_connection *c, enum state next)
{
	if (!(allowed[c->state] & 1u << next))
		abort(); // a contract of ours, never a matter of input
	c->state = next;
	c->timed_out = false;
	c->again = true;
	if (timeout_of(c) > 0)
		uv_timer_start(&c->timer, on_timer, timeout_of(c), 0);
	else
		uv_timer_stop(&c->timer);
}

static void on_closed(uv_handle_t *handle)
{
	struct carved_connection *c = handle->data;
	if (--c->open_handles > 0)
		return;
	carved_parser_free(c->parser);
	carved_stream_free(c->stream);
	carved_exchange_free(c->exchange);
	carved_buffer_deinit(&c->input);
	carved_buffer_deinit(&c->head);
	carved_buffer_deinit(&c->body);
	carved_server_forget(c->server, c);
	free(c);
}

void carved_connection_shut(struct carved_connection *c)
{
	move(c, CLOSED);
	uv_close((uv_handle_t *)&c->timer, on_closed);
	uv_close((uv_handle_t *)&c->pipe, on_closed);
}

static void on_written(uv_write_t *write, int status)
{
	struct carved_connection *c = container_of(write, struct carved_connection, write);
	c->written = true;
	if (c->state == STREAMING)
		uv_timer_stop(&c->timer);
	c->broken = c->broken || status < 0;
	if (status == 0)
		c->server->figures.bytes_out += c->head.length + c->body.length;
	carved_connection_tick(c);
}

static void on_interim_written(uv_write_t *write, int status)
{
	struct carved_connection *c = container_of(write, struct carved_connection, interim);
	c->broken = c->broken || status < 0;
	carved_connection_tick(c);
}

void carved_connection_write(struct carved_connection *c)
{
	uv_buf_t parts[2] = {
		uv_buf_init(c->head.data, (unsigned)c->head.length), uv_buf_init(c->body.data, (unsigned)c->body.length)};
	c->written = false;
	if (c->state == STREAMING)
		uv_timer_start(&c->timer, on_timer, c->server->limits.write_ms, 0);
	if (uv_write(&c->write, (uv_stream_t *)&c->pipe, parts, c->body.length > 0 ? 2 : 1, on_written) != 0)
		c->broken = true;
}

void carved_connection_send(struct carved_connection *c)
{
	c->answered = false;
	move(c, WRITING);
	carved_connection_write(c);
}

static void go_on_reading(struct carved_connection *c)
{
	if (!c->reading && !c->ended)
		c->reading = uv_read_start((uv_stream_t *)&c->pipe, on_allocate, on_read) == 0;
}

static void expect_next(struct carved_connection *c)
{
	carved_exchange_free(c->exchange);
	c->exchange = carved_exchange_new(c);
	carved_account_count_body(c);
	carved_parser_begin(c->parser, c->exchange);
	go_on_reading(c);
}

static void handle(struct carved_connection *c)
{
	struct carved_http_exchange *exchange = c->exchange;
	exchange->request.uid = c->user->uid;
	exchange->request.user = carved_arena_strdup(&exchange->arena, c->user->name);
	exchange->handed_at = uv_hrtime();
	exchange->answered = c->server->handler.answered;
	exchange->answered_context = c->server->handler.context;
	c->fresh = false;
	move(c, HANDLING);
	c->server->handler.handle(c->server->handler.context, exchange);
}

static void send_continue(struct carved_connection *c)
{
	static char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
	uv_buf_t part = uv_buf_init(text, sizeof text - 1);
	c->exchange->expects_continue = false;
	if (uv_write(&c->interim, (uv_stream_t *)&c->pipe, &part, 1, on_interim_written) != 0)
		c->broken = true;
}

// How far a request that is not whole has come.
static void note_progress(struct carved_connection *c)
{
	if (c->state == IDLE && carved_parser_has_begun(c->parser))
		move(c, HEAD);
	if (c->state == HEAD && carved_parser_has_head(c->parser)) {
		move(c, BODY);
		if (c->exchange->expects_continue && c->exchange->body.length == 0)
			send_continue(c);
	}
}

static void parse_input(struct carved_connection *c)
{
	size_t used;
	enum carved_parse_answer answer = carved_parser_feed(c->parser, c->input.data, c->input.length, &used);
	memmove(c->input.data, c->input.data + used, c->input.length - used);
	c->input.length -= used;
	if (!carved_account_count_body(c)) {
		carved_buffer_clear(&c->input);
		carved_buffer_deinit(&c->exchange->body); // at once: others need the room
		carved_account_count_body(c);
		carved_reply_refuse_bodies(c);
		return;
	}
	switch (answer) {
	case CARVED_PARSE_MORE:
		note_progress(c);
		break;
	case CARVED_PARSE_REFUSED:
		carved_buffer_clear(&c->input);
		carved_reply_refuse(c, carved_parser_status(c->parser), carved_parser_error(c->parser));
		break;
	case CARVED_PARSE_DONE:
		handle(c);
		break;
	}
}

static void step_reading(struct carved_connection *c)
{
	bool idle = c->state == IDLE;
	bool leaves = c->server->stopping && (!c->fresh || c->timed_out);
	if (c->broken || (idle && (c->timed_out || leaves)))
		carved_connection_shut(c);
	else if (c->entry == CARVED_TOLD)
		carved_reply_refuse_entry(c);
	else if (leaves)
		carved_reply_refuse_stopping(c);
	else if (c->timed_out)
		carved_reply_refuse_slow(c, timeout_of(c) / 1000);
	else if (c->input.length > 0)
		parse_input(c);
	else if (c->ended && idle)
		carved_connection_shut(c);
	else if (c->ended)
		carved_reply_refuse_cut_off(c);
}

static void leave_exchange(struct carved_connection *c)
{
	struct carved_http_exchange *exchange = c->exchange;
	exchange->connection = NULL;
	c->exchange = NULL;
	carved_connection_shut(c);
	if (exchange->gone)
		exchange->gone(exchange->gone_context);
}

static void on_shutdown(uv_shutdown_t *request, int status)
{
	struct carved_connection *c = container_of(request, struct carved_connection, shutdown);
	c->broken = c->broken || status < 0;
	carved_connection_tick(c);
}

static void begin_lingering(struct carved_connection *c)
{
	move(c, LINGERING);
	carved_buffer_clear(&c->input);
	if (uv_shutdown(&c->shutdown, (uv_stream_t *)&c->pipe, on_shutdown) != 0)
		c->broken = true;
	go_on_reading(c);
}

// Reading goes on, for that tells when the client leaves; what it still sends is thrown away.
static void begin_streaming(struct carved_connection *c)
{
	c->answered = false;
	move(c, STREAMING);
	carved_buffer_clear(&c->input);
	go_on_reading(c);
	carved_connection_write(c); // the head
}

static void step_writing(struct carved_connection *c)
{
	if (c->broken || c->timed_out) {
		carved_connection_shut(c);
	} else if (c->written && c->closes) {
		begin_lingering(c);
	} else if (c->written) {
		carved_buffer_deinit(&c->body);
		move(c, IDLE);
		expect_next(c);
	}
}

// The whole behaviour: from what has happened, decide the next move.
static void step(struct carved_connection *c)
{
	switch ((enum state)c->state) {
	case IDLE:
	case HEAD:
	case BODY:
		step_reading(c);
		break;
	case HANDLING:
		if (c->answered && c->stream)
			begin_streaming(c);
		else if (c->answered)
			carved_connection_send(c);
		else if (c->broken)
			leave_exchange(c);
		break;
	case STREAMING:
		carved_stream_step(c);
		break;
	case WRITING:
		step_writing(c);
		break;
	case LINGERING:
		if (c->ended || c->broken || c->timed_out || c->server->stopping)
			carved_connection_shut(c);
		break;
	case CLOSED:
		break;
	}
}

void carved_connection_tick(struct carved_connection *c)
{
	c->again = true;
	if (c->ticking)
		return; // the loop below sees what changed
	c->ticking = true;
	while (c->again) {
		c->again = false;
		step(c);
	}
	c->ticking = false;
}

void carved_connection_leave(struct carved_connection *c)
{
	if (c->fresh && is_reading(c))
		uv_timer_start(&c->timer, on_timer, FRESH_MS, 0);
	if (c->state == STREAMING)
		uv_timer_start(&c->timer, on_timer, LINGER_MS, 0); // for what is on its way
	carved_connection_tick(c);
}

static void on_timer(uv_timer_t *timer)
{
	struct carved_connection *c = container_of(timer, struct carved_connection, timer);
	c->timed_out = true;
	carved_connection_tick(c);
}

static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
	(void)suggested;
	struct carved_connection *c = handle->data;
	*buffer = uv_buf_init(c->server->read_room, sizeof c->server->read_room);
}

// The end of what the client sends may be the end of the client, or only of its sending: a Unix socket tells the two apart.
static bool is_gone(struct carved_connection *c)
{
	struct pollfd look = {.events = POLLOUT};
	uv_fileno((uv_handle_t *)&c->pipe, &look.fd);
	return poll(&look, 1, 0) < 0 || look.revents & (POLLHUP | POLLERR);
}

static void keep(struct carved_connection *c, const char *bytes, size_t length)
{
	if (c->state == LINGERING || c->state == STREAMING) {
		c->discarded += length;
		c->broken = c->broken || c->discarded > c->server->limits.body_bytes;
		return;
	}
	carved_buffer_add(&c->input, bytes, length);
	if ((c->state == HANDLING || c->state == WRITING) && c->input.length >= PIPELINE_BYTES) {
		uv_read_stop((uv_stream_t *)&c->pipe);
		c->reading = false;
	}
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
	struct carved_connection *c = stream->data;
	if (length > 0) {
		c->server->figures.bytes_in += (size_t)length;
		keep(c, buffer->base, (size_t)length);
	} else if (length < 0) {
		uv_read_stop(stream);
		c->reading = false;
		c->ended = true;
		c->broken = c->broken || length != UV_EOF || is_gone(c);
	}
	carved_connection_tick(c);
}

static void join_list(struct carved_connection *c)
{
	struct carved_http_server *server = c->server;
	c->next = server->connections;
	if (c->next)
		c->next->previous = c;
	server->connections = c;
}

void carved_connection_accept(struct carved_http_server *server)
{
	struct carved_connection *c = carved_alloc_array(1, sizeof *c);
	c->server = server;
	c->parser = carved_parser_new(&server->limits);
	uv_pipe_init(server->loop, &c->pipe, 0);
	uv_timer_init(server->loop, &c->timer);
	c->pipe.data = c->timer.data = c;
	c->open_handles = 2;
	c->fresh = true;
	c->broken = uv_accept((uv_stream_t *)&server->listener, (uv_stream_t *)&c->pipe) != 0;
	join_list(c);
	carved_account_open(c);
	if (!c->broken) {
		expect_next(c);
		uv_timer_start(&c->timer, on_timer, timeout_of(c), 0);
	}
	carved_connection_tick(c);
}
