// SPDX-License-Identifier: EUPL-1.2
// The relaxed pricing problem by dynamic programming.
//
//   sets       jobs j, slots t of j; the first of them ("capped") share the job's donor cap
//   variables  x_t in {0} + [lo_t, hi_t] quarters (a forced slot is never 0)
//   maximise   sum over slots used (gain_t x_t - setup_t) - sum over jobs used (setup_j) - job_cost (jobs used - 1)
//   subject to min_q <= sum x <= max_q;  sum over capped slots of j <= cap_j;  lo_g <= sum over slots of group g <= hi_g;  1 <= jobs used <= jobs_max
//
// Within a job, f_j(h) is the best of exactly h quarters: slot by slot, new(h) = max(old(h), gain h - setup + max over i in [h - hi, h - lo] of
// old(i) - gain i), the inner maximum over a sliding window kept in a monotone queue, so a slot costs O(h). Capped slots come first, in rows cut at the cap.
// A group has rows of its own, from 0 hours on; the last of them, from lo to hi, joins the job's row as a job's joins the others.
// Across jobs, g_k(h) is the best of exactly h quarters from exactly k jobs: g_k = max(g_k, g_(k-1) (+) f_j), a max-plus convolution.
// All rows stay, so the way back needs no record of choices: it looks for a choice that explains the value, O(h) for each job and slot used.
#include "relax.h"
#include "carved/base/arena.h"
#include <stdlib.h>
#include <string.h>

void carved_relax_reserve(struct relax *relax, size_t slots, size_t jobs, size_t quarters)
{
	if (slots > relax->slot_room) {
		relax->slot_room = slots;
		relax->slots = carved_realloc_array(relax->slots, slots, sizeof *relax->slots);
		relax->slot_layer = carved_realloc_array(relax->slot_layer, slots, sizeof *relax->slot_layer);
		relax->slot_length = carved_realloc_array(relax->slot_length, slots, sizeof *relax->slot_length);
		relax->groups = carved_realloc_array(relax->groups, slots, sizeof *relax->groups);
		relax->group_layer = carved_realloc_array(relax->group_layer, slots, sizeof *relax->group_layer);
		relax->group_length = carved_realloc_array(relax->group_length, slots, sizeof *relax->group_length);
		relax->order = carved_realloc_array(relax->order, slots, sizeof *relax->order);
	}
	if (jobs > relax->job_room) {
		relax->job_room = jobs;
		relax->jobs = carved_realloc_array(relax->jobs, jobs, sizeof *relax->jobs);
		relax->job_value = carved_realloc_array(relax->job_value, jobs, sizeof *relax->job_value);
		relax->order_count = carved_realloc_array(relax->order_count, jobs, sizeof *relax->order_count);
	}
	if (quarters + 1 > relax->queue_room) {
		relax->queue_room = quarters + 1;
		relax->queue = carved_realloc_array(relax->queue, relax->queue_room, sizeof *relax->queue);
	}
}

void carved_relax_deinit(struct relax *relax)
{
	free(relax->slots);
	free(relax->jobs);
	free(relax->cells);
	free(relax->slot_layer);
	free(relax->slot_length);
	free(relax->groups);
	free(relax->group_layer);
	free(relax->group_length);
	free(relax->order);
	free(relax->order_count);
	free(relax->queue);
	free(relax->job_value);
	*relax = (struct relax){0};
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

// One slot more: old row of hours 0..old_last into the new one of 0..new_last.
static void take_slot(
	const struct relax_slot *slot, const int64_t *old, uint32_t old_last, int64_t *new, uint32_t new_last, uint16_t *queue)
{
	uint32_t head = 0, tail = 0;
	for (uint32_t h = 0; h <= new_last; h++) {
		int64_t best = !slot->forced && h <= old_last ? old[h] : CARVED_RELAX_NONE;
		if (h >= slot->lo && h - slot->lo <= old_last) {
			uint32_t i = h - slot->lo;
			int64_t entering = old[i] - slot->gain * i;
			while (tail > head && old[queue[tail - 1]] - slot->gain * queue[tail - 1] <= entering)
				tail--;
			queue[tail++] = (uint16_t)i;
		}
		while (tail > head && (uint32_t)queue[head] + slot->hi < h)
			head++;
		if (tail > head) {
			uint32_t i = queue[head];
			int64_t taken = old[i] + slot->gain * (h - i) - slot->setup;
			best = taken > best ? taken : best;
		}
		new[h] = best > CARVED_RELAX_IMPOSSIBLE ? best : CARVED_RELAX_NONE;
	}
}

// The first slot starts from nothing but 0 hours: no window needed.
static void take_first_slot(const struct relax_slot *slot, int64_t *new, uint32_t last)
{
	new[0] = slot->forced ? CARVED_RELAX_NONE : 0;
	for (uint32_t h = 1; h <= last; h++)
		new[h] = h >= slot->lo &&h <= slot->hi ? slot->gain *h - slot->setup : CARVED_RELAX_NONE;
}

// A row of a job: the best of so many hours of the slots up to one of them.
struct line {
	const int64_t *cells;
	uint32_t last; // hours
};

static const int64_t nothing = 0;

static struct line slot_line(const struct relax *relax, uint32_t s)
{
	return (struct line){relax->cells + relax->slot_layer[s], relax->slot_length[s] - 1u};
}

static struct line group_line(const struct relax *relax, uint32_t g)
{
	return (struct line){relax->cells + relax->group_layer[g], relax->group_length[g] - 1u};
}

static struct line fill_slot(struct relax *relax, uint32_t s, struct line before, uint32_t limit, size_t *cell)
{
	uint32_t last = smaller(before.last + relax->slots[s].hi, limit);
	relax->slot_layer[s] = (uint32_t)*cell;
	relax->slot_length[s] = (uint16_t)(last + 1);
	if (before.cells == &nothing)
		take_first_slot(&relax->slots[s], relax->cells + *cell, last);
	else
		take_slot(&relax->slots[s], before.cells, before.last, relax->cells + *cell, last, relax->queue);
	*cell += last + 1;
	return slot_line(relax, s);
}

static bool is_capped(const struct relax_job *job, uint32_t s)
{
	return s - job->first < job->capped;
}

// The group's own row, then the job's with it.
static struct line fill_group(
	struct relax *relax, const struct relax_job *job, uint32_t g, struct line before, uint32_t limit, size_t *cell)
{
	const struct relax_group *group = &relax->groups[g];
	struct line own = {&nothing, 0};
	for (uint32_t s = job->first; s < (uint32_t)job->first + job->count; s++) {
		if (relax->slots[s].group == g)
			own = fill_slot(relax, s, own, smaller(group->hi, limit), cell);
	}
	uint32_t last = smaller(before.last + own.last, limit);
	int64_t *out = relax->cells + *cell;
	relax->group_layer[g] = (uint32_t)*cell;
	relax->group_length[g] = (uint16_t)(last + 1);
	for (uint32_t h = 0; h <= last; h++)
		out[h] = CARVED_RELAX_NONE;
	for (uint32_t x = group->lo; x <= own.last; x++) {
		for (uint32_t h = x; own.cells[x] > CARVED_RELAX_IMPOSSIBLE && h <= last && h - x <= before.last; h++) {
			int64_t value = before.cells[h - x] > CARVED_RELAX_IMPOSSIBLE ? before.cells[h - x] + own.cells[x]
										      : CARVED_RELAX_NONE;
			out[h] = value > out[h] ? value : out[h];
		}
	}
	*cell += last + 1;
	return group_line(relax, g);
}

// Slots by themselves and groups of the job in the order of rows: what is capped comes first.
static void list_order(struct relax *relax, uint32_t j)
{
	const struct relax_job *job = &relax->jobs[j];
	uint32_t count = 0;
	for (int part = 0; part < 2; part++) {
		uint32_t begin = count;
		for (uint32_t s = job->first; s < (uint32_t)job->first + job->count; s++) {
			bool alone = relax->slots[s].group == RELAX_NO_GROUP;
			uint32_t item = alone ? s : RELAX_GROUPS + relax->slots[s].group, at = alone ? count : begin;
			if (is_capped(job, s) != (part == 0))
				continue;
			while (at < count && relax->order[job->first + at] != item)
				at++;
			if (at == count)
				relax->order[job->first + count++] = item;
		}
	}
	relax->order_count[j] = (uint16_t)count;
}

static bool is_item_capped(const struct relax *relax, const struct relax_job *job, uint32_t item)
{
	uint32_t s = job->first;
	if (item < RELAX_GROUPS)
		return is_capped(job, item);
	while (relax->slots[s].group != item - RELAX_GROUPS)
		s++;
	return is_capped(job, s);
}

// f_j in rows of cells from `cell` on. Returns the cell after the last row.
static size_t fill_job(struct relax *relax, uint32_t j, size_t cell)
{
	const struct relax_job *job = &relax->jobs[j];
	struct line line = {&nothing, 0};
	list_order(relax, j);
	for (uint32_t n = 0; n < relax->order_count[j]; n++) {
		uint32_t item = relax->order[job->first + n];
		uint32_t limit = is_item_capped(relax, job, item) ? smaller(job->cap, relax->max_q) : relax->max_q;
		line = item < RELAX_GROUPS ? fill_slot(relax, item, line, limit, &cell)
					   : fill_group(relax, job, item - RELAX_GROUPS, line, limit, &cell);
	}
	return cell;
}

// The row after the first `n` items of the job.
static struct line line_after(const struct relax *relax, uint32_t j, uint32_t n)
{
	if (n == 0)
		return (struct line){&nothing, 0};
	uint32_t item = relax->order[relax->jobs[j].first + n - 1];
	return item < RELAX_GROUPS ? slot_line(relax, item) : group_line(relax, item - RELAX_GROUPS);
}

static struct line job_line(const struct relax *relax, uint32_t j)
{
	return line_after(relax, j, relax->order_count[j]);
}

// The rows of g after job j: layers 1..k_max, each max_q + 1 cells.
struct table {
	size_t start;    // cell of the layers before the first job
	uint32_t width;  // max_q + 1
	uint32_t layers; // k_max
};

static int64_t *row(const struct relax *relax, const struct table *table, uint32_t after, uint32_t k)
{
	return relax->cells + table->start + ((size_t)after * table->layers + (k - 1)) * table->width;
}

// out = max(out, before (+) f), for hours from `from` on.
static void join(
	const int64_t *before, uint32_t width, const int64_t *f, uint32_t length, int64_t charge, uint32_t from, int64_t *out)
{
	uint32_t first = 0, last = width;
	while (first < width && before[first] <= CARVED_RELAX_IMPOSSIBLE)
		first++;
	while (last > first && before[last - 1] <= CARVED_RELAX_IMPOSSIBLE)
		last--;
	for (uint32_t x = 1; x < length && first < last; x++) {
		if (f[x] <= CARVED_RELAX_IMPOSSIBLE)
			continue;
		int64_t add = f[x] - charge;
		uint32_t start = from > x && from - x > first ? from - x : first;
		uint32_t end = smaller(last, width - x);
		for (uint32_t h = start; h < end; h++) {
			int64_t value = before[h] + add;
			out[h + x] = out[h + x] > value ? out[h + x] : value;
		}
	}
}

// Layers after job j (0-based) from those before it. `open`: no job before it was forced, so it can be the first one used.
static void add_job(struct relax *relax, const struct table *table, uint32_t j, bool open)
{
	const struct relax_job *job = &relax->jobs[j];
	const struct line line = job_line(relax, j);
	const int64_t *f = line.cells;
	const uint32_t length = line.last + 1;
	const int64_t charge = job->setup + relax->job_cost;
	for (uint32_t k = table->layers; k >= 1; k--) {
		int64_t *out = row(relax, table, j + 1, k);
		const int64_t *before = row(relax, table, j, k);
		for (uint32_t h = 0; h < table->width; h++)
			out[h] = job->forced ? CARVED_RELAX_NONE : before[h];
		if (k > 1) {
			join(row(relax, table, j, k - 1), table->width, f, length, charge, k == table->layers ? relax->min_q : 0,
				out);
			continue;
		}
		for (uint32_t x = 1; open && x < length; x++) {
			int64_t value = f[x] > CARVED_RELAX_IMPOSSIBLE ? f[x] - charge : CARVED_RELAX_NONE;
			out[x] = out[x] > value ? out[x] : value;
		}
	}
}

static int64_t at(struct line line, uint32_t hours)
{
	return hours <= line.last ? line.cells[hours] : CARVED_RELAX_NONE;
}

// How many of h hours are the slot's, and into `hours`.
static uint32_t trace_slot(const struct relax *relax, uint32_t s, struct line before, uint32_t h, uint16_t *hours)
{
	const struct relax_slot *slot = &relax->slots[s];
	const int64_t now = at(slot_line(relax, s), h);
	if (!slot->forced && at(before, h) == now)
		return 0;
	for (uint32_t x = slot->lo; x <= slot->hi && x <= h; x++) {
		int64_t rest = at(before, h - x);
		if (rest > CARVED_RELAX_IMPOSSIBLE && rest + slot->gain * x - slot->setup == now) {
			hours[s] = (uint16_t)x;
			return x;
		}
	}
	return 0;
}

static uint32_t trace_group(
	const struct relax *relax, const struct relax_job *job, uint32_t g, struct line before, uint32_t h, uint16_t *hours)
{
	uint32_t last = job->first + job->count, x = relax->groups[g].lo;
	while (relax->slots[last - 1].group != g)
		last--;
	const struct line own = slot_line(relax, last - 1);
	const int64_t now = at(group_line(relax, g), h);
	while (at(before, h - x) <= CARVED_RELAX_IMPOSSIBLE || at(own, x) <= CARVED_RELAX_IMPOSSIBLE ||
		at(before, h - x) + at(own, x) != now)
		x++;
	for (uint32_t s = last, left = x; s-- > job->first;) {
		uint32_t other = s;
		if (relax->slots[s].group != g)
			continue;
		while (other > job->first && relax->slots[other - 1].group != g)
			other--;
		left -= trace_slot(
			relax, s, other > job->first ? slot_line(relax, other - 1) : (struct line){&nothing, 0}, left, hours);
	}
	return x;
}

// Which slots of a job make up f_j(h).
static void trace_job(const struct relax *relax, uint32_t j, uint32_t h, uint16_t *hours)
{
	const struct relax_job *job = &relax->jobs[j];
	for (uint32_t n = relax->order_count[j]; n-- > 0;) {
		const struct line before = line_after(relax, j, n);
		uint32_t item = relax->order[job->first + n];
		h -= item < RELAX_GROUPS ? trace_slot(relax, item, before, h, hours)
					 : trace_group(relax, job, item - RELAX_GROUPS, before, h, hours);
	}
}

static void trace(const struct relax *relax, const struct table *table, uint32_t k, uint32_t h, uint16_t *hours)
{
	for (uint32_t j = relax->job_count; j-- > 0 && k > 0;) {
		const struct relax_job *job = &relax->jobs[j];
		const struct line line = job_line(relax, j);
		const int64_t *f = line.cells;
		const int64_t value = row(relax, table, j + 1, k)[h], charge = job->setup + relax->job_cost;
		if (!job->forced && row(relax, table, j, k)[h] == value)
			continue;
		for (uint32_t x = 1; x <= line.last && x <= h; x++) {
			int64_t before = k > 1 ? row(relax, table, j, k - 1)[h - x] : h == x ? 0 : CARVED_RELAX_NONE;
			if (before > CARVED_RELAX_IMPOSSIBLE && f[x] > CARVED_RELAX_IMPOSSIBLE &&
				before + f[x] - charge == value) {
				trace_job(relax, j, x, hours);
				h -= x;
				k--;
				break;
			}
		}
	}
}

static void reserve_cells(struct relax *relax, const struct table *table)
{
	size_t needed =
		((size_t)relax->slot_count + relax->group_count + (size_t)(relax->job_count + 1) * table->layers) * table->width;
	if (needed <= relax->cell_count)
		return;
	relax->cell_count = needed + needed / 2;
	relax->cells = carved_realloc_array(relax->cells, relax->cell_count, sizeof *relax->cells);
}

int64_t carved_relax_solve(struct relax *relax, uint16_t *hours)
{
	struct table table = {.width = relax->max_q + 1, .layers = smaller(relax->jobs_max, relax->job_count)};
	int64_t best = CARVED_RELAX_NONE;
	uint32_t best_k = 0, best_h = 0;
	bool open = true;
	if (!table.layers || relax->min_q > relax->max_q)
		return CARVED_RELAX_NONE;
	reserve_cells(relax, &table);
	for (uint32_t j = 0; j < relax->job_count; j++)
		table.start = fill_job(relax, j, table.start);
	for (size_t i = 0; i < (size_t)table.layers * table.width; i++)
		relax->cells[table.start + i] = CARVED_RELAX_NONE;
	for (uint32_t j = 0; j < relax->job_count; j++) {
		add_job(relax, &table, j, open);
		open = open && !relax->jobs[j].forced;
	}
	for (uint32_t k = 1; k <= table.layers; k++) {
		const int64_t *final = row(relax, &table, relax->job_count, k);
		for (uint32_t h = relax->min_q; h <= relax->max_q; h++) {
			if (final[h] > best) {
				best = final[h];
				best_k = k;
				best_h = h;
			}
		}
	}
	if (best <= CARVED_RELAX_IMPOSSIBLE)
		return CARVED_RELAX_NONE;
	memset(hours, 0, relax->slot_count * sizeof *hours);
	trace(relax, &table, best_k, best_h, hours);
	return best + relax->job_cost;
}
