// SPDX-License-Identifier: EUPL-1.2
// Integer programs of a few people each, everybody else fixed, several at a time. See desks.c.
//
// Glossary
//   desk      a place where one program is made and solved: its people, the room that everybody else leaves them, the packages that could be theirs
//   present   the packages that its people have in the plan
#pragma once
#include "pricing.h"
#include "program.h"
#include "ranking.h"
#include "start.h"

#define CARVED_DESKS_MOST 8

struct carved_desk {
	struct carved_desks *of;
	uint32_t *people; // candidates; sorted once it is solved
	uint32_t people_count;
	bool *inside;                       // per candidate: is one of them
	uint32_t site;                      // the only one whose packages take part; CARVED_NONE: all sites' do
	struct carved_program_person *kept; // per person: what is asked of changes
	int64_t most;                       // changes among them; INT64_MAX: any number
	struct carved_columns pool;         // packages that take part: those of the plan's pool, and what was priced here
	uint32_t *left;                     // per resource: what everybody else leaves
	int64_t *prices;                    // per resource: the program's own, micro
	struct carved_ranking ranking;      // scratch
	uint32_t worker;                    // of the crew, who sits here
	uint32_t *choice; // columns of its pool: what is better than what the people have; none where nothing is
	uint32_t choice_count;
};

// How programs are made.
struct carved_desks_manner {
	uint32_t columns_most;   // packages known that take part
	uint32_t pricing_rounds; // at most
	uint32_t pairs_priced;   // of a person in a round, most promising first
	uint32_t nodes;          // of branch and bound
};

struct carved_desks {
	struct carved_problem *problem;
	const struct carved_restart *restart; // what changes are counted from
	const struct carved_dual *dual;
	struct carved_draft *plan;
	struct carved_columns *pool; // the plan's
	int64_t most;                // changes of the whole plan; INT64_MAX: any number
	struct carved_desks_manner manner;
	struct carved_desk desks[CARVED_DESKS_MOST];
	uint32_t size; // how many are used, >= 1; the caller may set another number up to CARVED_DESKS_MOST
};

// `plan` and the others must live as long as this. Requires: the restart was laid; the dual has a bound.
void carved_desks_init(struct carved_desks *desks, const struct carved_restart *restart, const struct carved_dual *dual,
	struct carved_draft *plan);
void carved_desks_deinit(struct carved_desks *desks);

// Takes a candidate in, who may be there already; nobody who could go nowhere.
void carved_desk_take_in(struct carved_desk *desk, uint32_t candidate);

// Nobody is there any more.
void carved_desk_empty(struct carved_desk *desk);

// Solves the programs of the first `count` desks, puts what is better into the plan in the order of desks, and empties them. Returns how many made the plan better.
// The plan, by its value and what it keeps (carved_restart_score), never becomes worse; its marks are used.
uint32_t carved_desks_solve(struct carved_desks *desks, uint32_t count);

// A person's pairs into `ranking`, by the most that they can bring at the bound's prices.
void carved_desks_rank_pairs(const struct carved_desks *desks, uint32_t candidate, struct carved_ranking *ranking);

// How far packages of the candidate could be worth more than the one in the plan, at the bound's prices, micro.
int64_t carved_desks_promise(const struct carved_desks *desks, uint32_t candidate);

// Packages that could be part of a better plan, of all people of the desk, into its ranking: least loss first.
void carved_desk_rank_columns(struct carved_desk *desk);
