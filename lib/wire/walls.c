// SPDX-License-Identifier: EUPL-1.2
#include "carved/wire/walls.h"
#include <stddef.h>

static const struct {
	enum carved_wall wall;
	const char *name;
} names[] = {
	{CARVED_WALL_LIMITS, "limits"},
	{CARVED_WALL_FILES, "landlock-files"},
	{CARVED_WALL_NETWORK, "landlock-network"},
	{CARVED_WALL_SCOPES, "landlock-scopes"},
	{CARVED_WALL_CALLS, "seccomp"},
};

void carved_walls_format(uint32_t walls, struct carved_buffer *buffer)
{
	const char *blank = "";
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(walls & names[i].wall))
			continue;
		carved_buffer_add_text(buffer, blank);
		carved_buffer_add_text(buffer, names[i].name);
		blank = " ";
	}
	if (!*blank)
		carved_buffer_add_text(buffer, "none");
}
