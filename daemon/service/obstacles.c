// SPDX-License-Identifier: EUPL-1.2
// GET /v1/candidates/{ref}/obstacles: why not, and the smallest change that makes it fit. Waits for the ground of the newest region (ground_keeper.c), then is
// answered on a work thread. Rules and advice are about an empty region, what the documents allow; somebody who fits there is told what the last plan has
// taken of it.
#include "admit.h"
#include "carved/advise/advice_format.h"
#include "carved/advise/opening.h"
#include "carved/advise/taken.h"
#include "ground.h"
#include "state.h"
#include <stdlib.h>
#include <string.h>

struct question {
	struct carved_errand errand;
	struct carved_ground_wait wait;
	struct carved_call *call;
	const struct carved_config *config;
	const char *site, *job, *task; // NULL: not asked about; without a site: all of them
	struct carved_ground *ground;
	struct carved_buffer body;
	struct carved_error error; // code 0: none
};

static void free_question(struct question *q)
{
	carved_ground_unref(q->ground);
	carved_buffer_deinit(&q->body);
	free(q);
}

// ---- on a work thread

static bool fail_document(struct question *q, enum carved_kind kind, const char *ref)
{
	carved_error_set(&q->error, CARVED_DOCUMENT_NOT_FOUND);
	carved_error_add(&q->error, "kind", carved_kind_names[kind]);
	carved_error_add(&q->error, "ref", ref);
	return false;
}

static const struct carved_job *find_job(const struct carved_site *site, const char *ref)
{
	for (size_t j = 0; j < site->job_count; j++) {
		if (strcmp(site->jobs[j].ref, ref) == 0)
			return &site->jobs[j];
	}
	return NULL;
}

static bool has_task(const struct carved_job *job, const char *ref)
{
	for (size_t t = 0; t < job->task_count; t++) {
		if (strcmp(job->tasks[t].ref, ref) == 0)
			return true;
	}
	return false;
}

// Whether the job and task that are asked about are there.
static bool find_work(struct question *q, const struct carved_site *site)
{
	const struct carved_job *job = q->job ? find_job(site, q->job) : NULL;
	if (!q->job || (job && (!q->task || has_task(job, q->task))))
		return true;
	carved_error_set(&q->error, job ? CARVED_TASK_NOT_FOUND : CARVED_WORK_NOT_FOUND);
	carved_error_add(&q->error, "site", site->ref);
	carved_error_add(&q->error, "work", q->job);
	if (job)
		carved_error_add(&q->error, "task", q->task);
	return false;
}

static bool find_scope(struct question *q, struct carved_advise_question *ret_asked)
{
	const struct carved_ground *ground = q->ground;
	const char *ref = q->call->parameter;
	*ret_asked = (struct carved_advise_question){.region = ground->region,
		.candidate = carved_region_index(ground->region, CARVED_KIND_CANDIDATE, ref),
		.site = q->site ? carved_region_index(ground->region, CARVED_KIND_SITE, q->site) : 0,
		.job = q->job,
		.task = q->task,
		.date = ground->date,
		.weights = &q->config->weights,
		.limits = &q->config->documents,
		.node_limit = q->config->advice_nodes,
		.tries = q->config->advice_tries,
		.items = q->config->advice_items};
	if (ret_asked->candidate == SIZE_MAX) // deleted since the question came in
		return fail_document(q, CARVED_KIND_CANDIDATE, ref);
	if (!q->site)
		return true;
	if (ret_asked->site == SIZE_MAX)
		return fail_document(q, CARVED_KIND_SITE, q->site);
	return find_work(q, carved_region_site(ground->region, ret_asked->site));
}

static size_t find_taken(struct question *q, const struct carved_advise_question *asked, struct carved_obstacle *ret_rules)
{
	const struct carved_ground *ground = q->ground;
	return carved_advise_taken(&ground->instance, ground->asks, (uint32_t)asked->candidate, (uint32_t)asked->site,
		&ground->standing, carved_past_find(ground->past, q->call->parameter), asked->node_limit, ret_rules);
}

// What other people's packages of the last plan leave; null without a plan, or where the person does not fit anyway.
static void write_taken(
	struct question *q, const struct carved_advise_question *asked, bool fits, struct carved_json_writer *writer)
{
	const struct carved_ground *ground = q->ground;
	struct carved_obstacle rules[CARVED_TAKEN_MOST];
	if (!fits || !ground->past) {
		carved_json_add_text(writer, "taken", NULL);
		return;
	}
	size_t count = find_taken(q, asked, rules);
	const struct carved_obstacle_list list = {.items = rules, .count = count};
	carved_json_begin_object(writer, "taken");
	carved_json_add_text(writer, "plan", carved_past_plan(ground->past));
	carved_obstacle_list_format(writer, "rules", &list);
	carved_json_end_object(writer);
}

static void write_site(struct question *q, const struct carved_advise_question *asked, struct carved_json_writer *writer)
{
	const struct carved_mend_reach reach = {.most = CARVED_MEND_MOST};
	struct carved_obstacles obstacles = {0};
	struct carved_mends mends = {0};
	carved_obstacles_find(asked, &obstacles);
	carved_json_add_text(writer, "site", q->site);
	carved_json_add_text(writer, "work", q->job);
	carved_json_add_text(writer, "task", q->task);
	carved_obstacles_format(&obstacles, writer);
	write_taken(q, asked, obstacles.fits, writer);
	if (!obstacles.fits)
		carved_mends_find(asked, &reach, &mends);
	carved_json_begin_object(writer, "mends");
	carved_mends_format(&mends, writer);
	carved_json_end_object(writer);
	carved_mends_deinit(&mends);
	carved_obstacles_deinit(&obstacles);
}

// The same over the sites where the person fits: at how many there is room, and at how many each rule keeps the person out.
static void write_taken_sites(struct question *q, const struct carved_advise_question *asked,
	const struct carved_openings *openings, struct carved_json_writer *writer)
{
	const struct carved_ground *ground = q->ground;
	size_t sites[CARVED_RULE_COUNT] = {0}, room = 0;
	if (!openings->fit || !ground->past) {
		carved_json_add_text(writer, "taken", NULL);
		return;
	}
	for (size_t s = 0; s < openings->fit; s++) {
		struct carved_advise_question at = *asked;
		struct carved_obstacle rules[CARVED_TAKEN_MOST];
		at.site = openings->fit_sites[s];
		size_t count = find_taken(q, &at, rules);
		room += count == 0;
		for (size_t i = 0; i < count; i++)
			sites[rules[i].rule]++;
	}
	carved_json_begin_object(writer, "taken");
	carved_json_add_text(writer, "plan", carved_past_plan(ground->past));
	carved_json_add_integer(writer, "room", (int64_t)room);
	carved_json_begin_array(writer, "rules");
	for (int r = 0; r < CARVED_RULE_COUNT; r++) {
		if (!sites[r])
			continue;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "rule", carved_rule_names[r]);
		carved_json_add_integer(writer, "sites", (int64_t)sites[r]);
		carved_json_end_object(writer);
	}
	carved_json_end_array(writer);
	carved_json_end_object(writer);
}

// Over all sites: where the person fits, what stands in the way elsewhere, and which changes would open most.
static void write_sites(struct question *q, const struct carved_advise_question *asked, struct carved_json_writer *writer)
{
	struct carved_openings openings = {0};
	bool consent = carved_rules_may_be_matched(carved_region_candidate(asked->region, asked->candidate), asked->date);
	carved_openings_find(asked, q->config->advice_sites, &openings);
	carved_json_add_text(writer, "site", NULL);
	carved_json_begin_array(writer, "conditions");
	if (!consent)
		carved_json_add_text(writer, NULL, "consent");
	carved_json_end_array(writer);
	carved_openings_format(&openings, writer);
	write_taken_sites(q, asked, &openings, writer);
	carved_openings_deinit(&openings);
}

static void run(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	struct carved_json_writer writer = CARVED_JSON_WRITER(&q->body);
	struct carved_advise_question asked;
	if (find_scope(q, &asked)) {
		carved_json_begin_object(&writer, NULL);
		carved_json_add_text(&writer, "candidate", q->call->parameter);
		carved_json_add_date(&writer, "date", q->ground->date);
		(q->site ? write_site : write_sites)(q, &asked, &writer);
		carved_json_end_object(&writer);
	}
	carved_ground_unref(q->ground); // the last one is slow to free: not on the loop
	q->ground = NULL;
}

// ---- on the loop

static void done(struct carved_errand *errand)
{
	struct question *q = carved_container_of(errand, struct question, errand);
	if (q->error.code == CARVED_OK)
		carved_reply_json(q->call, 200, NULL, 0, &q->body);
	else
		carved_reply_failure(q->call, &q->error);
	free_question(q);
}

static void ground_ready(struct carved_ground_wait *wait, struct carved_ground *ground, struct carved_past *past,
	const struct carved_error *failure)
{
	struct question *q = carved_container_of(wait, struct question, wait);
	carved_past_unref(past); // the ground has its own
	q->ground = ground;
	q->errand = (struct carved_errand){.run = run, .done = done};
	if (!carved_admit_to_work_behind(q->call, failure, &q->errand))
		free_question(q);
}

static struct carved_answer_owed reply_needs(struct carved_call *call, const char *key, const char *needed)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_QUERY_NEEDS);
	carved_error_add(&error, "key", key);
	carved_error_add(&error, "needed", needed);
	return carved_reply_problem(call, 400, &error);
}

struct carved_answer_owed carved_obstacles_get(struct carved_call *call)
{
	struct carved_service *service = call->service;
	const char *site = carved_http_exchange_query(call->exchange, "site", NULL),
		   *job = carved_http_exchange_query(call->exchange, "job", NULL),
		   *task = carved_http_exchange_query(call->exchange, "task", NULL);
	if (!carved_region_find(service->region, CARVED_KIND_CANDIDATE, call->parameter))
		return carved_documents_not_found(call);
	if (job && !site)
		return reply_needs(call, "job", "site");
	if (task && !job)
		return reply_needs(call, "task", "job");
	struct question *q = carved_alloc_array(1, sizeof *q);
	*q = (struct question){.call = call, .config = service->config, .site = site, .job = job, .task = task};
	q->wait.ready = ground_ready;
	carved_ground_keeper_get(service->grounds, &q->wait);
	return carved_reply_later();
}
