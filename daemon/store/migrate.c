// SPDX-License-Identifier: EUPL-1.2
// Tables of the database, by numbered steps. user_version is the number of the last step taken; each is one transaction with its number, so that a daemon
// killed half-way finds either the old tables or the new ones.
#include "carved/base/buffer.h"
#include "internal.h"

enum { APPLICATION_ID = 0x63727664 }; // "crvd"

#define MIGRATIONS(X) X(0001) X(0002) X(0003) X(0004) X(0005)

#define X(number)                                                                                                                \
	extern const unsigned char carved_store_migration_##number[];                                                            \
	extern const size_t carved_store_migration_##number##_size;
MIGRATIONS(X)
#undef X

static const struct {
	const unsigned char *sql;
	const size_t *size;
} migrations[] = {
#define X(number) {carved_store_migration_##number, &carved_store_migration_##number##_size},
	MIGRATIONS(X)
#undef X
};
enum { KNOWN = sizeof migrations / sizeof *migrations };

// The single number that a pragma or query answers.
static bool ask(struct carved_store *store, const char *sql, int64_t *ret_number, struct carved_error *error)
{
	sqlite3_stmt *statement = NULL;
	bool ok = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW;
	if (ok)
		*ret_number = sqlite3_column_int64(statement, 0);
	else
		carved_store_trouble(store, error);
	sqlite3_finalize(statement);
	return ok;
}

bool carved_store_recognise(struct carved_store *store, struct carved_error *error)
{
	int64_t application = 0, version = 0, tables = 0;
	if (!ask(store, "PRAGMA application_id", &application, error) || !ask(store, "PRAGMA user_version", &version, error) ||
		!ask(store, "SELECT count(*) FROM sqlite_schema", &tables, error)) {
		if (sqlite3_errcode(store->db) == SQLITE_NOTADB)
			carved_fail(error, CARVED_STORE_FOREIGN, "file", store->path);
		return false;
	}
	bool fresh = application == 0 && version == 0 && tables == 0;
	if (!fresh && application != APPLICATION_ID)
		return carved_fail(error, CARVED_STORE_FOREIGN, "file", store->path);
	if (version > KNOWN) {
		carved_fail(error, CARVED_STORE_NEWER, "file", store->path);
		carved_error_add_number(error, "found", version);
		carved_error_add_number(error, "known", KNOWN);
		return false;
	}
	return true;
}

static bool take_step(struct carved_store *store, int number, struct carved_error *error)
{
	struct carved_buffer sql = CARVED_BUFFER_INIT;
	carved_buffer_add(&sql, migrations[number - 1].sql, *migrations[number - 1].size);
	carved_buffer_printf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, number);
	if (!carved_store_begin(store, error)) {
		carved_buffer_deinit(&sql);
		return false;
	}
	bool ok = sqlite3_exec(store->db, sql.data, NULL, NULL, NULL) == SQLITE_OK;
	if (!ok)
		carved_store_trouble(store, error);
	carved_buffer_deinit(&sql);
	return carved_store_end(store, ok, error);
}

bool carved_store_migrate(struct carved_store *store, struct carved_error *error)
{
	int64_t version = 0;
	bool ok = ask(store, "PRAGMA user_version", &version, error);
	while (ok && version < KNOWN)
		ok = take_step(store, (int)++version, error);
	return ok;
}
