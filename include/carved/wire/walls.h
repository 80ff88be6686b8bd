// SPDX-License-Identifier: EUPL-1.2
// The walls around a solver process, as it names them in its HELLO: the daemon logs them, shows them, and refuses a solver that lacks what the settings ask for.
#pragma once
#include "carved/base/buffer.h"
#include <stdint.h>

enum carved_wall {
	CARVED_WALL_LIMITS = 1u << 0,  // on memory, processor time, descriptors, file sizes and processes
	CARVED_WALL_FILES = 1u << 1,   // Landlock: no file is opened, made, moved, removed or run
	CARVED_WALL_NETWORK = 1u << 2, // Landlock since ABI 4 (Linux 6.7): no TCP
	CARVED_WALL_SCOPES = 1u << 3,  // Landlock since ABI 6 (Linux 6.12): no signal to and no abstract socket of anybody else
	CARVED_WALL_CALLS = 1u << 4,   // seccomp: the kernel ends it at any call that solving does not need
	CARVED_WALL_NOT_BUILT =
		1u
		<< 5, // no wall, but why some are missing: this build counts lines or holds a sanitizer, which need other calls
};
#define CARVED_WALLS_ALL (CARVED_WALL_LIMITS | CARVED_WALL_FILES | CARVED_WALL_NETWORK | CARVED_WALL_SCOPES | CARVED_WALL_CALLS)
// What `plans.sandbox: require` asks for: together they close everything. NETWORK and SCOPES say the same once more, on kernels that can.
#define CARVED_WALLS_REQUIRED (CARVED_WALL_LIMITS | CARVED_WALL_FILES | CARVED_WALL_CALLS)

// Appends the names of the walls in a set, with blanks between: "limits files seccomp"; "none" where there is none.
void carved_walls_format(uint32_t walls, struct carved_buffer *buffer);
