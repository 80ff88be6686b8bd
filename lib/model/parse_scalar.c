// SPDX-License-Identifier: EUPL-1.2
// Single values. A YAML scalar without quotes may serve where a text is wanted (home: 3811); a JSON number may not.
#include "carved/data/postcode.h"
#include "reading.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { REF_MAX = 64, WORD_MAX = 64 };

void carved_store_integer(const struct carved_field *field, void *target, int64_t value)
{
	void *at = (char *)target + field->offset;
	switch (field->size) {
	case 1:
		*(uint8_t *)at = (uint8_t)value;
		break;
	case 2:
		*(uint16_t *)at = (uint16_t)value;
		break;
	case 4:
		*(int32_t *)at = (int32_t)value;
		break;
	case 8:
		*(int64_t *)at = value;
		break;
	default: // a choice that is checked but kept nowhere
		break;
	}
}

static void store_text(struct carved_reading *reading, const struct carved_field *field, void *target, const char *text)
{
	*(const char **)(void *)((char *)target + field->offset) = carved_arena_strdup(reading->arena, text);
}

static struct carved_error *report_wrong(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, enum carved_code code)
{
	struct carved_error *error = carved_report(reading, place, code);
	carved_error_add(error, "key", field->key);
	carved_error_add(error, "example", field->example);
	return error;
}

bool carved_expect(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	enum carved_node_kind kind)
{
	if (place->node->kind != kind) {
		report_wrong(reading, field, place, kind == CARVED_NODE_LIST ? CARVED_EXPECTED_LIST : CARVED_EXPECTED_MAP);
		return false;
	}
	if (place->node->count <= reading->limits->list_items)
		return true;
	struct carved_error *error = report_wrong(reading, field, place, CARVED_LIST_TOO_LONG);
	carved_error_add_number(error, "count", (long long)place->node->count);
	carved_error_add_number(error, "max", (long long)reading->limits->list_items);
	return false;
}

// Line breaks and tabs are fine in a text for people; other control characters disturb terminals and pages.
static bool has_control_character(const char *text)
{
	for (; *text; text++) {
		if (((unsigned char)*text < 0x20 && !strchr("\n\t", *text)) || *text == 0x7F)
			return true;
	}
	return false;
}

bool carved_read_scalar_text(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, const char **ret_text)
{
	const struct carved_node *node = place->node;
	bool is_text = node->kind == CARVED_NODE_STRING ||
		       (node->plain && node->kind != CARVED_NODE_LIST && node->kind != CARVED_NODE_MAP);
	if (!is_text) {
		struct carved_error *error = report_wrong(reading, field, place, CARVED_EXPECTED_TEXT);
		if (node->text)
			carved_report_text(error, "text", node->text);
		return false;
	}
	if (node->text[strspn(node->text, " \t\n")] == '\0') {
		report_wrong(reading, field, place, CARVED_TEXT_EMPTY);
		return false;
	}
	if (strlen(node->text) > reading->limits->text_bytes) {
		struct carved_error *error = report_wrong(reading, field, place, CARVED_TEXT_TOO_LONG);
		carved_error_add_number(error, "max", (long long)reading->limits->text_bytes);
		return false;
	}
	if (has_control_character(node->text)) {
		report_wrong(reading, field, place, CARVED_TEXT_CONTROL_CHARACTER);
		return false;
	}
	*ret_text = node->text;
	return true;
}

void carved_check_free_text(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, const char *text)
{
	char code[16];
	if (field->free_text && carved_privacy_find_diagnosis(text, reading->kind == CARVED_KIND_CANDIDATE, code))
		carved_error_add(carved_report(reading, place, CARVED_DIAGNOSIS_IN_TEXT), "code", code);
}

// The kind was read before, to choose the schema.
void carved_read_kind(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	(void)reading, (void)field, (void)place, (void)target;
}

void carved_read_text(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	if (!carved_read_scalar_text(reading, field, place, &text))
		return;
	carved_check_free_text(reading, field, place, text);
	store_text(reading, field, target, text);
}

static bool is_ref(const char *text)
{
	if (!isalnum((unsigned char)*text) || strlen(text) > REF_MAX)
		return false;
	for (; *text; text++) {
		if (!isalnum((unsigned char)*text) && !strchr("-._:", *text))
			return false;
	}
	return true;
}

bool carved_check_ref(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, const char *text)
{
	if (is_ref(text))
		return true;
	carved_report_text(report_wrong(reading, field, place, CARVED_REF_INVALID), "text", text);
	return false;
}

void carved_read_ref(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	if (carved_read_scalar_text(reading, field, place, &text) && carved_check_ref(reading, field, place, text))
		store_text(reading, field, target, text);
}

bool carved_check_word(struct carved_reading *reading, const struct carved_place *place, const char *text)
{
	size_t length = strlen(text);
	bool right = length > 0 && length <= WORD_MAX && !text[strcspn(text, "\t\n")] && !has_control_character(text) &&
		     *text != ' ' && text[length - 1] != ' ';
	if (!right)
		carved_report_text(carved_report(reading, place, CARVED_WORD_INVALID), "text", text);
	return right;
}

void carved_read_word(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	if (!carved_read_scalar_text(reading, field, place, &text) || !carved_check_word(reading, place, text))
		return;
	carved_check_free_text(reading, field, place, text);
	store_text(reading, field, target, text);
}

void carved_read_integer(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const struct carved_node *node = place->node;
	bool whole = node->kind == CARVED_NODE_INTEGER;
	if (whole && node->integer >= field->least && node->integer <= field->most) {
		carved_store_integer(field, target, node->integer);
		return;
	}
	struct carved_error *error =
		report_wrong(reading, field, place, whole ? CARVED_NUMBER_OUT_OF_RANGE : CARVED_EXPECTED_WHOLE_NUMBER);
	carved_report_text(error, "text", node->text ? node->text : "");
	carved_error_add_number(error, "min", field->least);
	carved_error_add_number(error, "max", field->most);
}

bool carved_read_scalar_hours(
	struct carved_reading *reading, const struct carved_place *place, int64_t least, int64_t most, int *ret_quarters)
{
	const struct carved_node *node = place->node;
	struct carved_error problem;
	int quarters;
	if (node->kind != CARVED_NODE_INTEGER && node->kind != CARVED_NODE_REAL) {
		carved_report_text(
			carved_report(reading, place, CARVED_HOURS_NOT_A_NUMBER), "text", node->text ? node->text : "");
		return false;
	}
	if (!carved_quarters_parse(node->text, &quarters, &problem)) {
		carved_report_text(carved_report(reading, place, problem.code), "text", node->text);
		return false;
	}
	if (quarters < least || quarters > most) {
		struct carved_error *error = carved_report(reading, place, CARVED_HOURS_NOT_ALLOWED);
		carved_report_text(error, "text", node->text);
		carved_error_add_hours(error, "min", (int)least);
		carved_error_add_hours(error, "max", (int)most);
		return false;
	}
	*ret_quarters = quarters;
	return true;
}

void carved_read_hours(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	int quarters;
	if (carved_read_scalar_hours(reading, place, field->least, field->most, &quarters))
		carved_store_integer(field, target, quarters);
}

// A share as it is written, in thousandths: "0.25" -> 250. No binary fractions on the way.
static bool parse_permille(const char *text, int *ret_permille)
{
	int permille = *text == '1' ? 1000 : 0;
	if ((*text != '0' && *text != '1') || (text[1] && text[1] != '.'))
		return false;
	for (int unit = 100; text[1] && text[2]; text++, unit /= 10) {
		if (!isdigit((unsigned char)text[2]) || (unit == 0 && text[2] != '0'))
			return false;
		permille += (text[2] - '0') * unit;
	}
	*ret_permille = permille;
	return permille <= 1000;
}

void carved_read_share(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const struct carved_node *node = place->node;
	bool number = node->kind == CARVED_NODE_INTEGER || node->kind == CARVED_NODE_REAL;
	int permille;
	if (number && parse_permille(node->text, &permille))
		carved_store_integer(field, target, permille);
	else
		carved_report_text(
			report_wrong(reading, field, place, CARVED_SHARE_INVALID), "text", node->text ? node->text : "");
}

void carved_read_date(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	carved_date date;
	if (!carved_read_scalar_text(reading, field, place, &text))
		return;
	if (carved_date_parse(text, &date, NULL))
		carved_store_integer(field, target, date);
	else
		carved_report_text(carved_report(reading, place, CARVED_DATE_INVALID), "text", text);
}

void carved_read_bool(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	if (place->node->kind == CARVED_NODE_BOOL)
		carved_store_integer(field, target, place->node->boolean);
	else
		carved_report_text(report_wrong(reading, field, place, CARVED_EXPECTED_TRUE_OR_FALSE), "text",
			place->node->text ? place->node->text : "");
}

void carved_read_choice(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	if (!carved_read_scalar_text(reading, field, place, &text))
		return;
	for (int i = 0; field->choices[i]; i++) {
		if (strcmp(field->choices[i], text) == 0) {
			carved_store_integer(field, target, field->first + i);
			return;
		}
	}
	carved_report_choice(carved_report(reading, place, field->wrong ? field->wrong : CARVED_CHOICE_UNKNOWN), field->key, text,
		field->choices);
}

void carved_report_choice(struct carved_error *error, const char *key, const char *text, const char *const *choices)
{
	struct carved_buffer list = CARVED_BUFFER_INIT;
	carved_error_add(error, "key", key);
	carved_report_text(error, "text", text);
	const char *suggestion = carved_suggest(text, choices, SIZE_MAX);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
	for (; *choices; choices++) {
		if (list.length)
			carved_buffer_add_text(&list, ", ");
		carved_buffer_add_text(&list, *choices);
	}
	carved_error_add(error, "choices", list.data);
	carved_buffer_deinit(&list);
}

void carved_read_per(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	static const char *const choices[] = {"week", NULL};
	const char *text;
	(void)target;
	if (!carved_read_scalar_text(reading, field, place, &text) || strcmp(text, "week") == 0)
		return;
	if (strcmp(text, "day") == 0)
		carved_report(reading, place, CARVED_LIMIT_PER_DAY);
	else
		carved_report_choice(carved_report(reading, place, CARVED_CHOICE_UNKNOWN), field->key, text, choices);
}

bool carved_check_postcode(
	struct carved_reading *reading, const struct carved_place *place, bool is_key, const char *text, uint16_t *ret_postcode)
{
	bool digits = strlen(text) == 4 && strspn(text, "0123456789") == 4;
	uint16_t postcode = digits ? (uint16_t)strtoul(text, NULL, 10) : 0;
	if (digits && carved_postcode_is_known(postcode)) {
		*ret_postcode = postcode;
		return true;
	}
	enum carved_code code = digits ? CARVED_POSTCODE_UNKNOWN : CARVED_POSTCODE_INVALID;
	carved_report_text(is_key ? carved_report_key(reading, place, code) : carved_report(reading, place, code), "text", text);
	return false;
}

void carved_read_postcode(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	uint16_t postcode;
	if (carved_read_scalar_text(reading, field, place, &text) &&
		carved_check_postcode(reading, place, false, text, &postcode))
		carved_store_integer(field, target, postcode);
}
