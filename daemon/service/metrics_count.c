// SPDX-License-Identifier: EUPL-1.2
// Counting what happens. metrics.c shows it.
#include "carved/base/json.h"
#include "metrics.h"
#include "state.h"
#include <stdlib.h>
#include <string.h>

#define SECOND UINT64_C(1000000)
#define PLANS_LOOKED_AT 100 // for the newest that placed anybody

static const uint64_t plan_bounds[] = {SECOND / 10, SECOND / 2, SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND,
	120 * SECOND, 300 * SECOND, 600 * SECOND, 1800 * SECOND, 3600 * SECOND};

static void add_ending(struct carved_metrics *metrics, const char *state, const char *by, uint64_t count)
{
	size_t at = 0;
	while (at < metrics->ending_count &&
		(strcmp(metrics->endings[at].state, state) != 0 || strcmp(metrics->endings[at].by, by) != 0))
		at++;
	if (at == CARVED_METRICS_ENDINGS_MAX)
		return; // there are fewer reasons than that
	if (at == metrics->ending_count)
		metrics->ending_count++;
	metrics->endings[at].state = state;
	metrics->endings[at].by = by;
	metrics->endings[at].count += count;
}

struct carved_metrics *carved_metrics_new(const struct carved_route *routes, size_t route_count)
{
	struct carved_metrics *metrics = carved_alloc_array(1, sizeof *metrics);
	metrics->routes = routes;
	metrics->route_count = route_count;
	metrics->per_route = carved_alloc_array(route_count + 1, sizeof *metrics->per_route);
	for (size_t i = 0; i <= route_count; i++)
		carved_histogram_init_moments(&metrics->per_route[i].seconds);
	carved_histogram_init(&metrics->plan_seconds, plan_bounds, sizeof plan_bounds / sizeof *plan_bounds);
	// what happens on good and on bad days is there from the start, so that its first time is seen as an increase
	add_ending(metrics, "done", "gap", 0);
	add_ending(metrics, "done", "iterations", 0);
	add_ending(metrics, "done", "time", 0);
	add_ending(metrics, "cancelled", "cancel", 0);
	add_ending(metrics, "failed", carved_code_name(CARVED_SOLVER_CRASHED), 0);
	add_ending(metrics, "failed", carved_code_name(CARVED_SOLVER_DEADLINE), 0);
	add_ending(metrics, "failed", carved_code_name(CARVED_PLAN_INVALID), 0);
	metrics->started_seconds = (double)carved_service_now() / 1e3;
	metrics->started_at = uv_hrtime();
	return metrics;
}

int64_t carved_metrics_uptime_seconds(const struct carved_metrics *metrics)
{
	return (int64_t)((uv_hrtime() - metrics->started_at) / UINT64_C(1000000000));
}

void carved_metrics_free(struct carved_metrics *metrics)
{
	if (metrics)
		free(metrics->per_route);
	free(metrics);
}

void carved_metrics_count_answer(struct carved_metrics *metrics, const struct carved_http_answered *answered)
{
	const struct carved_route *route = answered->tag;
	struct carved_metric_route *counted =
		&metrics->per_route[route ? (size_t)(route - metrics->routes) : metrics->route_count];
	counted->answered[answered->status / 100 % 6]++;
	carved_histogram_add(&counted->seconds, answered->microseconds);
	metrics->gone += answered->gone;
}

void carved_metrics_count_refusal(struct carved_metrics *metrics, int status)
{
	if (status >= CARVED_METRICS_STATUS_MIN && status < CARVED_METRICS_STATUS_MIN + CARVED_METRICS_STATUS_COUNT)
		metrics->refused[status - CARVED_METRICS_STATUS_MIN]++;
}

void carved_metrics_count_publish(struct carved_metrics *metrics)
{
	metrics->published++;
}

// Returns false where the summary is of a plan that never came to anything.
static bool read_summary(struct carved_metrics *metrics, const char *summary, size_t length, int64_t when_ms)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_error error;
	const struct carved_node *plan = NULL;
	uint32_t line, column;
	bool good = summary && carved_json_parse(summary, length, &arena, &plan, &error, &line, &column) &&
		    carved_node_get(plan, "value");
	if (good) {
		metrics->newest.known = true;
		metrics->newest.value = carved_node_get_real(plan, "value", 0);
		metrics->newest.bound = carved_node_get_real(plan, "bound", 0);
		metrics->newest.gap = carved_node_get_real(plan, "gap", 0);
		metrics->newest.placed = carved_node_get_real(plan, "placed", 0);
		metrics->newest.candidates = carved_node_get_real(plan, "candidates", 0);
		metrics->newest.ended_seconds = (double)when_ms / 1e3;
	}
	carved_arena_deinit(&arena);
	return good;
}

void carved_metrics_count_plan(struct carved_metrics *metrics, const struct carved_plan_ended *ended)
{
	add_ending(metrics, ended->state, ended->by, 1);
	carved_histogram_add(&metrics->plan_seconds, ended->microseconds);
	read_summary(metrics, ended->summary, ended->summary_length, ended->when_ms);
}

static bool look_at_plan(void *context, const struct carved_store_plan *plan)
{
	bool whole = plan->state == CARVED_STORE_PLAN_DONE || plan->state == CARVED_STORE_PLAN_CANCELLED;
	return !(whole && read_summary(context, plan->summary, plan->summary_length, plan->ended_at));
}

bool carved_metrics_load(struct carved_metrics *metrics, struct carved_store *store, struct carved_error *error)
{
	return carved_store_plan_list(store, NULL, PLANS_LOOKED_AT, look_at_plan, metrics, error);
}
