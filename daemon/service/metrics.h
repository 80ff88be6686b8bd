// SPDX-License-Identifier: EUPL-1.2
// What operators count: the figures of GET /metrics. docs/metrics.md lists them. No person, employer or user in a label.
//
// What happens is counted here as it happens (answers, refusals, plans); what server, queues, pool and store count of themselves is asked of them
// when somebody reads. Loop thread only.
#pragma once
#include "router.h"
#include "store/store.h"

struct carved_metrics;

// `routes` outlives the metrics.
struct carved_metrics *carved_metrics_new(const struct carved_route *routes, size_t route_count);
void carved_metrics_free(struct carved_metrics *metrics); // NULL is legal

// The newest plan of the store, for the figures of the last plan: a restart does not lose them. Returns false with a code of the store.
bool carved_metrics_load(struct carved_metrics *metrics, struct carved_store *store, struct carved_error *error);

// carved_http_handler.answered: the tag is the route, NULL where there was none.
void carved_metrics_count_answer(struct carved_metrics *metrics, const struct carved_http_answered *answered);

// A request that the server refused by itself.
void carved_metrics_count_refusal(struct carved_metrics *metrics, int status);

void carved_metrics_count_publish(struct carved_metrics *metrics); // a snapshot

struct carved_plan_ended {
	const char *state;     // "done", "cancelled", "failed"
	const char *by;        // what ended it: DESIGN's words, or the code of why it failed; static
	uint64_t microseconds; // from the request to the store
	const char *summary;   // JSON; NULL where there is none
	size_t summary_length;
	int64_t when_ms;
};
void carved_metrics_count_plan(struct carved_metrics *metrics, const struct carved_plan_ended *ended);

int64_t carved_metrics_uptime_seconds(const struct carved_metrics *metrics);

// ---- for metrics*.c

struct carved_metric_route {
	uint64_t answered[6]; // by the first digit of the status
	struct carved_histogram seconds;
};

#define CARVED_METRICS_STATUS_MIN 400
#define CARVED_METRICS_STATUS_COUNT 200
#define CARVED_METRICS_ENDINGS_MAX 32

struct carved_metrics {
	const struct carved_route *routes;
	size_t route_count;
	struct carved_metric_route *per_route; // one more than routes: the last for what no route takes
	uint64_t gone;
	uint64_t refused[CARVED_METRICS_STATUS_COUNT];
	uint64_t published;
	struct {
		const char *state, *by;
		uint64_t count;
	} endings[CARVED_METRICS_ENDINGS_MAX];
	size_t ending_count;
	struct carved_histogram plan_seconds; // in microseconds
	struct {
		bool known;
		double value, bound, gap, placed, candidates, ended_seconds;
	} newest;
	double started_seconds; // since 1970
	uint64_t started_at;    // uv_hrtime
};

struct carved_metric_process {
	double resident_bytes, virtual_bytes, cpu_seconds, open_fds, max_fds;
};
struct carved_metric_process carved_metrics_look_at_process(void);
