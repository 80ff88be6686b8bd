// SPDX-License-Identifier: EUPL-1.2
// The service as its own files see it.
#pragma once
#include "carved/model/region.h"
#include "lane.h"
#include "metrics.h"
#include "pool/pool.h"
#include "reply.h"
#include "service.h"
#include "store/store.h"
#include "work.h"

struct carved_event_hub;
struct carved_ground_keeper;
struct carved_plan_run;
struct carved_site_question;

struct carved_service {
	uv_loop_t *loop;
	const struct carved_config *config;
	struct carved_region *region;        // the newest snapshot; loop thread only
	struct carved_region *head;          // what the store holds; writer thread only
	struct carved_store *store;          // writer thread only, once the service runs
	struct carved_store *read_store;     // reader thread only
	struct carved_lane *writer, *reader; // NULL once stopped
	struct carved_work *work;
	struct carved_ground_keeper *grounds; // for recommendations
	struct carved_event_hub *events;      // streams of what happens
	struct carved_pool *pool;             // of plans; NULL once stopped
	struct carved_pool *site_pool;        // of questions about a site; NULL once stopped
	struct carved_http_server *server;    // NULL once stopped
	struct carved_plan_run *runs;         // plans that have not ended
	unsigned run_count;
	struct carved_refusals plans_refused;
	struct carved_site_question *questions; // that have not ended
	unsigned question_count;
	struct carved_refusals questions_refused;
	unsigned write_count;        // writes that are not over, and looks for what a key stands for
	struct carved_claim *claims; // keys of requests that are under way
	char *solver;                // path; owned
	bool solver_greeted;         // a solver has said which walls are around it
	uint32_t walls;              // those of the last one (enum carved_wall)
	struct carved_metrics *metrics;
	bool diagnosing; // a diagnosis is under way
	// the way out (service.c)
	int phase;
	bool store_failed;
	void (*ended)(void *context, bool good);
	void *context;
};

// Whether the service is on its way out: nothing may be begun that outlives a request.
bool carved_service_is_stopping(const struct carved_service *service);

// Milliseconds since 1970 and today's date where the daemon stands.
int64_t carved_service_now(void);
carved_date carved_service_today(void);

// Loads every document of the store, and what was declined: sets region and head. Returns false with DOCUMENT_UNREADABLE or a code of the store.
bool carved_service_load(struct carved_service *service, struct carved_error *error);

// Publishes a snapshot: takes the reference over, and gives that of the one before, which may be slow to free.
struct carved_region *carved_service_publish(struct carved_service *service, struct carved_region *region);

// To be told of every failure of a write: ends the service where the store can't go on.
void carved_service_note_failure(struct carved_service *service, const struct carved_error *error);

// To be told of every solver's walls: logs them where they are not those of the one before.
void carved_service_note_walls(struct carved_service *service, uint32_t walls);

// Looks at what has changed on the way out. To be called last by whatever may have been the last thing under way; the service may be gone afterwards.
void carved_service_tick(struct carved_service *service);

// What the server hands requests to (dispatch.c).
struct carved_http_handler carved_service_handler(struct carved_service *service);

// Handlers, one file each.
// 404: no document of the route's kind and the path's ref.
struct carved_answer_owed carved_documents_not_found(struct carved_call *call);

struct carved_answer_owed carved_documents_get(struct carved_call *call);
struct carved_answer_owed carved_documents_list(struct carved_call *call);
struct carved_answer_owed carved_writes_put(struct carved_call *call);
struct carved_answer_owed carved_writes_delete(struct carved_call *call);
struct carved_answer_owed carved_writes_import(struct carved_call *call);
struct carved_answer_owed carved_plans_post(struct carved_call *call);
struct carved_answer_owed carved_plans_patch(struct carved_call *call);
struct carved_answer_owed carved_plans_get(struct carved_call *call);
struct carved_answer_owed carved_plans_list(struct carved_call *call);
struct carved_answer_owed carved_plans_proposals(struct carved_call *call);
struct carved_answer_owed carved_differences_get(struct carved_call *call);
struct carved_answer_owed carved_overview_get(struct carved_call *call);
struct carved_answer_owed carved_fairness_get(struct carved_call *call);
struct carved_answer_owed carved_proposals_get(struct carved_call *call);
struct carved_answer_owed carved_explanation_get(struct carved_call *call);
struct carved_answer_owed carved_decisions_post(struct carved_call *call);
struct carved_answer_owed carved_decisions_on_proposal(struct carved_call *call);
struct carved_answer_owed carved_decisions_of_candidate(struct carved_call *call);
struct carved_answer_owed carved_openapi_get(struct carved_call *call);
struct carved_answer_owed carved_recommendations_get(struct carved_call *call);
struct carved_answer_owed carved_recommendations_post(struct carved_call *call);
struct carved_answer_owed carved_obstacles_get(struct carved_call *call);
struct carved_answer_owed carved_what_if_post(struct carved_call *call);
struct carved_answer_owed carved_sites_recommend(struct carved_call *call);
struct carved_answer_owed carved_events_get(struct carved_call *call);
struct carved_answer_owed carved_health_get(struct carved_call *call);
struct carved_answer_owed carved_diagnostics_get(struct carved_call *call);
struct carved_answer_owed carved_metrics_get(struct carved_call *call);
