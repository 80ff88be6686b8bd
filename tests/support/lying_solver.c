// SPDX-License-Identifier: EUPL-1.2
// A solver that lies, for the real daemon. The request's seed says how: 0 not at all; else the number of the lie in `lies`, counted from 1 (`lying-solver --list` prints their names).
// A lie is told to the instance before it is solved (somebody who overlooks a rule), to the answer behind it, or to the bytes that go out.
#include "carved/optimize/optimize.h"
#include "carved/wire/wire.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct work {
	struct carved_instance instance; // as the daemon sent it, until a lie changes it
	struct carved_solution solution;
	struct carved_buffer frame; // the answer
};

#define EACH(work, array, item) for (uint32_t item = 0; item < (work)->instance.array##_count; item++)
#define CANDIDATES(assignment)                                                                                                   \
	EACH(work, candidates, i)                                                                                                \
	{                                                                                                                        \
		struct carved_instance_candidate *c = &work->instance.candidates[i];                                             \
		assignment;                                                                                                      \
	}
#define SLOTS(assignment)                                                                                                        \
	EACH(work, slots, i)                                                                                                     \
	{                                                                                                                        \
		struct carved_instance_slot *t = &work->instance.slots[i];                                                       \
		assignment;                                                                                                      \
	}

// ---- A rule overlooked

static void capacity(struct work *work)
{
	SLOTS(t->demands.count = 0)
}
static void environment(struct work *work)
{
	SLOTS(t->exposures.count = 0)
}
static void requirement(struct work *work)
{
	SLOTS(t->skills.count = 0)
}
static void never(struct work *work)
{
	CANDIDATES(c->never.count = 0)
}
static void hours(struct work *work)
{
	CANDIDATES(c->min_q = 1)
}
static void chunk(struct work *work)
{
	SLOTS(t->chunk_q = 1)
}
static void schedule(struct work *work)
{
	CANDIDATES(c->per_day_q = 96)
}
static void load(struct work *work)
{
	CANDIDATES(c->limits.count = 0)
}
static void jobs(struct work *work)
{
	CANDIDATES(c->jobs_max = 9)
}
static void supervisor(struct work *work)
{
	CANDIDATES(c->supervisors_max = 0)
}
static void travel(struct work *work)
{
	CANDIDATES(c->max_minutes = 1440)
}
static void excluded(struct work *work)
{
	CANDIDATES(c->excluded.count = 0)
}
static void must(struct work *work)
{
	CANDIDATES(c->must.count = 0)
}
static void consent(struct work *work)
{
	CANDIDATES(c->matchable = 1)
}
static void supply(struct work *work)
{
	SLOTS(t->unit_q *= 2; t->hours_q *= 2)
}

static void availability(struct work *work)
{
	CANDIDATES(for (int part = 0; part < CARVED_DAY_PARTS; part++) c->available_q[part] = 16;
		   c->parts = ((carved_parts_mask)1 << CARVED_DAY_PARTS) - 1)
}

static void donor(struct work *work)
{
	EACH(work, jobs, i)
	work->instance.jobs[i].cap_q *= 2;
}

static void displacement(struct work *work)
{
	EACH(work, jobs, i)
	work->instance.jobs[i].blocked = 0;
}

static void places(struct work *work)
{
	EACH(work, sites, i)
	work->instance.sites[i].places = 9;
}

static void supervision(struct work *work)
{
	EACH(work, sites, i)
	work->instance.sites[i].buddy_q = 4000;
}

static void coach(struct work *work)
{
	EACH(work, coaches, i)
	work->instance.coaches[i] = (struct carved_instance_coach){.hours_q = 4000, .reserve_q = CARVED_NONE};
}

static void reserve(struct work *work)
{
	EACH(work, coaches, i)
	work->instance.coaches[i].reserve_q = CARVED_NONE;
}

// ---- An answer changed

static struct carved_package *first(struct work *work)
{
	return &work->solution.packages[0];
}

static struct carved_piece *pieces_of(struct work *work, uint32_t package)
{
	return (struct carved_piece *)(uintptr_t)work->solution.packages[package].pieces;
}

static void whole_vacancy(struct work *work)
{
	first(work)->kind = CARVED_WHOLE_VACANCY;
}
static void value(struct work *work)
{
	first(work)->value++, first(work)->parts.fit++, work->solution.value++;
}
static void sum(struct work *work)
{
	work->solution.value++, work->solution.bound++;
}
static void bound(struct work *work)
{
	work->solution.bound = work->solution.value - 1;
}
static void hours_cut(struct work *work)
{
	pieces_of(work, 0)[0].hours_q--;
}

static void one(struct work *work)
{
	struct carved_solution *s = &work->solution;
	struct carved_package *packages = carved_arena_array(&s->arena, struct carved_package, s->package_count + 1);
	packages[0] = *first(work);
	memcpy(packages + 1, s->packages, s->package_count * sizeof *packages);
	s->packages = packages;
	s->package_count++;
	s->value += packages[0].value;
}

// ---- An answer that can't be

static void a_negative_price(struct work *work)
{
	work->solution.prices.slot[0] = -1;
}
static void a_huge_price(struct work *work)
{
	work->solution.prices.places[0] = INT64_MAX;
}
static void a_huge_value(struct work *work)
{
	work->solution.value = INT64_MAX;
}
static void a_huge_part(struct work *work)
{
	first(work)->parts.relief = INT64_MIN;
}
static void a_stranger(struct work *work)
{
	first(work)->candidate = work->instance.candidates_count;
}
static void a_site_of_nowhere(struct work *work)
{
	first(work)->site = UINT32_MAX;
}
static void a_slot_of_nowhere(struct work *work)
{
	pieces_of(work, 0)[0].slot = work->instance.slots_count;
}
static void no_hours(struct work *work)
{
	pieces_of(work, 0)[0].hours_q = 0;
}
static void more_than_a_week(struct work *work)
{
	pieces_of(work, 0)[0].hours_q = UINT32_MAX;
}

static void a_slot_twice(struct work *work)
{
	struct carved_piece *pieces = carved_arena_array(&work->solution.arena, struct carved_piece, 2);
	pieces[0] = pieces[1] = first(work)->pieces[0];
	pieces[0].hours_q = 1, pieces[1].hours_q--;
	first(work)->pieces = pieces;
	first(work)->piece_count = 2;
}

static void out_of_order(struct work *work)
{
	struct carved_package package = work->solution.packages[0];
	work->solution.packages[0] = work->solution.packages[1];
	work->solution.packages[1] = package;
}

static void a_tree_of_itself(struct work *work)
{
	static struct carved_proof_node node = {.in = 0, .out = 0, .prices = CARVED_NONE};
	static int64_t charges[64];
	work->solution.proof = (struct carved_proof){.charges = charges, .nodes = &node, .node_count = 1};
}

static void a_byte_more(struct work *work)
{
	uint32_t length;
	memcpy(&length, work->frame.data, sizeof length);
	length++;
	memcpy(work->frame.data, &length, sizeof length);
	carved_buffer_add(&work->frame, "", 1);
}

static void more_packages_than_sent(struct work *work)
{
	work->frame.data[CARVED_WIRE_HEADER_BYTES + 4 * 8 +
			 2 * 4]++; // behind value, bound, pairs, iterations, who ended it, and changes
}

static void a_frame_over_the_limit(struct work *work)
{
	memset(work->frame.data, 0x7F, 4);
}

// When it is told: before the instance is solved, about the solution, about the frame.
enum when { BEFORE, ANSWER, BYTES };

static const struct {
	const char *name;
	enum when when;
	void (*tell)(struct work *work);
} lies[] = {{"capacity", BEFORE, capacity}, {"environment", BEFORE, environment}, {"requirement", BEFORE, requirement},
	{"never", BEFORE, never}, {"availability", BEFORE, availability}, {"hours", BEFORE, hours}, {"chunk", BEFORE, chunk},
	{"schedule", BEFORE, schedule}, {"load", BEFORE, load}, {"jobs", BEFORE, jobs}, {"supervisor", BEFORE, supervisor},
	{"travel", BEFORE, travel}, {"excluded", BEFORE, excluded}, {"must", BEFORE, must}, {"consent", BEFORE, consent},
	{"supply", BEFORE, supply}, {"donor", BEFORE, donor}, {"displacement", BEFORE, displacement}, {"places", BEFORE, places},
	{"supervision", BEFORE, supervision}, {"coach", BEFORE, coach}, {"reserve", BEFORE, reserve},
	{"whole-vacancy", ANSWER, whole_vacancy}, {"one", ANSWER, one}, {"value", ANSWER, value}, {"sum", ANSWER, sum},
	{"bound", ANSWER, bound}, {"hours-cut", ANSWER, hours_cut}, {"a-negative-price", ANSWER, a_negative_price},
	{"a-huge-price", ANSWER, a_huge_price}, {"a-huge-value", ANSWER, a_huge_value}, {"a-huge-part", ANSWER, a_huge_part},
	{"a-stranger", ANSWER, a_stranger}, {"a-site-of-nowhere", ANSWER, a_site_of_nowhere},
	{"a-slot-of-nowhere", ANSWER, a_slot_of_nowhere}, {"no-hours", ANSWER, no_hours},
	{"more-than-a-week", ANSWER, more_than_a_week}, {"a-slot-twice", ANSWER, a_slot_twice},
	{"out-of-order", ANSWER, out_of_order}, {"a-tree-of-itself", ANSWER, a_tree_of_itself},
	{"a-byte-more", BYTES, a_byte_more}, {"more-packages-than-sent", BYTES, more_packages_than_sent},
	{"a-frame-over-the-limit", BYTES, a_frame_over_the_limit}};
enum { LIES = sizeof lies / sizeof *lies };

static void tell(struct work *work, uint64_t seed, enum when when)
{
	if (seed >= 1 && seed <= LIES && lies[seed - 1].when == when && (when == BEFORE || work->solution.package_count > 0))
		lies[seed - 1].tell(work);
}

static void say(struct carved_buffer *bytes)
{
	for (size_t sent = 0; sent < bytes->length;) {
		ssize_t wrote = write(STDOUT_FILENO, bytes->data + sent, bytes->length - sent);
		if (wrote < 0)
			_exit(99);
		sent += (size_t)wrote;
	}
	carved_buffer_deinit(bytes);
}

static struct carved_frame next(struct carved_frame_reader *reader)
{
	struct carved_frame frame;
	while (carved_frame_reader_next(reader, &frame, NULL) != CARVED_FRAME_READY) {
		char bytes[65536];
		ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
		if (got <= 0)
			_exit(98);
		carved_frame_reader_feed(reader, bytes, (size_t)got);
	}
	return frame;
}

static int go_on(void *context)
{
	(void)context;
	return 0;
}

int main(int count, char **arguments)
{
	struct work work = {0};
	struct carved_frame_reader reader;
	struct carved_solve_request request;
	struct carved_buffer hello = CARVED_BUFFER_INIT;
	if (count == 2 && strcmp(arguments[1], "--list") == 0) {
		for (int i = 0; i < LIES; i++)
			puts(lies[i].name);
		return 0;
	}
	carved_frame_reader_init(&reader, 1 << 30);
	carved_wire_add_hello(&hello, 0);
	say(&hello);
	next(&reader); // the daemon's greeting
	struct carved_frame frame = next(&reader);
	if (!carved_wire_read_instance(&frame, &work.instance, &request, NULL))
		return 92;
	struct carved_optimize_options options = {.budget = request.budget, .seed = 1, .should_stop = go_on};
	tell(&work, request.seed, BEFORE);
	carved_optimize(&work.instance, &options, &work.solution);
	tell(&work, request.seed, ANSWER);
	carved_wire_add_solution(&work.frame, CARVED_FRAME_DONE, &work.instance, &work.solution);
	tell(&work, request.seed, BYTES);
	say(&work.frame);
	carved_solution_deinit(&work.solution);
	carved_instance_deinit(&work.instance);
	carved_frame_reader_deinit(&reader);
	return 0;
}
