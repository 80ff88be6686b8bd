// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "labels.h"
#include <stdlib.h>

static void the_first_free_side_is_taken(void **state)
{
	struct carved_labels labels = {.width = 300, .height = 200};
	struct carved_box box;
	enum carved_label_side side;
	(void)state;
	for (int i = 0; i < CARVED_LABEL_SIDES; i++) {
		assert_true(carved_labels_beside(&labels, 150, 100, 10, 60, 20, &box, &side));
		assert_int_equal(side, i);
	}
	assert_false(carved_labels_beside(&labels, 150, 100, 10, 60, 20, &box, &side));
}

static void no_label_leaves_the_drawing(void **state)
{
	struct carved_labels labels = {.width = 300, .height = 200};
	struct carved_box box;
	enum carved_label_side side;
	(void)state;
	assert_true(carved_labels_beside(&labels, 290, 100, 5, 60, 20, &box, &side));
	assert_int_equal(side, CARVED_LABEL_LEFT);
	assert_true(box.x + box.width < 285);
	assert_false(carved_labels_beside(&labels, 150, 100, 5, 301, 20, &box, &side));
}

static void what_is_kept_free_stays_free(void **state)
{
	struct carved_labels labels = {.width = 300, .height = 200};
	struct carved_box box;
	enum carved_label_side side;
	(void)state;
	carved_labels_keep(&labels, &(struct carved_box){160, 0, 140, 200});
	assert_true(carved_labels_beside(&labels, 150, 100, 5, 60, 20, &box, &side));
	assert_int_equal(side, CARVED_LABEL_LEFT);
}

static bool overlap(const struct carved_box *a, const struct carved_box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

static void labels_never_overlap_and_there_are_as_many_as_are_remembered(void **state)
{
	struct carved_labels labels = {.width = 2000, .height = 2000};
	struct carved_box boxes[CARVED_LABELS_MAX];
	size_t placed = 0;
	(void)state;
	srand(3);
	for (int i = 0; i < 1000; i++) {
		struct carved_box box;
		enum carved_label_side side;
		if (!carved_labels_beside(&labels, rand() % 2000, rand() % 2000, rand() % 30, 20 + rand() % 100, 16, &box, &side))
			continue;
		for (size_t other = 0; other < placed; other++)
			assert_false(overlap(&box, &boxes[other]));
		boxes[placed++] = box;
	}
	assert_int_equal(placed, CARVED_LABELS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_free_side_is_taken),
		cmocka_unit_test(no_label_leaves_the_drawing),
		cmocka_unit_test(what_is_kept_free_stays_free),
		cmocka_unit_test(labels_never_overlap_and_there_are_as_many_as_are_remembered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
