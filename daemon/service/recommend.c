// SPDX-License-Identifier: EUPL-1.2
#include "recommend.h"
#include "carved/advise/advise.h"
#include "carved/base/quarters.h"
#include "config.h"

struct writing {
	const struct carved_ground *ground;
	size_t candidate;
	const struct carved_recommend_order *order;
	struct carved_json_writer *writer;
	struct carved_error *error;
	struct carved_advisor *advisor;
	struct carved_single *single;
};

// People of the person's own coach by ref, others as a number only.
static void write_people(const struct writing *w, const struct carved_displacement *displaced)
{
	const struct carved_ground *ground = w->ground;
	uint32_t coach = ground->instance.candidates[w->candidate].coach;
	int64_t others = 0;
	carved_json_begin_array(w->writer, "own");
	for (uint32_t i = 0; i < displaced->count; i++) {
		uint32_t index = displaced->holdings[i];
		if (ground->standing.holdings[index].coach != coach) {
			others++;
			continue;
		}
		carved_json_begin_object(w->writer, NULL);
		carved_json_add_text(w->writer, "candidate", carved_past_candidate(ground->past, index));
		carved_json_add_text(w->writer, "proposal", carved_past_proposal(ground->past, index));
		carved_json_end_object(w->writer);
	}
	carved_json_end_array(w->writer);
	carved_json_add_integer(w->writer, "others", others);
}

static void write_displaced(const struct writing *w, const struct carved_package *package)
{
	const struct carved_ground *ground = w->ground;
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_displacement displaced;
	if (!ground->past) {
		carved_json_add_text(w->writer, "displaces", NULL);
		return;
	}
	uint32_t own = carved_past_find(ground->past, carved_region_candidate(ground->region, w->candidate)->ref);
	carved_advisor_displace(
		w->advisor, package, &ground->standing, own, w->order->config->recommend_displacement_nodes, &arena, &displaced);
	carved_json_begin_object(w->writer, "displaces");
	carved_json_add_integer(w->writer, "people", displaced.count);
	carved_json_add_integer(w->writer, "value", displaced.value);
	carved_json_add_bool(w->writer, "exact", displaced.exact);
	write_people(w, &displaced);
	carved_json_end_object(w->writer);
	carved_arena_deinit(&arena);
}

static bool write_item(struct writing *w, const struct carved_recommendation *item)
{
	const struct carved_ground *ground = w->ground;
	struct carved_plan plan;
	if (!carved_single_make(w->single, &item->package, &plan, w->error))
		return false;
	plan.review_months = (int)w->order->config->documents.review_months;
	carved_json_begin_object(w->writer, NULL);
	carved_plan_format_proposal(&plan, ground->region, carved_singles_table(ground->singles), 0, w->writer);
	carved_json_add_integer(w->writer, "net", item->package.value - carved_ceil_div(item->paid, CARVED_MICRO));
	carved_json_add_bool(w->writer, "exact", item->exact);
	write_displaced(w, &item->package);
	carved_json_end_object(w->writer);
	carved_plan_deinit(&plan);
	return true;
}

static bool write_items(struct writing *w, uint32_t *ret_count)
{
	struct carved_recommend_query query = {.prices = w->ground->past ? &w->ground->standing.prices : NULL,
		.count = w->order->limit,
		.node_limit = w->order->config->recommend_nodes,
		.further_nodes = w->order->config->recommend_further_nodes};
	struct carved_recommendations answer = {0};
	bool good = true;
	w->advisor = carved_advisor_new(&w->ground->instance, w->ground->asks, (uint32_t)w->candidate);
	carved_advisor_recommend(w->advisor, &query, &answer);
	for (uint32_t i = 0; good && i < answer.count; i++)
		good = write_item(w, &answer.items[i]);
	*ret_count = answer.count;
	carved_recommendations_deinit(&answer);
	carved_advisor_free(w->advisor);
	return good;
}

bool carved_recommend_write(const struct carved_ground *ground, size_t candidate, const struct carved_recommend_order *order,
	struct carved_json_writer *writer, struct carved_error *error)
{
	const struct carved_candidate *person = carved_region_candidate(ground->region, candidate);
	struct writing w = {.ground = ground, .candidate = candidate, .order = order, .writer = writer, .error = error};
	uint32_t count = 0;
	bool good = true;
	w.single = carved_single_new(ground->singles, candidate);
	carved_json_add_text(writer, "candidate", person->ref);
	carved_json_add_date(writer, "date", ground->date);
	carved_json_add_text(writer, "plan", ground->past ? carved_past_plan(ground->past) : NULL);
	carved_json_begin_array(writer, "items");
	if (carved_rules_may_be_matched(person, ground->date))
		good = write_items(&w, &count);
	carved_json_end_array(writer);
	carved_json_add_text(writer, "reason", count ? NULL : carved_rule_names[carved_single_reason(w.single)]);
	carved_single_free(w.single);
	return good;
}
