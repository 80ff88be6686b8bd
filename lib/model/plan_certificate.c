// SPDX-License-Identifier: EUPL-1.2
// The certificate of a plan's bound as JSON: prices that are not zero, by name, and the trees of sites (struct carved_proof).
#include "carved/model/plan.h"
#include "plan_format.h"

struct printing {
	const struct carved_plan *plan;
	const struct carved_region *region;
	const struct carved_slot_table *table;
	struct carved_json_writer *writer;
};

// The prices of one site's slots; the site is named where they stand among those of all sites.
static void format_slot_prices(const struct printing *p, size_t site, const int64_t *prices, const char *site_ref)
{
	const struct carved_slots *slots = carved_slot_table_site(p->table, site);
	for (size_t t = 0; t < slots->count; t++) {
		if (prices[t] == 0)
			continue;
		carved_json_begin_object(p->writer, NULL);
		if (site_ref)
			carved_json_add_text(p->writer, "site", site_ref);
		carved_plan_format_slot_name(p->writer, &slots->items[t]);
		carved_json_add_integer(p->writer, "price", prices[t]);
		carved_json_end_object(p->writer);
	}
}

static void format_donor_prices(const struct printing *p, size_t site, const int64_t *prices, const char *site_ref)
{
	const struct carved_site *document = carved_region_site(p->region, site);
	for (size_t j = 0; j < document->job_count; j++) {
		if (prices[j] == 0)
			continue;
		carved_json_begin_object(p->writer, NULL);
		if (site_ref)
			carved_json_add_text(p->writer, "site", site_ref);
		carved_plan_format_job(p->writer, &document->jobs[j]);
		carved_json_add_integer(p->writer, "price", prices[j]);
		carved_json_end_object(p->writer);
	}
}

static void format_region_prices(const struct printing *p)
{
	const struct carved_prices *prices = &p->plan->prices;
	carved_json_begin_array(p->writer, "slots");
	for (size_t s = 0; s < p->region->count[CARVED_KIND_SITE]; s++)
		format_slot_prices(
			p, s, prices->slot + carved_slot_table_first_slot(p->table, s), carved_region_site(p->region, s)->ref);
	carved_json_end_array(p->writer);
	carved_json_begin_array(p->writer, "donors");
	for (size_t s = 0; s < p->region->count[CARVED_KIND_SITE]; s++)
		format_donor_prices(
			p, s, prices->donor + carved_slot_table_first_job(p->table, s), carved_region_site(p->region, s)->ref);
	carved_json_end_array(p->writer);
}

// Prices that run along documents of one kind.
static void format_prices(const struct printing *p, enum carved_kind kind, const int64_t *prices, const char *key)
{
	carved_json_begin_array(p->writer, key);
	for (size_t i = 0; i < p->region->count[kind]; i++) {
		if (prices[i] == 0)
			continue;
		carved_json_begin_object(p->writer, NULL);
		carved_json_add_text(p->writer, carved_kind_names[kind], p->region->documents[kind][i]->ref);
		carved_json_add_integer(p->writer, "price", prices[i]);
		carved_json_end_object(p->writer);
	}
	carved_json_end_array(p->writer);
}

// The prices of coaches in a leaf; one list for hours, one for reserves.
static void format_leaf_coaches(const struct printing *p, uint32_t leaf, bool reserve)
{
	const struct carved_proof *proof = &p->plan->proof;
	carved_json_begin_array(p->writer, reserve ? "reserves" : "coaches");
	for (uint32_t i = 0; i < proof->coach_count; i++) {
		int64_t price = reserve ? proof->coaches[i].reserve : proof->coaches[i].hours;
		if (proof->coaches[i].node != leaf || price == 0)
			continue;
		carved_json_begin_object(p->writer, NULL);
		carved_json_add_text(p->writer, "coach", carved_region_coach(p->region, proof->coaches[i].coach)->ref);
		carved_json_add_integer(p->writer, "price", price);
		carved_json_end_object(p->writer);
	}
	carved_json_end_array(p->writer);
}

static void format_leaf(const struct printing *p, uint32_t index)
{
	const struct carved_proof_node *leaf = &p->plan->proof.nodes[index];
	const int64_t *prices = p->plan->proof.prices + leaf->prices;
	size_t slots = carved_slot_table_site(p->table, leaf->site)->count,
	       jobs = carved_region_site(p->region, leaf->site)->job_count;
	carved_json_begin_array(p->writer, "slots");
	format_slot_prices(p, leaf->site, prices, NULL);
	carved_json_end_array(p->writer);
	carved_json_begin_array(p->writer, "donors");
	format_donor_prices(p, leaf->site, prices + slots, NULL);
	carved_json_end_array(p->writer);
	carved_json_add_integer(p->writer, "supervision", prices[slots + jobs]);
	carved_json_add_integer(p->writer, "places", prices[slots + jobs + 1]);
	format_leaf_coaches(p, index, false);
	format_leaf_coaches(p, index, true);
}

// What an inner node asks of the candidate's work: something of a job, or more than so many hours of a slot, or of all that are alike to it.
static void format_branch(const struct printing *p, const struct carved_proof_node *node)
{
	if (node->job == CARVED_NONE)
		return;
	if (node->slot == CARVED_NONE) {
		size_t job = node->job - carved_slot_table_first_job(p->table, node->site);
		carved_plan_format_job(p->writer, &carved_region_site(p->region, node->site)->jobs[job]);
		return;
	}
	size_t slot = node->slot - carved_slot_table_first_slot(p->table, node->site);
	carved_plan_format_slot_name(p->writer, &carved_slot_table_site(p->table, node->site)->items[slot]);
	carved_json_add_integer(p->writer, "quarters", node->hours_q);
	if (node->alike)
		carved_json_add_bool(p->writer, "alike", true);
}

// One node; children are numbered from the site's `root`.
static void format_node(const struct printing *p, uint32_t index, uint32_t root)
{
	const struct carved_proof_node *node = &p->plan->proof.nodes[index];
	carved_json_begin_object(p->writer, NULL);
	if (node->candidate == CARVED_NONE) {
		format_leaf(p, index);
	} else {
		carved_json_add_text(p->writer, "candidate", carved_region_candidate(p->region, node->candidate)->ref);
		format_branch(p, node);
		carved_json_add_integer(p->writer, "in", node->in - root);
		carved_json_add_integer(p->writer, "out", node->out - root);
	}
	carved_json_end_object(p->writer);
}

// The nodes of one site, which stand together. Returns the first of the next one.
static uint32_t format_site(const struct printing *p, uint32_t root)
{
	const struct carved_proof *proof = &p->plan->proof;
	uint32_t n = root;
	carved_json_begin_object(p->writer, NULL);
	carved_json_add_text(p->writer, "site", carved_region_site(p->region, proof->nodes[root].site)->ref);
	carved_json_begin_array(p->writer, "nodes");
	for (; n < proof->node_count && proof->nodes[n].site == proof->nodes[root].site; n++)
		format_node(p, n, root);
	carved_json_end_array(p->writer);
	carved_json_end_object(p->writer);
	return n;
}

static void format_proof(const struct printing *p)
{
	const struct carved_proof *proof = &p->plan->proof;
	if (!proof->node_count)
		return;
	carved_json_add_bool(p->writer, "rounded", proof->rounded);
	format_prices(p, CARVED_KIND_CANDIDATE, proof->charges, "candidates");
	carved_json_begin_array(p->writer, "sites");
	for (uint32_t n = 0; n < proof->node_count;)
		n = format_site(p, n);
	carved_json_end_array(p->writer);
}

void carved_plan_format_certificate(const struct carved_plan *plan, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_json_writer *writer, const char *key)
{
	const struct printing printing = {plan, region, table, writer};
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "unit", "micropoints");
	format_region_prices(&printing);
	format_prices(&printing, CARVED_KIND_SITE, plan->prices.supervision, "supervision");
	format_prices(&printing, CARVED_KIND_SITE, plan->prices.places, "places");
	format_prices(&printing, CARVED_KIND_COACH, plan->prices.coach, "coaches");
	format_prices(&printing, CARVED_KIND_COACH, plan->prices.reserve, "reserves");
	format_proof(&printing);
	carved_json_add_integer(writer, "pairsBounded", (int64_t)plan->pairs_bounded);
	carved_json_end_object(writer);
}
