// SPDX-License-Identifier: EUPL-1.2
// Errands on libuv's thread pool: parsing, checking, formatting. A bounded number at a time, the rest waits, users taking turns; beyond that it is refused.
#pragma once
#include "errand.h"
#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct carved_work;

// `threads`: at a time; `limit`: waiting at most; `share`: of one user, waiting or under way, at most.
struct carved_work *carved_work_new(uv_loop_t *loop, unsigned threads, size_t limit, size_t share);

// Does nothing where it does not admit the errand.
enum carved_admission carved_work_add(struct carved_work *work, uid_t user, struct carved_errand *errand);
// The same without a limit, on behalf of errand->user.
void carved_work_add_always(struct carved_work *work, struct carved_errand *errand);

void carved_work_get_figures(const struct carved_work *work, struct carved_queue_figures *ret_figures);

// Whether nothing is under way or waits.
bool carved_work_is_idle(const struct carved_work *work);

// Requires: it is idle. NULL is legal.
void carved_work_free(struct carved_work *work);
