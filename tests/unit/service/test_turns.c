// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "service/turns.h"
#include <cmocka.h>

static void push(struct carved_turns *turns, struct carved_errand *errand, uid_t user)
{
	*errand = (struct carved_errand){.user = user};
	carved_turns_push(turns, errand, true);
}

static void users_take_turns_and_one_users_errands_keep_their_order(void **state)
{
	(void)state;
	struct carved_turns turns = {0};
	struct carved_errand wild[5], calm[2], late;
	for (int i = 0; i < 5; i++)
		push(&turns, &wild[i], 1);
	for (int i = 0; i < 2; i++)
		push(&turns, &calm[i], 2);
	const struct carved_errand *const first[] = {&wild[0], &calm[0], &wild[1]};
	for (size_t i = 0; i < 3; i++) {
		assert_ptr_equal(carved_turns_pop(&turns), first[i]);
		carved_turns_done(&turns, first[i]);
	}
	push(&turns, &late, 3); // who comes now waits for one of each, however many they are
	const struct carved_errand *const then[] = {&calm[1], &wild[2], &late, &wild[3], &wild[4]};
	for (size_t i = 0; i < 5; i++) {
		assert_ptr_equal(carved_turns_pop(&turns), then[i]);
		carved_turns_done(&turns, then[i]);
	}
	assert_null(carved_turns_pop(&turns));
	assert_null(turns.next); // nobody is remembered
}

static void what_is_admitted_counts_until_it_is_done_and_what_is_owed_does_not(void **state)
{
	(void)state;
	struct carved_turns turns = {0};
	struct carved_errand admitted, owed = {.user = 1};
	push(&turns, &admitted, 1);
	carved_turns_push(&turns, &owed, false);
	assert_int_equal(carved_turns_count(&turns, 1), 1);
	assert_int_equal(carved_turns_count(&turns, 2), 0);
	assert_ptr_equal(carved_turns_pop(&turns), &admitted);
	assert_int_equal(carved_turns_count(&turns, 1), 1); // it runs
	carved_turns_done(&turns, &admitted);
	assert_int_equal(carved_turns_count(&turns, 1), 0);
	assert_ptr_equal(carved_turns_pop(&turns), &owed);
	carved_turns_done(&turns, &owed);
	assert_null(turns.next);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(users_take_turns_and_one_users_errands_keep_their_order),
		cmocka_unit_test(what_is_admitted_counts_until_it_is_done_and_what_is_owed_does_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
