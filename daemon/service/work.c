// SPDX-License-Identifier: EUPL-1.2
#include "work.h"
#include "carved/base/arena.h"
#include "turns.h"
#include <stdlib.h>

struct carved_work { // loop thread only
	uv_loop_t *loop;
	unsigned threads, running;
	size_t limit, share, waiting_count;
	size_t admitted; // that are not done
	struct carved_refusals refused;
	struct carved_histogram waits; // added to where errands run
	struct carved_turns turns;
};

struct task {
	uv_work_t request;
	struct carved_work *work;
	struct carved_errand *errand;
};

static void start_some(struct carved_work *work);

static void on_run(uv_work_t *request)
{
	struct task *task = request->data;
	carved_histogram_add(&task->work->waits, (uv_hrtime() - task->errand->added_at) / 1000);
	task->errand->run(task->errand);
}

static void on_done(uv_work_t *request, int status)
{
	struct task *task = request->data;
	struct carved_work *work = task->work;
	struct carved_errand *errand = task->errand;
	(void)status; // never cancelled
	free(task);
	work->running--;
	work->admitted -= errand->admitted;
	carved_turns_done(&work->turns, errand);
	start_some(work);
	errand->done(errand);
}

static void start_some(struct carved_work *work)
{
	while (work->running < work->threads && work->waiting_count > 0) {
		struct task *task = carved_alloc(sizeof *task);
		*task = (struct task){.work = work, .errand = carved_turns_pop(&work->turns)};
		task->request.data = task;
		work->waiting_count--;
		work->running++;
		if (uv_queue_work(work->loop, &task->request, on_run, on_done))
			abort(); // only for a NULL callback
	}
}

struct carved_work *carved_work_new(uv_loop_t *loop, unsigned threads, size_t limit, size_t share)
{
	struct carved_work *work = carved_alloc_array(1, sizeof *work);
	work->loop = loop;
	work->threads = threads;
	work->limit = limit;
	work->share = share;
	carved_histogram_init_moments(&work->waits);
	return work;
}

static void add(struct carved_work *work, struct carved_errand *errand, bool admitted)
{
	errand->added_at = uv_hrtime();
	carved_turns_push(&work->turns, errand, admitted);
	work->waiting_count++;
	start_some(work);
}

void carved_work_add_always(struct carved_work *work, struct carved_errand *errand)
{
	add(work, errand, false);
}

enum carved_admission carved_work_add(struct carved_work *work, uid_t user, struct carved_errand *errand)
{
	enum carved_admission admission = CARVED_ADMITTED;
	if (carved_turns_count(&work->turns, user) >= work->share)
		admission = CARVED_SHARE_USED;
	else if (work->admitted >= work->threads + work->limit)
		admission = CARVED_QUEUE_FULL;
	carved_refusals_count(&work->refused, admission);
	if (admission == CARVED_ADMITTED) {
		errand->user = user;
		work->admitted++;
		add(work, errand, true);
	}
	return admission;
}

void carved_work_get_figures(const struct carved_work *work, struct carved_queue_figures *ret_figures)
{
	*ret_figures = (struct carved_queue_figures){
		.waiting = work->waiting_count, .running = work->running, .refused = work->refused, .waits = &work->waits};
}

bool carved_work_is_idle(const struct carved_work *work)
{
	return work->running == 0 && work->waiting_count == 0;
}

void carved_work_free(struct carved_work *work)
{
	if (work && !carved_work_is_idle(work))
		abort();
	free(work);
}
