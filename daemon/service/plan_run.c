// SPDX-License-Identifier: EUPL-1.2
// One plan, from the request to the store.
//
// READING (what people have decided, and the plan to begin from)
//     | read; where it can't be: ENDED
//     v      id known           instance made          solver reaped         checked, written      on disk
//   ADDING ------------> COMPILING ------------> SOLVING ------------> MAKING ------------> STORING ------> ENDED
//     | the store fails      | invalid, queue full   | failed, crashed,       | the checker           ^
//     v                      +-----------------------+ cancelled with nothing | refuses it            |
//   ENDED                    +-----------------------+-----------------------+------------------------+
//
// READING runs on the reader's thread, ADDING and STORING on the writer's, COMPILING and MAKING on work threads, SOLVING in a process of its own. A plan that the checker refuses is
// never stored: it has failed, and says at which rule. While the solver works, a work thread looks at what can be said before there is a plan (the outlook). Once added,
// every plan ends in the store, whatever happens. What is done on which thread: plan_steps.c.
#include "plan_run.h"
#include "ground.h"
#include "idempotency.h"
#include "plan_judge.h"
#include "plan_steps.h"
#include "system/log.h"
#include <stdlib.h>
#include <string.h>

#define GAP_SLACK_PART                                                                                                           \
	40 // a plan from another ends once its gap is at most so small a part above that one's: a changed region may not allow the very same
#define END_COMPILES 4   // measured: bench/plan_end.c, xlarge
#define GAP_MOST 1000000 // millionths: the highest that a budget may say

enum state { READING, ADDING, COMPILING, SOLVING, MAKING, STORING, ENDED };

static const unsigned allowed[] = {
	[READING] = 1u << ADDING | 1u << ENDED,
	[ADDING] = 1u << COMPILING | 1u << ENDED,
	[COMPILING] = 1u << SOLVING | 1u << STORING,
	[SOLVING] = 1u << MAKING | 1u << STORING,
	[MAKING] = 1u << STORING,
	[STORING] = 1u << ENDED,
};

static void tick(struct carved_plan_run *run);

static void move(struct carved_plan_run *run, enum state next)
{
	if (!(allowed[run->state] & 1u << next))
		abort(); // a contract of ours, never a matter of input
	run->state = next;
}

// ---- the call that began it

static void answer_call(struct carved_plan_run *run)
{
	struct carved_call *call = run->call;
	run->call = NULL;
	carved_idempotency_end(call); // the plan is in the store, or never will be: however long its end is waited for
	if (carved_plan_base_is_request_fault(run->failure.code))
		carved_plan_order_refuse(call, run->at_fault, &run->failure);
	else if (run->failure.code != CARVED_OK)
		carved_reply_failure(call, &run->failure);
	else if (run->wait_seconds > 0)
		carved_plan_wait_add(run, call, run->wait_seconds);
	else
		carved_plan_run_reply(call, run);
}

// ---- READING

static void done_read(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	run->read = true;
	tick(run);
}

// ---- ADDING

static void done_add(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	run->added = true;
	tick(run);
}

// ---- COMPILING

static void done_compile(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	run->compiled = true;
	tick(run);
}

// ---- SOLVING

static void on_greeted(void *context, uint32_t walls)
{
	struct carved_plan_run *run = context;
	carved_service_note_walls(run->service, walls);
}

// What stands as it was is worth its points besides what the solver sees.
static void note_course(struct carved_plan_run *run)
{
	const struct carved_wire_progress *now = &run->progress;
	bool has_value = now->placed > 0, has_bound = now->bound > 0 && now->bound >= now->value;
	struct carved_plan_point point = {.ms = carved_plan_run_ms(run),
		.value = has_value ? now->value + run->base.pinned_value : -1,
		.bound = has_bound ? now->bound + run->base.pinned_value : -1};
	carved_plan_course_add(&run->course, &point);
}

static void on_progress(void *context, const struct carved_wire_progress *progress)
{
	struct carved_plan_run *run = context;
	run->progress = *progress;
	run->has_progress = true;
	note_course(run);
	carved_plan_tell_progress(run);
}

static const char *ended_by(const struct carved_plan_run *run)
{
	static const char *const names[] = {[CARVED_ENDED_BY_GAP] = "gap",
		[CARVED_ENDED_BY_ITERATIONS] = "iterations",
		[CARVED_ENDED_BY_TIME] = "time",
		[CARVED_ENDED_BY_CANCEL] = "cancel"};
	if (run->end == CARVED_SOLVE_DONE)
		return names[run->solution.ended_by];
	return run->failure.code == CARVED_SOLVER_CANCELLED ? "cancel" : "time";
}

bool carved_plan_run_is_cancelled(const struct carved_plan_run *run)
{
	return run->ended_by && strcmp(run->ended_by, "cancel") == 0;
}

static bool is_kept(const struct carved_plan_run *run)
{
	return carved_plan_is_kept(run->end, run->has_solution, run->failure.code);
}

static bool was_stopped(const struct carved_plan_run *run)
{
	return run->end != CARVED_SOLVE_DONE || run->solution.ended_by == CARVED_ENDED_BY_TIME ||
	       run->solution.ended_by == CARVED_ENDED_BY_CANCEL;
}

static void on_solved(
	void *context, enum carved_solve_end end, struct carved_solution *solution, const struct carved_error *error)
{
	struct carved_plan_run *run = context;
	run->end = end;
	run->solve = NULL;
	run->has_solution = solution != NULL;
	if (solution)
		run->solution = *solution;
	if (error && end != CARVED_SOLVE_DONE)
		run->failure = *error;
	run->ended_by = ended_by(run);
	run->early = was_stopped(run) && solution && solution->package_count == 0;
	if (run->early || !is_kept(run))
		atomic_store(&run->spared, true);
	run->solved = true;
	tick(run);
}

static void done_look(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, looking);
	run->looked = true;
	tick(run);
}

static void start_looking(struct carved_plan_run *run)
{
	run->looking = (struct carved_errand){.run = carved_plan_step_look, .done = done_look, .user = run->uid};
	carved_work_add_always(run->service->work, &run->looking);
}

// What is to be done after the solver takes about as long as compiling some times over, on this machine as it is now; a plan of few seconds is mostly the solver's.
static uint32_t end_ms(const struct carved_plan_run *run, uint32_t left)
{
	uint64_t all = run->compile_ms * END_COMPILES;
	return (uint32_t)(all < left / 4 ? all : left / 4);
}

// The plan's seconds begin when it is compiled; a solver gets some of them in any case, to say that it has nothing.
static uint32_t left_ms(const struct carved_plan_run *run)
{
	uint64_t all = (uint64_t)run->seconds * 1000;
	return (uint32_t)(run->compile_ms < all ? all - run->compile_ms : 1);
}

static void start_solving(struct carved_plan_run *run)
{
	struct carved_solve_callbacks callbacks = {
		.greeted = on_greeted, .progress = on_progress, .done = on_solved, .context = run};
	struct carved_service *service = run->service;
	run->request.safety_ms = left_ms(run);
	run->request.end_ms = end_ms(run, run->request.safety_ms);
	if (run->cancel_asked)
		carved_error_set(&run->failure, CARVED_SOLVER_CANCELLED);
	else
		run->solve = carved_pool_start(service->pool, run->uid, &run->instance, &run->request, &callbacks, &run->failure);
	if (!run->solve)
		carved_instance_deinit(&run->instance);
}

// ---- MAKING

static void done_make(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	run->made = true;
	tick(run);
}

// ---- STORING

static void done_store(struct carved_errand *errand)
{
	struct carved_plan_run *run = carved_container_of(errand, struct carved_plan_run, errand);
	run->stored = true;
	tick(run);
}

// ---- the flow

static void start_errand(
	struct carved_plan_run *run, void (*go)(struct carved_errand *errand), void (*done)(struct carved_errand *errand))
{
	run->errand = (struct carved_errand){.run = go, .done = done, .user = run->uid};
	if (run->state == READING)
		carved_lane_add_always(run->service->reader, &run->errand);
	else if (run->state == ADDING || run->state == STORING)
		carved_lane_add_always(run->service->writer, &run->errand);
	else
		carved_work_add_always(run->service->work, &run->errand);
}

static void log_end(const struct carved_plan_run *run)
{
	bool cancelled = run->failure.code == CARVED_SOLVER_CANCELLED;
	struct carved_log_about about = {.event = CARVED_EVENT_PLAN_ENDED, .plan = run->head.id, .user = run->head.created_by};
	if (run->failure.code == CARVED_OK) {
		carved_log_about(
			CARVED_LOG_INFO, &about, "%s ended by %s, %zu proposals", run->head.id, run->ended_by, run->texts.count);
		return;
	}
	if (!cancelled)
		about.event = CARVED_EVENT_PLAN_FAILED;
	carved_log_failure_about(cancelled ? CARVED_LOG_INFO : CARVED_LOG_ERROR, &about, run->head.id, &run->failure);
}

static void count_end(const struct carved_plan_run *run)
{
	bool failed = run->failure.code != CARVED_OK && run->failure.code != CARVED_SOLVER_CANCELLED;
	bool cancelled = run->failure.code == CARVED_SOLVER_CANCELLED || carved_plan_run_is_cancelled(run);
	struct carved_plan_ended ended = {.state = failed      ? "failed"
						   : cancelled ? "cancelled"
							       : "done",
		.by = failed      ? carved_code_name(run->failure.code)
		      : cancelled ? "cancel"
				  : run->ended_by,
		.microseconds = (uv_hrtime() - run->began) / 1000,
		.summary = failed ? NULL : run->texts.summary.data,
		.summary_length = run->texts.summary.length,
		.when_ms = carved_service_now()};
	carved_metrics_count_plan(run->service->metrics, &ended);
}

static void end(struct carved_plan_run *run)
{
	struct carved_service *service = run->service;
	move(run, ENDED);
	*run->link = run->next;
	if (run->next)
		run->next->link = run->link;
	service->run_count--;
	if (run->failure.code != CARVED_OK)
		carved_service_note_failure(service, &run->failure);
	if (run->texts.count > 0 && run->stored && !run->head.simulated)
		carved_ground_keeper_note_plan(service->grounds);
	carved_plan_wait_end(run);
	carved_region_unref(run->region);
	carved_outlook_free(run->outlook);
	carved_plan_base_deinit(&run->base);
	if (run->has_solution)
		carved_solution_deinit(&run->solution);
	carved_plan_texts_deinit(&run->texts);
	free(run->head.created_by);
	free(run);
	carved_service_tick(service);
}

static void store_end(struct carved_plan_run *run)
{
	move(run, STORING);
	start_errand(run, carved_plan_step_store, done_store);
}

static void tick_read(struct carved_plan_run *run)
{
	if (run->failure.code != CARVED_OK) {
		answer_call(run);
		end(run);
		return;
	}
	uint32_t gap = run->base.gap + run->base.gap / GAP_SLACK_PART;
	if (!run->has_gap_target && gap > run->request.budget.gap_target && !carved_plan_base_is_near(&run->base))
		run->request.budget.gap_target = gap < GAP_MOST ? gap : GAP_MOST;
	if (run->base.past)
		carved_plan_base_tell(&run->base, &run->head.from);
	move(run, ADDING);
	start_errand(run, carved_plan_step_add, done_add);
}

static void tick_added(struct carved_plan_run *run)
{
	answer_call(run);
	if (run->failure.code != CARVED_OK) {
		end(run);
		return;
	}
	carved_log_about(CARVED_LOG_INFO,
		&(struct carved_log_about){
			.event = CARVED_EVENT_PLAN_STARTED, .plan = run->head.id, .user = run->head.created_by},
		"%s started by %s for %zu candidates", run->head.id, run->head.created_by, run->head.candidates);
	move(run, COMPILING);
	start_errand(run, carved_plan_step_compile, done_compile);
}

static void tick_compiled(struct carved_plan_run *run)
{
	if (run->failure.code == CARVED_OK)
		start_solving(run);
	else
		carved_instance_deinit(&run->instance);
	if (run->failure.code == CARVED_OK) {
		move(run, SOLVING);
		start_looking(run);
	} else {
		store_end(run);
	}
}

static void tick_solved(struct carved_plan_run *run)
{
	if (!is_kept(run)) {
		store_end(run);
		return;
	}
	move(run, MAKING);
	start_errand(run, carved_plan_step_make, done_make);
}

// The whole behaviour: from what has happened, decide the next move.
static void tick(struct carved_plan_run *run)
{
	switch ((enum state)run->state) {
	case READING:
		if (run->read)
			tick_read(run);
		break;
	case ADDING:
		if (run->added)
			tick_added(run);
		break;
	case COMPILING:
		if (run->compiled)
			tick_compiled(run);
		break;
	case SOLVING:
		if (run->solved && run->looked)
			tick_solved(run);
		break;
	case MAKING:
		if (run->made)
			store_end(run);
		break;
	case STORING:
		if (run->stored) {
			log_end(run);
			count_end(run);
			end(run);
		}
		break;
	case ENDED:
		break;
	}
}

struct carved_answer_owed carved_plan_run_start(struct carved_call *call, const struct carved_plan_order *order)
{
	struct carved_service *service = call->service;
	if (carved_service_is_stopping(service)) {
		struct carved_plan_base base = order->base;
		carved_plan_base_deinit(&base);
		return carved_reply_stopping(call);
	}
	struct carved_plan_run *run = carved_alloc_array(1, sizeof *run);
	*run = (struct carved_plan_run){.next = service->runs,
		.link = &service->runs,
		.began = uv_hrtime(),
		.service = service,
		.uid = call->request->uid,
		.call = call,
		.wait_seconds = order->wait_seconds,
		.seconds = order->seconds,
		.base = order->base,
		.has_gap_target = order->has_gap_target,
		.state = READING,
		.region = carved_region_ref(service->region)};
	run->head = (struct carved_plan_head){.date = order->date,
		.simulated = order->date != carved_service_today(),
		.seed = order->seed,
		.created_at = carved_service_now(),
		.created_by = carved_strdup(call->request->user),
		.candidates = service->region->count[CARVED_KIND_CANDIDATE]};
	run->base.keep_offered = service->config->keep_offered;
	run->request = (struct carved_solve_request){.budget = order->budget, .seed = order->seed};
	if (run->next)
		run->next->link = &run->next;
	service->runs = run;
	service->run_count++;
	start_errand(run, carved_plan_step_read, done_read);
	return carved_reply_later();
}

struct carved_plan_run *carved_plan_run_find(const struct carved_service *service, const char *id)
{
	struct carved_plan_run *run = service->runs;
	while (run && (run->state == READING || run->state == ADDING || strcmp(run->head.id, id) != 0))
		run = run->next;
	return run;
}

int64_t carved_plan_run_ms(const struct carved_plan_run *run)
{
	return (int64_t)((uv_hrtime() - run->began) / 1000000);
}

void carved_plan_run_cancel(struct carved_plan_run *run)
{
	run->cancel_asked = true;
	if (run->state == COMPILING)
		atomic_store(&run->spared, true);
	if (run->state == SOLVING && run->solve && !run->solved)
		carved_solve_cancel(run->solve);
}

void carved_plan_run_format(const struct carved_plan_run *run, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	carved_json_begin_object(&writer, NULL);
	carved_plan_write_head(&writer, &run->head, "running");
	carved_plan_write_progress(&writer, "progress", run->has_progress ? &run->progress : NULL);
	carved_json_end_object(&writer);
}

unsigned carved_plan_runs_solving(const struct carved_service *service)
{
	unsigned count = 0;
	for (const struct carved_plan_run *run = service->runs; run; run = run->next)
		count += run->state == SOLVING && run->solve && carved_solve_pid(run->solve) > 0;
	return count;
}

unsigned carved_plan_runs_queued(const struct carved_service *service)
{
	struct carved_pool_figures pool = {0};
	if (service->pool)
		carved_pool_get_figures(service->pool, &pool);
	return pool.queued;
}

unsigned carved_plan_runs_of(const struct carved_service *service, uid_t uid)
{
	unsigned count = 0;
	for (const struct carved_plan_run *run = service->runs; run; run = run->next)
		count += run->uid == uid;
	return count;
}
