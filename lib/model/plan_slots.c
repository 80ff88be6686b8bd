// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/plan.h"
#include <stdlib.h>

struct carved_slot_table {
	const struct carved_region *region;
	struct carved_arena arena;
	struct carved_slots *sites;
	size_t *first_slots, *first_jobs; // one more than there are sites: the last is the count of all
};

struct carved_slot_table *carved_slot_table_new(const struct carved_region *region)
{
	struct carved_slot_table *table = carved_alloc_array(1, sizeof *table);
	size_t count = region->count[CARVED_KIND_SITE];
	table->region = region;
	table->sites = carved_arena_array(&table->arena, struct carved_slots, count);
	table->first_slots = carved_arena_array(&table->arena, size_t, count + 1);
	table->first_jobs = carved_arena_array(&table->arena, size_t, count + 1);
	for (size_t s = 0; s < count; s++) {
		const struct carved_site *site = carved_region_site(region, s);
		table->sites[s] = carved_slots_make(site, &table->arena);
		table->first_slots[s + 1] = table->first_slots[s] + table->sites[s].count;
		table->first_jobs[s + 1] = table->first_jobs[s] + site->job_count;
	}
	return table;
}

void carved_slot_table_free(struct carved_slot_table *table)
{
	if (!table)
		return;
	carved_arena_deinit(&table->arena);
	free(table);
}

const struct carved_slots *carved_slot_table_site(const struct carved_slot_table *table, size_t site)
{
	return &table->sites[site];
}

size_t carved_slot_table_first_slot(const struct carved_slot_table *table, size_t site)
{
	return table->first_slots[site];
}

size_t carved_slot_table_first_job(const struct carved_slot_table *table, size_t site)
{
	return table->first_jobs[site];
}
