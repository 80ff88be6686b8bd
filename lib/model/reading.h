// SPDX-License-Identifier: EUPL-1.2
// Reading one document: what the files parse_*.c and validate*.c share.
//
//   place     where the reader is: a node and the places around it, on the C stack; rendered as a pointer when a finding needs it
//   report    adds a finding and hands out its error, so that the caller adds parameters
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/node.h"
#include "carved/base/quarters.h"
#include "carved/base/suggest.h"
#include "carved/model/parse.h"
#include "schema.h"

struct carved_place {
	const struct carved_place *up; // NULL at the root
	const struct carved_node *node;
	size_t index; // in a list
};

struct carved_reading {
	struct carved_arena *arena; // the document's
	struct carved_findings *findings;
	const struct carved_parse_limits *limits;
	carved_date today;
	enum carved_kind kind;
	uint32_t document;
	// JSON nodes get positions when the first finding comes up
	const char *json; // NULL: the nodes have theirs already
	size_t json_length;
	uint32_t line;
	const struct carved_node *root;
	bool has_positions;
	struct carved_error unused; // where a finding beyond the limit goes
};

enum carved_severity { CARVED_IS_ERROR, CARVED_IS_WARNING };

// A finding about the value at a place, about its key, or a warning. Never NULL.
struct carved_error *carved_report(struct carved_reading *reading, const struct carved_place *place, enum carved_code code);
struct carved_error *carved_report_key(struct carved_reading *reading, const struct carved_place *place, enum carved_code code);
struct carved_error *carved_warn(struct carved_reading *reading, const struct carved_place *place, enum carved_code code);

// Whether nobody will read the finding that this error belongs to: there were too many. Then no time goes into what it could say beside its code.
static inline bool carved_is_unused(const struct carved_reading *reading, const struct carved_error *error)
{
	return error == &reading->unused;
}

// Adds a text that someone wrote, cut to what fits in a sentence.
void carved_report_text(struct carved_error *error, const char *name, const char *text);

// The place of a child. Requires: node is a child of up's node.
static inline struct carved_place carved_place_below(const struct carved_place *up, const struct carved_node *node, size_t index)
{
	return (struct carved_place){.up = up, .node = node, .index = index};
}

// The member `key` below a place; node NULL where it is absent.
struct carved_place carved_place_of(const struct carved_place *up, const char *key);

// parse_object.c: fills `target` from the map at `place`.
void carved_read_object(
	struct carved_reading *reading, const struct carved_schema *schema, const struct carved_place *place, void *target);
void carved_read_defaults(const struct carved_schema *schema, void *target);

// A kind of field: fills `target` (the struct) from the value at `place`; reports what is wrong and then leaves it as it is.
typedef void carved_read_fn(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, void *target);

// parse_scalar.c
carved_read_fn carved_read_kind, carved_read_text, carved_read_ref, carved_read_word, carved_read_integer, carved_read_hours,
	carved_read_share, carved_read_date, carved_read_bool, carved_read_choice, carved_read_per, carved_read_postcode;
// The value as a text; false and reported where it is none.
bool carved_read_scalar_text(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	const char **ret_text);
bool carved_read_scalar_hours(
	struct carved_reading *reading, const struct carved_place *place, int64_t least, int64_t most, int *ret_quarters);
bool carved_check_postcode(
	struct carved_reading *reading, const struct carved_place *place, bool is_key, const char *text, uint16_t *ret_postcode);
bool carved_check_ref(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, const char *text);
bool carved_check_word(struct carved_reading *reading, const struct carved_place *place, const char *text);
void carved_report_choice(struct carved_error *error, const char *key, const char *text, const char *const *choices);
void carved_check_free_text(
	struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place, const char *text);
void carved_store_integer(const struct carved_field *field, void *target, int64_t value);
bool carved_expect(struct carved_reading *reading, const struct carved_field *field, const struct carved_place *place,
	enum carved_node_kind kind); // LIST or MAP

// parse_list.c
carved_read_fn carved_read_words, carved_read_refs, carved_read_choices, carved_read_list, carved_read_hours_steps,
	carved_read_minutes, carved_read_vocabulary;

// parse_week.c
void carved_report_day_part(struct carved_error *error, const char *text);
carved_read_fn carved_read_available, carved_read_open, carved_read_when, carved_read_task_hours;

// parse_icf.c
carved_read_fn carved_read_levels, carved_read_qualifiers, carved_read_icf, carved_read_qualifier;

// schema_format.c: canonical JSON of a document without errors.
void carved_schema_format(const struct carved_schema *schema, const struct carved_node *node, struct carved_buffer *buffer);

// privacy.c: what must not be in a document at all.
bool carved_privacy_has_citizen_number(const char *text);
void carved_privacy_mask(struct carved_error *error);                           // hides citizen numbers in the parameters
enum carved_code carved_privacy_of_key(const char *key, enum carved_kind kind); // CARVED_OK: nothing against it
// The ICD or DSM code in a free text; false where there is none. A stricter eye for texts about a person.
bool carved_privacy_find_diagnosis(const char *text, bool about_person, char ret_code[16]);
void carved_privacy_check(
	struct carved_reading *reading, const struct carved_place *place); // citizen numbers, in all that is below

// validate.c: rules between the keys of one document.
void carved_validate(struct carved_reading *reading, const struct carved_place *root, struct carved_document *document);
void carved_validate_candidate(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate);
void carved_validate_site(struct carved_reading *reading, const struct carved_place *root, const struct carved_site *site);
