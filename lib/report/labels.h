// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: labels on a drawing that overlap neither each other nor what must stay in sight. Whoever comes first has the place: important ones first.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct carved_box {
	double x, y, width, height; // x, y: its upper left corner
};

#define CARVED_LABELS_MAX 128

struct carved_labels {
	double width, height; // of the drawing: no label leaves it
	struct carved_box boxes[CARVED_LABELS_MAX];
	size_t count;
};

bool carved_labels_is_free(const struct carved_labels *labels, const struct carved_box *box);

// Keeps a box free of labels. What comes after the first CARVED_LABELS_MAX is not kept.
void carved_labels_keep(struct carved_labels *labels, const struct carved_box *box);

enum carved_label_side { CARVED_LABEL_RIGHT, CARVED_LABEL_LEFT, CARVED_LABEL_BELOW, CARVED_LABEL_ABOVE, CARVED_LABEL_SIDES };

// A place for a label of that size beside a circle: the first side that is free. Takes it, or returns false.
bool carved_labels_beside(struct carved_labels *labels, double x, double y, double radius, double width, double height,
	struct carved_box *ret_box, enum carved_label_side *ret_side);
