// SPDX-License-Identifier: EUPL-1.2
// Room for open files: every connection is one, and a daemon without any left can't open its store or start a solver.
#pragma once
#include "server/http.h"

// Raises the soft limit (RLIMIT_NOFILE) to what the limits on connections and `workers` solvers need, or as far as it may. Where that is not enough, lets fewer
// connections in, each user's share of them in proportion, and says so in the log.
void carved_files_make_room(struct carved_http_limits *limits, unsigned workers);
