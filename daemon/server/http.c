// SPDX-License-Identifier: EUPL-1.2
#include "account.h"
#include "connection.h"
#include <stdlib.h>
#include <string.h>

#define BACKLOG 4096 // the kernel cuts it to net.core.somaxconn
#define AT_ONCE 64   // clients taken in one turn of the loop: a storm of them must leave time for those who are there

void carved_http_limits_init(struct carved_http_limits *limits)
{
	*limits = (struct carved_http_limits){.header_bytes = 16384,
		.body_bytes = 64u << 20,
		.user_body_bytes = 128u << 20,
		.target_bytes = 4096,
		.header_count = 64,
		.connections = 256,
		.connections_per_user = 64,
		.idle_ms = 60000,
		.header_ms = 10000,
		.body_ms = 60000,
		.write_ms = 60000};
}

static void free_if_done(struct carved_http_server *server)
{
	if (!server->stopping || server->open_handles > 0 || server->connections)
		return;
	void (*stopped)(void *context) = server->stopped;
	void *context = server->stopped_context;
	carved_socket_release(&server->socket);
	carved_users_deinit(&server->users);
	free(server);
	stopped(context);
}

void carved_server_forget(struct carved_http_server *server, struct carved_connection *connection)
{
	if (connection->previous)
		connection->previous->next = connection->next;
	else
		server->connections = connection->next;
	if (connection->next)
		connection->next->previous = connection->previous;
	carved_account_close(connection);
	free_if_done(server);
}

static void on_connection(uv_stream_t *listener, int status)
{
	struct carved_http_server *server = listener->data;
	if (status != 0 || server->stopping)
		return;
	server->waits = server->came == AT_ONCE; // libuv then listens no more until the client is accepted
	if (server->waits)
		return;
	server->came++;
	carved_connection_accept(server);
}

static void on_turn(uv_prepare_t *turn)
{
	struct carved_http_server *server = turn->data;
	server->came = 0;
	if (server->waits && !server->stopping) {
		server->waits = false;
		server->came++;
		carved_connection_accept(server);
	}
}

static void on_start_failed(uv_handle_t *handle)
{
	free(handle->data);
}

bool carved_http_server_start(uv_loop_t *loop, const struct carved_http_place *place, const struct carved_http_limits *limits,
	const struct carved_http_handler *handler, struct carved_http_server **ret_server, struct carved_error *error)
{
	struct carved_http_server *server = carved_alloc_array(1, sizeof *server);
	server->loop = loop;
	server->limits = *limits;
	server->handler = *handler;
	uv_pipe_init(loop, &server->listener, 0);
	server->listener.data = server;
	if (!carved_socket_open(&server->socket, &server->listener, place, error)) {
		uv_close((uv_handle_t *)&server->listener, on_start_failed);
		return false;
	}
	int status = uv_listen((uv_stream_t *)&server->listener, BACKLOG, on_connection);
	if (status != 0) {
		carved_error_set(error, CARVED_LISTEN_FAILED);
		carved_error_add(error, "path", place->path);
		carved_error_add(error, "reason", uv_strerror(status));
		carved_socket_release(&server->socket);
		uv_close((uv_handle_t *)&server->listener, on_start_failed);
		return false;
	}
	uv_prepare_init(loop, &server->turn);
	server->turn.data = server;
	uv_prepare_start(&server->turn, on_turn);
	server->open_handles = 2;
	*ret_server = server;
	return true;
}

void carved_http_server_get_figures(const struct carved_http_server *server, struct carved_http_figures *ret_figures)
{
	*ret_figures = server->figures;
	ret_figures->connections = server->let_in + server->told;
}

static void on_handle_closed(uv_handle_t *handle)
{
	struct carved_http_server *server = handle->data;
	server->open_handles--;
	free_if_done(server);
}

void carved_http_server_stop(struct carved_http_server *server, void (*stopped)(void *context), void *context)
{
	server->stopped = stopped;
	server->stopped_context = context;
	server->stopping = true;
	uv_close((uv_handle_t *)&server->listener, on_handle_closed);
	uv_close((uv_handle_t *)&server->turn, on_handle_closed);
	for (struct carved_connection *c = server->connections, *next; c; c = next) {
		next = c->next;
		carved_connection_leave(c);
	}
}
