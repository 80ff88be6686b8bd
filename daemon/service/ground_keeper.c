// SPDX-License-Identifier: EUPL-1.2
// Keeps the ground of the newest region and the last plan, and has them made when somebody asks and they are not there.
//
//            somebody waits, the last plan is not known       read           somebody waits, no ground is kept         compiled
//   IDLE -------------------------------------------> READING ----> IDLE ---------------------------------> MAKING -----------> IDLE
//
// READING is done by the reader's thread, MAKING by a work thread. Who waited when MAKING began is served by what it made, also where a newer region was
// published meanwhile: it is at least as new as their question. Who came later is served by it where it is still the newest, else by the next one.
// Where READING fails all who wait are told, and the next question tries again.
#include "ground.h"
#include "state.h"
#include <stdlib.h>

enum keeper_state { IDLE, READING, MAKING };

struct carved_ground_keeper {
	enum keeper_state state;
	struct carved_service *service;
	struct carved_ground *kept; // NULL: none
	struct carved_past *past;   // the last plan; NULL: there is none, or it is not known
	bool past_known;
	unsigned plans, plans_read;          // ended since the start; when READING began
	struct carved_ground_wait *waiting;  // in no order: all are served together
	struct carved_ground_wait *promised; // served by what is being made
	struct carved_errand errand;
	struct carved_region *region; // being compiled
	carved_date date;
	// what has happened; callbacks set these and tick
	struct carved_past *read;
	struct carved_error failure;
	struct carved_ground *made;
	bool is_read, is_made;
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

void carved_ground_keeper_note_plan(struct carved_ground_keeper *keeper)
{
	keeper->plans++;
	keeper->past_known = false;
}

static void tick(struct carved_ground_keeper *keeper);

// ---- READING

static void run_read(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	carved_last_plan_read(keeper->service->read_store, &keeper->read, &keeper->failure);
}

static void done_read(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	keeper->is_read = true;
	tick(keeper);
}

static void start_reading(struct carved_ground_keeper *keeper)
{
	keeper->state = READING;
	keeper->is_read = false;
	keeper->read = NULL;
	keeper->plans_read = keeper->plans;
	carved_error_set(&keeper->failure, CARVED_OK);
	keeper->errand = (struct carved_errand){.run = run_read, .done = done_read};
	carved_lane_add_always(keeper->service->reader, &keeper->errand);
}

static void fail_all(struct carved_ground_keeper *keeper)
{
	struct carved_ground_wait *next = keeper->waiting;
	keeper->waiting = NULL;
	for (struct carved_ground_wait *wait; (wait = next);) {
		next = wait->next;
		wait->ready(wait, NULL, NULL, &keeper->failure);
	}
}

static void take_read(struct carved_ground_keeper *keeper)
{
	keeper->state = IDLE;
	if (keeper->failure.code != CARVED_OK) {
		fail_all(keeper);
		return;
	}
	carved_past_unref(keeper->past);
	keeper->past = keeper->read;
	keeper->past_known = keeper->plans_read == keeper->plans;
}

// ---- MAKING

static void run_make(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	const struct carved_weights *weights = &keeper->service->config->weights;
	keeper->made = carved_ground_make(keeper->region, keeper->date, weights, keeper->past, keeper->region);
	carved_region_unref(keeper->region);
}

static void done_make(struct carved_errand *errand)
{
	struct carved_ground_keeper *keeper = carved_container_of(errand, struct carved_ground_keeper, errand);
	keeper->is_made = true;
	tick(keeper);
}

static bool is_newest(const struct carved_ground_keeper *keeper, const struct carved_ground *ground)
{
	return ground && ground->region == keeper->service->region && ground->date == carved_service_today() &&
	       keeper->past_known && ground->past == keeper->past;
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

static void serve(struct carved_ground_wait **list, struct carved_ground *ground)
{
	const struct carved_error fine = {.code = CARVED_OK};
	struct carved_ground_wait *next = *list;
	*list = NULL;
	for (struct carved_ground_wait *wait; (wait = next);) {
		next = wait->next;
		wait->ready(wait, carved_ground_ref(ground), NULL, &fine);
	}
}

static void take_made(struct carved_ground_keeper *keeper)
{
	struct carved_ground *made = keeper->made;
	keeper->made = NULL;
	keeper->state = IDLE;
	carved_ground_keeper_drop(keeper);
	keeper->kept = made;
	serve(&keeper->promised, made);
	if (!is_newest(keeper, keeper->kept))
		carved_ground_keeper_drop(keeper);
}

// ---- the flow

// Those who want the last plan only. Requires: it is known.
static void serve_past(struct carved_ground_keeper *keeper)
{
	const struct carved_error fine = {.code = CARVED_OK};
	struct carved_ground_wait *next = keeper->waiting;
	keeper->waiting = NULL;
	for (struct carved_ground_wait *wait; (wait = next);) {
		next = wait->next;
		if (wait->past_only) {
			wait->ready(wait, NULL, keeper->past ? carved_past_ref(keeper->past) : NULL, &fine);
		} else {
			wait->next = keeper->waiting;
			keeper->waiting = wait;
		}
	}
}

// The whole behaviour: from what has happened, decide the next move.
static void tick(struct carved_ground_keeper *keeper)
{
	if (keeper->state == READING && keeper->is_read)
		take_read(keeper);
	if (keeper->state == MAKING && keeper->is_made)
		take_made(keeper);
	if (keeper->state != IDLE || !keeper->waiting)
		return;
	if (!keeper->past_known) {
		start_reading(keeper);
		return;
	}
	serve_past(keeper);
	if (keeper->state != IDLE || !keeper->waiting)
		return; // an answer can bring the next question of the same connection with it, which ticks too
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
	carved_past_unref(keeper->past);
	free(keeper);
}

void carved_ground_keeper_get(struct carved_ground_keeper *keeper, struct carved_ground_wait *wait)
{
	wait->next = keeper->waiting;
	keeper->waiting = wait;
	tick(keeper);
}
