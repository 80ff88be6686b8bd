// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: where the tiles of a treemap lie. Squarified, after M. Bruls, K. Huizing and J. J. van Wijk, "Squarified treemaps", Data Visualization 2000:
// tiles are laid in rows along the shorter side of what is left, a row grows as long as that makes its longest tile less long.
//
//   weight   what a tile's area stands for, 0 or more; tiles of weight 0 have no area
//   group    tiles of one group lie together in one rectangle
#pragma once
#include <stddef.h>

struct carved_tile {
	double x, y, width, height;
};

// Lays one tile for each weight, in their order, areas proportional to weights; together they fill the frame (where all weights are 0: none has any area).
// Requires: the frame has an area.
void carved_treemap_lay(const double *weights, size_t count, struct carved_tile frame, struct carved_tile *ret_tiles);

// The same on two levels: first a rectangle for each group, then its tiles in it. Groups count from 0.
void carved_treemap_lay_groups(
	const double *weights, const size_t *groups, size_t count, struct carved_tile frame, struct carved_tile *ret_tiles);
