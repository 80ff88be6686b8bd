// SPDX-License-Identifier: EUPL-1.2
#include "support/lies.h"
#include "carved/model/build_up.h"
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4 };

struct carved_package *lying_package(struct lying *l)
{
	return &l->solution.packages[l->package];
}

static size_t first_slot(const struct lying *l)
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
	return &l->slots.items[l->solution.packages[l->package].pieces[piece].slot - first_slot(l)];
}

// Documents are read-only to everybody but a liar.
static struct carved_job *job_of(struct lying *l, size_t piece)
{
	return &l->site->jobs[lying_slot(l, piece)->job_index];
}

static struct carved_task *task_of(struct lying *l, size_t piece)
{
	return (struct carved_task *)(uintptr_t)lying_slot(l, piece)->task;
}

static int piece_q(struct lying *l, size_t piece)
{
	return (int)lying_package(l)->pieces[piece].hours_q;
}

static void add_hours(struct lying *l, size_t piece, int quarters)
{
	struct carved_package *package = lying_package(l);
	struct carved_piece *pieces = carved_arena_array(&l->arena, struct carved_piece, package->piece_count);
	memcpy(pieces, package->pieces, package->piece_count * sizeof *pieces);
	pieces[piece].hours_q = (uint32_t)((int)pieces[piece].hours_q + quarters);
	package->pieces = pieces;
}

static int package_q(struct lying *l)
{
	int sum = 0;
	for (size_t i = 0; i < lying_package(l)->piece_count; i++)
		sum += piece_q(l, i);
	return sum;
}

static void add_text(struct lying *l, struct carved_texts *texts, const char *text)
{
	const char **items = carved_arena_array(&l->arena, const char *, texts->count + 1);
	if (texts->count)
		memcpy(items, texts->items, texts->count * sizeof *items);
	items[texts->count++] = text;
	texts->items = items;
}

static void drop_text(struct carved_texts *texts)
{
	texts->count--;
}

// States a qualifier, in a new list: the old one stays as it is for whoever puts the document back.
static void state(struct lying *l, struct carved_qualifiers *levels, carved_icf icf, int value)
{
	struct carved_qualifier *items = carved_arena_array(&l->arena, struct carved_qualifier, levels->count + 1);
	size_t count = 0;
	bool done = false;
	for (size_t i = 0; i < levels->count; i++) {
		if (!done && levels->items[i].icf >= icf) {
			items[count++] = (struct carved_qualifier){icf, (uint8_t)value};
			done = true;
		}
		if (levels->items[i].icf != icf)
			items[count++] = levels->items[i];
	}
	if (!done)
		items[count++] = (struct carved_qualifier){icf, (uint8_t)value};
	*levels = (struct carved_qualifiers){items, count};
}

// ---- A slot and a person

static bool level_of(struct lying *l, const struct carved_qualifiers *asked, struct carved_qualifiers *stated, bool outside)
{
	if (asked->count == 0)
		return false;
	const struct carved_qualifier *level = &asked->items[l->piece % asked->count];
	l->candidate->supported_count = 0; // no aid comes to the rescue
	state(l, stated, level->icf, COMPLETE - level->value + outside);
	return true;
}

static bool capacity(struct lying *l, bool outside)
{
	return level_of(l, &lying_slot(l, l->piece)->demands, &l->candidate->limitations, outside);
}

static bool environment(struct lying *l, bool outside)
{
	return level_of(l, &lying_slot(l, l->piece)->exposures, &l->candidate->barriers, outside);
}

static bool requirement(struct lying *l, bool outside)
{
	if (outside) {
		drop_text(&l->candidate->has);
	} else {
		add_text(l, &task_of(l, l->piece)->requires, "a-licence");
		add_text(l, &l->candidate->has, "a-licence");
	}
	return true;
}

// A wish for a category matches it and what begins with it plus a dot, not what merely begins with it.
static bool never(struct lying *l, bool outside)
{
	if (outside)
		drop_text(&l->candidate->never);
	add_text(l, &l->candidate->never, outside ? "4.B.1" : "4.B.1.a.1");
	if (!outside)
		add_text(l, &task_of(l, l->piece)->tags, "4.B.1.a");
	return true;
}

// Hours of the chosen piece's slot that all packages take together, and how many packages do.
static int taken_q(struct lying *l, size_t *ret_packages)
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

// The slot's hours move to the day part behind (or before) one that the person has.
static bool availability(struct lying *l, bool outside)
{
	struct carved_task *task = task_of(l, l->piece);
	carved_parts_mask has = 0;
	size_t packages;
	taken_q(l, &packages);
	if (task->fixed || packages > 1)
		return false; // somebody else's week would break first
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		has |= l->candidate->available_q[part] ? (carved_parts_mask)1 << part : 0;
	carved_parts_mask next = (has << 1 | has >> 1) & ~has & ~(CARVED_NIGHT_MASK | CARVED_EVENING_MASK) & 0xFFFFFFF;
	if (next == 0)
		return false;
	task->when = outside ? next : lying_slot(l, l->piece)->parts & has;
	return true;
}

// ---- A package

static bool hours_below(struct lying *l, bool outside)
{
	l->candidate->min_q = package_q(l) + outside;
	return true;
}

static bool hours_above(struct lying *l, bool outside)
{
	l->candidate->max_q = package_q(l) - outside;
	return l->candidate->max_q > 0;
}

// The solver adds a quarter; the week would have room for it.
static bool hours_added(struct lying *l, bool outside)
{
	if (outside) {
		add_hours(l, l->piece, 1);
		return true;
	}
	l->candidate->max_q = package_q(l);
	l->candidate->per_day_q++;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		l->candidate->available_q[part] =
			(uint16_t)(l->candidate->available_q[part] + (l->candidate->available_q[part] ? 1 : 0));
	return true;
}

static bool chunk_raised(struct lying *l, bool outside)
{
	int hours_q = piece_q(l, l->piece);
	if (lying_package(l)->kind == CARVED_WHOLE_VACANCY || hours_q >= lying_slot(l, l->piece)->hours_q - 1)
		return false;                                  // a slot's full hours are always enough
	for (size_t p = 0; p < l->solution.package_count; p++) // whose steps may need smaller pieces of the same slot
		l->region->documents[CARVED_KIND_CANDIDATE][l->solution.packages[p].candidate]->candidate.build_up_count = 0;
	task_of(l, l->piece)->chunk_q = hours_q + outside;
	return true;
}

static bool chunk_cut(struct lying *l, bool outside)
{
	if (outside) {
		add_hours(l, l->piece, -1);
		return true;
	}
	l->candidate->min_q = package_q(l) - 1;
	l->candidate->per_visit_q = 1; // a day may get shorter
	task_of(l, l->piece)->chunk_q = piece_q(l, l->piece);
	return lying_package(l)->kind != CARVED_WHOLE_VACANCY && piece_q(l, l->piece) > 1;
}

static bool can_lay(struct lying *l)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct carved_schedule schedule;
	size_t count = lying_package(l)->piece_count;
	struct carved_schedule_need *needs = carved_arena_array(&scratch, struct carved_schedule_need, count);
	for (size_t i = 0; i < count; i++)
		needs[i] = (struct carved_schedule_need){piece_q(l, i), lying_slot(l, i)->parts};
	bool can = carved_schedule_make(
		needs, count, l->candidate->available_q, l->candidate->per_day_q, l->candidate->per_visit_q, &scratch, &schedule);
	carved_arena_deinit(&scratch);
	return can;
}

// A quarter less a day than the package needs, or a quarter more a visit.
static bool schedule_day(struct lying *l, bool outside)
{
	int step = l->piece % 2 ? -1 : 1, *figure = l->piece % 2 ? &l->candidate->per_day_q : &l->candidate->per_visit_q;
	if (outside) {
		*figure += step;
		return true;
	}
	for (int steps = 0; steps < 64 && *figure > 0; steps++) {
		*figure += step;
		if (!can_lay(l)) {
			*figure -= step;
			return true;
		}
	}
	return false;
}

// The person has a quarter less in a day part than the package needs.
static bool schedule_part(struct lying *l, bool outside)
{
	size_t part = 0;
	for (size_t seen = 0; part < CARVED_DAY_PARTS; part++) { // the part that `piece` chooses among those that the person has
		if (l->candidate->available_q[part] && seen++ == l->piece)
			break;
	}
	if (part == CARVED_DAY_PARTS)
		return false;
	if (outside) {
		l->candidate->available_q[part]--;
		return true;
	}
	while (l->candidate->available_q[part] > 1) {
		l->candidate->available_q[part]--;
		if (!can_lay(l)) {
			l->candidate->available_q[part]++;
			return true;
		}
	}
	return false;
}

static bool schedule_shown(struct lying *l, bool outside)
{
	l->schedule_step_q = outside ? 1 : 0;
	return true;
}

// Whether the package has a part for one step of so many hours.
static bool can_start_with(struct lying *l, int hours_q)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	size_t count = lying_package(l)->piece_count;
	struct carved_build_up *step = carved_arena_array(&l->arena, struct carved_build_up, 1);
	struct carved_build_up_step found;
	struct carved_build_up_need *needs = carved_arena_array(&scratch, struct carved_build_up_need, count);
	*step = (struct carved_build_up){.week = 0, .hours_q = hours_q};
	l->candidate->build_up = step;
	l->candidate->build_up_count = 1;
	for (size_t i = 0; i < count; i++)
		needs[i] = carved_build_up_need_of(l->candidate, lying_slot(l, i), piece_q(l, i));
	bool can = carved_build_up_make(l->candidate, needs, count, &scratch, &found);
	carved_arena_deinit(&scratch);
	return can;
}

// The least that the package has a part for, and a quarter less.
static bool build_up_hours(struct lying *l, bool outside)
{
	int hours_q = 2;
	if (outside)
		return !can_start_with(l, l->candidate->build_up->hours_q - 1);
	while (hours_q < package_q(l) && !(can_start_with(l, hours_q) && !can_start_with(l, hours_q - 1)))
		hours_q++;
	return hours_q < package_q(l) && can_start_with(l, hours_q);
}

static bool build_up_shown(struct lying *l, bool outside)
{
	l->growth_step_q = outside ? 1 : 0;
	return outside || can_start_with(l, package_q(l) / 2);
}

static bool build_up_week(struct lying *l, bool outside)
{
	l->growth_week = outside ? 1 : 0;
	return outside || can_start_with(l, package_q(l) / 2);
}

static bool load(struct lying *l, bool outside)
{
	const struct carved_qualifiers *asked = &lying_slot(l, l->piece)->demands;
	if (asked->count == 0)
		return false;
	const struct carved_qualifier level = asked->items[l->piece % asked->count];
	if (outside) {
		l->candidate->limits[l->candidate->limit_count - 1].hours_q--;
		return true;
	}
	int sum_q = 0;
	for (size_t i = 0; i < lying_package(l)->piece_count; i++) {
		const struct carved_qualifiers *demands = &lying_slot(l, i)->demands;
		bool counts = false;
		for (size_t k = 0; k < demands->count; k++)
			counts = counts || (carved_icf_is_below(demands->items[k].icf, level.icf) &&
						   demands->items[k].value >= level.value);
		sum_q += counts ? piece_q(l, i) : 0;
	}
	struct carved_load_limit *limits = carved_arena_array(&l->arena, struct carved_load_limit, l->candidate->limit_count + 1);
	if (l->candidate->limit_count)
		memcpy(limits, l->candidate->limits, l->candidate->limit_count * sizeof *limits);
	limits[l->candidate->limit_count++] = (struct carved_load_limit){level.icf, level.value, sum_q};
	l->candidate->limits = limits;
	return true;
}

static bool jobs(struct lying *l, bool outside)
{
	uint16_t count = 0;
	for (size_t j = 0; j < l->site->job_count; j++) {
		bool used = false;
		for (size_t i = 0; i < lying_package(l)->piece_count; i++)
			used = used || job_of(l, i) == &l->site->jobs[j];
		count = (uint16_t)(count + used);
	}
	l->candidate->jobs_max = (uint16_t)(count - outside);
	return count > 1;
}

static bool supervisor(struct lying *l, bool outside)
{
	size_t count = lying_package(l)->piece_count, last = count - 1;
	if (count < 2 || task_of(l, 0) == task_of(l, last))
		return false;
	l->candidate->supervisors_max = 1;
	for (size_t i = 0; i < count; i++)
		task_of(l, i)->supervisor = NULL;
	task_of(l, 0)->supervisor = "team-a";
	task_of(l, last)->supervisor = outside ? "team-b" : "team-a";
	return true;
}

static bool travel(struct lying *l, bool outside)
{
	int minutes = carved_rules_minutes(l->candidate, l->site);
	l->candidate->max_minutes = (uint16_t)(minutes - outside);
	return minutes > 1;
}

static bool excluded(struct lying *l, bool outside)
{
	if (outside)
		drop_text(&l->candidate->not_with);
	add_text(l, &l->candidate->not_with,
		outside ? l->site->employer : carved_arena_printf(&l->arena, "%sx", l->site->employer));
	return true;
}

static bool must(struct lying *l, bool outside)
{
	if (outside)
		drop_text(&task_of(l, l->piece)->tags);
	else
		add_text(l, &l->candidate->must, "4.B.2");
	add_text(l, &task_of(l, l->piece)->tags, outside ? "4.B.2x" : "4.B.2.x");
	return true;
}

static bool whole_vacancy(struct lying *l, bool outside)
{
	if (outside)
		lying_package(l)->kind = lying_package(l)->kind == CARVED_CARVED ? CARVED_WHOLE_VACANCY : CARVED_CARVED;
	return true;
}

static bool consent(struct lying *l, bool outside)
{
	if (l->piece % 2)
		l->candidate->consent_given = l->date + outside;
	else
		l->candidate->consent_expires = l->date - outside;
	return true;
}

// ---- The plan

static bool one(struct lying *l, bool outside)
{
	struct carved_solution *s = &l->solution;
	struct carved_package *packages = carved_arena_array(&l->arena, struct carved_package, s->package_count + 1);
	if (!outside)
		return true;
	memcpy(packages, s->packages, (l->package + 1) * sizeof *packages);
	memcpy(packages + l->package + 1, s->packages + l->package, (s->package_count - l->package) * sizeof *packages);
	s->packages = packages;
	s->package_count++;
	return true;
}

static bool is_in_job(
	struct lying *l, const struct carved_package *package, size_t piece, size_t first, const struct carved_job *job)
{
	return &l->site->jobs[l->slots.items[package->pieces[piece].slot - first].job_index] == job;
}

static bool supply(struct lying *l, bool outside)
{
	struct carved_task *task = task_of(l, l->piece);
	size_t packages;
	if (task->fixed || job_of(l, l->piece)->kind == CARVED_VACANCY)
		return false;
	task->hours_q = taken_q(l, &packages) - outside;
	return task->hours_q > 0;
}

// The job's contract hours are what is carved of them, all of them to give.
static bool donor(struct lying *l, bool outside)
{
	struct carved_job *job = job_of(l, l->piece);
	size_t first = first_slot(l);
	int sum_q = 0;
	if (job->kind == CARVED_VACANCY)
		return false;
	for (size_t p = 0; p < l->solution.package_count; p++) {
		const struct carved_package *package = &l->solution.packages[p];
		for (size_t i = 0; package->site == lying_package(l)->site && i < package->piece_count; i++) {
			const struct carved_slot *slot = &l->slots.items[package->pieces[i].slot - first];
			sum_q +=
				is_in_job(l, package, i, first, job) && !slot->task->undone ? (int)package->pieces[i].hours_q : 0;
		}
	}
	job->share_permille = 1000;
	job->keep_hours_q = 0;
	job->hours_q = sum_q - outside;
	return sum_q > 0;
}

// Dismissals, and former staff that was asked a day late; or, where a job of somebody's is used, dismissals at all.
static bool displacement(struct lying *l, bool outside)
{
	struct carved_job *job = job_of(l, l->piece);
	if (job->kind == CARVED_VACANCY) {
		l->site->recent_dismissals = true;
		job->former_staff_asked = l->date + outside;
	} else {
		l->site->recent_dismissals = outside;
	}
	return true;
}

static bool places(struct lying *l, bool outside)
{
	int count = 0;
	for (size_t p = 0; p < l->solution.package_count; p++)
		count += l->solution.packages[p].site == lying_package(l)->site;
	l->site->places = count - outside;
	return true;
}

static struct carved_candidate *person_of(struct lying *l, size_t package)
{
	return &l->region->documents[CARVED_KIND_CANDIDATE][l->solution.packages[package].candidate]->candidate;
}

static bool supervision(struct lying *l, bool outside)
{
	int sum_q = 0;
	for (size_t p = 0; p < l->solution.package_count; p++)
		sum_q += l->solution.packages[p].site == lying_package(l)->site ? person_of(l, p)->buddy_q : 0;
	l->site->supervision_q = sum_q - outside;
	return sum_q > 0;
}

static struct carved_coach *coach_of(struct lying *l)
{
	size_t index = carved_region_index(l->region, CARVED_KIND_COACH, l->candidate->coach);
	return &l->region->documents[CARVED_KIND_COACH][index]->coach;
}

// What the coach gives to all, or to those who need at most `median_q`.
static int coached_q(struct lying *l, int median_q)
{
	int sum_q = 0;
	for (size_t p = 0; p < l->solution.package_count; p++) {
		const struct carved_candidate *person = person_of(l, p);
		sum_q += strcmp(person->coach, l->candidate->coach) == 0 && person->coach_q <= median_q ? person->coach_q : 0;
	}
	return sum_q;
}

static bool coach(struct lying *l, bool outside)
{
	int sum_q = coached_q(l, INT32_MAX);
	coach_of(l)->hours_q = sum_q - outside;
	return sum_q > 0;
}

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

// Rule `reserve` as DESIGN says it: hours x (1 - r x need above the lower median / whole need), rounded up. Returns the median; per mille in *ret_share.
static int caseload_of(struct lying *l, long long *ret_above, long long *ret_whole)
{
	size_t candidates = l->region->count[CARVED_KIND_CANDIDATE], count = 0;
	int *needs = carved_arena_array(&l->arena, int, candidates);
	for (size_t c = 0; c < candidates; c++) {
		if (strcmp(carved_region_candidate(l->region, c)->coach, l->candidate->coach) == 0)
			needs[count++] = carved_region_candidate(l->region, c)->coach_q;
	}
	qsort(needs, count, sizeof *needs, compare);
	*ret_above = *ret_whole = 0;
	for (size_t i = 0; i < count; i++) {
		*ret_above += needs[i] > needs[(count - 1) / 2] ? needs[i] : 0;
		*ret_whole += needs[i];
	}
	return needs[(count - 1) / 2];
}

static bool reserve(struct lying *l, bool outside)
{
	long long above, whole;
	int median_q = caseload_of(l, &above, &whole), easy_q = coached_q(l, median_q), all_q = coached_q(l, INT32_MAX);
	if (outside) {
		coach_of(l)->hours_q--;
		return true;
	}
	for (int hours_q = all_q + 1; whole > 0 && hours_q <= 3 * all_q; hours_q++) {
		long long part = 1000 * whole - l->weights.reserve * above;
		bool holds = (hours_q * part + 1000 * whole - 1) / (1000 * whole) >= easy_q;
		bool held_before = ((hours_q - 1) * part + 1000 * whole - 1) / (1000 * whole) >= easy_q;
		if (holds && !held_before) {
			coach_of(l)->hours_q = hours_q;
			return true;
		}
	}
	return false;
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
	{CARVED_RULE_CAPACITY, "a limitation is a level worse", capacity},
	{CARVED_RULE_ENVIRONMENT, "a barrier is a level worse", environment},
	{CARVED_RULE_REQUIREMENT, "a certificate is not there", requirement},
	{CARVED_RULE_NEVER, "a hard no is a step broader", never},
	{CARVED_RULE_AVAILABILITY, "a slot is a day part aside", availability},
	{CARVED_RULE_HOURS, "a quarter below the least", hours_below},
	{CARVED_RULE_HOURS, "a quarter above the most", hours_above},
	{CARVED_RULE_HOURS, "the solver adds a quarter", hours_added},
	{CARVED_RULE_CHUNK, "the smallest piece is a quarter larger", chunk_raised},
	{CARVED_RULE_CHUNK, "the solver takes a quarter off", chunk_cut},
	{CARVED_RULE_SCHEDULE, "a quarter less a day, or more a visit", schedule_day},
	{CARVED_RULE_SCHEDULE, "a quarter less in a day part", schedule_part},
	{CARVED_RULE_SCHEDULE, "the week shown has a quarter more", schedule_shown},
	{CARVED_RULE_BUILD_UP, "a step is a quarter less", build_up_hours},
	{CARVED_RULE_BUILD_UP, "the step shown has a quarter more", build_up_shown},
	{CARVED_RULE_BUILD_UP, "the step shown is a week late", build_up_week},
	{CARVED_RULE_LOAD, "a quarter less may be loaded", load},
	{CARVED_RULE_JOBS, "one donor job less", jobs},
	{CARVED_RULE_SUPERVISOR, "a second supervisor", supervisor},
	{CARVED_RULE_TRAVEL, "a minute less", travel},
	{CARVED_RULE_EXCLUDED, "the employer of one letter less", excluded},
	{CARVED_RULE_MUST, "a must is missed by a dot", must},
	{CARVED_RULE_WHOLE_VACANCY, "called by the other kind's name", whole_vacancy},
	{CARVED_RULE_CONSENT, "a day late, or early", consent},
	{CARVED_RULE_ONE, "a package twice", one},
	{CARVED_RULE_SUPPLY, "a quarter less to give", supply},
	{CARVED_RULE_DONOR, "a quarter less to carve", donor},
	{CARVED_RULE_DISPLACEMENT, "asked a day late, or dismissals", displacement},
	{CARVED_RULE_PLACES, "a place less", places},
	{CARVED_RULE_SUPERVISION, "a quarter less of buddies", supervision},
	{CARVED_RULE_COACH, "a quarter less of the coach", coach},
	{CARVED_RULE_RESERVE, "a quarter less, of which the easy half gets its part", reserve},
	{CARVED_RULE_VALUE, "a part is a point off", value_part},
	{CARVED_RULE_VALUE, "the sum is a point off", value_sum},
	{CARVED_RULE_VALUE, "the bound is a point below the value", value_bound},
};
const size_t lie_count = sizeof lies / sizeof *lies;
