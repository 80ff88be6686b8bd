// SPDX-License-Identifier: EUPL-1.2
// Keeps the ground of the newest region, and has it made when somebody asks and it is not there.
//
//            somebody waits, none is kept           compiled
//   IDLE ------------------------------> MAKING -----------------> IDLE
//
// Who waited when MAKING began is served by what it made, also where a newer region was published meanwhile: it is at least as new as their question. Who came
// later is served by it where it is still the newest, else by the next one. MAKING runs on a work thread.
#include "ground.h"
#include "state.h"
#include <stdlib.h>

enum keeper_state { IDLE, MAKING };

struct carved_ground_keeper {
	enum keeper_state state;
	struct carved_service *service;
	struct carved_ground *kept;          // NULL: none
	struct carved_ground_wait *waiting;  // in no order: all are served together
	struct carved_ground_wait *promised; // served by what is being made
	struct carved_errand errand;
	struct carved_region *region; // being compiled
	carved_date date;
	struct carved_ground *made;
	bool is_made;
};

struct release { // of a ground that nobody else may need: freeing may take long
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_ground *ground;
};

static void run_release(struct carved_errand *errand)
{
	struct release *release = carved_container_of(errand, struct release, errand);
	carved_ground_unref(release->ground);
}

static void done_release(struct carved_errand *errand)
{
	struct release *release = carved_container_of(errand, struct release, errand);
	struct carved_service *service = release->service;
	free(release);
	carved_service_tick(service);
}

void carved_ground_keeper_drop(struct carved_ground_keeper *keeper)
{
	if (!keeper->kept)
		return;
	struct release *release = carved_alloc_array(1, sizeof *release);
	*release = (struct release){
		.errand = {.run = run_release, .done = done_release}, .service = keeper->service, .ground = keeper->kept};
	keeper->kept = NULL;
	carved_work_add_always(keeper->service->work, &release->errand);
}

static void run_make(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	keeper->made = carved_ground_make(keeper->region, keeper->date, &keeper->service->config->weights);
	carved_region_unref(keeper->region);
}

static void tick(struct carved_ground_keeper *keeper);

static void done_make(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	keeper->is_made = true;
	tick(keeper);
}

static void serve(struct carved_ground_wait **list, struct carved_ground *ground)
{
	struct carved_ground_wait *next = *list;
	*list = NULL;
	for (struct carved_ground_wait *wait; (wait = next);) {
		next = wait->next;
		wait->ready(wait, carved_ground_ref(ground));
	}
}

static bool is_newest(const struct carved_ground_keeper *keeper, const struct carved_ground *ground)
{
	return ground && ground->region == keeper->service->region && ground->date == carved_service_today();
}

static void start_making(struct carved_ground_keeper *keeper)
{
	keeper->state = MAKING;
	keeper->is_made = false;
	keeper->promised = keeper->waiting;
	keeper->waiting = NULL;
	keeper->region = carved_region_ref(keeper->service->region);
	keeper->date = carved_service_today();
	keeper->errand = (struct carved_errand){.run = run_make, .done = done_make};
	carved_work_add_always(keeper->service->work, &keeper->errand);
}

static void take_made(struct carved_ground_keeper *keeper)
{
	struct carved_ground *made = keeper->made;
	keeper->made = NULL;
	keeper->state = IDLE;
	carved_ground_keeper_drop(keeper);
	keeper->kept = made;
	serve(&keeper->promised, made);
	if (!is_newest(keeper, made))
		carved_ground_keeper_drop(keeper);
}

// The whole behaviour: from what has happened, decide the next move.
static void tick(struct carved_ground_keeper *keeper)
{
	if (keeper->state == MAKING && keeper->is_made)
		take_made(keeper);
	if (keeper->state == MAKING || !keeper->waiting)
		return;
	if (is_newest(keeper, keeper->kept))
		serve(&keeper->waiting, keeper->kept);
	else
		start_making(keeper);
}

struct carved_ground_keeper *carved_ground_keeper_new(struct carved_service *service)
{
	struct carved_ground_keeper *keeper = carved_alloc_array(1, sizeof *keeper);
	keeper->service = service;
	return keeper;
}

void carved_ground_keeper_free(struct carved_ground_keeper *keeper)
{
	if (!keeper)
		return;
	if (keeper->waiting || keeper->state != IDLE)
		abort(); // a contract of ours
	carved_ground_unref(keeper->kept);
	free(keeper);
}

void carved_ground_keeper_get(struct carved_ground_keeper *keeper, struct carved_ground_wait *wait)
{
	wait->next = keeper->waiting;
	keeper->waiting = wait;
	tick(keeper);
}
