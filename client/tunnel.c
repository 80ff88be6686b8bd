// SPDX-License-Identifier: EUPL-1.2
#include "tunnel.h"
#include "carved/base/arena.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CANNOT_RUN 126 // what shells say for a program that can't be run
#define NOT_FOUND 127
#define PATIENCE_MS 1000 // for ssh to say by its exit status what was wrong

struct carve_tunnel {
	char *host;                          // as given
	char *user, *server, *port, *socket; // NULL: not given
	const char *language;
	char path[CARVE_TUNNEL_PATH_MAX]; // of the listening socket; "": none
	pid_t ssh;                        // 0: none
	int status;                       // of waitpid, once `ended`
	bool ended;
};

#define LETTERS_AND_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// Whether a part is there and made of `allowed` only. One that begins with '-' could be taken for an option.
static bool is_plain(const char *text, const char *allowed)
{
	return *text && *text != '-' && text[strspn(text, allowed)] == '\0';
}

static bool is_port(const char *text)
{
	long port = is_plain(text, "0123456789") && strlen(text) <= 5 ? strtol(text, NULL, 10) : 0;
	return port >= 1 && port <= 65535;
}

// Cuts the text at its last `mark`; what stands behind it is returned, NULL where there is none.
static char *cut_behind(char *text, char mark)
{
	char *at = strrchr(text, mark);
	if (at)
		*at = '\0';
	return at ? at + 1 : NULL;
}

// [USER@]SERVER[:PORT]; a server that is an IPv6 address stands in brackets.
static bool read_server(struct carve_tunnel *tunnel, char *text)
{
	char *server = cut_behind(text, '@'), *port;
	const char *user = server ? text : NULL;
	server = server ? server : text;
	if (*server == '[') {
		port = cut_behind(server++, ']');
		if (!port || (*port && *port != ':'))
			return false;
		port = *port ? port + 1 : NULL;
	} else {
		port = strchr(server, ':');
		if (port)
			*port++ = '\0';
	}
	if ((user && !is_plain(user, LETTERS_AND_DIGITS "._-@+")) || !is_plain(server, LETTERS_AND_DIGITS "._-:%") ||
		(port && !is_port(port)))
		return false;
	tunnel->user = user ? carved_strdup(user) : NULL;
	tunnel->server = carved_strdup(server);
	tunnel->port = port ? carved_strdup(port) : NULL;
	return true;
}

static bool read_host(struct carve_tunnel *tunnel, const char *host)
{
	static const char scheme[] = "ssh://";
	if (strncmp(host, scheme, sizeof scheme - 1) != 0)
		return false;
	char *rest = carved_strdup(host + sizeof scheme - 1), *slash = strchr(rest, '/');
	if (slash && slash[1]) // a path: it goes through the shell there
		tunnel->socket = carved_strdup(slash);
	if (slash)
		*slash = '\0';
	bool good = read_server(tunnel, rest) && (!tunnel->socket || is_plain(tunnel->socket, LETTERS_AND_DIGITS "._-/+@"));
	free(rest);
	return good;
}

bool carve_tunnel_new(
	const char *host, enum carved_language language, struct carve_tunnel **ret_tunnel, struct carved_error *error)
{
	struct carve_tunnel *tunnel = carved_alloc_array(1, sizeof *tunnel);
	tunnel->host = carved_strdup(host);
	tunnel->language = carved_language_tag(language);
	if (!read_host(tunnel, host)) {
		carve_tunnel_free(tunnel);
		return carved_fail(error, CARVED_HOST_INVALID, "host", host);
	}
	*ret_tunnel = tunnel;
	return true;
}

const char *carve_tunnel_host(const struct carve_tunnel *tunnel)
{
	return tunnel->host;
}

static const char *program(void)
{
	const char *named = getenv("CARVED_SSH");
	return named && *named ? named : "ssh";
}

// Removes the socket and its folder, where they are still there.
static void remove_path(char path[CARVE_TUNNEL_PATH_MAX])
{
	char *slash = strrchr(path, '/');
	if (!slash)
		return;
	unlink(path);
	*slash = '\0';
	rmdir(path);
	*path = '\0';
}

// A listening socket that nobody else can get at; -1 where there can't be one.
static int listen_alone(char ret_path[CARVE_TUNNEL_PATH_MAX])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char path[CARVE_TUNNEL_PATH_MAX] = "/tmp/carve-XXXXXX"; // mode 0700. Not TMPDIR: that may be too long for a socket's path
	int listener = mkdtemp(path) ? socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
	if (listener < 0)
		return -1;
	strcat(path, "/socket");
	memcpy(address.sun_path, path, sizeof path);
	if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1) != 0) {
		remove_path(path);
		close(listener);
		return -1;
	}
	memcpy(ret_path, path, sizeof path);
	return listener;
}

// In the child. Ctrl-C is carve's to deal with: it may want to tell the daemon. ssh stays in the session and the group of processes, so that it can ask for
// a password.
static _Noreturn void become_ssh(struct carve_tunnel *tunnel, int listener)
{
	char command[512];
	const char *arguments[16];
	size_t count = 0;
	sigset_t none;
	sigemptyset(&none);
	signal(SIGINT, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	int socket = accept(listener, NULL, NULL);
	remove_path(tunnel->path);
	if (socket < 0)
		_exit(CANNOT_RUN);
	dup2(socket, STDIN_FILENO);
	dup2(socket, STDOUT_FILENO);
	close(socket);
	if (tunnel->socket)
		snprintf(command, sizeof command, "carve --lang %s --socket %s dial-stdio", tunnel->language, tunnel->socket);
	else
		snprintf(command, sizeof command, "carve --lang %s dial-stdio", tunnel->language);
	arguments[count++] = program();
	arguments[count++] = "-T";
	if (tunnel->user) {
		arguments[count++] = "-l";
		arguments[count++] = tunnel->user;
	}
	if (tunnel->port) {
		arguments[count++] = "-p";
		arguments[count++] = tunnel->port;
	}
	arguments[count++] = "--";
	arguments[count++] = tunnel->server;
	arguments[count++] = command;
	arguments[count] = NULL;
	execvp(arguments[0], (char *const *)arguments);
	_exit(errno == ENOENT ? NOT_FOUND : CANNOT_RUN);
}

// Learns how ssh ended, if it does within so many milliseconds.
static void wait_for_end(struct carve_tunnel *tunnel, int milliseconds)
{
	struct timespec pause = {.tv_nsec = 5000000};
	for (int waited = 0; tunnel->ssh && !tunnel->ended; waited += 5) {
		pid_t found = waitpid(tunnel->ssh, &tunnel->status, waited < milliseconds ? WNOHANG : 0);
		if (found == tunnel->ssh || (found < 0 && errno != EINTR))
			tunnel->ended = true;
		else if (waited < milliseconds)
			nanosleep(&pause, NULL);
		if (!tunnel->ended && waited + 5 >= milliseconds)
			kill(tunnel->ssh, SIGKILL); // then the next turn waits for good
	}
}

static void end_ssh(struct carve_tunnel *tunnel)
{
	if (!tunnel->ssh)
		return;
	if (!tunnel->ended)
		kill(tunnel->ssh, SIGTERM); // all answers are here: nothing is lost
	wait_for_end(tunnel, PATIENCE_MS);
	tunnel->ssh = 0;
	remove_path(tunnel->path);
}

bool carve_tunnel_open(struct carve_tunnel *tunnel, char ret_path[CARVE_TUNNEL_PATH_MAX])
{
	end_ssh(tunnel); // of a connection that was lost
	int listener = listen_alone(tunnel->path);
	if (listener < 0)
		return false;
	pid_t child = fork();
	if (child == 0)
		become_ssh(tunnel, listener);
	close(listener);
	if (child < 0) {
		remove_path(tunnel->path);
		return false;
	}
	tunnel->ssh = child;
	tunnel->ended = false;
	memcpy(ret_path, tunnel->path, sizeof tunnel->path);
	return true;
}

void carve_tunnel_explain(struct carve_tunnel *tunnel, struct carved_error *error)
{
	wait_for_end(tunnel, PATIENCE_MS);
	int status = tunnel->ended && WIFEXITED(tunnel->status) ? WEXITSTATUS(tunnel->status) : -1;
	if (status == NOT_FOUND || status == CANNOT_RUN) {
		carved_fail(error, CARVED_HOST_COMMAND_MISSING, "host", tunnel->host);
		carved_error_add(error, "program", program());
		return;
	}
	carved_fail(error, CARVED_HOST_UNREACHABLE, "host", tunnel->host);
	carved_error_add_number(error, "status", status);
	carved_error_add(error, "server", tunnel->server);
}

void carve_tunnel_free(struct carve_tunnel *tunnel)
{
	if (!tunnel)
		return;
	end_ssh(tunnel);
	free(tunnel->host);
	free(tunnel->user);
	free(tunnel->server);
	free(tunnel->port);
	free(tunnel->socket);
	free(tunnel);
}
