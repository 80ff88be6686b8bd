// SPDX-License-Identifier: EUPL-1.2
// Opening, closing and what goes wrong on disks. SQLite's writes and syncs go through functions of this file, so that the n-th can fail.
#include "store/store.h"
#include "support/folder.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
// cmocka last
#include <cmocka.h>

static int sync_fails_in = -1, write_fails_in = -1, write_errno; // -1: never; 0: the next call
static int syncs;

int fdatasync(int fd)
{
	syncs++;
	if (sync_fails_in >= 0 && sync_fails_in-- == 0) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
	if (write_fails_in >= 0 && write_fails_in-- == 0) {
		errno = write_errno;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, size, at);
}

struct fixture {
	struct test_folder folder;
	const char *path;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	f->path = test_folder_file(&f->folder, "carved.db");
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	sync_fails_in = write_fails_in = -1;
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static struct carved_store *open_store(const struct fixture *f)
{
	struct carved_store *store;
	struct carved_error error;
	if (!carved_store_open(f->path, 1, &store, &error))
		fail_msg("%s: %s", carved_code_name(error.code), carved_error_get(&error, "reason"));
	return store;
}

static bool put(struct carved_store *store, const char *ref, const char *json, struct carved_error *error)
{
	const struct carved_store_change change = {"site", ref, json, strlen(json)};
	return carved_store_apply(store, &change, 1, "anna", 5, NULL, error);
}

static bool add_ref(void *context, const struct carved_store_document *document)
{
	strcat(strcat(context, document->ref), " ");
	return true;
}

static void expect_refs(struct carved_store *store, const char *expected)
{
	char refs[256] = "";
	assert_true(carved_store_load(store, add_ref, refs, NULL));
	assert_string_equal(refs, expected);
}

static void expect_mode(const struct fixture *f, const char *suffix)
{
	char path[160];
	struct stat about;
	snprintf(path, sizeof path, "%s%s", f->path, suffix);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
}

static void a_new_database_is_empty_and_for_its_owner_alone(void **state)
{
	struct fixture *f = *state;
	mode_t before = umask(0);
	struct carved_store *store = open_store(f);
	umask(before);
	expect_refs(store, "");
	expect_mode(f, "");
	expect_mode(f, "-wal");
	expect_mode(f, "-shm");
	expect_mode(f, "-lock");
	carved_store_close(store);
}

static void closing_nothing_is_fine(void **state)
{
	(void)state;
	carved_store_close(NULL);
}

static void each_commit_is_synced_before_it_is_answered(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f);
	for (int i = 0; i < 5; i++) {
		int before = syncs;
		assert_true(put(store, "S-1", i % 2 ? "{}" : "[]", NULL));
		assert_true(syncs > before);
	}
	carved_store_close(store);
}

static void a_failed_sync_stops_all_writing_until_it_is_opened_again(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f);
	assert_true(put(store, "S-1", "{}", NULL));
	assert_false(carved_store_has_failed(store, NULL));
	struct carved_error error;
	sync_fails_in = 0;
	assert_false(put(store, "S-2", "{}", &error));
	assert_int_equal(error.code, CARVED_STORE_FAILED);
	assert_string_equal(carved_error_get(&error, "file"), f->path);
	assert_string_equal(carved_error_get(&error, "reason"), "disk I/O error (1034)");
	assert_int_equal(sync_fails_in, -1);
	assert_false(put(store, "S-3", "{}", &error)); // the disk would take it now
	assert_int_equal(error.code, CARVED_STORE_FAILED);
	assert_true(carved_store_has_failed(store, &error));
	assert_non_null(strstr(carved_error_get(&error, "reason"), "1034"));
	char id[CARVED_STORE_ID_MAX];
	assert_false(carved_store_plan_add(store, &(struct carved_store_plan_start){.who = "anna"}, id, &error));
	assert_int_equal(error.code, CARVED_STORE_FAILED);
	expect_refs(store, "S-1 "); // reading goes on
	carved_store_close(store);
	store = open_store(f);
	assert_true(put(store, "S-4", "{}", &error));
	char refs[256] = "";
	assert_true(carved_store_load(store, add_ref, refs, NULL));
	assert_non_null(strstr(refs, "S-1 ")); // S-2 may have reached the disk or not; what was refused afterwards has not
	assert_null(strstr(refs, "S-3 "));
	assert_non_null(strstr(refs, "S-4 "));
	carved_store_close(store);
}

// Fails the n-th write for every n until the commit passes: each failure leaves all as it was.
static void a_full_disk_stores_nothing_of_the_request_and_may_be_tried_again(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f);
	assert_true(put(store, "S-1", "{}", NULL));
	static char large[20000];
	memset(large, 'x', sizeof large - 1);
	const struct carved_store_change changes[] = {
		{"site", "S-1", NULL, 0}, {"site", "S-2", "{}", 2}, {"site", "S-3", large, sizeof large - 1}};
	int failed = 0;
	write_errno = ENOSPC;
	for (int n = 0; n < 100; n++) {
		struct carved_error error;
		write_fails_in = n;
		bool stored = carved_store_apply(store, changes, 3, "anna", 5, NULL, &error);
		write_fails_in = -1;
		if (stored)
			break;
		failed++;
		assert_int_equal(error.code, CARVED_STORE_FULL);
		assert_string_equal(carved_error_get(&error, "file"), f->path);
		assert_false(carved_store_has_failed(store, NULL));
		expect_refs(store, "S-1 ");
	}
	assert_true(failed >= 5);
	expect_refs(store, "S-2 S-3 ");
	carved_store_close(store);
}

static void a_second_carved_is_refused(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f), *second = NULL;
	struct carved_error error;
	assert_false(carved_store_open(f->path, 1, &second, &error));
	assert_int_equal(error.code, CARVED_STORE_IN_USE);
	assert_string_equal(carved_error_get(&error, "file"), f->path);
	assert_null(second);
	assert_true(put(store, "S-1", "{}", &error));
	carved_store_close(store);
	carved_store_close(open_store(f));
}

static void overwrite(const struct fixture *f, off_t at, const void *bytes, size_t size)
{
	int file = open(f->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(syscall(SYS_pwrite64, file, bytes, size, at), size);
	close(file);
}

static void expect_refused(const struct fixture *f, enum carved_code code, struct carved_error *error)
{
	struct carved_store *store = NULL;
	assert_false(carved_store_open(f->path, 1, &store, error));
	assert_int_equal(error->code, code);
	assert_string_equal(carved_error_get(error, "file"), f->path);
	assert_null(store);
}

static void a_newer_database_is_refused_with_both_numbers(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	carved_store_close(open_store(f));
	overwrite(f, 60, "\0\0\0\x63", 4); // user_version of SQLite's file header
	expect_refused(f, CARVED_STORE_NEWER, &error);
	assert_string_equal(carved_error_get(&error, "found"), "99");
	assert_string_equal(carved_error_get(&error, "known"), "5");
}

// A database that says it lacks tables which it has: the step fails at its first statement.
static void a_step_of_the_tables_that_fails_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	struct carved_store *store = open_store(f);
	assert_true(put(store, "S-1", "{}", NULL));
	carved_store_close(store);
	overwrite(f, 60, "\0\0\0\1", 4);
	for (int i = 0; i < 2; i++) {
		expect_refused(f, CARVED_STORE_FAILED, &error);
		assert_string_equal(carved_error_get(&error, "reason"), "table plans already exists (1)");
	}
	overwrite(f, 60, "\0\0\0\5", 4);
	store = open_store(f);
	expect_refs(store, "S-1 ");
	carved_store_close(store);
}

static void a_database_of_another_program_is_refused_and_left_alone(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	carved_store_close(open_store(f));
	overwrite(f, 68, "abcd", 4); // application_id
	expect_refused(f, CARVED_STORE_FOREIGN, &error);
}

static void a_file_that_is_no_database_is_refused_and_left_alone(void **state)
{
	struct fixture *f = *state;
	static const char text[] = "dear diary, today I went to the site and carved a job out of four others, and so on and on "
				   "until there are more than a hundred bytes";
	struct carved_error error;
	overwrite(f, 0, text, sizeof text);
	expect_refused(f, CARVED_STORE_FOREIGN, &error);
	char found[sizeof text];
	FILE *file = fopen(f->path, "re");
	assert_int_equal(fread(found, 1, sizeof found, file), sizeof text);
	fclose(file);
	assert_memory_equal(found, text, sizeof text);
}

static void a_folder_that_is_not_there_is_a_failure_with_its_reason(void **state)
{
	(void)state;
	struct carved_store *store = NULL;
	struct carved_error error;
	assert_false(carved_store_open("/nowhere/at/all/carved.db", 1, &store, &error));
	assert_int_equal(error.code, CARVED_STORE_FAILED);
	assert_string_equal(carved_error_get(&error, "reason"), "No such file or directory");
}

struct reading {
	const char *path;
	atomic_int stage; // the writer's: documents committed so far
	int seen[3];
};

static bool count(void *context, const struct carved_store_document *document)
{
	(void)document;
	++*(int *)context;
	return true;
}

static void *read_along(void *context)
{
	struct reading *r = context;
	struct carved_store *reader;
	if (!carved_store_open_reader(r->path, &reader, NULL))
		return "no reader";
	for (int i = 0; i < 3; i++) {
		while (atomic_load(&r->stage) != 2 * i + 1)
			usleep(1000);
		if (!carved_store_load(reader, count, &r->seen[i], NULL))
			return "no load";
		atomic_fetch_add(&r->stage, 1);
	}
	carved_store_close(reader);
	return NULL;
}

static void a_reader_in_another_thread_sees_what_is_committed(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f);
	struct reading reading = {.path = f->path};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, read_along, &reading), 0);
	static const char *const refs[] = {"S-1", "S-2", "S-3"};
	for (int i = 0; i < 3; i++) {
		assert_true(put(store, refs[i], "{}", NULL));
		atomic_store(&reading.stage, 2 * i + 1);
		while (atomic_load(&reading.stage) != 2 * i + 2)
			usleep(1000);
	}
	void *trouble;
	pthread_join(thread, &trouble);
	assert_null(trouble);
	for (int i = 0; i < 3; i++)
		assert_int_equal(reading.seen[i], i + 1);
	carved_store_close(store);
}

// A program that keeps SQLite's write lock, as a shell in a transaction does: byte 120 of the -shm file.
static pid_t hold_write_lock(const struct fixture *f)
{
	char path[160];
	snprintf(path, sizeof path, "%s-shm", f->path);
	int ready[2];
	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 120, .l_len = 1};
		int shm = open(path, O_RDWR);
		if (fcntl(shm, F_SETLK, &lock) != 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	char byte;
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return child;
}

static void a_lock_of_another_program_is_waited_for_and_then_told(void **state)
{
	struct fixture *f = *state;
	struct carved_store *store = open_store(f);
	pid_t other = hold_write_lock(f);
	struct carved_error error;
	assert_false(put(store, "S-1", "{}", &error));
	assert_int_equal(error.code, CARVED_STORE_BUSY);
	assert_string_equal(carved_error_get(&error, "file"), f->path);
	kill(other, SIGKILL);
	waitpid(other, NULL, 0);
	assert_true(put(store, "S-2", "{}", &error));
	expect_refs(store, "S-2 ");
	carved_store_close(store);
}

// Writes documents until killed, and tells the number of each once it was answered.
static void write_for_ever(const struct fixture *f, int round, int tell)
{
	struct carved_store *store = open_store(f);
	for (int i = 0;; i++) {
		char ref[32];
		snprintf(ref, sizeof ref, "R-%d-%d", round, i);
		if (!put(store, ref, "{\"some\":\"text\"}", NULL) || write(tell, &i, sizeof i) != (ssize_t)sizeof i)
			_exit(1);
	}
}

static void what_was_answered_survives_kill_9(void **state)
{
	enum { ROUNDS = 20 };
	struct fixture *f = *state;
	int acknowledged = 0;
	for (int round = 0; round < ROUNDS; round++) {
		int told[2];
		assert_int_equal(pipe(told), 0);
		pid_t child = fork();
		if (child == 0) {
			close(told[0]);
			write_for_ever(f, round, told[1]);
		}
		close(told[1]);
		int last, here = 0;
		while (here < 3 + round && read(told[0], &last, sizeof last) == (ssize_t)sizeof last)
			here++;
		kill(child, SIGKILL);
		while (read(told[0], &last, sizeof last) == (ssize_t)sizeof last)
			here++;
		close(told[0]);
		waitpid(child, NULL, 0);
		acknowledged += here;
		struct carved_store *store = open_store(f);
		int kept = 0;
		assert_true(carved_store_load(store, count, &kept, NULL));
		assert_in_range(kept, acknowledged, acknowledged + round + 1); // at most one a round was on its way
		carved_store_close(store);
	}
	assert_true(acknowledged > 3 * ROUNDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_new_database_is_empty_and_for_its_owner_alone, setup, teardown),
		cmocka_unit_test(closing_nothing_is_fine),
		cmocka_unit_test_setup_teardown(each_commit_is_synced_before_it_is_answered, setup, teardown),
		cmocka_unit_test_setup_teardown(a_failed_sync_stops_all_writing_until_it_is_opened_again, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_full_disk_stores_nothing_of_the_request_and_may_be_tried_again, setup, teardown),
		cmocka_unit_test_setup_teardown(a_second_carved_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_newer_database_is_refused_with_both_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(a_step_of_the_tables_that_fails_changes_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_database_of_another_program_is_refused_and_left_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused_and_left_alone, setup, teardown),
		cmocka_unit_test(a_folder_that_is_not_there_is_a_failure_with_its_reason),
		cmocka_unit_test_setup_teardown(a_reader_in_another_thread_sees_what_is_committed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_lock_of_another_program_is_waited_for_and_then_told, setup, teardown),
		cmocka_unit_test_setup_teardown(what_was_answered_survives_kill_9, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
