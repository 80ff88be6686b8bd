// SPDX-License-Identifier: EUPL-1.2
// Everything that carve says stands in the message tables: every msgid that its source names, and every name of the rules, value parts and day parts.
#include "carved/base/buffer.h"
#include "carved/base/week.h"
#include "carved/model/reasons.h"
#include "carved/model/rules.h"
#include "carved/text/text.h"
#include "carved/wire/wire.h"
#include "commands.h"
#include "support/carved_cmocka.h"
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_in_both(const char *msgid, const char *where)
{
	for (int language = 0; language < CARVED_LANGUAGES; language++) {
		if (!carved_text_find((enum carved_language)language, msgid))
			fail_msg("%s: no text for %s in %s", where, msgid, carved_language_tag((enum carved_language)language));
	}
}

static void read_source(const char *name, struct carved_buffer *text)
{
	char path[1024], bytes[4096];
	size_t count;
	snprintf(path, sizeof path, "%s/client/%s", CARVED_SOURCE_DIR, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while ((count = fread(bytes, 1, sizeof bytes, file)) > 0)
		carved_buffer_add(text, bytes, count);
	fclose(file);
}

// Calls `check` for each text in double quotes of each C file of the client. Comments are passed over.
static size_t for_each_literal(void (*check)(const char *literal, const char *file))
{
	DIR *folder = opendir(CARVED_SOURCE_DIR "/client");
	size_t count = 0;
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));) {
		struct carved_buffer text = CARVED_BUFFER_INIT;
		size_t length = strlen(entry->d_name);
		if (length < 3 || strcmp(entry->d_name + length - 2, ".c") != 0)
			continue;
		read_source(entry->d_name, &text);
		for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
			char *comment = strstr(line, "//");
			if (comment && (comment == line || !strstr(line, "http://")))
				*comment = '\0';
			if (strncmp(line, "#include", 8) == 0)
				continue;
			for (char *start = strchr(line, '"'); start; start = strchr(start, '"')) {
				char *end = start + 1;
				while (*end && *end != '"')
					end += *end == '\\' && end[1] ? 2 : 1;
				if (!*end)
					break;
				*end = '\0';
				check(start + 1, entry->d_name);
				count++;
				start = end + 1;
			}
		}
		carved_buffer_deinit(&text);
	}
	closedir(folder);
	return count;
}

static void check_msgid(const char *literal, const char *file)
{
	if (strncmp(literal, "carve.", 6) == 0 && !strchr(literal, '%'))
		assert_in_both(literal, file);
}

static void every_msgid_of_the_source_has_a_text_in_both_languages(void **state)
{
	(void)state;
	assert_true(for_each_literal(check_msgid) > 200);
}

// Three words in a row are a sentence, unless it is JSON or a header of HTTP.
static void check_no_sentence(const char *literal, const char *file)
{
	int words = 0;
	const char *at = literal;
	if (strncmp(literal, "Accept", 6) == 0)
		return;
	while (*at) {
		size_t letters = 0;
		while (isalpha((unsigned char)at[letters]))
			letters++;
		bool word = letters > 1 && (at[letters] == ' ' || at[letters] == '\0');
		words = word ? words + 1 : 0;
		if (words == 3)
			fail_msg("%s says by itself: %s", file, literal);
		at += letters;
		at += *at ? 1 : 0;
	}
}

static void no_sentence_stands_in_the_source(void **state)
{
	(void)state;
	for_each_literal(check_no_sentence);
}

static void every_command_is_told_in_both_languages(void **state)
{
	(void)state;
	static const char *const texts[] = {"args", "summary", "help"};
	char msgid[64];
	for (const struct carve_command *command = carve_commands; command->name; command++) {
		for (size_t i = 0; i < 3; i++) {
			snprintf(msgid, sizeof msgid, "carve.%s.%s", command->name, texts[i]);
			assert_in_both(msgid, "commands.c");
		}
	}
}

static void assert_all(const char *group, const char *const *names, size_t count)
{
	char msgid[64];
	for (size_t i = 0; i < count; i++) {
		snprintf(msgid, sizeof msgid, "carve.%s.%s", group, names[i]);
		assert_in_both(msgid, group);
	}
}

static void every_name_that_a_plan_uses_has_a_label_in_both_languages(void **state)
{
	(void)state;
	static const char *const rules[] = {
#define X(symbol, name) name,
		CARVED_RULES(X)
#undef X
	};
	static const char *const parts[] = {
#define X(part) #part,
		CARVED_VALUE_PARTS(X)
#undef X
			"total"};
	static const char *const states[] = {"running", "done", "cancelled", "failed", "proposed", "offered", "accepted",
		"declined", "withdrawn", "started", "ended", "stale"};
	static const char *const ends[] = {"gap", "iterations", "time", "cancel"};
	static const char *const packages[] = {"carved", "vacancy"};
	static const char *const counts[] = {"documents", "documents.one", "candidates", "candidates.one", "sites", "sites.one",
		"coaches", "coaches.one", "vocabularies", "vocabularies.one"};
	static const char *const bases[] = {"stated", "from-ancestor", "from-descendant", "not-stated", "unknown-not-stated",
		"unknown-not-assessed", "unknown-narrower-only"};
	static const char *const lines[] = {"base", "waiting", "options", "options-unknown", "task", "extra-jobs", "aid",
		"question", "coach", "buddy", "rounding"};
	static const char *const bounds[] = {"hours", "minutes", "jobs", "supervisors", "coach", "buddy"};
	static const char *const companies[] = {"alone", "small-team", "team"};
	assert_all("why-basis", bases, sizeof bases / sizeof *bases);
	assert_all("why-line", lines, sizeof lines / sizeof *lines);
	assert_all("why-bound", bounds, sizeof bounds / sizeof *bounds);
	assert_all("company", companies, sizeof companies / sizeof *companies);
	assert_all("count", counts, sizeof counts / sizeof *counts);
	assert_all("rule", rules, sizeof rules / sizeof *rules);
	assert_all("value", parts, sizeof parts / sizeof *parts);
	assert_all("state", states, sizeof states / sizeof *states);
	assert_all("reason", carved_reason_codes, CARVED_REASON_COUNT);
	assert_all("ended-by", ends, sizeof ends / sizeof *ends);
	assert_all("phase", carved_phase_names, CARVED_PHASES);
	assert_in_both("carve.phase.queued", "phase");
	assert_all("package", packages, sizeof packages / sizeof *packages);
	assert_all("day", carved_day_names, CARVED_DAYS);
	assert_all("part", carved_part_names, CARVED_PARTS_PER_DAY);
	assert_all("day-part", carved_day_part_names, CARVED_DAY_PARTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_msgid_of_the_source_has_a_text_in_both_languages),
		cmocka_unit_test(no_sentence_stands_in_the_source),
		cmocka_unit_test(every_command_is_told_in_both_languages),
		cmocka_unit_test(every_name_that_a_plan_uses_has_a_label_in_both_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
