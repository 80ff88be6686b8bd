// SPDX-License-Identifier: EUPL-1.2
// Coaches share sites as candidates do, but their hours come in pieces: a coach with 4 hours has time for two people who need 1.5 each, not for 2.67.
//
// Sets        people c of coach k; need_c quarters each, C_k quarters in all, R_k of them for the easy half E_k
// Given       charges phi_c >= 0
// Most        K_k(phi) = max sum_c phi_c y_c    sum_c need_c y_c <= C_k,   sum_{c in E_k} need_c y_c <= R_k,   y binary
//
// Whoever is placed anywhere pays phi once, and those who are placed are such a set of every coach. So for any charges
//     every plan  <=  sum_k K_k(phi) + sum_s z_s(phi)                                                                                      z_s: site.c
// and no price per coach hour, nor one for "at most one package a candidate", can make a smaller bound than the right charges: both are in K_k.
//
// K_k is a knapsack for each half of the caseload, solved for every number of quarters, and the best way to divide the quarters between the two.
//
// Source: Lagrangian decomposition, M. Guignard, S. Kim (1987); the knapsack by dynamic programming, R. Bellman (1957).
#include "caseload.h"
#include <stdlib.h>
#include <string.h>

void carved_caseloads_init(struct carved_caseloads *caseloads, const struct carved_problem *problem)
{
	const struct carved_instance *in = problem->instance;
	uint32_t first = 0;
	*caseloads = (struct carved_caseloads){.problem = problem};
	caseloads->people = carved_alloc_array(in->candidates_count, sizeof *caseloads->people);
	caseloads->of_coach = carved_alloc_array(in->coaches_count, sizeof *caseloads->of_coach);
	for (uint32_t c = 0; c < in->candidates_count; c++)
		caseloads->of_coach[in->candidates[c].coach].count++;
	for (uint32_t k = 0; k < in->coaches_count; k++) {
		caseloads->of_coach[k].first = first;
		first += caseloads->of_coach[k].count;
		caseloads->of_coach[k].count = 0;
	}
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		struct carved_range *range = &caseloads->of_coach[in->candidates[c].coach];
		caseloads->people[range->first + range->count++] = c;
	}
}

void carved_caseloads_deinit(struct carved_caseloads *caseloads)
{
	free(caseloads->people);
	free(caseloads->of_coach);
	*caseloads = (struct carved_caseloads){0};
}

// One half of a caseload: the best for each number of quarters up to `room`.
struct knapsack {
	uint32_t *people;
	uint32_t count, room;
	int64_t *best; // per number of quarters, 0 to room
	uint8_t *took; // per person, a bit per number of quarters: whether the best of those up to this person has it
	size_t row;    // bytes of a person's bits
};

static void fill(struct knapsack *half, const struct carved_instance *in, const int64_t *charges)
{
	half->row = half->room / 8 + 1;
	half->best = carved_alloc_array((size_t)half->room + 1, sizeof *half->best);
	half->took = carved_alloc_array(half->count, half->row);
	for (uint32_t i = 0; i < half->count; i++) {
		uint32_t need_q = in->candidates[half->people[i]].coach_q;
		int64_t charge = charges[half->people[i]];
		for (uint32_t room = half->room + 1; room-- > need_q;) {
			if (half->best[room - need_q] + charge <= half->best[room])
				continue;
			half->best[room] = half->best[room - need_q] + charge;
			half->took[i * half->row + room / 8] |= (uint8_t)(1u << room % 8);
		}
	}
}

static void read_set(const struct knapsack *half, const struct carved_instance *in, uint32_t room, bool *set)
{
	for (uint32_t i = half->count; i-- > 0;) {
		if (!(half->took[i * half->row + room / 8] >> room % 8 & 1))
			continue;
		set[half->people[i]] = true;
		room -= in->candidates[half->people[i]].coach_q;
	}
}

// Those of a half who pay anything and could be in a set at all; the half needs no more room than all of them together.
static void choose_people(struct knapsack *half, const struct carved_caseloads *caseloads, uint32_t coach, bool easy,
	uint32_t capacity, const int64_t *charges)
{
	const struct carved_instance *in = caseloads->problem->instance;
	const struct carved_range range = caseloads->of_coach[coach];
	uint64_t need_q = 0;
	half->people = carved_alloc_array(range.count, sizeof *half->people);
	for (uint32_t i = range.first; i < range.first + range.count; i++) {
		const struct carved_instance_candidate *of = &in->candidates[caseloads->people[i]];
		if ((of->easy != 0) != easy || charges[caseloads->people[i]] <= 0 || of->coach_q > capacity)
			continue;
		half->people[half->count++] = caseloads->people[i];
		need_q += of->coach_q;
	}
	half->room = need_q < capacity ? (uint32_t)need_q : capacity;
	fill(half, in, charges);
}

int64_t carved_caseload_most(const struct carved_caseloads *caseloads, uint32_t coach, const int64_t *charges, bool *ret_set)
{
	const struct carved_problem *problem = caseloads->problem;
	const struct carved_range range = caseloads->of_coach[coach];
	uint32_t capacity = problem->capacity[problem->coaches + coach], reserve = problem->capacity[problem->reserves + coach];
	struct knapsack easy = {0}, others = {0};
	int64_t most = -1;
	uint32_t of_easy = 0, of_others = 0;
	choose_people(&easy, caseloads, coach, true, reserve < capacity ? reserve : capacity, charges);
	choose_people(&others, caseloads, coach, false, capacity, charges);
	for (uint32_t room = 0; room <= easy.room; room++) {
		uint32_t left = capacity - room < others.room ? capacity - room : others.room;
		if (easy.best[room] + others.best[left] <= most)
			continue;
		most = easy.best[room] + others.best[left];
		of_easy = room;
		of_others = left;
	}
	for (uint32_t i = range.first; ret_set && i < range.first + range.count; i++)
		ret_set[caseloads->people[i]] = false;
	if (ret_set) {
		read_set(&easy, problem->instance, of_easy, ret_set);
		read_set(&others, problem->instance, of_others, ret_set);
	}
	void *owned[] = {easy.people, easy.best, easy.took, others.people, others.best, others.took};
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		free(owned[i]);
	return most;
}

int64_t carved_caseloads_most(const struct carved_caseloads *caseloads, const int64_t *charges)
{
	int64_t sum = 0;
	for (uint32_t k = 0; k < caseloads->problem->instance->coaches_count; k++)
		sum += carved_caseload_most(caseloads, k, charges, NULL);
	return sum;
}
