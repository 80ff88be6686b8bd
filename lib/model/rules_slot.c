// SPDX-License-Identifier: EUPL-1.2
// Whether a slot is fit for a candidate, and how well: DESIGN section 3, "A slot is fit for a candidate when" and "fit of a slot".
#include "carved/base/quarters.h"
#include "carved/model/rules.h"
#include <stdlib.h>
#include <string.h>

enum { COMPLETE = 4, IMPLIED_STEPS = 8 };

static const struct carved_qualifier *find_stated(const struct carved_qualifiers *stated, carved_icf icf)
{
	for (size_t i = 0; i < stated->count; i++) {
		if (stated->items[i].icf == icf)
			return &stated->items[i];
	}
	return NULL;
}

// The highest limitation stated anywhere below the category; -1 where none is.
static int highest_below(const struct carved_qualifiers *stated, carved_icf icf)
{
	int highest = -1;
	for (size_t i = 0; i < stated->count; i++) {
		const struct carved_qualifier *known = &stated->items[i];
		if (known->icf != icf && carved_icf_is_below(known->icf, icf) && known->value != CARVED_NOT_ASSESSED &&
			known->value > highest)
			highest = known->value;
	}
	return highest;
}

int carved_rules_limitation(const struct carved_qualifiers *stated, carved_icf icf, enum carved_capacity_basis when_silent,
	enum carved_capacity_basis *ret_basis)
{
	for (carved_icf up = icf; up != CARVED_ICF_NONE; up = carved_icf_parent(up)) {
		const struct carved_qualifier *known = find_stated(stated, up);
		if (!known)
			continue;
		if (known->value == CARVED_NOT_ASSESSED) {
			*ret_basis = CARVED_UNKNOWN;
			return 0;
		}
		*ret_basis = up == icf ? CARVED_STATED : CARVED_FROM_ANCESTOR;
		return known->value;
	}
	int below = highest_below(stated, icf);
	*ret_basis = below >= 0 ? CARVED_FROM_DESCENDANT : when_silent;
	return below >= 0 ? below : 0;
}

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

const struct carved_supported *carved_rules_find_aid(
	const struct carved_candidate *candidate, const struct carved_site *site, carved_icf icf, int level)
{
	const struct carved_supported *best = NULL;
	for (size_t i = 0; i < candidate->supported_count; i++) {
		const struct carved_supported *aid = &candidate->supported[i];
		bool suffices = carved_icf_is_below(icf, aid->icf) && level <= COMPLETE - aid->limitation;
		bool there = aid->kind != CARVED_TECHNIQUE || holds(&site->facilities, aid->by);
		if (suffices && there && (!best || aid->limitation < best->limitation))
			best = aid;
	}
	return best;
}

static const struct carved_word *find_certificate(const struct carved_region *region, const char *name)
{
	for (size_t v = 0; v < region->count[CARVED_KIND_VOCABULARY]; v++) {
		const struct carved_words *words = &region->documents[CARVED_KIND_VOCABULARY][v]->vocabulary.has;
		for (size_t i = 0; i < words->count; i++) {
			if (strcmp(words->items[i].name, name) == 0)
				return &words->items[i];
		}
	}
	return NULL;
}

static bool implies(const struct carved_region *region, const struct carved_texts *has, const char *name, int steps)
{
	if (holds(has, name))
		return true;
	for (size_t i = 0; steps > 0 && i < has->count; i++) {
		const struct carved_word *word = find_certificate(region, has->items[i]);
		if (word && implies(region, &word->implies, name, steps - 1))
			return true;
	}
	return false;
}

bool carved_rules_has_certificate(const struct carved_region *region, const struct carved_texts *has, const char *name)
{
	return implies(region, has, name, IMPLIED_STEPS);
}

// "nurse-a/linen"
static bool is_task(const char *path, const struct carved_slot *slot)
{
	size_t job = strlen(slot->job->ref);
	return strncmp(path, slot->job->ref, job) == 0 && path[job] == '/' && strcmp(path + job + 1, slot->task->ref) == 0;
}

const struct carved_override *carved_rules_find_override(const struct carved_candidate *candidate, const struct carved_site *site,
	const struct carved_slot *slot, enum carved_override_rule rule, carved_icf icf)
{
	for (size_t i = 0; i < candidate->override_count; i++) {
		const struct carved_override *override = &candidate->overrides[i];
		bool meant =
			override->rule == rule &&
			(icf == CARVED_ICF_NONE || (override->icf != CARVED_ICF_NONE && carved_icf_is_below(icf, override->icf)));
		if (meant && strcmp(override->site, site->ref) == 0 && is_task(override->task, slot))
			return override;
	}
	return NULL;
}

struct subject { // one slot before one person
	const struct carved_candidate *candidate;
	const struct carved_site *site;
	const struct carved_slot *slot;
	const struct carved_weights *weights;
};

// Rules `capacity` and `environment` for one category.
static struct carved_level_answer answer_level(const struct subject *s, const struct carved_qualifier *asked,
	const struct carved_qualifiers *stated, enum carved_capacity_basis when_silent, enum carved_override_rule rule)
{
	struct carved_level_answer answer = {.icf = asked->icf, .level = asked->value};
	answer.limitation = carved_rules_limitation(stated, asked->icf, when_silent, &answer.basis);
	answer.margin = COMPLETE - answer.limitation - answer.level;
	answer.fits = answer.margin >= 0;
	if (!answer.fits)
		answer.aid = carved_rules_find_aid(s->candidate, s->site, answer.icf, answer.level);
	if (answer.aid) {
		answer.fits = true;
		answer.limitation = answer.aid->limitation;
		answer.margin = COMPLETE - answer.limitation - answer.level;
	} else if (answer.fits && answer.basis == CARVED_FROM_DESCENDANT) {
		answer.basis = CARVED_UNKNOWN; // what is stated below can refuse, but says nothing for the whole
		answer.limitation = 0;
	}
	if (!answer.fits)
		answer.overruled = carved_rules_find_override(s->candidate, s->site, s->slot, rule, answer.icf);
	answer.fits = answer.fits || answer.overruled;
	return answer;
}

static void answer_levels(const struct subject *s, struct carved_arena *arena, struct carved_slot_answer *answer)
{
	const struct carved_qualifiers *demands = &s->slot->demands, *exposures = &s->slot->exposures;
	answer->levels = carved_arena_array(arena, struct carved_level_answer, demands->count + exposures->count);
	for (size_t i = 0; i < demands->count; i++) {
		struct carved_level_answer level = answer_level(
			s, &demands->items[i], &s->candidate->limitations, CARVED_UNKNOWN, CARVED_OVERRULES_CAPACITY);
		answer->levels[answer->level_count++] = level;
		answer->refused[CARVED_RULE_CAPACITY] = answer->refused[CARVED_RULE_CAPACITY] || !level.fits;
	}
	for (size_t i = 0; i < exposures->count; i++) {
		struct carved_level_answer level = answer_level(s, &exposures->items[i], &s->candidate->barriers,
			CARVED_NOT_STATED_BARRIER, CARVED_OVERRULES_ENVIRONMENT);
		answer->levels[answer->level_count++] = level;
		answer->refused[CARVED_RULE_ENVIRONMENT] = answer->refused[CARVED_RULE_ENVIRONMENT] || !level.fits;
	}
}

static void answer_others(const struct carved_region *region, const struct subject *s, struct carved_slot_answer *answer)
{
	const struct carved_texts *requires = &s->slot->task->requires, *never = &s->candidate->never;
	for (size_t i = 0; i < requires->count && !answer->missing_skill; i++) {
		if (!carved_rules_has_certificate(region, &s->candidate->has, requires->items[i]))
		answer->missing_skill = requires->items[i];
	}
	for (size_t i = 0; i < never->count && !answer->never_wish; i++) {
		if (carved_wish_matches_any(never->items[i], &s->slot->tags))
			answer->never_wish = never->items[i];
	}
	if (answer->missing_skill)
		answer->requirement_overruled =
			carved_rules_find_override(s->candidate, s->site, s->slot, CARVED_OVERRULES_REQUIREMENT, CARVED_ICF_NONE);
	if (answer->never_wish)
		answer->never_overruled =
			carved_rules_find_override(s->candidate, s->site, s->slot, CARVED_OVERRULES_NEVER, CARVED_ICF_NONE);
	answer->refused[CARVED_RULE_REQUIREMENT] = answer->missing_skill && !answer->requirement_overruled;
	answer->refused[CARVED_RULE_NEVER] = answer->never_wish && !answer->never_overruled;
	bool meets = false;
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		meets = meets || ((s->slot->parts >> part & 1) && s->candidate->available_q[part] > 0);
	answer->refused[CARVED_RULE_AVAILABILITY] = !meets;
}

// The mean over all categories asked, of how much room is left.
static int comfort(const struct subject *s, const struct carved_slot_answer *answer)
{
	const struct carved_weights *w = s->weights;
	if (answer->level_count == 0)
		return w->comfort_none;
	long long sum = 0;
	for (size_t i = 0; i < answer->level_count; i++) {
		const struct carved_level_answer *level = &answer->levels[i];
		if (carved_rules_is_unknown(level))
			sum += w->comfort_unknown;
		else if (!level->overruled) // what is too much is no comfort, agreed or not
			sum += level->margin == 0   ? w->comfort_margin_0
			       : level->margin == 1 ? w->comfort_margin_1
						    : w->comfort_margin_2;
	}
	return (int)carved_floor_div(sum, (long long)answer->level_count);
}

// Whether a wish of `wishes` that is not in `others` too matches the slot.
static bool matches(const struct carved_texts *wishes, const struct carved_texts *others, const struct carved_slot *slot)
{
	for (size_t i = 0; i < wishes->count; i++) {
		if (!holds(others, wishes->items[i]) && carved_wish_matches_any(wishes->items[i], &slot->tags))
			return true;
	}
	return false;
}

static int wish(const struct subject *s)
{
	bool liked = matches(&s->candidate->like, &s->candidate->avoid, s->slot);
	bool avoided = matches(&s->candidate->avoid, &s->candidate->like, s->slot);
	if (liked == avoided)
		return s->weights->wish_neutral;
	return liked ? s->weights->wish_liked : s->weights->wish_avoided;
}

static int challenge(const struct subject *s)
{
	const struct carved_weights *w = s->weights;
	int wished = s->candidate->level, level = s->slot->task->level;
	if (!wished || !level || s->candidate->challenge == CARVED_CHALLENGE_NOT_STATED)
		return w->challenge_not_stated;
	bool grow = s->candidate->challenge == CARVED_GROW;
	switch (level - wished) {
	case -1:
		return grow ? w->grow_minus_1 : w->steady_minus_1;
	case 0:
		return grow ? w->grow_0 : w->steady_0;
	case 1:
		return grow ? w->grow_plus_1 : w->steady_plus_1;
	default:
		if (level < wished)
			return grow ? w->grow_minus_2 : w->steady_minus_2;
		return grow ? w->grow_plus_2 : w->steady_plus_2;
	}
}

static int setting(const struct subject *s)
{
	const struct carved_weights *w = s->weights;
	if (s->candidate->company == CARVED_COMPANY_NOT_STATED || s->slot->task->company == CARVED_COMPANY_NOT_STATED)
		return w->setting_not_stated;
	int steps = abs((int)s->candidate->company - (int)s->slot->task->company);
	return steps == 0 ? w->setting_same : steps == 1 ? w->setting_one_off : w->setting_two_off;
}

static void answer_fit(const struct subject *s, struct carved_slot_answer *answer)
{
	const struct carved_weights *w = s->weights;
	long long left = s->candidate->max_minutes - carved_rules_minutes(s->candidate, s->site);
	answer->comfort = comfort(s, answer);
	answer->wish = wish(s);
	answer->challenge = challenge(s);
	answer->setting = setting(s);
	answer->travel = (int)carved_floor_div(1000 * left, s->candidate->max_minutes);
	long long sum = (long long)w->fit_comfort * answer->comfort + (long long)w->fit_wish * answer->wish +
			(long long)w->fit_challenge * answer->challenge + (long long)w->fit_setting * answer->setting +
			(long long)w->fit_travel * answer->travel;
	answer->fit = (int)carved_floor_div(sum, 100);
}

void carved_rules_slot(const struct carved_region *region, const struct carved_candidate *candidate,
	const struct carved_site *site, const struct carved_slot *slot, const struct carved_weights *weights,
	struct carved_arena *arena, struct carved_slot_answer *ret_answer)
{
	struct subject subject = {.candidate = candidate, .site = site, .slot = slot, .weights = weights};
	*ret_answer = (struct carved_slot_answer){0};
	answer_levels(&subject, arena, ret_answer);
	answer_others(region, &subject, ret_answer);
	ret_answer->fits = true;
	for (int rule = 0; rule < CARVED_RULE_COUNT; rule++)
		ret_answer->fits = ret_answer->fits && !ret_answer->refused[rule];
	if (ret_answer->fits)
		answer_fit(&subject, ret_answer);
}
