// SPDX-License-Identifier: EUPL-1.2
// Differences of plans: first of pairs made by hand, each told as people see it; then of random pairs, against a count of our own over what was drawn.
#include "carved/model/difference.h"
#include "carved/model/plan.h"
#include "support/check_fixture.h"
#include <stdio.h>

enum { PEOPLE = 40, SITES = 4, SLOTS = 5, PAIRS = 300 };

// What somebody has: drawn, and written as the store's JSON.
struct drawn {
	bool in_plan, placed;
	int site, hours[SLOTS]; // quarters per slot; 0: none
	int64_t place, fit;
};

struct drawn_plan {
	struct drawn people[PEOPLE];
};

static uint64_t random_state;

static unsigned draw(unsigned below)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(random_state >> 33) % below;
}

static int hours_of(const struct drawn *person)
{
	int sum = 0;
	for (int s = 0; s < SLOTS; s++)
		sum += person->hours[s];
	return person->placed ? sum : 0;
}

static int64_t value_of(const struct drawn *person)
{
	return person->placed ? person->place + person->fit : 0;
}

static void draw_person(struct drawn *person)
{
	*person = (struct drawn){.in_plan = draw(8) > 0};
	person->placed = person->in_plan && draw(3) > 0;
	person->site = (int)draw(SITES);
	for (int s = 0; s < SLOTS; s++)
		person->hours[s] = draw(2) ? (int)draw(9) : 0;
	person->hours[0] += 1;
	person->place = 12000 + draw(9000);
	person->fit = draw(20000);
}

// The second plan: mostly as the first, so that every class comes up.
static void draw_again(const struct drawn_plan *first, struct drawn_plan *second)
{
	*second = *first;
	for (int p = 0; p < PEOPLE; p++) {
		struct drawn *person = &second->people[p];
		if (draw(3) == 0)
			draw_person(person);
		else if (draw(4) == 0)
			person->hours[draw(SLOTS)] += (int)draw(3);
		else if (draw(4) == 0)
			person->place += 120; // a month more of waiting
	}
}

static void write_proposal(const struct drawn *person, int number, struct carved_buffer *text)
{
	carved_buffer_clear(text);
	carved_buffer_printf(text,
		"{\"candidate\":\"K-%02d\",\"site\":\"S-%d\",\"kind\":\"carved\",\"hours\":%d.%02d,\"value\":%lld,\"parts\":{"
		"\"place\":%"
		"lld,\"fit\":%lld,\"relief\":0,\"jobs\":0,\"aids\":0,\"unknown\":0,\"coach\":0,\"buddy\":0},\"slots\":[",
		number, person->site, hours_of(person) / 4, hours_of(person) % 4 * 25, (long long)value_of(person),
		(long long)person->place, (long long)person->fit);
	for (int s = 0, written = 0; s < SLOTS; s++) {
		if (person->hours[s])
			carved_buffer_printf(text, "%s{\"job\":\"j\",\"task\":\"t%d\",\"part\":\"mon-pm\",\"hours\":%d.%02d}",
				written++ ? "," : "", s, person->hours[s] / 4, person->hours[s] % 4 * 25);
	}
	carved_buffer_add_text(text, "]}");
}

static struct carved_record *read_drawn(const struct drawn_plan *plan, const char *id)
{
	struct carved_record *record = carved_record_new(id);
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_error error;
	int64_t value = 0;
	carved_buffer_add_text(&text, "{\"certificate\":{},\"unplaced\":[");
	for (int p = 0, written = 0; p < PEOPLE; p++) {
		value += value_of(&plan->people[p]);
		if (plan->people[p].in_plan && !plan->people[p].placed)
			carved_buffer_printf(&text, "%s{\"candidate\":\"K-%02d\",\"reason\":\"hours\"}", written++ ? "," : "", p);
	}
	carved_buffer_add_text(&text, "]}");
	assert_true(carved_record_read_unplaced(record, text.data, text.length, &error));
	carved_buffer_clear(&text);
	carved_buffer_printf(&text, "{\"value\":%lld,\"bound\":%lld}", (long long)value, (long long)value + 5);
	assert_true(carved_record_read_summary(record, text.data, text.length, &error));
	for (int p = 0; p < PEOPLE; p++) {
		if (!plan->people[p].placed)
			continue;
		write_proposal(&plan->people[p], p, &text);
		assert_true(carved_record_read_proposal(record,
			&(struct carved_record_source){
				.id = "P-1", .state = "proposed", .json = text.data, .length = text.length},
			&error));
	}
	carved_record_finish(record);
	carved_buffer_deinit(&text);
	return record;
}

// What the class must be, from what was drawn.
static const char *expected_class(const struct drawn *before, const struct drawn *after)
{
	if (!before->in_plan && !after->in_plan)
		return NULL;
	if (!before->placed && !after->placed)
		return "without";
	if (!before->placed)
		return "gains";
	if (!after->placed)
		return "loses";
	if (before->site != after->site)
		return "moves";
	return memcmp(before->hours, after->hours, sizeof before->hours) == 0 ? "same" : "changes";
}

static const struct carved_node *told(const struct carved_difference *d, bool full, struct carved_arena *arena)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	const struct carved_node *root;
	struct carved_error error;
	uint32_t line, column;
	carved_difference_format(d, full, &writer);
	assert_true(carved_json_parse(text.data, text.length, arena, &root, &error, &line, &column));
	carved_buffer_deinit(&text);
	return root;
}

static const struct carved_node *find_person(const struct carved_node *root, const char *candidate)
{
	const struct carved_node *found = NULL;
	for (const struct carved_node *one = carved_node_first(carved_node_get(root, "people")); one; one = one->next) {
		if (strcmp(carved_node_get_text(one, "candidate", ""), candidate) != 0)
			continue;
		assert_null(found); // exactly one class
		found = one;
	}
	return found;
}

static void expect_each_person_in_one_class(
	const struct carved_node *root, const struct drawn_plan *before, const struct drawn_plan *after)
{
	size_t people = 0;
	for (int p = 0; p < PEOPLE; p++) {
		char candidate[24];
		snprintf(candidate, sizeof candidate, "K-%02d", p);
		const char *class = expected_class(&before->people[p], &after->people[p]);
		const struct carved_node *one = find_person(root, candidate);
		assert_int_equal(one != NULL, class != NULL);
		if (!class)
			continue;
		people++;
		assert_string_equal(carved_node_get_text(one, "class", ""), class);
		assert_int_equal(
			carved_node_get_integer(one, "value", -1), value_of(&after->people[p]) - value_of(&before->people[p]));
		assert_true(
			carved_node_get_real(one, "hours", -1) * 4 == hours_of(&after->people[p]) - hours_of(&before->people[p]));
	}
	assert_int_equal(carved_node_get(root, "people")->count, people);
}

// Gains and losses add up: by class, by part, by person and by site, to what both plans are worth.
static void expect_sums(const struct carved_node *root)
{
	int64_t by_class = 0, by_part = 0, by_person = 0, people_by_class = 0;
	double hours_by_class = 0, hours_by_site = 0;
	for (const struct carved_node *one = carved_node_first(carved_node_get(root, "classes")); one; one = one->next) {
		by_class += carved_node_get_integer(one, "value", 0);
		people_by_class += carved_node_get_integer(one, "people", 0);
		hours_by_class += carved_node_get_real(one, "hours", 0);
	}
	const struct carved_node *total = carved_node_get(root, "total"), *people = carved_node_get(root, "people");
	for (const struct carved_node *one = carved_node_first(carved_node_get(total, "parts")); one; one = one->next)
		by_part += one->integer;
	for (const struct carved_node *one = carved_node_first(people); one; one = one->next)
		by_person += carved_node_get_integer(one, "value", 0);
	for (const struct carved_node *one = carved_node_first(carved_node_get(carved_node_get(root, "sites"), "items")); one;
		one = one->next)
		hours_by_site += carved_node_get_real(carved_node_get(one, "after"), "hours", 0) -
				 carved_node_get_real(carved_node_get(one, "before"), "hours", 0);
	int64_t change = carved_node_get_integer(carved_node_get(root, "plan"), "value", 0) -
			 carved_node_get_integer(carved_node_get(root, "against"), "value", 0);
	assert_int_equal(carved_node_get_integer(total, "value", -1), change);
	assert_int_equal(by_class, change);
	assert_int_equal(by_part, change);
	assert_int_equal(by_person, change);
	assert_int_equal(people_by_class, people->count);
	assert_true(hours_by_class == carved_node_get_real(total, "hours", -1));
	assert_true(hours_by_site == carved_node_get_real(total, "hours", -1));
}

static void of_random_pairs_everybody_is_in_one_class_and_the_points_add_up(void **state)
{
	(void)state;
	int seen[CARVED_DIFFERENCE_CLASSES] = {0};
	for (uint64_t seed = 1; seed <= PAIRS; seed++) {
		random_state = seed;
		struct drawn_plan first, second;
		struct carved_arena arena = CARVED_ARENA_INIT;
		struct carved_difference difference;
		for (int p = 0; p < PEOPLE; p++)
			draw_person(&first.people[p]);
		draw_again(&first, &second);
		struct carved_record *before = read_drawn(&first, "PL-1"), *after = read_drawn(&second, "PL-2");
		carved_difference_make(before, after, &difference);
		const struct carved_node *root = told(&difference, true, &arena);
		expect_each_person_in_one_class(root, &first, &second);
		expect_sums(root);
		for (int class = 0; class < CARVED_DIFFERENCE_CLASSES; class ++)
			seen[class] += difference.classes[class].people;
		carved_difference_deinit(&difference);
		carved_record_free(before);
		carved_record_free(after);
		carved_arena_deinit(&arena);
	}
	for (int class = 0; class < CARVED_DIFFERENCE_CLASSES; class ++)
		assert_true(seen[class] > PAIRS); // each came up, often
}

static void a_plan_against_itself_differs_in_nothing(void **state)
{
	(void)state;
	struct drawn_plan plan;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_difference difference;
	random_state = 7;
	for (int p = 0; p < PEOPLE; p++)
		draw_person(&plan.people[p]);
	struct carved_record *record = read_drawn(&plan, "PL-1");
	carved_difference_make(record, record, &difference);
	assert_int_equal(carved_difference_count(&difference), 0);
	assert_int_equal(difference.total.value, 0);
	const struct carved_node *root = told(&difference, false, &arena);
	assert_int_equal(carved_node_get(root, "people")->count, 0);
	assert_null(carved_node_get(carved_node_get(root, "sites"), "items")); // briefly
	carved_difference_deinit(&difference);
	carved_record_free(record);
	carved_arena_deinit(&arena);
}

// ---- what plan.h writes

// K-1 and K-2 of the fixture's plan, or K-1 alone where that is all.
static struct carved_record *read_made(struct fixture *f, const char *id)
{
	struct carved_record *record = carved_record_new(id);
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_error error;
	carved_buffer_printf(&text, "{\"value\":%lld,\"bound\":null,\"inputHash\":\"00\"}", (long long)f->plan.value);
	assert_true(carved_record_read_summary(record, text.data, text.length, &error));
	carved_buffer_clear(&text);
	carved_buffer_add_text(&text, "{\"unplaced\":[{\"candidate\":\"K-3\",\"reason\":\"places\"}]}");
	assert_true(carved_record_read_unplaced(record, text.data, text.length, &error));
	for (size_t p = 0; p < f->plan.proposal_count; p++) {
		struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
		carved_buffer_clear(&text);
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(&f->plan, &f->world.region, f->table, p, &writer);
		carved_json_end_object(&writer);
		assert_true(carved_record_read_proposal(record,
			&(struct carved_record_source){
				.id = p ? "P-2" : "P-1", .state = "proposed", .json = text.data, .length = text.length},
			&error));
	}
	carved_record_finish(record);
	carved_buffer_deinit(&text);
	return record;
}

static void what_plans_write_of_proposals_is_told_task_by_task(void **state)
{
	struct fixture *f = *state;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_difference difference;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	make(f);
	struct carved_record *before = read_made(f, "PL-1");
	f->packages[0] = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 16}, {POST, 4}}};
	make(f);
	struct carved_record *after = read_made(f, "PL-2");
	carved_difference_make(before, after, &difference);
	const struct carved_node *root = told(&difference, false, &arena), *one = find_person(root, "K-1");
	assert_int_equal(carved_node_get_integer(root, "different", -1), 1);
	assert_true(carved_node_get_bool(root, "sameInputs", false));
	assert_int_equal(carved_node_get(carved_node_get(root, "total"), "bound")->kind, CARVED_NODE_NULL);
	carved_json_format(carved_node_get(one, "tasks"), &text);
	assert_string_equal(text.data, "[{\"job\":\"nurse\",\"task\":\"linen\",\"before\":3,\"after\":4},"
				       "{\"job\":\"nurse\",\"task\":\"meals\",\"before\":2,\"after\":0},"
				       "{\"job\":\"clerk\",\"task\":\"post\",\"before\":0,\"after\":1}]");
	root = told(&difference, true, &arena);
	one = find_person(root, "K-3");
	assert_string_equal(carved_node_get_text(one, "class", ""), "without");
	assert_string_equal(carved_node_get_text(carved_node_get(one, "after"), "reason", ""), "places");
	one = carved_node_get(find_person(root, "K-2"), "before");
	assert_string_equal(carved_node_get_text(carved_node_get(one, "slots")->first, "vacancy", ""), "kitchen");
	carved_difference_deinit(&difference);
	carved_record_free(before);
	carved_record_free(after);
	carved_buffer_deinit(&text);
	carved_arena_deinit(&arena);
}

static void a_text_that_is_no_plan_is_refused(void **state)
{
	(void)state;
	struct carved_record *record = carved_record_new("PL-7");
	struct carved_error error;
	assert_false(carved_record_read_summary(record, "{", 1, &error));
	assert_int_equal(error.code, CARVED_PLAN_UNREADABLE);
	assert_string_equal(carved_error_get(&error, "plan"), "PL-7");
	assert_false(carved_record_read_unplaced(record, "{}", 2, &error));
	assert_int_equal(error.code, CARVED_PLAN_UNREADABLE);
	assert_false(carved_record_read_proposal(
		record, &(struct carved_record_source){.id = "P-1", .state = "proposed", .json = "[", .length = 1}, &error));
	assert_int_equal(error.code, CARVED_PLAN_UNREADABLE);
	carved_record_finish(record);
	assert_null(carved_record_find(record, "K-1"));
	carved_record_free(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_random_pairs_everybody_is_in_one_class_and_the_points_add_up),
		cmocka_unit_test(a_plan_against_itself_differs_in_nothing),
		cmocka_unit_test_setup_teardown(what_plans_write_of_proposals_is_told_task_by_task, setup, teardown),
		cmocka_unit_test(a_text_that_is_no_plan_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
