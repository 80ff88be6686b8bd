// SPDX-License-Identifier: EUPL-1.2
// One plan from the request to the store. See plan_run.c for its states.
#pragma once
#include "plan_base.h"
#include "plan_course.h"
#include "plan_format.h"
#include "state.h"
#include <stdatomic.h>

struct carved_plan_waiter { // a client that wants to hear the end (`Prefer: wait`)
	struct carved_plan_waiter *next;
	struct carved_call *call;
	struct carved_plan_run *run;
	unsigned seconds;
	uv_timer_t timer;
};

struct carved_plan_run {
	int state;
	uint64_t began;                       // uv_hrtime
	struct carved_plan_run *next, **link; // the service's list
	struct carved_service *service;
	uid_t uid;                    // who asked for it
	struct carved_plan_head head; // id, date, seed ...
	struct carved_region *region; // the snapshot that it began with
	struct carved_plan_base base; // what it begins from; owned
	const char *at_fault;         // member of the request that could not be read from the store; in the call's arena
	struct carved_solve_request request;
	unsigned seconds;                     // for compiling and solving
	struct carved_errand errand, looking; // looking: beside SOLVING
	// what has happened; callbacks set these and tick
	bool read, added, compiled, looked, solved, made, stored, cancel_asked;
	bool has_gap_target; // the request itself says how near to the bound is near enough
	bool has_progress;
	struct carved_wire_progress progress;
	struct carved_plan_course course;
	uint64_t compile_ms;                       // how long compiling took: those milliseconds are not the solver's
	struct carved_wire_progress progress_told; // in the last event of it
	uint64_t progress_told_at;                 // uv_hrtime; 0: never
	bool tells_progress;                       // an event of it is on its way to the store
	struct carved_instance instance;
	atomic_bool spared;             // work threads need not go on with what they prepare for it: nobody will use it
	struct carved_outlook *outlook; // owned; NULL: not made
	struct carved_solve *solve;
	enum carved_solve_end end;
	bool has_solution;
	bool early;           // stopped before the solver had a package
	const char *ended_by; // of DESIGN's words; set with `solved`
	struct carved_solution solution;
	struct carved_plan_texts texts;
	struct carved_error failure; // code 0: none
	struct carved_call *call;    // whoever asked for it, until answered
	unsigned wait_seconds;
	struct carved_plan_waiter *waiters;
};

struct carved_plan_order { // what a request asks for
	carved_date date;
	uint64_t seed;
	unsigned seconds, wait_seconds;
	struct carved_budget budget;
	bool has_gap_target;          // the request itself says how near is near enough
	struct carved_plan_base base; // asked for only
};

// Starts a plan and answers the call: 202 with its state once the store knows it, or 200 with the plan when it ends within wait_seconds. Takes order->base over.
struct carved_answer_owed carved_plan_run_start(struct carved_call *call, const struct carved_plan_order *order);

// plan_order.c: 400 with one finding, about that member of the request.
void carved_plan_order_refuse(struct carved_call *call, const char *pointer, const struct carved_error *why);

// The run of an id; NULL where it has ended or never was.
struct carved_plan_run *carved_plan_run_find(const struct carved_service *service, const char *id);

// Whether a cancel ended it; false while nothing has.
bool carved_plan_run_is_cancelled(const struct carved_plan_run *run);

// Milliseconds since it was asked for.
int64_t carved_plan_run_ms(const struct carved_plan_run *run);

// Asks it to stop and keep its best. Safe at any time.
void carved_plan_run_cancel(struct carved_plan_run *run);

// Its state as JSON while it runs.
void carved_plan_run_format(const struct carved_plan_run *run, struct carved_buffer *buffer);

// Answers 202 with its state.
void carved_plan_run_reply(struct carved_call *call, const struct carved_plan_run *run);

// plan_tell.c: what its events say, as JSON.
void carved_plan_tell_start(const struct carved_plan_run *run, struct carved_buffer *json);
void carved_plan_tell_end(const struct carved_plan_run *run, enum carved_store_plan_state state, struct carved_buffer *json);
// There is progress: keeps it as an event, where one is due.
void carved_plan_tell_progress(struct carved_plan_run *run);

// plan_wait.c: answers the call with the plan once it has ended, or with 202 after `seconds`.
void carved_plan_wait_add(struct carved_plan_run *run, struct carved_call *call, unsigned seconds);
// The run is in the store: answers all who wait.
void carved_plan_wait_end(struct carved_plan_run *run);

// How many plans of a user have not ended.
unsigned carved_plan_runs_of(const struct carved_service *service, uid_t uid);

// How many plans are being solved now.
unsigned carved_plan_runs_solving(const struct carved_service *service);

// How many plans wait for a solver. All others that have not ended are being prepared or stored.
unsigned carved_plan_runs_queued(const struct carved_service *service);
