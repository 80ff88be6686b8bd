// SPDX-License-Identifier: EUPL-1.2
#include "files.h"
#include "system/log.h"
#include <sys/resource.h>

enum {
	BESIDE = 48,    // store, log, loop, socket, what a library opens for a moment
	KNOCKING = 128, // being told that there are too many, or just being closed
	PER_WORKER = 4, // pipes of a solver
	LEAST = 4,      // connections, however little room there is
};

static unsigned share(unsigned of, rlim_t part, rlim_t whole)
{
	rlim_t share = whole > 0 ? of * part / whole : of;
	return share < 1 ? 1 : (unsigned)share;
}

static void let_fewer_in(struct carved_http_limits *limits, rlim_t files, rlim_t others)
{
	unsigned wanted = limits->connections;
	limits->connections = files > others + LEAST ? (unsigned)(files - others) : LEAST;
	limits->connections_per_user = share(limits->connections_per_user, limits->connections, wanted);
	carved_log(CARVED_LOG_WARNING,
		"the limit on open files, %lu, leaves room for %u connections instead of %u, and %u of one user: raise it "
		"(LimitNOFILE=, ulimit -n), "
		"or lower http.connections",
		(unsigned long)files, limits->connections, wanted, limits->connections_per_user);
}

void carved_files_make_room(struct carved_http_limits *limits, unsigned workers)
{
	struct rlimit files;
	const rlim_t others = BESIDE + KNOCKING + PER_WORKER * (rlim_t)workers, needed = limits->connections + others;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= needed)
		return;
	files.rlim_cur = files.rlim_max < needed ? files.rlim_max : needed;
	setrlimit(RLIMIT_NOFILE, &files);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < needed)
		let_fewer_in(limits, files.rlim_cur, others);
}
