// SPDX-License-Identifier: EUPL-1.2
// Rule `schedule` as a flow problem.
//
// Sets        needs n (hours h_n, parts P_n), day parts p (hours a_p), chosen days D, total T = sum h_n, least = min(per visit, T)
// Variables   x_np >= 0 whole quarters of need n in part p
// Constraints sum_p x_np = h_n; x_np = 0 unless p in P_n and p's day in D; sum_n x_np <= a_p; least <= hours of day d <= per day, for each d in D
// Method      Ford and Fulkerson (1956), twice: first no day may take more than `least`; only when every chosen day has that much, the limit rises to
//             per day. A path that raises a flow never lowers what a day has got, so the lower bounds stay met.
// The answer  of all flows the lexicographically largest x, parts in the order of the week and needs inside a part in theirs: each x_np in turn is raised by
//             paths from p back to n for as long as there are any, and then stands.
#include "carved/model/schedule.h"
#include <stdlib.h>
#include <string.h>

struct network {
	const struct carved_schedule_need *needs;
	int need_count;
	const uint16_t *available_q;
	carved_parts_mask open;          // day parts of the chosen days
	int *x_q;                        // [need][part]
	bool *stands;                    // [need][part]: decided, not to be changed any more
	int *left_q;                     // per need: not laid yet
	int load_q[CARVED_DAY_PARTS];    // per part
	int day_q[CARVED_DAYS];          // per day
	int day_least_q, day_most_q;     // of a chosen day
	int *came_from, *queue, *path_q; // per node, of the search
};

// Nodes: needs, then day parts, then days, then the end.
static int part_node(const struct network *net, int part)
{
	return net->need_count + part;
}

static int day_node(const struct network *net, int day)
{
	return net->need_count + CARVED_DAY_PARTS + day;
}

static int end_node(const struct network *net)
{
	return net->need_count + CARVED_DAY_PARTS + CARVED_DAYS;
}

static int node_count(const struct network *net)
{
	return end_node(net) + 1;
}

static size_t cell(int need, int part)
{
	return (size_t)need * CARVED_DAY_PARTS + (size_t)part;
}

static bool may_use(const struct network *net, int need, int part)
{
	return net->needs[need].parts & net->open & (carved_parts_mask)1 << part;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

// Notes that `to` can be reached from `from` with `room_q` more quarters; returns the length of the queue.
static int reach(struct network *net, int from, int to, int room_q, int queued)
{
	if (room_q <= 0 || net->came_from[to] >= 0)
		return queued;
	net->came_from[to] = from;
	net->path_q[to] = smaller(net->path_q[from], room_q);
	net->queue[queued] = to;
	return queued + 1;
}

static int reach_from_need(struct network *net, int need, int queued)
{
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		if (may_use(net, need, part) && !net->stands[cell(need, part)])
			queued = reach(net, need, part_node(net, part), INT32_MAX, queued);
	}
	return queued;
}

static int reach_from_part(struct network *net, int part, int queued)
{
	int node = part_node(net, part), day = part / CARVED_PARTS_PER_DAY;
	for (int need = 0; need < net->need_count; need++) {
		if (!net->stands[cell(need, part)])
			queued = reach(net, node, need, net->x_q[cell(need, part)], queued);
	}
	return reach(net, node, day_node(net, day), net->available_q[part] - net->load_q[part], queued);
}

static int reach_from_day(struct network *net, int day, int queued)
{
	int node = day_node(net, day);
	for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++)
		queued = reach(net, node, part_node(net, part), net->load_q[part], queued);
	return reach(net, node, end_node(net), net->day_most_q - net->day_q[day], queued);
}

static int reach_from_end(struct network *net, int queued)
{
	for (int day = 0; day < CARVED_DAYS; day++)
		queued = reach(net, end_node(net), day_node(net, day), net->day_q[day] - net->day_least_q, queued);
	return queued;
}

static int reach_from(struct network *net, int node, int queued)
{
	if (node < net->need_count)
		return reach_from_need(net, node, queued);
	if (node < day_node(net, 0))
		return reach_from_part(net, node - part_node(net, 0), queued);
	return node < end_node(net) ? reach_from_day(net, node - day_node(net, 0), queued) : reach_from_end(net, queued);
}

// Breadth first. Returns how many quarters can go from `from` to `to`, at most `most_q`; 0 where there is no path.
static int find_path(struct network *net, int from, int to, int most_q)
{
	for (int node = 0; node < node_count(net); node++)
		net->came_from[node] = -1;
	net->came_from[from] = from;
	net->path_q[from] = most_q;
	net->queue[0] = from;
	for (int at = 0, queued = 1; at < queued && net->came_from[to] < 0; at++)
		queued = reach_from(net, net->queue[at], queued);
	return net->came_from[to] >= 0 ? net->path_q[to] : 0;
}

static void push_step(struct network *net, int from, int to, int hours_q)
{
	int parts = part_node(net, 0), days = day_node(net, 0), end = end_node(net);
	if (from < parts)
		net->x_q[cell(from, to - parts)] += hours_q;
	else if (to < parts)
		net->x_q[cell(to, from - parts)] -= hours_q;
	else if (from < days)
		net->load_q[from - parts] += hours_q;
	else if (to < days)
		net->load_q[to - parts] -= hours_q;
	else if (to == end)
		net->day_q[from - days] += hours_q;
	else
		net->day_q[to - days] -= hours_q;
}

// Sends as much as one path takes. Returns the quarters sent.
static int send(struct network *net, int from, int to, int most_q)
{
	int hours_q = find_path(net, from, to, most_q);
	for (int node = to; hours_q > 0 && node != from; node = net->came_from[node])
		push_step(net, net->came_from[node], node, hours_q);
	return hours_q;
}

// Lays what goes straight into a part and its day: most of it does, and no path has to be looked for. Returns the quarters laid.
static int lay_straight(struct network *net, int need)
{
	int laid_q = 0;
	for (carved_parts_mask parts = net->needs[need].parts & net->open; parts && laid_q < net->left_q[need];
		parts &= parts - 1) {
		int part = __builtin_ctz(parts), day = part / CARVED_PARTS_PER_DAY;
		int room_q = smaller(net->available_q[part] - net->load_q[part], net->day_most_q - net->day_q[day]);
		int hours_q = smaller(room_q, net->left_q[need] - laid_q);
		if (hours_q <= 0)
			continue;
		net->x_q[cell(need, part)] += hours_q;
		net->load_q[part] += hours_q;
		net->day_q[day] += hours_q;
		laid_q += hours_q;
	}
	net->left_q[need] -= laid_q;
	return laid_q;
}

// Lays as much as days of at most `day_most_q` take, but no more than `most_q`, which is all that they take. Returns the quarters laid.
static int lay(struct network *net, int day_most_q, int most_q)
{
	int laid_q = 0;
	net->day_most_q = day_most_q;
	for (int need = 0; need < net->need_count; need++)
		laid_q += lay_straight(net, need);
	for (int need = 0; need < net->need_count && laid_q < most_q; need++) {
		for (int sent_q; net->left_q[need] > 0 && (sent_q = send(net, need, end_node(net), net->left_q[need])) > 0;
			laid_q += sent_q)
			net->left_q[need] -= sent_q;
	}
	return laid_q;
}

static int total_q(const struct network *net)
{
	int sum_q = 0;
	for (int need = 0; need < net->need_count; need++)
		sum_q += net->needs[need].hours_q;
	return sum_q;
}

static void clear(struct network *net)
{
	memset(net->x_q, 0, (size_t)net->need_count * CARVED_DAY_PARTS * sizeof *net->x_q);
	memset(net->load_q, 0, sizeof net->load_q);
	memset(net->day_q, 0, sizeof net->day_q);
	for (int need = 0; need < net->need_count; need++)
		net->left_q[need] = net->needs[need].hours_q;
}

// Whether the chosen days carry all needs, each with at least `least_q`; if so, x is such a flow.
static bool lay_in_days(struct network *net, int days, int least_q, int per_day_q)
{
	clear(net);
	net->day_least_q = least_q; // days are never lowered here: paths begin at a need
	int total = total_q(net), laid_q = lay(net, least_q, days * least_q);
	return laid_q == days * least_q && laid_q + lay(net, per_day_q, total - laid_q) == total;
}

// Moves hours to the front of the week, as far as they go.
static void move_forward(struct network *net)
{
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		for (int need = 0; need < net->need_count; need++) {
			if (!may_use(net, need, part))
				continue;
			net->stands[cell(need, part)] = true; // the way round must not use it
			int most_q = net->needs[need].hours_q - net->x_q[cell(need, part)], sent_q;
			while (most_q > 0 && (sent_q = send(net, part_node(net, part), need, most_q)) > 0) {
				net->x_q[cell(need, part)] += sent_q;
				most_q -= sent_q;
			}
		}
	}
}

static carved_parts_mask parts_of_days(unsigned days)
{
	carved_parts_mask parts = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (days >> (CARVED_DAYS - 1 - day) & 1)
			parts |= CARVED_DAY_MASK(day);
	}
	return parts;
}

// The most hours of each day that the needs' parts reach.
static void measure_days(const struct network *net, int per_day_q, int ret_hours_q[CARVED_DAYS])
{
	carved_parts_mask parts = 0;
	for (int need = 0; need < net->need_count; need++)
		parts |= net->needs[need].hours_q > 0 ? net->needs[need].parts : 0;
	memset(ret_hours_q, 0, CARVED_DAYS * sizeof *ret_hours_q);
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		ret_hours_q[part / CARVED_PARTS_PER_DAY] += parts >> part & 1 ? net->available_q[part] : 0;
	for (int day = 0; day < CARVED_DAYS; day++)
		ret_hours_q[day] = smaller(ret_hours_q[day], per_day_q);
}

// Whether the days, each by itself, leave room for the hours: most choices of days need no flow.
static bool have_room(const int hours_q[CARVED_DAYS], unsigned days, int least_q, int total)
{
	int sum_q = 0;
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (!(days >> (CARVED_DAYS - 1 - day) & 1))
			continue;
		if (hours_q[day] < least_q)
			return false;
		sum_q += hours_q[day];
	}
	return sum_q >= total;
}

// Monday is the highest bit of `days`, so that of two choices of as many days the earlier one is the larger number.
static bool choose_days(struct network *net, int per_day_q, int per_visit_q)
{
	int total = total_q(net), least_q = smaller(per_visit_q, total), hours_q[CARVED_DAYS];
	measure_days(net, per_day_q, hours_q);
	for (int count = 1; count <= CARVED_DAYS; count++) {
		if (count * least_q > total || count * per_day_q < total)
			continue;
		for (unsigned days = (1u << CARVED_DAYS) - 1; days > 0; days--) {
			if (__builtin_popcount(days) != count || !have_room(hours_q, days, least_q, total))
				continue;
			net->open = parts_of_days(days);
			if (lay_in_days(net, count, least_q, per_day_q))
				return true;
		}
	}
	return false;
}

static struct carved_schedule read_schedule(const struct network *net, struct carved_arena *arena)
{
	struct carved_schedule schedule = {0};
	size_t cells = (size_t)net->need_count * CARVED_DAY_PARTS;
	for (size_t i = 0; i < cells; i++)
		schedule.count += net->x_q[i] > 0;
	schedule.entries = carved_arena_array(arena, struct carved_schedule_entry, schedule.count);
	size_t written = 0;
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		for (int need = 0; need < net->need_count; need++) {
			int hours_q = net->x_q[cell(need, part)];
			if (hours_q > 0)
				schedule.entries[written++] =
					(struct carved_schedule_entry){.need = (size_t)need, .part = part, .hours_q = hours_q};
		}
	}
	return schedule;
}

static void init(struct network *net, struct carved_arena *scratch)
{
	size_t cells = (size_t)net->need_count * CARVED_DAY_PARTS, nodes = (size_t)node_count(net);
	net->x_q = carved_arena_array(scratch, int, cells);
	net->stands = carved_arena_array(scratch, bool, cells);
	net->left_q = carved_arena_array(scratch, int, (size_t)net->need_count);
	net->came_from = carved_arena_array(scratch, int, nodes);
	net->queue = carved_arena_array(scratch, int, nodes);
	net->path_q = carved_arena_array(scratch, int, nodes);
}

bool carved_schedule_make(const struct carved_schedule_need *needs, size_t count, const uint16_t available_q[CARVED_DAY_PARTS],
	int per_day_q, int per_visit_q, struct carved_arena *arena, struct carved_schedule *ret_schedule)
{
	struct carved_arena scratch = CARVED_ARENA_INIT;
	struct network net = {.needs = needs, .need_count = (int)count, .available_q = available_q};
	init(&net, &scratch);
	bool laid = total_q(&net) == 0 || choose_days(&net, per_day_q, per_visit_q);
	if (laid) {
		move_forward(&net);
		*ret_schedule = read_schedule(&net, arena);
	}
	carved_arena_deinit(&scratch);
	return laid;
}
