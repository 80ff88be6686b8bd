// SPDX-License-Identifier: EUPL-1.2
// Opening and closing. The order matters: the lock first (closing any other descriptor of the database would drop SQLite's own locks), then a look at whose
// file it is, and only then the first write to it.
#include "internal.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_MS = 2000, CHECKPOINT_PAGES = 1000, STEPS_PER_BEAT = 1000 };

static bool fail_file(struct carved_error *error, const char *file)
{
	carved_error_set(error, CARVED_STORE_FAILED);
	carved_error_add(error, "file", file);
	carved_error_add(error, "reason", strerrordesc_np(errno));
	return false;
}

// Only one process may write, and only it may call plans interrupted. The lock goes with the process, however that ends.
static bool take_lock(struct carved_store *store, const char *path, struct carved_error *error)
{
	char *file = NULL;
	if (asprintf(&file, "%s-lock", path) < 0)
		carved_out_of_memory();
	store->lock = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = store->lock >= 0 ? flock(store->lock, LOCK_EX | LOCK_NB) == 0 : fail_file(error, file);
	if (!ok && store->lock >= 0)
		errno == EWOULDBLOCK ? carved_fail(error, CARVED_STORE_IN_USE, "file", path) : fail_file(error, file);
	free(file);
	return ok;
}

static bool sync_folder(const char *path)
{
	char *copy = carved_strdup(path);
	int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = folder >= 0 && fsync(folder) == 0;
	if (folder >= 0)
		close(folder);
	free(copy);
	return ok;
}

// Makes the file with our mode before SQLite would with its own (its WAL takes the mode over), and its name survive a power cut.
static bool make_file(struct carved_store *store, const char *path, struct carved_error *error)
{
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool ok = file >= 0 && fchmod(file, 0600) == 0 && sync_folder(path);
	if (file >= 0)
		close(file);
	store->path =
		ok ? realpath(path, NULL) : NULL; // so that neither a name such as ":memory:" nor a change of folder matters
	return store->path || fail_file(error, path);
}

// Copies the WAL back once it has grown. What goes wrong here can't be told to a caller whose commit is safe; it stops the next one.
static int on_wal(void *context, sqlite3 *db, const char *name, int pages)
{
	struct carved_store *store = context;
	if (pages < CHECKPOINT_PAGES)
		return SQLITE_OK;
	int result = sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (result != SQLITE_OK && (result & 0xFF) != SQLITE_BUSY && (result & 0xFF) != SQLITE_LOCKED)
		carved_store_note(store, sqlite3_extended_errcode(db), sqlite3_errmsg(db), NULL);
	return SQLITE_OK;
}

static int on_steps(void *context)
{
	struct carved_store *store = context;
	store->beat(store->beat_context);
	return 0; // go on
}

void carved_store_on_beat(struct carved_store *store, void (*beat)(void *context), void *context)
{
	store->beat = beat;
	store->beat_context = context;
	sqlite3_progress_handler(store->db, beat ? STEPS_PER_BEAT : 0, on_steps, store);
}

static bool connect(struct carved_store *store, int flags, struct carved_error *error)
{
	int result = sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (!store->db)
		carved_out_of_memory();
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return result == SQLITE_OK || carved_store_trouble(store, error);
}

static bool execute(struct carved_store *store, const char *sql, struct carved_error *error)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || carved_store_trouble(store, error);
}

static struct carved_store *new_store(void)
{
	struct carved_store *store = carved_alloc_array(1, sizeof *store);
	store->lock = -1;
	carved_histogram_init_moments(&store->figures.commits);
	return store;
}

bool carved_store_open(const char *path, int64_t when, struct carved_store **ret_store, struct carved_error *error)
{
	struct carved_store *store = new_store();
	int64_t oldest, newest;
	bool ok = take_lock(store, path, error) && make_file(store, path, error) &&
		  connect(store, SQLITE_OPEN_READWRITE, error) && carved_store_recognise(store, error) &&
		  execute(store,
			  "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			  "PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
			  "PRAGMA cell_size_check = ON;",
			  error);
	if (ok)
		sqlite3_wal_hook(store->db, on_wal, store);
	ok = ok && carved_store_migrate(store, error) && carved_store_plans_interrupt(store, when, error) &&
	     carved_store_event_range(store, &oldest, &newest, error);
	if (!ok) {
		carved_store_close(store);
		return false;
	}
	if (asprintf(&store->wal_path, "%s-wal", store->path) < 0)
		carved_out_of_memory();
	carved_store_measure(store);
	atomic_store(&store->figures.last_event, newest);
	*ret_store = store;
	return true;
}

bool carved_store_open_reader(const char *path, struct carved_store **ret_store, struct carved_error *error)
{
	struct carved_store *store = new_store();
	store->reader = true;
	store->path = realpath(path, NULL);
	if (!(store->path || fail_file(error, path)) || !connect(store, SQLITE_OPEN_READONLY, error) ||
		!execute(store, "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;", error)) {
		carved_store_close(store);
		return false;
	}
	*ret_store = store;
	return true;
}

void carved_store_close(struct carved_store *store)
{
	if (!store)
		return;
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(store->statements[i]);
	if (store->db && store->failure.code !=
				 CARVED_OK) // after a failure closing must not try to write once more: the next open recovers
		sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	if (sqlite3_close(store->db) != SQLITE_OK)
		abort(); // a statement of ours was left open
	if (store->lock >= 0)
		close(store->lock);
	free(store->wal_path);
	free(store->path);
	free(store);
}
