// SPDX-License-Identifier: EUPL-1.2
#include "lane.h"
#include "carved/base/arena.h"
#include "turns.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct carved_lane {
	uv_thread_t thread;
	uv_async_t finished_some;
	const char *name;
	size_t limit, share, count;     // count: not done yet; loop thread only
	struct carved_refusals refused; // loop thread only
	struct carved_histogram waits;
	atomic_uint beats;   // the thread's signs of going on
	unsigned beats_seen; // and what the loop's thread knows of them
	uint64_t still_since_ms;
	void (*done)(void *context); // NULL: nobody asks
	void *done_context;
	void (*stopped)(void *context);
	void *context;
	uv_mutex_t mutex; // guards all below
	uv_cond_t changed;
	struct carved_turns turns;
	struct carved_errand_queue finished;
	size_t waiting_count, running_count;
	bool stopping, left;
};

static void run_lane(void *argument)
{
	struct carved_lane *lane = argument;
	pthread_setname_np(pthread_self(), lane->name);
	uv_mutex_lock(&lane->mutex);
	for (;;) {
		struct carved_errand *errand = carved_turns_pop(&lane->turns);
		if (errand) {
			lane->waiting_count--;
			lane->running_count++;
			uv_mutex_unlock(&lane->mutex);
			carved_histogram_add(&lane->waits, (uv_hrtime() - errand->added_at) / 1000);
			carved_lane_beat(lane);
			errand->run(errand);
			carved_lane_beat(lane);
			uv_mutex_lock(&lane->mutex);
			lane->running_count--;
			carved_errand_push(&lane->finished, errand);
			uv_async_send(&lane->finished_some);
		} else if (lane->stopping) {
			break;
		} else {
			uv_cond_wait(&lane->changed, &lane->mutex);
		}
	}
	lane->left = true;
	uv_async_send(&lane->finished_some);
	uv_mutex_unlock(&lane->mutex);
}

static void on_closed(uv_handle_t *handle)
{
	struct carved_lane *lane = handle->data;
	void (*stopped)(void *context) = lane->stopped;
	void *context = lane->context;
	uv_cond_destroy(&lane->changed);
	uv_mutex_destroy(&lane->mutex);
	free(lane);
	stopped(context);
}

static struct carved_errand *next_finished(struct carved_lane *lane, bool *ret_left)
{
	uv_mutex_lock(&lane->mutex);
	struct carved_errand *errand = carved_errand_pop(&lane->finished);
	if (errand)
		carved_turns_done(&lane->turns, errand);
	*ret_left = lane->left;
	uv_mutex_unlock(&lane->mutex);
	return errand;
}

static void on_finished(uv_async_t *async)
{
	struct carved_lane *lane = async->data;
	struct carved_errand *errand;
	bool left;
	while ((errand = next_finished(lane, &left))) {
		lane->count--;
		errand->done(errand);
		if (lane->done)
			lane->done(lane->done_context);
	}
	if (left && !uv_is_closing((uv_handle_t *)async)) {
		uv_thread_join(&lane->thread);
		uv_close((uv_handle_t *)async, on_closed);
	}
}

struct carved_lane *carved_lane_start(uv_loop_t *loop, const char *name, size_t limit, size_t share)
{
	struct carved_lane *lane = carved_alloc_array(1, sizeof *lane);
	lane->name = name;
	lane->limit = limit;
	lane->share = share;
	carved_histogram_init_moments(&lane->waits);
	if (uv_mutex_init(&lane->mutex) || uv_cond_init(&lane->changed) || uv_async_init(loop, &lane->finished_some, on_finished))
		carved_out_of_memory();
	lane->finished_some.data = lane;
	if (uv_thread_create(&lane->thread, run_lane, lane))
		carved_out_of_memory();
	return lane;
}

void carved_lane_on_done(struct carved_lane *lane, void (*done)(void *context), void *context)
{
	lane->done = done;
	lane->done_context = context;
}

void carved_lane_beat(struct carved_lane *lane)
{
	atomic_fetch_add_explicit(&lane->beats, 1, memory_order_relaxed);
}

uint64_t carved_lane_still_ms(struct carved_lane *lane, uint64_t now_ms)
{
	unsigned beats = atomic_load_explicit(&lane->beats, memory_order_relaxed);
	if (lane->count == 0 || beats != lane->beats_seen || lane->still_since_ms == 0) {
		lane->beats_seen = beats;
		lane->still_since_ms = now_ms;
	}
	return now_ms - lane->still_since_ms;
}

// Requires: the mutex is held.
static void add(struct carved_lane *lane, struct carved_errand *errand, bool admitted)
{
	lane->count++;
	errand->added_at = uv_hrtime();
	lane->waiting_count++;
	carved_turns_push(&lane->turns, errand, admitted);
	uv_cond_signal(&lane->changed);
}

void carved_lane_add_always(struct carved_lane *lane, struct carved_errand *errand)
{
	uv_mutex_lock(&lane->mutex);
	add(lane, errand, false);
	uv_mutex_unlock(&lane->mutex);
}

enum carved_admission carved_lane_add(struct carved_lane *lane, uid_t user, struct carved_errand *errand)
{
	enum carved_admission admission = CARVED_ADMITTED;
	uv_mutex_lock(&lane->mutex);
	if (carved_turns_count(&lane->turns, user) >= lane->share)
		admission = CARVED_SHARE_USED;
	else if (lane->count >= lane->limit)
		admission = CARVED_QUEUE_FULL;
	errand->user = user;
	if (admission == CARVED_ADMITTED)
		add(lane, errand, true);
	carved_refusals_count(&lane->refused, admission);
	uv_mutex_unlock(&lane->mutex);
	return admission;
}

void carved_lane_get_figures(struct carved_lane *lane, struct carved_queue_figures *ret_figures)
{
	uv_mutex_lock(&lane->mutex);
	*ret_figures = (struct carved_queue_figures){
		.waiting = lane->waiting_count, .running = lane->running_count, .refused = lane->refused, .waits = &lane->waits};
	uv_mutex_unlock(&lane->mutex);
}

void carved_lane_stop(struct carved_lane *lane, void (*stopped)(void *context), void *context)
{
	lane->stopped = stopped;
	lane->context = context;
	uv_mutex_lock(&lane->mutex);
	lane->stopping = true;
	uv_cond_signal(&lane->changed);
	uv_mutex_unlock(&lane->mutex);
}
