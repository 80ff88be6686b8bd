// SPDX-License-Identifier: EUPL-1.2
// One thread that runs errands one after the other, in the order they came: the store's writer is such a thread, its reader another.
#pragma once
#include "errand.h"
#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct carved_lane;

// Starts the thread. `limit`: errands under way or waiting at most.
struct carved_lane *carved_lane_start(uv_loop_t *loop, size_t limit);

// Returns false, and does nothing, where the lane is full.
bool carved_lane_add(struct carved_lane *lane, struct carved_errand *errand);
// The same without a limit: for what is owed, such as the end of a plan.
void carved_lane_add_always(struct carved_lane *lane, struct carved_errand *errand);

void carved_lane_get_figures(struct carved_lane *lane, struct carved_queue_figures *ret_figures);

// Runs what waits, ends the thread, then calls stopped, once, and frees the lane. Nothing may be added any more.
void carved_lane_stop(struct carved_lane *lane, void (*stopped)(void *context), void *context);
