// SPDX-License-Identifier: EUPL-1.2
// A program of the build: writes the OpenAPI document that carved serves, from the parts beside this file and from the tables that the code is driven by.
//
//   part         a YAML file with a piece of the document; the pieces are laid over each other, and nothing may be said twice
//   for-each     in a part: a list of maps; the part counts once for each, with every <word> replaced by the map's text for it
//   every        in a part: `operation` is laid over each operation, `response` over each response, where they don't say it themselves
//   base path    that of the server's URL (/v1): parts write whole paths, the document what is behind it; a path elsewhere gets a server of its own
//   generated    schemas of documents, weights, budgets and rules come from the tables of lib/
//
// Whatever is odd ends the build: a part that can't be read, something said twice, a reference that leads nowhere.
#include "carved/base/json.h"
#include "carved/base/yaml.h"
#include "carved/instance/budget.h"
#include "carved/instance/weights.h"
#include "carved/model/reference.h"
#include "carved/model/rules.h"
#include "carved/text/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct carved_arena arena = CARVED_ARENA_INIT;

static _Noreturn void give_up(const char *where, const char *what)
{
	fprintf(stderr, "carved-openapi: %s: %s\n", where, what);
	exit(1);
}

// ---- trees that grow

static struct carved_node *find(const struct carved_node *map, const char *key)
{
	return (struct carved_node *)carved_node_get(map, key);
}

static void append(struct carved_node *parent, struct carved_node *child)
{
	struct carved_node **link = &parent->first;
	while (*link)
		link = &(*link)->next;
	*link = child;
	child->next = NULL;
	parent->count++;
}

// Replaces each <word> that `words` knows.
static const char *replace(const char *text, const struct carved_node *words)
{
	struct carved_buffer out = CARVED_BUFFER_INIT;
	if (!text || !words)
		return text;
	while (*text) {
		size_t plain = strcspn(text, "<"), word = strcspn(text + plain, ">");
		carved_buffer_add(&out, text, plain);
		text += plain;
		if (!*text)
			break;
		const char *name = carved_arena_strndup(&arena, text + 1, word > 0 ? word - 1 : 0);
		const char *instead = carved_node_get_text(words, name, NULL);
		carved_buffer_add(&out, instead ? instead : "<", instead ? strlen(instead) : 1);
		text += instead ? word + 1 : 1;
	}
	const char *result = carved_arena_strndup(&arena, out.data ? out.data : "", out.length);
	carved_buffer_deinit(&out);
	return result;
}

static struct carved_node *copy(const struct carved_node *from, const struct carved_node *words)
{
	struct carved_node *to = carved_arena_alloc(&arena, sizeof *to);
	*to = *from;
	to->next = to->first = NULL;
	to->count = 0;
	to->key = replace(from->key, words);
	to->text = replace(from->text, words);
	for (const struct carved_node *child = from->first; child; child = child->next)
		append(to, copy(child, words));
	return to;
}

static void append_copies(struct carved_node *list, const struct carved_node *items)
{
	for (const struct carved_node *item = items->first; item; item = item->next)
		append(list, copy(item, NULL));
}

// Lays a map over another. What is said in both is an error; with `keeps` the target's, where lists are joined.
static void lay_over(struct carved_node *target, const struct carved_node *source, bool keeps, const char *where)
{
	for (const struct carved_node *member = source->first; member; member = member->next) {
		struct carved_node *there = find(target, member->key);
		bool alike = there && there->kind == member->kind;
		if (!there)
			append(target, copy(member, NULL));
		else if (alike && there->kind == CARVED_NODE_MAP && !(keeps && find(there, "$ref")))
			lay_over(there, member, keeps, carved_arena_printf(&arena, "%s/%s", where, member->key));
		else if (alike && there->kind == CARVED_NODE_LIST && keeps)
			append_copies(there, member);
		else if (!keeps)
			give_up(where, carved_arena_printf(&arena, "'%s' is said twice", member->key));
	}
}

// ---- parts

static const struct carved_node *read_part(const char *path)
{
	char block[4096];
	struct carved_buffer text = CARVED_BUFFER_INIT;
	FILE *file = fopen(path, "r");
	const struct carved_node *root = NULL;
	struct carved_error error;
	uint32_t line, column;
	if (!file)
		give_up(path, "can't be read");
	for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
		carved_buffer_add(&text, block, got);
	fclose(file);
	const char *kept = carved_arena_strndup(&arena, text.data ? text.data : "", text.length);
	struct carved_yaml_reader *reader = carved_yaml_reader_new(kept, text.length);
	if (!carved_yaml_read(reader, &arena, &root, &error, &line, &column)) {
		struct carved_buffer sentence = CARVED_BUFFER_INIT;
		carved_text_error(CARVED_ENGLISH, &error, &sentence);
		give_up(carved_arena_printf(&arena, "%s:%u:%u", path, line, column), sentence.data);
	}
	if (!root || root->kind != CARVED_NODE_MAP)
		give_up(path, "is no map");
	carved_yaml_reader_free(reader);
	carved_buffer_deinit(&text);
	return root;
}

static void add_part(struct carved_node *document, const char *path)
{
	const struct carved_node *part = read_part(path), *each = carved_node_get(part, "for-each");
	struct carved_node body = *part;
	if (!each) {
		lay_over(document, part, false, path);
		return;
	}
	body.first = each->next; // it stands first
	if (part->first != each)
		give_up(path, "for-each must stand first");
	for (const struct carved_node *words = each->first; words; words = words->next)
		lay_over(document, copy(&body, words), false, path);
}

// ---- what the tables say

static void begin_settings(struct carved_json_writer *writer, const char *key, const char *description)
{
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "description", description);
	carved_json_add_text(writer, "type", "object");
	carved_json_begin_object(writer, "properties");
}

static void write_setting(struct carved_json_writer *writer, const char *name, int64_t preset, int64_t lowest, int64_t highest)
{
	carved_json_begin_object(writer, name);
	carved_json_add_text(writer, "type", "integer");
	carved_json_add_integer(writer, "minimum", lowest);
	carved_json_add_integer(writer, "maximum", highest);
	carved_json_add_integer(writer, "default", preset);
	carved_json_end_object(writer);
}

static void write_weights(struct carved_json_writer *writer)
{
	begin_settings(writer, "Weights", "every number that decided what a package is worth");
	for (size_t i = 0; i < carved_weight_count; i++) {
		const struct carved_weight_info *info = &carved_weight_infos[i];
		write_setting(writer, info->name, info->preset, info->lowest, info->highest);
	}
	carved_json_end_object(writer);
	carved_json_begin_array(writer, "required");
	for (size_t i = 0; i < carved_weight_count; i++)
		carved_json_add_text(writer, NULL, carved_weight_infos[i].name);
	carved_json_end_array(writer);
	carved_json_add_bool(writer, "additionalProperties", false);
	carved_json_end_object(writer);
}

// The defaults are those of a daemon that is not configured otherwise.
static void write_budget(struct carved_json_writer *writer)
{
	begin_settings(writer, "Budget", "how long the optimiser tries, for this plan only; what is not said is as configured");
	for (size_t i = 0; i < carved_budget_count; i++) {
		const struct carved_budget_info *info = &carved_budget_infos[i];
		write_setting(writer, info->name, info->preset, info->lowest, info->highest);
	}
	carved_json_end_object(writer);
	carved_json_add_bool(writer, "additionalProperties", false);
	carved_json_end_object(writer);
}

static void write_rules(struct carved_json_writer *writer)
{
	carved_json_begin_object(writer, "Rule");
	carved_json_add_text(writer, "description", "the name of a rule (docs/rules.md)");
	carved_json_add_text(writer, "type", "string");
	carved_json_begin_array(writer, "enum");
	for (size_t i = 0; i < CARVED_RULE_COUNT; i++)
		carved_json_add_text(writer, NULL, carved_rule_names[i]);
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

static void add_generated(struct carved_node *document)
{
	static const char *const names[CARVED_KINDS] = {"Candidate", "Site", "Coach", "Vocabulary"};
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	const struct carved_node *root;
	struct carved_error error;
	uint32_t line, column;
	carved_json_begin_object(&writer, NULL);
	carved_json_begin_object(&writer, "components");
	carved_json_begin_object(&writer, "schemas");
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		struct carved_reference reference = carved_reference_of((enum carved_kind)kind);
		carved_reference_write_schema(&reference, &writer, names[kind]);
	}
	write_weights(&writer);
	write_budget(&writer);
	write_rules(&writer);
	carved_json_end_object(&writer);
	carved_json_end_object(&writer);
	carved_json_end_object(&writer);
	if (!carved_json_parse(text.data, text.length, &arena, &root, &error, &line, &column))
		give_up("generated schemas", carved_code_name(error.code));
	lay_over(document, root, false, "generated schemas");
	carved_buffer_deinit(&text);
}

// ---- what holds everywhere

static struct carved_node *take(struct carved_node *map, const char *key)
{
	struct carved_node **link = &map->first;
	while (*link && strcmp((*link)->key, key) != 0)
		link = &(*link)->next;
	struct carved_node *taken = *link;
	if (!taken)
		give_up(key, "is missing");
	*link = taken->next;
	map->count--;
	return taken;
}

static void complete_responses(struct carved_node *responses, const struct carved_node *every)
{
	for (struct carved_node *response = responses ? responses->first : NULL; response; response = response->next) {
		if (!find(response, "$ref"))
			lay_over(response, every, true, response->key);
	}
}

static bool is_method(const char *key)
{
	static const char *const methods[] = {"get", "put", "post", "patch", "delete", NULL};
	for (const char *const *method = methods; *method; method++) {
		if (strcmp(*method, key) == 0)
			return true;
	}
	return false;
}

static void complete(struct carved_node *document)
{
	const struct carved_node *every = take(document, "every");
	struct carved_node *paths = find(document, "paths"), *components = find(document, "components");
	for (struct carved_node *path = paths->first; path; path = path->next) {
		for (struct carved_node *operation = path->first; operation; operation = operation->next) {
			if (!is_method(operation->key))
				continue;
			complete_responses(find(operation, "responses"), carved_node_get(every, "response"));
			lay_over(operation, carved_node_get(every, "operation"), true, operation->key);
		}
	}
	complete_responses(find(components, "responses"), carved_node_get(every, "response"));
}

static void add_text(struct carved_node *parent, const char *key, const char *text)
{
	struct carved_node *node = carved_arena_alloc(&arena, sizeof *node);
	*node = (struct carved_node){.kind = CARVED_NODE_STRING, .key = key, .text = text};
	append(parent, node);
}

static struct carved_node *add_node(struct carved_node *parent, enum carved_node_kind kind, const char *key)
{
	struct carved_node *node = carved_arena_alloc(&arena, sizeof *node);
	*node = (struct carved_node){.kind = kind, .key = key};
	append(parent, node);
	return node;
}

static void split_paths(struct carved_node *document)
{
	const struct carved_node *servers = find(document, "servers");
	const char *url = carved_node_get_text(carved_node_first(servers), "url", "");
	const char *host = strstr(url, "://"), *base = host ? strchr(host + 3, '/') : NULL;
	if (!base)
		give_up(url, "the server's URL has no base path");
	for (struct carved_node *path = find(document, "paths")->first; path; path = path->next) {
		size_t length = strlen(base);
		if (strncmp(path->key, base, length) == 0 && path->key[length] == '/')
			path->key += length;
		else
			add_text(add_node(add_node(path, CARVED_NODE_LIST, "servers"), CARVED_NODE_MAP, NULL), "url",
				carved_arena_strndup(&arena, url, (size_t)(base - url)));
	}
}

static bool leads_somewhere(const struct carved_node *document, const char *reference)
{
	char step[CARVED_POINTER_STEP_MAX];
	const struct carved_node *at = document;
	if (*reference++ != '#')
		return false;
	while (*reference && at) {
		reference = carved_pointer_step(reference, step);
		at = carved_node_get(at, step);
	}
	return at != NULL;
}

static void check_references(const struct carved_node *document, const struct carved_node *node)
{
	if (node->key && strcmp(node->key, "$ref") == 0 && node->kind == CARVED_NODE_STRING &&
		!leads_somewhere(document, node->text))
		give_up(node->text, "leads nowhere");
	for (const struct carved_node *child = node->first; child; child = child->next)
		check_references(document, child);
}

int main(int count, char *arguments[])
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_node document = {.kind = CARVED_NODE_MAP};
	if (count < 3) {
		fputs("usage: carved-openapi OUTPUT PART...\n", stderr);
		return 2;
	}
	for (int i = 2; i < count; i++)
		add_part(&document, arguments[i]);
	add_generated(&document);
	complete(&document);
	split_paths(&document);
	check_references(&document, &document);
	carved_json_format_pretty(&document, &text);
	carved_buffer_add(&text, "\n", 1);
	FILE *out = fopen(arguments[1], "w");
	if (!out || fwrite(text.data, 1, text.length, out) != text.length || fclose(out) != 0)
		give_up(arguments[1], "can't be written");
	carved_buffer_deinit(&text);
	carved_arena_deinit(&arena);
	return 0;
}
