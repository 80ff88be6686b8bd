// SPDX-License-Identifier: EUPL-1.2
// Which handler a request goes to: a table of method, path pattern and handler.
#pragma once
#include "reply.h"
#include <stddef.h>

struct carved_route {
	const char *method;    // HEAD goes where GET goes
	const char *pattern;   // "/v1/plans/{}/proposals": {} stands for one segment
	const char *queries;   // the query keys that it knows, with spaces between; "" for none
	enum carved_kind kind; // for handlers that serve several kinds of document
	struct carved_answer_owed (*handler)(struct carved_call *call);
};

enum carved_route_answer { CARVED_ROUTE_FOUND, CARVED_ROUTE_NO_PATH, CARVED_ROUTE_NO_METHOD };

// *ret_route and *ret_parameter ("" without one; in the arena) are set where FOUND; *ret_allowed ("GET, PUT"; in the arena) where NO_METHOD.
enum carved_route_answer carved_router_find(const struct carved_route *routes, size_t count, const char *method, const char *path,
	struct carved_arena *arena, const struct carved_route **ret_route, const char **ret_parameter, const char **ret_allowed);

// The first key of a raw query that the route does not know, in the arena; NULL where it knows them all.
const char *carved_router_unknown_query(const struct carved_route *route, const char *query, struct carved_arena *arena);

// Every route of the service, as carved_router_find wants them. Static storage.
const struct carved_route *carved_service_routes(size_t *ret_count);
