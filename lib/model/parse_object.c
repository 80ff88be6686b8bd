// SPDX-License-Identifier: EUPL-1.2
// A map against its schema: unknown keys, missing keys, and each field handed to the reader of its kind.
#include "reading.h"
#include <string.h>

static void read_object_field(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	if (carved_expect(reading, field, place, CARVED_NODE_MAP))
		carved_read_object(reading, field->schema, place, target);
}

static carved_read_fn *const readers[] = {
	[CARVED_FIELD_KIND] = carved_read_kind,
	[CARVED_FIELD_TEXT] = carved_read_text,
	[CARVED_FIELD_REF] = carved_read_ref,
	[CARVED_FIELD_WORD] = carved_read_word,
	[CARVED_FIELD_INTEGER] = carved_read_integer,
	[CARVED_FIELD_HOURS] = carved_read_hours,
	[CARVED_FIELD_HOURS_STEPS] = carved_read_hours_steps,
	[CARVED_FIELD_SHARE] = carved_read_share,
	[CARVED_FIELD_DATE] = carved_read_date,
	[CARVED_FIELD_BOOL] = carved_read_bool,
	[CARVED_FIELD_CHOICE] = carved_read_choice,
	[CARVED_FIELD_CHOICES] = carved_read_choices,
	[CARVED_FIELD_PER] = carved_read_per,
	[CARVED_FIELD_POSTCODE] = carved_read_postcode,
	[CARVED_FIELD_ICF] = carved_read_icf,
	[CARVED_FIELD_QUALIFIER] = carved_read_qualifier,
	[CARVED_FIELD_WORDS] = carved_read_words,
	[CARVED_FIELD_REFS] = carved_read_refs,
	[CARVED_FIELD_LEVELS] = carved_read_levels,
	[CARVED_FIELD_QUALIFIERS] = carved_read_qualifiers,
	[CARVED_FIELD_AVAILABLE] = carved_read_available,
	[CARVED_FIELD_OPEN] = carved_read_open,
	[CARVED_FIELD_WHEN] = carved_read_when,
	[CARVED_FIELD_TASK_HOURS] = carved_read_task_hours,
	[CARVED_FIELD_MINUTES] = carved_read_minutes,
	[CARVED_FIELD_VOCABULARY] = carved_read_vocabulary,
	[CARVED_FIELD_OBJECT] = read_object_field,
	[CARVED_FIELD_LIST] = carved_read_list,
};

static void read_default(const struct carved_field *field, void *target)
{
	switch (field->kind) {
	case CARVED_FIELD_OBJECT:
		carved_read_defaults(field->schema, target);
		break;
	case CARVED_FIELD_DATE:
		*(carved_date *)(void *)((char *)target + field->offset) = CARVED_DATE_NONE;
		break;
	case CARVED_FIELD_ICF:
		*(carved_icf *)(void *)((char *)target + field->offset) = CARVED_ICF_NONE;
		break;
	case CARVED_FIELD_CONSTANT:
	case CARVED_FIELD_INTEGER:
	case CARVED_FIELD_HOURS:
	case CARVED_FIELD_HOURS_STEPS:
		carved_store_integer(field, target, field->otherwise);
		break;
	default: // zeroed by the arena
		break;
	}
}

// Constants of a nested map mean that it is there ("has_carve"): they are stored when it is read.
void carved_read_defaults(const struct carved_schema *schema, void *target)
{
	for (size_t i = 0; i < schema->count; i++) {
		const struct carved_field *field = &schema->fields[i];
		if (field->kind != CARVED_FIELD_CONSTANT)
			read_default(field, target);
	}
}

static void add_known_keys(struct carved_error *error, const struct carved_schema *schema)
{
	struct carved_buffer known = CARVED_BUFFER_INIT;
	for (size_t i = 0; i < schema->count; i++) {
		if (!schema->fields[i].key)
			continue;
		if (known.length)
			carved_buffer_add_text(&known, ", ");
		carved_buffer_add_text(&known, schema->fields[i].key);
	}
	carved_error_add(error, "known", known.data ? known.data : "");
	carved_buffer_deinit(&known);
}

static const char *suggest_key(const struct carved_schema *schema, const char *key)
{
	const char *keys[64];
	size_t count = 0;
	for (size_t i = 0; i < schema->count && count < 64; i++) {
		if (schema->fields[i].key)
			keys[count++] = schema->fields[i].key;
	}
	return carved_suggest(key, keys, count);
}

static void report_unknown_key(
	struct carved_reading *reading, const struct carved_schema *schema, const struct carved_place *place)
{
	const char *key = place->node->key;
	enum carved_code refused = carved_privacy_of_key(key, reading->kind);
	struct carved_error *error = carved_report_key(reading, place, refused ? refused : CARVED_UNKNOWN_KEY);
	carved_report_text(error, "key", key);
	if (refused || carved_is_unused(reading, error))
		return;
	const char *suggestion = suggest_key(schema, key);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
	add_known_keys(error, schema);
}

static void report_missing(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place)
{
	struct carved_error *error = carved_report(reading, place, field->missing ? field->missing : CARVED_REQUIRED_KEY);
	carved_error_add(error, "key", field->key);
	carved_error_add(error, "example", field->example);
}

// Whether an unknown key of the map was probably meant to be this one: then that is the mistake, told once.
static bool is_misspelt(const struct carved_reading *reading, const struct carved_schema *schema,
	const struct carved_field *field, const struct carved_place *place)
{
	if (reading->findings->dropped > 0)
		return false; // nobody is told either way
	for (const struct carved_node *member = place->node->first; member; member = member->next) {
		const char *suggestion = carved_schema_find(schema, member->key) ? NULL : suggest_key(schema, member->key);
		if (suggestion && strcmp(suggestion, field->key) == 0)
			return true;
	}
	return false;
}

static void check_keys(struct carved_reading *reading, const struct carved_schema *schema, const struct carved_place *place)
{
	for (const struct carved_node *member = place->node->first; member; member = member->next) {
		struct carved_place below = carved_place_below(place, member, 0);
		if (!carved_schema_find(schema, member->key) && !carved_privacy_has_citizen_number(member->key))
			report_unknown_key(reading, schema, &below);
	}
}

static void read_field(struct carved_reading *reading, const struct carved_schema *schema, const struct carved_field *field,
	const struct carved_place *place, void *target)
{
	struct carved_place below = carved_place_of(place, field->key);
	if (!below.node) {
		if (field->required && !is_misspelt(reading, schema, field, place))
			report_missing(reading, field, place);
		return;
	}
	if (below.node->kind == CARVED_NODE_NULL) {
		struct carved_error *error = carved_report_key(reading, &below, CARVED_VALUE_MISSING);
		carved_error_add(error, "key", field->key);
		carved_error_add(error, "example", field->example);
		return;
	}
	bool is_scalar = below.node->kind != CARVED_NODE_LIST && below.node->kind != CARVED_NODE_MAP;
	if (is_scalar && carved_privacy_has_citizen_number(below.node->text))
		return; // reported, and not to be repeated in any message
	readers[field->kind](reading, field, &below, target);
}

void carved_read_object(
	struct carved_reading *reading, const struct carved_schema *schema, const struct carved_place *place, void *target)
{
	check_keys(reading, schema, place);
	for (size_t i = 0; i < schema->count; i++) {
		const struct carved_field *field = &schema->fields[i];
		if (field->kind == CARVED_FIELD_CONSTANT)
			carved_store_integer(field, target, field->otherwise);
		else
			read_field(reading, schema, field, place, target);
	}
}
