// SPDX-License-Identifier: EUPL-1.2
// A daemon on another machine: ssh carries its socket. `ssh SERVER carve dial-stdio` connects its own standard input and output to the socket there; ssh's
// are a connection to us here. Who is asking is then for that machine to say: the daemon sees the user that ssh logged in.
//
// libcurl wants to connect by itself: 7.88, which is Debian 12's, does so even where it is told that its socket is connected. So for each connection there is
// a listening socket in a folder that only we may enter; a child takes the connection, removes both, and becomes ssh.
#pragma once
#include "carved/base/error.h"
#include "carved/text/text.h"
#include <stdbool.h>

struct carve_tunnel;

// Reads "ssh://[USER@]SERVER[:PORT][/SOCKET]"; nothing runs yet. Only letters, digits and a few marks: nothing in it can become an option of ssh or a
// command of the shell there. The language goes along. Returns false with HOST_INVALID (host).
bool carve_tunnel_new(
	const char *host, enum carved_language language, struct carve_tunnel **ret_tunnel, struct carved_error *error);
void carve_tunnel_free(struct carve_tunnel *tunnel); // NULL is legal; ends its ssh

#define CARVE_TUNNEL_PATH_MAX 64

// To be called before each connection: starts the child that takes it and becomes ssh (the program CARVED_SSH where that is set).
// Returns false where there can't be one; else the path to connect to, once.
bool carve_tunnel_open(struct carve_tunnel *tunnel, char ret_path[CARVE_TUNNEL_PATH_MAX]);

// Why there was no answer: HOST_UNREACHABLE (host, server, status), HOST_COMMAND_MISSING (host, program). ssh has told the user more on standard error.
void carve_tunnel_explain(struct carve_tunnel *tunnel, struct carved_error *error);

const char *carve_tunnel_host(const struct carve_tunnel *tunnel); // as given
