// SPDX-License-Identifier: EUPL-1.2
// What is not at its default.
#include "config_settings.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void format_setting(const struct carved_config *config, const struct carved_setting *setting, char *text, size_t room)
{
	const void *at = (const char *)config + setting->offset;
	switch (setting->type) {
	case CARVED_TEXT:
		snprintf(text, room, "%s", *(const char *const *)at ? *(const char *const *)at : "");
		break;
	case CARVED_MODE:
		snprintf(text, room, "%04o", *(const unsigned *)at);
		break;
	case CARVED_UNSIGNED:
		snprintf(text, room, "%u", *(const unsigned *)at);
		break;
	case CARVED_SIZE:
		snprintf(text, room, "%zu", *(const size_t *)at);
		break;
	case CARVED_BOOL:
		snprintf(text, room, "%s", *(const bool *)at ? "true" : "false");
		break;
	case CARVED_SANDBOX:
		snprintf(text, room, "%s", carved_sandbox_names[*(const enum carved_sandbox *)at]);
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
	for (size_t i = 0; i < carved_setting_count; i++) {
		format_setting(config, &carved_settings[i], texts[0], sizeof texts[0]);
		format_setting(&usual, &carved_settings[i], texts[1], sizeof texts[1]);
		compare(&comparison, carved_settings[i].section, carved_settings[i].name, texts[0], texts[1]);
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
