// SPDX-License-Identifier: EUPL-1.2
// The hub of all streams, and the request that begins one.
#include "events.h"
#include "admit.h"
#include "state.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS 86400000
#define FORGET_EVERY_MS 3600000

// ---- the hub

static int64_t oldest_kept(const struct carved_service *service)
{
	return carved_service_now() - (int64_t)service->config->event_days * DAY_MS;
}

bool carved_events_forget(struct carved_service *service, struct carved_error *error)
{
	return carved_store_events_forget(service->store, oldest_kept(service), error);
}

static void run_forget(struct carved_errand *errand)
{
	struct carved_event_hub *hub = carved_container_of(errand, struct carved_event_hub, forgetting);
	carved_error_set(&hub->forget_error, CARVED_OK);
	carved_events_forget(hub->service, &hub->forget_error);
}

static void done_forget(struct carved_errand *errand)
{
	struct carved_event_hub *hub = carved_container_of(errand, struct carved_event_hub, forgetting);
	hub->forgets = false;
	carved_service_note_failure(hub->service, &hub->forget_error);
}

// Events only grow older where others come: so this is looked at then.
static void forget_now_and_then(struct carved_event_hub *hub)
{
	int64_t now = carved_service_now();
	if (hub->forgets || carved_service_is_stopping(hub->service) || llabs(now - hub->forgot_at) < FORGET_EVERY_MS)
		return;
	hub->forgot_at = now;
	hub->forgets = true;
	hub->forgetting = (struct carved_errand){.run = run_forget, .done = done_forget};
	carved_lane_add_always(hub->service->writer, &hub->forgetting);
}

// After every errand of the writer: what it has committed is on the disk, and can be read.
static void look(void *context)
{
	struct carved_event_hub *hub = context;
	int64_t newest = atomic_load(&carved_store_get_figures(hub->service->store)->last_event);
	if (newest == hub->newest)
		return;
	hub->newest = newest;
	forget_now_and_then(hub);
	carved_event_streams_wake(hub);
}

struct carved_event_hub *carved_event_hub_new(struct carved_service *service)
{
	struct carved_event_hub *hub = carved_alloc_array(1, sizeof *hub);
	*hub = (struct carved_event_hub){.service = service,
		.newest = atomic_load(&carved_store_get_figures(service->store)->last_event),
		.forgot_at = carved_service_now()};
	carved_lane_on_done(service->writer, look, hub);
	return hub;
}

void carved_event_hub_free(struct carved_event_hub *hub)
{
	if (hub && hub->streams)
		abort(); // a contract: streams end before the lanes
	free(hub);
}

void carved_event_hub_get_figures(const struct carved_event_hub *hub, struct carved_event_figures *ret_figures)
{
	*ret_figures = hub->figures;
}

// ---- the request

static struct carved_answer_owed reply_bad_id(struct carved_call *call, const char *value)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_HEADER_INVALID);
	carved_error_add(&error, "header", "Last-Event-ID");
	carved_error_add(&error, "value", value);
	carved_error_add(&error, "allowed", "0..999999999999999999");
	return carved_reply_problem(call, 400, &error);
}

static bool parse_id(const char *text, int64_t *ret_id)
{
	size_t length = strlen(text);
	if (length == 0 || length > 18 || strspn(text, "0123456789") != length)
		return false;
	*ret_id = strtoll(text, NULL, 10);
	return true;
}

static const char *kinds_known(struct carved_arena *arena)
{
	const char *all = carved_store_event_kind_names[0];
	for (int i = 1; i < CARVED_STORE_EVENT_KINDS; i++)
		all = carved_arena_printf(arena, "%s, %s", all, carved_store_event_kind_names[i]);
	return all;
}

struct carved_answer_owed carved_events_get(struct carved_call *call)
{
	struct carved_service *service = call->service;
	struct carved_event_stream_order order = {.filter = {.kinds = ~0u}};
	const char *last = carved_http_exchange_header(call->exchange, "last-event-id");
	const char *kinds = carved_http_exchange_query(call->exchange, "kinds", NULL);
	const char *plan = carved_http_exchange_query(call->exchange, "plan", NULL);
	if (kinds && !carved_event_filter_parse_kinds(&order.filter, kinds))
		return carved_reply_bad_query(call, "kinds", kinds, kinds_known(call->arena));
	if (plan && !carved_event_filter_parse_plan(&order.filter, plan))
		return carved_reply_bad_query(call, "plan", plan, "PL-1");
	order.resumes = last && *last; // empty: what a client says that has no id yet
	if (order.resumes && !parse_id(last, &order.after))
		return reply_bad_id(call, last);
	if (carved_service_is_stopping(service))
		return carved_reply_stopping(call);
	struct carved_event_hub *hub = service->events;
	const struct carved_room room = {.of_user = carved_event_streams_of(hub, call->request->uid),
		.share = service->config->event_streams_of_user,
		.of_all = hub->figures.streams,
		.limit = service->config->event_streams};
	if (carved_admit_one_more(call, &room, &hub->figures.refused) && carved_event_stream_start(hub, call, &order))
		return carved_reply_later();
	return carved_reply_busy(call);
}
