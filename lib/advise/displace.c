// SPDX-License-Identifier: EUPL-1.2
// Whom a package would push aside: the people of a standing plan who would have to give way, with the smallest loss.
//
//   R            what the package uses: quarters of its slots (supply), carved quarters of their jobs (donor), a place and buddy hours of the site, hours of the
//                coach and of the easy half of the caseload
//   u_ir         what package i of the plan holds of r; the person's own is left out
//   need_r       max(0, sum over i of u_ir + use of the new package - capacity of r)
//   y_i          1: i gives way
//
//   minimise  sum over i of loss_i y_i     with  sum over i of u_ir y_i >= need_r  for each r,     loss_i = max(1, value of i)
//
// Nobody else matters: what the package does not use stays as valid as it was. Giving up everything always suffices, as the package fits into an empty region.
//
// Method: a greedy (most need met per loss; then whoever is not needed stays) gives a first answer. Branch and bound over the people, the cheapest first,
// improves it: each open need bounds the loss from below by itself, taking people by falling use per loss, the last one in part. Finished within the node
// limit it is the optimum (`exact`); cut short, the best so far is a valid answer.
#include "advisor.h"
#include <stdlib.h>
#include <string.h>

enum use_kind { SLOT, DONOR, PLACES, SUPERVISION, COACH, RESERVE };

struct need {
	enum use_kind kind;
	uint32_t index; // slot, job, site or coach
	int64_t amount; // still to be freed
};

struct person {
	uint32_t holding;
	int64_t loss;
	int64_t *use; // per need
};

struct shove {
	const struct carved_instance *instance;
	const struct carved_standing *standing;
	uint32_t own;
	struct carved_arena scratch;
	struct need *needs;
	struct person *people; // by rising loss
	uint32_t need_count, person_count;
	uint32_t **orders; // per need: people by falling use per loss
	bool *out, *decided, *best;
	int64_t best_loss;
	uint32_t nodes, node_limit;
	bool cut;
};

static int64_t use_of(const struct shove *s, const struct carved_holding *holding, const struct need *need)
{
	int64_t sum = 0;
	switch (need->kind) {
	case SLOT:
	case DONOR:
		for (uint32_t i = 0; i < holding->piece_count; i++) {
			const struct carved_piece *piece = &holding->pieces[i];
			const struct carved_instance_slot *slot = &s->instance->slots[piece->slot];
			bool counts = need->kind == SLOT
					      ? piece->slot == need->index
					      : slot->job == need->index && !slot->undone && holding->kind == CARVED_CARVED;
			sum += counts ? piece->hours_q : 0;
		}
		return sum;
	case PLACES:
		return holding->site == need->index;
	case SUPERVISION:
		return holding->site == need->index ? holding->buddy_q : 0;
	case COACH:
		return holding->coach == need->index ? holding->coach_q : 0;
	case RESERVE:
		return holding->coach == need->index && holding->easy ? holding->coach_q : 0;
	}
	abort();
}

static bool is_there(const struct shove *s, uint32_t holding)
{
	return holding != s->own;
}

// Notes a need where the plan and the package together use more than there is.
static void add_need(struct shove *s, enum use_kind kind, uint32_t index, int64_t use, int64_t capacity)
{
	struct need need = {.kind = kind, .index = index};
	int64_t held = 0;
	if (use == 0)
		return;
	for (uint32_t i = 0; i < s->standing->holding_count; i++)
		held += is_there(s, i) ? use_of(s, &s->standing->holdings[i], &need) : 0;
	need.amount = held + use - capacity;
	if (need.amount > held)
		need.amount = held; // more can't be freed
	if (need.amount > 0)
		s->needs[s->need_count++] = need;
}

static void add_hours(struct shove *s, const struct carved_package *package)
{
	const struct carved_instance *in = s->instance;
	for (uint32_t i = 0; i < package->piece_count; i++) {
		const struct carved_piece *piece = &package->pieces[i];
		uint32_t job = in->slots[piece->slot].job;
		int64_t carved = 0;
		add_need(s, SLOT, piece->slot, piece->hours_q, in->slots[piece->slot].hours_q);
		if (package->kind != CARVED_CARVED || (i > 0 && in->slots[piece[-1].slot].job == job))
			continue; // a job's slots stand together: counted at the first
		for (uint32_t k = i; k < package->piece_count && in->slots[package->pieces[k].slot].job == job; k++)
			carved += in->slots[package->pieces[k].slot].undone ? 0 : package->pieces[k].hours_q;
		add_need(s, DONOR, job, carved, in->jobs[job].cap_q);
	}
}

static void add_needs(struct shove *s, const struct carved_instance_candidate *person, const struct carved_package *package)
{
	const struct carved_instance_site *site = &s->instance->sites[package->site];
	const struct carved_instance_coach *coach = &s->instance->coaches[person->coach];
	s->needs = carved_arena_array(&s->scratch, struct need, 2 * (size_t)package->piece_count + 4);
	add_hours(s, package);
	add_need(s, PLACES, package->site, 1, site->places);
	add_need(s, SUPERVISION, package->site, person->buddy_q, site->buddy_q);
	add_need(s, COACH, person->coach, person->coach_q, coach->hours_q);
	if (person->easy && coach->reserve_q != CARVED_NONE)
		add_need(s, RESERVE, person->coach, person->coach_q, coach->reserve_q);
}

static int compare_people(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	if (x->loss != y->loss)
		return x->loss < y->loss ? -1 : 1;
	return (x->holding > y->holding) - (x->holding < y->holding);
}

static void list_people(struct shove *s)
{
	s->people = carved_arena_array(&s->scratch, struct person, s->standing->holding_count);
	for (uint32_t i = 0; i < s->standing->holding_count; i++) {
		const struct carved_holding *holding = &s->standing->holdings[i];
		struct person person = {.holding = i, .loss = holding->value > 1 ? holding->value : 1};
		bool matters = false;
		if (!is_there(s, i))
			continue;
		for (uint32_t r = 0; r < s->need_count && !matters; r++)
			matters = use_of(s, holding, &s->needs[r]) > 0;
		if (!matters)
			continue;
		person.use = carved_arena_array(&s->scratch, int64_t, s->need_count);
		for (uint32_t r = 0; r < s->need_count; r++)
			person.use[r] = use_of(s, holding, &s->needs[r]);
		s->people[s->person_count++] = person;
	}
	if (s->person_count)
		qsort(s->people, s->person_count, sizeof *s->people, compare_people);
}

// ---- greedy

static bool is_met(const struct shove *s)
{
	for (uint32_t r = 0; r < s->need_count; r++) {
		if (s->needs[r].amount > 0)
			return false;
	}
	return true;
}

static void give_way(struct shove *s, uint32_t p, int sign)
{
	for (uint32_t r = 0; r < s->need_count; r++)
		s->needs[r].amount -= sign * s->people[p].use[r];
	s->out[p] = sign > 0;
}

// How much of the open needs a person meets, in thousandths of each.
static int64_t help_of(const struct shove *s, uint32_t p)
{
	int64_t help = 0;
	for (uint32_t r = 0; r < s->need_count; r++) {
		int64_t open = s->needs[r].amount, use = s->people[p].use[r];
		if (open > 0)
			help += 1000 * (use < open ? use : open) / open;
	}
	return help;
}

static void choose_greedily(struct shove *s)
{
	while (!is_met(s)) {
		uint32_t best = UINT32_MAX;
		int64_t best_help = 0;
		for (uint32_t p = 0; p < s->person_count; p++) {
			int64_t help = s->out[p] ? 0 : help_of(s, p);
			if (help > 0 && (best == UINT32_MAX || help * s->people[best].loss > best_help * s->people[p].loss)) {
				best = p;
				best_help = help;
			}
		}
		if (best == UINT32_MAX)
			abort(); // everybody together suffices
		give_way(s, best, 1);
	}
	for (uint32_t p = s->person_count; p-- > 0;) { // the dearest first
		if (!s->out[p])
			continue;
		give_way(s, p, -1);
		if (!is_met(s))
			give_way(s, p, 1);
	}
}

static int64_t keep_best(struct shove *s)
{
	s->best_loss = 0;
	memcpy(s->best, s->out, s->person_count * sizeof *s->best);
	for (uint32_t p = 0; p < s->person_count; p++)
		s->best_loss += s->out[p] ? s->people[p].loss : 0;
	return s->best_loss;
}

// ---- branch and bound

static void sort_orders(struct shove *s)
{
	s->orders = carved_arena_array(&s->scratch, uint32_t *, s->need_count);
	for (uint32_t r = 0; r < s->need_count; r++) {
		uint32_t *order = s->orders[r] = carved_arena_array(&s->scratch, uint32_t, s->person_count);
		for (uint32_t p = 0; p < s->person_count; p++) {
			uint32_t at = p;
			for (; at > 0 && s->people[p].use[r] * s->people[order[at - 1]].loss >
						 s->people[order[at - 1]].use[r] * s->people[p].loss;
				at--)
				order[at] = order[at - 1];
			order[at] = p;
		}
	}
}

// The least loss that meeting need r by itself takes of those who are undecided; INT64_MAX: they don't suffice.
static int64_t least_loss(const struct shove *s, uint32_t r)
{
	int64_t open = s->needs[r].amount, loss = 0;
	for (uint32_t k = 0; k < s->person_count && open > 0; k++) {
		const struct person *person = &s->people[s->orders[r][k]];
		if (s->decided[s->orders[r][k]] || person->use[r] == 0)
			continue;
		loss += person->use[r] <= open ? person->loss : person->loss * open / person->use[r];
		open -= person->use[r];
	}
	return open > 0 ? INT64_MAX : loss;
}

static void search(struct shove *s, uint32_t p, int64_t loss)
{
	int64_t least = 0;
	if (s->nodes++ >= s->node_limit) {
		s->cut = true;
		return;
	}
	for (uint32_t r = 0; r < s->need_count; r++) {
		int64_t own = least_loss(s, r);
		if (own == INT64_MAX)
			return;
		least = own > least ? own : least;
	}
	if (loss + least >= s->best_loss)
		return;
	if (is_met(s)) {
		keep_best(s);
		return;
	}
	if (p == s->person_count)
		return;
	s->decided[p] = true;
	give_way(s, p, 1);
	search(s, p + 1, loss + s->people[p].loss);
	give_way(s, p, -1);
	search(s, p + 1, loss);
	s->decided[p] = false;
}

static void improve(struct shove *s)
{
	sort_orders(s);
	for (uint32_t p = 0; p < s->person_count; p++) {
		if (s->out[p])
			give_way(s, p, -1);
	}
	search(s, 0, 0);
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

void carved_advisor_displace(const struct carved_advisor *advisor, const struct carved_package *package,
	const struct carved_standing *standing, uint32_t own, uint32_t node_limit, struct carved_arena *arena,
	struct carved_displacement *ret_displacement)
{
	struct shove s = {.instance = advisor->instance, .standing = standing, .own = own, .node_limit = node_limit};
	struct carved_displacement answer = {.exact = true};
	add_needs(&s, &advisor->person, package);
	if (s.need_count > 0) {
		list_people(&s);
		s.out = carved_arena_array(&s.scratch, bool, s.person_count);
		s.decided = carved_arena_array(&s.scratch, bool, s.person_count);
		s.best = carved_arena_array(&s.scratch, bool, s.person_count);
		choose_greedily(&s);
		keep_best(&s);
		improve(&s);
		answer.exact = !s.cut;
	}
	answer.holdings = carved_arena_array(arena, uint32_t, s.person_count);
	for (uint32_t p = 0; p < s.person_count; p++) {
		if (!s.best[p])
			continue;
		answer.holdings[answer.count++] = s.people[p].holding;
		answer.value += standing->holdings[s.people[p].holding].value;
	}
	if (answer.count)
		qsort(answer.holdings, answer.count, sizeof *answer.holdings, compare_numbers);
	carved_arena_deinit(&s.scratch);
	*ret_displacement = answer;
}
