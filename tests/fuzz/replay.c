// SPDX-License-Identifier: EUPL-1.2
// Runs a fuzz target over files: its corpus as an ordinary test, or a single finding under a debugger. usage: fuzz_NAME FILE-OR-FOLDER...
#include "fuzz.h"
#include <dirent.h>
#include <sys/stat.h>

static unsigned long replayed;

static void replay_file(const char *path)
{
	struct stat about;
	FILE *file = fopen(path, "rb");
	if (!file || fstat(fileno(file), &about) != 0) {
		perror(path);
		exit(2);
	}
	size_t length = (size_t)about.st_size;
	uint8_t *bytes = malloc(length ? length : 1); // of its very size, so that a sanitizer sees a step over its end
	if (!bytes || fread(bytes, 1, length, file) != length)
		abort();
	fclose(file);
	LLVMFuzzerTestOneInput(bytes, length);
	free(bytes);
	replayed++;
}

static void replay(const char *path)
{
	DIR *folder = opendir(path);
	if (!folder) {
		replay_file(path);
		return;
	}
	for (struct dirent *entry; (entry = readdir(folder));) {
		char inside[4096];
		snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.')
			replay_file(inside);
	}
	closedir(folder);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	printf("%lu inputs, nothing found\n", replayed);
	return replayed ? 0 : 2;
}
