// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/crew.h"
#include "carved/base/arena.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

enum { STACK_BYTES = 2 << 20, SPINS = 200, FIRST_NAP_NS = 50000, LAST_NAP_NS = 2000000 };

struct member {
	struct carved_crew *crew;
	uint32_t worker;
	pthread_t thread;
};

struct carved_crew {
	struct member members[CARVED_CREW_THREADS_MAX]; // the first is the caller's place
	uint32_t threads;
	pthread_mutex_t lock;
	pthread_cond_t begun;
	uint64_t runs; // so many have begun
	bool open;     // the newest takes members; one that wakes too late sleeps on, so that nobody waits for it
	bool over;
	atomic_uint busy; // members at work on the newest run; rises under the lock only
	// the newest run; written while nobody is busy
	carved_crew_fn *fn;
	void *context;
	uint32_t count;
	atomic_uint_fast64_t next; // task that nobody has taken; wider than a count, since every worker goes one beyond the end
	void (*idle)(void *context);
	void *idle_context;
	void (*leave)(void);
};

static void work(struct carved_crew *crew, uint32_t worker)
{
	for (;;) {
		uint_fast64_t index = atomic_fetch_add_explicit(&crew->next, 1, memory_order_relaxed);
		if (index >= crew->count)
			return;
		crew->fn(crew->context, worker, (uint32_t)index);
	}
}

static void *run_member(void *context)
{
	struct member *member = context;
	struct carved_crew *crew = member->crew;
	uint64_t seen = 0;
	pthread_mutex_lock(&crew->lock);
	for (;;) {
		while ((crew->runs == seen || !crew->open) && !crew->over)
			pthread_cond_wait(&crew->begun, &crew->lock);
		if (crew->over)
			break;
		seen = crew->runs;
		atomic_fetch_add_explicit(&crew->busy, 1, memory_order_relaxed);
		pthread_mutex_unlock(&crew->lock);
		work(crew, member->worker);
		atomic_fetch_sub_explicit(&crew->busy, 1, memory_order_release);
		pthread_mutex_lock(&crew->lock);
	}
	void (*leave)(void) = crew->leave;
	pthread_mutex_unlock(&crew->lock);
	if (leave)
		leave();
	return NULL;
}

static void start_members(struct carved_crew *crew, uint32_t threads)
{
	pthread_attr_t attributes;
	if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, STACK_BYTES) != 0)
		carved_out_of_memory();
	for (crew->threads = 1; crew->threads < threads; crew->threads++) {
		struct member *member = &crew->members[crew->threads];
		*member = (struct member){.crew = crew, .worker = crew->threads};
		if (pthread_create(&member->thread, &attributes, run_member, member) != 0)
			break;
	}
	pthread_attr_destroy(&attributes);
}

struct carved_crew *carved_crew_new(uint32_t threads)
{
	struct carved_crew *crew = carved_alloc_array(1, sizeof *crew);
	if (threads < 1 || threads > CARVED_CREW_THREADS_MAX)
		abort(); // a contract of ours
	if (pthread_mutex_init(&crew->lock, NULL) != 0 || pthread_cond_init(&crew->begun, NULL) != 0)
		carved_out_of_memory();
	start_members(crew, threads);
	return crew;
}

void carved_crew_free(struct carved_crew *crew)
{
	if (!crew)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->over = true;
	pthread_cond_broadcast(&crew->begun);
	pthread_mutex_unlock(&crew->lock);
	for (uint32_t i = 1; i < crew->threads; i++)
		pthread_join(crew->members[i].thread, NULL);
	pthread_cond_destroy(&crew->begun);
	pthread_mutex_destroy(&crew->lock);
	free(crew);
}

uint32_t carved_crew_threads(const struct carved_crew *crew)
{
	return crew->threads;
}

void carved_crew_set_idle(struct carved_crew *crew, void (*idle)(void *context), void *context)
{
	crew->idle = idle;
	crew->idle_context = context;
}

// Waits for the others. Tasks are many and short as a rule, so they end within microseconds of each other: it looks on for a moment, then naps longer and longer.
static void wait_for_members(struct carved_crew *crew)
{
	struct timespec nap = {.tv_nsec = FIRST_NAP_NS};
	for (uint32_t spin = 0; atomic_load_explicit(&crew->busy, memory_order_acquire) > 0; spin++) {
		if (spin < SPINS)
			continue;
		if (crew->idle)
			crew->idle(crew->idle_context);
		nanosleep(&nap, NULL);
		nap.tv_nsec = nap.tv_nsec < LAST_NAP_NS ? nap.tv_nsec * 2 : LAST_NAP_NS;
	}
}

void carved_crew_run(struct carved_crew *crew, uint32_t count, carved_crew_fn *fn, void *context)
{
	const bool alone = crew->threads == 1 || count <= 1;
	pthread_mutex_lock(&crew->lock);
	crew->fn = fn;
	crew->context = context;
	crew->count = count;
	atomic_store_explicit(&crew->next, 0, memory_order_relaxed);
	if (!alone) {
		crew->open = true;
		crew->runs++;
		pthread_cond_broadcast(&crew->begun);
	}
	pthread_mutex_unlock(&crew->lock);
	work(crew, 0);
	if (alone)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->open = false;
	pthread_mutex_unlock(&crew->lock);
	wait_for_members(crew);
}

void carved_crew_set_leave(struct carved_crew *crew, void (*leave)(void))
{
	pthread_mutex_lock(&crew->lock);
	crew->leave = leave;
	pthread_mutex_unlock(&crew->lock);
}
