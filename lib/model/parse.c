// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/parse.h"
#include "carved/model/rules.h"
#include "parse_document.h"
#include "parse_stream.h"
#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS_MAX = 100000, LIST_ITEMS_MAX = 5000, TEXT_BYTES_MAX = 2000 };

struct parser {
	struct carved_stream stream;
	struct carved_reading reading;
	struct carved_parsed *parsed;
	size_t *slots; // hash table of kind and ref: index in parsed + 1; 0 free
	size_t slot_count;
};

void carved_parse_limits_init(struct carved_parse_limits *limits)
{
	*limits = (struct carved_parse_limits){.documents = DOCUMENTS_MAX,
		.list_items = LIST_ITEMS_MAX,
		.text_bytes = TEXT_BYTES_MAX,
		.review_months = CARVED_REVIEW_MONTHS};
}

void carved_parsed_deinit(struct carved_parsed *parsed)
{
	for (size_t i = 0; i < parsed->count; i++)
		carved_document_unref(parsed->documents[i]);
	free(parsed->documents);
	free(parsed->lines);
	free(parsed->numbers);
	*parsed = (struct carved_parsed){0};
}

static void add_document(struct carved_parsed *parsed, struct carved_document *document, uint32_t line, uint32_t number)
{
	if (parsed->count == parsed->capacity) {
		parsed->capacity = parsed->capacity ? parsed->capacity * 2 : 16;
		parsed->documents = carved_realloc_array(parsed->documents, parsed->capacity, sizeof *parsed->documents);
		parsed->lines = carved_realloc_array(parsed->lines, parsed->capacity, sizeof *parsed->lines);
		parsed->numbers = carved_realloc_array(parsed->numbers, parsed->capacity, sizeof *parsed->numbers);
	}
	parsed->documents[parsed->count] = document;
	parsed->lines[parsed->count] = line;
	parsed->numbers[parsed->count++] = number;
}

static uint64_t hash(const struct carved_document *document)
{
	uint64_t value = 14695981039346656037u ^ (uint64_t)document->kind; // FNV-1a
	for (const char *at = document->ref; *at; at++)
		value = (value ^ (unsigned char)*at) * 1099511628211u;
	return value;
}

static size_t find_slot(const struct parser *parser, const struct carved_document *document)
{
	size_t at = (size_t)hash(document) & (parser->slot_count - 1);
	while (parser->slots[at]) {
		const struct carved_document *other = parser->parsed->documents[parser->slots[at] - 1];
		if (other->kind == document->kind && strcmp(other->ref, document->ref) == 0)
			break;
		at = (at + 1) & (parser->slot_count - 1);
	}
	return at;
}

static void grow_slots(struct parser *parser)
{
	free(parser->slots);
	parser->slot_count = parser->slot_count ? parser->slot_count * 2 : 64;
	parser->slots = carved_alloc_array(parser->slot_count, sizeof *parser->slots);
	for (size_t i = 0; i < parser->parsed->count; i++) {
		size_t slot = find_slot(parser, parser->parsed->documents[i]);
		if (!parser->slots[slot]) // the first of two with one ref stays
			parser->slots[slot] = i + 1;
	}
}

// The same kind and ref once more in one text: only one of them can be meant.
static void check_twice(struct parser *parser, const struct carved_document *document, const struct carved_node *root)
{
	if (parser->parsed->count * 2 >= parser->slot_count)
		grow_slots(parser);
	size_t slot = find_slot(parser, document);
	if (!parser->slots[slot]) {
		parser->slots[slot] = parser->parsed->count + 1;
		return;
	}
	struct carved_place place = {.node = root}, ref = carved_place_of(&place, "ref");
	struct carved_error *error = carved_report(&parser->reading, &ref, CARVED_DOCUMENT_TWICE);
	carved_error_add(error, "kind", carved_kind_names[document->kind]);
	carved_error_add(error, "ref", document->ref);
	carved_error_add_number(error, "line", parser->parsed->lines[parser->slots[slot] - 1]);
}

static void take_document(struct parser *parser, const struct carved_stream_item *item)
{
	struct carved_reading *reading = &parser->reading;
	bool is_right;
	reading->json = item->json;
	reading->json_length = item->json_length;
	reading->line = item->line;
	reading->root = item->root;
	reading->has_positions = false;
	struct carved_document *document = carved_parse_document(reading, item->root, &is_right);
	if (!document)
		return;
	check_twice(parser, document, item->root);
	add_document(parser->parsed, document, item->line, reading->document);
}

static void add_finding(struct parser *parser, const struct carved_error *error, uint32_t line, uint32_t column)
{
	struct carved_findings *findings = parser->reading.findings;
	findings->error_count++;
	struct carved_finding *finding = carved_findings_add(findings);
	if (!finding)
		return;
	finding->error = *error;
	carved_privacy_mask(&finding->error); // a reader quotes what it stumbled over
	finding->document = parser->reading.document;
	finding->line = line;
	finding->column = column;
}

static void add_text_finding(struct parser *parser, enum carved_code code, long long max, uint32_t line)
{
	struct carved_error error;
	carved_error_set(&error, code);
	if (max)
		carved_error_add_number(&error, "max", max);
	add_finding(parser, &error, line, 1);
}

static void parse_stream(struct parser *parser)
{
	size_t max = parser->reading.limits->documents;
	for (;; parser->reading.document++) {
		struct carved_arena nodes = CARVED_ARENA_INIT;
		struct carved_stream_item item;
		bool read = carved_stream_next(&parser->stream, &nodes, &item), ended = read && !item.root;
		if (!read)
			add_finding(parser, &item.error, item.error_line, item.error_column);
		else if (!ended && parser->reading.document >= max)
			add_text_finding(parser, CARVED_DOCUMENTS_TOO_MANY, (long long)max, item.line), ended = true;
		else if (!ended)
			take_document(parser, &item);
		carved_arena_deinit(&nodes);
		if (ended)
			break;
	}
	if (parser->reading.document == 0)
		add_text_finding(parser, CARVED_DOCUMENTS_NONE, 0, 1);
}

bool carved_parse_documents(const char *text, size_t length, enum carved_format format, carved_date today,
	const struct carved_parse_limits *limits, struct carved_parsed *ret_parsed, struct carved_findings *findings)
{
	struct carved_parse_limits usual;
	size_t errors = findings->error_count;
	carved_parse_limits_init(&usual);
	*ret_parsed = (struct carved_parsed){0};
	struct parser parser = {
		.parsed = ret_parsed, .reading = {.findings = findings, .limits = limits ? limits : &usual, .today = today}};
	carved_stream_open(&parser.stream, text, length, format);
	parse_stream(&parser);
	carved_stream_close(&parser.stream);
	free(parser.slots);
	return findings->error_count == errors;
}
