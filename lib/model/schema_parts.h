// SPDX-License-Identifier: EUPL-1.2
// The schemas of the four kinds, each in a file of its own or in schema.c; found through carved_schemas.
#pragma once
#include "schema.h"

extern const struct carved_schema carved_schema_candidate;
extern const struct carved_schema carved_schema_site;
extern const struct carved_schema carved_schema_coach;
extern const struct carved_schema carved_schema_vocabulary;
extern const struct carved_schema carved_schema_override; // an entry of a candidate's `overrides`

extern const char *const carved_mode_choices[];
extern const char *const carved_challenge_choices[];
extern const char *const carved_company_choices[];
extern const char *const carved_support_choices[];
extern const char *const carved_scope_choices[];

extern const char *const carved_carve_needs[]; // beside `carve` of a job
extern const char *const carved_site_work[];   // of which a site has at least one
