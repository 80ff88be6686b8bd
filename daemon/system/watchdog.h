// SPDX-License-Identifier: EUPL-1.2
// Signs of life for the service manager, and the line that `systemctl status` shows. They come from a timer of the event loop, so a loop that hangs sends none;
// and they stop where a part of the service stands still although the loop turns.
//
//   the service manager's time T (WatchdogSec=); period = T / 3, at most 5 s
//   each period   all goes on          -> sign of life
//                 a part stands still  -> none
//                 for T - period       -> said in the log, once, and the manager is asked to start carved anew: within T of the standstill
//
// What is slow is no standstill: a part that works says so by itself (carved_lane_beat).
#pragma once
#include "carved/base/buffer.h"
#include <stdint.h>
#include <uv.h>

struct carved_watchdog;

struct carved_watched {
	// The part that has stood still for longest while it had work to do, and for how many milliseconds; 0 where all goes on. The name is static.
	uint64_t (*still_ms)(void *context, const char **ret_part);
	// Adds the status, one line.
	void (*describe)(void *context, struct carved_buffer *status);
	void *context;
};

// Starts the timer; the status of this moment counts as told (READY=1 carries it), later ones are told when they differ. Does nothing, and returns NULL, where no service manager asked to be told.
struct carved_watchdog *carved_watchdog_start(uv_loop_t *loop, const struct carved_watched *watched);
// Legal on NULL. Frees it once the loop has turned.
void carved_watchdog_stop(struct carved_watchdog *watchdog);
