// SPDX-License-Identifier: EUPL-1.2
// A store in a folder of its own, for each test anew. Include it last: cmocka comes with it.
#pragma once
#include "store/store.h"
#include "support/folder.h"
#include <setjmp.h>
#include <stdarg.h>
// cmocka last
#include <cmocka.h>

struct fixture {
	struct test_folder folder;
	struct carved_store *store;
	struct carved_arena arena;
};

static inline int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	assert_true(carved_store_open(test_folder_file(&f->folder, "carved.db"), 1, &f->store, NULL));
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;
	carved_store_close(f->store);
	carved_arena_deinit(&f->arena);
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}

static inline void reopen(struct fixture *f, int64_t when)
{
	carved_store_close(f->store);
	assert_true(carved_store_open(f->folder.file, when, &f->store, NULL));
}

// json NULL: the document is deleted.
static inline void store_put(struct fixture *f, const char *kind, const char *ref, const char *json)
{
	const struct carved_store_change change = {kind, ref, json, json ? strlen(json) : 0};
	assert_true(carved_store_apply(f->store, &change, 1, "anna", 150, NULL, NULL));
}

// Two people and two sites, all in version 1.
static inline void store_put_pairs(struct fixture *f)
{
	store_put(f, "candidate", "K-1", "{}");
	store_put(f, "candidate", "K-2", "{}");
	store_put(f, "site", "S-1", "{}");
	store_put(f, "site", "S-2", "{}");
}
