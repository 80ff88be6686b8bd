// SPDX-License-Identifier: EUPL-1.2
// The page of a plan from a file of its overview, without the daemon: writes it, and tells seconds and bytes on standard error.
// usage: bench_report OVERVIEW.json [nl] >PAGE.html
#include "carved/base/json.h"
#include "carved/report/report.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static double seconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void read_file(const char *name, struct carved_buffer *text)
{
	char part[65536];
	size_t length;
	FILE *file = fopen(name, "r");
	while (file && (length = fread(part, 1, sizeof part, file)) > 0)
		carved_buffer_add(text, part, length);
	if (file)
		fclose(file);
}

int main(int count, char *arguments[])
{
	struct carved_buffer text = CARVED_BUFFER_INIT, page = CARVED_BUFFER_INIT;
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *overview;
	struct carved_error error;
	uint32_t line, column;
	enum carved_language language = count > 2 && strcmp(arguments[2], "nl") == 0 ? CARVED_DUTCH : CARVED_ENGLISH;
	if (count < 2)
		return 2;
	read_file(arguments[1], &text);
	double begun = seconds_now();
	if (!carved_json_parse(text.data ? text.data : "", text.length, &arena, &overview, &error, &line, &column)) {
		fprintf(stderr, "%s is no JSON\n", arguments[1]);
		return 1;
	}
	double parsed = seconds_now();
	carved_report_plan(overview, language, &page);
	fprintf(stderr, "parsed in %.3f s, page in %.3f s, %zu bytes\n", parsed - begun, seconds_now() - parsed, page.length);
	fwrite(page.data, 1, page.length, stdout);
	carved_buffer_deinit(&page);
	carved_buffer_deinit(&text);
	carved_arena_deinit(&arena);
	return 0;
}
