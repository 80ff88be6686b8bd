// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/solution.h"
#include <string.h>

uint32_t carved_proof_prices_of_site(const struct carved_instance *instance, uint32_t site)
{
	return instance->sites[site].slots.count + instance->sites[site].jobs.count + 2;
}

// Nothing is worth a billion points: a price above that is nonsense.
static bool is_price(int64_t price)
{
	return price >= 0 && price < INT64_C(1000000000) * CARVED_MICRO;
}

static bool is_leaf_sound(
	const struct carved_proof *proof, const struct carved_proof_node *node, const struct carved_instance *instance)
{
	uint32_t count = carved_proof_prices_of_site(instance, node->site);
	return node->in == CARVED_NONE && node->out == CARVED_NONE && node->prices <= proof->price_count &&
	       count <= proof->price_count - node->prices;
}

static uint32_t hours_of_job(const struct carved_instance *instance, uint32_t job)
{
	const struct carved_range slots = instance->jobs[job].slots;
	uint32_t sum_q = 0;
	for (uint32_t t = slots.first; t < slots.first + slots.count; t++)
		sum_q += instance->slots[t].hours_q;
	return sum_q;
}

// A job of the site, a slot of the job, hours that the slot, or the job together, has.
static bool is_branch_sound(const struct carved_proof_node *node, const struct carved_instance *instance)
{
	if (node->candidate >= instance->candidates_count || node->prices != CARVED_NONE)
		return false;
	if (node->job == CARVED_NONE)
		return node->slot == CARVED_NONE && node->hours_q == 0 && !node->alike;
	if (node->job >= instance->jobs_count || instance->jobs[node->job].site != node->site)
		return false;
	if (node->slot == CARVED_NONE)
		return node->hours_q == 0 && !node->alike;
	return node->slot < instance->slots_count && instance->slots[node->slot].job == node->job && node->alike <= 1 &&
	       node->hours_q < (node->alike ? hours_of_job(instance, node->job) : instance->slots[node->slot].hours_q);
}

// A child stands behind its parent, at the same site, and has no other parent.
static bool take_child(const struct carved_proof *proof, uint32_t parent, uint32_t child, bool *has_parent)
{
	if (child <= parent || child >= proof->node_count || has_parent[child] ||
		proof->nodes[child].site != proof->nodes[parent].site)
		return false;
	has_parent[child] = true;
	return true;
}

static bool are_nodes_sound(const struct carved_proof *proof, const struct carved_instance *instance, bool *has_parent)
{
	uint32_t last_site = CARVED_NONE;
	for (uint32_t n = 0; n < proof->node_count; n++) {
		const struct carved_proof_node *node = &proof->nodes[n];
		bool is_root = n == 0 || node->site != last_site;
		if (node->site >= instance->sites_count || (n > 0 && node->site < last_site) || has_parent[n] == is_root)
			return false;
		last_site = node->site;
		if (node->candidate == CARVED_NONE) {
			if (!is_leaf_sound(proof, node, instance))
				return false;
		} else if (!is_branch_sound(node, instance) || !take_child(proof, n, node->in, has_parent) ||
			   !take_child(proof, n, node->out, has_parent)) {
			return false;
		}
	}
	return true;
}

// Leaves, in order, each coach once.
static bool are_coaches_sound(const struct carved_proof *proof, const struct carved_instance *instance)
{
	for (uint32_t i = 0; i < proof->coach_count; i++) {
		const struct carved_proof_coach *of = &proof->coaches[i], *last = i ? of - 1 : NULL;
		if (of->node >= proof->node_count || proof->nodes[of->node].candidate != CARVED_NONE ||
			of->coach >= instance->coaches_count || !is_price(of->hours) || !is_price(of->reserve) ||
			(of->reserve && instance->coaches[of->coach].reserve_q == CARVED_NONE) ||
			(last && (last->node > of->node || (last->node == of->node && last->coach >= of->coach))))
			return false;
	}
	return true;
}

bool carved_proof_is_sound(const struct carved_proof *proof, const struct carved_instance *instance)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	bool sound =
		proof->rounded <= 1 && are_nodes_sound(proof, instance, carved_arena_array(&scratch, bool, proof->node_count));
	sound = sound && are_coaches_sound(proof, instance);
	for (uint32_t i = 0; sound && i < proof->price_count; i++)
		sound = is_price(proof->prices[i]);
	for (uint32_t c = 0; sound && proof->node_count && c < instance->candidates_count; c++)
		sound = is_price(proof->charges[c]);
	carved_arena_deinit(&scratch);
	return sound;
}

static void *copy(struct carved_arena *arena, const void *from, size_t count, size_t size)
{
	void *to = carved_arena_alloc_array(arena, count, size);
	if (count)
		memcpy(to, from, count * size);
	return to;
}

void carved_proof_copy(
	struct carved_proof *ret_to, const struct carved_proof *from, size_t candidates, struct carved_arena *arena)
{
	*ret_to = (struct carved_proof){.node_count = from->node_count,
		.price_count = from->price_count,
		.coach_count = from->coach_count,
		.rounded = from->rounded};
	ret_to->charges = from->node_count ? copy(arena, from->charges, candidates, sizeof *from->charges) : NULL;
	ret_to->nodes = copy(arena, from->nodes, from->node_count, sizeof *from->nodes);
	ret_to->coaches = copy(arena, from->coaches, from->coach_count, sizeof *from->coaches);
	ret_to->prices = copy(arena, from->prices, from->price_count, sizeof *from->prices);
}
