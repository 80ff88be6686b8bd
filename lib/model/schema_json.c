// SPDX-License-Identifier: EUPL-1.2
// The schema tables as JSON Schema 2020-12. At least as permissive as the reader: what is a setting (length of texts and lists) is left out, and so is what
// validators compute in binary fractions (a share's three decimals).
#include "carved/base/yaml.h"
#include "carved/model/reference.h"
#include "schema.h"
#include <stdlib.h>
#include <string.h>

#define REF_PATTERN "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"
#define WORD_PATTERN "^[^\\u0000-\\u0020\\u007F]([^\\u0000-\\u001F\\u007F]*[^\\u0000-\\u0020\\u007F])?$"
#define TEXT_PATTERN                                                                                                             \
	"^[^\\u0000-\\u0008\\u000B-\\u001F\\u007F]*[^\\u0000-\\u0020\\u007F][^\\u0000-\\u0008\\u000B-\\u001F\\u007F]*$"
#define DATE_PATTERN "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
#define POSTCODE_PATTERN "^[0-9]{4}$"
enum { WORD_MAX = 64 };

static const char *const icf_patterns[] = {[CARVED_ICF_ANY] = "^[bdes][1-9][0-9]{2,4}$",
	[CARVED_ICF_PERSON] = "^[bds][1-9][0-9]{2,4}$",
	[CARVED_ICF_ENVIRONMENT] = "^e[1-9][0-9]{2,4}$"};

static void write_object(struct carved_json_writer *writer, const struct carved_schema *schema, enum carved_kind kind);

static void write_type(struct carved_json_writer *writer, const char *type)
{
	carved_json_add_text(writer, "type", type);
}

static void write_pattern(struct carved_json_writer *writer, const char *pattern)
{
	write_type(writer, "string");
	carved_json_add_text(writer, "pattern", pattern);
}

static void write_word(struct carved_json_writer *writer)
{
	write_pattern(writer, WORD_PATTERN);
	carved_json_add_integer(writer, "maxLength", WORD_MAX);
}

static void write_integer(struct carved_json_writer *writer, int64_t least, int64_t most)
{
	write_type(writer, "integer");
	carved_json_add_integer(writer, "minimum", least);
	carved_json_add_integer(writer, "maximum", most);
}

static void write_hours(struct carved_json_writer *writer, int64_t least_q, int64_t most_q)
{
	write_type(writer, "number");
	carved_json_add_hours(writer, "minimum", (int)least_q);
	carved_json_add_hours(writer, "maximum", (int)most_q);
	carved_json_add_hours(writer, "multipleOf", 1);
}

static void write_enum(struct carved_json_writer *writer, const char *const *words, size_t count)
{
	write_type(writer, "string");
	carved_json_begin_array(writer, "enum");
	for (size_t i = 0; i < count && words[i]; i++)
		carved_json_add_text(writer, NULL, words[i]);
	carved_json_end_array(writer);
}

// A list of texts, none of them twice: write the schema of an item, then end it.
static void begin_list(struct carved_json_writer *writer, int64_t most)
{
	write_type(writer, "array");
	if (most)
		carved_json_add_integer(writer, "maxItems", most);
	carved_json_add_bool(writer, "uniqueItems", true);
	carved_json_begin_object(writer, "items");
}

// Maps whose keys are people's own: keys by pattern, values by what is written between begin and end.
static void begin_map(struct carved_json_writer *writer, const char *key_pattern)
{
	write_type(writer, "object");
	carved_json_begin_object(writer, "propertyNames");
	carved_json_add_text(writer, "pattern", key_pattern);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "additionalProperties");
}

static void write_qualifiers(struct carved_json_writer *writer, enum carved_icf_side side, bool may_be_unknown)
{
	begin_map(writer, icf_patterns[side]);
	carved_json_begin_array(writer, "enum");
	for (int value = 0; value <= 4; value++)
		carved_json_add_integer(writer, NULL, value);
	if (may_be_unknown)
		carved_json_add_integer(writer, NULL, CARVED_NOT_ASSESSED);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

// {pm: 3}
static void write_part_with_hours(struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, NULL);
	write_type(writer, "object");
	carved_json_add_integer(writer, "minProperties", 1);
	carved_json_add_integer(writer, "maxProperties", 1);
	carved_json_begin_object(writer, "properties");
	for (int part = 0; part < CARVED_PARTS_PER_DAY; part++) {
		carved_json_begin_object(writer, carved_part_names[part]);
		write_hours(writer, 1, carved_part_length_q[part]);
		carved_json_end_object(writer);
	}
	carved_json_end_object(writer);
	carved_json_add_bool(writer, "additionalProperties", false);
	carved_json_end_object(writer);
}

static void write_part(struct carved_json_writer *writer, bool with_hours)
{
	if (!with_hours) {
		write_enum(writer, carved_part_names, CARVED_PARTS_PER_DAY);
		return;
	}
	carved_json_begin_array(writer, "anyOf");
	carved_json_begin_object(writer, NULL);
	write_enum(writer, carved_part_names, CARVED_PARTS_PER_DAY);
	carved_json_end_object(writer);
	write_part_with_hours(writer);
	carved_json_end_array(writer);
}

// A day with nothing behind it is a day without parts.
static void write_days(struct carved_json_writer *writer, bool with_hours)
{
	write_type(writer, "object");
	carved_json_begin_object(writer, "propertyNames");
	write_enum(writer, carved_day_names, CARVED_DAYS);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "additionalProperties");
	carved_json_begin_array(writer, "type");
	carved_json_add_text(writer, NULL, "array");
	carved_json_add_text(writer, NULL, "null");
	carved_json_end_array(writer);
	carved_json_add_bool(writer, "uniqueItems", true);
	carved_json_begin_object(writer, "items");
	write_part(writer, with_hours);
	carved_json_end_object(writer);
	carved_json_end_object(writer);
}

static void write_when(struct carved_json_writer *writer)
{
	carved_json_add_integer(writer, "minItems", 1);
	begin_list(writer, 0);
	write_enum(writer, carved_day_part_names, CARVED_DAY_PARTS);
	carved_json_end_object(writer);
}

static void write_task_hours(struct carved_json_writer *writer, const struct carved_field *field)
{
	carved_json_begin_array(writer, "anyOf");
	carved_json_begin_object(writer, NULL);
	write_hours(writer, field->least, field->most);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, NULL);
	write_type(writer, "object");
	carved_json_add_integer(writer, "minProperties", 1);
	carved_json_begin_object(writer, "propertyNames");
	write_enum(writer, carved_day_part_names, CARVED_DAY_PARTS);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "additionalProperties");
	write_hours(writer, 1, CARVED_FIXED_HOURS_MAX_Q);
	carved_json_end_object(writer);
	carved_json_end_object(writer);
	carved_json_end_array(writer);
}

// A word without labels has nothing behind it.
static void write_vocabulary(struct carved_json_writer *writer, const struct carved_field *field, enum carved_kind kind)
{
	write_type(writer, "object");
	carved_json_begin_object(writer, "propertyNames");
	write_word(writer);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, "additionalProperties");
	carved_json_begin_array(writer, "anyOf");
	carved_json_begin_object(writer, NULL);
	write_type(writer, "null");
	carved_json_end_object(writer);
	carved_json_begin_object(writer, NULL);
	write_object(writer, field->schema, kind);
	carved_json_end_object(writer);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

static void write_items(struct carved_json_writer *writer, const struct carved_field *field, enum carved_kind kind)
{
	write_type(writer, "array");
	if (field->most)
		carved_json_add_integer(writer, "maxItems", field->most);
	carved_json_begin_object(writer, "items");
	write_object(writer, field->schema, kind);
	carved_json_end_object(writer);
}

static void write_hours_steps(struct carved_json_writer *writer, const struct carved_field *field, enum carved_kind kind)
{
	carved_json_begin_array(writer, "anyOf");
	carved_json_begin_object(writer, NULL);
	write_hours(writer, field->least, field->most);
	carved_json_end_object(writer);
	carved_json_begin_object(writer, NULL);
	write_items(writer, field->list, kind);
	carved_json_end_object(writer);
	carved_json_end_array(writer);
}

static void write_scalar(struct carved_json_writer *writer, const struct carved_field *field)
{
	switch (field->kind) {
	case CARVED_FIELD_REF:
		write_pattern(writer, REF_PATTERN);
		break;
	case CARVED_FIELD_WORD:
		write_word(writer);
		break;
	case CARVED_FIELD_INTEGER:
	case CARVED_FIELD_QUALIFIER:
		write_integer(writer, field->least, field->most);
		break;
	case CARVED_FIELD_HOURS:
		write_hours(writer, field->least, field->most);
		break;
	case CARVED_FIELD_SHARE:
		write_type(writer, "number");
		carved_json_add_integer(writer, "minimum", 0);
		carved_json_add_integer(writer, "maximum", 1);
		break;
	case CARVED_FIELD_DATE:
		write_pattern(writer, DATE_PATTERN);
		carved_json_add_text(writer, "format", "date");
		break;
	case CARVED_FIELD_BOOL:
		write_type(writer, "boolean");
		break;
	case CARVED_FIELD_CHOICE:
		write_enum(writer, field->choices, SIZE_MAX);
		break;
	case CARVED_FIELD_PER:
		carved_json_add_text(writer, "const", "week");
		break;
	case CARVED_FIELD_POSTCODE:
		write_pattern(writer, POSTCODE_PATTERN);
		break;
	case CARVED_FIELD_ICF:
		write_pattern(writer, icf_patterns[field->side]);
		break;
	default:
		write_pattern(writer, TEXT_PATTERN);
	}
}

static void write_value(struct carved_json_writer *writer, const struct carved_field *field, enum carved_kind kind)
{
	switch (field->kind) {
	case CARVED_FIELD_CHOICES:
	case CARVED_FIELD_WORDS:
	case CARVED_FIELD_REFS:
		begin_list(writer, field->most);
		if (field->kind == CARVED_FIELD_CHOICES)
			write_enum(writer, field->choices, SIZE_MAX);
		else if (field->kind == CARVED_FIELD_WORDS)
			write_word(writer);
		else
			write_pattern(writer, REF_PATTERN);
		carved_json_end_object(writer);
		break;
	case CARVED_FIELD_LEVELS:
	case CARVED_FIELD_QUALIFIERS:
		write_qualifiers(writer, field->side, field->kind == CARVED_FIELD_QUALIFIERS);
		break;
	case CARVED_FIELD_AVAILABLE:
	case CARVED_FIELD_OPEN:
		write_days(writer, field->kind == CARVED_FIELD_AVAILABLE);
		break;
	case CARVED_FIELD_WHEN:
		write_when(writer);
		break;
	case CARVED_FIELD_TASK_HOURS:
		write_task_hours(writer, field);
		break;
	case CARVED_FIELD_HOURS_STEPS:
		write_hours_steps(writer, field, kind);
		break;
	case CARVED_FIELD_MINUTES:
		begin_map(writer, POSTCODE_PATTERN);
		write_integer(writer, 0, field->most);
		carved_json_end_object(writer);
		break;
	case CARVED_FIELD_VOCABULARY:
		write_vocabulary(writer, field, kind);
		break;
	case CARVED_FIELD_OBJECT:
		write_object(writer, field->schema, kind);
		break;
	case CARVED_FIELD_LIST:
		write_items(writer, field, kind);
		break;
	default:
		write_scalar(writer, field);
	}
}

// The value of "hours: 24", which is YAML of our own.
static void write_example(struct carved_json_writer *writer, const struct carved_field *field)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_yaml_reader *reader = carved_yaml_reader_new(field->example, strlen(field->example));
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	if (!carved_yaml_read(reader, &arena, &root, &error, &line, &column) || !carved_node_get(root, field->key))
		abort();
	carved_json_begin_array(writer, "examples");
	carved_json_add_node(writer, NULL, carved_node_get(root, field->key));
	carved_json_end_array(writer);
	carved_yaml_reader_free(reader);
	carved_arena_deinit(&arena);
}

// What a key holds and what is said about it, without the braces.
static void write_field(struct carved_json_writer *writer, const struct carved_field *field, enum carved_kind kind)
{
	carved_json_add_text(writer, "description", field->en);
	carved_json_add_text(writer, "x-description-nl", field->nl);
	if (field->kind == CARVED_FIELD_KIND) {
		carved_json_add_text(writer, "const", carved_kind_names[kind]);
		return;
	}
	if (field->states_default && (field->kind == CARVED_FIELD_HOURS || field->kind == CARVED_FIELD_HOURS_STEPS))
		carved_json_add_hours(writer, "default", (int)field->otherwise);
	else if (field->states_default)
		carved_json_add_integer(writer, "default", field->otherwise);
	write_example(writer, field);
	write_value(writer, field, kind);
}

static void write_required(struct carved_json_writer *writer, const struct carved_schema *schema)
{
	carved_json_begin_array(writer, "required");
	for (size_t i = 0; i < schema->count; i++) {
		if (schema->fields[i].required)
			carved_json_add_text(writer, NULL, schema->fields[i].key);
	}
	carved_json_end_array(writer);
}

static void write_texts(struct carved_json_writer *writer, const char *key, const char *const *texts)
{
	carved_json_begin_array(writer, key);
	for (; *texts; texts++)
		carved_json_add_text(writer, NULL, *texts);
	carved_json_end_array(writer);
}

// Which keys must stand beside which.
static void write_companions(struct carved_json_writer *writer, const struct carved_schema *schema)
{
	bool any = false;
	for (size_t i = 0; i < schema->count; i++) {
		if (!schema->fields[i].needs)
			continue;
		if (!any)
			carved_json_begin_object(writer, "dependentRequired");
		any = true;
		write_texts(writer, schema->fields[i].key, schema->fields[i].needs);
	}
	if (any)
		carved_json_end_object(writer);
	if (!schema->one_of)
		return;
	carved_json_begin_array(writer, "anyOf");
	for (const char *const *key = schema->one_of; *key; key++) {
		carved_json_begin_object(writer, NULL);
		write_texts(writer, "required", (const char *const[]){*key, NULL});
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

// The members of an object's schema, without the braces.
static void write_object(struct carved_json_writer *writer, const struct carved_schema *schema, enum carved_kind kind)
{
	write_type(writer, "object");
	carved_json_begin_object(writer, "properties");
	for (size_t i = 0; i < schema->count; i++) {
		const struct carved_field *field = &schema->fields[i];
		if (!field->key)
			continue;
		carved_json_begin_object(writer, field->key);
		write_field(writer, field, kind);
		carved_json_end_object(writer);
	}
	carved_json_end_object(writer);
	write_required(writer, schema);
	write_companions(writer, schema);
	carved_json_add_bool(writer, "additionalProperties", false);
}

void carved_reference_write_schema(const struct carved_reference *reference, struct carved_json_writer *writer, const char *key)
{
	carved_json_begin_object(writer, key);
	if (!key)
		carved_json_add_text(writer, "$schema", "https://json-schema.org/draft/2020-12/schema");
	carved_json_add_text(writer, "title", carved_reference_key(reference));
	if (reference->field)
		write_field(writer, reference->field, reference->kind);
	else
		write_object(writer, reference->schema, reference->kind);
	carved_json_end_object(writer);
}
