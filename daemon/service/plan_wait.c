// SPDX-License-Identifier: EUPL-1.2
// Clients that wait for the end of a plan (`Prefer: wait`): told when it comes, or after their time that it goes on, whichever is first.
#include "plan_run.h"
#include "plans.h"
#include <stdlib.h>

void carved_plan_run_reply(struct carved_call *call, const struct carved_plan_run *run)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_http_header location = {"Location", carved_arena_printf(call->arena, "/v1/plans/%s", run->head.id)};
	carved_plan_run_format(run, &body);
	carved_reply_json(call, 202, &location, 1, &body);
}

static void on_waiter_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void forget_waiter(struct carved_plan_waiter *waiter)
{
	struct carved_plan_waiter **link = &waiter->run->waiters;
	while (*link != waiter)
		link = &(*link)->next;
	*link = waiter->next;
	carved_http_exchange_on_gone(waiter->call->exchange, NULL, NULL);
	uv_close((uv_handle_t *)&waiter->timer, on_waiter_closed);
}

static void on_waited_enough(uv_timer_t *timer)
{
	struct carved_plan_waiter *waiter = timer->data;
	struct carved_call *call = waiter->call;
	forget_waiter(waiter);
	carved_plan_run_reply(call, waiter->run);
}

static void on_waiter_gone(void *context)
{
	struct carved_plan_waiter *waiter = context;
	struct carved_call *call = waiter->call;
	forget_waiter(waiter);
	carved_reply_nothing(call); // into the void
}

void carved_plan_wait_add(struct carved_plan_run *run, struct carved_call *call, unsigned seconds)
{
	struct carved_plan_waiter *waiter = carved_alloc_array(1, sizeof *waiter);
	*waiter = (struct carved_plan_waiter){.next = run->waiters, .call = call, .run = run, .seconds = seconds};
	run->waiters = waiter;
	uv_timer_init(run->service->loop, &waiter->timer);
	waiter->timer.data = waiter;
	uv_timer_start(&waiter->timer, on_waited_enough, seconds * UINT64_C(1000), 0);
	carved_http_exchange_on_gone(call->exchange, on_waiter_gone, waiter);
}

void carved_plan_wait_end(struct carved_plan_run *run)
{
	while (run->waiters) {
		struct carved_plan_waiter *waiter = run->waiters;
		struct carved_call *call = waiter->call;
		unsigned seconds = waiter->seconds;
		forget_waiter(waiter);
		carved_plans_reply_waited(call, run->head.id, seconds);
	}
}
