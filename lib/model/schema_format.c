// SPDX-License-Identifier: EUPL-1.2
// Canonical JSON: members in the schema's order, maps with people's own keys sorted, hours and shares as numbers, nothing added. From the tree of a document in
// which no error was found, so each value has the kind that its field wants.
#include "carved/base/json.h"
#include "reading.h"
#include <stdlib.h>
#include <string.h>

static void add_object(
	struct carved_json_writer *writer, const char *key, const struct carved_schema *schema, const struct carved_node *node);

static void add_hours(struct carved_json_writer *writer, const char *key, const struct carved_node *node)
{
	int quarters = 0;
	if (!carved_quarters_parse(node->text, &quarters, NULL))
		abort(); // it was read before
	carved_json_add_hours(writer, key, quarters);
}

// "0.250" -> 0.25
static void add_share(struct carved_json_writer *writer, const char *key, const struct carved_node *node)
{
	size_t length = strlen(node->text);
	if (strchr(node->text, '.')) {
		while (node->text[length - 1] == '0')
			length--;
		if (node->text[length - 1] == '.')
			length--;
	}
	carved_json_add_raw(writer, key, node->text, length);
}

static void add_texts(struct carved_json_writer *writer, const char *key, const struct carved_node *list)
{
	carved_json_begin_array(writer, key);
	for (const struct carved_node *item = list->first; item; item = item->next)
		carved_json_add_text(writer, NULL, item->text);
	carved_json_end_array(writer);
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp((*(const struct carved_node *const *)a)->key, (*(const struct carved_node *const *)b)->key);
}

static void add_sorted(struct carved_json_writer *writer, const struct carved_field *field, const struct carved_node *map)
{
	const struct carved_node **members = carved_alloc_array(map->count, sizeof *members);
	size_t count = 0;
	for (const struct carved_node *member = map->first; member; member = member->next)
		members[count++] = member;
	qsort(members, count, sizeof *members, compare_keys);
	carved_json_begin_object(writer, field->key);
	for (size_t i = 0; i < count; i++) {
		if (field->schema)
			add_object(writer, members[i]->key, field->schema, members[i]);
		else
			carved_json_add_integer(writer, members[i]->key, members[i]->integer);
	}
	carved_json_end_object(writer);
	free(members);
}

static void add_day(struct carved_json_writer *writer, const char *key, const struct carved_node *parts)
{
	carved_json_begin_array(writer, key);
	for (const struct carved_node *part = parts->first; part; part = part->next) {
		if (part->kind != CARVED_NODE_MAP) {
			carved_json_add_text(writer, NULL, part->text);
			continue;
		}
		carved_json_begin_object(writer, NULL);
		add_hours(writer, part->first->key, part->first);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
}

static void add_days(struct carved_json_writer *writer, const char *key, const struct carved_node *map)
{
	carved_json_begin_object(writer, key);
	for (int day = 0; day < CARVED_DAYS; day++) {
		const struct carved_node *parts = carved_node_get(map, carved_day_names[day]);
		if (parts && parts->kind == CARVED_NODE_LIST)
			add_day(writer, carved_day_names[day], parts);
	}
	carved_json_end_object(writer);
}

static void add_task_hours(struct carved_json_writer *writer, const char *key, const struct carved_node *node)
{
	if (node->kind != CARVED_NODE_MAP) {
		add_hours(writer, key, node);
		return;
	}
	carved_json_begin_object(writer, key);
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		const struct carved_node *hours = carved_node_get(node, carved_day_part_names[part]);
		if (hours)
			add_hours(writer, hours->key, hours);
	}
	carved_json_end_object(writer);
}

static void add_list(struct carved_json_writer *writer, const struct carved_field *field, const struct carved_node *list)
{
	carved_json_begin_array(writer, field->key);
	for (const struct carved_node *item = list->first; item; item = item->next)
		add_object(writer, NULL, field->schema, item);
	carved_json_end_array(writer);
}

static void add_field(struct carved_json_writer *writer, const struct carved_field *field, const struct carved_node *node)
{
	switch (field->kind) {
	case CARVED_FIELD_INTEGER:
	case CARVED_FIELD_QUALIFIER:
		carved_json_add_integer(writer, field->key, node->integer);
		break;
	case CARVED_FIELD_HOURS:
		add_hours(writer, field->key, node);
		break;
	case CARVED_FIELD_HOURS_STEPS:
		if (node->kind == CARVED_NODE_LIST)
			add_list(writer, field, node);
		else
			add_hours(writer, field->key, node);
		break;
	case CARVED_FIELD_SHARE:
		add_share(writer, field->key, node);
		break;
	case CARVED_FIELD_BOOL:
		carved_json_add_bool(writer, field->key, node->boolean);
		break;
	case CARVED_FIELD_CHOICES:
	case CARVED_FIELD_WORDS:
	case CARVED_FIELD_REFS:
	case CARVED_FIELD_WHEN:
		add_texts(writer, field->key, node);
		break;
	case CARVED_FIELD_LEVELS:
	case CARVED_FIELD_QUALIFIERS:
	case CARVED_FIELD_MINUTES:
	case CARVED_FIELD_VOCABULARY:
		add_sorted(writer, field, node);
		break;
	case CARVED_FIELD_AVAILABLE:
	case CARVED_FIELD_OPEN:
		add_days(writer, field->key, node);
		break;
	case CARVED_FIELD_TASK_HOURS:
		add_task_hours(writer, field->key, node);
		break;
	case CARVED_FIELD_OBJECT:
		add_object(writer, field->key, field->schema, node);
		break;
	case CARVED_FIELD_LIST:
		add_list(writer, field, node);
		break;
	default: // all that is written as a text
		carved_json_add_text(writer, field->key, node->text);
	}
}

static void add_object(
	struct carved_json_writer *writer, const char *key, const struct carved_schema *schema, const struct carved_node *node)
{
	carved_json_begin_object(writer, key);
	for (size_t i = 0; i < schema->count; i++) {
		const struct carved_field *field = &schema->fields[i];
		const struct carved_node *member = field->key ? carved_node_get(node, field->key) : NULL;
		if (member)
			add_field(writer, field, member);
	}
	carved_json_end_object(writer);
}

void carved_schema_format(const struct carved_schema *schema, const struct carved_node *node, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	add_object(&writer, NULL, schema, node);
}
