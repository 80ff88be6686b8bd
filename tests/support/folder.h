// SPDX-License-Identifier: EUPL-1.2
// A folder of a test's own, gone when the test is over.
#pragma once
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct test_folder {
	char path[64];
	char file[128]; // a file in it: test_folder_file
};

static inline void test_folder_make(struct test_folder *folder)
{
	strcpy(folder->path, "/tmp/carved-test-XXXXXX");
	if (!mkdtemp(folder->path))
		abort();
}

static inline const char *test_folder_file(struct test_folder *folder, const char *name)
{
	snprintf(folder->file, sizeof folder->file, "%s/%s", folder->path, name);
	return folder->file;
}

static inline int test_folder_unlink(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
	(void)about, (void)kind, (void)walk;
	return remove(path);
}

static inline void test_folder_remove(struct test_folder *folder)
{
	nftw(folder->path, test_folder_unlink, 16, FTW_DEPTH | FTW_PHYS);
}
