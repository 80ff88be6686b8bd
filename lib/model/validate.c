// SPDX-License-Identifier: EUPL-1.2
// Rules between the keys of one candidate, and what is odd but harmless.
#include "carved/model/rules.h"
#include "reading.h"
#include <string.h>

static struct carved_place find(const struct carved_place *root, struct carved_place *between, const char *map, const char *key)
{
	*between = carved_place_of(root, map);
	return carved_place_of(between, key);
}

static void check_hours(struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place hours, min = find(root, &hours, "hours", "min"), visit = carved_place_of(&hours, "per-visit");
	if (min.node && candidate->max_q && candidate->min_q > candidate->max_q) {
		struct carved_error *error = carved_report(reading, &min, CARVED_HOURS_MIN_ABOVE_MAX);
		carved_error_add_hours(error, "min", candidate->min_q);
		carved_error_add_hours(error, "max", candidate->max_q);
	}
	if (visit.node && candidate->per_visit_q > candidate->per_day_q) {
		struct carved_error *error = carved_report(reading, &visit, CARVED_VISIT_ABOVE_DAY);
		carved_error_add_hours(error, "visit", candidate->per_visit_q);
		carved_error_add_hours(error, "day", candidate->per_day_q);
	}
}

static void check_order(
	struct carved_reading *reading, const struct carved_place *place, const struct carved_build_up *steps, size_t i)
{
	if (i == 0 || steps[i].week > steps[i - 1].week)
		return;
	struct carved_error *error = carved_report(reading, place, CARVED_BUILD_UP_ORDER);
	carved_error_add_number(error, "week", steps[i].week);
	carved_error_add_number(error, "before", steps[i - 1].week);
}

static void check_coach_hours(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place support, list = find(root, &support, "support", "coach-hours");
	const struct carved_node *node = candidate->coach_step_count ? carved_node_first(list.node) : NULL;
	for (size_t i = 0; i < candidate->coach_step_count && node; i++, node = node->next) {
		struct carved_place step = carved_place_below(&list, node, i);
		check_order(reading, &step, candidate->coach_steps, i);
		if (i == 0 && candidate->coach_steps[0].week > 0)
			carved_error_add_number(
				carved_report(reading, &step, CARVED_COACH_HOURS_START), "week", candidate->coach_steps[0].week);
	}
}

static void check_build_up(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place hours, list = find(root, &hours, "hours", "build-up");
	const struct carved_node *node = carved_node_first(list.node);
	for (size_t i = 0; i < candidate->build_up_count && node; i++, node = node->next) {
		struct carved_place step = carved_place_below(&list, node, i);
		check_order(reading, &step, candidate->build_up, i);
		if (i && candidate->build_up[i].hours_q < candidate->build_up[i - 1].hours_q) {
			struct carved_error *error = carved_report(reading, &step, CARVED_BUILD_UP_FALLS);
			carved_error_add_number(error, "week", candidate->build_up[i].week);
			carved_error_add_hours(error, "hours", candidate->build_up[i].hours_q);
			carved_error_add_hours(error, "before", candidate->build_up[i - 1].hours_q);
		}
	}
}

static bool is_task_path(const char *text)
{
	const char *slash = strchr(text, '/');
	return slash && slash > text && slash[1] && !strchr(slash + 1, '/');
}

// Whether the category is one that the rule has: of the person, of the surroundings, none.
static bool goes_with_category(const struct carved_override *override)
{
	bool has = override->icf != CARVED_ICF_NONE, is_e_code = has && *carved_icf_code(override->icf) == 'e';
	if (override->rule == CARVED_OVERRULES_CAPACITY)
		return has && !is_e_code;
	return override->rule == CARVED_OVERRULES_ENVIRONMENT ? is_e_code : !has;
}

static void check_override(
	struct carved_reading *reading, const struct carved_place *place, const struct carved_override *override)
{
	struct carved_place task = carved_place_of(place, "task"), rule = carved_place_of(place, "rule"),
			    agreed = carved_place_of(place, "agreed");
	char date[CARVED_DATE_TEXT_MAX];
	if (override->task && !is_task_path(override->task))
		carved_report_text(carved_report(reading, &task, CARVED_OVERRIDE_TASK_INVALID), "text", override->task);
	bool is_rule = rule.node && rule.node->text && strcmp(rule.node->text, carved_override_rule_names[override->rule]) == 0;
	if (is_rule && !goes_with_category(override))
		carved_report_text(carved_report(reading, &rule, CARVED_OVERRIDE_CATEGORY), "rule", rule.node->text);
	if (override->agreed != CARVED_DATE_NONE && reading->today != CARVED_DATE_NONE && override->agreed > reading->today)
		carved_error_add(carved_report(reading, &agreed, CARVED_OVERRIDE_IN_FUTURE), "date",
			carved_date_format(override->agreed, date));
}

static void check_overrides(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place list = carved_place_of(root, "overrides");
	const struct carved_node *node = candidate->override_count ? carved_node_first(list.node) : NULL;
	for (size_t i = 0; i < candidate->override_count && node; i++, node = node->next) {
		struct carved_place place = carved_place_below(&list, node, i);
		if (node->kind == CARVED_NODE_MAP)
			check_override(reading, &place, &candidate->overrides[i]);
	}
}

static void check_consent(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place consent, expires = find(root, &consent, "consent", "expires");
	char text[CARVED_DATE_TEXT_MAX];
	if (candidate->consent_given == CARVED_DATE_NONE)
		return;
	if (candidate->consent_expires != CARVED_DATE_NONE && candidate->consent_expires < candidate->consent_given) {
		struct carved_error *error = carved_report(reading, &expires, CARVED_CONSENT_ORDER);
		carved_error_add(error, "given", carved_date_format(candidate->consent_given, text));
		carved_error_add(error, "expires", carved_date_format(candidate->consent_expires, text));
	}
}

// Told at the date that counts.
static void check_age(struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place consent, given = find(root, &consent, "consent", "given"),
				     reviewed = carved_place_of(root, "reviewed");
	char text[CARVED_DATE_TEXT_MAX];
	const int months = (int)reading->limits->review_months;
	if (reading->today == CARVED_DATE_NONE || candidate->consent_given == CARVED_DATE_NONE)
		return;
	if (candidate->reviewed != CARVED_DATE_NONE && candidate->reviewed > reading->today)
		carved_error_add(carved_report(reading, &reviewed, CARVED_REVIEWED_IN_FUTURE), "date",
			carved_date_format(candidate->reviewed, text));
	carved_date since = carved_rules_review_since(candidate, reading->today, months);
	if (since == CARVED_DATE_NONE)
		return;
	struct carved_error *error = carved_warn(reading, since == candidate->reviewed ? &reviewed : &given, CARVED_PROFILE_OLD);
	carved_error_add(error, "date", carved_date_format(since, text));
	carved_error_add_number(error, "months", months);
}

static bool holds(const struct carved_texts *texts, const char *text)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (strcmp(texts->items[i], text) == 0)
			return true;
	}
	return false;
}

// Warns at each item of a list of wishes that is in another list as well.
static void compare_wishes(struct carved_reading *reading, const struct carved_place *wishes, const char *key,
	const struct carved_texts *others, enum carved_code code)
{
	struct carved_place list = carved_place_of(wishes, key);
	size_t index = 0;
	if (!list.node || list.node->kind != CARVED_NODE_LIST)
		return;
	for (const struct carved_node *node = list.node->first; node; node = node->next) {
		struct carved_place item = carved_place_below(&list, node, index++);
		if (node->text && holds(others, node->text))
			carved_report_text(carved_warn(reading, &item, code), "wish", node->text);
	}
}

void carved_validate_candidate(
	struct carved_reading *reading, const struct carved_place *root, const struct carved_candidate *candidate)
{
	struct carved_place wishes = carved_place_of(root, "wishes");
	check_hours(reading, root, candidate);
	check_build_up(reading, root, candidate);
	check_coach_hours(reading, root, candidate);
	check_consent(reading, root, candidate);
	check_overrides(reading, root, candidate);
	check_age(reading, root, candidate);
	if (!wishes.node)
		return;
	compare_wishes(reading, &wishes, "avoid", &candidate->like, CARVED_WISH_LIKED_AND_AVOIDED);
	compare_wishes(reading, &wishes, "never", &candidate->like, CARVED_WISH_LIKED_AND_NEVER);
	compare_wishes(reading, &wishes, "must", &candidate->never, CARVED_WISH_MUST_AND_NEVER);
}

void carved_validate(struct carved_reading *reading, const struct carved_place *root, struct carved_document *document)
{
	if (document->kind == CARVED_KIND_CANDIDATE)
		carved_validate_candidate(reading, root, &document->candidate);
	else if (document->kind == CARVED_KIND_SITE)
		carved_validate_site(reading, root, &document->site);
}
