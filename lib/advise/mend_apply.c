// SPDX-License-Identifier: EUPL-1.2
// Changes made in copies of the documents, which are then read as any document is.
#include "carved/base/json.h"
#include "carved/base/json_edit.h"
#include "carved/base/quarters.h"
#include "carved/model/part.h"
#include "mending.h"
#include <string.h>

struct making {
	const struct carved_mending *mending;
	struct carved_arena *arena; // of paths and values
	struct carved_json_edit edits[CARVED_KINDS];
	bool open[CARVED_KINDS];
};

static struct carved_json_edit *open_document(struct making *m, enum carved_kind kind)
{
	const struct carved_document *document = m->mending->base.region->documents[kind][0];
	if (!m->open[kind])
		m->open[kind] = carved_json_edit_open(&m->edits[kind], document->json, document->json_length, NULL);
	return m->open[kind] ? &m->edits[kind] : NULL;
}

// "/jobs/2/tasks/0" by refs, as the document stands now; NULL where it is not there.
static const char *find_task(struct making *m, const struct carved_json_edit *edit, const char *job, const char *task)
{
	static const char *const lists[] = {"jobs", "vacancies"};
	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		size_t j = 0;
		for (const struct carved_node *at = carved_node_first(carved_node_get(edit->root, lists[l])); at;
			at = at->next, j++) {
			size_t t = 0;
			if (strcmp(carved_node_get_text(at, "ref", ""), job) != 0)
				continue;
			for (const struct carved_node *n = carved_node_first(carved_node_get(at, "tasks")); n; n = n->next, t++) {
				if (strcmp(carved_node_get_text(n, "ref", ""), task) == 0)
					return carved_arena_printf(m->arena, "/%s/%zu/tasks/%zu", lists[l], j, t);
			}
		}
	}
	return NULL;
}

static const char *below(struct making *m, const char *path, const char *key)
{
	return path ? carved_arena_printf(m->arena, "%s/%s", path, key) : NULL;
}

static const char *keep(struct making *m, struct carved_buffer *buffer)
{
	const char *text = carved_arena_strdup(m->arena, buffer->data);
	carved_buffer_deinit(buffer);
	return text;
}

static const char *text_value(struct making *m, const char *text, bool in_list)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	if (in_list)
		carved_json_begin_array(&writer, NULL);
	carved_json_add_text(&writer, NULL, text);
	if (in_list)
		carved_json_end_array(&writer);
	return keep(m, &buffer);
}

static const char *times_value(struct making *m, const struct carved_mend_change *change)
{
	struct carved_buffer buffer = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&buffer);
	carved_parts_mask when = change->parts_from | change->parts_to;
	(change->fixed ? carved_json_begin_object : carved_json_begin_array)(&writer, NULL);
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (change->fixed && change->fixed_q[part])
			carved_json_add_hours(&writer, carved_day_part_names[part], change->fixed_q[part]);
		else if (!change->fixed && (when >> part & 1))
			carved_json_add_text(&writer, NULL, carved_day_part_names[part]);
	}
	(change->fixed ? carved_json_end_object : carved_json_end_array)(&writer);
	return keep(m, &buffer);
}

static const char *hours_value(struct making *m, int hours_q)
{
	char text[CARVED_HOURS_TEXT_MAX];
	return carved_arena_strdup(m->arena, carved_quarters_format(hours_q, text));
}

static void write_site_change(struct making *m, const struct carved_json_edit *edit, struct carved_mend_change *change)
{
	const char *task = change->task ? find_task(m, edit, change->job, change->task) : NULL;
	switch (change->kind) {
	case CARVED_MEND_MOVE_TIME:
		change->path = below(m, task, change->fixed ? "hours" : "when");
		change->value = times_value(m, change);
		break;
	case CARVED_MEND_OTHER_SUPERVISOR:
		change->path = below(m, task, "supervisor");
		change->value = text_value(m, change->what, false);
		break;
	case CARVED_MEND_ADD_AID:
		change->path = carved_node_get(edit->root, "facilities") ? "/facilities/-" : "/facilities";
		change->value = text_value(m, change->what, change->path[11] == '\0');
		break;
	case CARVED_MEND_MORE_SUPERVISION:
		change->path = "/supervision";
		change->value = carved_arena_printf(m->arena, "{\"hours\":%s}", hours_value(m, change->to_q));
		break;
	default: // drop-task
		change->path = task;
		change->value = NULL;
	}
}

static void write_change(struct making *m, const struct carved_json_edit *edit, struct carved_mend_change *change)
{
	switch (change->kind) {
	case CARVED_MEND_FEWER_HOURS:
	case CARVED_MEND_MORE_HOURS:
		change->path = change->kind == CARVED_MEND_FEWER_HOURS ? "/hours/min" : "/hours/max";
		change->value = hours_value(m, change->to_q);
		break;
	case CARVED_MEND_MORE_COACHING:
		change->path = "/hours";
		change->value = hours_value(m, change->to_q);
		break;
	default:
		write_site_change(m, edit, change);
	}
}

static enum carved_kind document_of(enum carved_mend_kind kind)
{
	switch (kind) {
	case CARVED_MEND_FEWER_HOURS:
	case CARVED_MEND_MORE_HOURS:
		return CARVED_KIND_CANDIDATE;
	case CARVED_MEND_MORE_COACHING:
		return CARVED_KIND_COACH;
	default:
		return CARVED_KIND_SITE;
	}
}

static bool make(struct making *m, struct carved_mend_change *change)
{
	change->document = document_of(change->kind);
	change->ref = m->mending->base.region->documents[change->document][0]->ref;
	struct carved_json_edit *edit = open_document(m, change->document);
	if (!edit)
		return false;
	write_change(m, edit, change);
	if (!change->path)
		return false;
	return change->value ? carved_json_edit_set(edit, change->path, change->value, NULL)
			     : carved_json_edit_remove(edit, change->path, NULL);
}

// The document as it reads now; a reference of its own. NULL where it is none any more.
static struct carved_document *read_document(struct making *m, enum carved_kind kind)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_findings findings = {0};
	struct carved_parsed parsed = {0};
	struct carved_document *document = NULL;
	if (!m->open[kind])
		return carved_document_ref(m->mending->base.region->documents[kind][0]);
	carved_json_format(m->edits[kind].root, &text);
	if (carved_parse_documents(text.data, text.length, CARVED_FORMAT_JSON, CARVED_DATE_NONE, m->mending->question->limits,
		    &parsed, &findings) &&
		parsed.count == 1)
		document = carved_document_ref(parsed.documents[0]);
	if (document) // what people declined stays declined
		document->version = m->mending->base.region->documents[kind][0]->version;
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return document;
}

struct carved_region *carved_mending_apply(
	const struct carved_mending *mending, struct carved_mend_change *changes, size_t count, struct carved_arena *arena)
{
	static const enum carved_kind kinds[] = {CARVED_KIND_CANDIDATE, CARVED_KIND_SITE, CARVED_KIND_COACH};
	struct making m = {.mending = mending, .arena = arena};
	struct carved_document *documents[CARVED_KINDS] = {NULL};
	struct carved_region *region = NULL;
	bool good = true;
	for (size_t i = 0; good && i < count; i++)
		good = make(&m, &changes[i]);
	for (size_t k = 0; good && k < sizeof kinds / sizeof *kinds; k++) {
		documents[kinds[k]] = read_document(&m, kinds[k]);
		good = documents[kinds[k]] != NULL;
	}
	if (good)
		region = carved_region_cell(mending->question->region, documents[CARVED_KIND_CANDIDATE],
			documents[CARVED_KIND_SITE], documents[CARVED_KIND_COACH]);
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		carved_document_unref(documents[kind]);
		if (m.open[kind])
			carved_json_edit_deinit(&m.edits[kind]);
	}
	return region;
}
