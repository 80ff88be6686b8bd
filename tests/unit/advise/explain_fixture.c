// SPDX-License-Identifier: EUPL-1.2
#include "explain_fixture.h"
#include <stdlib.h>

int explain_setup(void **state)
{
	struct explain_fixture *f = carved_alloc_array(1, sizeof *f);
	struct world *w = &f->world;
	world_init(w);
	carved_weights_init(&f->weights);
	f->candidate = world_add_candidate(w, "K-1");
	f->candidate->coach_q = 4;
	f->candidate->buddy_q = 8;
	f->candidate->waiting_since = WORLD_DATE - 770; // 2024-10-13: 25 whole months
	f->site = world_add_site(w, "S-1");
	f->nurse = world_add_job(w, f->site, "nurse");
	f->linen = world_add_task(w, f->nurse, "linen", 40);
	f->meals = world_add_task(w, f->nurse, "meals", 0);
	f->meals->fixed = true;
	f->meals->fixed_q[1] = 8;
	f->kitchen = world_add_vacancy(w, f->site, "kitchen");
	f->kitchen->has_carve = true;
	f->kitchen->share_permille = 1000;
	f->dishes = world_add_task(w, f->kitchen, "dishes", 12);
	f->floor = world_add_task(w, f->kitchen, "floor", 8);
	f->package = (struct world_package){"K-1", "S-1", CARVED_CARVED, {{LINEN, 11}, {MEALS, 8}}};
	*state = f;
	return 0;
}

static void forget(struct explain_fixture *f)
{
	carved_explanation_deinit(&f->explanation);
	carved_plan_deinit(&f->plan);
	carved_slot_table_free(f->table);
	carved_buffer_deinit(&f->json);
	f->table = NULL;
}

int explain_teardown(void **state)
{
	struct explain_fixture *f = *state;
	forget(f);
	carved_arena_deinit(&f->arena);
	world_deinit(&f->world);
	free(f);
	return 0;
}

void explain_prepare(struct explain_fixture *f)
{
	forget(f);
	f->table = carved_slot_table_new(&f->world.region);
	world_plan_make(&f->world, f->table, &f->weights, &f->package, 1, &f->plan);
	f->input = (struct carved_explain_input){.region = &f->world.region,
		.candidate = f->candidate,
		.site = f->site,
		.slots = carved_slot_table_site(f->table, 0),
		.coach = carved_region_coach(&f->world.region, 0),
		.proposal = &f->plan.proposals[0],
		.date = WORLD_DATE,
		.review_months = 6,
		.weights = &f->weights,
		.site_today = f->site,
		.today = WORLD_DATE};
}

const struct carved_explanation *explain(struct explain_fixture *f)
{
	explain_prepare(f);
	if (!carved_explain(&f->input, &f->explanation, &f->error))
		fail_msg("%s: %s", carved_code_name(f->error.code), carved_error_get(&f->error, "what"));
	return &f->explanation;
}

static const char *format(struct explain_fixture *f, enum carved_language language,
	void (*write)(const struct carved_explanation *, enum carved_language, struct carved_json_writer *))
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&f->json);
	carved_buffer_clear(&f->json);
	carved_json_begin_object(&writer, NULL);
	write(&f->explanation, language, &writer);
	carved_json_end_object(&writer);
	return f->json.data;
}

const char *explain_coach(struct explain_fixture *f, enum carved_language language)
{
	return format(f, language, carved_explanation_format);
}

const char *explain_employer(struct explain_fixture *f, enum carved_language language)
{
	return format(f, language, carved_explanation_format_employer);
}

const char *explain_candidate(struct explain_fixture *f, enum carved_language language)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&f->json);
	carved_buffer_clear(&f->json);
	carved_json_begin_object(&writer, NULL);
	carved_explanation_format_candidate(&f->explanation, language, &writer);
	carved_json_end_object(&writer);
	return f->json.data;
}

int64_t explain_sum_of(const struct carved_explanation *explanation, enum carved_explained_part part)
{
	int64_t sum = 0;
	for (size_t i = 0; i < explanation->line_count; i++)
		sum += explanation->lines[i].part == part ? explanation->lines[i].points : 0;
	return sum;
}

const struct carved_explained_line *explain_line(
	const struct carved_explanation *explanation, enum carved_explained_part part, enum carved_explained_line_kind kind)
{
	const struct carved_explained_line *found = NULL;
	for (size_t i = 0; i < explanation->line_count; i++) {
		const struct carved_explained_line *line = &explanation->lines[i];
		if (line->part != part || line->kind != kind)
			continue;
		assert_null(found);
		found = line;
	}
	assert_non_null(found);
	return found;
}

const struct carved_explained_category *explain_category(const struct carved_explanation *explanation, const char *code)
{
	for (size_t i = 0; i < explanation->category_count; i++) {
		if (explanation->categories[i].icf == carved_icf_find(code))
			return &explanation->categories[i];
	}
	return NULL;
}
