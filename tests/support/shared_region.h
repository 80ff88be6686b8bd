// SPDX-License-Identifier: EUPL-1.2
// The real regions beside the repository, where they are there.
#pragma once
#include "carved/base/buffer.h"
#include "support/carved_cmocka.h"
#include <stdio.h>
#include <unistd.h>

// Reads CARVED_SHARED_DIR/regions/NAME.ndjson.gz; skips the test, saying why, where it is absent.
static inline void read_shared_region(const char *name, struct carved_buffer *buffer)
{
	char command[512], path[400];
	snprintf(path, sizeof path, CARVED_SHARED_DIR "/regions/%s.ndjson.gz", name);
	if (access(path, R_OK) != 0) {
		print_message("skipped: %s is not there\n", path);
		skip();
	}
	snprintf(command, sizeof command, "gzip -dc '%s'", path);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	char block[65536];
	for (size_t got; (got = fread(block, 1, sizeof block, pipe)) > 0;)
		carved_buffer_add(buffer, block, got);
	assert_int_equal(pclose(pipe), 0);
}
