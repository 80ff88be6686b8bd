// SPDX-License-Identifier: EUPL-1.2
// What a failure of SQLite means for us.
//
//   FULL       the transaction was rolled back whole: the next one may find room          -> STORE_FULL
//   BUSY       another program (a backup, a shell) holds a lock for longer than we wait   -> STORE_BUSY
//   NOMEM      memory that can't be had ends the process, as everywhere
//   MISUSE     a contract of ours
//   all else   what the disk holds is no longer certain: the kernel may have dropped pages whose fsync failed, so that trying again could report success for
//              data that is gone                                                          -> STORE_FAILED, and no more writes until opened again
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>

static void remember(struct carved_store *store, int result, const char *message)
{
	char reason[256];
	snprintf(reason, sizeof reason, "%s (%d)", message, result); // the extended code says what failed: 1034 is fsync
	carved_error_set(&store->failure, CARVED_STORE_FAILED);
	carved_error_add(&store->failure, "file", store->path);
	carved_error_add(&store->failure, "reason", reason);
}

bool carved_store_note(struct carved_store *store, int result, const char *message, struct carved_error *error)
{
	switch (result & 0xFF) {
	case SQLITE_FULL:
		carved_store_count_failure(store, CARVED_STORE_FULL);
		return carved_fail(error, CARVED_STORE_FULL, "file", store->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		carved_store_count_failure(store, CARVED_STORE_BUSY);
		return carved_fail(error, CARVED_STORE_BUSY, "file", store->path);
	case SQLITE_NOMEM:
		carved_out_of_memory();
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
		abort();
	default:
		if (result == SQLITE_IOERR_NOMEM)
			carved_out_of_memory();
		carved_store_count_failure(store, CARVED_STORE_FAILED);
		if (store->failure.code == CARVED_OK)
			remember(store, result, message);
		if (error)
			*error = store->failure;
		return false;
	}
}

bool carved_store_trouble(struct carved_store *store, struct carved_error *error)
{
	return carved_store_note(store, sqlite3_extended_errcode(store->db), sqlite3_errmsg(store->db), error);
}

bool carved_store_has_failed(const struct carved_store *store, struct carved_error *error)
{
	bool failed = store->failure.code != CARVED_OK;
	if (failed && error)
		*error = store->failure;
	return failed;
}
