// SPDX-License-Identifier: EUPL-1.2
// Candidates of an instance.
#include "carved/model/part.h"
#include "carved/model/rules.h"
#include "compile_tables.h"
#include <stdlib.h>
#include <string.h>

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

// Appends every slot tag that the wish matches.
static void push_matches(struct carved_compilation *c, const char *wish)
{
	const char *const *tags = c->tags.texts.items;
	for (uint32_t i = 0; i < c->tags.texts.count; i++) {
		if (carved_wish_matches(wish, tags[i]))
			carved_compile_push_word(c, i);
	}
}

// The slot tags that wishes match; those that `except` names as well are left out.
static struct carved_range compile_wishes(
	struct carved_compilation *c, const struct carved_texts *wishes, const struct carved_texts *except)
{
	size_t first = c->to.words.count;
	for (size_t i = 0; i < wishes->count; i++) {
		if (!except || !holds(except, wishes->items[i]))
			push_matches(c, wishes->items[i]);
	}
	return carved_compile_close_words(c, first);
}

static struct carved_range compile_must(struct carved_compilation *c, const struct carved_texts *must)
{
	struct carved_range groups = {.first = (uint32_t)c->to.must_groups.count, .count = (uint32_t)must->count};
	for (size_t i = 0; i < must->count; i++) {
		size_t first = c->to.words.count;
		push_matches(c, must->items[i]);
		struct carved_range words = carved_compile_close_words(c, first);
		*(struct carved_range *)carved_vector_push(&c->to.must_groups, sizeof words) = words;
	}
	return groups;
}

static const struct carved_word *find_certificate(const struct carved_region *region, const char *name)
{
	for (size_t v = 0; v < region->count[CARVED_KIND_VOCABULARY]; v++) {
		const struct carved_words *has = &region->documents[CARVED_KIND_VOCABULARY][v]->vocabulary.has;
		for (size_t i = 0; i < has->count; i++) {
			if (strcmp(has->items[i].name, name) == 0)
				return &has->items[i];
		}
	}
	return NULL;
}

// Appends a certificate that some task requires, and what it implies, step by step; `depth` ends circles.
static void push_skill(struct carved_compilation *c, const char *name, int depth)
{
	uint32_t skill = carved_numbering_find(&c->skills, name);
	if (skill != CARVED_NONE)
		carved_compile_push_word(c, skill);
	const struct carved_word *word = depth > 0 ? find_certificate(c->region, name) : NULL;
	for (size_t i = 0; word && i < word->implies.count; i++)
		push_skill(c, word->implies.items[i], depth - 1);
}

static struct carved_range compile_skills(struct carved_compilation *c, const struct carved_texts *has)
{
	enum { DEEPEST = 8 };
	size_t first = c->to.words.count;
	for (size_t i = 0; i < has->count; i++)
		push_skill(c, has->items[i], DEEPEST);
	return carved_compile_close_words(c, first);
}

// Sites of employers that the person refuses, and sites that were declined.
static struct carved_range compile_excluded(struct carved_compilation *c, const struct carved_candidate *from)
{
	size_t first = c->to.words.count, declined;
	const struct carved_exclusion *exclusions = carved_exclusions_of(c->region->exclusions, from->ref, &declined);
	for (size_t s = 0; from->not_with.count && s < c->region->count[CARVED_KIND_SITE]; s++) {
		if (holds(&from->not_with, carved_region_site(c->region, s)->employer))
			carved_compile_push_word(c, (uint32_t)s);
	}
	for (size_t i = 0; i < declined; i++) {
		size_t site = carved_region_index(c->region, CARVED_KIND_SITE, exclusions[i].site);
		if (site != SIZE_MAX && carved_rules_exclusion_holds(c->region, &exclusions[i]))
			carved_compile_push_word(c, (uint32_t)site);
	}
	return carved_compile_close_words(c, first);
}

static struct carved_range compile_aids(struct carved_compilation *c, const struct carved_candidate *from)
{
	struct carved_range range = {.first = (uint32_t)c->to.aids.count, .count = (uint32_t)from->supported_count};
	for (size_t i = 0; i < from->supported_count; i++) {
		struct carved_aid *aid = carved_vector_push(&c->to.aids, sizeof *aid);
		*aid = (struct carved_aid){
			.category = c->categories[from->supported[i].icf],
			.limitation = from->supported[i].limitation,
			.by = carved_numbering_find(&c->aids, from->supported[i].by),
			.needs_facility = from->supported[i].kind == CARVED_TECHNIQUE,
		};
	}
	return range;
}

static struct carved_range compile_limits(struct carved_compilation *c, const struct carved_candidate *from)
{
	struct carved_range range = {.first = (uint32_t)c->to.limits.count, .count = (uint32_t)from->limit_count};
	for (size_t i = 0; i < from->limit_count; i++) {
		struct carved_limit *limit = carved_vector_push(&c->to.limits, sizeof *limit);
		*limit = (struct carved_limit){.category = c->categories[from->limits[i].icf],
			.level = from->limits[i].level,
			.hours_q = (uint32_t)from->limits[i].hours_q};
	}
	return range;
}

static struct carved_range compile_minutes(struct carved_compilation *c, const struct carved_candidate *from)
{
	struct carved_range range = {.first = (uint32_t)c->to.minutes.count};
	for (size_t i = 0; i < from->minutes_count; i++) {
		uint32_t place = from->minutes[i].place < 10000 ? c->places[from->minutes[i].place] : CARVED_NONE;
		if (place == CARVED_NONE)
			continue; // no site there
		struct carved_minutes *minutes = carved_vector_push(&c->to.minutes, sizeof *minutes);
		*minutes = (struct carved_minutes){.place = place, .minutes = from->minutes[i].minutes};
		range.count++;
	}
	return range;
}

static int compare_overrules(const void *a, const void *b)
{
	const struct carved_overrule *left = a, *right = b;
	if (left->slot != right->slot)
		return left->slot < right->slot ? -1 : 1;
	if (left->rule != right->rule)
		return left->rule < right->rule ? -1 : 1;
	return (left->category > right->category) - (left->category < right->category);
}

static void push_overrule(struct carved_compilation *c, size_t site, size_t slot, const struct carved_override *override)
{
	const struct carved_instance_site *sites = c->to.sites.items;
	*(struct carved_overrule *)carved_vector_push(&c->to.overrules, sizeof(struct carved_overrule)) =
		(struct carved_overrule){.slot = sites[site].slots.first + (uint32_t)slot,
			.rule = (uint32_t) override->rule,
			.category = override->icf == CARVED_ICF_NONE ? CARVED_NONE : c->categories[override->icf]};
}

// Each slot of the tasks that overrides name; sites and tasks that are not there are left out.
static struct carved_range compile_overrules(struct carved_compilation *c, const struct carved_candidate *from)
{
	struct carved_range range = {.first = (uint32_t)c->to.overrules.count};
	for (size_t i = 0; i < from->override_count; i++) {
		const struct carved_override *override = &from->overrides[i];
		const size_t s = carved_region_index(c->region, CARVED_KIND_SITE, override->site);
		for (size_t t = 0; s != SIZE_MAX && t < c->slots[s].count; t++) {
			if (carved_rules_find_override(from, carved_region_site(c->region, s), &c->slots[s].items[t],
				    override->rule, override->icf) == override)
				push_overrule(c, s, t, override);
		}
	}
	range.count = (uint32_t)c->to.overrules.count - range.first;
	if (range.count)
		qsort((struct carved_overrule *)c->to.overrules.items + range.first, range.count, sizeof(struct carved_overrule),
			compare_overrules);
	return range;
}

// Weeks mean nothing to a solver, and a step with as much as the person wants at most is any package.
static struct carved_range compile_build_up(struct carved_compilation *c, const struct carved_candidate *from)
{
	struct carved_range range = {.first = (uint32_t)c->to.steps.count};
	int last_q = 0;
	for (size_t i = 0; i < from->build_up_count; i++) {
		if (from->build_up[i].hours_q <= last_q || from->build_up[i].hours_q >= from->max_q)
			continue;
		last_q = from->build_up[i].hours_q;
		*(uint32_t *)carved_vector_push(&c->to.steps, sizeof(uint32_t)) = (uint32_t)last_q;
		range.count++;
	}
	return range;
}

static int32_t waiting_priority(const struct carved_compilation *c, const struct carved_candidate *from)
{
	const struct carved_weights *w = c->weights;
	int64_t waiting = (int64_t)w->priority_month * carved_date_months_between(from->waiting_since, c->date);
	return w->priority_base + (int32_t)(waiting < w->priority_waiting_max ? waiting : w->priority_waiting_max);
}

static bool may_be_matched(const struct carved_candidate *from, carved_date date)
{
	return (from->consent_scope & CARVED_SCOPE_MATCHING) && from->consent_given <= date && date <= from->consent_expires;
}

static void compile_candidate(struct carved_compilation *c, size_t index)
{
	const struct carved_candidate *from = carved_region_candidate(c->region, index);
	struct carved_instance_candidate to = {
		.coach = (uint32_t)carved_region_index(c->region, CARVED_KIND_COACH, from->coach),
		.home = c->homes[from->home],
		.mode = from->mode,
		.max_minutes = from->max_minutes,
		.matchable = may_be_matched(from, c->date),
		.min_q = (uint32_t)from->min_q,
		.max_q = (uint32_t)from->max_q,
		.per_day_q = (uint32_t)from->per_day_q,
		.per_visit_q = (uint32_t)from->per_visit_q,
		.jobs_max = from->jobs_max,
		.supervisors_max = from->supervisors_max,
		.coach_q = (uint32_t)from->coach_q,
		.buddy_q = (uint32_t)from->buddy_q,
		.level = from->level,
		.challenge = from->challenge,
		.company = from->company,
		.priority = waiting_priority(c, from),
		.options_elsewhere = (uint32_t)carved_region_options_elsewhere(c->region, index),
		.limitations = carved_compile_levels(c, &from->limitations, true),
		.barriers = carved_compile_levels(c, &from->barriers, true),
		.aids = compile_aids(c, from),
		.limits = compile_limits(c, from),
		.skills = compile_skills(c, &from->has),
		.like = compile_wishes(c, &from->like, &from->avoid),
		.avoid = compile_wishes(c, &from->avoid, &from->like),
		.never = compile_wishes(c, &from->never, NULL),
		.must = compile_must(c, &from->must),
		.excluded = compile_excluded(c, from),
		.minutes = compile_minutes(c, from),
		.overrules = compile_overrules(c, from),
		.build_up = compile_build_up(c, from),
	};
	for (int part = 0; part < CARVED_DAY_PARTS; part++) {
		to.available_q[part] = from->available_q[part];
		to.parts |= (carved_parts_mask)(from->available_q[part] > 0) << part;
	}
	*(struct carved_instance_candidate *)carved_vector_push(&c->to.candidates, sizeof to) = to;
}

void carved_compile_candidates(struct carved_compilation *c)
{
	for (size_t i = 0; i < c->region->count[CARVED_KIND_CANDIDATE]; i++)
		compile_candidate(c, i);
}
