// SPDX-License-Identifier: EUPL-1.2
// The server over a real socket, with raw bytes. The loop runs in a thread of its own; the test is the client. The teardown looks that no handle and no file
// is left.
#pragma once
#include "server/http.h"
#include "support/carved_cmocka.h"
#include <pthread.h>

#define BIG_BYTES (20u << 20) // of the answer to "/big"

struct fixture {
	uv_loop_t loop;
	uv_async_t stop;
	struct carved_http_server *server;
	struct carved_http_limits limits;
	struct carved_http_handler handler;
	pthread_t thread;
	bool running, stopped;
	char folder[64], path[96];
	struct carved_http_exchange *held; // the last of "/hold"
	int gone;
	int listener; // inherited; -1: none
};

int server_setup(void **state); // the limits may be changed before the start
int server_teardown(void **state);
#define SERVER_TEST(name) cmocka_unit_test_setup_teardown(name, server_setup, server_teardown)

// Listens at the fixture's path, or on its inherited listener; the loop is the caller's to run.
void server_listen(struct fixture *f);
// Listens, and runs the loop in the thread.
void server_start(struct fixture *f);
// Stops what was started, waits for the thread, and looks that the socket's file is gone; an inherited one stays.
void server_stop(struct fixture *f);
// Stops what only listens, in the caller's thread.
void server_stop_listening(struct fixture *f);

// A client. It waits ten seconds for each piece, for sending and for receiving.
int server_connect(const struct fixture *f);
void send_bytes(int fd, const char *bytes, size_t length); // as far as the server listens
void send_text(int fd, const char *text);
ssize_t receive(int fd, char *room, size_t size);
// The text is the caller's.
char *read_all(int fd, size_t *ret_length);                     // until the server closes; closes too
char *read_until(int fd, const char *end);                      // until the text holds `end`
char *server_ask(const struct fixture *f, const char *request); // as a client of its own, that reads all

int status_of(const char *answer); // 0: it is no answer
void assert_contains(const char *text, const char *part);
void server_expect_healthy(const struct fixture *f); // one more client is answered
