// SPDX-License-Identifier: EUPL-1.2
// The socket that the service manager listens on for us (sd_listen_fds(3)). It outlives carved: who connects while carved starts anew waits and is answered.
#pragma once
#include "carved/base/error.h"
#include <stdbool.h>

// Sets *ret_listener to the descriptor, close-on-exec and the caller's, or to -1 where none was handed over. Its environment is gone afterwards: ask once, while
// there is one thread.
// Returns false with LISTEN_FAILED where there are several, or one that is no listening Unix stream socket.
bool carved_inherited_listener(int *ret_listener, struct carved_error *error);
