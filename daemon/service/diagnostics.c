// SPDX-License-Identifier: EUPL-1.2
// GET /v1/diagnostics: what an operator needs to know when something is wrong, and how to mend it. No personal data.
//
// Checks that read (the database, the disk, the solver's version) run on the reader's thread, one request at a time; the answer is written on the loop thread.
#include "admit.h"
#include "carved/base/json.h"
#include "carved/wire/walls.h"
#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct diagnosis {
	struct carved_call *call;
	struct carved_service *service;
	struct carved_errand errand;
	struct carved_store_check store;
	bool solver_answers;
	struct carved_solver_version solver;
	struct carved_error solver_error;
};

enum verdict { GOOD, WARNING, WRONG };

struct report {
	const struct diagnosis *diagnosis;
	const struct carved_service *service;
	enum carved_language language;
	struct carved_json_writer writer;
};

static void run(struct carved_errand *errand)
{
	struct diagnosis *d = carved_container_of(errand, struct diagnosis, errand);
	carved_store_check(d->service->read_store, d->service->config->check_seconds, &d->store);
	d->solver_answers = carved_pool_ask_version(d->service->solver, &d->solver, &d->solver_error);
}

// ---- checks: each is one member of `checks`, a sentence, and where something is to be done a hint

static void add_check(struct report *r, const char *name, enum verdict verdict, const struct carved_error *error)
{
	static const char *const verdicts[] = {"ok", "warning", "wrong"};
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_json_begin_object(&r->writer, NULL);
	carved_json_add_text(&r->writer, "check", name);
	carved_json_add_text(&r->writer, "verdict", verdicts[verdict]);
	carved_json_add_text(&r->writer, "code", carved_code_name(error->code));
	carved_text_error(r->language, error, &text);
	carved_json_add_text(&r->writer, "message", text.data);
	carved_buffer_clear(&text);
	if (carved_text_hint(r->language, error, &text))
		carved_json_add_text(&r->writer, "hint", text.data);
	carved_json_end_object(&r->writer);
	carved_buffer_deinit(&text);
}

// "3.4 GB": decimal, as disks are sold.
static void add_bytes(struct carved_error *error, const char *name, uint64_t bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	double value = (double)bytes / 1e3;
	size_t unit = 0;
	char text[32];
	while (value >= 1000 && unit + 1 < sizeof units / sizeof *units) {
		value /= 1000;
		unit++;
	}
	snprintf(text, sizeof text, "%.1f %s", value, units[unit]);
	carved_error_add(error, name, text);
}

static void check_store(struct report *r)
{
	const struct carved_store_check *store = &r->diagnosis->store;
	const char *file = r->service->config->store_path;
	struct carved_error error;
	if (r->service->store_failed || store->problems > 0) {
		carved_fail(
			&error, r->service->store_failed ? CARVED_STORE_FAILED : CARVED_DIAGNOSIS_STORE_DAMAGED, "file", file);
		carved_error_add(&error, "reason", store->problems > 0 ? store->first_problem : "-");
		carved_error_add_number(&error, "problems", (long long)store->problems);
		add_check(r, "store", WRONG, &error);
	} else if (!store->finished) {
		carved_error_set(&error, CARVED_DIAGNOSIS_STORE_UNFINISHED);
		carved_error_add_number(&error, "seconds", r->service->config->check_seconds);
		add_check(r, "store", WARNING, &error);
	} else {
		carved_fail(&error, CARVED_DIAGNOSIS_STORE_GOOD, "file", file);
		add_bytes(&error, "size", carved_store_get_figures(r->service->store)->database_bytes);
		add_check(r, "store", GOOD, &error);
	}
}

static void check_disk(struct report *r)
{
	uint64_t limit = r->service->config->disk_warning_bytes;
	bool low = r->diagnosis->store.free_bytes < limit;
	struct carved_error error;
	carved_fail(&error, low ? CARVED_DIAGNOSIS_DISK_LOW : CARVED_DIAGNOSIS_DISK_GOOD, "file", r->service->config->store_path);
	add_bytes(&error, "free", r->diagnosis->store.free_bytes);
	add_bytes(&error, "limit", limit);
	add_check(r, "disk", low ? WARNING : GOOD, &error);
}

static void check_wal(struct report *r)
{
	uint64_t bytes = carved_store_get_figures(r->service->store)->wal_bytes, limit = r->service->config->wal_warning_bytes;
	struct carved_error error;
	carved_fail(&error, bytes > limit ? CARVED_DIAGNOSIS_WAL_LARGE : CARVED_DIAGNOSIS_WAL_GOOD, "file",
		r->service->config->store_path);
	add_bytes(&error, "size", bytes);
	add_bytes(&error, "limit", limit);
	add_check(r, "wal", bytes > limit ? WARNING : GOOD, &error);
}

static void check_solver(struct report *r)
{
	const struct diagnosis *d = r->diagnosis;
	struct carved_error error = d->solver_error;
	bool same = d->solver_answers && strcmp(d->solver.solver, CARVED_VERSION) == 0;
	if (d->solver_answers) {
		carved_fail(
			&error, same ? CARVED_DIAGNOSIS_SOLVER_GOOD : CARVED_DIAGNOSIS_SOLVER_OTHER, "solver", d->solver.solver);
		carved_error_add(&error, "glpk", d->solver.glpk);
		carved_error_add(&error, "daemon", CARVED_VERSION);
		carved_error_add(&error, "file", r->service->solver);
	}
	add_check(r, "solver", same ? GOOD : WRONG, &error);
}

static void check_sandbox(struct report *r)
{
	const struct carved_service *service = r->service;
	struct carved_buffer walls = CARVED_BUFFER_INIT, missing = CARVED_BUFFER_INIT;
	struct carved_error error;
	bool lacking = service->solver_greeted && (CARVED_WALLS_REQUIRED & ~service->walls);
	carved_walls_format(service->walls & CARVED_WALLS_ALL, &walls);
	carved_walls_format(CARVED_WALLS_REQUIRED & ~service->walls, &missing);
	if (!service->solver_greeted)
		carved_error_set(&error, CARVED_DIAGNOSIS_SANDBOX_UNKNOWN);
	else if (!lacking)
		carved_fail(&error, CARVED_DIAGNOSIS_SANDBOX_GOOD, "walls", walls.data);
	else if (service->walls & CARVED_WALL_NOT_BUILT)
		carved_fail(&error, CARVED_DIAGNOSIS_SANDBOX_NOT_BUILT, "missing", missing.data);
	else if (service->config->sandbox == CARVED_SANDBOX_OFF)
		carved_fail(&error, CARVED_DIAGNOSIS_SANDBOX_OFF, "missing", missing.data);
	else
		carved_fail(&error, CARVED_DIAGNOSIS_SANDBOX_LACKING, "missing", missing.data);
	add_check(r, "sandbox", lacking ? WARNING : GOOD, &error);
	carved_buffer_deinit(&walls);
	carved_buffer_deinit(&missing);
}

struct limit {
	const char *setting;
	uint64_t hit; // since the start
};
#define LIMITS 11

static void get_limits(const struct carved_service *service, struct limit ret_limits[LIMITS])
{
	struct carved_http_figures http;
	struct carved_pool_figures pool, site_pool;
	struct carved_queue_figures work, writer, reader;
	carved_http_server_get_figures(service->server, &http);
	carved_pool_get_figures(service->pool, &pool);
	carved_pool_get_figures(service->site_pool, &site_pool);
	carved_work_get_figures(service->work, &work);
	carved_lane_get_figures(service->writer, &writer);
	carved_lane_get_figures(service->reader, &reader);
	const struct limit limits[LIMITS] = {{"http.connections", http.over_limit},
		{"http.connections-per-user", http.over_user_limit + http.dropped},
		{"http.body-bytes-per-user", http.bodies_over_user_limit}, {"work.queue", work.refused.full},
		{"work.write-queue", writer.refused.full}, {"work.read-queue", reader.refused.full},
		{"work.per-user", work.refused.share_used + writer.refused.share_used + reader.refused.share_used},
		{"plans.queue", service->plans_refused.full + pool.refused},
		{"plans.per-user", service->plans_refused.share_used},
		{"site-question.queue", service->questions_refused.full + site_pool.refused},
		{"site-question.per-user", service->questions_refused.share_used}};
	memcpy(ret_limits, limits, sizeof limits);
}

static void check_limits(struct report *r, const struct limit limits[LIMITS])
{
	struct carved_error error;
	bool hit = false;
	for (size_t i = 0; i < LIMITS; i++) {
		if (limits[i].hit == 0)
			continue;
		carved_fail(&error, CARVED_DIAGNOSIS_LIMIT_HIT, "setting", limits[i].setting);
		carved_error_add_number(&error, "times", (long long)limits[i].hit);
		add_check(r, "limits", WARNING, &error);
		hit = true;
	}
	carved_error_set(&error, CARVED_DIAGNOSIS_LIMITS_GOOD);
	if (!hit)
		add_check(r, "limits", GOOD, &error);
}

// ---- the rest

static void add_versions(struct report *r)
{
	const struct diagnosis *d = r->diagnosis;
	carved_json_begin_object(&r->writer, "versions");
	carved_json_add_text(&r->writer, "carved", CARVED_VERSION);
	carved_json_add_text(&r->writer, "solver", d->solver_answers ? d->solver.solver : NULL);
	carved_json_add_text(&r->writer, "glpk", d->solver_answers ? d->solver.glpk : NULL);
	carved_json_add_text(&r->writer, "sqlite", carved_store_library_version());
	carved_json_add_text(&r->writer, "libuv", uv_version_string());
	carved_json_end_object(&r->writer);
}

static void add_store(struct report *r)
{
	const struct carved_store_check *store = &r->diagnosis->store;
	const struct carved_store_figures *figures = carved_store_get_figures(r->service->store);
	carved_json_begin_object(&r->writer, "store");
	carved_json_add_text(&r->writer, "file", r->service->config->store_path);
	carved_json_add_text(&r->writer, "integrity", store->problems > 0 ? "damaged" : store->finished ? "sound" : "unknown");
	carved_json_add_integer(&r->writer, "problems", (int64_t)store->problems);
	carved_json_add_integer(&r->writer, "schema", store->schema);
	carved_json_add_integer(&r->writer, "databaseBytes", (int64_t)figures->database_bytes);
	carved_json_add_integer(&r->writer, "walBytes", (int64_t)figures->wal_bytes);
	carved_json_add_integer(&r->writer, "freeBytes", (int64_t)store->free_bytes);
	carved_json_end_object(&r->writer);
}

static void add_setting(void *context, const char *setting, const char *value, const char *usual)
{
	struct report *r = context;
	carved_json_begin_object(&r->writer, NULL);
	carved_json_add_text(&r->writer, "setting", setting);
	carved_json_add_text(&r->writer, "value", value);
	carved_json_add_text(&r->writer, "default", usual);
	carved_json_end_object(&r->writer);
}

static void write_report(struct report *r)
{
	struct limit limits[LIMITS];
	get_limits(r->service, limits);
	carved_json_begin_object(&r->writer, NULL);
	add_versions(r);
	carved_json_add_integer(&r->writer, "uptimeSeconds", carved_metrics_uptime_seconds(r->service->metrics));
	add_store(r);
	carved_json_begin_array(&r->writer, "settings");
	carved_config_each_changed(r->service->config, add_setting, r);
	carved_json_end_array(&r->writer);
	carved_json_begin_array(&r->writer, "limitsHit");
	for (size_t i = 0; i < LIMITS; i++) {
		carved_json_begin_object(&r->writer, NULL);
		carved_json_add_text(&r->writer, "setting", limits[i].setting);
		carved_json_add_integer(&r->writer, "times", (int64_t)limits[i].hit);
		carved_json_end_object(&r->writer);
	}
	carved_json_end_array(&r->writer);
	carved_json_begin_array(&r->writer, "checks");
	check_store(r);
	check_disk(r);
	check_wal(r);
	check_solver(r);
	check_sandbox(r);
	check_limits(r, limits);
	carved_json_end_array(&r->writer);
	carved_json_end_object(&r->writer);
}

static void done(struct carved_errand *errand)
{
	struct diagnosis *d = carved_container_of(errand, struct diagnosis, errand);
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct report report = {
		.diagnosis = d, .service = d->service, .language = d->call->language, .writer = CARVED_JSON_WRITER(&body)};
	d->service->diagnosing = false;
	if (d->service->server && d->service->pool) {
		write_report(&report);
		carved_reply_json(d->call, 200, NULL, 0, &body);
	} else { // on the way out, and whoever asked has gone
		carved_reply_busy(d->call);
	}
	free(d);
}

struct carved_answer_owed carved_diagnostics_get(struct carved_call *call)
{
	struct carved_service *service = call->service;
	struct diagnosis *d = carved_alloc_array(1, sizeof *d);
	*d = (struct diagnosis){.call = call, .service = service, .errand = {.run = run, .done = done}};
	if (service->diagnosing || !carved_admit_to_reader(call, &d->errand)) {
		free(d);
		return carved_reply_busy(call);
	}
	service->diagnosing = true;
	return carved_reply_later();
}
