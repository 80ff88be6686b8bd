// SPDX-License-Identifier: EUPL-1.2
// ICF categories with what is stated about them.
#include "reading.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void report_unknown(struct carved_reading *reading, struct carved_error *error, const char *code)
{
	if (carved_is_unused(reading, error))
		return;
	size_t count = carved_icf_count();
	const char **codes = carved_alloc_array(count, sizeof *codes);
	for (size_t i = 0; i < count; i++)
		codes[i] = carved_icf_code((carved_icf)i);
	carved_report_text(error, "code", code);
	const char *suggestion = carved_suggest(code, codes, count);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
	free(codes);
}

static struct carved_error *report(
	struct carved_reading *reading, const struct carved_place *place, bool is_key, enum carved_code code)
{
	return is_key ? carved_report_key(reading, place, code) : carved_report(reading, place, code);
}

static bool check_side(struct carved_reading *reading, const struct carved_place *place, bool is_key, const char *code,
	const struct carved_field *field)
{
	bool environment = *code == 'e';
	if (field->side == CARVED_ICF_ANY || environment == (field->side == CARVED_ICF_ENVIRONMENT))
		return true;
	bool candidate = reading->kind == CARVED_KIND_CANDIDATE;
	struct carved_error *error =
		report(reading, place, is_key, environment ? CARVED_ICF_E_CODE_MISPLACED : CARVED_ICF_E_CODE_EXPECTED);
	carved_report_text(error, "code", code);
	carved_error_add(error, "key", field->key);
	if (environment)
		carved_error_add(error, "instead", candidate ? "barriers" : "exposures");
	else
		carved_error_add(error, "instead", candidate ? "limitations" : "demands");
	return false;
}

static bool check_icf(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	bool is_key, const char *code, carved_icf *ret_icf)
{
	carved_icf icf = carved_icf_find(code);
	if (icf != CARVED_ICF_NONE) {
		*ret_icf = icf;
		return check_side(reading, place, is_key, code, field);
	}
	if (carved_icf_is_group(code))
		carved_report_text(report(reading, place, is_key, CARVED_ICF_GROUP), "code", code);
	else
		report_unknown(reading, report(reading, place, is_key, CARVED_ICF_UNKNOWN), code);
	return false;
}

void carved_read_icf(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	const char *text;
	carved_icf icf = CARVED_ICF_NONE;
	if (carved_read_scalar_text(reading, field, place, &text) && check_icf(reading, field, place, false, text, &icf))
		carved_store_integer(field, target, icf);
}

// A qualifier (0..4, and 8 where it may be unknown) or a level (0..4). 9 gets words of its own: it means "does not apply".
static bool read_value(struct carved_reading *reading, const struct carved_place *place, const char *code, bool qualifier,
	bool may_be_unknown, uint8_t *ret_value)
{
	const struct carved_node *node = place->node;
	bool whole = node->kind == CARVED_NODE_INTEGER;
	if (whole && ((node->integer >= 0 && node->integer <= 4) || (may_be_unknown && node->integer == CARVED_NOT_ASSESSED))) {
		*ret_value = (uint8_t)node->integer;
		return true;
	}
	enum carved_code wrong = !qualifier                    ? CARVED_LEVEL_OUT_OF_RANGE
				 : whole && node->integer == 9 ? CARVED_QUALIFIER_NINE
				 : may_be_unknown              ? CARVED_QUALIFIER_OUT_OF_RANGE
							       : CARVED_LIMITATION_OUT_OF_RANGE;
	struct carved_error *error = carved_report(reading, place, wrong);
	carved_report_text(error, "code", code);
	carved_report_text(error, "text", node->text ? node->text : "");
	return false;
}

void carved_read_qualifier(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	uint8_t value;
	const struct carved_node *category = carved_node_get(place->up->node, "category");
	const char *code = category && category->text ? category->text : field->key;
	if (carved_privacy_has_citizen_number(code))
		code = field->key;
	if (read_value(reading, place, code, true, false, &value))
		carved_store_integer(field, target, value);
}

static int compare(const void *a, const void *b)
{
	return (int)((const struct carved_qualifier *)a)->icf - (int)((const struct carved_qualifier *)b)->icf;
}

static void read_map(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	bool qualifier, struct carved_qualifiers *into)
{
	if (!carved_expect(reading, field, place, CARVED_NODE_MAP) || !place->node->count)
		return;
	into->items = carved_arena_array(reading->arena, struct carved_qualifier, place->node->count);
	for (const struct carved_node *node = place->node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(place, node, 0);
		struct carved_qualifier *entry = &into->items[into->count];
		if (carved_privacy_has_citizen_number(node->key) || (node->text && carved_privacy_has_citizen_number(node->text)))
			continue;
		bool known = check_icf(reading, field, &item, true, node->key, &entry->icf);
		if (read_value(reading, &item, node->key, qualifier, qualifier, &entry->value) && known)
			into->count++;
	}
	qsort(into->items, into->count, sizeof *into->items, compare);
}

void carved_read_levels(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_map(reading, field, place, false, (void *)((char *)target + field->offset));
}

void carved_read_qualifiers(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target)
{
	read_map(reading, field, place, true, (void *)((char *)target + field->offset));
}
