// SPDX-License-Identifier: EUPL-1.2
// carve: talks to carved on its Unix socket.
#include "commands.h"
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const char *default_socket(void)
{
	const char *socket = getenv("CARVED_SOCKET");
	return socket && *socket ? socket : "/run/carved/carved.sock";
}

// What could not be written must not pass for done; a reader that went away (carve list | head) had enough.
static enum carve_exit flush_output(const struct carve_terminal *terminal, enum carve_exit code)
{
	if (fflush(terminal->out) == 0 && !ferror(terminal->out))
		return code;
	if (errno == EPIPE || code != CARVE_YES)
		return code;
	struct carved_error error;
	carved_fail(&error, CARVED_OUTPUT_FAILED, "reason", strerrorname_np(errno));
	carve_say_error(terminal, &error);
	return CARVE_INTERNAL;
}

// The daemon's host where the command line names neither host nor socket.
static const char *default_host(void)
{
	const char *host = getenv("CARVED_HOST");
	return host && *host ? host : NULL;
}

static enum carve_exit run(const struct carve_terminal *terminal, const struct carve_args *args)
{
	struct carve_tunnel *tunnel = NULL;
	struct carved_error error;
	if (args->host && !carve_tunnel_new(args->host, terminal->language, &tunnel, &error)) {
		carve_say_error(terminal, &error);
		return CARVE_USAGE;
	}
	struct carve_session session = {
		.args = args, .terminal = terminal, .http = carve_http_new(args->socket, tunnel, terminal->language)};
	enum carve_exit code = args->command->run(&session);
	carve_http_free(session.http);
	return flush_output(terminal, code);
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	setlocale(LC_CTYPE, "C.UTF-8"); // widths in tables; Debian always has it. Nothing else depends on the process locale.
	if (argc < 1)
		return CARVE_USAGE;
	struct carve_terminal terminal;
	struct carve_args args;
	const char *socket = default_socket();
	enum carved_language language = carve_args_language(argc, argv, getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
	carve_terminal_init(&terminal, language, getenv("NO_COLOR"));
	switch (carve_args_parse(carve_commands, &terminal, socket, argc, argv, &args)) {
	case CARVE_PARSED:
		if (!args.host && args.socket == socket) // that very text: no option gave it
			args.host = default_host();
		return (int)run(&terminal, &args);
	case CARVE_PARSED_HELP:
		return (int)flush_output(&terminal, CARVE_YES);
	case CARVE_PARSED_WRONG:
		break;
	}
	return CARVE_USAGE;
}
