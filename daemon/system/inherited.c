// SPDX-License-Identifier: EUPL-1.2
#include "inherited.h"
#include <string.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>

static bool fail(struct carved_error *error, const char *reason)
{
	carved_error_set(error, CARVED_LISTEN_FAILED);
	carved_error_add(error, "path", "the socket handed over by the service manager");
	carved_error_add(error, "reason", reason);
	return false;
}

bool carved_inherited_listener(int *ret_listener, struct carved_error *error)
{
	int count = sd_listen_fds(1);
	if (count < 0)
		return fail(error, strerror(-count));
	if (count > 1)
		return fail(error, "carved listens on one socket, these are several");
	if (count == 1 && sd_is_socket_unix(SD_LISTEN_FDS_START, SOCK_STREAM, 1, NULL, 0) <= 0)
		return fail(error, "it is no listening Unix stream socket");
	*ret_listener = count == 1 ? SD_LISTEN_FDS_START : -1;
	return true;
}
