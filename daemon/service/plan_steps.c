// SPDX-License-Identifier: EUPL-1.2
#include "plan_steps.h"
#include "carved/model/compile.h"
#include "idempotency.h"
#include "plan_judge.h"
#include "plan_run.h"
#include <string.h>

// ---- reader

void carved_plan_step_read(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	struct carved_store *store = run->service->read_store;
	bool good = run->head.simulated || carved_plan_base_read_decided(&run->base, store, &run->failure);
	if (good && carved_plan_base_is_wanted(&run->base))
		carved_plan_base_read(&run->base, store, run->call->arena, &run->at_fault, &run->failure);
}

// ---- work threads

void carved_plan_step_compile(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	const struct carved_weights *weights = &run->service->config->weights;
	uint64_t began = uv_hrtime();
	carved_compile(run->region, run->head.date, weights, &run->instance);
	if (atomic_load(&run->spared))
		return;
	run->head.input_hash = carved_compile_hash(run->region, run->head.date, weights);
	if (carved_instance_check(&run->instance, &run->failure) &&
		carved_plan_base_lay(&run->base, run->region, run->head.date, weights, &run->instance, &run->failure) &&
		carved_instance_check(&run->instance, &run->failure) && (run->base.past || run->base.start.package_count > 0))
		run->request.start = &run->base.start;
	run->compile_ms = (uv_hrtime() - began) / 1000000;
}

void carved_plan_step_look(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, looking);
	run->outlook = carved_outlook_new(run->region, run->head.date, &run->service->config->weights, &run->spared);
}

static void format_texts(struct carved_plan_run *run, const struct carved_slot_table *table, const struct carved_plan *plan)
{
	struct carved_plan_result result = {.region = run->region,
		.table = table,
		.plan = plan,
		.solution = &run->solution,
		.base = &run->base,
		.course = &run->course,
		.course_ms = carved_plan_run_ms(run),
		.ended_by = run->ended_by,
		.cancelled = carved_plan_run_is_cancelled(run),
		.ended_at = carved_service_now()};
	carved_plan_format_texts(&run->head, &result, &run->texts);
}

void carved_plan_step_make(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	struct carved_slot_table *table = carved_slot_table_new(run->region);
	struct carved_plan plan = {0};
	struct carved_error error;
	struct carved_plan_case asked = {.name = run->head.id,
		.plan = run->head.id,
		.region = run->region,
		.table = table,
		.date = run->head.date,
		.weights = &run->service->config->weights,
		.outlook = run->outlook,
		.pins = &run->base.stay,
		.early = run->early};
	if (run->early)
		carved_plan_base_raise_bound(&run->base, &run->solution);
	else if (run->base.pinned_count > 0)
		carved_plan_base_add_pinned(&run->base, &run->solution);
	if (carved_plan_judge(&asked, &run->solution, &plan, &error)) {
		plan.review_months = (int)run->service->config->documents.review_months;
		format_texts(run, table, &plan);
		carved_error_set(&run->failure, CARVED_OK);
		carved_plan_deinit(&plan);
	} else {
		run->failure = error;
	}
	carved_slot_table_free(table);
}

// ---- writer

void carved_plan_step_add(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	struct carved_store_plan_start start = {.date = run->head.date,
		.simulated = run->head.simulated,
		.seed = run->head.seed,
		.who = run->head.created_by,
		.when = run->head.created_at};
	struct carved_buffer event = CARVED_BUFFER_INIT;
	struct carved_store_keep keep;
	if (carved_idempotency_keep(run->call, &keep)) {
		keep.status = 202;
		start.keep = &keep;
	}
	carved_plan_tell_start(run, &event);
	start.event = event.data;
	carved_store_plan_add(run->service->store, &start, run->head.id, &run->failure);
	carved_buffer_deinit(&event);
}

static enum carved_store_plan_state final_state(const struct carved_plan_run *run)
{
	if (run->texts.body.length > 0)
		return carved_plan_run_is_cancelled(run) ? CARVED_STORE_PLAN_CANCELLED : CARVED_STORE_PLAN_DONE;
	return run->failure.code == CARVED_SOLVER_CANCELLED ? CARVED_STORE_PLAN_CANCELLED : CARVED_STORE_PLAN_FAILED;
}

// What was declined while the plan was made is proposed to nobody. What else has changed meanwhile the store knows.
static void leave_out_declined(struct carved_plan_run *run)
{
	const struct carved_region *head = run->service->head;
	if (head->exclusions == run->region->exclusions)
		return;
	for (size_t i = 0; i < run->texts.count; i++) {
		struct carved_store_proposal *item = &run->texts.items[i];
		const struct carved_document *candidate = carved_region_find(head, CARVED_KIND_CANDIDATE, item->candidate);
		const struct carved_document *site = carved_region_find(head, CARVED_KIND_SITE, item->site);
		if (candidate && site && carved_rules_is_excluded(head, &candidate->candidate, &site->site))
			item->state = CARVED_STORE_STALE;
	}
}

void carved_plan_step_store(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	struct carved_store_plan_end end = {.state = final_state(run), .when = carved_service_now()};
	struct carved_buffer event = CARVED_BUFFER_INIT;
	struct carved_error error;
	if (end.state == CARVED_STORE_PLAN_CANCELLED && run->texts.summary.length == 0)
		carved_plan_format_empty(&run->head, end.when, &run->texts.summary);
	if (!run->head.simulated)
		leave_out_declined(run);
	end.summary = run->texts.summary.data;
	end.body = run->texts.body.data;
	carved_plan_tell_end(run, end.state, &event);
	end.event = event.data;
	end.failure = end.state == CARVED_STORE_PLAN_FAILED ? &run->failure : NULL;
	if (!carved_store_plan_end(run->service->store, run->head.id, &end, run->texts.items, run->texts.count, &error))
		run->failure = error;
	carved_buffer_deinit(&event);
}
