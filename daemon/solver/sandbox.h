// SPDX-License-Identifier: EUPL-1.2
// The walls around carved-solver, put up before it reads a byte of what it is to solve. GLPK is large and the instance comes from documents that anybody may have
// written: whatever goes wrong in here can compute, and talk to the daemon over the pipes that it has. Nothing else.
//
// In this order, each once:
//
//   carved_sandbox_limit        limits of the process; rights it will never need
//   carved_sandbox_close_files  Landlock: counts for threads that are started later, so before any
//   (threads are started)
//   carved_sandbox_close_calls  seccomp: for all threads; starts none from here on
//
// A wall that the kernel does not have is left out, and the answer says so: what that means is the daemon's to decide.
#pragma once
#include "carved/wire/walls.h"
#include <stdint.h>

struct carved_sandbox_limits {
	uint64_t memory_bytes;      // of address space
	uint64_t processor_seconds; // of all threads together
};

// Returns CARVED_WALL_LIMITS, or CARVED_WALL_NOT_BUILT: a sanitizer needs more memory than can be limited, and counts of lines go into files. What is given up in
// any case: inherited descriptors, more than CARVED_SANDBOX_OPEN_FILES of its own, core dumps, more rights.
uint32_t carved_sandbox_limit(const struct carved_sandbox_limits *limits);
enum { CARVED_SANDBOX_OPEN_FILES = 8 };

// Returns those of CARVED_WALL_FILES, CARVED_WALL_NETWORK, CARVED_WALL_SCOPES that stand now.
uint32_t carved_sandbox_close_files(void);

// Returns CARVED_WALL_CALLS where it stands, else 0. From here on: no new thread, process, file, socket or executable page.
uint32_t carved_sandbox_close_calls(void);
