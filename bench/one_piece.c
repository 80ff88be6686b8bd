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
#include "one_piece.h"
#include "carved/base/arena.h"
#include "carved/base/quarters.h"
#include "carved/fit/fit.h"
#include <stdlib.h>

#define NO_COLUMN UINT32_MAX
#define LOADS                                                                                                                    \
	512 // distinct sets of day parts that one person's slots have: at most 2^k for k kinds of opening hours; more end the program

struct load {
	carved_parts_mask parts;
	uint32_t row;
};

struct making {
	struct program *program;
	const struct carved_instance *in;
	uint32_t *supply, *donor, *places, *supervision, *coach, *reserve; // rows
	// of the candidate at hand
	uint32_t candidate;
	const struct carved_instance_candidate *person;
	int64_t place; // points
	uint32_t one;
	uint32_t *limits;         // rows
	uint32_t *aids, *unknown; // columns per aid and category, NO_COLUMN until used
	uint32_t supervisors;     // columns so far
	struct load loads[LOADS];
	uint32_t load_count;
};

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t add_binary(struct making *m, char letter, uint32_t number, double value)
{
	return program_add_column(m->program, (struct program_name){letter, m->candidate, number}, 1, value, true);
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

// The row of the hours that share these parts; it is balanced by the parts that they are laid into (lay_week).
static uint32_t row_of_parts(struct making *m, carved_parts_mask parts)
{
	for (uint32_t i = 0; i < m->load_count; i++) {
		if (m->loads[i].parts == parts)
			return m->loads[i].row;
	}
	if (m->load_count == LOADS) {
		fprintf(stderr, "one_piece: candidate %u has slots with more than %d sets of day parts\n", m->candidate, LOADS);
		exit(1);
	}
	m->loads[m->load_count].parts = parts;
	m->loads[m->load_count].row = program_add_row(m->program, "schedule", PROGRAM_EQUAL, 0);
	return m->loads[m->load_count++].row;
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
		columns[number] = add_binary(m, letter, number, weight);
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
		*column = add_binary(m, 'v', m->supervisors++, 0);
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
	uint32_t used = add_binary(m, 'y', slot->slot, 0);
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
	program_add(p, row_of_parts(m, slot->parts), hours, 1);
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
			rows->job = add_binary(m, 'z', job->job, m->in->weights.extra_job);
			program_add(m->program, rows->jobs, rows->job, 1);
		}
		add_slot(m, rows, pair, &pair->slots[t], most);
	}
}

static void add_carved(struct making *m, const struct carved_pair *pair)
{
	const struct carved_instance_candidate *c = m->person;
	struct site_rows rows = {0};
	rows.package = add_binary(m, 's', pair->site, points_of_person(m) - m->in->weights.extra_job);
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
	uint32_t column = add_binary(m, 'w', job->job, opening.value);
	add_fixed_uses(m, column, pair->site);
	for (uint32_t t = job->first; t < (uint32_t)job->first + job->count; t++) {
		const uint32_t hours = m->in->slots[pair->slots[t].slot].unit_q;
		program_add(m->program, m->supply[pair->slots[t].slot], column, hours);
		program_add(m->program, row_of_parts(m, pair->slots[t].parts), column, hours);
	}
}

// Rows of one day: what is laid into its parts, and between which limits. `day_column` NO_COLUMN: any hours will do.
static void lay_day(struct making *m, int day, uint32_t day_column, uint32_t short_column)
{
	const struct carved_instance_candidate *c = m->person;
	struct program *p = m->program;
	const bool decides = day_column != NO_COLUMN;
	uint32_t most = program_add_row(p, "schedule", PROGRAM_AT_MOST, decides ? 0 : c->per_day_q), least = NO_COLUMN;
	if (decides) {
		program_add(p, most, day_column, -(double)c->per_day_q);
		least = program_add_row(p, "schedule", PROGRAM_AT_LEAST, 0);
		program_add(p, least, day_column, -(double)c->per_visit_q);
		if (short_column != NO_COLUMN)
			program_add(p, least, short_column, c->per_visit_q);
	}
	for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++) {
		const uint32_t hours = c->available_q[part];
		if (!(c->parts >> part & 1))
			continue;
		uint32_t room = program_add_row(p, "schedule", PROGRAM_AT_MOST, decides ? 0 : hours);
		if (decides)
			program_add(p, room, day_column, -(double)hours);
		for (uint32_t i = 0; i < m->load_count; i++) {
			if (!(m->loads[i].parts >> part & 1))
				continue;
			uint32_t laid = program_add_column(p,
				(struct program_name){'f', m->candidate, i * CARVED_DAY_PARTS + (uint32_t)part}, hours, 0, false);
			program_add(p, m->loads[i].row, laid, -1);
			program_add(p, room, laid, 1);
			program_add(p, most, laid, 1);
			if (decides)
				program_add(p, least, laid, 1);
		}
	}
}

static void lay_week(struct making *m)
{
	const struct carved_instance_candidate *c = m->person;
	uint32_t short_column = NO_COLUMN, days_row = NO_COLUMN;
	const bool decides = c->per_visit_q > 1; // a visit of a quarter is any visit
	if (!m->load_count)
		return;
	if (decides && c->min_q < c->per_visit_q) {
		short_column = program_add_column(m->program, (struct program_name){'k', m->candidate, CARVED_NONE}, 1, 0, true);
		days_row = program_add_row(m->program, "schedule", PROGRAM_AT_MOST, CARVED_DAYS);
		program_add(m->program, days_row, short_column, CARVED_DAYS - 1);
	}
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (!(c->parts & CARVED_DAY_MASK(day)))
			continue;
		uint32_t column = decides ? add_binary(m, 'o', (uint32_t)day, 0) : NO_COLUMN;
		if (days_row != NO_COLUMN)
			program_add(m->program, days_row, column, 1);
		lay_day(m, day, column, short_column);
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
	lay_week(m);
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

// What the package says of a column of its candidate.
static uint32_t value_in(const struct carved_instance *in, const struct carved_package *package, const struct program_name *name)
{
	const bool carved = package->kind == CARVED_CARVED;
	if (name->letter == 's')
		return carved && package->site == name->b;
	if (name->letter == 'w')
		return !carved && in->slots[package->pieces[0].slot].job == name->b;
	for (uint32_t i = 0; carved && i < package->piece_count; i++) {
		if (package->pieces[i].slot == name->b)
			return package->pieces[i].hours_q;
	}
	return 0;
}

bool one_piece_fix(
	struct program *program, const struct carved_instance *in, const struct carved_package *packages, uint32_t count)
{
	const struct carved_package **of = carved_alloc_array(in->candidates_count, sizeof *of);
	uint32_t *missing = carved_alloc_array(in->candidates_count, sizeof *missing); // columns that a package still looks for
	bool right = true;
	for (uint32_t i = 0; i < count; i++) {
		of[packages[i].candidate] = &packages[i];
		missing[packages[i].candidate] = 1 + (packages[i].kind == CARVED_CARVED ? packages[i].piece_count : 0);
	}
	for (uint32_t c = 0; c < program->column_count; c++) {
		const struct program_name *name = &program->columns[c].name;
		if (name->letter != 's' && name->letter != 'w' && name->letter != 'x')
			continue;
		uint32_t value = of[name->a] ? value_in(in, of[name->a], name) : 0;
		missing[name->a] -= value > 0;
		right = right && value <= program->columns[c].upper;
		program_fix(program, c, value);
	}
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (missing[c])
			fprintf(stderr, "one_piece: the program has no columns for the package of candidate %u\n", c);
		right = right && !missing[c];
	}
	free(of);
	free(missing);
	return right;
}
