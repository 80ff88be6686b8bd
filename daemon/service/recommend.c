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

static bool write_item(struct writing *w, const struct carved_recommendation *item)
{
	const struct carved_ground *ground = w->ground;
	struct carved_plan plan;
	if (!carved_single_make(w->single, &item->package, &plan, w->error))
		return false;
	carved_json_begin_object(w->writer, NULL);
	carved_plan_format_proposal(&plan, ground->region, carved_singles_table(ground->singles), 0, w->writer);
	carved_json_add_integer(w->writer, "net", item->package.value - carved_ceil_div(item->paid, CARVED_MICRO));
	carved_json_add_bool(w->writer, "exact", item->exact);
	carved_json_end_object(w->writer);
	carved_plan_deinit(&plan);
	return true;
}

static bool write_items(struct writing *w, uint32_t *ret_count)
{
	struct carved_recommend_query query = {.count = w->order->limit,
		.node_limit = w->order->config->recommend_nodes,
		.further_nodes = w->order->config->recommend_further_nodes};
	struct carved_recommendations answer = {0};
	bool good = true;
	w->advisor = carved_advisor_new(&w->ground->instance, (uint32_t)w->candidate);
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
	carved_json_add_text(writer, "plan", NULL);
	carved_json_begin_array(writer, "items");
	if (carved_rules_may_be_matched(person, ground->date))
		good = write_items(&w, &count);
	carved_json_end_array(writer);
	carved_json_add_text(writer, "reason", count ? NULL : carved_rule_names[carved_single_reason(w.single)]);
	carved_single_free(w.single);
	return good;
}
