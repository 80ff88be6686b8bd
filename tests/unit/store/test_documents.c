// SPDX-License-Identifier: EUPL-1.2
#include "store_fixture.h"
#include <time.h>

static struct carved_store_change change(const char *kind, const char *ref, const char *json)
{
	return (struct carved_store_change){kind, ref, json, json ? strlen(json) : 0};
}

static struct carved_store_result put(struct fixture *f, const char *ref, const char *json, int64_t when)
{
	struct carved_store_change one = change("site", ref, json);
	struct carved_store_result result;
	struct carved_error error;
	assert_true(carved_store_apply(f->store, &one, 1, "anna", when, &result, &error));
	return result;
}

// Writes each document as a line into a text; stops after `most` where that is not 0.
struct lines {
	char text[512];
	int seen, most;
};

static bool add_line(void *context, const struct carved_store_document *d)
{
	struct lines *lines = context;
	size_t at = strlen(lines->text);
	snprintf(lines->text + at, sizeof lines->text - at, "%s %s %lld %s %lld %s\n", d->kind, d->ref, (long long)d->version,
		d->json ? d->json : "-", (long long)d->changed_at, d->changed_by);
	assert_int_equal(d->json_length, d->json ? strlen(d->json) : 0);
	return ++lines->seen != lines->most;
}

static void documents_come_back_sorted_after_reopening(void **state)
{
	struct fixture *f = *state;
	struct carved_store_change changes[] = {
		change("site", "S-2", "{\"a\":2}"), change("candidate", "K-9", "{}"), change("site", "S-1", "[\"é\"]")};
	struct carved_store_result results[3];
	struct carved_error error;
	assert_true(carved_store_apply(f->store, changes, 3, "anna", 1700000000123, results, &error));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(results[i].outcome, CARVED_STORE_CREATED);
		assert_int_equal(results[i].version, 1);
	}
	reopen(f, 2);
	struct lines lines = {0};
	assert_true(carved_store_load(f->store, add_line, &lines, &error));
	assert_string_equal(lines.text, "candidate K-9 1 {} 1700000000123 anna\n"
					"site S-1 1 [\"é\"] 1700000000123 anna\n"
					"site S-2 1 {\"a\":2} 1700000000123 anna\n");
}

static void the_same_text_gets_no_new_version(void **state)
{
	struct fixture *f = *state;
	put(f, "S-1", "{\"a\":1}", 10);
	struct carved_store_result again = put(f, "S-1", "{\"a\":1}", 20), other = put(f, "S-1", "{\"a\":12}", 30);
	assert_int_equal(again.outcome, CARVED_STORE_UNCHANGED);
	assert_int_equal(again.version, 1);
	assert_int_equal(other.outcome, CARVED_STORE_REPLACED);
	assert_int_equal(other.version, 2);
}

static void a_deletion_is_a_version_and_a_document_that_returns_counts_on(void **state)
{
	struct fixture *f = *state;
	put(f, "S-1", "{}", 10);
	struct carved_store_result gone = put(f, "S-1", NULL, 20), nothing = put(f, "S-1", NULL, 30);
	assert_int_equal(gone.outcome, CARVED_STORE_DELETED);
	assert_int_equal(gone.version, 2);
	assert_int_equal(nothing.outcome, CARVED_STORE_ABSENT);
	assert_int_equal(nothing.version, 0);
	struct lines now = {0};
	assert_true(carved_store_load(f->store, add_line, &now, NULL));
	assert_string_equal(now.text, "");
	struct carved_store_result back = put(f, "S-1", "{}", 40);
	assert_int_equal(back.outcome, CARVED_STORE_CREATED);
	assert_int_equal(back.version, 3);
	struct lines history = {0};
	assert_true(carved_store_history(f->store, "site", "S-1", add_line, &history, NULL));
	assert_string_equal(history.text, "site S-1 3 {} 40 anna\nsite S-1 2 - 20 anna\nsite S-1 1 {} 10 anna\n");
}

static void a_callback_that_has_enough_ends_the_reading(void **state)
{
	struct fixture *f = *state;
	put(f, "S-1", "{}", 10);
	put(f, "S-2", "{}", 10);
	struct lines lines = {.most = 1};
	assert_true(carved_store_load(f->store, add_line, &lines, NULL));
	assert_int_equal(lines.seen, 1);
	assert_true(carved_store_load(f->store, add_line, &lines, NULL));
	assert_int_equal(lines.seen, 3);
}

static void changes_of_one_document_in_one_request_follow_each_other(void **state)
{
	struct fixture *f = *state;
	struct carved_store_change changes[] = {
		change("site", "S-1", "1"), change("site", "S-1", "2"), change("site", "S-1", NULL), change("site", "S-1", "4")};
	struct carved_store_result results[4];
	struct carved_error error;
	assert_true(carved_store_apply(f->store, changes, 4, "anna", 5, results, &error));
	static const enum carved_store_outcome expected[] = {
		CARVED_STORE_CREATED, CARVED_STORE_REPLACED, CARVED_STORE_DELETED, CARVED_STORE_CREATED};
	for (int i = 0; i < 4; i++) {
		assert_int_equal(results[i].outcome, expected[i]);
		assert_int_equal(results[i].version, i + 1);
	}
}

static void an_unknown_document_has_no_history(void **state)
{
	struct fixture *f = *state;
	put(f, "S-1", "{}", 10);
	struct lines lines = {0};
	assert_true(carved_store_history(f->store, "site", "S-2", add_line, &lines, NULL));
	assert_true(carved_store_history(f->store, "coach", "S-1", add_line, &lines, NULL));
	assert_int_equal(lines.seen, 0);
}

static void nothing_to_change_is_fine(void **state)
{
	struct fixture *f = *state;
	struct carved_error error;
	assert_true(carved_store_apply(f->store, NULL, 0, "anna", 5, NULL, &error));
}

static bool count(void *context, const struct carved_store_document *document)
{
	(void)document;
	++*(int *)context;
	return true;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void twelve_thousand_documents_go_in_with_one_request(void **state)
{
	enum { COUNT = 12000, SIZE = 1700 };
	struct fixture *f = *state;
	struct carved_store_change *changes = calloc(COUNT, sizeof *changes);
	char(*refs)[16] = calloc(COUNT, sizeof *refs), *json = malloc(SIZE + 1);
	memset(json, 'x', SIZE);
	json[SIZE] = '\0';
	for (int i = 0; i < COUNT; i++) {
		snprintf(refs[i], sizeof refs[i], "K-%05d", (i * 7919) % COUNT);
		changes[i] = change("candidate", refs[i], json);
	}
	double begin = seconds();
	struct carved_error error;
	assert_true(carved_store_apply(f->store, changes, COUNT, "import", 5, NULL, &error));
	double stored = seconds();
	int seen = 0;
	assert_true(carved_store_load(f->store, count, &seen, &error));
	print_message("%d documents of %d bytes: stored in %.2f s, loaded in %.2f s\n", COUNT, SIZE, stored - begin,
		seconds() - stored);
	assert_int_equal(seen, COUNT);
	free(changes);
	free(refs);
	free(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(documents_come_back_sorted_after_reopening, setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_text_gets_no_new_version, setup, teardown),
		cmocka_unit_test_setup_teardown(a_deletion_is_a_version_and_a_document_that_returns_counts_on, setup, teardown),
		cmocka_unit_test_setup_teardown(a_callback_that_has_enough_ends_the_reading, setup, teardown),
		cmocka_unit_test_setup_teardown(changes_of_one_document_in_one_request_follow_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(an_unknown_document_has_no_history, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_to_change_is_fine, setup, teardown),
		cmocka_unit_test_setup_teardown(twelve_thousand_documents_go_in_with_one_request, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
