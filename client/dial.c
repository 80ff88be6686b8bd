// SPDX-License-Identifier: EUPL-1.2
// carve dial-stdio: standard input and output become the daemon's socket. It is what `carve --host` runs on the server.
//
//   standard input --> to --> socket        the end of one side is passed on once all before it is out: a client that has sent all it has to
//   standard output <-- from <-- socket     say still gets its answer. The end of what the daemon says ends it all.
#include "commands.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define ROOM 65536

struct direction {
	int from, to;
	char bytes[ROOM];
	size_t begin, end; // what was read and not written yet
	bool ended;        // there is nothing more to read
	bool broken;       // nobody takes what is written, or reading failed
};

static bool is_empty(const struct direction *direction)
{
	return direction->begin == direction->end;
}

static bool is_temporary(ssize_t result)
{
	return result < 0 && (errno == EAGAIN || errno == EINTR);
}

static void read_some(struct direction *direction)
{
	ssize_t count = read(direction->from, direction->bytes, ROOM);
	if (is_temporary(count))
		return;
	direction->ended = count == 0;
	direction->broken = count < 0;
	direction->begin = 0;
	direction->end = count > 0 ? (size_t)count : 0;
}

// Standard output may block: so much goes into anything that poll calls writable.
static void write_some(struct direction *direction)
{
	size_t most = direction->to == STDOUT_FILENO ? PIPE_BUF : ROOM, left = direction->end - direction->begin;
	ssize_t count = write(direction->to, direction->bytes + direction->begin, left < most ? left : most);
	if (is_temporary(count))
		return;
	direction->broken = count < 0;
	direction->begin += count > 0 ? (size_t)count : 0;
}

// What a direction waits for: room at its far end where it holds something, else something to hold. That nobody reads standard output any more shows itself
// at any time; of the socket, reading tells.
static void choose(const struct direction *direction, struct pollfd ret_looks[2])
{
	bool reads = is_empty(direction) && !direction->ended, watches = !is_empty(direction) || direction->to == STDOUT_FILENO;
	ret_looks[0] = (struct pollfd){.fd = reads ? direction->from : -1, .events = POLLIN};
	ret_looks[1] = (struct pollfd){.fd = watches ? direction->to : -1, .events = is_empty(direction) ? 0 : POLLOUT};
}

static void step(struct direction *direction, const struct pollfd looks[2])
{
	if (looks[0].revents)
		read_some(direction);
	else if (looks[1].revents & POLLOUT)
		write_some(direction);
	else if (looks[1].revents)
		direction->broken = true;
}

static bool carry(int socket)
{
	static struct direction out, in; // out: to the daemon
	bool told = false;
	out.from = STDIN_FILENO;
	out.to = in.from = socket;
	in.to = STDOUT_FILENO;
	while (!(in.ended && is_empty(&in)) && !in.broken) {
		struct pollfd looks[4];
		choose(&out, looks);
		choose(&in, looks + 2);
		if (out.broken || told) // the daemon takes nothing more; what it has to say is carried on
			looks[0].fd = looks[1].fd = -1;
		if (poll(looks, 4, -1) < 0 && errno != EINTR)
			return false;
		step(&out, looks);
		step(&in, looks + 2);
		if (out.ended && is_empty(&out) && !told) {
			shutdown(socket, SHUT_WR);
			told = true;
		}
	}
	return in.ended;
}

static int dial(const char *path, struct carved_error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = strlen(path);
	int fd = length < sizeof address.sun_path ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
	if (fd < 0) {
		carved_fail(error, CARVED_DAEMON_NOT_RUNNING, "socket", path);
		return -1;
	}
	memcpy(address.sun_path, path, length);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		return fd;
	carved_fail(error, errno == EACCES || errno == EPERM ? CARVED_DAEMON_NOT_ADMITTED : CARVED_DAEMON_NOT_RUNNING, "socket",
		path);
	close(fd);
	return -1;
}

enum carve_exit carve_run_dial_stdio(struct carve_session *session)
{
	struct carved_error error;
	int socket = dial(session->args->socket, &error);
	if (socket < 0)
		return carve_session_fail(session, &error);
	bool good = carry(socket);
	close(socket);
	return good ? CARVE_YES : CARVE_UNREACHABLE;
}
