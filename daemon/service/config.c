// SPDX-License-Identifier: EUPL-1.2
#include "config.h"
#include "carved/base/suggest.h"
#include "carved/base/yaml.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type { TEXT, MODE, BOOL, UNSIGNED, SIZE, SANDBOX };

struct setting {
	const char *section, *name;
	enum type type;
	size_t offset; // in struct carved_config
	int64_t lowest, highest;
};

#define SETTING(section, name, type, member, lowest, highest)                                                                    \
	{                                                                                                                        \
		section, name, type, offsetof(struct carved_config, member), lowest, highest                                     \
	}

#define MEGABYTE (1 << 20)
#define HOUR_MS 3600000

static const struct setting settings[] = {
	SETTING("socket", "path", TEXT, socket_path, 0, 0),
	SETTING("socket", "mode", MODE, socket_mode, 0, 0777),
	SETTING("socket", "group", TEXT, socket_group, 0, 0),
	SETTING("store", "path", TEXT, store_path, 0, 0),
	SETTING("store", "check-seconds", UNSIGNED, check_seconds, 0, 3600),
	SETTING("store", "disk-warning-bytes", SIZE, disk_warning_bytes, 0, (int64_t)1 << 50),
	SETTING("store", "wal-warning-bytes", SIZE, wal_warning_bytes, 0, (int64_t)1 << 50),
	SETTING("http", "header-bytes", SIZE, http.header_bytes, 1024, MEGABYTE),
	SETTING("http", "header-count", UNSIGNED, http.header_count, 8, 1000),
	SETTING("http", "target-bytes", SIZE, http.target_bytes, 256, MEGABYTE),
	SETTING("http", "body-bytes", SIZE, http.body_bytes, 1024, 1024 * MEGABYTE),
	SETTING("http", "body-bytes-per-user", SIZE, http.user_body_bytes, 1024, 1024 * (int64_t)MEGABYTE * 16),
	SETTING("http", "connections", UNSIGNED, http.connections, 1, 100000),
	SETTING("http", "connections-per-user", UNSIGNED, http.connections_per_user, 1, 100000),
	SETTING("http", "idle-ms", UNSIGNED, http.idle_ms, 10, HOUR_MS),
	SETTING("http", "header-ms", UNSIGNED, http.header_ms, 10, HOUR_MS),
	SETTING("http", "body-ms", UNSIGNED, http.body_ms, 10, HOUR_MS),
	SETTING("http", "write-ms", UNSIGNED, http.write_ms, 10, HOUR_MS),
	SETTING("http", "wait-seconds", UNSIGNED, wait_seconds, 0, 3600),
	SETTING("http", "idempotency-hours", UNSIGNED, idempotency_hours, 1, 8760),
	SETTING("http", "page-items", UNSIGNED, page_items, 1, 10000),
	SETTING("http", "page-items-max", UNSIGNED, page_items_max, 1, 10000),
	SETTING("documents", "per-request", SIZE, documents.documents, 1, 10000000),
	SETTING("documents", "list-items", SIZE, documents.list_items, 1, 1000000),
	SETTING("documents", "text-bytes", SIZE, documents.text_bytes, 16, MEGABYTE),
	SETTING("documents", "findings", SIZE, findings, 1, 100000),
	SETTING("documents", "require-if-match", BOOL, require_if_match, 0, 1),
	SETTING("work", "threads", UNSIGNED, work_threads, 1, 64),
	SETTING("work", "queue", UNSIGNED, work_queue, 1, 100000),
	SETTING("work", "write-queue", UNSIGNED, write_queue, 1, 100000),
	SETTING("work", "read-queue", UNSIGNED, read_queue, 1, 100000),
	SETTING("work", "per-user", UNSIGNED, queue_share, 1, 100000),
	SETTING("plans", "solver", TEXT, solver, 0, 0),
	SETTING("plans", "workers", UNSIGNED, workers, 1, 256),
	SETTING("plans", "queue", UNSIGNED, plan_queue, 0, 10000),
	SETTING("plans", "per-user", UNSIGNED, plan_share, 1, 10000),
	SETTING("plans", "seconds", UNSIGNED, plan_seconds, 1, 86400),
	SETTING("plans", "seconds-max", UNSIGNED, plan_seconds_max, 1, 86400),
	SETTING("plans", "grace-seconds", UNSIGNED, grace_seconds, 1, 3600),
	SETTING("plans", "frame-bytes", SIZE, frame_bytes, 65536, 1024 * MEGABYTE),
	SETTING("plans", "memory-bytes", SIZE, memory_bytes, 64 * MEGABYTE, (int64_t)1 << 46),
	SETTING("plans", "sandbox", SANDBOX, sandbox, 0, 0),
	SETTING("recommendations", "items", UNSIGNED, recommend_items, 1, 100),
	SETTING("recommendations", "items-max", UNSIGNED, recommend_items_max, 1, 100),
	SETTING("recommendations", "nodes", UNSIGNED, recommend_nodes, 1, 100000000),
	SETTING("recommendations", "further-nodes", UNSIGNED, recommend_further_nodes, 1, 100000000),
	SETTING("recommendations", "displacement-nodes", UNSIGNED, recommend_displacement_nodes, 1, 100000000),
	SETTING("site-question", "workers", UNSIGNED, site_workers, 1, 256),
	SETTING("site-question", "queue", UNSIGNED, site_queue, 0, 10000),
	SETTING("site-question", "per-user", UNSIGNED, site_share, 1, 10000),
	SETTING("site-question", "seconds", UNSIGNED, site_seconds, 1, 3600),
	SETTING("site-question", "small-number", UNSIGNED, small_number, 0, 1000),
};
#define SETTING_COUNT (sizeof settings / sizeof *settings)

static const char *const sections[] = {
	"socket", "store", "http", "documents", "work", "plans", "recommendations", "site-question", "weights", "budget"};
#define SECTION_COUNT (sizeof sections / sizeof *sections)
#define NAMES_MAX 64

struct reading {
	struct carved_config *config;
	struct carved_findings *findings;
	const char *section;
	const struct carved_node *weights; // the last section of that name
	bool wrong;
};

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
		.plan_seconds = 300,
		.plan_seconds_max = 3600,
		.grace_seconds = 10,
		.frame_bytes = 256u << 20,
		.memory_bytes = (size_t)4 << 30,
		.sandbox = CARVED_SANDBOX_PREFER,
		.recommend_items = 3,
		.recommend_items_max = 20,
		.recommend_nodes = 2000,
		.recommend_further_nodes = 100,
		.recommend_displacement_nodes = 20000,
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
	config->site_budget.search_rounds = 10;
	config->site_budget.block_rounds = 1;
	config->site_budget.pricer_nodes = 500;
	config->site_budget.proof_nodes = 20000;
	config->site_budget.site_nodes = 20;
}

void carved_config_deinit(struct carved_config *config)
{
	carved_arena_deinit(&config->arena);
}

// The error of a new finding at a node (or at its key), for its parameters; NULL beyond the limit.
static struct carved_error *add_finding(struct reading *r, const struct carved_node *node, bool of_key, enum carved_code code)
{
	r->wrong = true;
	r->findings->error_count++;
	struct carved_finding *finding = carved_findings_add(r->findings);
	if (!finding)
		return NULL;
	finding->warning = false;
	finding->document = 0;
	finding->line = of_key ? node->key_line : node->line;
	finding->column = of_key ? node->key_column : node->column;
	snprintf(finding->pointer, sizeof finding->pointer, "%s%s%s%s", r->section ? "/" : "", r->section ? r->section : "",
		node->key ? "/" : "", node->key ? node->key : "");
	carved_error_set(&finding->error, code);
	return &finding->error;
}

static void add_unknown(struct reading *r, const struct carved_node *node, const char *const names[], size_t count)
{
	const char *similar = carved_suggest(node->key, names, count);
	struct carved_error *error = add_finding(r, node, true, similar ? CARVED_SETTING_MISSPELT : CARVED_SETTING_UNKNOWN);
	carved_error_add(error, "setting", node->key);
	if (similar)
		carved_error_add(error, "suggestion", similar);
}

static void add_invalid(struct reading *r, const struct carved_node *node, const char *allowed)
{
	struct carved_error *error = add_finding(r, node, false, CARVED_SETTING_INVALID);
	carved_error_add(error, "setting", node->key);
	carved_error_add(error, "value", node->text ? node->text : "");
	carved_error_add(error, "allowed", allowed);
}

static bool read_number(struct reading *r, const struct carved_node *node, int64_t lowest, int64_t highest, int64_t *ret_number)
{
	char allowed[64];
	if (node->kind == CARVED_NODE_INTEGER && node->integer >= lowest && node->integer <= highest) {
		*ret_number = node->integer;
		return true;
	}
	snprintf(allowed, sizeof allowed, "%" PRId64 "..%" PRId64, lowest, highest);
	add_invalid(r, node, allowed);
	return false;
}

// A mode is written as people write it, in octal: "0660", with or without quotes.
static bool read_mode(struct reading *r, const struct carved_node *node, unsigned *ret_mode)
{
	char *end = NULL;
	unsigned long mode = node->text && *node->text ? strtoul(node->text, &end, 8) : 01000;
	if (node->text && end && !*end && mode <= 0777) {
		*ret_mode = (unsigned)mode;
		return true;
	}
	add_invalid(r, node, "0600..0777");
	return false;
}

static const char *const sandbox_names[] = {
	[CARVED_SANDBOX_PREFER] = "prefer", [CARVED_SANDBOX_REQUIRE] = "require", [CARVED_SANDBOX_OFF] = "off"};

static void read_sandbox(struct reading *r, const struct carved_node *node, enum carved_sandbox *ret_sandbox)
{
	for (size_t i = 0; i < sizeof sandbox_names / sizeof *sandbox_names; i++) {
		if (node->text && strcmp(node->text, sandbox_names[i]) == 0) {
			*ret_sandbox = (enum carved_sandbox)i;
			return;
		}
	}
	add_invalid(r, node, "prefer, require, off");
}

static void read_setting(struct reading *r, const struct carved_node *node, const struct setting *setting)
{
	char *at = (char *)r->config + setting->offset;
	int64_t number;
	switch (setting->type) {
	case TEXT:
		if (node->kind == CARVED_NODE_STRING || (node->plain && node->text && *node->text))
			*(const char **)(void *)at = carved_arena_strdup(&r->config->arena, node->text);
		else
			add_invalid(r, node, "text");
		break;
	case MODE:
		read_mode(r, node, (unsigned *)(void *)at);
		break;
	case BOOL:
		if (node->kind == CARVED_NODE_BOOL)
			*(bool *)(void *)at = node->boolean;
		else
			add_invalid(r, node, "true, false");
		break;
	case UNSIGNED:
		if (read_number(r, node, setting->lowest, setting->highest, &number))
			*(unsigned *)(void *)at = (unsigned)number;
		break;
	case SIZE:
		if (read_number(r, node, setting->lowest, setting->highest, &number))
			*(size_t *)(void *)at = (size_t)number;
		break;
	case SANDBOX:
		read_sandbox(r, node, (enum carved_sandbox *)(void *)at);
		break;
	}
}

static void read_weight(struct reading *r, const struct carved_node *node)
{
	const char *names[NAMES_MAX];
	int64_t number;
	const struct carved_weight_info *info = carved_weight_find(node->key);
	if (info) {
		if (read_number(r, node, info->lowest, info->highest, &number))
			*(int32_t *)(void *)((char *)&r->config->weights + info->offset) = (int32_t)number;
		return;
	}
	size_t count = carved_weight_count < NAMES_MAX ? carved_weight_count : NAMES_MAX;
	for (size_t i = 0; i < count; i++)
		names[i] = carved_weight_infos[i].name;
	add_unknown(r, node, names, count);
}

static const struct carved_budget_info *find_budget(const char *name)
{
	for (size_t i = 0; i < carved_budget_count; i++) {
		if (strcmp(carved_budget_infos[i].name, name) == 0)
			return &carved_budget_infos[i];
	}
	return NULL;
}

bool carved_config_set_budget(struct carved_budget *budget, const char *name, int64_t value, bool *ret_valid)
{
	const struct carved_budget_info *info = find_budget(name);
	if (!info)
		return false;
	*ret_valid = value >= info->lowest && value <= info->highest;
	if (*ret_valid)
		*(uint32_t *)(void *)((char *)budget + info->offset) = (uint32_t)value;
	return true;
}

static bool read_budget_of(struct reading *r, const struct carved_node *node, struct carved_budget *budget)
{
	const struct carved_budget_info *info = find_budget(node->key);
	int64_t number;
	if (info && read_number(r, node, info->lowest, info->highest, &number))
		*(uint32_t *)(void *)((char *)budget + info->offset) = (uint32_t)number;
	return info != NULL;
}

static size_t add_budget_names(const char *names[], size_t count)
{
	for (size_t i = 0; i < carved_budget_count; i++)
		names[count++] = carved_budget_infos[i].name;
	return count;
}

static void read_budget(struct reading *r, const struct carved_node *node)
{
	const char *names[NAMES_MAX];
	if (!read_budget_of(r, node, &r->config->budget))
		add_unknown(r, node, names, add_budget_names(names, 0));
}

// A setting of the section at hand. The site question's section holds a budget of its own beside its settings.
static void read_setting_member(struct reading *r, const struct carved_node *node)
{
	const char *names[SETTING_COUNT + NAMES_MAX];
	size_t count = 0;
	bool has_budget = strcmp(r->section, "site-question") == 0;
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(settings[i].section, r->section) != 0)
			continue;
		if (strcmp(settings[i].name, node->key) == 0) {
			read_setting(r, node, &settings[i]);
			return;
		}
		names[count++] = settings[i].name;
	}
	if (has_budget && read_budget_of(r, node, &r->config->site_budget))
		return;
	add_unknown(r, node, names, has_budget ? add_budget_names(names, count) : count);
}

static void read_section(struct reading *r, const struct carved_node *node)
{
	void (*read)(struct reading *, const struct carved_node *) = read_setting_member;
	if (node->kind == CARVED_NODE_NULL)
		return; // all commented out
	if (node->kind != CARVED_NODE_MAP) {
		add_finding(r, node, false, CARVED_SETTING_NO_SECTION);
		return;
	}
	if (strcmp(node->key, "weights") == 0)
		read = read_weight;
	else if (strcmp(node->key, "budget") == 0)
		read = read_budget;
	r->section = node->key;
	for (const struct carved_node *member = carved_node_first(node); member; member = member->next)
		read(r, member);
	r->section = NULL;
}

static bool is_section(const char *name)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		if (strcmp(sections[i], name) == 0)
			return true;
	}
	return false;
}

// Once everything is read: the shares may stand in several documents. Told at the last that has weights.
static void check_fit_sum(struct reading *r)
{
	const struct carved_weights *weights = &r->config->weights;
	int sum = weights->fit_comfort + weights->fit_wish + weights->fit_challenge + weights->fit_setting + weights->fit_travel;
	if (sum != 100 && r->weights)
		carved_error_add_number(add_finding(r, r->weights, true, CARVED_SETTING_FIT_SUM), "sum", sum);
}

static void read_root(struct reading *r, const struct carved_node *root)
{
	if (root->kind != CARVED_NODE_MAP) {
		add_finding(r, root, false, CARVED_SETTING_NO_SECTION);
		return;
	}
	for (const struct carved_node *member = carved_node_first(root); member; member = member->next) {
		if (is_section(member->key))
			read_section(r, member);
		else
			add_unknown(r, member, sections, SECTION_COUNT);
	}
	const struct carved_node *weights = carved_node_get(root, "weights");
	r->weights = weights ? weights : r->weights;
}

bool carved_config_read(struct carved_config *config, const char *text, size_t length, struct carved_findings *findings)
{
	struct reading r = {.config = config, .findings = findings};
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_yaml_reader *reader = carved_yaml_reader_new(text, length);
	const struct carved_node *root = NULL;
	struct carved_node place = {0};
	struct carved_error error;
	for (;;) {
		if (!carved_yaml_read(reader, &arena, &root, &error, &place.line, &place.column)) {
			struct carved_error *told = add_finding(&r, &place, false, error.code);
			if (told)
				*told = error;
			break;
		}
		if (!root)
			break;
		read_root(&r, root);
	}
	check_fit_sum(&r);
	carved_yaml_reader_free(reader);
	carved_arena_deinit(&arena);
	return !r.wrong;
}

bool carved_config_load(struct carved_config *config, const char *file, struct carved_findings *findings)
{
	struct reading r = {.config = config, .findings = findings};
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_node nowhere = {0};
	char piece[8192];
	size_t length;
	FILE *stream = fopen(file, "re");
	while (stream && (length = fread(piece, 1, sizeof piece, stream)) > 0)
		carved_buffer_add(&text, piece, length);
	bool good = stream && !ferror(stream);
	if (!good) {
		struct carved_error *error = add_finding(&r, &nowhere, false, CARVED_FILE_UNREADABLE);
		carved_error_add(error, "file", file);
		carved_error_add(error, "reason", strerror(errno));
	}
	if (stream)
		fclose(stream);
	good = good && carved_config_read(config, text.data ? text.data : "", text.length, findings);
	carved_buffer_deinit(&text);
	return good;
}

// ---- what is not at its default

static void format_setting(const struct carved_config *config, const struct setting *setting, char *text, size_t room)
{
	const void *at = (const char *)config + setting->offset;
	switch (setting->type) {
	case TEXT:
		snprintf(text, room, "%s", *(const char *const *)at ? *(const char *const *)at : "");
		break;
	case MODE:
		snprintf(text, room, "%04o", *(const unsigned *)at);
		break;
	case UNSIGNED:
		snprintf(text, room, "%u", *(const unsigned *)at);
		break;
	case SIZE:
		snprintf(text, room, "%zu", *(const size_t *)at);
		break;
	case BOOL:
		snprintf(text, room, "%s", *(const bool *)at ? "true" : "false");
		break;
	case SANDBOX:
		snprintf(text, room, "%s", sandbox_names[*(const enum carved_sandbox *)at]);
		break;
	}
}

struct comparison {
	void (*each)(void *context, const char *setting, const char *value, const char *usual);
	void *context;
};

static void compare(
	const struct comparison *comparison, const char *section, const char *name, const char *value, const char *usual)
{
	char setting[128];
	snprintf(setting, sizeof setting, "%s.%s", section, name);
	if (strcmp(value, usual) != 0)
		comparison->each(comparison->context, setting, value, usual);
}

static void compare_numbers(
	const struct comparison *comparison, const char *section, const char *name, int64_t value, int64_t usual)
{
	char texts[2][32];
	snprintf(texts[0], sizeof texts[0], "%" PRId64, value);
	snprintf(texts[1], sizeof texts[1], "%" PRId64, usual);
	compare(comparison, section, name, texts[0], texts[1]);
}

void carved_config_each_changed(const struct carved_config *config,
	void (*each)(void *context, const char *setting, const char *value, const char *usual), void *context)
{
	const struct comparison comparison = {.each = each, .context = context};
	struct carved_config usual;
	char texts[2][4096];
	carved_config_init(&usual);
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		format_setting(config, &settings[i], texts[0], sizeof texts[0]);
		format_setting(&usual, &settings[i], texts[1], sizeof texts[1]);
		compare(&comparison, settings[i].section, settings[i].name, texts[0], texts[1]);
	}
	for (size_t i = 0; i < carved_weight_count; i++) {
		size_t at = carved_weight_infos[i].offset;
		compare_numbers(&comparison, "weights", carved_weight_infos[i].name,
			*(const int32_t *)(const void *)((const char *)&config->weights + at),
			*(const int32_t *)(const void *)((const char *)&usual.weights + at));
	}
	for (size_t i = 0; i < carved_budget_count; i++) {
		size_t at = carved_budget_infos[i].offset;
		compare_numbers(&comparison, "budget", carved_budget_infos[i].name,
			*(const uint32_t *)(const void *)((const char *)&config->budget + at),
			*(const uint32_t *)(const void *)((const char *)&usual.budget + at));
	}
	carved_config_deinit(&usual);
}
