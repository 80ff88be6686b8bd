// SPDX-License-Identifier: EUPL-1.2
// From a request to its handler: every route that there is, and what is refused before any handler sees it.
#include "html.h"
#include "media.h"
#include "problem.h"
#include "router.h"
#include "state.h"
#include <string.h>

static const struct carved_route routes[] = {
#define DOCUMENTS(collection, kind)                                                                                              \
	{"GET", "/v1/" collection, "limit cursor", kind, carved_documents_list},                                                 \
		{"GET", "/v1/" collection "/{}", "", kind, carved_documents_get},                                                \
		{"PUT", "/v1/" collection "/{}", "", kind, carved_writes_put},                                                   \
	{                                                                                                                        \
		"DELETE", "/v1/" collection "/{}", "", kind, carved_writes_delete                                                \
	}
	DOCUMENTS("candidates", CARVED_KIND_CANDIDATE),
	DOCUMENTS("sites", CARVED_KIND_SITE),
	DOCUMENTS("coaches", CARVED_KIND_COACH),
	DOCUMENTS("vocabularies", CARVED_KIND_VOCABULARY),
	{"GET", "/v1/candidates/{}/recommendations", "limit", CARVED_KIND_CANDIDATE, carved_recommendations_get},
	{"GET", "/v1/candidates/{}/obstacles", "site job task", CARVED_KIND_CANDIDATE, carved_obstacles_get},
	{"POST", "/v1/candidates/{}/what-if", "", CARVED_KIND_CANDIDATE, carved_what_if_post},
	{"POST", "/v1/recommendations", "limit", CARVED_KIND_CANDIDATE, carved_recommendations_post},
	{"POST", "/v1/imports", "dryRun", 0, carved_writes_import},
	{"GET", "/v1/plans", "limit cursor", 0, carved_plans_list},
	{"POST", "/v1/plans", "", 0, carved_plans_post},
	{"GET", "/v1/plans/{}", "view", 0, carved_plans_get},
	{"PATCH", "/v1/plans/{}", "", 0, carved_plans_patch},
	{"GET", "/v1/plans/{}/proposals", "candidate limit cursor", 0, carved_plans_proposals},
	{"GET", "/v1/plans/{}/differences", "against view", 0, carved_differences_get},
	{"GET", "/v1/plans/{}/overview", "", 0, carved_overview_get},
	{"GET", "/v1/fairness", "plans", 0, carved_fairness_get},
	{"GET", "/v1/proposals/{}", "", 0, carved_proposals_get},
	{"GET", "/v1/proposals/{}/explanation", "for", 0, carved_explanation_get},
	{"GET", "/v1/proposals/{}/decisions", "", 0, carved_decisions_on_proposal},
	{"POST", "/v1/proposals/{}/decisions", "", 0, carved_decisions_post},
	{"GET", "/v1/candidates/{}/decisions", "", CARVED_KIND_CANDIDATE, carved_decisions_of_candidate},
	{"GET", "/v1/sites/{}/recommendations", "date", CARVED_KIND_SITE, carved_sites_recommend},
	{"GET", "/v1/events", "kinds plan", 0, carved_events_get},
	{"GET", "/v1/health", "", 0, carved_health_get},
	{"GET", "/v1/diagnostics", "", 0, carved_diagnostics_get},
	{"GET", "/metrics", "", 0, carved_metrics_get},
	{"GET", "/v1/openapi.json", "", 0, carved_openapi_get},
};
#define ROUTE_COUNT (sizeof routes / sizeof *routes)

const struct carved_route *carved_service_routes(size_t *ret_count)
{
	*ret_count = ROUTE_COUNT;
	return routes;
}

// What GET answers with where that is not only application/json: the type that we like best first; "": one type, for whoever asks.
static const struct {
	struct carved_answer_owed (*handler)(struct carved_call *call);
	const char *media;
} offers[] = {{carved_documents_get, "application/json application/yaml"}, {carved_explanation_get, CARVED_HTML_OFFERS},
	{carved_sites_recommend, CARVED_HTML_OFFERS}, {carved_overview_get, CARVED_HTML_OFFERS},
	{carved_events_get, "text/event-stream"}, {carved_metrics_get, ""}, {carved_openapi_get, ""}};

static const char *offer_of(const struct carved_route *route)
{
	for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
		if (offers[i].handler == route->handler)
			return offers[i].media;
	}
	return "application/json";
}

static const struct carved_http_header common_headers[] = {{"API-Version", "1.0.0"}};

static struct carved_answer_owed reply_no_path(struct carved_call *call)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_PATH_NOT_FOUND);
	carved_error_add(&error, "path", call->request->path);
	return carved_reply_problem(call, 404, &error);
}

static struct carved_answer_owed reply_no_method(struct carved_call *call, const char *allowed)
{
	struct carved_error error;
	struct carved_http_header allow = {"Allow", allowed};
	carved_error_set(&error, CARVED_METHOD_NOT_ALLOWED);
	carved_error_add(&error, "method", call->request->method);
	carved_error_add(&error, "allowed", allowed);
	return carved_reply_problem_with(call, 405, &error, &allow, 1, NULL, NULL);
}

static struct carved_answer_owed reply_unknown_query(struct carved_call *call, const char *key, const char *known)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_QUERY_UNKNOWN);
	carved_error_add(&error, "key", key);
	carved_error_add(&error, "known", known[0] ? known : "-");
	return carved_reply_problem(call, 400, &error);
}

// OPTIONS asks what is possible, and is told.
static struct carved_answer_owed reply_options(struct carved_call *call, const char *allowed)
{
	struct carved_http_header allow = {"Allow", allowed};
	return carved_reply_empty(call, 204, &allow, 1);
}

static struct carved_answer_owed reply_not_acceptable(struct carved_call *call, const char *accept, const char *offer)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_NOT_ACCEPTABLE);
	carved_error_add(&error, "accept", accept);
	carved_error_add(&error, "available", offer);
	return carved_reply_problem(call, 406, &error);
}

// Only reading is a matter of what the caller accepts: a change is made, or refused, for better reasons.
static struct carved_answer_owed dispatch(struct carved_call *call, const struct carved_route *route)
{
	const char *accept = carved_http_exchange_list(call->exchange, "accept");
	const char *offer = offer_of(route);
	char *media = carved_arena_alloc(call->arena, CARVED_MEDIA_MAX);
	call->kind = route->kind;
	call->media = "application/json";
	if (strcmp(route->method, "GET") == 0 && *offer) {
		call->media = carved_media_choose(accept, offer, media);
		if (!call->media)
			return reply_not_acceptable(call, accept, offer);
	}
	return route->handler(call);
}

static struct carved_answer_owed route(struct carved_call *call)
{
	const struct carved_route *found;
	const char *allowed;
	switch (carved_router_find(routes, ROUTE_COUNT, call->request->method, call->request->path, call->arena, &found,
		&call->parameter, &allowed)) {
	case CARVED_ROUTE_NO_PATH:
		return reply_no_path(call);
	case CARVED_ROUTE_NO_METHOD:
		if (strcmp(call->request->method, "OPTIONS") == 0)
			return reply_options(call, allowed);
		return reply_no_method(call, allowed);
	case CARVED_ROUTE_FOUND:
		break;
	}
	carved_http_exchange_set_tag(call->exchange, found);
	const char *unknown = carved_router_unknown_query(found, call->request->query, call->arena);
	if (unknown)
		return reply_unknown_query(call, unknown, found->queries);
	return dispatch(call, found);
}

static void handle(void *context, struct carved_http_exchange *exchange)
{
	struct carved_arena *arena = carved_http_exchange_arena(exchange);
	struct carved_call *call = carved_arena_alloc(arena, sizeof *call);
	*call = (struct carved_call){.service = context,
		.exchange = exchange,
		.request = carved_http_exchange_request(exchange),
		.arena = arena,
		.language = carved_language_from_header(carved_http_exchange_header(exchange, "accept-language"))};
	route(call);
}

static const char *refuse(
	void *context, int status, const struct carved_error *error, const char *accept_language, struct carved_buffer *body)
{
	const struct carved_service *service = context;
	if (error->code != CARVED_TOO_MANY_CONNECTIONS) // that is of connections, which the server counts
		carved_metrics_count_refusal(service->metrics, status);
	enum carved_language language = carved_language_from_header(accept_language);
	carved_problem_format(language, status, error, NULL, NULL, body);
	return carved_language_tag(language);
}

static void note_answered(void *context, const struct carved_http_answered *answered)
{
	struct carved_service *service = context;
	carved_metrics_count_answer(service->metrics, answered);
}

struct carved_http_handler carved_service_handler(struct carved_service *service)
{
	return (struct carved_http_handler){.handle = handle,
		.refuse = refuse,
		.answered = note_answered,
		.context = service,
		.headers = common_headers,
		.header_count = sizeof common_headers / sizeof *common_headers};
}
