// SPDX-License-Identifier: EUPL-1.2
// Which settings there are, what each may be, and what each is where no file says.
#include "config_settings.h"

#define SETTING(section, name, type, member, lowest, highest)                                                                    \
	{                                                                                                                        \
		section, name, type, offsetof(struct carved_config, member), lowest, highest                                     \
	}

#define MEGABYTE (1 << 20)
#define HOUR_MS 3600000

const struct carved_setting carved_settings[] = {
	SETTING("socket", "path", CARVED_TEXT, socket_path, 0, 0),
	SETTING("socket", "mode", CARVED_MODE, socket_mode, 0, 0777),
	SETTING("socket", "group", CARVED_TEXT, socket_group, 0, 0),
	SETTING("store", "path", CARVED_TEXT, store_path, 0, 0),
	SETTING("store", "check-seconds", CARVED_UNSIGNED, check_seconds, 0, 3600),
	SETTING("store", "disk-warning-bytes", CARVED_SIZE, disk_warning_bytes, 0, (int64_t)1 << 50),
	SETTING("store", "wal-warning-bytes", CARVED_SIZE, wal_warning_bytes, 0, (int64_t)1 << 50),
	SETTING("http", "header-bytes", CARVED_SIZE, http.header_bytes, 1024, MEGABYTE),
	SETTING("http", "header-count", CARVED_UNSIGNED, http.header_count, 8, 1000),
	SETTING("http", "target-bytes", CARVED_SIZE, http.target_bytes, 256, MEGABYTE),
	SETTING("http", "body-bytes", CARVED_SIZE, http.body_bytes, 1024, 1024 * MEGABYTE),
	SETTING("http", "body-bytes-per-user", CARVED_SIZE, http.user_body_bytes, 1024, 1024 * (int64_t)MEGABYTE * 16),
	SETTING("http", "connections", CARVED_UNSIGNED, http.connections, 1, 100000),
	SETTING("http", "connections-per-user", CARVED_UNSIGNED, http.connections_per_user, 1, 100000),
	SETTING("http", "idle-ms", CARVED_UNSIGNED, http.idle_ms, 10, HOUR_MS),
	SETTING("http", "header-ms", CARVED_UNSIGNED, http.header_ms, 10, HOUR_MS),
	SETTING("http", "body-ms", CARVED_UNSIGNED, http.body_ms, 10, HOUR_MS),
	SETTING("http", "write-ms", CARVED_UNSIGNED, http.write_ms, 10, HOUR_MS),
	SETTING("http", "wait-seconds", CARVED_UNSIGNED, wait_seconds, 0, 3600),
	SETTING("http", "idempotency-hours", CARVED_UNSIGNED, idempotency_hours, 1, 8760),
	SETTING("http", "page-items", CARVED_UNSIGNED, page_items, 1, 10000),
	SETTING("http", "page-items-max", CARVED_UNSIGNED, page_items_max, 1, 10000),
	SETTING("documents", "per-request", CARVED_SIZE, documents.documents, 1, 10000000),
	SETTING("documents", "list-items", CARVED_SIZE, documents.list_items, 1, 1000000),
	SETTING("documents", "text-bytes", CARVED_SIZE, documents.text_bytes, 16, MEGABYTE),
	SETTING("documents", "review-after-months", CARVED_SIZE, documents.review_months, 1, 1200),
	SETTING("documents", "findings", CARVED_SIZE, findings, 1, 100000),
	SETTING("documents", "require-if-match", CARVED_BOOL, require_if_match, 0, 1),
	SETTING("work", "threads", CARVED_UNSIGNED, work_threads, 1, 64),
	SETTING("work", "queue", CARVED_UNSIGNED, work_queue, 1, 100000),
	SETTING("work", "write-queue", CARVED_UNSIGNED, write_queue, 1, 100000),
	SETTING("work", "read-queue", CARVED_UNSIGNED, read_queue, 1, 100000),
	SETTING("work", "per-user", CARVED_UNSIGNED, queue_share, 1, 100000),
	SETTING("plans", "solver", CARVED_TEXT, solver, 0, 0),
	SETTING("plans", "workers", CARVED_UNSIGNED, workers, 1, 256),
	SETTING("plans", "queue", CARVED_UNSIGNED, plan_queue, 0, 10000),
	SETTING("plans", "per-user", CARVED_UNSIGNED, plan_share, 1, 10000),
	SETTING("plans", "seconds", CARVED_UNSIGNED, plan_seconds, 1, 86400),
	SETTING("plans", "seconds-max", CARVED_UNSIGNED, plan_seconds_max, 1, 86400),
	SETTING("plans", "grace-seconds", CARVED_UNSIGNED, grace_seconds, 1, 3600),
	SETTING("plans", "frame-bytes", CARVED_SIZE, frame_bytes, 65536, 1024 * MEGABYTE),
	SETTING("plans", "memory-bytes", CARVED_SIZE, memory_bytes, 64 * MEGABYTE, (int64_t)1 << 46),
	SETTING("plans", "keep-offered", CARVED_UNSIGNED, keep_offered, 0, CARVED_KEEP_WEIGHT_MOST),
	SETTING("plans", "sandbox", CARVED_SANDBOX, sandbox, 0, 0),
	SETTING("events", "keep-days", CARVED_UNSIGNED, event_days, 1, 36500),
	SETTING("events", "progress-seconds", CARVED_UNSIGNED, event_progress_seconds, 0, 3600),
	SETTING("events", "streams", CARVED_UNSIGNED, event_streams, 1, 10000),
	SETTING("events", "per-user", CARVED_UNSIGNED, event_streams_of_user, 1, 10000),
	SETTING("events", "page-rows", CARVED_UNSIGNED, event_page_rows, 1, 100000),
	SETTING("events", "page-bytes", CARVED_SIZE, event_page_bytes, 1024, 64 * MEGABYTE),
	SETTING("events", "heartbeat-seconds", CARVED_UNSIGNED, event_heartbeat_seconds, 1, 3600),
	SETTING("recommendations", "items", CARVED_UNSIGNED, recommend_items, 1, 100),
	SETTING("recommendations", "items-max", CARVED_UNSIGNED, recommend_items_max, 1, 100),
	SETTING("recommendations", "nodes", CARVED_UNSIGNED, recommend_nodes, 1, 100000000),
	SETTING("recommendations", "further-nodes", CARVED_UNSIGNED, recommend_further_nodes, 1, 100000000),
	SETTING("recommendations", "displacement-nodes", CARVED_UNSIGNED, recommend_displacement_nodes, 1, 100000000),
	SETTING("fairness", "plans", CARVED_UNSIGNED, fairness_plans, 1, 1000),
	SETTING("fairness", "plans-max", CARVED_UNSIGNED, fairness_plans_max, 1, 1000),
	SETTING("obstacles", "items", CARVED_UNSIGNED, advice_items, 1, 100),
	SETTING("obstacles", "sites", CARVED_UNSIGNED, advice_sites, 1, 1000000),
	SETTING("obstacles", "tries", CARVED_UNSIGNED, advice_tries, 1, 1000000),
	SETTING("obstacles", "nodes", CARVED_UNSIGNED, advice_nodes, 1, 100000000),
	SETTING("site-question", "workers", CARVED_UNSIGNED, site_workers, 1, 256),
	SETTING("site-question", "queue", CARVED_UNSIGNED, site_queue, 0, 10000),
	SETTING("site-question", "per-user", CARVED_UNSIGNED, site_share, 1, 10000),
	SETTING("site-question", "seconds", CARVED_UNSIGNED, site_seconds, 1, 3600),
	SETTING("site-question", "small-number", CARVED_UNSIGNED, small_number, 0, 1000),
};
const size_t carved_setting_count = sizeof carved_settings / sizeof *carved_settings;
_Static_assert(sizeof carved_settings / sizeof *carved_settings <= CARVED_SETTINGS_MAX, "all settings may be of one section");

const char *const carved_setting_sections[] = {"socket", "store", "http", "documents", "work", "plans", "events",
	"recommendations", "fairness", "obstacles", "site-question", "weights", "budget"};
const size_t carved_setting_section_count = sizeof carved_setting_sections / sizeof *carved_setting_sections;

const char *const carved_sandbox_names[] = {
	[CARVED_SANDBOX_PREFER] = "prefer", [CARVED_SANDBOX_REQUIRE] = "require", [CARVED_SANDBOX_OFF] = "off"};
const size_t carved_sandbox_name_count = sizeof carved_sandbox_names / sizeof *carved_sandbox_names;

void carved_config_init(struct carved_config *config)
{
	*config = (struct carved_config){.socket_path = "/run/carved/carved.sock",
		.socket_mode = 0660,
		.store_path = "/var/lib/carved/carved.db",
		.check_seconds = 10,
		.disk_warning_bytes = (size_t)1 << 30,
		.wal_warning_bytes = (size_t)1 << 28,
		.wait_seconds = 60,
		.idempotency_hours = 24,
		.page_items = 100,
		.page_items_max = 1000,
		.findings = 1000,
		.work_threads = 2,
		.work_queue = 256,
		.write_queue = 256,
		.read_queue = 256,
		.queue_share = 32,
		.workers = 1,
		.plan_queue = 16,
		.plan_share = 8,
		.keep_offered = 3000,
		.plan_seconds = 300,
		.plan_seconds_max = 3600,
		.grace_seconds = 10,
		.frame_bytes = 256u << 20,
		.memory_bytes = (size_t)4 << 30,
		.sandbox = CARVED_SANDBOX_PREFER,
		.event_days = 90,
		.event_progress_seconds = 5,
		.event_streams = 64,
		.event_streams_of_user = 16,
		.event_page_rows = 500,
		.event_page_bytes = 65536,
		.event_heartbeat_seconds = 15,
		.recommend_items = 3,
		.recommend_items_max = 20,
		.recommend_nodes = 300,
		.recommend_further_nodes = 40,
		.recommend_displacement_nodes = 20000,
		.fairness_plans = 5,
		.fairness_plans_max = 50,
		.advice_items = 5,
		.advice_sites = 300,
		.advice_tries = 1000,
		.advice_nodes = 2000,
		.site_workers = 1,
		.site_queue = 8,
		.site_share = 4,
		.site_seconds = 30,
		.small_number = 5};
	carved_http_limits_init(&config->http);
	carved_parse_limits_init(&config->documents);
	carved_weights_init(&config->weights);
	carved_budget_init(&config->budget);
	carved_budget_init(&config->site_budget); // somebody waits: enough for a good plan of one site within seconds
	config->site_budget.gap_target = 10000;
	config->site_budget.search_rounds = 500;
	config->site_budget.block_rounds = 1;
	config->site_budget.pricer_nodes = 500;
	config->site_budget.proof_nodes = 20000;
	config->site_budget.site_rounds = 10;
	config->site_budget.site_nodes = 100;
}
