// SPDX-License-Identifier: EUPL-1.2
// Day parts: when people are available, when sites are open, when tasks are done.
#include "reading.h"
#include <string.h>

static const char *const day_choices[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};
static const char *const part_choices[] = {"am", "pm", "ev", "ni", NULL};

static int find(const char *const *choices, const char *text)
{
	for (int i = 0; choices[i]; i++) {
		if (strcmp(choices[i], text) == 0)
			return i;
	}
	return -1;
}

// What is done with one day part of one day; hours_q is 0 unless stated.
typedef void part_fn(struct carved_reading *reading, const struct carved_place *place, int day_part, int hours_q, void *into);

// "pm", or {pm: 3} where hours may be stated.
static bool read_part(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *item,
	struct carved_place *ret_at, int *ret_part, int *ret_hours_q)
{
	bool with_hours = field->kind == CARVED_FIELD_AVAILABLE && item->node->kind == CARVED_NODE_MAP && item->node->count == 1;
	struct carved_place inner = with_hours ? carved_place_below(item, item->node->first, 0) : *item;
	const char *text = with_hours ? inner.node->key : NULL;
	if (with_hours && carved_privacy_has_citizen_number(text))
		return false;
	if (!with_hours && !carved_read_scalar_text(reading, field, item, &text))
		return false;
	int part = find(part_choices, text);
	if (part < 0) {
		struct carved_error *error = with_hours ? carved_report_key(reading, &inner, CARVED_DAY_PART_UNKNOWN)
							: carved_report(reading, &inner, CARVED_DAY_PART_UNKNOWN);
		carved_report_choice(error, field->key, text, part_choices);
		return false;
	}
	*ret_hours_q = 0;
	if (with_hours && !carved_read_scalar_hours(reading, &inner, 1, carved_part_length_q[part], ret_hours_q))
		return false;
	*ret_at = inner;
	*ret_part = part;
	return true;
}

static void read_day(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, int day,
	part_fn *use, void *into)
{
	unsigned seen = 0;
	size_t index = 0;
	struct carved_field parts = {.key = place->node->key, .kind = field->kind, .example = field->example};
	if (!carved_expect(reading, &parts, place, CARVED_NODE_LIST))
		return;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, index++), at;
		int part, hours_q;
		if (node->text && carved_privacy_has_citizen_number(node->text))
			continue;
		if (!read_part(reading, &parts, &item, &at, &part, &hours_q))
			continue;
		if (seen & 1u << part)
			carved_report_text(carved_report(reading, &at, CARVED_ITEM_TWICE), "text", part_choices[part]);
		else
			use(reading, &at, day * CARVED_PARTS_PER_DAY + part, hours_q, into);
		seen |= 1u << part;
	}
}

static void read_days(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	part_fn *use, void *into)
{
	if (!carved_expect(reading, field, place, CARVED_NODE_MAP))
		return;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place day_place = carved_place_below(place, node, 0);
		if (carved_privacy_has_citizen_number(node->key))
			continue;
		int day = find(day_choices, node->key);
		if (day < 0)
			carved_report_choice(
				carved_report_key(reading, &day_place, CARVED_DAY_UNKNOWN), field->key, node->key, day_choices);
		else if (node->kind != CARVED_NODE_NULL) // "sat:" with nothing behind it: not that day
			read_day(reading, field, &day_place, day, use, into);
	}
}

static void make_available(
	struct carved_reading *reading, const struct carved_place *place, int day_part, int hours_q, void *into)
{
	(void)reading, (void)place;
	((uint16_t *)into)[day_part] = (uint16_t)(hours_q ? hours_q : CARVED_PART_HOURS_Q);
}

void carved_read_available(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_days(reading, field, place, make_available, (char *)target + field->offset);
}

static void make_open(struct carved_reading *reading, const struct carved_place *place, int day_part, int hours_q, void *into)
{
	(void)reading, (void)place, (void)hours_q;
	*(carved_parts_mask *)into |= (carved_parts_mask)1 << day_part;
}

void carved_read_open(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_days(reading, field, place, make_open, (char *)target + field->offset);
}

void carved_read_when(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	carved_parts_mask mask = 0;
	size_t index = 0;
	if (!carved_expect(reading, field, place, CARVED_NODE_LIST))
		return;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, index++);
		const char *text;
		if (node->text && carved_privacy_has_citizen_number(node->text))
			continue;
		if (!carved_read_scalar_text(reading, field, &item, &text))
			continue;
		int part = carved_day_part_parse(text);
		carved_parts_mask bit = part < 0 ? 0 : (carved_parts_mask)1 << part;
		if (part < 0)
			carved_report_day_part(carved_report(reading, &item, CARVED_DAY_PART_OF_WEEK_UNKNOWN), text);
		else if (mask & bit)
			carved_report_text(carved_report(reading, &item, CARVED_ITEM_TWICE), "text", text);
		mask |= bit;
	}
	if (!place->node->count)
		carved_error_add(carved_report(reading, place, CARVED_LIST_EMPTY), "key", field->key);
	carved_store_integer(field, target, mask);
}

void carved_report_day_part(struct carved_error *error, const char *text)
{
	carved_report_text(error, "text", text);
	const char *suggestion = carved_suggest(text, carved_day_part_names, CARVED_DAY_PARTS);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
}

static void read_fixed_times(struct carved_reading *reading, const struct carved_place *place, struct carved_task *task)
{
	task->fixed = true;
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, 0);
		int hours_q;
		if (carved_privacy_has_citizen_number(node->key))
			continue;
		int part = carved_day_part_parse(node->key);
		if (part < 0)
			carved_report_day_part(carved_report_key(reading, &item, CARVED_DAY_PART_OF_WEEK_UNKNOWN), node->key);
		else if (carved_read_scalar_hours(reading, &item, 1, CARVED_FIXED_HOURS_MAX_Q, &hours_q))
			task->fixed_q[part] = (uint16_t)hours_q;
	}
}

void carved_read_task_hours(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	struct carved_task *task = target;
	if (place->node->kind != CARVED_NODE_MAP)
		carved_read_scalar_hours(reading, place, field->least, field->most, &task->hours_q);
	else if (place->node->count)
		read_fixed_times(reading, place, task);
	else
		carved_error_add(carved_report(reading, place, CARVED_LIST_EMPTY), "key", field->key);
}
