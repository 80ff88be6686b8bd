// SPDX-License-Identifier: EUPL-1.2
#include "schema.h"
#include "schema_parts.h"
#include <string.h>

const struct carved_schema *const carved_schemas[CARVED_KINDS] = {
	[CARVED_KIND_CANDIDATE] = &carved_schema_candidate,
	[CARVED_KIND_SITE] = &carved_schema_site,
	[CARVED_KIND_COACH] = &carved_schema_coach,
	[CARVED_KIND_VOCABULARY] = &carved_schema_vocabulary,
};

const int carved_part_length_q[CARVED_PARTS_PER_DAY] = {24, 24, 16, 32}; // am 06-12, pm 12-18, ev 18-22, ni 22-06

const struct carved_field *carved_schema_find(const struct carved_schema *schema, const char *key)
{
	for (size_t i = 0; i < schema->count; i++) {
		if (schema->fields[i].key && strcmp(schema->fields[i].key, key) == 0)
			return &schema->fields[i];
	}
	return NULL;
}

#define IN(member) CARVED_MEMBER(struct carved_coach, member)
static const struct carved_field coach_fields[] = {
	{.key = "kind",
		.kind = CARVED_FIELD_KIND,
		.required = true,
		.example = "kind: coach",
		.en = "what this document is",
		.nl = "wat dit document is"},
	{.key = "ref",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN(ref),
		.example = "ref: C-03",
		.en = "the coach's pseudonym, never a name",
		.nl = "het pseudoniem van de coach, nooit een naam"},
	{.key = "hours",
		.kind = CARVED_FIELD_HOURS,
		.required = true,
		IN(hours_q),
		.most = 672,
		.example = "hours: 24",
		.en = "hours of guidance that the coach has a week",
		.nl = "uren begeleiding die de coach per week heeft"},
};
#undef IN
const struct carved_schema carved_schema_coach = {.name = "coach", CARVED_SCHEMA(coach_fields)};

#define IN(member) CARVED_MEMBER(struct carved_word, member)
#define LABELS                                                                                                                   \
	{.key = "nl",                                                                                                            \
		.kind = CARVED_FIELD_TEXT,                                                                                       \
		.free_text = true,                                                                                               \
		IN(nl),                                                                                                          \
		.example = "nl: buiten",                                                                                         \
		.en = "label in Dutch",                                                                                          \
		.nl = "label in het Nederlands"},                                                                                \
	{                                                                                                                        \
		.key = "en", .kind = CARVED_FIELD_TEXT, .free_text = true, IN(en), .example = "en: outdoors",                    \
		.en = "label in English", .nl = "label in het Engels"                                                            \
	}
static const struct carved_field word_fields[] = {LABELS};
static const struct carved_field word_has_fields[] = {
	LABELS,
	{.key = "implies",
		.kind = CARVED_FIELD_WORDS,
		IN(implies),
		.most = 100,
		.example = "implies: [dutch-a2]",
		.en = "what whoever has this, has as well",
		.nl = "wat wie dit heeft ook heeft"},
};
#undef IN
const struct carved_schema carved_schema_word = {
	.name = "word", CARVED_SCHEMA(word_fields), .item_size = sizeof(struct carved_word)};
const struct carved_schema carved_schema_word_has = {
	.name = "word of has", CARVED_SCHEMA(word_has_fields), .item_size = sizeof(struct carved_word)};

#define IN(member) CARVED_MEMBER(struct carved_vocabulary, member)
static const struct carved_field vocabulary_fields[] = {
	{.key = "kind",
		.kind = CARVED_FIELD_KIND,
		.required = true,
		.example = "kind: vocabulary",
		.en = "what this document is",
		.nl = "wat dit document is"},
	{.key = "ref",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN(ref),
		.example = "ref: region",
		.en = "the vocabulary's name",
		.nl = "de naam van de woordenlijst"},
	{.key = "tags",
		.kind = CARVED_FIELD_VOCABULARY,
		IN(tags),
		.schema = &carved_schema_word,
		.example = "tags: {outdoor: {nl: buiten, en: outdoors}}",
		.en = "words for tasks, sites and wishes",
		.nl = "woorden voor taken, vestigingen en wensen"},
	{.key = "facilities",
		.kind = CARVED_FIELD_VOCABULARY,
		IN(facilities),
		.schema = &carved_schema_word,
		.example = "facilities: {lift: {nl: lift, en: lift}}",
		.en = "words for what a site has to offer people",
		.nl = "woorden voor wat een vestiging mensen te bieden heeft"},
	{.key = "has",
		.kind = CARVED_FIELD_VOCABULARY,
		IN(has),
		.schema = &carved_schema_word_has,
		.example = "has: {dutch-b1: {nl: Nederlands B1, en: Dutch B1, implies: [dutch-a2]}}",
		.en = "words for certificates, licences and languages",
		.nl = "woorden voor diploma's, bewijzen en talen"},
	{.key = "categories",
		.kind = CARVED_FIELD_WORDS,
		IN(categories),
		.most = 2000,
		.example = "categories: [\"4.A.3.a.2\"]",
		.en = "categories of tasks that are in use",
		.nl = "soorten taken die in gebruik zijn"},
};
#undef IN
const struct carved_schema carved_schema_vocabulary = {.name = "vocabulary", CARVED_SCHEMA(vocabulary_fields)};
