// SPDX-License-Identifier: EUPL-1.2
#include "support/lies.h"
#include "support/lies_steps.h"
#include <string.h>

struct carved_package *lying_package(struct lying *l)
{
	return &l->solution.packages[l->package];
}

size_t lying_first_slot(const struct lying *l)
{
	size_t first = 0, site = l->solution.packages[l->package].site;
	struct carved_arena scratch = CARVED_ARENA_INIT;
	for (size_t s = 0; s < site; s++)
		first += carved_slots_make(carved_region_site(l->region, s), &scratch).count;
	carved_arena_deinit(&scratch);
	return first;
}

const struct carved_slot *lying_slot(const struct lying *l, size_t piece)
{
	return &l->slots.items[l->solution.packages[l->package].pieces[piece].slot - lying_first_slot(l)];
}

struct carved_job *lying_job(struct lying *l, size_t piece)
{
	return &l->site->jobs[lying_slot(l, piece)->job_index];
}

struct carved_task *lying_task(struct lying *l, size_t piece)
{
	return (struct carved_task *)(uintptr_t)lying_slot(l, piece)->task;
}

int lying_piece_q(struct lying *l, size_t piece)
{
	return (int)lying_package(l)->pieces[piece].hours_q;
}

int lying_package_q(struct lying *l)
{
	int sum = 0;
	for (size_t i = 0; i < lying_package(l)->piece_count; i++)
		sum += lying_piece_q(l, i);
	return sum;
}

void lying_add_text(struct lying *l, struct carved_texts *texts, const char *text)
{
	const char **items = carved_arena_array(&l->arena, const char *, texts->count + 1);
	if (texts->count)
		memcpy(items, texts->items, texts->count * sizeof *items);
	items[texts->count++] = text;
	texts->items = items;
}

void lying_drop_text(struct carved_texts *texts)
{
	texts->count--;
}

int lying_taken_q(struct lying *l, size_t *ret_packages)
{
	uint32_t slot = lying_package(l)->pieces[l->piece].slot;
	int sum_q = 0;
	*ret_packages = 0;
	for (size_t p = 0; p < l->solution.package_count; p++) {
		const struct carved_package *package = &l->solution.packages[p];
		for (size_t i = 0; i < package->piece_count; i++) {
			sum_q += package->pieces[i].slot == slot ? (int)package->pieces[i].hours_q : 0;
			*ret_packages += package->pieces[i].slot == slot;
		}
	}
	return sum_q;
}

// ---- Figures

static bool value_part(struct lying *l, bool outside)
{
	l->stated_part = outside ? (l->piece % 2 ? 1 : -1) : 0;
	return true;
}

static bool value_sum(struct lying *l, bool outside)
{
	l->stated_value = outside ? (l->piece % 2 ? 1 : -1) : 0;
	return true;
}

static bool value_bound(struct lying *l, bool outside)
{
	l->stated_bound = outside ? -1 : 0;
	return true;
}

const struct lie lies[] = {
	{CARVED_RULE_CAPACITY, "a limitation is a level worse", lie_capacity},
	{CARVED_RULE_ENVIRONMENT, "a barrier is a level worse", lie_environment},
	{CARVED_RULE_REQUIREMENT, "a certificate is not there", lie_requirement},
	{CARVED_RULE_NEVER, "a hard no is a step broader", lie_never},
	{CARVED_RULE_AVAILABILITY, "a slot is a day part aside", lie_availability},
	{CARVED_RULE_HOURS, "a quarter below the least", lie_hours_below},
	{CARVED_RULE_HOURS, "a quarter above the most", lie_hours_above},
	{CARVED_RULE_HOURS, "the solver adds a quarter", lie_hours_added},
	{CARVED_RULE_CHUNK, "the smallest piece is a quarter larger", lie_chunk_raised},
	{CARVED_RULE_CHUNK, "the solver takes a quarter off", lie_chunk_cut},
	{CARVED_RULE_SCHEDULE, "a quarter less a day, or more a visit", lie_schedule_day},
	{CARVED_RULE_SCHEDULE, "a quarter less in a day part", lie_schedule_part},
	{CARVED_RULE_SCHEDULE, "the week shown has a quarter more", lie_schedule_shown},
	{CARVED_RULE_BUILD_UP, "a step is a quarter less", lie_build_up_hours},
	{CARVED_RULE_BUILD_UP, "the step shown has a quarter more", lie_build_up_shown},
	{CARVED_RULE_BUILD_UP, "the step shown is a week late", lie_build_up_week},
	{CARVED_RULE_LOAD, "a quarter less may be loaded", lie_load},
	{CARVED_RULE_JOBS, "one donor job less", lie_jobs},
	{CARVED_RULE_SUPERVISOR, "a second supervisor", lie_supervisor},
	{CARVED_RULE_TRAVEL, "a minute less", lie_travel},
	{CARVED_RULE_EXCLUDED, "the employer of one letter less", lie_excluded},
	{CARVED_RULE_MUST, "a must is missed by a dot", lie_must},
	{CARVED_RULE_WHOLE_VACANCY, "called by the other kind's name", lie_whole_vacancy},
	{CARVED_RULE_CONSENT, "a day late, or early", lie_consent},
	{CARVED_RULE_ONE, "a package twice", lie_one},
	{CARVED_RULE_SUPPLY, "a quarter less to give", lie_supply},
	{CARVED_RULE_DONOR, "a quarter less to carve", lie_donor},
	{CARVED_RULE_DISPLACEMENT, "asked a day late, or dismissals", lie_displacement},
	{CARVED_RULE_PLACES, "a place less", lie_places},
	{CARVED_RULE_SUPERVISION, "a quarter less of buddies", lie_supervision},
	{CARVED_RULE_COACH, "a quarter less of the coach", lie_coach},
	{CARVED_RULE_RESERVE, "a quarter less, of which the easy half gets its part", lie_reserve},
	{CARVED_RULE_VALUE, "a part is a point off", value_part},
	{CARVED_RULE_VALUE, "the sum is a point off", value_sum},
	{CARVED_RULE_VALUE, "the bound is a point below the value", value_bound},
};
const size_t lie_count = sizeof lies / sizeof *lies;
