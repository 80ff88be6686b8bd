// SPDX-License-Identifier: EUPL-1.2
// What a hostile worker tries, and what should become of it.
#pragma once
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

enum behind { NOTHING, LANDLOCK, EVERYTHING };
enum expected {
	ANYTHING,            // depends on who runs the test, or on the kernel
	WORKS,               // exit status 0
	REFUSED,             // EACCES or EPERM
	REFUSED_ON_NETWORKS, // where Landlock knows networks
	REFUSED_ON_SCOPES,   // where Landlock knows scopes
	TOO_MANY,            // EMFILE
	TOO_LARGE,           // EFBIG
	NO_MEMORY,           // ENOMEM
	ENDED_FOR_MEMORY,    // CARVED_EXIT_MEMORY of carved/base/arena.h
	OUT_OF_TIME,         // SIGXCPU
	KILLED,              // SIGKILL
	ABORTED,             // SIGABRT
	TRESPASSED,          // SIGSYS
};

struct attempt {
	const char *name;
	int (*attempt)(void);      // 0 where it worked, else the error number
	enum expected expected[3]; // without anything; behind limits and Landlock; behind everything
};

extern const struct attempt hostile_attempts[];
extern const size_t hostile_attempt_count;

// What the attempts reach for.
struct hostile_aims {
	int tcp_port;                // where the parent listens
	struct sockaddr_un abstract; // and here
	socklen_t abstract_length;
	char existing[64], absent[64]; // paths: a file of the parent's, and nothing
};
extern struct hostile_aims hostile_aims;

enum { HOSTILE_MEMORY = 512 << 20, HOSTILE_SECONDS = 1 }; // the limits that the attempts go beyond

// Before the walls: leaves the worker with a file of the parent's as its standard error, for the attempt that needs one.
void hostile_prepare(const struct attempt *attempt);
