// SPDX-License-Identifier: EUPL-1.2
#include "listing.h"
#include "carved/base/json.h"
#include "render.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX 16

static char *page_path(struct carve_session *session, const char *path, const char *cursor)
{
	struct carved_buffer page = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&page, path);
	if (cursor) {
		carved_buffer_add_text(&page, "?cursor=");
		carve_http_escape(session->http, cursor, &page);
	}
	return carved_buffer_take(&page, NULL);
}

static void add_page(struct carve_listing *listing, struct carve_answer answer)
{
	const struct carved_node *items = carved_node_get(answer.json, "items");
	listing->answers = carved_realloc_array(listing->answers, listing->answer_count + 1, sizeof *listing->answers);
	listing->answers[listing->answer_count++] = answer;
	listing->total = carved_node_get_integer(answer.json, "count", 0);
	if (!items || items->count == 0)
		return;
	listing->items = carved_realloc_array(listing->items, listing->count + items->count, sizeof *listing->items);
	for (const struct carved_node *item = carved_node_first(items); item; item = item->next)
		listing->items[listing->count++] = item;
}

enum carve_exit carve_listing_get(struct carve_session *session, const char *path, struct carve_listing *ret_listing)
{
	struct carve_listing listing = {0};
	const char *cursor = NULL;
	enum carve_exit code;
	do {
		struct carve_answer answer;
		char *page = page_path(session, path, cursor);
		code = carve_session_get(session, page, &answer);
		free(page);
		if (code != CARVE_YES)
			break;
		cursor = carved_node_get_text(answer.json, "next", NULL);
		add_page(&listing, answer);
	} while (cursor);
	if (code != CARVE_YES) {
		carve_listing_deinit(&listing);
		return code;
	}
	if (listing.total < (int64_t)listing.count)
		listing.total = (int64_t)listing.count;
	*ret_listing = listing;
	return CARVE_YES;
}

void carve_listing_deinit(struct carve_listing *listing)
{
	for (size_t i = 0; i < listing->answer_count; i++)
		carve_answer_deinit(&listing->answers[i]);
	free(listing->answers);
	free(listing->items);
	*listing = (struct carve_listing){0};
}

void carve_listing_print_json(struct carve_session *session, const struct carve_listing *listing)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	carved_json_begin_object(&writer, NULL);
	carved_json_begin_array(&writer, "items");
	for (size_t i = 0; i < listing->count; i++)
		carved_json_add_node(&writer, NULL, listing->items[i]);
	carved_json_end_array(&writer);
	carved_json_add_integer(&writer, "count", listing->total);
	carved_json_end_object(&writer);
	fprintf(session->terminal->out, "%s\n", text.data);
	carved_buffer_deinit(&text);
}

const char *carve_value(const struct carve_terminal *terminal, const struct carved_node *node, char *text, size_t room)
{
	switch (node ? node->kind : CARVED_NODE_NULL) {
	case CARVED_NODE_STRING:
		return node->text;
	case CARVED_NODE_INTEGER:
		snprintf(text, room, "%" PRId64, node->integer);
		return text;
	case CARVED_NODE_REAL:
		snprintf(text, room, "%.10g", node->real);
		return text;
	case CARVED_NODE_BOOL:
		return carve_word(terminal, node->boolean ? "carve.yes" : "carve.no");
	case CARVED_NODE_NULL:
	case CARVED_NODE_LIST:
	case CARVED_NODE_MAP:
		break;
	}
	return "";
}

struct columns {
	const char *names[COLUMNS_MAX];
	bool right[COLUMNS_MAX];
	size_t count;
};

static void add_column(struct columns *columns, const struct carved_node *member)
{
	size_t at = 0;
	while (at < columns->count && strcmp(columns->names[at], member->key) != 0)
		at++;
	if (at < columns->count || columns->count == COLUMNS_MAX)
		return;
	columns->right[at] = member->kind == CARVED_NODE_INTEGER || member->kind == CARVED_NODE_REAL;
	columns->names[columns->count++] = member->key;
}

static void add_every_member(struct columns *columns, const struct carved_node *item)
{
	for (const struct carved_node *member = carved_node_first(item); member; member = member->next) {
		if (member->kind != CARVED_NODE_LIST && member->kind != CARVED_NODE_MAP && member->kind != CARVED_NODE_NULL)
			add_column(columns, member);
	}
}

static void choose_columns(struct columns *columns, const struct carve_listing *listing, const char *const *members)
{
	for (size_t i = 0; i < listing->count && !members; i++)
		add_every_member(columns, listing->items[i]);
	for (; members && *members; members++) {
		const struct carved_node *member = NULL;
		for (size_t i = 0; i < listing->count && !member; i++)
			member = carved_node_get(listing->items[i], *members);
		if (member)
			add_column(columns, member);
	}
}

// A cell for people: states by their labels, the gap in per cent.
static const char *cell(
	const struct carve_terminal *terminal, const struct carved_node *item, const char *member, char *text, size_t room)
{
	const struct carved_node *node = carved_node_get(item, member);
	if (node && node->kind == CARVED_NODE_STRING && strcmp(member, "state") == 0)
		return carve_render_label(terminal, "state", node->text);
	if (node && node->kind == CARVED_NODE_STRING && strcmp(member, "endedBy") == 0)
		return carve_render_label(terminal, "ended-by", node->text);
	if (node && node->kind == CARVED_NODE_REAL && strcmp(member, "gap") == 0) {
		snprintf(text, room, "%.2f%%", 100 * node->real);
		return text;
	}
	return carve_value(terminal, node, text, room);
}

static const char *heading(const struct carve_terminal *terminal, const char *member)
{
	char msgid[64];
	snprintf(msgid, sizeof msgid, "carve.column.%s", member);
	const char *text = carved_text_find(terminal->language, msgid);
	return text ? text : member;
}

void carve_listing_print(struct carve_session *session, const struct carve_listing *listing, const char *const *members)
{
	struct columns columns = {0};
	char text[64];
	struct carve_table *table = carve_table_new(session->terminal);
	choose_columns(&columns, listing, members);
	for (size_t i = 0; i < columns.count; i++)
		carve_table_add_column(table, heading(session->terminal, columns.names[i]), columns.right[i]);
	for (size_t i = 0; i < listing->count; i++) {
		carve_table_add_line(table);
		for (size_t j = 0; j < columns.count; j++)
			carve_table_set(
				table, j, cell(session->terminal, listing->items[i], columns.names[j], text, sizeof text));
	}
	carve_table_print(table, 0);
	carve_table_free(table);
}
