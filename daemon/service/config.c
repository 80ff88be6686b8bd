// SPDX-License-Identifier: EUPL-1.2
// Reading settings from YAML: every finding with its place, all at once.
#include "carved/base/suggest.h"
#include "carved/base/yaml.h"
#include "config_settings.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 64

struct reading {
	struct carved_config *config;
	struct carved_findings *findings;
	const char *section;
	const struct carved_node *weights; // the last section of that name
	bool wrong;
};

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

static void read_sandbox(struct reading *r, const struct carved_node *node, enum carved_sandbox *ret_sandbox)
{
	for (size_t i = 0; i < carved_sandbox_name_count; i++) {
		if (node->text && strcmp(node->text, carved_sandbox_names[i]) == 0) {
			*ret_sandbox = (enum carved_sandbox)i;
			return;
		}
	}
	add_invalid(r, node, "prefer, require, off");
}

static void read_setting(struct reading *r, const struct carved_node *node, const struct carved_setting *setting)
{
	char *at = (char *)r->config + setting->offset;
	int64_t number;
	switch (setting->type) {
	case CARVED_TEXT:
		if (node->kind == CARVED_NODE_STRING || (node->plain && node->text && *node->text))
			*(const char **)(void *)at = carved_arena_strdup(&r->config->arena, node->text);
		else
			add_invalid(r, node, "text");
		break;
	case CARVED_MODE:
		read_mode(r, node, (unsigned *)(void *)at);
		break;
	case CARVED_BOOL:
		if (node->kind == CARVED_NODE_BOOL)
			*(bool *)(void *)at = node->boolean;
		else
			add_invalid(r, node, "true, false");
		break;
	case CARVED_UNSIGNED:
		if (read_number(r, node, setting->lowest, setting->highest, &number))
			*(unsigned *)(void *)at = (unsigned)number;
		break;
	case CARVED_SIZE:
		if (read_number(r, node, setting->lowest, setting->highest, &number))
			*(size_t *)(void *)at = (size_t)number;
		break;
	case CARVED_SANDBOX:
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
	const char *names[CARVED_SETTINGS_MAX + NAMES_MAX];
	size_t count = 0;
	bool has_budget = strcmp(r->section, "site-question") == 0;
	for (size_t i = 0; i < carved_setting_count; i++) {
		if (strcmp(carved_settings[i].section, r->section) != 0)
			continue;
		if (strcmp(carved_settings[i].name, node->key) == 0) {
			read_setting(r, node, &carved_settings[i]);
			return;
		}
		names[count++] = carved_settings[i].name;
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
	for (size_t i = 0; i < carved_setting_section_count; i++) {
		if (strcmp(carved_setting_sections[i], name) == 0)
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
			add_unknown(r, member, carved_setting_sections, carved_setting_section_count);
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
