// SPDX-License-Identifier: EUPL-1.2
// A program of the build under test: files for it in a folder of the test's own, its exit status and what it says.
#pragma once
#include "carved_cmocka.h"
#include "folder.h"
#include <sys/wait.h>

struct build_program {
	struct test_folder folder;
	char said[4000]; // standard error
};

static inline int build_program_set_up(void **state)
{
	struct build_program *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	*state = f;
	return 0;
}

static inline int build_program_tear_down(void **state)
{
	struct build_program *f = *state;
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static inline void build_program_write(struct build_program *f, const char *name, const char *text)
{
	FILE *file = fopen(test_folder_file(&f->folder, name), "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

// The text of a file; free it.
static inline char *build_program_read(const char *path)
{
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	size_t length = (size_t)ftell(file);
	rewind(file);
	char *text = malloc(length + 1);
	assert_int_equal(fread(text, 1, length, file), length);
	text[length] = '\0';
	fclose(file);
	return text;
}

static inline void build_program_expect_same(const char *made, const char *expected)
{
	char *a = build_program_read(made), *b = build_program_read(expected);
	assert_string_equal(a, b);
	free(a);
	free(b);
}

// Runs it on arguments, within the test's folder. Returns its exit status.
static inline int build_program_run(struct build_program *f, const char *program, const char *arguments)
{
	char command[4000];
	snprintf(command, sizeof command, "cd %s && %s %s 2>said", f->folder.path, program, arguments);
	int status = system(command);
	char *said = build_program_read(test_folder_file(&f->folder, "said"));
	snprintf(f->said, sizeof f->said, "%s", said);
	free(said);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}
