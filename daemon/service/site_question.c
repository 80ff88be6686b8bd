// SPDX-License-Identifier: EUPL-1.2
// GET /v1/sites/{ref}/recommendations: a small plan of one site, made while the client waits, checked like any plan, answered as roles without people, and not
// stored.
//
//               instance made              solver reaped              checked, written
//   COMPILING -----------------> SOLVING -----------------> MAKING -------------------> ENDED
//       | invalid, stopping,        | failed, crashed,                                    ^
//       | client gone               | client gone                                         |
//       +---------------------------+-----------------------------------------------------+
//
// COMPILING and MAKING run on work threads, SOLVING in a process of a pool of its own, so that it never waits behind a region's plan. A client that goes away is
// let go at once, and its solve cancelled; where carved stops the solve is cancelled too, and the best so far answered.
#include "site_question.h"
#include "admit.h"
#include "carved/model/compile.h"
#include "carved/model/part.h"
#include "carved/model/roles.h"
#include "html.h"
#include "plan_format.h"
#include "plan_judge.h"
#include "tag.h"
#include <stdlib.h>

enum state { COMPILING, SOLVING, MAKING, ENDED };

static const unsigned allowed[] = {
	[COMPILING] = 1u << SOLVING | 1u << ENDED,
	[SOLVING] = 1u << MAKING | 1u << ENDED,
	[MAKING] = 1u << ENDED,
};

#define SEED 1 // the same question has the same answer

struct carved_site_question {
	int state;
	struct carved_site_question *next, **link; // the service's list
	struct carved_service *service;
	uid_t uid;                // who asked
	struct carved_call *call; // NULL once the client has gone
	enum carved_language language;
	bool as_page;                 // HTML
	struct carved_region *region; // the snapshot that it began with
	size_t site;
	carved_date date;
	struct carved_region *part; // from COMPILING on
	struct carved_errand errand;
	// what has happened; callbacks set these and tick
	bool compiled, solved, made, stop_asked;
	struct carved_instance instance;
	struct carved_solve *solve;
	enum carved_solve_end end;
	bool has_solution;
	struct carved_solution solution;
	struct carved_buffer body;
	char tag[CARVED_TAG_MAX];    // of the body
	struct carved_error failure; // code 0: none
};

static void tick(struct carved_site_question *question);

static void move(struct carved_site_question *question, enum state next)
{
	if (!(allowed[question->state] & 1u << next))
		abort(); // a contract of ours, never a matter of input
	question->state = next;
}

static const char *ref_of(const struct carved_site_question *question)
{
	return carved_region_site(question->region, question->site)->ref;
}

// ---- COMPILING

static void run_compile(struct carved_errand *errand)
{
	struct carved_site_question *question = carved_container_of(errand, struct carved_site_question, errand);
	const struct carved_weights *weights = &question->service->config->weights;
	question->part = carved_region_part(question->region, question->site, question->date, weights);
	carved_compile(question->part, question->date, weights, &question->instance);
	carved_instance_check(&question->instance, &question->failure);
}

static void done_compile(struct carved_errand *errand)
{
	struct carved_site_question *question = carved_container_of(errand, struct carved_site_question, errand);
	question->compiled = true;
	tick(question);
}

// ---- SOLVING

static void on_greeted(void *context, uint32_t walls)
{
	struct carved_site_question *question = context;
	carved_service_note_walls(question->service, walls);
}

static void on_progress(void *context, const struct carved_wire_progress *progress)
{
	(void)context;
	(void)progress; // nobody is shown it
}

// A last word without a single package, because the time was up: nothing is known yet, and "no role can be made here" would be wrong.
static bool was_cut_short(const struct carved_site_question *question)
{
	const struct carved_solution *solution = &question->solution;
	return question->has_solution && solution->package_count == 0 && solution->bound > 0 &&
	       solution->ended_by == CARVED_ENDED_BY_TIME;
}

static void on_solved(
	void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error)
{
	struct carved_site_question *question = context;
	question->end = end;
	question->solve = NULL;
	question->has_solution = solution != NULL;
	if (solution)
		question->solution = *solution;
	if (error && end != CARVED_SOLVE_DONE)
		question->failure = *error;
	if (was_cut_short(question)) {
		carved_error_set(&question->failure, CARVED_SOLVER_DEADLINE);
		carved_error_add_number(&question->failure, "seconds", question->service->config->site_seconds);
	}
	question->solved = true;
	tick(question);
}

static bool start_solving(struct carved_site_question *question)
{
	struct carved_service *service = question->service;
	struct carved_solve_callbacks callbacks = {
		.greeted = on_greeted, .progress = on_progress, .done = on_solved, .context = question};
	struct carved_solve_request request = {
		.budget = service->config->site_budget, .seed = SEED, .safety_ms = service->config->site_seconds * 1000};
	if (question->failure.code == CARVED_OK && question->stop_asked)
		carved_error_set(&question->failure, CARVED_SOLVER_CANCELLED);
	if (question->failure.code == CARVED_OK)
		question->solve = carved_pool_start(
			service->site_pool, question->uid, &question->instance, &request, &callbacks, &question->failure);
	if (!question->solve)
		carved_instance_deinit(&question->instance);
	return question->solve != NULL;
}

static void stop_solving(struct carved_site_question *question)
{
	question->stop_asked = true;
	if (question->solve && !question->solved)
		carved_solve_cancel(question->solve);
}

// ---- MAKING

static void write_answer(
	struct carved_site_question *question, const struct carved_slot_table *table, const struct carved_plan *plan)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(&question->body);
	const struct carved_roles_view view = {.region = question->part,
		.table = table,
		.plan = plan,
		.limit = question->service->config->small_number,
		.language = question->language};
	struct carved_roles roles;
	carved_roles_make(question->part, table, plan, &roles);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "site", ref_of(question));
	carved_json_add_date(&writer, "date", question->date);
	carved_json_add_integer(&writer, "value", plan->value);
	carved_json_add_integer(&writer, "bound", plan->bound);
	carved_json_add_millionths(&writer, "gap", carved_plan_gap(plan->value, plan->bound));
	carved_roles_format_people(&writer, "candidates", question->part->count[CARVED_KIND_CANDIDATE], SIZE_MAX, view.limit);
	carved_roles_format(&roles, &view, &writer, "roles");
	carved_roles_format_site(&roles, &view, &writer);
	carved_json_end_object(&writer);
	carved_roles_deinit(&roles);
	if (question->as_page)
		carved_html_replace(&question->body, carved_report_site, question->language);
	carved_tag_of_content(question->body.data, question->body.length, question->tag);
}

static void run_make(struct carved_errand *errand)
{
	struct carved_site_question *question = carved_container_of(errand, struct carved_site_question, errand);
	struct carved_slot_table *table = carved_slot_table_new(question->part);
	struct carved_plan plan;
	struct carved_error error;
	struct carved_plan_case asked = {.name = ref_of(question),
		.region = question->part,
		.table = table,
		.date = question->date,
		.weights = &question->service->config->weights};
	if (carved_plan_judge(&asked, &question->solution, &plan, &error)) {
		write_answer(question, table, &plan);
		carved_error_set(&question->failure, CARVED_OK);
		carved_plan_deinit(&plan);
	} else { // which candidate it is about is nobody's affair here
		carved_error_set(&question->failure, CARVED_ROLES_INVALID);
		carved_error_add(&question->failure, "site", ref_of(question));
		carved_error_add(&question->failure, "rule", carved_error_get(&error, "rule"));
	}
	carved_slot_table_free(table);
}

static void done_make(struct carved_errand *errand)
{
	struct carved_site_question *question = carved_container_of(errand, struct carved_site_question, errand);
	question->made = true;
	tick(question);
}

// ---- the client

static void answer(struct carved_site_question *question)
{
	struct carved_call *call = question->call;
	question->call = NULL;
	if (!call)
		return;
	carved_http_exchange_on_gone(call->exchange, NULL, NULL);
	if (question->failure.code == CARVED_SOLVER_CANCELLED)
		carved_error_set(&question->failure, CARVED_STOPPING); // nobody else cancels while the client is there
	if (question->failure.code == CARVED_OK)
		carved_html_reply(call, question->tag, &question->body);
	else if (question->failure.code == CARVED_SOLVER_DEADLINE)
		carved_reply_problem(call, 503, &question->failure); // worth another try when the machine has less to do
	else
		carved_reply_failure(call, &question->failure);
}

static void on_gone(void *context)
{
	struct carved_site_question *question = context;
	struct carved_call *call = question->call;
	question->call = NULL;
	carved_reply_nothing(call); // into the void
	stop_solving(question);
}

// ---- the flow

static void start_errand(struct carved_site_question *question, void (*go)(struct carved_errand *errand),
	void (*done)(struct carved_errand *errand))
{
	question->errand = (struct carved_errand){.run = go, .done = done, .user = question->uid};
	carved_work_add_always(question->service->work, &question->errand);
}

static void end(struct carved_site_question *question)
{
	struct carved_service *service = question->service;
	move(question, ENDED);
	answer(question);
	*question->link = question->next;
	if (question->next)
		question->next->link = question->link;
	service->question_count--;
	carved_region_unref(question->part);
	carved_region_unref(question->region);
	if (question->has_solution)
		carved_solution_deinit(&question->solution);
	carved_buffer_deinit(&question->body);
	free(question);
	carved_service_tick(service);
}

// The whole behaviour: from what has happened, decide the next move.
static void tick(struct carved_site_question *question)
{
	switch ((enum state)question->state) {
	case COMPILING:
		if (question->compiled && start_solving(question))
			move(question, SOLVING);
		else if (question->compiled)
			end(question);
		break;
	case SOLVING:
		if (question->solved && question->call && !was_cut_short(question) &&
			carved_plan_is_kept(question->end, question->has_solution, question->failure.code)) {
			move(question, MAKING);
			start_errand(question, run_make, done_make);
		} else if (question->solved) {
			end(question);
		}
		break;
	case MAKING:
		if (question->made)
			end(question);
		break;
	case ENDED:
		break;
	}
}

static struct carved_answer_owed start(struct carved_call *call, size_t site, carved_date date)
{
	struct carved_service *service = call->service;
	struct carved_site_question *question = carved_alloc_array(1, sizeof *question);
	*question = (struct carved_site_question){.next = service->questions,
		.link = &service->questions,
		.service = service,
		.uid = call->request->uid,
		.call = call,
		.language = call->language,
		.as_page = carved_html_is_wanted(call->media),
		.region = carved_region_ref(service->region),
		.site = site,
		.date = date};
	if (question->next)
		question->next->link = &question->next;
	service->questions = question;
	service->question_count++;
	carved_http_exchange_on_gone(call->exchange, on_gone, question);
	start_errand(question, run_compile, done_compile);
	return carved_reply_later();
}

// ---- from the service

static unsigned questions_of(const struct carved_service *service, uid_t uid)
{
	unsigned count = 0;
	for (const struct carved_site_question *question = service->questions; question; question = question->next)
		count += question->uid == uid;
	return count;
}

struct carved_answer_owed carved_sites_recommend(struct carved_call *call)
{
	const struct carved_config *config = call->service->config;
	const char *date_text = carved_http_exchange_query(call->exchange, "date", NULL);
	size_t site = carved_region_index(call->service->region, CARVED_KIND_SITE, call->parameter);
	carved_date date = carved_service_today();
	if (site == SIZE_MAX)
		return carved_documents_not_found(call);
	if (date_text && !carved_date_parse(date_text, &date, NULL))
		return carved_reply_bad_query(call, "date", date_text, "YYYY-MM-DD");
	if (carved_service_is_stopping(call->service))
		return carved_reply_stopping(call);
	const struct carved_room room = {.of_user = questions_of(call->service, call->request->uid),
		.share = config->site_share,
		.of_all = call->service->question_count,
		.limit = config->site_workers + config->site_queue};
	if (!carved_admit_one_more(call, &room, &call->service->questions_refused))
		return carved_reply_busy(call);
	return start(call, site, date);
}

void carved_site_questions_stop(struct carved_service *service)
{
	for (struct carved_site_question *question = service->questions; question; question = question->next)
		stop_solving(question); // none of them ends within this call
}
