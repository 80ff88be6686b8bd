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

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	test_folder_make(&f->folder);
	assert_true(carved_store_open(test_folder_file(&f->folder, "carved.db"), 1, &f->store, NULL));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	carved_store_close(f->store);
	carved_arena_deinit(&f->arena);
	test_folder_remove(&f->folder);
	free(f);
	return 0;
}
