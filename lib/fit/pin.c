// SPDX-License-Identifier: EUPL-1.2
#include "carved/fit/pin.h"
#include "carved/fit/fit.h"
#include <stdlib.h>

// Sites with pinned packages: only they can stop being an option.
struct touched {
	uint32_t *sites, count;
	bool *was_option; // candidates x sites
};

static void list_sites(
	const struct carved_instance *in, const struct carved_package *packages, uint32_t count, struct touched *touched)
{
	bool *seen = carved_alloc_array(in->sites_count, sizeof *seen);
	touched->sites = carved_alloc_array(count, sizeof *touched->sites);
	for (uint32_t p = 0; p < count; p++) {
		if (!seen[packages[p].site])
			touched->sites[touched->count++] = packages[p].site;
		seen[packages[p].site] = true;
	}
	free(seen);
	touched->was_option = carved_alloc_array((size_t)in->candidates_count * touched->count, sizeof *touched->was_option);
}

// Looks at every candidate and touched site: first to remember, then (`after`) to count what is no option any more.
static void look(struct carved_instance *in, const struct touched *touched, bool after)
{
	struct carved_asks *asks = carved_asks_new(in);
	struct carved_pair_scratch *scratch = carved_pair_scratch_new(in);
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (!in->candidates[c].matchable)
			continue;
		struct carved_profile *profile = carved_profile_new_from(asks, c);
		for (uint32_t i = 0; i < touched->count; i++) {
			bool *was_option = &touched->was_option[(size_t)c * touched->count + i];
			struct carved_site_look is;
			carved_profile_look(profile, touched->sites[i], scratch, &is);
			if (!after)
				*was_option = is.is_option;
			else if (*was_option && !is.is_option)
				in->candidates[c].options_elsewhere++;
		}
		carved_profile_free(profile);
	}
	carved_pair_scratch_free(scratch);
	carved_asks_free(asks);
}

static void lower(uint32_t *amount, uint32_t by)
{
	*amount -= by < *amount ? by : *amount;
}

void carved_fit_hold(struct carved_instance *instance, uint32_t candidate)
{
	struct carved_instance_candidate *person = &instance->candidates[candidate];
	struct carved_instance_coach *coach = &instance->coaches[person->coach];
	lower(&coach->hours_q, person->coach_q);
	if (person->easy && coach->reserve_q != CARVED_NONE)
		lower(&coach->reserve_q, person->coach_q);
	person->matchable = 0;
}

static void take_out(struct carved_instance *in, const struct carved_package *package)
{
	struct carved_instance_candidate *person = &in->candidates[package->candidate];
	struct carved_instance_site *site = &in->sites[package->site];
	for (uint32_t i = 0; i < package->piece_count; i++) {
		struct carved_instance_slot *slot = &in->slots[package->pieces[i].slot];
		lower(&slot->hours_q, package->pieces[i].hours_q);
		if (package->kind == CARVED_CARVED && !slot->undone)
			lower(&in->jobs[slot->job].cap_q, package->pieces[i].hours_q);
	}
	lower(&site->places, 1);
	lower(&site->buddy_q, person->buddy_q);
	carved_fit_hold(in, package->candidate);
}

void carved_fit_pin(struct carved_instance *instance, const struct carved_package *packages, uint32_t count)
{
	struct touched touched = {.count = 0};
	if (count == 0)
		return;
	list_sites(instance, packages, count, &touched);
	look(instance, &touched, false);
	for (uint32_t p = 0; p < count; p++)
		take_out(instance, &packages[p]);
	look(instance, &touched, true);
	free(touched.sites);
	free(touched.was_option);
}
