// SPDX-License-Identifier: EUPL-1.2
// What documents look like, as data: one entry per key. The reader, the canonical JSON, the JSON Schema and the reference (docs/documents.md) are all driven by
// it, so they can't disagree. Rules between keys are in validate*.c.
//
//   schema    the keys of one map, in the order of canonical JSON, and the C struct that they fill
//   field     one key: what it holds, where it goes, what happens when it is absent
#pragma once
#include "carved/base/error.h"
#include "carved/base/quarters.h"
#include "carved/model/document.h"

enum carved_field_kind {
	CARVED_FIELD_KIND,        // `kind` itself
	CARVED_FIELD_CONSTANT,    // no key: `otherwise` is stored
	CARVED_FIELD_TEXT,        // const char *: free text for people
	CARVED_FIELD_REF,         // const char *: a name for machines
	CARVED_FIELD_WORD,        // const char *: a word of the vocabulary, a category
	CARVED_FIELD_INTEGER,     // any unsigned width
	CARVED_FIELD_HOURS,       // quarters
	CARVED_FIELD_HOURS_STEPS, // quarters, or a list of steps (`list`): then the most of them
	CARVED_FIELD_SHARE,       // per mille
	CARVED_FIELD_DATE,
	CARVED_FIELD_BOOL,
	CARVED_FIELD_CHOICE,     // an enum: first + index in `choices`
	CARVED_FIELD_CHOICES,    // a list of them: a mask
	CARVED_FIELD_PER,        // "week"; "day" is refused, saying so
	CARVED_FIELD_POSTCODE,   // uint16_t
	CARVED_FIELD_ICF,        // a category
	CARVED_FIELD_QUALIFIER,  // 0..4 in a list item, limitation
	CARVED_FIELD_WORDS,      // carved_texts
	CARVED_FIELD_REFS,       // carved_texts
	CARVED_FIELD_LEVELS,     // carved_qualifiers: category -> level 0..4
	CARVED_FIELD_QUALIFIERS, // carved_qualifiers: category -> 0..4 or 8
	CARVED_FIELD_AVAILABLE,  // day -> parts, with hours
	CARVED_FIELD_OPEN,       // day -> parts: a mask
	CARVED_FIELD_WHEN,       // list of day parts: a mask
	CARVED_FIELD_TASK_HOURS, // hours, or day part -> hours
	CARVED_FIELD_MINUTES,    // postcode -> minutes
	CARVED_FIELD_VOCABULARY, // word -> its labels
	CARVED_FIELD_OBJECT,     // a map of its own; the same C struct
	CARVED_FIELD_LIST        // a list of maps: an array of structs
};

// Which ICF codes may stand somewhere.
enum carved_icf_side { CARVED_ICF_ANY, CARVED_ICF_PERSON, CARVED_ICF_ENVIRONMENT };

struct carved_schema;

struct carved_field {
	const char *key;
	enum carved_field_kind kind;
	bool required;
	bool states_default;                // `otherwise` is a default that the reference mentions
	bool free_text;                     // a place where people might write what does not belong here
	enum carved_icf_side side;          // LEVELS, QUALIFIERS, ICF
	size_t offset, size;                // of the member in the struct
	size_t count_offset;                // LIST, MINUTES
	int64_t least, most;                // numbers (hours in quarters); the number of items of lists
	int64_t otherwise;                  // value when absent
	const char *const *choices;         // CHOICE, CHOICES; NULL at the end
	int first;                          // CHOICE: the enum's value of choices[0]
	const struct carved_schema *schema; // OBJECT, LIST
	const struct carved_field *list;    // HOURS_STEPS: the list that may stand instead of a number
	const char *const *needs;           // keys that must stand beside it; NULL at the end
	enum carved_code missing;           // instead of REQUIRED_KEY, where the reason needs words of its own
	enum carved_code wrong;             // instead of CHOICE_UNKNOWN
	const char *example;                // as YAML
	const char *en, *nl;                // what it means, one line each
};

struct carved_schema {
	const char *name; // "candidate", "candidate.hours"
	const struct carved_field *fields;
	size_t count;
	size_t item_size;          // of the struct, for a LIST
	const char *const *one_of; // keys of which at least one must be there; NULL at the end
};

extern const struct carved_schema *const carved_schemas[CARVED_KINDS];
extern const struct carved_schema carved_schema_word;     // an entry of a vocabulary
extern const struct carved_schema carved_schema_word_has; // one of `has`

// Limits that DESIGN or the solver's arithmetic set.
enum {
	CARVED_LIMITS_MAX = 32,
	CARVED_SUPPORTED_MAX = 64,
	CARVED_MUST_MAX = 32,
	CARVED_SITE_CATEGORIES_MAX = 128,
	CARVED_PART_HOURS_Q = 16, // of an available day part, unless said
	CARVED_FIXED_HOURS_MAX_Q = 16000
};
extern const int carved_part_length_q[CARVED_PARTS_PER_DAY];

// The field of a key; NULL where the schema has none.
const struct carved_field *carved_schema_find(const struct carved_schema *schema, const char *key);

#define CARVED_MEMBER(type, member) .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)
#define CARVED_SCHEMA(fields_) .fields = (fields_), .count = sizeof(fields_) / sizeof *(fields_)
