// SPDX-License-Identifier: EUPL-1.2
#include "link.h"
#include "carved/base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FRAME_LIMIT = 1 << 30, LEAVE = 1 }; // exit status of a conversation that broke off
enum word { LISTEN = 1, END = 2 };         // an eventfd adds them up until they are read

static void tell_listener(struct carved_link *link, enum word word)
{
	if (eventfd_write(link->word, word) != 0)
		abort(); // it counts to 2^64
}

// More bytes from the daemon; none come any more once it has gone.
static void read_more(struct carved_link *link)
{
	char bytes[65536];
	ssize_t got;
	do
		got = read(link->in, bytes, sizeof bytes);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		_exit(LEAVE);
	carved_frame_reader_feed(&link->reader, bytes, (size_t)got);
}

// The next frame. Returns false on bytes that are none.
static bool next_frame(struct carved_link *link, struct carved_frame *ret_frame, struct carved_error *error)
{
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&link->reader, ret_frame, error)) == CARVED_FRAME_MORE)
		read_more(link);
	return answer == CARVED_FRAME_READY;
}

enum carved_link_answer carved_link_receive(struct carved_link *link, uint32_t walls, struct carved_instance *ret_instance,
	struct carved_solve_request *ret_request, struct carved_error *error)
{
	struct carved_buffer hello = CARVED_BUFFER_INIT;
	struct carved_frame frame;
	carved_wire_add_hello(&hello, walls);
	carved_link_send(link, &hello);
	carved_buffer_deinit(&hello);
	if (!next_frame(link, &frame, error) || !carved_wire_read_hello(&frame, NULL, error) || !next_frame(link, &frame, error))
		return CARVED_LINK_BAD;
	if (frame.type == CARVED_FRAME_CANCEL)
		return CARVED_LINK_LEFT;
	return carved_wire_read_instance(&frame, ret_instance, ret_request, error) ? CARVED_LINK_READY : CARVED_LINK_BAD;
}

// What has come in so far. Only CANCEL makes sense.
static void take_frames(struct carved_link *link)
{
	struct carved_frame frame;
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&link->reader, &frame, NULL)) == CARVED_FRAME_READY) {
		if (frame.type != CARVED_FRAME_CANCEL)
			_exit(LEAVE);
		atomic_store(&link->cancelled, true);
	}
	if (answer == CARVED_FRAME_BAD)
		_exit(LEAVE);
}

static void *run_listener(void *context)
{
	struct carved_link *link = context;
	eventfd_t word;
	if (eventfd_read(link->word, &word) != 0)
		_exit(LEAVE);
	if (word >= END)
		return NULL;
	for (;;) {
		struct pollfd ends[] = {{.fd = link->word, .events = POLLIN}, {.fd = link->in, .events = POLLIN}};
		take_frames(link); // some may have come with the instance
		if (poll(ends, 2, -1) < 0 && errno != EINTR)
			_exit(LEAVE);
		if (ends[0].revents)
			return NULL;
		if (ends[1].revents)
			read_more(link);
	}
}

void carved_link_init(struct carved_link *link)
{
	*link = (struct carved_link){.in = STDIN_FILENO,
		.out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1),
		.word = eventfd(0, EFD_CLOEXEC)};
	if (link->out < 0 || link->word < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		_exit(LEAVE);
	signal(SIGPIPE, SIG_IGN); // a write then fails and says why
	carved_frame_reader_init(&link->reader, FRAME_LIMIT);
	if (pthread_create(&link->listener, NULL, run_listener, link) != 0)
		carved_out_of_memory(); // for its stack
}

void carved_link_listen(struct carved_link *link)
{
	tell_listener(link, LISTEN);
}

void carved_link_deinit(struct carved_link *link)
{
	tell_listener(link, END);
	pthread_join(link->listener, NULL);
	close(link->word);
	carved_frame_reader_deinit(&link->reader);
}

void carved_link_send(struct carved_link *link, struct carved_buffer *frames)
{
	for (size_t sent = 0; sent < frames->length;) {
		ssize_t wrote = write(link->out, frames->data + sent, frames->length - sent);
		if (wrote < 0 && errno != EINTR)
			_exit(LEAVE);
		sent += wrote > 0 ? (size_t)wrote : 0;
	}
	carved_buffer_clear(frames);
}
