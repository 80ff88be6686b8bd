// SPDX-License-Identifier: EUPL-1.2
// Whether the database is still what SQLite wrote: a look at every page, and at what the tables say of each other.
#include "internal.h"
#include <stdio.h>
#include <sys/statvfs.h>
#include <time.h>

enum { STEPS_BETWEEN_LOOKS = 10000 };

struct watch {
	struct carved_store *store;
	time_t until;
};

static int is_late(void *context)
{
	const struct watch *watch = context;
	struct timespec now;
	if (watch->store->beat)
		watch->store->beat(watch->store->beat_context);
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec >= watch->until;
}

static void note_problem(struct carved_store_check *check, const char *problem)
{
	if (check->problems++ == 0)
		snprintf(check->first_problem, sizeof check->first_problem, "%s", problem);
}

// Gives each row to `take`. Returns false where the deadline came first, or another error than damage: that is a problem like any other.
static bool each_row(struct carved_store *store, const char *sql, struct carved_store_check *check,
	void (*take)(struct carved_store_check *check, sqlite3_stmt *row))
{
	sqlite3_stmt *statement = NULL;
	int result = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
	while (result == SQLITE_OK || result == SQLITE_ROW) {
		result = sqlite3_step(statement);
		if (result == SQLITE_ROW)
			take(check, statement);
	}
	if (result == SQLITE_NOMEM)
		carved_out_of_memory();
	if (result != SQLITE_DONE && result != SQLITE_INTERRUPT)
		note_problem(check, sqlite3_errmsg(store->db));
	sqlite3_finalize(statement);
	return result != SQLITE_INTERRUPT;
}

static void take_verdict(struct carved_store_check *check, sqlite3_stmt *row)
{
	const char *verdict = carved_store_column_text(row, 0, NULL);
	if (verdict && sqlite3_stricmp(verdict, "ok") != 0)
		note_problem(check, verdict);
}

static void take_dangling(struct carved_store_check *check, sqlite3_stmt *row)
{
	char text[128];
	snprintf(text, sizeof text, "a row of %s names a row of %s that is not there", carved_store_column_text(row, 0, NULL),
		carved_store_column_text(row, 2, NULL));
	note_problem(check, text);
}

#define TABLES_MAX 32
#define NAME_BYTES 64

// Table by table: between two of them SQLite looks at the clock, within one (of versions before 3.42) it does not.
static bool check_tables(struct carved_store *store, struct carved_store_check *check)
{
	char names[TABLES_MAX][NAME_BYTES], sql[NAME_BYTES + 32];
	sqlite3_stmt *tables = NULL;
	size_t count = 0;
	if (sqlite3_prepare_v2(store->db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &tables, NULL) != SQLITE_OK)
		note_problem(check, sqlite3_errmsg(store->db));
	while (count < TABLES_MAX && sqlite3_step(tables) == SQLITE_ROW)
		snprintf(names[count++], NAME_BYTES, "%s", carved_store_column_text(tables, 0, NULL));
	sqlite3_finalize(tables);
	bool finished = count > 0;
	for (size_t i = 0; i < count && finished; i++) {
		snprintf(sql, sizeof sql, "PRAGMA quick_check('%s')", names[i]); // names of our own migrations
		finished = each_row(store, sql, check, take_verdict);
	}
	return finished;
}

static void take_schema(struct carved_store_check *check, sqlite3_stmt *row)
{
	check->schema = sqlite3_column_int(row, 0);
}

void carved_store_check(struct carved_store *store, unsigned seconds, struct carved_store_check *ret_check)
{
	struct carved_store_check check = {0};
	struct statvfs disk;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	struct watch watch = {.store = store, .until = now.tv_sec + (time_t)seconds};
	each_row(store, "PRAGMA user_version", &check, take_schema);
	sqlite3_progress_handler(store->db, STEPS_BETWEEN_LOOKS, is_late, &watch);
	check.finished =
		seconds > 0 && check_tables(store, &check) && each_row(store, "PRAGMA foreign_key_check", &check, take_dangling);
	carved_store_on_beat(store, store->beat, store->beat_context);
	if (statvfs(store->path, &disk) == 0)
		check.free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	*ret_check = check;
}
