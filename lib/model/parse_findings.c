// SPDX-License-Identifier: EUPL-1.2
// Findings: where they are kept, and how a place becomes a pointer and a position.
#include "carved/base/json.h"
#include "reading.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_IN_SENTENCE = 60 };

struct carved_finding *carved_findings_add(struct carved_findings *findings)
{
	size_t limit = findings->limit ? findings->limit : CARVED_FINDINGS_DEFAULT_LIMIT;
	if (findings->count == limit) {
		findings->dropped++;
		return NULL;
	}
	if (findings->count == findings->capacity) {
		findings->capacity = findings->capacity ? findings->capacity * 2 : 8;
		findings->items = carved_realloc_array(findings->items, findings->capacity, sizeof *findings->items);
	}
	struct carved_finding *finding = &findings->items[findings->count++];
	*finding = (struct carved_finding){0};
	return finding;
}

void carved_findings_deinit(struct carved_findings *findings)
{
	free(findings->items);
	*findings = (struct carved_findings){0};
}

static void add_step(struct carved_buffer *buffer, const char *key)
{
	carved_buffer_add(buffer, "/", 1);
	for (; *key; key++) {
		if (*key == '~' || *key == '/')
			carved_buffer_add_text(buffer, *key == '~' ? "~0" : "~1");
		else
			carved_buffer_add(buffer, key, 1);
	}
}

static void add_pointer(struct carved_buffer *buffer, const struct carved_place *place)
{
	if (!place->up)
		return;
	add_pointer(buffer, place->up);
	if (place->node && place->node->key)
		add_step(buffer, place->node->key);
	else
		carved_buffer_printf(buffer, "/%zu", place->index);
}

static void set_pointer(struct carved_finding *finding, const struct carved_place *place)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	size_t room = sizeof finding->pointer - 1;
	add_pointer(&buffer, place);
	if (buffer.length <= room) {
		memcpy(finding->pointer, buffer.data ? buffer.data : "", buffer.length + 1);
	} else {
		size_t kept = room - 3;
		while (kept && ((unsigned char)buffer.data[kept] & 0xC0) == 0x80)
			kept--;
		memcpy(finding->pointer, buffer.data, kept);
		memcpy(finding->pointer + kept, "...", 4);
	}
	carved_buffer_deinit(&buffer);
}

static void ensure_positions(struct carved_reading *reading)
{
	if (reading->json && !reading->has_positions)
		carved_json_add_positions(reading->json, reading->json_length, reading->line, reading->root);
	reading->has_positions = true;
}

static struct carved_error *report(struct carved_reading *reading, const struct carved_place *place, enum carved_code code,
	bool of_key, enum carved_severity severity)
{
	if (severity == CARVED_IS_ERROR)
		reading->findings->error_count++;
	struct carved_finding *finding = carved_findings_add(reading->findings);
	if (!finding) {
		carved_error_set(&reading->unused, code);
		return &reading->unused;
	}
	ensure_positions(reading);
	bool has_key = of_key && place->node->key;
	finding->warning = severity == CARVED_IS_WARNING;
	finding->document = reading->document;
	finding->line = has_key ? place->node->key_line : place->node->line;
	finding->column = has_key ? place->node->key_column : place->node->column;
	set_pointer(finding, place);
	carved_error_set(&finding->error, code);
	return &finding->error;
}

struct carved_error *carved_report(struct carved_reading *reading, const struct carved_place *place, enum carved_code code)
{
	return report(reading, place, code, false, CARVED_IS_ERROR);
}

struct carved_error *carved_report_key(struct carved_reading *reading, const struct carved_place *place, enum carved_code code)
{
	return report(reading, place, code, true, CARVED_IS_ERROR);
}

struct carved_error *carved_warn(struct carved_reading *reading, const struct carved_place *place, enum carved_code code)
{
	return report(reading, place, code, false, CARVED_IS_WARNING);
}

void carved_report_text(struct carved_error *error, const char *name, const char *text)
{
	char cut[TEXT_IN_SENTENCE + 4];
	size_t length = strlen(text), kept = length < TEXT_IN_SENTENCE ? length : TEXT_IN_SENTENCE;
	while (kept < length && kept && ((unsigned char)text[kept] & 0xC0) == 0x80)
		kept--;
	snprintf(cut, sizeof cut, "%.*s%s", (int)kept, text, kept < length ? "..." : "");
	carved_error_add(error, name, cut);
}

struct carved_place carved_place_of(const struct carved_place *up, const char *key)
{
	return carved_place_below(up, up->node ? carved_node_get(up->node, key) : NULL, 0);
}
