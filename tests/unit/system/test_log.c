// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "carved/base/arena.h"
#include "system/log.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// Standard error goes to a pipe between the two; the text of what came out is the caller's.
static int saved, pipe_ends[2];

static void begin_capture(void)
{
	fflush(stderr);
	saved = dup(STDERR_FILENO);
	assert_int_equal(pipe(pipe_ends), 0);
	dup2(pipe_ends[1], STDERR_FILENO);
}

static char *end_capture(void)
{
	static char text[8192];
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(pipe_ends[1]);
	size_t length = 0;
	for (ssize_t got; (got = read(pipe_ends[0], text + length, sizeof text - 1 - length)) > 0;)
		length += (size_t)got;
	close(pipe_ends[0]);
	text[length] = '\0';
	return text;
}

static void an_entry_is_one_line_with_its_level_in_front(void **state)
{
	(void)state;
	begin_capture();
	carved_log(CARVED_LOG_NOTICE, "caf\xc3\xa9 %d", 3);
	carved_log_about(CARVED_LOG_INFO, &(struct carved_log_about){.event = CARVED_EVENT_PUT}, "a\nforged\x1b\x7fline");
	assert_string_equal(end_capture(), "<5>caf\xc3\xa9 3\n<6>a?forged??line\n");
}

static void an_entry_that_is_too_long_is_cut_and_stays_a_line(void **state)
{
	(void)state;
	char *text = carved_alloc(5000);
	memset(text, 'x', 4999);
	text[4999] = '\0';
	begin_capture();
	carved_log(CARVED_LOG_ERROR, "%s", text);
	carved_log(CARVED_LOG_ERROR, "next");
	const char *told = end_capture();
	assert_int_equal(strcspn(told, "\n"), 3 + 1023);
	assert_string_equal(strchr(told, '\n'), "\n<3>next\n");
	free(text);
}

static void the_journal_gets_a_field_for_each_thing_an_entry_is_about(void **state)
{
	(void)state;
	struct carved_buffer fields = CARVED_BUFFER_INIT;
	const struct carved_log_about about = {
		.event = CARVED_EVENT_PLAN_FAILED, .code = "solver-crashed", .plan = "PL-7", .user = "anna", .rule = "donor"};
	carved_log_format_fields(CARVED_LOG_ERROR, &about, "it broke", &fields);
	assert_string_equal(fields.data, "MESSAGE=it broke\nPRIORITY=3\nSYSLOG_IDENTIFIER=carved\nCARVED_EVENT=plan-failed\n"
					 "CARVED_CODE=solver-crashed\nCARVED_PLAN=PL-7\nCARVED_USER=anna\nCARVED_RULE=donor\n");
	carved_buffer_clear(&fields);
	carved_log_format_fields(CARVED_LOG_INFO, NULL, "it runs", &fields);
	assert_string_equal(fields.data, "MESSAGE=it runs\nPRIORITY=6\nSYSLOG_IDENTIFIER=carved\n");
	carved_buffer_deinit(&fields);
}

static void a_failure_names_no_person(void **state)
{
	(void)state;
	static const struct {
		enum carved_code code;
		const char *kind, *name, *value;
		bool told;
	} cases[] = {
		{CARVED_DOCUMENT_UNREADABLE, "candidate", "ref", "K-0017", false},
		{CARVED_DOCUMENT_UNREADABLE, "coach", "ref", "C-03", false},
		{CARVED_DOCUMENT_UNREADABLE, "site", "ref", "S-014", true},
		{CARVED_PLAN_INVALID, NULL, "candidate", "K-0017", false},
		{CARVED_PLAN_INVALID, NULL, "site", "S-014", true},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct carved_error error;
		carved_error_set(&error, cases[i].code);
		if (cases[i].kind)
			carved_error_add(&error, "kind", cases[i].kind);
		carved_error_add(&error, cases[i].name, cases[i].value);
		begin_capture();
		carved_log_failure(CARVED_LOG_ERROR, "start", &error);
		const char *told = end_capture();
		assert_int_equal(strstr(told, cases[i].value) != NULL, cases[i].told);
		assert_non_null(strstr(told, carved_code_name(cases[i].code)));
	}
}

static void a_journal_stream_that_is_not_ours_is_no_journal(void **state)
{
	(void)state;
	struct stat found;
	char other[64];
	fstat(STDERR_FILENO, &found);
	snprintf(other, sizeof other, "%llu:%llu", (unsigned long long)found.st_dev, (unsigned long long)found.st_ino + 1);
	const char *const streams[] = {other, "", "nonsense", "1:"};
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		setenv("JOURNAL_STREAM", streams[i], 1);
		begin_capture();
		carved_log_init();
		carved_log(CARVED_LOG_INFO, "here");
		assert_string_equal(end_capture(), "<6>here\n");
	}
	unsetenv("JOURNAL_STREAM");
	carved_log_init();
}

// docs/operating.md has a table of events; it and the code say the same.
static void every_event_stands_in_the_operators_page(void **state)
{
	(void)state;
	static char text[65536];
	FILE *page = fopen(CARVED_SOURCE_DIR "/docs/operating.md", "r");
	assert_non_null(page);
	text[fread(text, 1, sizeof text - 1, page)] = '\0';
	fclose(page);
	for (int event = CARVED_EVENT_NONE + 1; event < CARVED_EVENTS; event++) {
		char row[64];
		snprintf(row, sizeof row, "\n| `%s` |", carved_log_event_name((enum carved_log_event)event));
		if (!strstr(text, row))
			fail_msg("docs/operating.md has no row for the event %s",
				carved_log_event_name((enum carved_log_event)event));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_one_line_with_its_level_in_front),
		cmocka_unit_test(an_entry_that_is_too_long_is_cut_and_stays_a_line),
		cmocka_unit_test(the_journal_gets_a_field_for_each_thing_an_entry_is_about),
		cmocka_unit_test(a_failure_names_no_person),
		cmocka_unit_test(a_journal_stream_that_is_not_ours_is_no_journal),
		cmocka_unit_test(every_event_stands_in_the_operators_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
