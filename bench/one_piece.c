// SPDX-License-Identifier: EUPL-1.2
// The plan of a region as one mixed-integer program, with every rule in force.
//
// Sets        candidates c, sites s, jobs and vacancies j, slots t, days d, day parts p; only what lib/fit admits for the pair gets columns
// Columns     s_cs  1: c has a carved package at s             x_ct  quarters of slot t in it           y_ct  1: it uses t
//             z_cj  1: it uses j                               w_cj  1: c fills one opening of j whole, and nothing else
//             a_ck, u_cg  1: aid k, unknown category g is paid for      v_ci  1: supervisor i is one of c's
//             o_cd  1: c works on day d                        k_c   1: everything on one day, so that a visit may be short
//             f_cn  quarters of the slots that share their parts, laid into one part
// Value       s: place, coach and buddy parts less the first job's share of `jobs`; x: fit and relief per quarter; z, a, u: their weights; w: all of it
// Rows        one         sum_s s + sum_j w <= 1                                      for each c
//             hours       min s <= sum_{t at s} x <= max s                            for each c, s
//             chunk       chunk y <= x <= most y; most: the slot's, the donor's, the person's, the limits', the days'
//             jobs        y <= z; sum_{j at s} z <= jobs-max s                        supervisor  y <= v; sum_i v <= supervisors-max s
//             aids        y <= a;  unknown  y <= u                                    must        sum of y that meet it >= s
//             load        sum of x that count <= limit                                for each c and limit
//             schedule    sum of x of equal parts = sum_p f; sum f in p <= hours of p o_d; per-visit (o_d - k) <= sum f on d <= per-day o_d;
//                         sum_d o_d <= 7 - 6 k: all days worked get a visit, or there is only one day. f may be fractions: for given o and x this is a flow
//             supply, donor, places, supervision, coach, reserve                      as in lib/optimize/prepare.h, with x and w in them
//             What a whole filling must meet by itself (hours, load, must, supervisor) is settled before it gets a column.
//
// It is the same problem as lib/optimize's, but for one thing: fit and relief are not rounded down, so a plan is worth up to two points a package more here.
#include "carved/base/arena.h"
#include "carved/base/quarters.h"
#include "one_piece_making.h"
#include <stdlib.h>

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

// a <= b
static void add_implication(struct making *m, const char *rule, uint32_t a, uint32_t b)
{
	uint32_t row = program_add_row(m->program, rule, PROGRAM_AT_MOST, 0);
	program_add(m->program, row, a, 1);
	program_add(m->program, row, b, -1);
}

// Hours that the person can work in these parts in all.
static uint32_t hours_in(const struct carved_instance_candidate *c, carved_parts_mask parts)
{
	uint32_t sum = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		uint32_t hours = 0;
		for (carved_parts_mask rest = parts & CARVED_DAY_MASK(day); rest; rest &= rest - 1)
			hours += c->available_q[__builtin_ctz(rest)];
		sum += smaller(hours, c->per_day_q);
	}
	return sum;
}

// The most quarters of a slot that a carved package of the person can hold; 0: none.
static uint32_t most_of(const struct making *m, const struct carved_pair_slot *slot)
{
	uint32_t most = smaller(slot->max_q, hours_in(m->person, slot->parts));
	for (uint32_t i = 0; i < m->person->limits.count; i++) {
		if (slot->limits >> i & 1)
			most = smaller(most, m->in->limits[m->person->limits.first + i].hours_q);
	}
	return most >= slot->chunk_q ? most : 0;
}

static double points_per_quarter(const struct making *m, const struct carved_pair_slot *slot)
{
	const struct carved_weights *w = &m->in->weights;
	return (double)slot->fit * w->full_week / (1000.0 * m->person->max_q) + (double)slot->relief * w->relief / 4;
}

// What every package of the person gets, whatever is in it.
static double points_of_person(const struct making *m)
{
	const struct carved_weights *w = &m->in->weights;
	return (double)(m->place + carved_floor_div((int64_t)w->coach_hour * m->person->coach_q, 4) +
			carved_floor_div((int64_t)w->buddy_hour * m->person->buddy_q, 4));
}

// What a package uses by being there at all.
static void add_fixed_uses(struct making *m, uint32_t column, uint32_t site)
{
	program_add(m->program, m->one, column, 1);
	program_add(m->program, m->places[site], column, 1);
	if (m->person->buddy_q)
		program_add(m->program, m->supervision[site], column, m->person->buddy_q);
	if (m->person->coach_q)
		program_add(m->program, m->coach[m->person->coach], column, m->person->coach_q);
	if (m->person->coach_q && m->person->easy && m->reserve[m->person->coach] != NO_COLUMN)
		program_add(m->program, m->reserve[m->person->coach], column, m->person->coach_q);
}

static uint32_t paid_column(struct making *m, uint32_t *columns, char letter, uint32_t number, int32_t weight)
{
	if (columns[number] == NO_COLUMN)
		columns[number] = one_piece_binary(m, letter, number, weight);
	return columns[number];
}

// Aids and unknown categories that the use of a slot has to be paid for.
static void add_paid(struct making *m, const struct carved_pair *pair, const struct carved_pair_slot *slot, uint32_t used)
{
	const struct carved_weights *w = &m->in->weights;
	for (uint32_t i = 0; i < pair->aid_count; i++) {
		if (slot->aids >> i & 1)
			add_implication(m, "aids", used, paid_column(m, m->aids, 'a', pair->aids[i], w->aid));
	}
	for (uint32_t i = 0; i < pair->unknown_count; i++) {
		if (slot->unknown[i / 64] >> i % 64 & 1)
			add_implication(m, "unknown", used, paid_column(m, m->unknown, 'u', pair->unknown[i], w->unknown));
	}
}

struct site_rows { // of one carved package in the making
	uint32_t package, least, most, jobs, supervisors;
	uint32_t must[32];
	uint32_t *supervisor; // columns per local supervisor, NO_COLUMN until used
	uint32_t job;         // column of the job at hand
};

static uint32_t add_site_row(struct making *m, const char *rule, enum program_sense sense, uint32_t package, double times)
{
	uint32_t row = program_add_row(m->program, rule, sense, 0);
	program_add(m->program, row, package, -times);
	return row;
}

static void add_supervisor(struct making *m, struct site_rows *rows, const struct carved_pair_slot *slot, uint32_t used)
{
	if (!m->person->supervisors_max || slot->supervisor == UINT16_MAX)
		return;
	uint32_t *column = &rows->supervisor[slot->supervisor];
	if (*column == NO_COLUMN) {
		*column = one_piece_binary(m, 'v', m->supervisors++, 0);
		program_add(m->program, rows->supervisors, *column, 1);
	}
	add_implication(m, "supervisor", used, *column);
}

static void add_slot(struct making *m, struct site_rows *rows, const struct carved_pair *pair,
	const struct carved_pair_slot *slot, uint32_t most)
{
	struct program *p = m->program;
	uint32_t hours = program_add_column(
		p, (struct program_name){'x', m->candidate, slot->slot}, most, points_per_quarter(m, slot), true);
	uint32_t used = one_piece_binary(m, 'y', slot->slot, 0);
	uint32_t row = program_add_row(p, "chunk", PROGRAM_AT_MOST, 0);
	program_add(p, row, hours, 1);
	program_add(p, row, used, -(double)most);
	row = program_add_row(p, "chunk", PROGRAM_AT_LEAST, 0);
	program_add(p, row, hours, 1);
	program_add(p, row, used, -(double)slot->chunk_q);
	add_implication(m, "jobs", used, rows->job);
	add_paid(m, pair, slot, used);
	add_supervisor(m, rows, slot, used);
	program_add(p, rows->least, hours, 1);
	program_add(p, rows->most, hours, 1);
	program_add(p, one_piece_row_of_parts(m, slot->parts), hours, 1);
	program_add(p, m->supply[slot->slot], hours, 1);
	if (!slot->undone)
		program_add(p, m->donor[pair->jobs[slot->job].job], hours, 1);
	for (uint32_t i = 0; i < m->person->limits.count; i++) {
		if (slot->limits >> i & 1)
			program_add(p, m->limits[i], hours, 1);
	}
	for (uint32_t i = 0; i < m->person->must.count; i++) {
		if (slot->must >> i & 1)
			program_add(p, rows->must[i], used, 1);
	}
}

static void add_job(struct making *m, struct site_rows *rows, const struct carved_pair *pair, const struct carved_pair_job *job)
{
	rows->job = NO_COLUMN;
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		uint32_t most = most_of(m, &pair->slots[t]);
		if (!most)
			continue;
		if (rows->job == NO_COLUMN) {
			rows->job = one_piece_binary(m, 'z', job->job, m->in->weights.extra_job);
			program_add(m->program, rows->jobs, rows->job, 1);
		}
		add_slot(m, rows, pair, &pair->slots[t], most);
	}
}

static void add_carved(struct making *m, const struct carved_pair *pair)
{
	const struct carved_instance_candidate *c = m->person;
	struct site_rows rows = {0};
	rows.package = one_piece_binary(m, 's', pair->site, points_of_person(m) - m->in->weights.extra_job);
	rows.least = add_site_row(m, "hours", PROGRAM_AT_LEAST, rows.package, c->min_q ? c->min_q : 1);
	rows.most = add_site_row(m, "hours", PROGRAM_AT_MOST, rows.package, c->max_q);
	rows.jobs = add_site_row(m, "jobs", PROGRAM_AT_MOST, rows.package, c->jobs_max);
	if (c->supervisors_max)
		rows.supervisors = add_site_row(m, "supervisor", PROGRAM_AT_MOST, rows.package, c->supervisors_max);
	for (uint32_t i = 0; i < c->must.count; i++)
		rows.must[i] = add_site_row(m, "must", PROGRAM_AT_LEAST, rows.package, 1);
	rows.supervisor = carved_alloc_array(pair->supervisor_count + 1u, sizeof *rows.supervisor);
	for (uint32_t i = 0; i < pair->supervisor_count; i++)
		rows.supervisor[i] = NO_COLUMN;
	add_fixed_uses(m, rows.package, pair->site);
	for (uint32_t j = 0; j < pair->job_count; j++)
		add_job(m, &rows, pair, &pair->jobs[j]);
	free(rows.supervisor);
}

struct opening { // all slots of one opening together
	uint32_t hours_q, supervisors, must;
	uint32_t limit_q[32];
	uint64_t aids, unknown[CARVED_UNKNOWN_WORDS];
	double value;
};

static void add_up_opening(
	const struct making *m, const struct carved_pair *pair, const struct carved_pair_job *job, struct opening *o)
{
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		const struct carved_pair_slot *slot = &pair->slots[t];
		const uint32_t hours = m->in->slots[slot->slot].unit_q;
		bool new = slot->supervisor != UINT16_MAX;
		for (uint32_t before = job->first; before < t; before++)
			new = new && pair->slots[before].supervisor != slot->supervisor;
		o->supervisors += new;
		o->hours_q += hours;
		o->must |= slot->must;
		o->aids |= slot->aids;
		for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
			o->unknown[i] |= slot->unknown[i];
		for (uint32_t i = 0; i < m->person->limits.count; i++)
			o->limit_q[i] += slot->limits >> i & 1 ? hours : 0;
		o->value += hours * points_per_quarter(m, slot);
	}
	o->value += points_of_person(m) + (double)m->in->weights.aid * __builtin_popcountll(o->aids);
	for (int i = 0; i < CARVED_UNKNOWN_WORDS; i++)
		o->value += (double)m->in->weights.unknown * __builtin_popcountll(o->unknown[i]);
}

static bool may_be_filled(const struct making *m, const struct opening *o)
{
	const struct carved_instance_candidate *c = m->person;
	for (uint32_t i = 0; i < c->limits.count; i++) {
		if (o->limit_q[i] > m->in->limits[c->limits.first + i].hours_q)
			return false;
	}
	return o->hours_q >= c->min_q && o->hours_q <= c->max_q && o->hours_q > 0 &&
	       o->must == (uint32_t)(((uint64_t)1 << c->must.count) - 1) &&
	       (!c->supervisors_max || o->supervisors <= c->supervisors_max) && c->jobs_max > 0;
}

static void add_whole(struct making *m, const struct carved_pair *pair, const struct carved_pair_job *job)
{
	struct opening opening = {0};
	add_up_opening(m, pair, job, &opening);
	if (!may_be_filled(m, &opening))
		return;
	uint32_t column = one_piece_binary(m, 'w', job->job, opening.value);
	add_fixed_uses(m, column, pair->site);
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		const uint32_t hours = m->in->slots[pair->slots[t].slot].unit_q;
		program_add(m->program, m->supply[pair->slots[t].slot], column, hours);
		program_add(m->program, one_piece_row_of_parts(m, pair->slots[t].parts), column, hours);
	}
}

// Whether the pair has place, buddy and coach hours in the empty region.
static bool has_room(const struct making *m, uint32_t site)
{
	const struct carved_instance_candidate *c = m->person;
	const struct carved_instance_coach *coach = &m->in->coaches[c->coach];
	return m->in->sites[site].places > 0 && c->buddy_q <= m->in->sites[site].buddy_q && c->coach_q <= coach->hours_q &&
	       !(c->easy && c->coach_q > coach->reserve_q);
}

static void begin_candidate(struct making *m, uint32_t candidate)
{
	const struct carved_instance *in = m->in;
	m->candidate = candidate;
	m->person = &in->candidates[candidate];
	m->one = program_add_row(m->program, "one", PROGRAM_AT_MOST, 1);
	m->load_count = m->supervisors = 0;
	for (uint32_t i = 0; i < in->aid_count; i++)
		m->aids[i] = NO_COLUMN;
	for (uint32_t i = 0; i < in->parents_count; i++)
		m->unknown[i] = NO_COLUMN;
	for (uint32_t i = 0; i < m->person->limits.count; i++)
		m->limits[i] =
			program_add_row(m->program, "load", PROGRAM_AT_MOST, in->limits[m->person->limits.first + i].hours_q);
}

static void add_candidate(struct making *m, uint32_t candidate)
{
	struct carved_profile *profile = carved_profile_new(m->in, candidate);
	begin_candidate(m, candidate);
	m->place = carved_fit_place(m->in, candidate, carved_profile_options(profile));
	for (uint32_t s = 0; s < m->in->sites_count; s++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_pair pair;
		if (has_room(m, s) && carved_profile_prepare(profile, s, &arena, &pair)) {
			add_carved(m, &pair);
			for (uint32_t j = 0; j < pair.job_count; j++) {
				if (pair.jobs[j].whole)
					add_whole(m, &pair, &pair.jobs[j]);
			}
		}
		carved_arena_deinit(&arena);
	}
	one_piece_lay_week(m);
	carved_profile_free(profile);
}

static void add_capacities(struct making *m, struct carved_arena *arena)
{
	const struct carved_instance *in = m->in;
	struct program *p = m->program;
#define ROWS(member, rule, count, capacity)                                                                                      \
	m->member = carved_arena_array(arena, uint32_t, count);                                                                  \
	for (uint32_t i = 0; i < count; i++)                                                                                     \
	m->member[i] = (capacity) == CARVED_NONE ? NO_COLUMN : program_add_row(p, rule, PROGRAM_AT_MOST, capacity)
	ROWS(supply, "supply", in->slots_count, in->slots[i].hours_q);
	ROWS(donor, "donor", in->jobs_count, in->jobs[i].cap_q);
	ROWS(places, "places", in->sites_count, in->sites[i].places);
	ROWS(supervision, "supervision", in->sites_count, in->sites[i].buddy_q);
	ROWS(coach, "coach", in->coaches_count, in->coaches[i].hours_q);
	ROWS(reserve, "reserve", in->coaches_count, in->coaches[i].reserve_q);
#undef ROWS
}

void one_piece_make(struct program *program, const struct carved_instance *instance)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct making *m = carved_alloc_array(1, sizeof *m);
	m->program = program;
	m->in = instance;
	m->aids = carved_arena_array(&arena, uint32_t, instance->aid_count);
	m->unknown = carved_arena_array(&arena, uint32_t, instance->parents_count);
	m->limits = carved_arena_array(&arena, uint32_t, instance->limits_count);
	add_capacities(m, &arena);
	for (uint32_t c = 0; c < instance->candidates_count; c++) {
		if (instance->candidates[c].matchable)
			add_candidate(m, c);
	}
	free(m);
	carved_arena_deinit(&arena);
}
