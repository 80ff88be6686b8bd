// SPDX-License-Identifier: EUPL-1.2
// The reader beside plan_format.c, for comparing plans. JSON of our own, from our store: what is missing or of another kind reads as nothing.
#include "carved/model/record.h"
#include "carved/base/json.h"
#include <stdlib.h>
#include <string.h>

struct carved_record *carved_record_new(const char *plan)
{
	struct carved_record *record = carved_alloc_array(1, sizeof *record);
	record->plan = carved_arena_strdup(&record->arena, plan);
	return record;
}

void carved_record_free(struct carved_record *record)
{
	if (!record)
		return;
	carved_arena_deinit(&record->arena);
	free(record->people);
	free(record);
}

static bool refuse(const struct carved_record *record, struct carved_error *error)
{
	return carved_fail(error, CARVED_PLAN_UNREADABLE, "plan", record->plan);
}

// Parses what is needed for a moment only. Returns NULL where it is no JSON.
static const struct carved_node *parse(const char *json, size_t length, struct carved_arena *arena)
{
	const struct carved_node *root;
	struct carved_error error;
	uint32_t line, column;
	return carved_json_parse(json, length, arena, &root, &error, &line, &column) ? root : NULL;
}

bool carved_record_read_summary(struct carved_record *record, const char *json, size_t length, struct carved_error *error)
{
	record->summary = parse(json, length, &record->arena);
	return record->summary || refuse(record, error);
}

static void add_person(struct carved_record *record, const struct carved_record_person *person)
{
	if (record->person_count == record->person_room) {
		record->person_room = record->person_room ? 2 * record->person_room : 64;
		record->people = carved_realloc_array(record->people, record->person_room, sizeof *record->people);
	}
	record->people[record->person_count++] = *person;
}

// The certificate beside the list may be large and nest deeply: the list alone is read.
bool carved_record_read_unplaced(struct carved_record *record, const char *body, size_t length, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const char *text;
	size_t bytes;
	if (!carved_json_slice(body, length, "/unplaced", &text, &bytes))
		return refuse(record, error);
	const struct carved_node *list = parse(text, bytes, &arena);
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next) {
		struct carved_record_person person = {
			.candidate = carved_arena_strdup(&record->arena, carved_node_get_text(item, "candidate", "")),
			.reason = carved_arena_strdup(&record->arena, carved_node_get_text(item, "reason", "")),
		};
		add_person(record, &person);
	}
	carved_arena_deinit(&arena);
	return list || refuse(record, error);
}

void carved_record_read_course(struct carved_record *record, const char *body, size_t length)
{
	const char *text;
	size_t bytes;
	if (carved_json_slice(body, length, "/course", &text, &bytes))
		record->course = parse(text, bytes, &record->arena);
}

// ---- proposals

static const char *copy(struct carved_record *record, const struct carved_node *node, const char *key)
{
	return carved_arena_strdup(&record->arena, carved_node_get_text(node, key, ""));
}

static int read_hours(const struct carved_node *node)
{
	return (int)(carved_node_get_real(node, "hours", 0) * 4 + 0.5);
}

static void read_pieces(struct carved_record *record, const struct carved_node *slots, struct carved_record_package *ret_package)
{
	ret_package->pieces = carved_arena_array(&record->arena, struct carved_record_piece, slots ? slots->count : 0);
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next) {
		bool of_vacancy = carved_node_get(slot, "vacancy") != NULL;
		ret_package->pieces[ret_package->piece_count++] = (struct carved_record_piece){
			.work = copy(record, slot, of_vacancy ? "vacancy" : "job"),
			.task = copy(record, slot, "task"),
			.part = carved_node_get(slot, "part") ? copy(record, slot, "part") : NULL,
			.of_vacancy = of_vacancy,
			.hours_q = read_hours(slot),
		};
	}
}

static void add_package(struct carved_record *record, const struct carved_record_package *package)
{
	struct carved_record_package *kept = carved_arena_alloc(&record->arena, sizeof *kept);
	struct carved_record_person person = {.candidate = package->candidate, .package = kept};
	*kept = *package;
	add_person(record, &person);
}

static struct carved_texts read_texts(struct carved_record *record, const struct carved_node *list)
{
	struct carved_texts texts = {.items = carved_arena_array(&record->arena, const char *, list ? list->count : 0)};
	for (const struct carved_node *item = carved_node_first(list); item; item = item->next)
		texts.items[texts.count++] = carved_arena_strdup(&record->arena, item->text ? item->text : "");
	return texts;
}

// `coachHours` stands where it is not what the candidate's document says.
static int read_coach(const struct carved_node *root)
{
	double hours = carved_node_get_real(root, "coachHours", -1);
	return hours < 0 ? -1 : (int)(hours * 4 + 0.5);
}

static void read_package(struct carved_record *record, const struct carved_record_source *source, const struct carved_node *root)
{
	const struct carved_node *parts = carved_node_get(root, "parts"), *questions = carved_node_get(root, "questions");
	struct carved_record_package package = {.id = carved_arena_strdup(&record->arena, source->id),
		.candidate = copy(record, root, "candidate"),
		.site = copy(record, root, "site"),
		.kind = copy(record, root, "kind"),
		.state = carved_arena_strdup(&record->arena, source->state),
		.candidate_version = source->candidate_version,
		.site_version = source->site_version,
		.hours_q = read_hours(root),
		.value = carved_node_get_integer(root, "value", 0),
		.question_count = questions ? questions->count : 0,
		.aids = read_texts(record, carved_node_get(root, "aids")),
		.conditions = read_texts(record, carved_node_get(root, "conditions")),
		.coach_q = read_coach(root)};
#define X(part) package.parts.part = carved_node_get_integer(parts, #part, 0);
	CARVED_VALUE_PARTS(X)
#undef X
	read_pieces(record, carved_node_get(root, "slots"), &package);
	add_package(record, &package);
}

bool carved_record_read_proposal(
	struct carved_record *record, const struct carved_record_source *source, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root = parse(source->json, source->length, &arena);
	if (root)
		read_package(record, source, root);
	carved_arena_deinit(&arena);
	return root || refuse(record, error);
}

void carved_record_add_placed(struct carved_record *record, const char *id, const char *candidate, const char *site)
{
	struct carved_record_package package = {.id = carved_arena_strdup(&record->arena, id),
		.candidate = carved_arena_strdup(&record->arena, candidate),
		.site = carved_arena_strdup(&record->arena, site),
		.kind = ""};
	add_package(record, &package);
}

// ---- once all is read

static int compare_people(const void *left, const void *right)
{
	const struct carved_record_person *a = left, *b = right;
	return strcmp(a->candidate, b->candidate);
}

void carved_record_finish(struct carved_record *record)
{
	if (record->person_count > 0)
		qsort(record->people, record->person_count, sizeof *record->people, compare_people);
}

const struct carved_record_person *carved_record_find(const struct carved_record *record, const char *candidate)
{
	struct carved_record_person key = {.candidate = candidate};
	if (record->person_count == 0)
		return NULL;
	return bsearch(&key, record->people, record->person_count, sizeof *record->people, compare_people);
}

bool carved_record_is_same_slot(const struct carved_record_piece *a, const struct carved_record_piece *b)
{
	bool same_part = a->part && b->part ? strcmp(a->part, b->part) == 0 : !a->part && !b->part;
	return same_part && a->of_vacancy == b->of_vacancy && strcmp(a->task, b->task) == 0 && strcmp(a->work, b->work) == 0;
}
