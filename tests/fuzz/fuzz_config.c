// SPDX-License-Identifier: EUPL-1.2
// The daemon's settings file. Oracle: a file is refused with at least one error and every error has a place inside it; or it is right, and reading it again over what it
// gave changes nothing.
#include "fuzz.h"
#include "service/config.h"

static bool same(const struct carved_config *a, const struct carved_config *b)
{
	return memcmp(&a->http, &b->http, sizeof a->http) == 0 && memcmp(&a->weights, &b->weights, sizeof a->weights) == 0 &&
	       memcmp(&a->budget, &b->budget, sizeof a->budget) == 0 && a->socket_mode == b->socket_mode &&
	       a->findings == b->findings && a->work_threads == b->work_threads && a->workers == b->workers &&
	       a->frame_bytes == b->frame_bytes && strcmp(a->socket_path, b->socket_path) == 0 &&
	       strcmp(a->store_path, b->store_path) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carved_config config, again;
	struct carved_findings findings = {0};
	carved_config_init(&config);
	bool right = carved_config_read(&config, (const char *)data, size, &findings);
	FUZZ_REQUIRE(right == (findings.error_count == 0));
	for (size_t i = 0; i < findings.count; i++)
		FUZZ_REQUIRE(findings.items[i].line >= 1 && findings.items[i].line <= size + 1);
	if (right) {
		again = config;
		again.arena = (struct carved_arena)CARVED_ARENA_INIT;
		FUZZ_REQUIRE(carved_config_read(&again, (const char *)data, size, &findings));
		FUZZ_REQUIRE(same(&config, &again));
		carved_config_deinit(&again);
	}
	carved_config_deinit(&config);
	carved_findings_deinit(&findings);
	return 0;
}
