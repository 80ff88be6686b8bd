// SPDX-License-Identifier: EUPL-1.2
// Mends: by hand, one situation each; and on tiny worlds against every single change, each judged by the checker on every package there is.
#include "carved/advise/mend.h"
#include "carved/base/json.h"
#include "carved/base/json_edit.h"
#include "carved/model/part.h"
#include "support/carved_cmocka.h"
#include "support/mend_brute.h"
#include "support/random_world.h"
#include "support/world_text.h"
#include <string.h>

struct asked {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_advise_question question;
	struct carved_mends found;
};

static void ask_on(
	struct asked *a, struct carved_region *region, size_t candidate, size_t site, const char *job, const char *task, int most)
{
	const struct carved_mend_reach reach = {.most = most};
	*a = (struct asked){.region = region};
	carved_weights_init(&a->weights);
	a->question = (struct carved_advise_question){.region = region,
		.candidate = candidate,
		.site = site,
		.job = job,
		.task = task,
		.date = WORLD_DATE,
		.weights = &a->weights,
		.node_limit = 5000,
		.tries = 3000,
		.items = 5};
	carved_mends_find(&a->question, &reach, &a->found);
}

static void ask(struct asked *a, struct world *world, const char *job, const char *task)
{
	ask_on(a, world_text_read(world), 0, 0, job, task, CARVED_MEND_MOST);
}

static void end(struct asked *a, struct world *world)
{
	carved_mends_deinit(&a->found);
	carved_region_unref(a->region);
	if (world)
		world_deinit(world);
}

static const struct carved_mend_change *expect(
	const struct asked *a, size_t mend, size_t index, enum carved_mend_kind kind, const char *path, const char *value)
{
	assert_true(mend < a->found.count && index < a->found.items[mend].count);
	const struct carved_mend_change *change = &a->found.items[mend].changes[index];
	assert_string_equal(carved_mend_names[change->kind], carved_mend_names[kind]);
	assert_string_equal(change->path, path);
	if (value)
		assert_string_equal(change->value, value);
	else
		assert_null(change->value);
	return change;
}

// ---- by hand

static void a_lifting_aid_is_what_is_missing(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_task *task =
		world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 20);
	world_add_level(&world, &c->limitations, "d430", 3);
	world_add_aid(&world, c, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	world_add_level(&world, &task->demands, "d430", 2);
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_ADD_AID, "/facilities", "[\"lifting-aid\"]");
	assert_int_equal(a.found.count, 1);
	assert_int_equal(a.found.complete_to, 1);
	assert_int_equal(a.found.items[0].plan.proposals[0].hours_q, 20);
	end(&a, &world);
}

static void a_task_of_the_morning_is_moved_to_when_the_person_is_there(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_task *task =
		world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 16);
	task->when = 0x1; // mon-am
	c->available_q[0] = 0;
	ask(&a, &world, NULL, NULL);
	const struct carved_mend_change *change =
		expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-pm\"]");
	assert_int_equal(change->size, 16);
	assert_int_equal(change->parts_to, 0x2); // only what the schedule needs
	end(&a, &world);
}

static void a_fixed_time_is_moved_with_its_hours(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_task *task =
		world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "water", 0);
	task->fixed = true;
	task->fixed_q[0] = 12;
	task->fixed_q[5] = 8; // tue-pm
	c->available_q[0] = 0;
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/hours", "{\"mon-pm\":3,\"tue-pm\":2}");
	expect(&a, 1, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "2"); // one of a task's moves is enough
	assert_int_equal(a.found.count, 2);
	end(&a, &world);
}

static void somebody_who_never_works_evenings_is_helped_by_the_day(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_task *task =
		world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 16);
	task->when = 0x4; // mon-ev
	world_add_text(&world, &c->never, "evening-work");
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-ev\"]");
	end(&a, &world);
}

static void a_vacancy_fits_without_the_task_that_is_too_heavy(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_job *kitchen = world_add_vacancy(&world, world_add_site(&world, "S-1"), "kitchen");
	world_add_task(&world, kitchen, "dishes", 18);
	struct carved_task *crates = world_add_task(&world, kitchen, "crates", 4);
	world_add_level(&world, &c->limitations, "d430", 4);
	world_add_level(&world, &crates->demands, "d430", 3);
	ask(&a, &world, NULL, NULL);
	const struct carved_mend_change *change = expect(&a, 0, 0, CARVED_MEND_DROP_TASK, "/vacancies/0/tasks/1", NULL);
	assert_string_equal(change->task, "crates");
	assert_int_equal(change->size, 4);
	assert_int_equal(a.found.items[0].plan.proposals[0].kind, CARVED_WHOLE_VACANCY);
	end(&a, &world);
}

static void two_tasks_under_one_supervisor_are_enough(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_job *job = world_add_job(&world, world_add_site(&world, "S-1"), "nurse");
	world_add_task(&world, job, "linen", 10)->supervisor = "ann";
	world_add_task(&world, job, "meals", 8)->supervisor = "bob";
	c->supervisors_max = 1;
	ask(&a, &world, NULL, NULL);
	const struct carved_mend_change *change =
		expect(&a, 0, 0, CARVED_MEND_OTHER_SUPERVISOR, "/jobs/0/tasks/1/supervisor", "\"ann\""); // the shorter task
	assert_string_equal(change->from, "bob");
	expect(&a, 1, 0, CARVED_MEND_OTHER_SUPERVISOR, "/jobs/0/tasks/0/supervisor", "\"bob\"");
	expect(&a, 2, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "2.5"); // a wish comes last
	end(&a, &world);
}

static void hours_come_as_near_to_the_wish_as_they_can(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	world_add_candidate(&world, "K-1");
	world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 13);
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_FEWER_HOURS, "/hours/min", "3.25");
	end(&a, &world);
	world_init(&world);
	world_add_candidate(&world, "K-1")->per_day_q = 64;
	world_add_task(&world, world_add_vacancy(&world, world_add_site(&world, "S-1"), "kitchen"), "dishes", 38);
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_MORE_HOURS, "/hours/max", "9.5");
	assert_int_equal(a.found.items[0].changes[0].size, 6);
	end(&a, &world);
}

static void guidance_is_asked_for_as_much_as_is_missing(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 20);
	c->buddy_q = 46;
	ask(&a, &world, NULL, NULL);
	expect(&a, 0, 0, CARVED_MEND_MORE_SUPERVISION, "/supervision", "{\"hours\":11.5}");
	carved_mends_deinit(&a.found);
	carved_region_unref(a.region);
	c->buddy_q = 0;
	c->coach_q = 42;
	ask(&a, &world, NULL, NULL);
	const struct carved_mend_change *change = expect(&a, 0, 0, CARVED_MEND_MORE_COACHING, "/hours", "10.5");
	assert_string_equal(change->ref, "C-1");
	assert_int_equal(change->size, 2);
	end(&a, &world);
}

static void where_one_change_does_not_do_two_are_named_together(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_task *task =
		world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 16);
	task->when = 0x1;
	c->available_q[0] = 0;
	c->buddy_q = 41;
	world_add_level(&world, &c->limitations, "d430", 3);
	world_add_aid(&world, c, "d430", 1, "lifting-aid", CARVED_TECHNIQUE);
	ask(&a, &world, NULL, NULL);
	assert_int_equal(a.found.items[0].count, 2);
	expect(&a, 0, 0, CARVED_MEND_MOVE_TIME, "/jobs/0/tasks/0/when", "[\"mon-am\",\"mon-pm\"]");
	expect(&a, 0, 1, CARVED_MEND_MORE_SUPERVISION, "/supervision", "{\"hours\":10.25}");
	assert_int_equal(a.found.complete_to, 2);
	carved_mends_deinit(&a.found);
	carved_region_unref(a.region);
	world_add_level(&world, &task->demands, "d430", 2);
	ask(&a, &world, NULL, NULL);
	assert_int_equal(a.found.items[0].count, 3);
	expect(&a, 0, 1, CARVED_MEND_ADD_AID, "/facilities", "[\"lifting-aid\"]");
	end(&a, &world);
}

static void what_people_must_decide_is_no_change(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	world_add_task(&world, world_add_job(&world, world_add_site(&world, "S-1"), "nurse"), "linen", 20);
	c->max_minutes = 5;
	ask(&a, &world, NULL, NULL);
	assert_int_equal(a.found.count, 0);
	assert_int_equal(a.found.complete_to, CARVED_MEND_MOST);
	carved_mends_deinit(&a.found);
	carved_region_unref(a.region);
	c->max_minutes = 45;
	c->consent_expires = WORLD_DATE - 1;
	ask(&a, &world, NULL, NULL);
	assert_int_equal(a.found.count, 0);
	assert_int_equal(a.found.complete_to, CARVED_MEND_MOST);
	end(&a, &world);
}

static void a_task_asked_about_is_part_of_every_package_shown(void **state)
{
	struct world world;
	struct asked a;
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_job *nurse = world_add_job(&world, world_add_site(&world, "S-1"), "nurse");
	world_add_task(&world, nurse, "linen", 20);
	struct carved_task *meals = world_add_task(&world, nurse, "meals", 8);
	meals->when = 0x1;
	c->available_q[0] = 0;
	ask(&a, &world, "nurse", "meals");
	assert_true(a.found.count > 0);
	assert_string_equal(a.found.items[0].changes[0].path, "/jobs/0/tasks/1/when");
	const struct carved_proposal *p = &a.found.items[0].plan.proposals[0];
	bool has = false;
	for (size_t i = 0; i < p->piece_count; i++)
		has = has || p->pieces[i].slot == 1;
	assert_true(has);
	end(&a, &world);
}

static void a_search_that_ran_out_of_tries_says_so(void **state)
{
	struct world world;
	struct asked a = {0};
	const struct carved_mend_reach reach = {.most = 1};
	(void)state;
	world_init(&world);
	struct carved_candidate *c = world_add_candidate(&world, "K-1");
	struct carved_job *job = world_add_job(&world, world_add_site(&world, "S-1"), "nurse");
	world_add_task(&world, job, "linen", 16)->when = 0x1;
	world_add_task(&world, job, "meals", 16)->when = 0x1;
	c->available_q[0] = 0;
	carved_weights_init(&a.weights);
	a.region = world_text_read(&world);
	a.question = (struct carved_advise_question){
		.region = a.region, .date = WORLD_DATE, .weights = &a.weights, .node_limit = 5000, .tries = 1, .items = 5};
	carved_mends_find(&a.question, &reach, &a.found);
	assert_int_equal(a.found.complete_to, 0);
	assert_int_equal(a.found.tries, 1);
	end(&a, &world);
}

// ---- tiny worlds

enum { TINY_SLOTS = 4, TINY_HOURS = 3 };

struct walk {
	const struct carved_region *cell;
	struct carved_slot_table *table;
	const struct carved_slots *slots;
	struct carved_weights weights;
	struct carved_proposal proposal;
	struct carved_proposal_piece pieces[2 * TINY_SLOTS];
};

static bool is_valid(struct walk *w)
{
	for (int kind = 0; w->proposal.piece_count && kind < 2; kind++) {
		struct carved_violations violations = {0};
		w->proposal.kind = (enum carved_package_kind)kind;
		carved_check_pieces(w->cell, w->table, WORLD_DATE, &w->weights, &w->proposal, &violations);
		bool valid = violations.count == 0;
		carved_violations_deinit(&violations);
		if (valid)
			return true;
	}
	return false;
}

static bool walk(struct walk *w, size_t slot)
{
	if (slot == w->slots->count)
		return is_valid(w);
	for (int q = w->slots->items[slot].hours_q; q >= 0; q--) {
		size_t before = w->proposal.piece_count;
		if (q)
			w->pieces[w->proposal.piece_count++] = (struct carved_proposal_piece){.slot = slot, .hours_q = q};
		bool found = walk(w, slot + 1);
		w->proposal.piece_count = before;
		if (found)
			return true;
	}
	return false;
}

static bool some_package_is_valid(void *context, const struct carved_region *cell)
{
	(void)context;
	struct walk w = {.cell = cell, .table = carved_slot_table_new(cell)};
	carved_weights_init(&w.weights);
	w.slots = carved_slot_table_site(w.table, 0);
	w.proposal.pieces = w.pieces;
	assert_true(w.slots->count <= 2 * TINY_SLOTS);
	bool found = walk(&w, 0);
	carved_slot_table_free(w.table);
	return found;
}

static void make_tiny_task(struct carved_task *task, struct random_stream *random)
{
	static const char *const names[3] = {NULL, "ann", "bob"};
	int fixed = random_chance(random, 25);
	task->fixed = fixed;
	task->hours_q = fixed ? 0 : 1 + (int)random_below(random, TINY_HOURS);
	memset(task->fixed_q, 0, sizeof task->fixed_q);
	if (fixed)
		task->fixed_q[4 * random_below(random, 2)] = (uint16_t)(1 + random_below(random, TINY_HOURS));
	task->chunk_q = 1 + (int)random_below(random, 3);
	task->undone = false;
	task->supervisor = names[random_below(random, 3)];
	task->when = !fixed && random_chance(random, 50) ? 0x1 : 0;
}

static void make_tiny(struct world *world, uint64_t seed)
{
	struct random_stream random = {.state = seed * 131 + 9};
	random_world_init(world, seed);
	for (size_t i = 0; i < world->region.count[CARVED_KIND_CANDIDATE]; i++) {
		struct carved_candidate *c = &world->documents[CARVED_KIND_CANDIDATE][i]->candidate;
		c->min_q = 2 + (int)random_below(&random, 5);
		c->max_q = c->min_q + (int)random_below(&random, 2);
		c->per_day_q = 3 + (int)random_below(&random, 3);
		c->per_visit_q = (int)random_below(&random, 2);
		c->supervisors_max = (uint16_t)random_below(&random, 2);
		c->waiting_since = CARVED_DATE_NONE;
		if (c->build_up_count)
			c->build_up[0].hours_q = 1 + (int)random_below(&random, 3);
		for (int part = 0; part < CARVED_DAY_PARTS; part++)
			c->available_q[part] = part != 0 && part < 8 && part % 4 < 2 && random_chance(&random, 60) ? 4 : 0;
		c->available_q[1] = 4;
		if (random_chance(&random, 60))
			world_add_aid(world, c, random_chance(&random, 50) ? "d430" : "d720", 0, "hoist", CARVED_TECHNIQUE);
	}
	for (size_t s = 0; s < world->region.count[CARVED_KIND_SITE]; s++) {
		struct carved_site *site = &world->documents[CARVED_KIND_SITE][s]->site;
		size_t left = TINY_SLOTS;
		site->open = 0x33;
		site->supervision_q = 4 + (int)random_below(&random, 8);
		for (size_t j = site->job_count; j-- > 0;) {
			struct carved_job *job = &site->jobs[j];
			job->openings = 1;
			job->task_count = job->task_count < left ? job->task_count : left;
			left -= job->task_count;
			for (size_t t = 0; t < job->task_count; t++)
				make_tiny_task(&job->tasks[t], &random);
		}
		while (site->job_count > 0 && site->jobs[0].task_count == 0) {
			site->jobs++;
			site->job_count--;
		}
	}
}

static void expect_as_small(const struct asked *a, const struct mend_brute *brute, uint64_t seed, size_t c)
{
	const char *told = a->found.count ? carved_mend_names[a->found.items[0].changes[0].kind] : "nothing";
	bool single = a->found.count && a->found.items[0].count == 1;
	if ((brute->found > 0) != single)
		fail_msg("seed %d, candidate %zu: %s is told, %d single changes help, %s of %d the smallest", (int)seed, c, told,
			brute->found, carved_mend_names[brute->best_kind], brute->best_size);
	if (!single)
		return;
	const struct carved_mend_change *best = &a->found.items[0].changes[0];
	enum carved_mend_class class = carved_mend_classes[best->kind];
	if (class > brute->best_class || (class == brute->best_class && best->size > brute->best_size))
		fail_msg("seed %d, candidate %zu: %s of %d is told, %s of %d is smaller", (int)seed, c, told, best->size,
			carved_mend_names[brute->best_kind], brute->best_size);
}

// Makes a set of changes by their paths and values, and looks at every package that there is then.
static void expect_to_help(const struct asked *a, const struct carved_mend *mend)
{
	struct carved_document *documents[CARVED_KINDS] = {0};
	const char *refs[CARVED_KINDS] = {
		[CARVED_KIND_CANDIDATE] = carved_region_candidate(a->region, a->question.candidate)->ref,
		[CARVED_KIND_SITE] = carved_region_site(a->region, a->question.site)->ref,
		[CARVED_KIND_COACH] = carved_region_candidate(a->region, a->question.candidate)->coach};
	struct carved_region *after = carved_region_ref(a->region);
	for (size_t i = 0; i < mend->count; i++) {
		const struct carved_mend_change *change = &mend->changes[i];
		const struct carved_document *before = carved_region_find(after, change->document, change->ref);
		struct carved_json_edit edit;
		struct carved_buffer text = CARVED_BUFFER_INIT;
		struct carved_parsed parsed = {0};
		struct carved_findings findings = {0};
		assert_true(carved_json_edit_open(&edit, before->json, before->json_length, NULL));
		assert_true(change->value ? carved_json_edit_set(&edit, change->path, change->value, NULL)
					  : carved_json_edit_remove(&edit, change->path, NULL));
		carved_json_format(edit.root, &text);
		assert_true(carved_parse_documents(
			text.data, text.length, CARVED_FORMAT_JSON, CARVED_DATE_NONE, NULL, &parsed, &findings));
		struct carved_region_change put = {.kind = change->document, .ref = change->ref, .document = parsed.documents[0]};
		struct carved_region *next = carved_region_apply(after, &put, 1);
		carved_region_unref(after);
		after = next;
		carved_parsed_deinit(&parsed);
		carved_findings_deinit(&findings);
		carved_buffer_deinit(&text);
		carved_json_edit_deinit(&edit);
	}
	for (int kind = 0; kind < CARVED_KIND_VOCABULARY; kind++)
		documents[kind] = carved_region_find(after, (enum carved_kind)kind, refs[kind]);
	struct carved_region *cell = carved_region_cell(
		after, documents[CARVED_KIND_CANDIDATE], documents[CARVED_KIND_SITE], documents[CARVED_KIND_COACH]);
	assert_true(some_package_is_valid(NULL, cell));
	carved_region_unref(cell);
	carved_region_unref(after);
}

static void of_tiny_worlds_no_single_change_is_smaller_and_all_that_is_told_helps(void **state)
{
	int pairs = 0, kinds[CARVED_MEND_KINDS] = {0}, sizes[CARVED_MEND_MOST + 1] = {0};
	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct world world;
		struct asked a;
		make_tiny(&world, seed);
		struct carved_region *region = world_text_read(&world);
		size_t c = seed % 5, s = seed % 2;
		struct mend_brute brute = {
			.region = region, .candidate = c, .site = s, .fine = true, .fits = some_package_is_valid};
		struct carved_region *cell = carved_region_cell(region, region->documents[CARVED_KIND_CANDIDATE][c],
			region->documents[CARVED_KIND_SITE][s],
			carved_region_find(region, CARVED_KIND_COACH, carved_region_candidate(region, c)->coach));
		bool fits = some_package_is_valid(NULL, cell);
		carved_region_unref(cell);
		world_deinit(&world);
		if (fits) {
			carved_region_unref(region);
			continue;
		}
		pairs++;
		mend_brute_run(&brute);
		ask_on(&a, region, c, s, NULL, NULL, 2);
		expect_as_small(&a, &brute, seed, c);
		assert_true(a.found.complete_to > 0);
		for (size_t i = 0; i < a.found.count; i++) {
			expect_to_help(&a, &a.found.items[i]);
			kinds[a.found.items[i].changes[0].kind]++;
		}
		sizes[a.found.count ? a.found.items[0].count : 0]++;
		end(&a, NULL);
	}
	print_message("%d pairs that do not fit: %d mended by one change, %d by two, %d by neither;", pairs, sizes[1], sizes[2],
		sizes[0]);
	for (int kind = 0; kind < CARVED_MEND_KINDS; kind++)
		print_message(" %s %d", carved_mend_names[kind], kinds[kind]);
	print_message("\n");
	assert_true(pairs > 8 && sizes[1] > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lifting_aid_is_what_is_missing),
		cmocka_unit_test(a_task_of_the_morning_is_moved_to_when_the_person_is_there),
		cmocka_unit_test(a_fixed_time_is_moved_with_its_hours),
		cmocka_unit_test(somebody_who_never_works_evenings_is_helped_by_the_day),
		cmocka_unit_test(a_vacancy_fits_without_the_task_that_is_too_heavy),
		cmocka_unit_test(two_tasks_under_one_supervisor_are_enough),
		cmocka_unit_test(hours_come_as_near_to_the_wish_as_they_can),
		cmocka_unit_test(guidance_is_asked_for_as_much_as_is_missing),
		cmocka_unit_test(where_one_change_does_not_do_two_are_named_together),
		cmocka_unit_test(what_people_must_decide_is_no_change),
		cmocka_unit_test(a_task_asked_about_is_part_of_every_package_shown),
		cmocka_unit_test(a_search_that_ran_out_of_tries_says_so),
		cmocka_unit_test(of_tiny_worlds_no_single_change_is_smaller_and_all_that_is_told_helps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
