// SPDX-License-Identifier: EUPL-1.2
// Keys of a candidate's `overrides`.
#include "schema_parts.h"

static const char *const rule_choices[] = {"capacity", "environment", "requirement", "never", NULL};

#define IN(member) CARVED_MEMBER(struct carved_override, member)
static const struct carved_field override_fields[] = {
	{.key = "site",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN(site),
		.example = "site: S-014",
		.en = "the site",
		.nl = "de vestiging"},
	{.key = "task",
		.kind = CARVED_FIELD_TEXT,
		.required = true,
		IN(task),
		.example = "task: nurse-a/linen",
		.en = "the job or vacancy and its task",
		.nl = "de functie of vacature en haar taak"},
	{.key = "rule",
		.kind = CARVED_FIELD_CHOICE,
		.required = true,
		IN(rule),
		.choices = rule_choices,
		.first = CARVED_OVERRULES_CAPACITY,
		.example = "rule: capacity",
		.en = "the rule that does not count for this task; only rules that protect the candidate alone",
		.nl = "de regel die voor deze taak niet telt; alleen regels die er voor de kandidaat zelf zijn"},
	{.key = "category",
		.kind = CARVED_FIELD_ICF,
		IN(icf),
		.example = "category: d430",
		.en = "of capacity and environment: the ICF category, with those below it",
		.nl = "bij capacity en environment: de ICF-categorie, met wat eronder valt"},
	{.key = "reason",
		.kind = CARVED_FIELD_TEXT,
		.required = true,
		.free_text = true,
		IN(reason),
		.example = "reason: Tried it for two weeks and wants to go on",
		.en = "why, in words for those who read the proposal",
		.nl = "waarom, in woorden voor wie het voorstel leest"},
	{.key = "agreed",
		.kind = CARVED_FIELD_DATE,
		.required = true,
		IN(agreed),
		.example = "agreed: 2026-11-02",
		.en = "when coach and candidate agreed on it; not in the future",
		.nl = "wanneer coach en kandidaat het afspraken; niet in de toekomst"},
};
const struct carved_schema carved_schema_override = {
	.name = "overrides", CARVED_SCHEMA(override_fields), .item_size = sizeof(struct carved_override)};
