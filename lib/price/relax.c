// SPDX-License-Identifier: EUPL-1.2
// The relaxed pricing problem by dynamic programming.
//
//   sets       jobs j, slots t of j; the first of them ("capped") share the job's donor cap
//   variables  x_t in {0} + [lo_t, hi_t] quarters (a forced slot is never 0)
//   maximise   sum over slots used (gain_t x_t - setup_t) - sum over jobs used (setup_j) - job_cost (jobs used - 1)
//   subject to min_q <= sum x <= max_q;  sum over capped slots of j <= cap_j;  1 <= jobs used <= jobs_max
//
// Within a job, f_j(h) is the best of exactly h quarters: slot by slot, new(h) = max(old(h), gain h - setup + max over i in [h - hi, h - lo] of
// old(i) - gain i), the inner maximum over a sliding window kept in a monotone queue, so a slot costs O(h). Capped slots come first, in rows cut at the cap.
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
	}
	if (jobs > relax->job_room) {
		relax->job_room = jobs;
		relax->jobs = carved_realloc_array(relax->jobs, jobs, sizeof *relax->jobs);
		relax->job_value = carved_realloc_array(relax->job_value, jobs, sizeof *relax->job_value);
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

// f_j in rows of cells from `cell` on, one per slot. Returns the cell after the last row.
static size_t fill_job(struct relax *relax, const struct relax_job *job, size_t cell)
{
	uint32_t last = 0;
	for (uint32_t n = 0; n < job->count; n++) {
		const uint32_t s = job->first + n;
		uint32_t limit = n < job->capped ? smaller(job->cap, relax->max_q) : relax->max_q;
		uint32_t new_last = smaller(last + relax->slots[s].hi, limit);
		relax->slot_layer[s] = (uint32_t)cell;
		relax->slot_length[s] = (uint16_t)(new_last + 1);
		if (n == 0)
			take_first_slot(&relax->slots[s], relax->cells + cell, new_last);
		else
			take_slot(&relax->slots[s], relax->cells + relax->slot_layer[s - 1], last, relax->cells + cell, new_last,
				relax->queue);
		cell += new_last + 1;
		last = new_last;
	}
	return cell;
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

static const int64_t *last_row(const struct relax *relax, const struct relax_job *job)
{
	return relax->cells + relax->slot_layer[job->first + job->count - 1];
}

static uint32_t last_length(const struct relax *relax, const struct relax_job *job)
{
	return relax->slot_length[job->first + job->count - 1];
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
	const int64_t *f = last_row(relax, job);
	const uint32_t length = last_length(relax, job);
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

// Which slots of a job make up f_j(h).
static void trace_job(const struct relax *relax, const struct relax_job *job, uint32_t h, uint16_t *hours)
{
	for (uint32_t n = job->count; n-- > 0;) {
		const uint32_t s = job->first + n;
		const struct relax_slot *slot = &relax->slots[s];
		const int64_t *now = relax->cells + relax->slot_layer[s];
		const int64_t *old = n ? relax->cells + relax->slot_layer[s - 1] : NULL;
		const uint32_t old_length = n ? relax->slot_length[s - 1] : 1;
		if (!slot->forced && h < old_length && now[h] == (n ? old[h] : 0))
			continue;
		for (uint32_t x = slot->lo; x <= slot->hi && x <= h; x++) {
			int64_t before = h - x >= old_length ? CARVED_RELAX_NONE : n ? old[h - x] : 0;
			if (before > CARVED_RELAX_IMPOSSIBLE && before + slot->gain * x - slot->setup == now[h]) {
				hours[s] = (uint16_t)x;
				h -= x;
				break;
			}
		}
	}
}

static void trace(const struct relax *relax, const struct table *table, uint32_t k, uint32_t h, uint16_t *hours)
{
	for (uint32_t j = relax->job_count; j-- > 0 && k > 0;) {
		const struct relax_job *job = &relax->jobs[j];
		const int64_t *f = last_row(relax, job);
		const int64_t value = row(relax, table, j + 1, k)[h], charge = job->setup + relax->job_cost;
		if (!job->forced && row(relax, table, j, k)[h] == value)
			continue;
		for (uint32_t x = 1; x < last_length(relax, job) && x <= h; x++) {
			int64_t before = k > 1 ? row(relax, table, j, k - 1)[h - x] : h == x ? 0 : CARVED_RELAX_NONE;
			if (before > CARVED_RELAX_IMPOSSIBLE && f[x] > CARVED_RELAX_IMPOSSIBLE &&
				before + f[x] - charge == value) {
				trace_job(relax, job, x, hours);
				h -= x;
				k--;
				break;
			}
		}
	}
}

static void reserve_cells(struct relax *relax, const struct table *table)
{
	size_t needed = ((size_t)relax->slot_count + (size_t)(relax->job_count + 1) * table->layers) * table->width;
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
		table.start = fill_job(relax, &relax->jobs[j], table.start);
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
