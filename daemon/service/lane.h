// SPDX-License-Identifier: EUPL-1.2
// One thread that runs errands one after the other, users taking turns, of one user in the order they came: the store's writer is such a thread, its reader another.
#pragma once
#include "errand.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct carved_lane;

// Starts the thread, and names it for ps and debuggers (15 bytes at most). `limit`: errands under way or waiting at most; `share`: of one user.
struct carved_lane *carved_lane_start(uv_loop_t *loop, const char *name, size_t limit, size_t share);

// Does nothing where it does not admit the errand.
enum carved_admission carved_lane_add(struct carved_lane *lane, uid_t user, struct carved_errand *errand);
// The same without a limit, on behalf of errand->user: for what is owed, such as the end of a plan.
void carved_lane_add_always(struct carved_lane *lane, struct carved_errand *errand);

// Calls `done` on the loop thread behind each errand's own. Before the first errand is added.
void carved_lane_on_done(struct carved_lane *lane, void (*done)(void *context), void *context);

void carved_lane_get_figures(struct carved_lane *lane, struct carved_queue_figures *ret_figures);
// A sign that the errand under way goes on, from the lane's thread. An errand that may take long gives one now and then; its beginning and end are signs, too.
void carved_lane_beat(struct carved_lane *lane);
// For how many milliseconds, at `now_ms` of any steady clock, the lane has had work without a sign of going on, as far as calls of this function have seen; 0 for
// an idle lane. Loop thread.
uint64_t carved_lane_still_ms(struct carved_lane *lane, uint64_t now_ms);

// Runs what waits, ends the thread, then calls stopped, once, and frees the lane. Nothing may be added any more.
void carved_lane_stop(struct carved_lane *lane, void (*stopped)(void *context), void *context);
