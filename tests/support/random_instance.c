// SPDX-License-Identifier: EUPL-1.2
#include "random_instance.h"
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 3, SLOTS = 5, CATEGORIES = 6, TAGS = 5, SKILLS = 2, AIDS = 2, LIST = 512 };

enum { PARTS = 4 };

// Day parts in use: four on one to four days.
static const int parts_to_choose_from[][PARTS] = {{0, 1, 4, 9}, {0, 4, 9, 12}, {0, 1, 4, 5}};

uint32_t random_below(struct random_stream *stream, uint32_t limit)
{
	uint64_t z = stream->state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ z >> 31) % limit);
}

bool random_chance(struct random_stream *stream, uint32_t percent)
{
	return random_below(stream, 100) < percent;
}

static uint32_t between(struct random_stream *stream, uint32_t low, uint32_t high)
{
	return low + random_below(stream, high - low + 1);
}

// What an instance is strict about. Few things at a time: where everything is scarce nothing decides.
enum theme {
	ABILITY,
	SURROUNDINGS,
	SKILL,
	NEVER,
	WEEK,
	LOAD,
	MUST,
	JOBS,
	SUPERVISORS,
	SITES, // travel, excluded
	SUPPLY,
	DONOR,
	STOPPED, // displacement
	PLACES,
	SUPERVISION,
	COACH,
	CONSENT,
	THEMES,
	BUILD_UP = THEMES, // beside the others
	ALIKE
};

struct making {
	struct carved_instance *in;
	struct random_stream *random, *growth; // the second for build-ups alone
	uint32_t themes;                       // bits
	const int *parts;                      // PARTS of them
};

static bool is_strict(const struct making *m, enum theme theme)
{
	return m->themes >> theme & 1;
}

// A chance in percent, where the instance is strict about something and elsewhere.
static bool strict_chance(struct making *m, enum theme theme, uint32_t strict, uint32_t else_)
{
	return random_chance(m->random, is_strict(m, theme) ? strict : else_);
}

static struct carved_range add_words(struct making *m, uint32_t count, uint32_t percent)
{
	struct carved_range range = {.first = m->in->words_count};
	for (uint32_t word = 0; word < count; word++) {
		if (random_chance(m->random, percent))
			m->in->words[m->in->words_count++] = word;
	}
	range.count = m->in->words_count - range.first;
	return range;
}

// Levels of the categories first..end-1.
static struct carved_range add_levels(
	struct making *m, uint32_t first, uint32_t end, uint32_t percent, uint32_t low, uint32_t high, uint32_t not_assessed)
{
	struct carved_range range = {.first = m->in->levels_count};
	for (uint32_t category = first; category < end; category++) {
		if (!random_chance(m->random, percent))
			continue;
		uint32_t level = random_chance(m->random, not_assessed) ? CARVED_NOT_ASSESSED : between(m->random, low, high);
		m->in->levels[m->in->levels_count++] = (struct carved_level){.category = category, .level = level};
	}
	range.count = m->in->levels_count - range.first;
	return range;
}

static carved_parts_mask some_parts(struct making *m, uint32_t percent)
{
	carved_parts_mask mask = 0;
	for (int p = 0; p < PARTS; p++)
		mask |= random_chance(m->random, percent) ? (carved_parts_mask)1 << m->parts[p] : 0;
	return mask;
}

static void make_limits(struct making *m, struct carved_instance_candidate *c)
{
	c->limits.first = m->in->limits_count;
	for (uint32_t count = strict_chance(m, LOAD, 100, 10) ? between(m->random, 1, 3) : 0; c->limits.count < count;
		c->limits.count++)
		m->in->limits[m->in->limits_count++] = (struct carved_limit){.category = random_below(m->random, CATEGORIES),
			.level = 1 + random_chance(m->random, 15),
			.hours_q = random_below(m->random, 5)};
}

static void make_aids(struct making *m, struct carved_instance_candidate *c)
{
	c->aids.first = m->in->aids_count;
	for (uint32_t count = random_below(m->random, 4); c->aids.count < count; c->aids.count++)
		m->in->aids[m->in->aids_count++] = (struct carved_aid){.category = random_below(m->random, CATEGORIES),
			.limitation = random_below(m->random, 3),
			.by = random_below(m->random, AIDS),
			.needs_facility = random_chance(m->random, 60)};
}

static void make_must(struct making *m, struct carved_instance_candidate *c)
{
	c->must.first = m->in->must_groups_count;
	for (uint32_t count = strict_chance(m, MUST, 90, 5) ? between(m->random, 1, 2) : 0; c->must.count < count;
		c->must.count++)
		m->in->must_groups[m->in->must_groups_count++] = add_words(m, TAGS, 35);
}

static void make_wishes(struct making *m, struct carved_instance_candidate *c)
{
	c->skills = add_words(m, SKILLS, is_strict(m, SKILL) ? 30 : 90);
	c->like = add_words(m, TAGS, 25);
	c->avoid = add_words(m, TAGS, 15);
	c->never = strict_chance(m, NEVER, 95, 5) ? add_words(m, TAGS, 30) : (struct carved_range){0};
	c->excluded = strict_chance(m, SITES, 70, 5) ? add_words(m, m->in->sites_count, 60) : (struct carved_range){0};
	c->level = random_below(m->random, 5);
	c->challenge = random_below(m->random, 3);
	c->company = random_below(m->random, 4);
	make_must(m, c);
}

static void make_week(struct making *m, struct carved_instance_candidate *c)
{
	c->min_q = is_strict(m, JOBS) ? between(m->random, 4, 8) : between(m->random, 2, 7);
	c->max_q = c->min_q + random_below(m->random, 6);
	c->per_day_q = is_strict(m, WEEK) ? between(m->random, 2, 5) : between(m->random, 5, 8);
	c->per_visit_q = strict_chance(m, WEEK, 80, 20) ? between(m->random, 1, c->per_day_q) : 0;
	for (int p = 0; p < PARTS; p++) {
		if (!strict_chance(m, WEEK, 60, 85))
			continue;
		c->available_q[m->parts[p]] = between(m->random, 1, is_strict(m, WEEK) ? 4 : 8);
		c->parts |= (carved_parts_mask)1 << m->parts[p];
	}
}

static void make_build_up(struct making *m, struct carved_instance_candidate *c)
{
	uint32_t last = 0;
	c->build_up.first = m->in->steps_count;
	for (uint32_t count = is_strict(m, BUILD_UP) ? between(m->growth, 1, 3) : 0; count > 0; count--) {
		uint32_t step = last + between(m->growth, 1, 3);
		if (step >= c->max_q)
			break;
		m->in->steps[m->in->steps_count++] = last = step;
		c->build_up.count++;
	}
}

// Rules that coach and candidate overruled for some slots; of those slots that ask nothing too much it changes nothing.
static void make_overrules(struct making *m, struct carved_instance_candidate *c)
{
	c->overrules.first = m->in->overrules_count;
	if (!random_chance(m->growth, 15))
		return;
	for (uint32_t slot = 0; slot < SLOTS; slot++) {
		const uint32_t rule = random_below(m->growth, 4), category = random_below(m->growth, CATEGORIES);
		if (!random_chance(m->growth, 40))
			continue;
		m->in->overrules[m->in->overrules_count++] = (struct carved_overrule){
			.slot = slot, .rule = rule, .category = rule <= CARVED_OVERRULE_ENVIRONMENT ? category : CARVED_NONE};
		c->overrules.count++;
	}
}

static void make_candidate(struct making *m, struct carved_instance_candidate *c)
{
	c->coach = is_strict(m, COACH) ? 0 : random_below(m->random, 2);
	c->home = random_below(m->random, 2);
	c->mode = random_below(m->random, CARVED_MODES);
	c->max_minutes = is_strict(m, SITES) ? between(m->random, 10, 35) : 60;
	c->matchable = strict_chance(m, CONSENT, 40, 98);
	c->easy = random_chance(m->random, 60);
	c->jobs_max = is_strict(m, JOBS) ? 1 : 3;
	c->supervisors_max = strict_chance(m, SUPERVISORS, 100, 10) ? 1 + random_chance(m->random, 10) : 0;
	c->coach_q = random_below(m->random, is_strict(m, COACH) ? 11 : 3);
	c->buddy_q = random_below(m->random, is_strict(m, SUPERVISION) ? 11 : 2);
	c->priority = (int32_t)between(m->random, 0, 1000);
	make_week(m, c);
	make_build_up(m, c);
	make_overrules(m, c);
	make_wishes(m, c);
	make_limits(m, c);
	make_aids(m, c);
	c->limitations = add_levels(m, 0, CATEGORIES, 55, 0, is_strict(m, ABILITY) ? 4 : 2, 15);
	c->barriers = add_levels(m, 0, CATEGORIES, is_strict(m, SURROUNDINGS) ? 75 : 25, 0, is_strict(m, SURROUNDINGS) ? 4 : 1,
		is_strict(m, SURROUNDINGS) ? 5 : 15);
	c->minutes.first = m->in->minutes_count;
	if (random_chance(m->random, 20)) {
		c->minutes.count = 1;
		m->in->minutes[m->in->minutes_count++] =
			(struct carved_minutes){.place = random_below(m->random, 2), .minutes = between(m->random, 0, 70)};
	}
}

static void make_slot(struct making *m, struct carved_instance_slot *t, uint32_t job)
{
	const struct carved_instance_job *j = &m->in->jobs[job];
	t->job = job;
	t->site = j->site;
	t->unit_q = is_strict(m, SUPPLY) ? 3 : between(m->random, 1, j->openings > 1 || is_strict(m, JOBS) ? 4 : 7);
	t->hours_q = t->unit_q * j->openings;
	t->chunk_q = between(m->random, 1, t->hours_q < 4 ? t->hours_q : 4);
	t->parts = strict_chance(m, WEEK, 70, 25) ? (carved_parts_mask)1 << m->parts[random_below(m->random, PARTS)]
						  : some_parts(m, 75);
	t->supervisor = random_chance(m->random, 95) ? random_below(m->random, 5) : CARVED_NONE;
	t->relief = random_below(m->random, 5);
	t->level = random_below(m->random, 6);
	t->company = random_below(m->random, 4);
	t->undone = j->kind == CARVED_JOB && random_chance(m->random, 20);
	t->demands = add_levels(m, 0, CATEGORIES, 30, 1, is_strict(m, ABILITY) ? 3 : 2, 0);
	t->exposures = add_levels(m, 0, CATEGORIES, is_strict(m, SURROUNDINGS) ? 50 : 15, 1, 3, 0);
	t->tags = add_words(m, TAGS, 40);
	t->skills = add_words(m, SKILLS, is_strict(m, SKILL) ? 40 : 5);
}

// Gives the slot what decides on its worth.
static void make_alike(const struct carved_instance_slot *from, struct carved_instance_slot *to)
{
	to->relief = from->relief;
	to->level = from->level;
	to->company = from->company;
	to->undone = from->undone;
	to->demands = from->demands;
	to->exposures = from->exposures;
	to->tags = from->tags;
	to->skills = from->skills;
}

// Jobs of a site with `slots` slots from `slot` on.
static void make_site(struct making *m, uint32_t site, uint32_t slots)
{
	struct carved_instance *in = m->in;
	struct carved_instance_site *s = &in->sites[site];
	const uint32_t end = in->slots_count + slots;
	s->place = site % 2;
	s->places = is_strict(m, PLACES) ? random_below(m->random, 3) : 3;
	s->buddy_q = is_strict(m, SUPERVISION) ? random_below(m->random, 10) : 10;
	s->jobs.first = in->jobs_count;
	s->slots = (struct carved_range){in->slots_count, slots};
	s->facilities = add_words(m, AIDS, 50);
	while (in->slots_count < end) {
		struct carved_instance_job *j = &in->jobs[in->jobs_count];
		uint32_t left = end - in->slots_count, count = between(m->random, 1, left < 2 || is_strict(m, JOBS) ? 1 : 2),
			 sum = 0;
		count = is_strict(m, ALIKE) ? between(m->random, left < 2 ? 1 : 2, left < 3 ? left : 3) : count;
		j->site = site;
		j->kind = random_chance(m->random, 40) ? CARVED_VACANCY : CARVED_JOB;
		j->carvable = random_chance(m->random, j->kind == CARVED_VACANCY ? 60 : 90);
		j->blocked = strict_chance(m, STOPPED, 60, 2);
		j->openings = j->kind == CARVED_VACANCY && !is_strict(m, SUPPLY) ? between(m->random, 1, 2) : 1;
		j->slots = (struct carved_range){in->slots_count, count};
		for (uint32_t i = 0; i < count; i++) {
			make_slot(m, &in->slots[in->slots_count], in->jobs_count);
			if (is_strict(m, ALIKE) && i > 0 && random_chance(m->random, 80))
				make_alike(&in->slots[in->slots_count - 1], &in->slots[in->slots_count]);
			sum += in->slots[in->slots_count++].hours_q;
		}
		j->cap_q = j->carvable ? sum * (is_strict(m, DONOR) ? between(m->random, 1, 3) : 4) / 4 : 0;
		in->jobs_count++;
	}
	s->jobs.count = in->jobs_count - s->jobs.first;
}

static void reserve(struct carved_instance *in)
{
#define ROOM(member, type, count) in->member = carved_arena_array(&in->arena, type, count)
	ROOM(candidates, struct carved_instance_candidate, CANDIDATES);
	ROOM(sites, struct carved_instance_site, 2);
	ROOM(jobs, struct carved_instance_job, SLOTS);
	ROOM(slots, struct carved_instance_slot, SLOTS);
	ROOM(coaches, struct carved_instance_coach, 2);
	ROOM(parents, uint32_t, CATEGORIES);
	ROOM(levels, struct carved_level, LIST);
	ROOM(aids, struct carved_aid, LIST);
	ROOM(limits, struct carved_limit, LIST);
	ROOM(words, uint32_t, LIST);
	ROOM(must_groups, struct carved_range, LIST);
	ROOM(steps, uint32_t, LIST);
	ROOM(overrules, struct carved_overrule, LIST);
	ROOM(minutes, struct carved_minutes, LIST);
	ROOM(travel, uint16_t, CARVED_MODES * 4);
#undef ROOM
}

static void make(struct carved_instance *in, uint64_t seed, uint32_t themes)
{
	struct random_stream random = {.state = seed * 0x9E3779B97F4A7C15u + 1};
	struct random_stream growth = {.state = seed * 0x9E3779B97F4A7C15u + 11};
	struct making m = {.in = in, .random = &random, .growth = &growth, .themes = themes};
	for (int theme = 0; !themes && theme < 3; theme++)
		m.themes |= (uint32_t)1 << random_below(&random, THEMES);
	m.themes |= !themes && random_chance(&growth, 20) ? (uint32_t)1 << BUILD_UP : 0;
	m.parts = parts_to_choose_from[random_below(&random, 3)];
	const uint32_t parents[CATEGORIES] = {CARVED_NONE, 0, 0, 1, CARVED_NONE, CARVED_NONE};
	*in = (struct carved_instance){
		.tag_count = TAGS, .skill_count = SKILLS, .aid_count = AIDS, .home_count = 2, .place_count = 2};
	carved_weights_init(&in->weights);
	in->weights.extra_job = -(int32_t)random_below(&random, is_strict(&m, JOBS) ? 2 : 4) * 500;
	in->weights.unknown = -(int32_t)random_below(&random, 5) * 100;
	in->weights.coach_hour = -(int32_t)random_below(&random, 3) * 50;
	reserve(in);
	in->sites_count = random_chance(&random, 65) ? 1 : 2;
	in->parents_count = CATEGORIES;
	memcpy(in->parents, parents, sizeof parents);
	in->travel_count = CARVED_MODES * 4;
	for (uint32_t i = 0; i < in->travel_count; i++)
		in->travel[i] = (uint16_t)between(&random, 5, 45);
	uint32_t first = in->sites_count == 1 ? SLOTS : between(&random, 2, SLOTS - 1);
	make_site(&m, 0, first);
	if (in->sites_count == 2)
		make_site(&m, 1, SLOTS - first);
	for (in->coaches_count = 0; in->coaches_count < 2; in->coaches_count++) {
		struct carved_instance_coach *coach = &in->coaches[in->coaches_count];
		coach->hours_q = between(&random, 3, 11);
		coach->reserve_q = random_chance(&random, 60) ? random_below(&random, coach->hours_q) : CARVED_NONE;
	}
	for (; in->candidates_count < CANDIDATES; in->candidates_count++)
		make_candidate(&m, &in->candidates[in->candidates_count]);
}

void random_instance_init(struct carved_instance *instance, uint64_t seed)
{
	make(instance, seed, 0);
}

void random_instance_init_weeks(struct carved_instance *instance, uint64_t seed)
{
	make(instance, seed, (uint32_t)1 << WEEK | (seed % 2 ? (uint32_t)1 << LOAD : 0));
}

void random_instance_init_build_up(struct carved_instance *instance, uint64_t seed)
{
	make(instance, seed, (uint32_t)1 << BUILD_UP | (uint32_t)1 << (seed % 2 ? WEEK : MUST));
}

void random_instance_init_alike(struct carved_instance *instance, uint64_t seed)
{
	const uint32_t other = (uint32_t)1 << (seed % THEMES);
	make(instance, seed, (uint32_t)1 << ALIKE | (other == (uint32_t)1 << JOBS ? 0 : other));
}

static void fill_prices(struct random_stream *stream, uint32_t most, uint32_t count, int64_t *prices)
{
	for (uint32_t i = 0; i < count; i++)
		prices[i] = random_chance(stream, 50)
				    ? (int64_t)random_below(stream, most * 1000u) * 1000 + random_below(stream, 1000)
				    : 0;
}

void random_instance_prices(
	const struct carved_instance *in, struct random_stream *stream, uint32_t most, struct carved_prices *prices)
{
	fill_prices(stream, most, in->slots_count, prices->slot);
	fill_prices(stream, most, in->jobs_count, prices->donor);
	fill_prices(stream, most, in->sites_count, prices->supervision);
	fill_prices(stream, most, in->sites_count, prices->places);
	fill_prices(stream, most, in->coaches_count, prices->coach);
	fill_prices(stream, most, in->coaches_count, prices->reserve);
}
