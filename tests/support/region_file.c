// SPDX-License-Identifier: EUPL-1.2
#include "region_file.h"
#include "carved/base/buffer.h"
#include "carved/model/parse.h"
#include "carved/text/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

carved_date region_file_date(void)
{
	carved_date date = 0;
	carved_date_parse("2026-11-22", &date, NULL);
	return date;
}

static void read_all(const char *path, struct carved_buffer *text)
{
	char command[1024];
	snprintf(command, sizeof command, "gzip -cdf '%s'", path);
	FILE *pipe = popen(command, "r");
	char bytes[1 << 16];
	size_t length;
	while (pipe && (length = fread(bytes, 1, sizeof bytes, pipe)) > 0)
		carved_buffer_add(text, bytes, length);
	if (!pipe || pclose(pipe) != 0) {
		fprintf(stderr, "can't unpack %s\n", path);
		exit(1);
	}
}

static void report(const struct carved_findings *findings)
{
	struct carved_buffer message = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < findings->count && i < 10; i++) {
		carved_buffer_clear(&message);
		carved_text_error(CARVED_ENGLISH, &findings->items[i].error, &message);
		fprintf(stderr, "%u:%u: %s: %s\n", findings->items[i].line, findings->items[i].column, findings->items[i].pointer,
			message.data);
	}
	carved_buffer_deinit(&message);
}

static struct carved_region *make_region(const struct carved_parsed *parsed)
{
	struct carved_region *empty = carved_region_new();
	struct carved_region_change *changes = carved_alloc_array(parsed->count, sizeof *changes);
	for (size_t i = 0; i < parsed->count; i++) {
		struct carved_document *document = parsed->documents[i];
		changes[i] = (struct carved_region_change){.kind = document->kind, .ref = document->ref, .document = document};
	}
	struct carved_region *region = carved_region_apply(empty, changes, parsed->count);
	carved_region_unref(empty);
	free(changes);
	return region;
}

struct carved_region *region_file_load(const char *name_or_path)
{
	char path[1024];
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	struct carved_parse_limits limits;
	if (strchr(name_or_path, '/'))
		snprintf(path, sizeof path, "%s", name_or_path);
	else
		snprintf(path, sizeof path, "%s/regions/%s.ndjson.gz", CARVED_SHARED_DIR, name_or_path);
	if (access(path, R_OK) != 0) {
		printf("no real regions here: %s is absent\n", path);
		return NULL;
	}
	read_all(path, &text);
	carved_parse_limits_init(&limits);
	if (!carved_parse_documents(
		    text.data, text.length, CARVED_FORMAT_NDJSON, region_file_date(), &limits, &parsed, &findings)) {
		report(&findings);
		exit(1);
	}
	struct carved_region *region = make_region(&parsed);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return region;
}
