// SPDX-License-Identifier: EUPL-1.2
#include "store_fixture.h"

static bool put(struct fixture *f, const char *ref, const struct carved_store_keep *keep, struct carved_error *error)
{
	const struct carved_store_change change = {"coach", ref, "{}", 2};
	return carved_store_apply_once(f->store, &change, 1, "anna", 5, keep, NULL, error);
}

static struct carved_store_answer get(struct fixture *f, int64_t uid, const char *key, int64_t since)
{
	struct carved_store_answer answer;
	assert_true(carved_store_answer_get(f->store, uid, key, since, &f->arena, &answer, NULL));
	return answer;
}

static void an_answer_is_kept_with_its_effect_and_survives(void **state)
{
	struct fixture *f = *state;
	const struct carved_store_keep keep = {
		.uid = 1000, .key = "k-1", .fingerprint = "f", .status = 200, .body = "{\"n\":1}", .when = 50};
	assert_null(get(f, 1000, "k-1", 0).fingerprint);
	assert_true(put(f, "C-1", &keep, NULL));
	reopen(f, 2);
	struct carved_store_answer answer = get(f, 1000, "k-1", 50);
	assert_string_equal(answer.fingerprint, "f");
	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body, "{\"n\":1}");
	assert_int_equal(answer.body_length, 7);
	assert_null(get(f, 1001, "k-1", 0).fingerprint); // another user's key is another key
	assert_null(get(f, 1000, "k-2", 0).fingerprint);
}

static void the_answer_to_a_plan_is_the_plan(void **state)
{
	struct fixture *f = *state;
	const struct carved_store_keep keep = {.uid = 0, .key = "p", .fingerprint = "f", .status = 202, .when = 50};
	const struct carved_store_plan_start start = {.date = 20779, .who = "bob", .when = 50, .keep = &keep};
	char id[CARVED_STORE_ID_MAX];
	assert_true(carved_store_plan_add(f->store, &(struct carved_store_plan_start){.date = 20779, .who = "bob"}, id, NULL));
	assert_true(carved_store_plan_add(f->store, &start, id, NULL));
	assert_string_equal(id, "PL-2");
	struct carved_store_answer answer = get(f, 0, "p", 0);
	assert_null(answer.body);
	assert_string_equal(answer.plan, "PL-2");
	assert_int_equal(answer.status, 202);
}

static void old_answers_are_forgotten_and_their_keys_free_again(void **state)
{
	struct fixture *f = *state;
	struct carved_store_keep keep = {.uid = 1, .key = "a", .fingerprint = "f1", .status = 200, .body = "1", .when = 100};
	assert_true(put(f, "C-1", &keep, NULL));
	assert_null(get(f, 1, "a", 101).fingerprint); // too old, though it is still there
	assert_non_null(get(f, 1, "a", 100).fingerprint);
	keep.fingerprint = "f2";
	keep.when = 200;
	assert_true(put(f, "C-2", &keep, NULL));
	assert_string_equal(get(f, 1, "a", 0).fingerprint, "f2");
	keep.key = "b";
	keep.when = 300;
	keep.forget_before = 201;
	assert_true(put(f, "C-3", &keep, NULL));
	assert_null(get(f, 1, "a", 0).fingerprint);
	assert_non_null(get(f, 1, "b", 0).fingerprint);
	assert_true(carved_store_answers_forget(f->store, 301, NULL));
	assert_null(get(f, 1, "b", 0).fingerprint);
}

struct seen {
	int documents, deletions;
	int64_t version;
};

static bool look(void *context, const struct carved_store_document *document)
{
	struct seen *seen = context;
	seen->documents++;
	seen->deletions += !document->json;
	seen->version = document->version > seen->version ? document->version : seen->version;
	return true;
}

static void copy_file(const char *from, const char *to)
{
	char bytes[65536];
	FILE *in = fopen(from, "re"), *out = fopen(to, "we");
	assert_non_null(in);
	assert_non_null(out);
	size_t length = fread(bytes, 1, sizeof bytes, in);
	assert_true(length > 0 && length < sizeof bytes);
	assert_int_equal(fwrite(bytes, 1, length, out), length);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

// A file written by carved when its tables stood at step 2: four documents, one of them changed, a fifth deleted, a plan with two proposals.
static void a_file_of_the_version_before_goes_up_and_loses_nothing(void **state)
{
	struct fixture *f = *state;
	const char *path = test_folder_file(&f->folder, "old.db");
	carved_store_close(f->store);
	f->store = NULL;
	copy_file(CARVED_SOURCE_DIR "/tests/support/store_0002.db", path);
	assert_true(carved_store_open(path, 3, &f->store, NULL));
	struct seen now = {0}, coach = {0}, gone = {0};
	assert_true(carved_store_load(f->store, look, &now, NULL));
	assert_int_equal(now.documents, 4);
	assert_true(carved_store_history(f->store, "coach", "C-01", look, &coach, NULL));
	assert_int_equal(coach.version, 2);
	assert_true(carved_store_history(f->store, "coach", "C-02", look, &gone, NULL));
	assert_int_equal(gone.deletions, 1);
	int64_t count;
	assert_true(carved_store_proposal_count(f->store, "PL-1", NULL, &count, NULL));
	assert_int_equal(count, 2);
	const struct carved_store_keep keep = {.uid = 1, .key = "a", .fingerprint = "f", .status = 200, .body = "1", .when = 100};
	assert_true(put(f, "C-3", &keep, NULL));
	assert_non_null(get(f, 1, "a", 0).fingerprint);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_answer_is_kept_with_its_effect_and_survives, setup, teardown),
		cmocka_unit_test_setup_teardown(the_answer_to_a_plan_is_the_plan, setup, teardown),
		cmocka_unit_test_setup_teardown(old_answers_are_forgotten_and_their_keys_free_again, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_of_the_version_before_goes_up_and_loses_nothing, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
