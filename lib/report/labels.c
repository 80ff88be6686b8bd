// SPDX-License-Identifier: EUPL-1.2
#include "labels.h"

static const double AWAY = 3; // from the circle

bool carved_labels_is_free(const struct carved_labels *labels, const struct carved_box *box)
{
	if (box->x < 0 || box->y < 0 || box->x + box->width > labels->width || box->y + box->height > labels->height)
		return false;
	for (size_t i = 0; i < labels->count; i++) {
		const struct carved_box *other = &labels->boxes[i];
		bool is_beside = box->x + box->width <= other->x || other->x + other->width <= box->x;
		if (!is_beside && box->y + box->height > other->y && other->y + other->height > box->y)
			return false;
	}
	return true;
}

void carved_labels_keep(struct carved_labels *labels, const struct carved_box *box)
{
	if (labels->count < CARVED_LABELS_MAX)
		labels->boxes[labels->count++] = *box;
}

bool carved_labels_beside(struct carved_labels *labels, double x, double y, double radius, double width, double height,
	struct carved_box *ret_box, enum carved_label_side *ret_side)
{
	const double away = radius + AWAY;
	const struct carved_box boxes[CARVED_LABEL_SIDES] = {
		[CARVED_LABEL_RIGHT] = {x + away, y - height / 2, width, height},
		[CARVED_LABEL_LEFT] = {x - away - width, y - height / 2, width, height},
		[CARVED_LABEL_BELOW] = {x - width / 2, y + away, width, height},
		[CARVED_LABEL_ABOVE] = {x - width / 2, y - away - height, width, height},
	};
	for (int side = 0; side < CARVED_LABEL_SIDES; side++) {
		if (labels->count == CARVED_LABELS_MAX || !carved_labels_is_free(labels, &boxes[side]))
			continue;
		carved_labels_keep(labels, &boxes[side]);
		*ret_box = boxes[side];
		*ret_side = (enum carved_label_side)side;
		return true;
	}
	return false;
}
