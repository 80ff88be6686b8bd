// SPDX-License-Identifier: EUPL-1.2
// The service's way in and out.
//
//                stop, or the store has failed         all that is under way has ended             solver pools ended           threads ended
//   SERVING ------------------------------------> DRAINING -------------------> CLEARING -------------------> CLOSING ------------> ENDED
//
// DRAINING lets owed answers out; plans and questions about sites keep their best; CLEARING ends the pools; CLOSING ends the writer's and the reader's thread once no work is under way,
// and closes the store.
#include "events.h"
#include "ground.h"
#include "idempotency.h"
#include "plan_run.h"
#include "router.h"
#include "site_question.h"
#include "state.h"
#include "system/log.h"
#include <grp.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum phase { SERVING, DRAINING, CLEARING, CLOSING, ENDED };

int64_t carved_service_now(void)
{
	struct timeval now;
	gettimeofday(&now, NULL);
	return (int64_t)now.tv_sec * 1000 + now.tv_usec / 1000;
}

carved_date carved_service_today(void)
{
	char text[CARVED_DATE_TEXT_MAX];
	carved_date today = CARVED_DATE_NONE;
	time_t now = time(NULL);
	struct tm tm;
	localtime_r(&now, &tm);
	strftime(text, sizeof text, "%Y-%m-%d", &tm);
	carved_date_parse(text, &today, NULL);
	return today;
}

struct carved_region *carved_service_publish(struct carved_service *service, struct carved_region *region)
{
	struct carved_region *old = service->region;
	service->region = region;
	carved_metrics_count_publish(service->metrics);
	carved_ground_keeper_drop(service->grounds);
	return old;
}

// ---- the way in

// carved-solver: as configured, beside carved, in libexec of the same prefix, or where a build folder has it.
static char *find_solver(const struct carved_config *config)
{
	static const char *const places[] = {"/carved-solver", "/../libexec/carved/carved-solver", "/../solver/carved-solver"};
	char here[4096];
	struct carved_buffer path = CARVED_BUFFER_INIT;
	if (config->solver) { // the pool starts it in another folder
		char *found = realpath(config->solver, NULL);
		return found ? found : carved_strdup(config->solver);
	}
	ssize_t length = readlink("/proc/self/exe", here, sizeof here - 1);
	here[length > 0 ? length : 0] = '\0';
	const char *folder = dirname(here);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		carved_buffer_clear(&path);
		carved_buffer_add_text(&path, folder);
		carved_buffer_add_text(&path, places[i]);
		if (access(path.data, X_OK) == 0)
			break;
	}
	return carved_buffer_take(&path, NULL);
}

static bool find_group(const char *name, gid_t *ret_gid, struct carved_error *error)
{
	const struct group *group = name ? getgrnam(name) : NULL;
	if (name && !group) {
		carved_error_set(error, CARVED_GROUP_UNKNOWN);
		carved_error_add(error, "group", name);
		return false;
	}
	*ret_gid = group ? group->gr_gid : (gid_t)-1;
	return true;
}

static void beat(void *lane)
{
	carved_lane_beat(lane);
}

static void start_threads(struct carved_service *service)
{
	const struct carved_config *config = service->config;
	struct carved_pool_options options = {.solver = service->solver,
		.workers = config->workers,
		.queue = config->plan_queue,
		.grace_seconds = config->grace_seconds,
		.frame_bytes = config->frame_bytes,
		.memory_bytes = config->memory_bytes,
		.sandbox = config->sandbox};
	service->writer = carved_lane_start(service->loop, "carved-writer", config->write_queue, config->queue_share);
	service->reader = carved_lane_start(service->loop, "carved-reader", config->read_queue, config->queue_share);
	carved_store_on_beat(service->store, beat, service->writer);
	carved_store_on_beat(service->read_store, beat, service->reader);
	service->work = carved_work_new(service->loop, config->work_threads, config->work_queue, config->queue_share);
	service->pool = carved_pool_new(service->loop, &options);
	options.workers = config->site_workers;
	options.queue = config->site_queue;
	service->site_pool = carved_pool_new(service->loop, &options);
	service->grounds = carved_ground_keeper_new(service);
	service->events = carved_event_hub_new(service);
}

static void free_service(struct carved_service *service)
{
	carved_event_hub_free(service->events);
	carved_ground_keeper_free(service->grounds);
	carved_region_unref(service->region);
	carved_region_unref(service->head);
	carved_store_close(service->read_store);
	carved_store_close(service->store);
	carved_work_free(service->work);
	carved_metrics_free(service->metrics);
	free(service->solver);
	free(service);
}

static bool listen_for_clients(
	struct carved_service *service, int listener, const struct carved_http_handler *handler, struct carved_error *error)
{
	const struct carved_config *config = service->config;
	struct carved_http_place place = {
		.listener = listener, .path = config->socket_path, .mode = (mode_t)config->socket_mode, .gid = (gid_t)-1};
	return (listener >= 0 || find_group(config->socket_group, &place.gid, error)) &&
	       carved_http_server_start(service->loop, &place, &config->http, handler, &service->server, error);
}

bool carved_service_start(uv_loop_t *loop, const struct carved_config *config, int listener,
	void (*ended)(void *context, bool good), void *context, struct carved_service **ret_service, struct carved_error *error)
{
	struct carved_service *service = carved_alloc_array(1, sizeof *service);
	*service = (struct carved_service){.loop = loop, .config = config, .ended = ended, .context = context};
	struct carved_http_handler handler = carved_service_handler(service);
	size_t route_count;
	const struct carved_route *routes = carved_service_routes(&route_count);
	service->metrics = carved_metrics_new(routes, route_count);
	bool good = carved_store_open(config->store_path, carved_service_now(), &service->store, error) &&
		    carved_store_open_reader(config->store_path, &service->read_store, error) &&
		    carved_idempotency_forget(service, error) && carved_events_forget(service, error) &&
		    carved_service_load(service, error) && carved_metrics_load(service->metrics, service->store, error) &&
		    listen_for_clients(service, listener, &handler, error);
	if (!good) {
		free_service(service);
		return false;
	}
	service->solver = find_solver(config);
	start_threads(service);
	*ret_service = service;
	return true;
}

// ---- the way out

static void on_server_stopped(void *context)
{
	struct carved_service *service = context;
	service->server = NULL;
	carved_service_tick(service);
}

static void on_pool_stopped(void *context)
{
	struct carved_service *service = context;
	service->pool = NULL;
	carved_service_tick(service);
}

static void on_site_pool_stopped(void *context)
{
	struct carved_service *service = context;
	service->site_pool = NULL;
	carved_service_tick(service);
}

static void on_writer_stopped(void *context)
{
	struct carved_service *service = context;
	service->writer = NULL;
	carved_service_tick(service);
}

static void on_reader_stopped(void *context)
{
	struct carved_service *service = context;
	service->reader = NULL;
	carved_service_tick(service);
}

static void finish(struct carved_service *service)
{
	void (*ended)(void *context, bool good) = service->ended;
	void *context = service->context;
	bool good = !service->store_failed;
	free_service(service);
	ended(context, good);
}

static void begin_draining(struct carved_service *service)
{
	service->phase = DRAINING;
	for (struct carved_plan_run *run = service->runs, *next; run; run = next) {
		next = run->next;
		carved_plan_run_cancel(run);
	}
	carved_site_questions_stop(service);
	carved_http_server_stop(service->server, on_server_stopped, service);
}

void carved_service_tick(struct carved_service *service)
{
	switch ((enum phase)service->phase) {
	case DRAINING:
		if (!service->server && !service->runs && !service->questions && !service->events->streams &&
			service->write_count == 0 && carved_work_is_idle(service->work)) {
			service->phase = CLEARING;
			carved_pool_stop(service->pool, on_pool_stopped, service);
			carved_pool_stop(service->site_pool, on_site_pool_stopped, service);
		}
		break;
	case CLEARING:
		if (!service->pool && !service->site_pool) {
			service->phase = CLOSING;
			carved_lane_stop(service->writer, on_writer_stopped, service);
			carved_lane_stop(service->reader, on_reader_stopped, service);
		}
		break;
	case CLOSING:
		if (!service->writer && !service->reader) {
			service->phase = ENDED;
			finish(service);
		}
		break;
	case SERVING:
	case ENDED:
		break;
	}
}

bool carved_service_is_stopping(const struct carved_service *service)
{
	return service->phase != SERVING;
}

void carved_service_stop(struct carved_service *service)
{
	if (service->phase == SERVING)
		begin_draining(service);
}

void carved_service_note_failure(struct carved_service *service, const struct carved_error *error)
{
	if (error->code != CARVED_STORE_FAILED || service->store_failed)
		return;
	service->store_failed = true;
	carved_log_failure_about(CARVED_LOG_ERROR, &(struct carved_log_about){.event = CARVED_EVENT_STORE_FAILED},
		"carved ends, so that the store is opened anew", error);
	carved_service_stop(service);
}

void carved_service_note_walls(struct carved_service *service, uint32_t walls)
{
	struct carved_buffer names = CARVED_BUFFER_INIT;
	const struct carved_log_about about = {.event = CARVED_EVENT_SOLVER_WALLS};
	const char *why = "this kernel has not all of them";
	if (service->solver_greeted && walls == service->walls)
		return;
	service->solver_greeted = true;
	service->walls = walls;
	carved_walls_format(walls & CARVED_WALLS_ALL, &names);
	if (walls & CARVED_WALL_NOT_BUILT)
		why = "this build counts lines or holds a sanitizer, which go with no sandbox";
	else if (service->config->sandbox == CARVED_SANDBOX_OFF)
		why = "`sandbox` is off in the settings";
	if (CARVED_WALLS_REQUIRED & ~walls)
		carved_log_about(CARVED_LOG_WARNING, &about, "walls around the solver: %s; %s", names.data, why);
	else
		carved_log_about(CARVED_LOG_NOTICE, &about, "walls around the solver: %s", names.data);
	carved_buffer_deinit(&names);
}

// ---- how it fares

void carved_service_describe(const struct carved_service *service, struct carved_buffer *text)
{
	const size_t *count = service->region->count;
	unsigned solving = carved_plan_runs_solving(service);
	carved_buffer_printf(text, "%zu candidates, %zu sites, %zu coaches; ", count[CARVED_KIND_CANDIDATE],
		count[CARVED_KIND_SITE], count[CARVED_KIND_COACH]);
	if (service->phase != SERVING)
		carved_buffer_add_text(text, "stopping");
	else if (service->run_count == 0)
		carved_buffer_add_text(text, "no plan under way");
	else
		carved_buffer_printf(text, "plans: %u being solved, %u waiting", solving, service->run_count - solving);
}

uint64_t carved_service_still_ms(struct carved_service *service, const char **ret_part)
{
	uint64_t now = uv_hrtime() / 1000000;
	uint64_t writer = service->writer ? carved_lane_still_ms(service->writer, now) : 0;
	uint64_t reader = service->reader ? carved_lane_still_ms(service->reader, now) : 0;
	*ret_part = writer >= reader ? "the store's writer" : "the store's reader";
	return writer >= reader ? writer : reader;
}
