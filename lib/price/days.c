// SPDX-License-Identifier: EUPL-1.2
// Rule `schedule`: can hours x_g with allowed parts M_g be laid into the week, for some set D of days worked?
//
//   flow       load g -> part p in M_g -> day of p -> sink; parts hold available_q, days per_day_q
//   D works    every load is laid whole into days of D, and each day of D gets at least per-visit (the whole package, where D is one day)
//   two phases first fill each day of D up to its least, then the rest: augmenting never takes from a day what it has, so this finds a laying where one is
//
// By the min-cut theorem with lower bounds (Hoffman), D works exactly when, for every set N of loads with parts M(N), a_d(N) the hours of M(N) on day d,
//   over   sum of x in N     <= sum over d in D of min(per_day, a_d(N))
//   under  sum of x not in N >= sum over d in D of max(0, per_visit - a_d(N))
// and a failed phase ends with such an N: the loads reached. Both are rows for the search. Where all days open for work pass `over` and the days decided on
// pass `under` and still no D works, the search decides on another day; when all are decided these two conditions are the whole truth.
#include "days.h"
#include "carved/base/arena.h"
#include <stdlib.h>
#include <string.h>

void carved_days_reserve(struct days_scratch *scratch, size_t loads)
{
	if (loads <= scratch->room)
		return;
	size_t nodes = loads + CARVED_DAY_PARTS + CARVED_DAYS;
	scratch->room = loads;
	scratch->flow = carved_realloc_array(scratch->flow, loads * CARVED_DAY_PARTS, sizeof *scratch->flow);
	scratch->left_q = carved_realloc_array(scratch->left_q, loads, sizeof *scratch->left_q);
	scratch->loads = carved_realloc_array(scratch->loads, loads, sizeof *scratch->loads);
	scratch->queue = carved_realloc_array(scratch->queue, nodes, sizeof *scratch->queue);
	scratch->parent = carved_realloc_array(scratch->parent, nodes, sizeof *scratch->parent);
}

void carved_days_deinit(struct days_scratch *scratch)
{
	free(scratch->flow);
	free(scratch->left_q);
	free(scratch->loads);
	free(scratch->queue);
	free(scratch->parent);
	*scratch = (struct days_scratch){0};
}

uint32_t carved_days_capacity(const struct days_week *week, carved_parts_mask parts)
{
	uint32_t sum = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		uint32_t hours = 0;
		for (carved_parts_mask rest = parts & CARVED_DAY_MASK(day); rest; rest &= rest - 1)
			hours += week->available_q[__builtin_ctz(rest)];
		sum += hours < week->per_day_q ? hours : week->per_day_q;
	}
	return sum;
}

// A laying in the making. Nodes of the search for a path: parts 0..27, days 28..34, loads from 35 on.
enum { FIRST_DAY = CARVED_DAY_PARTS, FIRST_LOAD = CARVED_DAY_PARTS + CARVED_DAYS };
#define UNSEEN UINT32_MAX
#define START (UINT32_MAX - 1) // parent of a load that has hours left

struct laying {
	const struct days_week *week;
	const struct days_load *loads;
	uint32_t load_count;
	carved_parts_mask open; // parts of the days in question
	struct days_scratch *scratch;
	uint32_t part_q[CARVED_DAY_PARTS], day_q[CARVED_DAYS]; // laid
	uint32_t budget_q;                                     // that may still be laid in all
	uint32_t day_cap_q[CARVED_DAYS];
	uint32_t queued;           // nodes of the present search
	carved_parts_mask reached; // parts that the loads reached may use
};

static uint16_t *flow_of(const struct laying *l, uint32_t load, uint32_t part)
{
	return &l->scratch->flow[load * CARVED_DAY_PARTS + part];
}

static void see(struct laying *l, uint32_t node, uint32_t parent)
{
	if (l->scratch->parent[node] != UNSEEN)
		return;
	l->scratch->parent[node] = parent;
	l->scratch->queue[l->queued++] = node;
}

// Looks at where a reached part leads. Returns true where its day has room.
static bool expand_part(struct laying *l, uint32_t part)
{
	const uint32_t day = part / CARVED_PARTS_PER_DAY;
	if (l->part_q[part] < l->week->available_q[part]) {
		if (l->day_q[day] < l->day_cap_q[day])
			return true;
		see(l, FIRST_DAY + day, part);
	}
	for (uint32_t load = 0; load < l->load_count; load++) {
		if (*flow_of(l, load, part))
			see(l, FIRST_LOAD + load, part);
	}
	return false;
}

static void expand_day(struct laying *l, uint32_t day)
{
	for (uint32_t part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++) {
		if (l->part_q[part])
			see(l, part, FIRST_DAY + day);
	}
}

static void expand_load(struct laying *l, uint32_t load)
{
	carved_parts_mask parts = l->loads[load].parts & l->open;
	l->reached |= parts;
	for (; parts; parts &= parts - 1)
		see(l, (uint32_t)__builtin_ctz(parts), FIRST_LOAD + load);
}

// A path from a load with hours left to a part whose day has room; UNSEEN when there is none, and then `reached` is the cut.
static uint32_t find_path(struct laying *l)
{
	l->queued = 0;
	l->reached = 0;
	for (uint32_t node = 0; node < FIRST_LOAD + l->load_count; node++)
		l->scratch->parent[node] = UNSEEN;
	for (uint32_t load = 0; load < l->load_count; load++) {
		if (l->scratch->left_q[load])
			see(l, FIRST_LOAD + load, START);
	}
	for (uint32_t at = 0; at < l->queued; at++) {
		uint32_t node = l->scratch->queue[at];
		if (node >= FIRST_LOAD)
			expand_load(l, node - FIRST_LOAD);
		else if (node >= FIRST_DAY)
			expand_day(l, node - FIRST_DAY);
		else if (expand_part(l, node))
			return node;
	}
	return UNSEEN;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

// The most that the path ending in `part` can carry.
static uint32_t path_room(const struct laying *l, uint32_t part)
{
	const uint32_t *parent = l->scratch->parent;
	const uint32_t day = part / CARVED_PARTS_PER_DAY;
	uint32_t room = smaller(l->day_cap_q[day] - l->day_q[day], l->week->available_q[part] - l->part_q[part]);
	room = smaller(room, l->budget_q);
	for (uint32_t node = part;; node = parent[parent[node]]) {
		uint32_t from = parent[node], origin = parent[from];
		if (origin == START)
			return smaller(room, l->scratch->left_q[from - FIRST_LOAD]);
		if (from >= FIRST_LOAD)
			room = smaller(room, *flow_of(l, from - FIRST_LOAD, origin));
		else
			room = smaller(room, smaller(l->part_q[node], l->week->available_q[origin] - l->part_q[origin]));
	}
}

static void add_flow(struct laying *l, uint32_t load, uint32_t part, int change)
{
	*flow_of(l, load, part) = (uint16_t)(*flow_of(l, load, part) + change);
}

// Sends hours along the path: a load moves from one part to another, or one part takes another's place within a day.
static void augment(struct laying *l, uint32_t part)
{
	const uint32_t *parent = l->scratch->parent;
	const uint32_t amount = path_room(l, part);
	l->day_q[part / CARVED_PARTS_PER_DAY] += amount;
	l->part_q[part] += amount;
	l->budget_q -= amount;
	for (uint32_t node = part;; node = parent[parent[node]]) {
		uint32_t from = parent[node], origin = parent[from];
		if (from < FIRST_LOAD) {
			l->part_q[node] -= amount;
			l->part_q[origin] += amount;
			continue;
		}
		add_flow(l, from - FIRST_LOAD, node, (int)amount);
		if (origin == START) {
			l->scratch->left_q[from - FIRST_LOAD] -= amount;
			return;
		}
		add_flow(l, from - FIRST_LOAD, origin, -(int)amount);
	}
}

static void begin(struct laying *l, days_mask days)
{
	memset(l->part_q, 0, sizeof l->part_q);
	memset(l->day_q, 0, sizeof l->day_q);
	memset(l->scratch->flow, 0, l->load_count * CARVED_DAY_PARTS * sizeof *l->scratch->flow);
	for (uint32_t load = 0; load < l->load_count; load++)
		l->scratch->left_q[load] = l->loads[load].hours_q;
	l->open = carved_days_parts(days);
	l->budget_q = UINT32_MAX;
}

// Lays what it can with so much a day at most. Returns the hours laid in all.
static uint32_t lay(struct laying *l, days_mask days, uint32_t cap_q)
{
	uint32_t part, sum = 0;
	for (int day = 0; day < CARVED_DAYS; day++)
		l->day_cap_q[day] = days >> day & 1 ? cap_q : 0;
	while (l->budget_q && (part = find_path(l)) != UNSEEN)
		augment(l, part);
	for (int day = 0; day < CARVED_DAYS; day++)
		sum += l->day_q[day];
	return sum;
}

static uint32_t total_q(const struct laying *l)
{
	uint32_t sum = 0;
	for (uint32_t load = 0; load < l->load_count; load++)
		sum += l->loads[load].hours_q;
	return sum;
}

// Whether exactly these days work.
static bool works(struct laying *l, days_mask days, uint32_t total)
{
	const uint32_t count = (uint32_t)__builtin_popcount(days), least = count > 1 ? l->week->per_visit_q : 0;
	if (!days || count * least > total || count * l->week->per_day_q < total)
		return false;
	begin(l, days);
	return lay(l, days, least) == count * least && lay(l, days, l->week->per_day_q) == total;
}

static bool some_days_work(struct laying *l, days_mask open, uint32_t total)
{
	const days_mask choice = open & (days_mask)~l->week->in;
	for (days_mask more = choice;; more = (days_mask)((more - 1) & choice)) { // every subset of `choice`
		if (works(l, more | l->week->in, total))
			return true;
		if (!more)
			return false;
	}
}

// The row of `under` for the days decided on. Requires: their first phase failed just now.
static struct days_row under_row(const struct laying *l)
{
	struct days_row row = {.open = l->open, .parts = l->reached};
	for (int day = 0; day < CARVED_DAYS; day++) {
		uint32_t hours = 0;
		if (!(l->week->in >> day & 1))
			continue;
		for (carved_parts_mask rest = row.parts & CARVED_DAY_MASK(day); rest; rest &= rest - 1)
			hours += l->week->available_q[__builtin_ctz(rest)];
		row.limit_q += hours < l->week->per_visit_q ? l->week->per_visit_q - hours : 0;
	}
	return row;
}

// Whether the laying at hand, made without a least, happens to keep it.
static bool keeps_least(const struct laying *l, uint32_t total)
{
	uint32_t count = 0, least = smaller(l->week->per_visit_q, total);
	for (int day = 0; day < CARVED_DAYS; day++) {
		if ((l->day_q[day] && l->day_q[day] < least) || (!l->day_q[day] && l->week->in >> day & 1))
			return false;
		count += l->day_q[day] > 0;
	}
	return count <= 1 || total >= count * least;
}

enum days_answer carved_days_check(const struct days_week *week, const struct days_load *loads, uint32_t load_count,
	struct days_scratch *scratch, struct days_row *ret_row)
{
	struct laying l = {.week = week, .loads = loads, .load_count = load_count, .scratch = scratch};
	const days_mask open = DAYS_ALL & (days_mask)~week->out;
	const uint32_t total = total_q(&l), decided = (uint32_t)__builtin_popcount(week->in);
	begin(&l, open);
	if (lay(&l, open, week->per_day_q) < total) {
		*ret_row =
			(struct days_row){.open = l.open, .parts = l.reached, .limit_q = carved_days_capacity(week, l.reached)};
		return DAYS_OVER;
	}
	if (keeps_least(&l, total) || some_days_work(&l, open, total))
		return DAYS_FIT;
	if (decided < 2)
		return DAYS_CHOICE;
	begin(&l, week->in);
	if (lay(&l, week->in, week->per_visit_q) == decided * week->per_visit_q)
		return DAYS_CHOICE;
	*ret_row = under_row(&l);
	return DAYS_UNDER;
}

// Whether these days carry shares of `total`. Least hours of shares come first, into the days' least as far as they go: so the hours laid before `total` counts
// are as few as any laying has. Then the days' least, then the rest. No path takes from a share or a day what it has.
static bool choose_on(struct laying *l, const struct days_share *shares, days_mask days, uint32_t total)
{
	const uint32_t count = (uint32_t)__builtin_popcount(days), least = count > 1 ? l->week->per_visit_q : 0;
	uint32_t lowest = 0;
	if (!days || count * least > total || count * l->week->per_day_q < total)
		return false;
	begin(l, days);
	l->budget_q = total;
	for (uint32_t i = 0; i < l->load_count; i++)
		lowest += l->scratch->left_q[i] = shares[i].lo;
	lay(l, days, least);
	if (lay(l, days, l->week->per_day_q) < lowest)
		return false;
	for (uint32_t i = 0; i < l->load_count; i++)
		l->scratch->left_q[i] += shares[i].hi - shares[i].lo;
	lay(l, days, least);
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (days >> day & 1 && l->day_q[day] < least)
			return false;
	}
	return lay(l, days, l->week->per_day_q) == total;
}

bool carved_days_choose(const struct days_week *week, const struct days_share *shares, uint32_t share_count, uint32_t total,
	struct days_scratch *scratch, uint16_t *ret_hours)
{
	struct days_load *loads = scratch->loads;
	struct laying l = {.week = week, .loads = loads, .load_count = share_count, .scratch = scratch};
	days_mask useful = 0;
	carved_parts_mask parts = 0;
	for (uint32_t i = 0; i < share_count; i++) {
		loads[i] = (struct days_load){.parts = shares[i].parts, .hours_q = shares[i].hi};
		parts |= shares[i].hi ? shares[i].parts : 0;
	}
	for (int day = 0; day < CARVED_DAYS; day++)
		useful = (days_mask)(useful | (carved_days_capacity(week, parts & CARVED_DAY_MASK(day)) ? 1 << day : 0));
	for (days_mask days = useful; days; days = (days_mask)((days - 1) & useful)) { // every set of them
		if (!choose_on(&l, shares, days, total))
			continue;
		for (uint32_t i = 0; i < share_count; i++)
			ret_hours[i] = (uint16_t)(shares[i].hi - scratch->left_q[i]);
		return true;
	}
	return false;
}
