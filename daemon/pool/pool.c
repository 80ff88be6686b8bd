// SPDX-License-Identifier: EUPL-1.2
// Who runs, who waits, and how all of it stops.
#include "carved/base/arena.h"
#include "internal.h"
#include <signal.h>
#include <stdlib.h>

// A solver that has gone must be an error of a write, not the end of the daemon.
static void ignore_broken_pipes(void)
{
	struct sigaction action;
	sigaction(SIGPIPE, NULL, &action);
	if (action.sa_handler == SIG_DFL)
		signal(SIGPIPE, SIG_IGN);
}

struct carved_pool *carved_pool_new(uv_loop_t *loop, const struct carved_pool_options *options)
{
	struct carved_pool *pool = carved_alloc_array(1, sizeof *pool);
	if (options->workers == 0)
		abort();
	ignore_broken_pipes();
	pool->loop = loop;
	pool->options = *options;
	pool->options.solver = carved_strdup(options->solver);
	pool->last = &pool->first;
	uv_timer_init(loop, &pool->bell);
	pool->bell.data = pool;
	uv_unref((uv_handle_t *)&pool->bell); // an idle pool keeps no loop alive
	return pool;
}

// Takes a solve out of the queue that ended in it.
static void leave_queue(struct carved_pool *pool, struct carved_solve *solve)
{
	struct carved_solve **link = &pool->first;
	while (*link != solve)
		link = &(*link)->next;
	*link = solve->next;
	if (!*link)
		pool->last = link;
	pool->queued--;
}

// Whose turn it is: of those who wait, whoever has waited longest, but nobody twice in a row while others wait.
static struct carved_solve *choose_next(const struct carved_pool *pool)
{
	struct carved_solve *solve = pool->first;
	while (solve && solve->user == pool->last_user)
		solve = solve->next;
	return solve ? solve : pool->first;
}

static void start_next(struct carved_pool *pool)
{
	while (pool->first && pool->running < pool->options.workers) {
		struct carved_solve *solve = choose_next(pool);
		leave_queue(pool, solve);
		pool->last_user = solve->user;
		pool->running++;
		solve->its_turn = true;
		carved_solve_tick(solve);
	}
}

static void remember(struct carved_pool *pool, struct carved_solve *solve)
{
	pool->solves = carved_realloc_array(pool->solves, pool->solve_count + 1, sizeof *pool->solves);
	pool->solves[pool->solve_count++] = solve;
}

static void forget(struct carved_pool *pool, const struct carved_solve *solve)
{
	size_t i = 0;
	while (pool->solves[i] != solve)
		i++;
	pool->solves[i] = pool->solves[--pool->solve_count];
}

struct carved_solve *carved_pool_start(struct carved_pool *pool, uid_t user, struct carved_instance *instance,
	const struct carved_solve_request *request, const struct carved_solve_callbacks *callbacks, struct carved_error *error)
{
	if (pool->stopping) {
		carved_error_set(error, CARVED_SOLVER_CANCELLED);
		return NULL;
	}
	if (pool->running >= pool->options.workers && pool->queued >= pool->options.queue) {
		pool->figures.refused++;
		carved_error_set(error, CARVED_POOL_FULL);
		carved_error_add_number(error, "queue", pool->queued);
		return NULL;
	}
	struct carved_solve *solve = carved_alloc_array(1, sizeof *solve);
	solve->pool = pool;
	solve->user = user;
	solve->instance = *instance;
	*instance = (struct carved_instance){0};
	solve->request = *request;
	solve->callbacks = *callbacks;
	carved_solve_init(solve);
	remember(pool, solve);
	*pool->last = solve;
	pool->last = &solve->next;
	pool->queued++;
	start_next(pool);
	return solve;
}

static void on_bell_closed(uv_handle_t *handle)
{
	struct carved_pool *pool = handle->data;
	void (*stopped)(void *) = pool->stopped;
	void *context = pool->stopped_context;
	free((char *)pool->options.solver);
	free(pool->solves);
	free(pool);
	if (stopped)
		stopped(context);
}

static void stop_when_empty(struct carved_pool *pool)
{
	if (pool->stopping && pool->solve_count == 0)
		uv_close((uv_handle_t *)&pool->bell, on_bell_closed);
}

void carved_pool_ended(struct carved_solve *solve)
{
	struct carved_pool *pool = solve->pool;
	if (solve->its_turn)
		pool->running--;
	else
		leave_queue(pool, solve);
	forget(pool, solve);
	carved_instance_deinit(&solve->instance);
	free(solve);
	if (!pool->stopping)
		start_next(pool);
	stop_when_empty(pool);
}

void carved_pool_get_figures(const struct carved_pool *pool, struct carved_pool_figures *ret_figures)
{
	*ret_figures = pool->figures;
	ret_figures->queued = pool->queued;
}

void carved_pool_stop(struct carved_pool *pool, void (*stopped)(void *context), void *context)
{
	if (pool->stopping)
		abort();
	pool->stopping = true;
	pool->stopped = stopped;
	pool->stopped_context = context;
	for (size_t i = 0; i < pool->solve_count; i++)
		carved_solve_cancel(pool->solves[i]); // none of them ends within this call
	stop_when_empty(pool);
}
