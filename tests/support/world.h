// SPDX-License-Identifier: EUPL-1.2
// Small regions made by hand, for tests of what reads documents. Every adder fills in plain defaults that the test then changes.
//
//   candidate   16 to 32 quarters a week, 32 a day, 8 a visit; mon-am, mon-pm, tue-am, tue-pm 16 each; 9 of at most 45 minutes from every site: travel part 800
//   site        open mon-am .. tue-pm, 5 places, 40 quarters of supervision, staff agreed
//   job         2 incumbents, 160 quarters, half of it may be carved: cap 80
//   vacancy     1 opening, not carved
//   task        chunk 2, no demands
#pragma once
#include "carved/model/region.h"

enum { WORLD_DOCUMENTS = 64, WORLD_MOST = 16 };
#define WORLD_DATE ((carved_date)20779) // 2026-11-22

struct world {
	struct carved_arena arena;
	struct carved_region region;
	struct carved_document *documents[CARVED_KINDS][WORLD_DOCUMENTS]; // of what is inside one: WORLD_MOST
};

void world_init(struct world *world); // with coach "C-1", 40 quarters
void world_deinit(struct world *world);

// Refs must be added in the order of the alphabet.
struct carved_coach *world_add_coach(struct world *world, const char *ref, int hours_q);
struct carved_candidate *world_add_candidate(struct world *world, const char *ref);
struct carved_site *world_add_site(struct world *world, const char *ref);
struct carved_job *world_add_job(struct world *world, struct carved_site *site, const char *ref); // before vacancies
struct carved_job *world_add_vacancy(struct world *world, struct carved_site *site, const char *ref);
struct carved_task *world_add_task(struct world *world, struct carved_job *job, const char *ref, int hours_q);
void world_add_text(struct world *world, struct carved_texts *texts, const char *text);
void world_add_level(struct world *world, struct carved_qualifiers *levels, const char *code, uint8_t value);
void world_add_aid(struct world *world, struct carved_candidate *candidate, const char *code, uint8_t limitation, const char *by,
	enum carved_support_kind kind);
void world_add_limit(struct world *world, struct carved_candidate *candidate, const char *code, uint8_t level, int hours_q);
void world_add_certificate(struct world *world, const char *name, const char *implies); // of the region's vocabulary
