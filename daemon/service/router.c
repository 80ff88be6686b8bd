// SPDX-License-Identifier: EUPL-1.2
#include "router.h"
#include <string.h>

static bool matches(const char *pattern, const char *path, const char **ret_parameter, size_t *ret_length)
{
	while (*pattern) {
		if (strncmp(pattern, "{}", 2) == 0) {
			size_t length = strcspn(path, "/");
			if (length == 0)
				return false;
			*ret_parameter = path;
			*ret_length = length;
			pattern += 2;
			path += length;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return *path == '\0';
}

static bool is_method(const struct carved_route *route, const char *method)
{
	return strcmp(route->method, method) == 0 || (strcmp(method, "HEAD") == 0 && strcmp(route->method, "GET") == 0);
}

enum carved_route_answer carved_router_find(const struct carved_route *routes, size_t count, const char *method, const char *path,
	struct carved_arena *arena, const struct carved_route **ret_route, const char **ret_parameter, const char **ret_allowed)
{
	const char *allowed = NULL;
	for (size_t i = 0; i < count; i++) {
		const char *parameter = "";
		size_t length = 0;
		if (!matches(routes[i].pattern, path, &parameter, &length))
			continue;
		if (is_method(&routes[i], method)) {
			*ret_route = &routes[i];
			*ret_parameter = carved_arena_strndup(arena, parameter, length);
			return CARVED_ROUTE_FOUND;
		}
		const char *also = strcmp(routes[i].method, "GET") == 0 ? "GET, HEAD" : routes[i].method;
		allowed = allowed ? carved_arena_printf(arena, "%s, %s", allowed, also) : also;
	}
	if (!allowed)
		return CARVED_ROUTE_NO_PATH;
	*ret_allowed = allowed;
	return CARVED_ROUTE_NO_METHOD;
}

static bool is_listed(const char *list, const char *key, size_t length)
{
	for (const char *at = list; *at;) {
		size_t word = strcspn(at, " ");
		if (word == length && memcmp(at, key, length) == 0)
			return true;
		at += word + strspn(at + word, " ");
	}
	return false;
}

const char *carved_router_unknown_query(const struct carved_route *route, const char *query, struct carved_arena *arena)
{
	while (*query) {
		size_t length = strcspn(query, "&"), name = strcspn(query, "=&");
		if (length > 0 && !is_listed(route->queries, query, name))
			return carved_arena_strndup(arena, query, name);
		query += length + (query[length] == '&');
	}
	return NULL;
}
