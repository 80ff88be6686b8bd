// SPDX-License-Identifier: EUPL-1.2
// GET /metrics: a table of metrics, each with what it means and the function that writes its samples.
#include "metrics.h"
#include "events.h"
#include "metrics_text.h"
#include "plan_run.h"
#include "state.h"
#include <stdio.h>

struct collection { // what is asked of others, once for all metrics
	const struct carved_service *service;
	const struct carved_metrics *metrics;
	struct carved_http_figures http;
	struct carved_pool_figures pool, site_pool;
	struct carved_queue_figures queues[3];
	struct carved_event_figures events;
	const struct carved_store_figures *store, *read_store;
	struct carved_metric_process process;
	struct carved_metric_writer writer;
};

static const char *const queue_names[] = {"work", "writer", "reader"};

static void add(struct collection *c, double value)
{
	carved_metric_add(&c->writer, CARVED_METRIC_NO_LABELS, value);
}

static void add_with(struct collection *c, const char *label, const char *text, double value)
{
	carved_metric_add(&c->writer, CARVED_METRIC_LABEL(label, text), value);
}

// A metric without labels that is one figure of the collection.
#define FIGURE(name, expression)                                                                                                 \
	static void write_##name(struct collection *c)                                                                           \
	{                                                                                                                        \
		add(c, (double)(expression));                                                                                    \
	}

// ---- requests

static const char *method_of(const struct collection *c, size_t row)
{
	return row < c->metrics->route_count ? c->metrics->routes[row].method : "any";
}

static const char *pattern_of(const struct collection *c, size_t row)
{
	return row < c->metrics->route_count ? c->metrics->routes[row].pattern : "none";
}

static void write_requests(struct collection *c)
{
	static const char *const classes[] = {NULL, NULL, "2xx", "3xx", "4xx", "5xx"};
	for (size_t row = 0; row <= c->metrics->route_count; row++) {
		for (size_t class = 2; class < sizeof classes / sizeof *classes; class ++)
			carved_metric_add(&c->writer,
				(struct carved_metric_labels){{{"method", method_of(c, row)}, {"route", pattern_of(c, row)},
					{"status", classes[class]}}},
				(double)c->metrics->per_route[row].answered[class]);
	}
}

static void write_request_seconds(struct collection *c)
{
	for (size_t row = 0; row <= c->metrics->route_count; row++)
		carved_metric_add_histogram(&c->writer,
			(struct carved_metric_labels){{{"method", method_of(c, row)}, {"route", pattern_of(c, row)}}},
			&c->metrics->per_route[row].seconds, 1e6);
}

static void write_refused_requests(struct collection *c)
{
	static const int usual[] = {400, 408, 413, 414, 417, 429, 431, 501, 503, 505};
	char text[8];
	size_t next = 0;
	for (int status = CARVED_METRICS_STATUS_MIN; status < CARVED_METRICS_STATUS_MIN + CARVED_METRICS_STATUS_COUNT; status++) {
		uint64_t count = c->metrics->refused[status - CARVED_METRICS_STATUS_MIN];
		bool is_usual = next < sizeof usual / sizeof *usual && usual[next] == status;
		next += is_usual;
		if (!is_usual && count == 0)
			continue;
		snprintf(text, sizeof text, "%d", status);
		add_with(c, "status", text, (double)count);
	}
}

FIGURE(refused_bodies, c->http.bodies_over_user_limit)
FIGURE(gone, c->metrics->gone)
FIGURE(bytes_in, c->http.bytes_in)
FIGURE(bytes_out, c->http.bytes_out)
FIGURE(connections, c->http.connections)
FIGURE(accepted, c->http.accepted)

static void write_refused_connections(struct collection *c)
{
	add_with(c, "reason", "connections", (double)c->http.over_limit);
	add_with(c, "reason", "connections-per-user", (double)c->http.over_user_limit);
	add_with(c, "reason", "dropped", (double)c->http.dropped);
}

// ---- queues

static void write_waiting(struct collection *c)
{
	for (size_t i = 0; i < 3; i++)
		add_with(c, "queue", queue_names[i], (double)c->queues[i].waiting);
}

static void write_running(struct collection *c)
{
	for (size_t i = 0; i < 3; i++)
		add_with(c, "queue", queue_names[i], (double)c->queues[i].running);
}

static void write_refused_errands(struct collection *c)
{
	for (size_t i = 0; i < 3; i++) {
		carved_metric_add(&c->writer, (struct carved_metric_labels){{{"queue", queue_names[i]}, {"reason", "queue"}}},
			(double)c->queues[i].refused.full);
		carved_metric_add(&c->writer, (struct carved_metric_labels){{{"queue", queue_names[i]}, {"reason", "per-user"}}},
			(double)c->queues[i].refused.share_used);
	}
}

static void write_waits(struct collection *c)
{
	for (size_t i = 0; i < 3; i++)
		carved_metric_add_histogram(&c->writer, CARVED_METRIC_LABEL("queue", queue_names[i]), c->queues[i].waits, 1e6);
}

// ---- plans and solvers

// At the door, and in the pool behind it, whose processes may outlive the plan they worked at.
static void add_refusals(struct collection *c, const struct carved_refusals *refused, const struct carved_pool_figures *pool)
{
	add_with(c, "reason", "queue", (double)(refused->full + pool->refused));
	add_with(c, "reason", "per-user", (double)refused->share_used);
}

static void write_refused_plans(struct collection *c)
{
	add_refusals(c, &c->service->plans_refused, &c->pool);
}

static void write_refused_questions(struct collection *c)
{
	add_refusals(c, &c->service->questions_refused, &c->site_pool);
}

static void write_endings(struct collection *c)
{
	for (size_t i = 0; i < c->metrics->ending_count; i++)
		carved_metric_add(&c->writer,
			(struct carved_metric_labels){
				{{"state", c->metrics->endings[i].state}, {"by", c->metrics->endings[i].by}}},
			(double)c->metrics->endings[i].count);
}

static void write_plan_seconds(struct collection *c)
{
	carved_metric_add_histogram(&c->writer, CARVED_METRIC_NO_LABELS, &c->metrics->plan_seconds, 1e6);
}

// Without a plan there is no sample: 0 points would be a lie.
#define OF_NEWEST(member)                                                                                                        \
	static void write_newest_##member(struct collection *c)                                                                  \
	{                                                                                                                        \
		if (c->metrics->newest.known)                                                                                    \
			add(c, c->metrics->newest.member);                                                                       \
	}
OF_NEWEST(value)
OF_NEWEST(bound)
OF_NEWEST(gap)
OF_NEWEST(placed)
OF_NEWEST(candidates)
OF_NEWEST(ended_seconds)

FIGURE(plans_running, carved_plan_runs_solving(c->service))
FIGURE(plans_queued, carved_plan_runs_queued(c->service))
FIGURE(plans_preparing, c->service->run_count - carved_plan_runs_solving(c->service) - carved_plan_runs_queued(c->service))
FIGURE(processes, c->pool.processes + c->site_pool.processes)
FIGURE(started, c->pool.started + c->site_pool.started)
FIGURE(unavailable, c->pool.unavailable + c->site_pool.unavailable)
FIGURE(crashed, c->pool.crashed + c->site_pool.crashed)
FIGURE(killed, c->pool.killed + c->site_pool.killed)

// ---- streams of events

FIGURE(event_streams, c->events.streams)
FIGURE(events_sent, c->events.sent)
FIGURE(event_streams_cut_off, c->events.cut_off)

static void write_refused_event_streams(struct collection *c)
{
	add_with(c, "reason", "streams", (double)c->events.refused.full);
	add_with(c, "reason", "per-user", (double)c->events.refused.share_used);
}

// ---- store

static void write_documents(struct collection *c)
{
	for (size_t kind = 0; kind < CARVED_KINDS; kind++)
		add_with(c, "kind", carved_kind_names[kind], (double)c->service->region->count[kind]);
}

static void write_commits(struct collection *c)
{
	carved_metric_add_histogram(&c->writer, CARVED_METRIC_NO_LABELS, &c->store->commits, 1e6);
}

static void write_failures(struct collection *c)
{
	add_with(c, "reason", "full", (double)(c->store->full + c->read_store->full));
	add_with(c, "reason", "busy", (double)(c->store->busy + c->read_store->busy));
	add_with(c, "reason", "failed", (double)(c->store->failed + c->read_store->failed));
}

FIGURE(published, c->metrics->published)
FIGURE(database_bytes, c->store->database_bytes)
FIGURE(wal_bytes, c->store->wal_bytes)
FIGURE(store_failed, c->service->store_failed)

// ---- the process

FIGURE(resident, c->process.resident_bytes)
FIGURE(virtual, c->process.virtual_bytes)
FIGURE(cpu, c->process.cpu_seconds)
FIGURE(open_fds, c->process.open_fds)
FIGURE(max_fds, c->process.max_fds)
FIGURE(started_at, c->metrics->started_seconds)

static void write_build_info(struct collection *c)
{
	carved_metric_add(&c->writer,
		(struct carved_metric_labels){{{"version", CARVED_VERSION}, {"sqlite", carved_store_library_version()},
			{"libuv", uv_version_string()}}},
		1);
}

static const struct metric {
	const char *name, *type, *help;
	void (*write)(struct collection *c);
} metrics[] = {
	{"carved_build_info", "gauge", "Always 1; the labels say which versions run.", write_build_info},
	{"carved_http_requests_total", "counter", "Requests answered, by route and class of status. HEAD counts as GET.",
		write_requests},
	{"carved_http_request_seconds", "histogram",
		"From a request being in to its answer being ready, waiting for a plan (Prefer: wait) included.",
		write_request_seconds},
	{"carved_http_refused_requests_total", "counter",
		"Requests refused before any route saw them: malformed, too large, too slow, too many, or while stopping.",
		write_refused_requests},
	{"carved_http_refused_bodies_total", "counter",
		"Requests refused because one user's connections held more bytes of bodies than one user's may: the client got "
		"429.",
		write_refused_bodies},
	{"carved_http_clients_gone_total", "counter", "Requests whose client had gone before the answer was ready.", write_gone},
	{"carved_http_received_bytes_total", "counter", "Bytes that clients sent, heads included.", write_bytes_in},
	{"carved_http_sent_bytes_total", "counter", "Bytes sent to clients, heads included.", write_bytes_out},
	{"carved_http_connections", "gauge", "Connections open now.", write_connections},
	{"carved_http_accepted_connections_total", "counter", "Connections accepted, refused ones included.", write_accepted},
	{"carved_http_refused_connections_total", "counter",
		"Connections refused for the limit on all (503) or on one user's (429), or dropped without a word far beyond it.",
		write_refused_connections},
	{"carved_queue_waiting", "gauge", "Errands that wait for a thread.", write_waiting},
	{"carved_queue_running", "gauge", "Errands under way on other threads.", write_running},
	{"carved_queue_refused_total", "counter",
		"Errands refused: the queue was full (503), or one user had a share in it already (429).", write_refused_errands},
	{"carved_queue_wait_seconds", "histogram", "How long errands waited for a thread.", write_waits},
	{"carved_plans_running", "gauge", "Plans that a solver works at.", write_plans_running},
	{"carved_plans_queued", "gauge", "Plans that wait for a solver.", write_plans_queued},
	{"carved_plans_preparing", "gauge", "Plans that are being prepared, checked or stored.", write_plans_preparing},
	{"carved_plans_ended_total", "counter", "Plans that ended, by state and by what ended them.", write_endings},
	{"carved_plans_refused_total", "counter", "Plans refused: too many waited (503), or one user had a share already (429).",
		write_refused_plans},
	{"carved_site_questions_refused_total", "counter",
		"Questions about a site refused: too many waited (503), or one user had a share already (429).",
		write_refused_questions},
	{"carved_plan_seconds", "histogram", "From the request for a plan to the plan in the store.", write_plan_seconds},
	{"carved_newest_plan_value_points", "gauge", "Points of the newest plan that ended with a result.", write_newest_value},
	{"carved_newest_plan_bound_points", "gauge", "Points that no plan could have exceeded.", write_newest_bound},
	{"carved_newest_plan_gap_ratio", "gauge", "(bound - value) / bound of the newest plan.", write_newest_gap},
	{"carved_newest_plan_placed", "gauge", "Candidates with a proposal in the newest plan.", write_newest_placed},
	{"carved_newest_plan_candidates", "gauge", "Candidates of the newest plan.", write_newest_candidates},
	{"carved_newest_plan_ended_timestamp_seconds", "gauge", "When the newest plan ended.", write_newest_ended_seconds},
	{"carved_solver_processes", "gauge", "Solver processes that exist now.", write_processes},
	{"carved_solver_started_total", "counter", "Solver processes started.", write_started},
	{"carved_solver_unavailable_total", "counter", "Attempts to start a solver process that failed.", write_unavailable},
	{"carved_solver_crashed_total", "counter", "Solver processes that died before their last word.", write_crashed},
	{"carved_solver_killed_total", "counter", "Solver processes killed: too late, nonsense, or lingering.", write_killed},
	{"carved_event_streams", "gauge", "Clients that are told what happens now.", write_event_streams},
	{"carved_events_sent_total", "counter", "Events sent, to all clients together.", write_events_sent},
	{"carved_event_streams_cut_off_total", "counter", "Streams ended because the client did not take what was sent.",
		write_event_streams_cut_off},
	{"carved_event_streams_refused_total", "counter",
		"Streams refused: too many were open (503), or one user had a share already (429).", write_refused_event_streams},
	{"carved_documents", "gauge", "Documents stored now, by kind.", write_documents},
	{"carved_snapshots_published_total", "counter", "Changes of documents that became visible.", write_published},
	{"carved_store_commit_seconds", "histogram", "Transactions, by how long their commit took (fsync included).",
		write_commits},
	{"carved_store_failures_total", "counter",
		"Calls of the store that failed: disk full, locked by another, or failed for good.", write_failures},
	{"carved_store_failed", "gauge", "1 when the store writes no more and carved is about to end.", write_store_failed},
	{"carved_store_database_bytes", "gauge", "Size of the database file.", write_database_bytes},
	{"carved_store_wal_bytes", "gauge", "Size of the write-ahead log.", write_wal_bytes},
	{"process_resident_memory_bytes", "gauge", "Resident memory.", write_resident},
	{"process_virtual_memory_bytes", "gauge", "Virtual memory.", write_virtual},
	{"process_cpu_seconds_total", "counter", "User and system time, solvers not included.", write_cpu},
	{"process_open_fds", "gauge", "Open file descriptors.", write_open_fds},
	{"process_max_fds", "gauge", "Most file descriptors that may be open.", write_max_fds},
	{"process_start_time_seconds", "gauge", "When carved started, in seconds since 1970.", write_started_at},
};

struct carved_answer_owed carved_metrics_get(struct carved_call *call)
{
	const struct carved_service *service = call->service;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct collection c = {.service = service,
		.metrics = service->metrics,
		.store = carved_store_get_figures(service->store),
		.read_store = carved_store_get_figures(service->read_store),
		.process = carved_metrics_look_at_process(),
		.writer = {.buffer = &body}};
	carved_http_server_get_figures(service->server, &c.http);
	carved_pool_get_figures(service->pool, &c.pool);
	carved_pool_get_figures(service->site_pool, &c.site_pool);
	carved_work_get_figures(service->work, &c.queues[0]);
	carved_lane_get_figures(service->writer, &c.queues[1]);
	carved_lane_get_figures(service->reader, &c.queues[2]);
	carved_event_hub_get_figures(service->events, &c.events);
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
		carved_metric_begin(&c.writer, metrics[i].name, metrics[i].type, metrics[i].help);
		metrics[i].write(&c);
	}
	return carved_reply_text(call, CARVED_METRICS_MEDIA_TYPE, &body);
}
