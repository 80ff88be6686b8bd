// SPDX-License-Identifier: EUPL-1.2
// The bound that a proof of sites gives: each site can hold at most its largest leaf, each coach's caseload at most the charges of those whom its hours are enough for.
#include "carved/base/quarters.h"
#include "support/bound_run.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum decision { UNDECIDED, IN, OUT };

struct tree_walk {
	const struct carved_proof *proof;
	struct bound_run run;         // its prices are `prices`
	struct carved_prices prices;  // copies, the site's own replaced by a leaf's
	struct bound_person *persons; // per candidate; `candidate` NULL: no package anywhere
	uint8_t *decisions;           // per candidate
	int64_t largest;              // leaf so far
	int64_t target;               // of a rounded proof: no leaf is asked to be smaller, millionths
};

// Less than any sum of reduced values: who must work there and can't has no package to show.
#define IMPOSSIBLE (INT64_C(-1000000) * CARVED_MICRO)

static void take_leaf_prices(struct tree_walk *walk, const struct carved_proof_node *leaf)
{
	const int64_t *from = walk->proof->prices + leaf->prices;
	size_t slots = carved_slot_table_site(walk->run.table, leaf->site)->count;
	size_t jobs = carved_region_site(walk->run.region, leaf->site)->job_count;
	memcpy(walk->prices.slot + carved_slot_table_first_slot(walk->run.table, leaf->site), from, slots * sizeof *from);
	memcpy(walk->prices.donor + carved_slot_table_first_job(walk->run.table, leaf->site), from + slots, jobs * sizeof *from);
	walk->prices.supervision[leaf->site] = from[slots + jobs];
	walk->prices.places[leaf->site] = from[slots + jobs + 1];
}

static int64_t best_of_one(const struct tree_walk *walk, size_t candidate, size_t site, int64_t otherwise)
{
	const struct bound_person *person = &walk->persons[candidate];
	return person->candidate ? bound_best_at(&walk->run, person, site, otherwise) : otherwise;
}

enum { FIRST_NODES = 200, NODES_STEP = 8, TURNS = 6 }; // of searches with roundings; the last turn has no limit

// A rounded proof says what packages are worth once fit and relief are rounded down. That takes long to find out exactly; here each person's best is only followed
// down as far as the leaf has to fall to be no larger than the walk's target, and those go first whose search ends soon.
static void sharpen(struct tree_walk *walk, const struct carved_proof_node *leaf, int64_t *best, int64_t *sum)
{
	size_t candidates = walk->run.region->count[CARVED_KIND_CANDIDATE];
	uint64_t nodes = 0, most = FIRST_NODES;
	bool *settled = carved_alloc_array(candidates, sizeof *settled);
	walk->run.rounded = true;
	walk->run.nodes = &nodes;
	for (int turn = 0; turn < TURNS; turn++, most *= NODES_STEP) {
		walk->run.nodes_most = turn + 1 < TURNS ? most : 0;
		for (size_t c = 0; c<candidates && * sum> walk->target; c++) {
			int64_t charge = walk->proof->charges[c], over = *sum - walk->target;
			int64_t least = walk->decisions[c] == IN ? charge + IMPOSSIBLE : charge;
			if (settled[c] || walk->decisions[c] == OUT || best[c] <= least)
				continue;
			least = best[c] - over > least ? best[c] - over : least;
			int64_t rounded = best_of_one(walk, c, leaf->site, least);
			if (walk->run.nodes_most && nodes > walk->run.nodes_most)
				continue;
			settled[c] = true;
			*sum -= best[c] - rounded;
			best[c] = rounded;
		}
	}
	walk->run.rounded = false;
	walk->run.nodes = NULL;
	walk->run.nodes_most = 0;
	free(settled);
}

// Prices x capacities of coaches that the leaf has prices for.
static int64_t take_coaches(struct tree_walk *walk, uint32_t leaf)
{
	int64_t sum = 0;
	memset(walk->prices.coach, 0, walk->run.region->count[CARVED_KIND_COACH] * sizeof *walk->prices.coach);
	memset(walk->prices.reserve, 0, walk->run.region->count[CARVED_KIND_COACH] * sizeof *walk->prices.reserve);
	for (uint32_t i = 0; i < walk->proof->coach_count; i++) {
		const struct carved_proof_coach *of = &walk->proof->coaches[i];
		if (of->node != leaf)
			continue;
		walk->prices.coach[of->coach] = of->hours;
		walk->prices.reserve[of->coach] = of->reserve;
		sum += of->hours * carved_region_coach(walk->run.region, of->coach)->hours_q;
		sum += of->reserve ? of->reserve * walk->run.reserve_q[of->coach] : 0;
	}
	return sum;
}

static void walk_leaf(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *leaf = &walk->proof->nodes[index];
	size_t candidates = walk->run.region->count[CARVED_KIND_CANDIDATE];
	int64_t *best = carved_alloc_array(candidates, sizeof *best);
	take_leaf_prices(walk, leaf);
	int64_t sum = take_coaches(walk, index) + bound_site_capacities(&walk->run, leaf->site);
	for (size_t c = 0; c < candidates; c++) {
		int64_t charge = walk->proof->charges[c];
		if (walk->decisions[c] == OUT)
			continue;
		best[c] = best_of_one(walk, c, leaf->site, walk->decisions[c] == IN ? charge + IMPOSSIBLE : charge);
		sum += best[c] - charge;
	}
	if (walk->proof->rounded && sum > walk->target)
		sharpen(walk, leaf, best, &sum);
	if (sum > walk->largest)
		walk->largest = sum;
	free(best);
}

static void walk_tree(struct tree_walk *walk, uint32_t index);

// Goes down where the person works here (IN), or does not (OUT), or where nothing is said of that (UNDECIDED).
static void walk_child(struct tree_walk *walk, uint32_t candidate, uint8_t decision, uint32_t child)
{
	uint8_t before = walk->decisions[candidate];
	if (decision != UNDECIDED) {
		if (before == OUT || (before == IN && decision == OUT))
			abort(); // a proof decides on nobody twice
		walk->decisions[candidate] = decision;
	}
	walk_tree(walk, child);
	walk->decisions[candidate] = before;
}

// Two children that differ in the hours of the person's work, of a job, a slot, or slots alike: more than so many in one, at most so many in the other, or no work here at all.
static void walk_hours(struct tree_walk *walk, const struct carved_proof_node *node)
{
	struct bound_limit *limit = &walk->run.limits[walk->run.limit_count++];
	if (walk->run.limit_count == BOUND_DECISIONS)
		abort(); // a deeper tree than this check was made for
	*limit = (struct bound_limit){.candidate = carved_region_candidate(walk->run.region, node->candidate),
		.job = node->job,
		.slot = node->slot,
		.alike = node->alike,
		.least_q = (int)node->hours_q + 1,
		.most_q = INT_MAX};
	walk_child(walk, node->candidate, IN, node->in);
	limit->least_q = 0;
	limit->most_q = (int)node->hours_q;
	walk_child(walk, node->candidate, UNDECIDED, node->out);
	walk->run.limit_count--;
}

static void walk_tree(struct tree_walk *walk, uint32_t index)
{
	const struct carved_proof_node *node = &walk->proof->nodes[index];
	if (node->candidate == CARVED_NONE) {
		walk_leaf(walk, index);
	} else if (node->job == CARVED_NONE) {
		walk_child(walk, node->candidate, IN, node->in);
		walk_child(walk, node->candidate, OUT, node->out);
	} else {
		walk_hours(walk, node);
	}
}

static int64_t *copy_prices(const int64_t *from, size_t count)
{
	int64_t *copy = carved_alloc_array(count, sizeof *copy);
	if (count)
		memcpy(copy, from, count * sizeof *copy);
	return copy;
}

// The most that one site can hold: its largest leaf. A site without a tree is one leaf with the region's prices.
static int64_t largest_leaf(struct tree_walk *walk, const struct carved_prices *prices, size_t site)
{
	const struct carved_region *region = walk->run.region;
	size_t sites = region->count[CARVED_KIND_SITE], coaches = region->count[CARVED_KIND_COACH];
	walk->prices = (struct carved_prices){
		.slot = copy_prices(prices->slot, carved_slot_table_first_slot(walk->run.table, sites)),
		.donor = copy_prices(prices->donor, carved_slot_table_first_job(walk->run.table, sites)),
		.supervision = copy_prices(prices->supervision, sites),
		.places = copy_prices(prices->places, sites),
		.coach = carved_alloc_array(coaches, sizeof(int64_t)), // charges pay for the hours of coaches: zero
		.reserve = carved_alloc_array(coaches, sizeof(int64_t)),
	};
	walk->run.prices = &walk->prices;
	walk->largest = INT64_MIN;
	uint32_t root = 0;
	while (root < walk->proof->node_count && walk->proof->nodes[root].site != site)
		root++;
	if (root < walk->proof->node_count) {
		walk_tree(walk, root);
	} else {
		walk->largest = bound_site_capacities(&walk->run, site);
		for (size_t c = 0; c < region->count[CARVED_KIND_CANDIDATE]; c++)
			walk->largest += best_of_one(walk, c, site, walk->proof->charges[c]) - walk->proof->charges[c];
	}
	free(walk->prices.slot);
	free(walk->prices.donor);
	free(walk->prices.supervision);
	free(walk->prices.places);
	free(walk->prices.coach);
	free(walk->prices.reserve);
	return walk->largest;
}

// The greatest sum of charges of people for whom the coach has hours: by quarters of all and quarters of the easy half together, one person after the other.
static int64_t most_of_caseload(const struct bound_run *run, const int64_t *charges, size_t coach)
{
	const struct carved_region *region = run->region;
	const struct carved_coach *document = carved_region_coach(region, coach);
	size_t candidates = region->count[CARVED_KIND_CANDIDATE], all_q = 0;
	for (size_t c = 0; c < candidates; c++) {
		const struct carved_candidate *person = carved_region_candidate(region, c);
		all_q += strcmp(person->coach, document->ref) == 0 ? (size_t)person->coach_q : 0;
	}
	size_t hours_q = all_q < (size_t)document->hours_q ? all_q : (size_t)document->hours_q;
	size_t easy_q =
		run->reserve_q[coach] < 0 || (size_t)run->reserve_q[coach] > hours_q ? hours_q : (size_t)run->reserve_q[coach];
	int64_t *most = carved_alloc_array((hours_q + 1) * (easy_q + 1), sizeof *most); // [hours][easy]
	for (size_t c = 0; c < candidates; c++) {
		const struct carved_candidate *person = carved_region_candidate(region, c);
		size_t need_q = (size_t)person->coach_q, of_easy_q = person->coach_q <= run->median_q[coach] ? need_q : 0;
		if (strcmp(person->coach, document->ref) != 0)
			continue;
		for (size_t h = hours_q + 1; h-- > need_q;) {
			for (size_t e = easy_q + 1; e-- > of_easy_q;) {
				int64_t with = most[(h - need_q) * (easy_q + 1) + e - of_easy_q] + charges[c];
				int64_t *best = &most[h * (easy_q + 1) + e];
				*best = with > *best ? with : *best;
			}
		}
	}
	int64_t greatest = most[hours_q * (easy_q + 1) + easy_q];
	free(most);
	return greatest;
}

static struct tree_walk start_walk(const struct bound_run *run, const struct carved_proof *proof)
{
	size_t candidates = run->region->count[CARVED_KIND_CANDIDATE];
	struct tree_walk walk = {.proof = proof, .run = *run};
	walk.decisions = carved_alloc_array(candidates, sizeof *walk.decisions);
	walk.persons = carved_alloc_array(candidates, sizeof *walk.persons);
	for (size_t c = 0; c < candidates; c++)
		bound_person_find(run, carved_region_candidate(run->region, c), &walk.persons[c]);
	return walk;
}

static void end_walk(struct tree_walk *walk)
{
	bound_run_end(&walk->run);
	free(walk->persons);
	free(walk->decisions);
}

int64_t bound_check_site(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof, size_t site)
{
	struct bound_check counts = {0};
	struct bound_run run = bound_run_start(region, table, date, weights, prices, &counts);
	struct tree_walk walk = start_walk(&run, proof);
	walk.target = INT64_MAX;
	int64_t largest = largest_leaf(&walk, prices, site);
	end_walk(&walk);
	return largest;
}

int64_t bound_check_proof(const struct carved_region *region, const struct carved_slot_table *table, carved_date date,
	const struct carved_weights *weights, const struct carved_prices *prices, const struct carved_proof *proof, int64_t claim)
{
	struct bound_check counts = {0};
	struct bound_run run = bound_run_start(region, table, date, weights, prices, &counts);
	struct tree_walk walk = start_walk(&run, proof);
	int64_t sum = 0;
	for (size_t k = 0; k < region->count[CARVED_KIND_COACH]; k++)
		sum += most_of_caseload(&run, proof->charges, k);
	walk.target = (claim + 1) * CARVED_MICRO - 1 - sum; // of the only tree of a rounded proof
	for (size_t s = 0; s < region->count[CARVED_KIND_SITE]; s++)
		sum += largest_leaf(&walk, prices, s);
	end_walk(&walk);
	return carved_floor_div(sum, CARVED_MICRO);
}
