// SPDX-License-Identifier: EUPL-1.2
#include "watchdog.h"
#include "carved/base/arena.h"
#include "log.h"
#include "manager.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD_MAX_MS = 5000 };

struct carved_watchdog {
	uv_timer_t timer;
	struct carved_watched watched;
	uint64_t time_ms, period_ms; // time_ms 0: only the status is told
	bool asked;
	char *status; // last told; owned
};

static void look_for_standstill(struct carved_watchdog *watchdog)
{
	const char *part = "";
	uint64_t still = watchdog->watched.still_ms(watchdog->watched.context, &part);
	if (still < watchdog->period_ms) {
		watchdog->asked = false;
		carved_manager_tell_alive();
	} else if (still + watchdog->period_ms >= watchdog->time_ms && !watchdog->asked) {
		watchdog->asked = true;
		carved_log_about(CARVED_LOG_ERROR, &(struct carved_log_about){.event = CARVED_EVENT_NO_PROGRESS},
			"%s has stood still for %" PRIu64 " ms: carved asks to be started anew", part, still);
		carved_manager_ask_restart();
	}
}

static char *describe(const struct carved_watchdog *watchdog)
{
	struct carved_buffer status = CARVED_BUFFER_INIT;
	watchdog->watched.describe(watchdog->watched.context, &status);
	return carved_buffer_take(&status, NULL);
}

static void tell_status(struct carved_watchdog *watchdog)
{
	char *text = describe(watchdog);
	if (strcmp(watchdog->status, text) != 0)
		carved_manager_tell_status(text);
	free(watchdog->status);
	watchdog->status = text;
}

static void on_time(uv_timer_t *timer)
{
	struct carved_watchdog *watchdog = timer->data;
	if (watchdog->time_ms > 0)
		look_for_standstill(watchdog);
	tell_status(watchdog);
}

struct carved_watchdog *carved_watchdog_start(uv_loop_t *loop, const struct carved_watched *watched)
{
	if (!carved_manager_is_there())
		return NULL;
	struct carved_watchdog *watchdog = carved_alloc_array(1, sizeof *watchdog);
	watchdog->watched = *watched;
	watchdog->status = describe(watchdog);
	watchdog->time_ms = carved_manager_watchdog_ms();
	watchdog->period_ms = watchdog->time_ms / 3;
	if (watchdog->period_ms == 0 || watchdog->period_ms > PERIOD_MAX_MS)
		watchdog->period_ms = PERIOD_MAX_MS;
	uv_update_time(loop); // starting may have taken long, and the period begins now
	uv_timer_init(loop, &watchdog->timer);
	watchdog->timer.data = watchdog;
	uv_timer_start(&watchdog->timer, on_time, watchdog->period_ms, watchdog->period_ms);
	return watchdog;
}

static void on_closed(uv_handle_t *handle)
{
	struct carved_watchdog *watchdog = handle->data;
	free(watchdog->status);
	free(watchdog);
}

void carved_watchdog_stop(struct carved_watchdog *watchdog)
{
	if (watchdog)
		uv_close((uv_handle_t *)&watchdog->timer, on_closed);
}
