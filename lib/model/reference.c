// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/reference.h"
#include "carved/base/suggest.h"
#include "schema.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_MAX = 80, KEYS_MAX = 64 };

struct carved_reference carved_reference_of(enum carved_kind kind)
{
	struct carved_reference reference = {.kind = kind, .schema = carved_schemas[kind]};
	snprintf(reference.path, sizeof reference.path, "%s", carved_kind_names[kind]);
	return reference;
}

static struct carved_reference below_of(const struct carved_reference *above, const struct carved_field *field)
{
	struct carved_reference below = {.kind = above->kind, .field = field, .schema = field->schema};
	int length = snprintf(below.path, sizeof below.path, "%s.%s", above->path, field->key);
	if (length < 0 || (size_t)length >= sizeof below.path)
		abort(); // the tables nest less deeply
	return below;
}

// ---- keys below

size_t carved_reference_count(const struct carved_reference *reference)
{
	size_t count = 0;
	for (size_t i = 0; reference->schema && i < reference->schema->count; i++)
		count += reference->schema->fields[i].key != NULL;
	return count;
}

struct carved_reference carved_reference_below(const struct carved_reference *reference, size_t index)
{
	for (size_t i = 0; reference->schema && i < reference->schema->count; i++) {
		const struct carved_field *field = &reference->schema->fields[i];
		if (field->key && index-- == 0)
			return below_of(reference, field);
	}
	abort();
}

// ---- paths

// The next step of a path in `step`; what is longer than any key is cut. Returns what is behind it.
static const char *next_step(const char *path, char step[STEP_MAX])
{
	size_t length = strcspn(path, "./");
	snprintf(step, STEP_MAX, "%.*s", (int)(length < STEP_MAX ? length : STEP_MAX - 1), path);
	char *bracket = strchr(step, '['); // "build-up[]"
	if (bracket)
		*bracket = '\0';
	path += length;
	return path + (*path != '\0');
}

// An index, or nothing.
static bool is_passed_over(const char *step)
{
	return step[strspn(step, "0123456789")] == '\0' || strcmp(step, "*") == 0;
}

static bool fail(struct carved_error *error, const char *step, const char *const *keys, size_t count, const char *list_name)
{
	struct carved_buffer list = CARVED_BUFFER_INIT;
	const char *suggestion = carved_suggest(step, keys, count);
	for (size_t i = 0; i < count; i++)
		carved_buffer_printf(&list, "%s%s", i ? ", " : "", keys[i]);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
	carved_error_add(error, list_name, count ? list.data : "-");
	carved_buffer_deinit(&list);
	return false;
}

static bool fail_at_kind(const char *step, struct carved_error *error)
{
	carved_error_set(error, CARVED_KIND_UNKNOWN);
	carved_error_add(error, "key", "kind");
	carved_error_add(error, "text", step);
	return fail(error, step, carved_kind_names, CARVED_KINDS, "choices");
}

static bool fail_at_key(const struct carved_reference *above, const char *step, struct carved_error *error)
{
	const char *keys[KEYS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < carved_reference_count(above) && count < KEYS_MAX; i++) {
		struct carved_reference below = carved_reference_below(above, i);
		keys[count++] = carved_reference_key(&below);
	}
	carved_error_set(error, CARVED_DOCUMENT_KEY_UNKNOWN);
	carved_error_add(error, "key", step);
	carved_error_add(error, "above", above->path);
	return fail(error, step, keys, count, "known");
}

static bool find_kind(const char *step, struct carved_reference *ret_reference)
{
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		if (strcmp(carved_kind_names[kind], step) == 0) {
			*ret_reference = carved_reference_of((enum carved_kind)kind);
			return true;
		}
	}
	return false;
}

// A word of a vocabulary stands between its map and its labels: people may say it or not.
static bool is_word(const struct carved_reference *reference)
{
	return reference->field && reference->field->kind == CARVED_FIELD_VOCABULARY;
}

bool carved_reference_find(const char *path, struct carved_reference *ret_reference, struct carved_error *error)
{
	char step[STEP_MAX];
	struct carved_reference at;
	path = next_step(path, step);
	if (!find_kind(step, &at))
		return fail_at_kind(step, error);
	for (bool word = false; *path;) {
		path = next_step(path, step);
		if (is_passed_over(step))
			continue;
		const struct carved_field *field = at.schema ? carved_schema_find(at.schema, step) : NULL;
		if (!field && is_word(&at) && !word) {
			word = true;
			continue;
		}
		if (!field)
			return fail_at_key(&at, step, error);
		at = below_of(&at, field);
		word = false;
	}
	*ret_reference = at;
	return true;
}

// ---- what is said of a key

const char *carved_reference_key(const struct carved_reference *reference)
{
	return reference->field ? reference->field->key : carved_kind_names[reference->kind];
}

const char *carved_reference_example(const struct carved_reference *reference)
{
	return reference->field ? reference->field->example : NULL;
}

bool carved_reference_is_required(const struct carved_reference *reference)
{
	return reference->field && reference->field->required;
}

const char *carved_reference_meaning(const struct carved_reference *reference, enum carved_language language)
{
	static const char *const kinds[CARVED_KINDS] = {
		"document.meaning.candidate", "document.meaning.site", "document.meaning.coach", "document.meaning.vocabulary"};
	if (!reference->field)
		return carved_text(language, kinds[reference->kind]);
	return language == CARVED_DUTCH ? reference->field->nl : reference->field->en;
}

bool carved_reference_default(const struct carved_reference *reference, char ret_text[CARVED_HOURS_TEXT_MAX])
{
	const struct carved_field *field = reference->field;
	if (!field || !field->states_default)
		return false;
	if (field->kind == CARVED_FIELD_HOURS || field->kind == CARVED_FIELD_HOURS_STEPS)
		carved_quarters_format((int)field->otherwise, ret_text);
	else
		snprintf(ret_text, CARVED_HOURS_TEXT_MAX, "%lld", (long long)field->otherwise);
	return true;
}

static const char *const holds[] = {
	[CARVED_FIELD_KIND] = "document.holds.kind",
	[CARVED_FIELD_TEXT] = "document.holds.text",
	[CARVED_FIELD_REF] = "document.holds.ref",
	[CARVED_FIELD_WORD] = "document.holds.word",
	[CARVED_FIELD_INTEGER] = "document.holds.integer",
	[CARVED_FIELD_HOURS] = "document.holds.hours",
	[CARVED_FIELD_HOURS_STEPS] = "document.holds.hours-steps",
	[CARVED_FIELD_SHARE] = "document.holds.share",
	[CARVED_FIELD_DATE] = "document.holds.date",
	[CARVED_FIELD_BOOL] = "document.holds.bool",
	[CARVED_FIELD_CHOICE] = "document.holds.choice",
	[CARVED_FIELD_CHOICES] = "document.holds.choices",
	[CARVED_FIELD_PER] = "document.holds.per",
	[CARVED_FIELD_POSTCODE] = "document.holds.postcode",
	[CARVED_FIELD_ICF] = "document.holds.icf",
	[CARVED_FIELD_QUALIFIER] = "document.holds.qualifier",
	[CARVED_FIELD_WORDS] = "document.holds.words",
	[CARVED_FIELD_REFS] = "document.holds.refs",
	[CARVED_FIELD_LEVELS] = "document.holds.levels",
	[CARVED_FIELD_QUALIFIERS] = "document.holds.qualifiers",
	[CARVED_FIELD_AVAILABLE] = "document.holds.available",
	[CARVED_FIELD_OPEN] = "document.holds.open",
	[CARVED_FIELD_WHEN] = "document.holds.when",
	[CARVED_FIELD_TASK_HOURS] = "document.holds.task-hours",
	[CARVED_FIELD_MINUTES] = "document.holds.minutes",
	[CARVED_FIELD_VOCABULARY] = "document.holds.vocabulary",
	[CARVED_FIELD_OBJECT] = "document.holds.object",
	[CARVED_FIELD_LIST] = "document.holds.list",
};

static void add_range(const struct carved_field *field, struct carved_error *parameters)
{
	if (field->kind == CARVED_FIELD_HOURS || field->kind == CARVED_FIELD_HOURS_STEPS) {
		carved_error_add_hours(parameters, "min", (int)field->least);
		carved_error_add_hours(parameters, "max", (int)field->most);
	} else {
		carved_error_add_number(parameters, "min", field->least);
		carved_error_add_number(parameters, "max", field->most);
	}
}

void carved_reference_add_holds(
	const struct carved_reference *reference, enum carved_language language, struct carved_buffer *buffer)
{
	const struct carved_field *field = reference->field;
	struct carved_error parameters;
	struct carved_buffer choices = CARVED_BUFFER_INIT;
	if (!field) {
		carved_buffer_add_text(buffer, carved_text(language, "document.holds.object"));
		return;
	}
	carved_error_set(&parameters, CARVED_OK);
	add_range(field, &parameters);
	for (size_t i = 0; field->choices && field->choices[i]; i++)
		carved_buffer_printf(&choices, "%s`%s`", i ? ", " : "", field->choices[i]);
	if (choices.length)
		carved_error_add(&parameters, "choices", choices.data);
	bool limited = field->kind == CARVED_FIELD_LIST && field->most;
	carved_text_fill(language, limited ? "document.holds.list-of-at-most" : holds[field->kind], &parameters, buffer);
	carved_buffer_deinit(&choices);
}
