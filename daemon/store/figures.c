// SPDX-License-Identifier: EUPL-1.2
// What the store counts of itself.
#include "internal.h"
#include <sys/stat.h>
#include <time.h>

static uint64_t file_bytes(const char *path)
{
	struct stat file;
	return path && stat(path, &file) == 0 ? (uint64_t)file.st_size : 0; // no WAL file: no WAL
}

void carved_store_measure(struct carved_store *store)
{
	atomic_store(&store->figures.database_bytes, file_bytes(store->path));
	atomic_store(&store->figures.wal_bytes, file_bytes(store->wal_path));
}

void carved_store_count_failure(struct carved_store *store, enum carved_code code)
{
	struct carved_store_figures *figures = &store->figures;
	atomic_fetch_add(code == CARVED_STORE_FULL   ? &figures->full
			 : code == CARVED_STORE_BUSY ? &figures->busy
						     : &figures->failed,
		1);
}

static uint64_t microseconds_between(const struct timespec *began, const struct timespec *ended)
{
	return (uint64_t)((ended->tv_sec - began->tv_sec) * 1000000 + (ended->tv_nsec - began->tv_nsec) / 1000);
}

bool carved_store_commit(struct carved_store *store, struct carved_error *error)
{
	struct timespec began, ended;
	clock_gettime(CLOCK_MONOTONIC, &began);
	bool ok = carved_store_run(store, carved_store_prepare(store, STATEMENT_COMMIT), error);
	clock_gettime(CLOCK_MONOTONIC, &ended);
	if (ok)
		carved_histogram_add(&store->figures.commits, microseconds_between(&began, &ended));
	carved_store_measure(store);
	return ok;
}

const struct carved_store_figures *carved_store_get_figures(const struct carved_store *store)
{
	return &store->figures;
}

const char *carved_store_library_version(void)
{
	return sqlite3_libversion();
}
