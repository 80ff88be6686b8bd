// SPDX-License-Identifier: EUPL-1.2
// What a solver asks of an instance that came over the wire. After this every index can be followed without another look.
#include "carved/base/quarters.h"
#include "carved/instance/instance.h"

struct check {
	const struct carved_instance *instance;
	struct carved_error *error;
	const char *array; // being checked
	uint32_t index;
	bool ok; // false from the first finding on; later ones are not reported
};

static void expect(struct check *check, bool condition, const char *reason)
{
	if (condition || !check->ok)
		return;
	check->ok = false;
	carved_error_set(check->error, CARVED_INSTANCE_INVALID);
	carved_error_add(check->error, "array", check->array);
	carved_error_add_number(check->error, "index", check->index);
	carved_error_add(check->error, "reason", reason);
}

static bool inside(struct carved_range range, uint32_t count)
{
	return range.first <= count && range.count <= count - range.first;
}

// A sorted list of words without doubles, each below `limit`.
static void expect_words(struct check *check, struct carved_range range, uint32_t limit, const char *reason)
{
	const struct carved_instance *in = check->instance;
	expect(check, inside(range, in->words_count), reason);
	for (uint32_t i = 0; check->ok && i < range.count; i++) {
		const uint32_t *word = &in->words[range.first + i];
		expect(check, *word < limit && (i == 0 || word[-1] < *word), reason);
	}
}

// A list of levels, sorted by category without doubles.
static void expect_levels(
	struct check *check, struct carved_range range, uint32_t lowest, uint32_t highest, bool not_assessed, const char *reason)
{
	const struct carved_instance *in = check->instance;
	expect(check, inside(range, in->levels_count), reason);
	for (uint32_t i = 0; check->ok && i < range.count; i++) {
		const struct carved_level *level = &in->levels[range.first + i];
		bool right = (level->level >= lowest && level->level <= highest) ||
			     (not_assessed && level->level == CARVED_NOT_ASSESSED);
		expect(check, right && level->category < in->parents_count && (i == 0 || level[-1].category < level->category),
			reason);
	}
}

static void check_categories(struct check *check)
{
	const struct carved_instance *in = check->instance;
	check->array = "parents";
	for (check->index = 0; check->ok && check->index < in->parents_count; check->index++) {
		uint32_t parent = in->parents[check->index];
		expect(check, parent == CARVED_NONE || parent < check->index, "a parent comes before its children");
	}
}

static void check_candidate_lists(struct check *check, const struct carved_instance_candidate *c)
{
	const struct carved_instance *in = check->instance;
	expect_levels(check, c->limitations, 0, 4, true, "limitations");
	expect_levels(check, c->barriers, 0, 4, true, "barriers");
	expect_words(check, c->skills, in->skill_count, "skills");
	expect_words(check, c->like, in->tag_count, "like");
	expect_words(check, c->avoid, in->tag_count, "avoid");
	expect_words(check, c->never, in->tag_count, "never");
	expect_words(check, c->excluded, in->sites_count, "excluded");
	expect(check, inside(c->aids, in->aids_count) && c->aids.count <= 64, "aids");
	expect(check, inside(c->limits, in->limits_count) && c->limits.count <= 32, "limits");
	expect(check, inside(c->must, in->must_groups_count) && c->must.count <= 32, "must");
	expect(check, inside(c->minutes, in->minutes_count), "minutes");
	expect(check, inside(c->overrules, in->overrules_count), "overrules");
	for (uint32_t i = 0; check->ok && i < c->overrules.count; i++) {
		const struct carved_overrule *o = &in->overrules[c->overrules.first + i];
		bool has_category = o->rule == CARVED_OVERRULE_CAPACITY || o->rule == CARVED_OVERRULE_ENVIRONMENT;
		expect(check,
			o->slot < in->slots_count && o->rule <= CARVED_OVERRULE_NEVER &&
				(has_category ? o->category < in->parents_count : o->category == CARVED_NONE) &&
				(i == 0 || o[-1].slot <= o->slot),
			"overrules");
	}
	expect(check, inside(c->build_up, in->steps_count), "build_up");
	for (uint32_t i = 0; check->ok && i < c->build_up.count; i++) {
		const uint32_t *step = &in->steps[c->build_up.first + i];
		expect(check, *step >= 1 && *step < c->max_q && (i == 0 || step[-1] < *step), "build_up");
	}
}

static void check_candidates(struct check *check)
{
	const struct carved_instance *in = check->instance;
	check->array = "candidates";
	for (check->index = 0; check->ok && check->index < in->candidates_count; check->index++) {
		const struct carved_instance_candidate *c = &in->candidates[check->index];
		expect(check, c->coach < in->coaches_count, "coach");
		expect(check, c->home < in->home_count && c->mode < CARVED_MODES, "home and mode");
		expect(check, c->max_minutes >= 1 && c->max_minutes <= 1440, "max_minutes");
		expect(check, c->matchable <= 1 && c->easy <= 1, "flags");
		expect(check, c->min_q >= 1 && c->min_q <= c->max_q && c->max_q <= CARVED_QUARTERS_PER_WEEK, "hours");
		expect(check, c->per_day_q >= 1 && c->per_day_q <= 96 && c->per_visit_q <= c->per_day_q, "hours of a day");
		expect(check, c->jobs_max >= 1 && c->coach_q <= CARVED_QUARTERS_MAX && c->buddy_q <= CARVED_QUARTERS_MAX,
			"jobs_max and support");
		expect(check, c->level <= 8 && c->challenge <= CARVED_STEADY && c->company <= CARVED_TEAM, "wishes");
		expect(check, c->priority >= 0 && c->priority <= 1000000, "priority");
		expect(check, c->options_elsewhere <= 1000000, "options_elsewhere");
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			expect(check, c->available_q[part] <= 32 && !c->available_q[part] == !(c->parts >> part & 1),
				"available");
		expect(check, c->parts < (carved_parts_mask)1 << CARVED_DAY_PARTS, "parts");
		check_candidate_lists(check, c);
	}
}

static void check_sites(struct check *check)
{
	const struct carved_instance *in = check->instance;
	uint32_t next_job = 0, next_slot = 0;
	check->array = "sites";
	for (check->index = 0; check->ok && check->index < in->sites_count; check->index++) {
		const struct carved_instance_site *s = &in->sites[check->index];
		expect(check, s->place < in->place_count, "place");
		expect(check, s->places <= 100000 && s->buddy_q <= CARVED_QUARTERS_MAX, "places and supervision");
		expect(check, s->jobs.first == next_job && inside(s->jobs, in->jobs_count), "jobs");
		expect(check, s->slots.first == next_slot && inside(s->slots, in->slots_count), "slots");
		expect_words(check, s->facilities, in->aid_count, "facilities");
		next_job += s->jobs.count;
		next_slot += s->slots.count;
		for (uint32_t j = 0; check->ok && j < s->jobs.count; j++)
			expect(check, in->jobs[s->jobs.first + j].site == check->index, "a job names another site");
		for (uint32_t t = 0; check->ok && t < s->slots.count; t++)
			expect(check, in->slots[s->slots.first + t].site == check->index, "a slot names another site");
	}
	expect(check, next_job == in->jobs_count && next_slot == in->slots_count, "jobs or slots of no site");
}

static void check_jobs(struct check *check)
{
	const struct carved_instance *in = check->instance;
	uint32_t next_slot = 0;
	check->array = "jobs";
	for (check->index = 0; check->ok && check->index < in->jobs_count; check->index++) {
		const struct carved_instance_job *j = &in->jobs[check->index];
		expect(check, j->kind <= CARVED_VACANCY && j->carvable <= 1 && j->blocked <= 1, "flags");
		expect(check, j->cap_q <= 1000 * CARVED_QUARTERS_MAX && j->openings >= 1 && j->openings <= 1000,
			"cap and openings");
		expect(check, j->slots.first == next_slot && inside(j->slots, in->slots_count), "slots");
		next_slot += j->slots.count;
		for (uint32_t t = 0; check->ok && t < j->slots.count; t++)
			expect(check, in->slots[j->slots.first + t].job == check->index, "a slot names another job");
	}
	expect(check, next_slot == in->slots_count, "slots of no job");
}

static void check_slots(struct check *check)
{
	const struct carved_instance *in = check->instance;
	check->array = "slots";
	for (check->index = 0; check->ok && check->index < in->slots_count; check->index++) {
		const struct carved_instance_slot *t = &in->slots[check->index];
		expect(check,
			t->unit_q >= 1 && t->unit_q <= 1000 * CARVED_QUARTERS_MAX && t->hours_q <= 1000 * CARVED_QUARTERS_MAX,
			"hours"); // hours that pinned packages leave may be fewer than one opening's, or than a chunk
		expect(check, t->chunk_q >= 1 && t->chunk_q <= 1000 * CARVED_QUARTERS_MAX, "chunk");
		expect(check, t->parts < (carved_parts_mask)1 << CARVED_DAY_PARTS, "parts");
		expect(check, t->supervisor == CARVED_NONE || t->supervisor < in->slots_count, "supervisor");
		expect(check, t->relief <= 4 && t->level <= 8 && t->company <= CARVED_TEAM && t->undone <= 1,
			"relief, level, company, undone");
		expect_levels(check, t->demands, 1, 4, false, "demands");
		expect_levels(check, t->exposures, 1, 4, false, "exposures");
		expect_words(check, t->tags, in->tag_count, "tags");
		expect_words(check, t->skills, in->skill_count, "skills");
	}
}

static void check_small_lists(struct check *check)
{
	const struct carved_instance *in = check->instance;
	check->array = "coaches";
	for (check->index = 0; check->ok && check->index < in->coaches_count; check->index++) {
		const struct carved_instance_coach *k = &in->coaches[check->index];
		expect(check,
			k->hours_q <= CARVED_QUARTERS_MAX && (k->reserve_q == CARVED_NONE || k->reserve_q <= CARVED_QUARTERS_MAX),
			"hours");
	}
	check->array = "aids";
	for (check->index = 0; check->ok && check->index < in->aids_count; check->index++) {
		const struct carved_aid *a = &in->aids[check->index];
		expect(check,
			a->category < in->parents_count && a->limitation <= 4 && a->by < in->aid_count && a->needs_facility <= 1,
			"entry");
	}
	check->array = "limits";
	for (check->index = 0; check->ok && check->index < in->limits_count; check->index++) {
		const struct carved_limit *l = &in->limits[check->index];
		expect(check,
			l->category < in->parents_count && l->level >= 1 && l->level <= 4 &&
				l->hours_q <= CARVED_QUARTERS_PER_WEEK,
			"entry");
	}
	check->array = "must_groups";
	for (check->index = 0; check->ok && check->index < in->must_groups_count; check->index++)
		expect_words(check, in->must_groups[check->index], in->tag_count, "entry");
	check->array = "minutes";
	for (check->index = 0; check->ok && check->index < in->minutes_count; check->index++)
		expect(check, in->minutes[check->index].place < in->place_count && in->minutes[check->index].minutes <= 65535,
			"entry");
	check->array = "travel";
	check->index = 0;
	expect(check, (uint64_t)in->home_count * in->place_count * CARVED_MODES == in->travel_count, "size");
}

static void check_weights(struct check *check)
{
	const struct carved_weights *w = &check->instance->weights;
	check->array = "weights";
	for (check->index = 0; check->ok && check->index < carved_weight_count; check->index++) {
		const struct carved_weight_info *info = &carved_weight_infos[check->index];
		int32_t value = carved_weight_get(w, info);
		expect(check, value >= info->lowest && value <= info->highest, info->name);
	}
	int64_t shares = (int64_t)w->fit_comfort + w->fit_wish + w->fit_challenge + w->fit_setting + w->fit_travel;
	expect(check, shares == 100, "the shares of fit add up to 100");
}

bool carved_instance_check(const struct carved_instance *instance, struct carved_error *error)
{
	struct check check = {.instance = instance, .error = error, .ok = true};
	check_weights(&check);
	check_categories(&check);
	check_sites(&check);
	check_jobs(&check);
	check_slots(&check);
	check_small_lists(&check);
	check_candidates(&check);
	return check.ok;
}
