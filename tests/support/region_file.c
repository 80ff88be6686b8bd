// SPDX-License-Identifier: EUPL-1.2
#include "region_file.h"
#include "carved/base/buffer.h"
#include "carved/model/parse.h"
#include "carved/model/part.h"
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

static void parse(const char *text, size_t length, struct carved_parsed *parsed)
{
	struct carved_findings findings = {0};
	struct carved_parse_limits limits;
	carved_parse_limits_init(&limits);
	if (!carved_parse_documents(text, length, CARVED_FORMAT_NDJSON, region_file_date(), &limits, parsed, &findings)) {
		report(&findings);
		exit(1);
	}
	carved_findings_deinit(&findings);
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

static struct carved_region *load(const char *name_or_path)
{
	char path[1024];
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed = {0};
	if (strchr(name_or_path, '/'))
		snprintf(path, sizeof path, "%s", name_or_path);
	else
		snprintf(path, sizeof path, "%s/regions/%s.ndjson.gz", CARVED_SHARED_DIR, name_or_path);
	if (access(path, R_OK) != 0) {
		printf("no real regions here: %s is absent\n", path);
		return NULL;
	}
	read_all(path, &text);
	parse(text.data, text.length, &parsed);
	struct carved_region *region = make_region(&parsed);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
	return region;
}

// A line of each coach with a percentage of the hours that the region's people need of it, but enough for any one of them.
static void write_coaches(const struct carved_region *region, unsigned percent, struct carved_buffer *text)
{
	for (size_t k = 0; k < region->count[CARVED_KIND_COACH]; k++) {
		const struct carved_coach *coach = carved_region_coach(region, k);
		unsigned need_q = 0, one_q = 0;
		char line[256];
		for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c++) {
			const struct carved_candidate *person = carved_region_candidate(region, c);
			unsigned of_q = strcmp(person->coach, coach->ref) == 0 ? (unsigned)person->coach_q : 0;
			need_q += of_q;
			one_q = of_q > one_q ? of_q : one_q;
		}
		need_q = need_q * percent / 100;
		snprintf(line, sizeof line, "{\"kind\": \"coach\", \"ref\": \"%s\", \"hours\": %.2f}\n", coach->ref,
			(need_q > one_q ? need_q : one_q) * 0.25);
		carved_buffer_add(text, line, strlen(line));
	}
}

static struct carved_region *set_coaches(struct carved_region *region, unsigned percent)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed = {0};
	write_coaches(region, percent, &text);
	parse(text.data, text.length, &parsed);
	struct carved_region_change *changes = carved_alloc_array(parsed.count, sizeof *changes);
	for (size_t i = 0; i < parsed.count; i++)
		changes[i] = (struct carved_region_change){CARVED_KIND_COACH, parsed.documents[i]->ref, parsed.documents[i]};
	struct carved_region *changed = carved_region_apply(region, changes, parsed.count);
	free(changes);
	carved_region_unref(region);
	carved_parsed_deinit(&parsed);
	carved_buffer_deinit(&text);
	return changed;
}

// The documents of a part as a region of their own, with so many of its people.
static struct carved_region *thin(const struct carved_region *part, size_t people)
{
	struct carved_region *empty = carved_region_new();
	size_t most = 0, count = 0, could = part->count[CARVED_KIND_CANDIDATE];
	for (int kind = 0; kind < CARVED_KINDS; kind++)
		most += part->count[kind];
	struct carved_region_change *changes = carved_alloc_array(most, sizeof *changes);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		size_t of_kind = kind == CARVED_KIND_CANDIDATE ? people : part->count[kind];
		for (size_t i = 0; i < of_kind; i++) {
			struct carved_document *document =
				part->documents[kind][kind == CARVED_KIND_CANDIDATE ? i * could / people : i];
			changes[count++] = (struct carved_region_change){(enum carved_kind)kind, document->ref, document};
		}
	}
	struct carved_region *region = carved_region_apply(empty, changes, count);
	carved_region_unref(empty);
	free(changes);
	return region;
}

static struct carved_region *cut(struct carved_region *whole, size_t site, size_t people, unsigned percent)
{
	struct carved_weights weights;
	carved_weights_init(&weights);
	if (site >= whole->count[CARVED_KIND_SITE]) {
		fprintf(stderr, "the region has no site %zu\n", site);
		exit(1);
	}
	struct carved_region *part = carved_region_part(whole, site, region_file_date(), &weights);
	if (people == 0 || people > part->count[CARVED_KIND_CANDIDATE]) {
		fprintf(stderr, "%zu people could work at site %zu, not %zu\n", part->count[CARVED_KIND_CANDIDATE], site, people);
		exit(1);
	}
	struct carved_region *region = thin(part, people);
	carved_region_unref(part);
	return percent ? set_coaches(region, percent) : region;
}

struct carved_region *region_file_load(const char *name_or_path)
{
	char name[1024];
	size_t site, people;
	unsigned percent;
	const char *at = strrchr(name_or_path, '@');
	if (!at || sscanf(at, "@%zu/%zu/%u", &site, &people, &percent) != 3)
		return load(name_or_path);
	snprintf(name, sizeof name, "%.*s", (int)(at - name_or_path), name_or_path);
	struct carved_region *whole = load(name);
	struct carved_region *region = whole ? cut(whole, site, people, percent) : NULL;
	carved_region_unref(whole);
	return region;
}
