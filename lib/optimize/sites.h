// SPDX-License-Identifier: EUPL-1.2
// All sites of a region with their trees: the bound that whole sites give, and the certificate of it.
#pragma once
#include "caseload.h"
#include "dual.h"
#include "site.h"

struct carved_sites {
	struct carved_problem *problem;
	struct carved_columns *pool;
	struct carved_patterns *patterns;
	const int64_t *prices;          // of all resources, the dual's: where trees begin
	struct carved_site_tree *trees; // per site; without pairs: no node
	int64_t *bounds;                // per site: of its tree at the charges looked at last
	int64_t *reached;               // per site: by the best of the patterns at those charges
	uint32_t *nodes;                // per site: programmes that its tree may solve in the round
	uint32_t *pairs;                // by site
	struct carved_range *of_site;
	uint64_t stamp; // of charges
	bool rounded;   // trees are (site.h)
};

void carved_sites_init(struct carved_sites *sites, struct carved_problem *problem, struct carved_columns *pool,
	struct carved_patterns *patterns, const int64_t *prices);
void carved_sites_deinit(struct carved_sites *sites);

// Work that a thread can do while others grow trees: it may change pool and patterns, which trees leave alone meanwhile.
struct carved_beside {
	void (*run)(void *context, uint32_t worker); // NULL: none
	void *context;
};

// What a round of all sites may take.
struct carved_sites_work {
	const int64_t *charges; // per candidate
	int64_t near;           // micro: so near, a site's bound and pattern have met; below 0: as in site.h
	uint32_t nodes; // programmes of all sites together: each has its part by how far its bound is above its best pattern
	uint32_t nodes_least; // for each site
	struct carved_beside beside;
};

// Grows every tree at the charges; packages and patterns found join pool and patterns at the end. Returns false where it was stopped.
// *ret_bound is the most that all sites hold together, micro.
bool carved_sites_grow(struct carved_sites *sites, const struct carved_sites_work *work, int64_t *ret_bound);

// What a site without anybody holds, micro.
int64_t carved_sites_held(const struct carved_sites *sites, uint32_t site);

// Tells every tree of what the plan has at its site.
void carved_sites_take_plan(struct carved_sites *sites, const struct carved_draft *plan);

// Nodes of all trees.
uint64_t carved_sites_nodes(const struct carved_sites *sites);

// From here on packages are worth what plans add up.
void carved_sites_round(struct carved_sites *sites);

// Keeps all trees as they are now, in the place of what was kept before; goes back to that.
void carved_sites_save(struct carved_sites *sites);
void carved_sites_restore(struct carved_sites *sites);

// Prunes every tree at the charges and prices the leaves that are left once more; where it is stopped, what was known of them counts.
void carved_sites_price_leaves(struct carved_sites *sites, const int64_t *charges, int64_t *ret_bound);

// The certificate: proof.c.
struct carved_sites_proof {
	struct carved_proof proof; // node_count 0: there is none
	int64_t micro;             // its bound; INT64_MAX without one
	uint64_t pairs_bounded;
	struct carved_arena arena; // owns the proof
};

// Proves the bound at the charges (per candidate).
void carved_sites_prove(struct carved_sites *sites, const struct carved_caseloads *caseloads, const int64_t *charges,
	struct carved_sites_proof *ret_proof);
void carved_sites_proof_deinit(struct carved_sites_proof *proof);
