// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/json.h"
#include "what_if.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTER_MAX = 160 };

struct reading {
	struct carved_what_if *to;
	const struct carved_region *region;
	const char *candidate;
	const char *body;
	size_t length;
	struct carved_error unread; // of findings beyond the limit
};

static struct carved_error *report(struct reading *r, const char *pointer, enum carved_code code)
{
	r->to->findings.error_count++;
	struct carved_finding *finding = carved_findings_add(&r->to->findings);
	if (!finding)
		return &r->unread;
	snprintf(finding->pointer, sizeof finding->pointer, "%s", pointer);
	carved_json_locate(r->body, r->length, pointer, false, &finding->line, &finding->column);
	carved_error_set(&finding->error, code);
	return &finding->error;
}

static void report_value(struct reading *r, const char *pointer, const char *allowed)
{
	struct carved_error *error = report(r, pointer, CARVED_REQUEST_VALUE_INVALID);
	carved_error_add(error, "key", pointer[0] ? pointer + 1 : "");
	carved_error_add(error, "allowed", allowed);
}

static void report_unknown(struct reading *r, const char *pointer, const char *key, const char *known)
{
	struct carved_error *error = report(r, pointer, CARVED_REQUEST_KEY_UNKNOWN);
	carved_error_add(error, "key", key);
	carved_error_add(error, "known", known);
}

static const char *text_of(const struct carved_node *node)
{
	return node && node->kind == CARVED_NODE_STRING ? node->text : NULL;
}

static const char *json_of(struct reading *r, const struct carved_node *node)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_json_format(node, &text);
	const char *kept = carved_arena_strdup(&r->to->arena, text.data);
	carved_buffer_deinit(&text);
	return kept;
}

// ---- the documents

static struct carved_what_if_document *find(struct reading *r, enum carved_kind kind, const char *ref)
{
	for (size_t i = 0; i < r->to->count; i++) {
		if (r->to->documents[i].kind == kind && strcmp(r->to->documents[i].ref, ref) == 0)
			return &r->to->documents[i];
	}
	return NULL;
}

static struct carved_what_if_document *add(
	struct reading *r, enum carved_kind kind, const char *ref, const char *json, size_t length)
{
	struct carved_what_if *to = r->to;
	struct carved_json_edit edit;
	if (!carved_json_edit_open(&edit, json, length, NULL)) {
		carved_json_edit_deinit(&edit);
		return NULL;
	}
	if (to->count == to->room) {
		to->room = to->room ? to->room * 2 : 8;
		to->documents = carved_realloc_array(to->documents, to->room, sizeof *to->documents);
	}
	to->documents[to->count] =
		(struct carved_what_if_document){.kind = kind, .ref = carved_arena_strdup(&to->arena, ref), .edit = edit};
	return &to->documents[to->count++];
}

// The document as it is changed so far: begins from the one that is stored.
static struct carved_json_edit *edit_of(struct reading *r, const char *pointer, enum carved_kind kind, const char *ref)
{
	struct carved_what_if_document *document = find(r, kind, ref);
	const struct carved_document *stored = document ? NULL : carved_region_find(r->region, kind, ref);
	if (stored)
		document = add(r, kind, ref, stored->json, stored->json_length);
	if (document)
		return &document->edit;
	struct carved_error *error = report(r, pointer, CARVED_DOCUMENT_NOT_FOUND);
	carved_error_add(error, "kind", carved_kind_names[kind]);
	carved_error_add(error, "ref", ref);
	return NULL;
}

static bool find_kind(const char *name, enum carved_kind *ret_kind)
{
	for (int kind = 0; name && kind < CARVED_KINDS; kind++) {
		if (strcmp(carved_kind_names[kind], name) == 0) {
			*ret_kind = (enum carved_kind)kind;
			return true;
		}
	}
	return false;
}

static void report_edit(struct reading *r, const char *pointer, const struct carved_error *why)
{
	*report(r, pointer, why->code) = *why;
}

// ---- members

static void read_document(struct reading *r, const char *pointer, const struct carved_node *node)
{
	enum carved_kind kind;
	const char *ref = text_of(carved_node_get(node, "ref"));
	if (!find_kind(text_of(carved_node_get(node, "kind")), &kind) || !ref) {
		report_value(r, pointer, "{kind: candidate|site|coach|vocabulary, ref: …}");
		return;
	}
	const char *json = json_of(r, node);
	if (find(r, kind, ref))
		report_value(r, pointer, "each document once");
	else
		add(r, kind, ref, json, strlen(json));
}

// A change as an advice tells it: {document: {kind, ref}, patch: {op, path, value}}; its other members are for people.
static void read_change(struct reading *r, const char *pointer, const struct carved_node *node)
{
	const struct carved_node *document = carved_node_get(node, "document"), *patch = carved_node_get(node, "patch"),
				 *value = carved_node_get(patch, "value");
	const char *ref = text_of(carved_node_get(document, "ref")), *op = text_of(carved_node_get(patch, "op")),
		   *path = text_of(carved_node_get(patch, "path"));
	bool removes = op && strcmp(op, "remove") == 0, adds = op && strcmp(op, "add") == 0 && value;
	enum carved_kind kind;
	struct carved_error why;
	if (!find_kind(text_of(carved_node_get(document, "kind")), &kind) || !ref || !path || !(removes || adds)) {
		report_value(r, pointer, "{document: {kind, ref}, patch: {op: add|remove, path, value}}");
		return;
	}
	struct carved_json_edit *edit = edit_of(r, pointer, kind, ref);
	if (edit && !(removes ? carved_json_edit_remove(edit, path, &why)
			      : carved_json_edit_set(edit, path, json_of(r, value), &why)))
		report_edit(r, pointer, &why);
}

// "hours.max" is "/hours/max".
static void read_set(struct reading *r, const char *pointer, const struct carved_node *node)
{
	const char *path = text_of(carved_node_get(node, "path"));
	const struct carved_node *value = carved_node_get(node, "value");
	struct carved_error why;
	if (!path || !*path || !value) {
		report_value(r, pointer, "{path: hours.max, value: …}");
		return;
	}
	char *steps = carved_arena_printf(&r->to->arena, "%s%s", *path == '/' ? "" : "/", path);
	for (char *at = steps; *path != '/' && *at; at++)
		*at = *at == '.' ? '/' : *at;
	struct carved_json_edit *edit = edit_of(r, pointer, CARVED_KIND_CANDIDATE, r->candidate);
	if (edit && !carved_json_edit_set(edit, steps, json_of(r, value), &why))
		report_edit(r, pointer, &why);
}

// "S-014/nurse-a/meals" in its parts; returns how many there are, 0 where one is empty or there are more than three.
static int split(struct reading *r, const char *text, const char *parts[3])
{
	int count = 0;
	char *at = text ? carved_arena_strdup(&r->to->arena, text) : NULL;
	while (at) {
		char *end = strchr(at, '/');
		if (end)
			*end++ = '\0';
		if (!*at || count == 3)
			return 0;
		parts[count++] = at;
		at = end;
	}
	return count;
}

static size_t index_of(const struct carved_node *list, const char *ref)
{
	size_t index = 0;
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next, index++) {
		if (strcmp(carved_node_get_text(item, "ref", ""), ref) == 0)
			return index;
	}
	return SIZE_MAX;
}

static const struct carved_node *item_at(const struct carved_node *list, size_t index)
{
	const struct carved_node *item = carved_node_first(list);
	while (item && index-- > 0)
		item = item->next;
	return item;
}

static void report_missing(struct reading *r, const char *pointer, const char *const parts[3], bool task)
{
	struct carved_error *error = report(r, pointer, task ? CARVED_TASK_NOT_FOUND : CARVED_WORK_NOT_FOUND);
	carved_error_add(error, "site", parts[0]);
	carved_error_add(error, "work", parts[1]);
	if (task)
		carved_error_add(error, "task", parts[2]);
}

static void leave_out(
	struct reading *r, const char *pointer, struct carved_json_edit *edit, const char *const parts[3], bool task)
{
	static const char *const lists[] = {"jobs", "vacancies"};
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		const struct carved_node *list = carved_node_get(edit->root, lists[l]);
		size_t j = index_of(list, parts[1]);
		if (j == SIZE_MAX)
			continue;
		size_t t = task ? index_of(carved_node_get(item_at(list, j), "tasks"), parts[2]) : 0;
		if (t == SIZE_MAX)
			break;
		const char *path = task ? carved_arena_printf(&r->to->arena, "/%s/%zu/tasks/%zu", lists[l], j, t)
					: carved_arena_printf(&r->to->arena, "/%s/%zu", lists[l], j);
		carved_json_edit_remove(edit, path, NULL);
		return;
	}
	report_missing(r, pointer, parts, task);
}

static void read_without(struct reading *r, const char *pointer, const struct carved_node *node)
{
	const char *parts[3];
	int count = split(r, text_of(node), parts);
	if (count < 2) {
		report_value(r, pointer, "SITE/JOB, SITE/JOB/TASK");
		return;
	}
	struct carved_json_edit *edit = edit_of(r, pointer, CARVED_KIND_SITE, parts[0]);
	if (edit)
		leave_out(r, pointer, edit, parts, count == 3);
}

static void read_facility(struct reading *r, const char *pointer, const struct carved_node *node)
{
	const char *parts[3];
	struct carved_error why;
	if (split(r, text_of(node), parts) != 2) {
		report_value(r, pointer, "SITE/FACILITY");
		return;
	}
	struct carved_json_edit *edit = edit_of(r, pointer, CARVED_KIND_SITE, parts[0]);
	if (!edit)
		return;
	const struct carved_node *facilities = carved_node_get(edit->root, "facilities");
	for (const struct carved_node *there = carved_node_first(facilities); there; there = there->next) {
		if (there->text && strcmp(there->text, parts[1]) == 0)
			return; // it is there already
	}
	struct carved_buffer value = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&value);
	if (!facilities)
		carved_json_begin_array(&writer, NULL);
	carved_json_add_text(&writer, NULL, parts[1]);
	if (!facilities)
		carved_json_end_array(&writer);
	if (!carved_json_edit_set(edit, facilities ? "/facilities/-" : "/facilities", value.data, &why))
		report_edit(r, pointer, &why);
	carved_buffer_deinit(&value);
}

static void read_list(struct reading *r, const struct carved_node *body, const char *key,
	void (*read)(struct reading *r, const char *pointer, const struct carved_node *node))
{
	const struct carved_node *list = carved_node_get(body, key);
	char pointer[POINTER_MAX];
	size_t index = 0;
	snprintf(pointer, sizeof pointer, "/%s", key);
	if (list && list->kind != CARVED_NODE_LIST) {
		report_value(r, pointer, "[…]");
		return;
	}
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next) {
		snprintf(pointer, sizeof pointer, "/%s/%zu", key, index++);
		read(r, pointer, item);
	}
}

static void check_keys(struct reading *r, const struct carved_node *body)
{
	static const char known[] = "set, without, facilities, changes, documents";
	for (const struct carved_node *member = carved_node_first(body); member; member = member->next) {
		char pointer[POINTER_MAX];
		const char *at = strstr(known, member->key);
		size_t length = strlen(member->key);
		bool is_known = length > 2 && at && (at == known || at[-1] == ' ') && (at[length] == ',' || !at[length]);
		snprintf(pointer, sizeof pointer, "/%s", member->key);
		if (!is_known)
			report_unknown(r, pointer, member->key, known);
	}
}

bool carved_what_if_read(struct carved_what_if *what_if, const struct carved_region *region, const char *candidate,
	const char *body, size_t length)
{
	struct reading r = {.to = what_if, .region = region, .candidate = candidate, .body = body, .length = length};
	const struct carved_node *root = NULL;
	struct carved_error why;
	uint32_t line, column;
	if (!carved_json_parse(body, length, &what_if->arena, &root, &why, &line, &column)) {
		struct carved_finding *finding = carved_findings_add(&what_if->findings);
		what_if->findings.error_count++;
		if (finding)
			*finding = (struct carved_finding){.error = why, .line = line, .column = column};
		return false;
	}
	if (root->kind != CARVED_NODE_MAP) {
		report_value(&r, "", "{…}");
		return false;
	}
	check_keys(&r, root);
	read_list(&r, root, "documents", read_document);
	read_list(&r, root, "changes", read_change);
	read_list(&r, root, "set", read_set);
	read_list(&r, root, "without", read_without);
	read_list(&r, root, "facilities", read_facility);
	return what_if->findings.error_count == 0;
}

void carved_what_if_deinit(struct carved_what_if *what_if)
{
	for (size_t i = 0; i < what_if->count; i++)
		carved_json_edit_deinit(&what_if->documents[i].edit);
	free(what_if->documents);
	carved_findings_deinit(&what_if->findings);
	carved_arena_deinit(&what_if->arena);
	*what_if = (struct carved_what_if){0};
}

void carved_what_if_format(const struct carved_what_if *what_if, struct carved_buffer *text)
{
	for (size_t i = 0; i < what_if->count; i++) {
		carved_json_format(what_if->documents[i].edit.root, text);
		carved_buffer_add_text(text, "\n");
	}
}
