// SPDX-License-Identifier: EUPL-1.2
// The OpenAPI document inside carved says what the table of routes says: the same paths, methods and query keys, no more and no less.
#include "support/carved_cmocka.h"

#include "carved/base/json.h"
#include "service/router.h"
#include <stdio.h>
#include <string.h>

extern const unsigned char carved_openapi_json[];
extern const size_t carved_openapi_json_size;

static const char *const methods[] = {"get", "put", "post", "patch", "delete"};

struct document {
	struct carved_arena arena;
	const struct carved_node *root, *paths;
};

static int set_up(void **state)
{
	static struct document document;
	struct carved_error error;
	uint32_t line, column;
	document = (struct document){.arena = CARVED_ARENA_INIT};
	assert_true(carved_json_parse((const char *)carved_openapi_json, carved_openapi_json_size, &document.arena,
		&document.root, &error, &line, &column));
	document.paths = carved_node_get(document.root, "paths");
	assert_non_null(document.paths);
	*state = &document;
	return 0;
}

static int tear_down(void **state)
{
	carved_arena_deinit(&((struct document *)*state)->arena);
	return 0;
}

static bool is_listed(const char *words, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = words; (at = strstr(at, word)) != NULL; at += length) {
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	}
	return false;
}

// "/plans/{id}" behind the server's "http://localhost/v1" is "/v1/plans/{}" of the table.
static void pattern_of(const struct document *document, const struct carved_node *item, char pattern[200])
{
	const struct carved_node *servers = carved_node_get(item, "servers");
	const char *url = carved_node_get_text(
		carved_node_first(servers ? servers : carved_node_get(document->root, "servers")), "url", "");
	const char *base = strchr(url + strlen("http://"), '/'), *path = item->key;
	size_t used = (size_t)snprintf(pattern, 200, "%s", base ? base : "");
	for (bool inside = false; *path && used < 199; path++) {
		inside = inside && *path != '}';
		if (!inside)
			pattern[used++] = *path;
		inside = inside || *path == '{';
	}
	pattern[used] = '\0';
}

static const struct carved_route *find_route(const struct document *document, const struct carved_node *path, const char *method)
{
	char pattern[200], upper[10];
	size_t count, length = strlen(method);
	const struct carved_route *routes = carved_service_routes(&count);
	pattern_of(document, path, pattern);
	for (size_t i = 0; i <= length; i++)
		upper[i] = (char)(method[i] >= 'a' ? method[i] - 'a' + 'A' : method[i]);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(routes[i].pattern, pattern) == 0 && strcmp(routes[i].method, upper) == 0)
			return &routes[i];
	}
	return NULL;
}

static const struct carved_node *resolve(const struct document *document, const struct carved_node *node)
{
	char step[CARVED_POINTER_STEP_MAX];
	const char *reference = carved_node_get_text(node, "$ref", NULL);
	if (!reference)
		return node;
	const struct carved_node *at = document->root;
	for (reference++; *reference && at;) {
		reference = carved_pointer_step(reference, step);
		at = carved_node_get(at, step);
	}
	assert_non_null(at);
	return at;
}

// How many query keys an operation documents; every one of them must be among `known`.
static size_t check_queries(
	const struct document *document, const struct carved_node *operation, const char *known, const char *path)
{
	size_t count = 0;
	const struct carved_node *item = carved_node_first(carved_node_get(operation, "parameters"));
	for (; item; item = item->next) {
		const struct carved_node *parameter = resolve(document, item);
		const char *name = carved_node_get_text(parameter, "name", "");
		if (strcmp(carved_node_get_text(parameter, "in", ""), "query") != 0)
			continue;
		count++;
		if (!is_listed(known, name))
			fail_msg("%s: the query key %s is documented, but the router refuses it", path, name);
	}
	return count;
}

static size_t word_count(const char *words)
{
	size_t count = *words != '\0';
	for (; *words; words++)
		count += *words == ' ';
	return count;
}

static void every_documented_operation_has_a_route_with_its_query_keys(void **state)
{
	const struct document *document = *state;
	for (const struct carved_node *path = document->paths->first; path; path = path->next) {
		for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
			const struct carved_node *operation = carved_node_get(path, methods[m]);
			if (!operation)
				continue;
			const struct carved_route *route = find_route(document, path, methods[m]);
			if (!route)
				fail_msg("%s %s is documented, but no route leads there", methods[m], path->key);
			if (check_queries(document, operation, route->queries, path->key) != word_count(route->queries))
				fail_msg("%s %s: not every query key of '%s' is documented", methods[m], path->key,
					route->queries);
		}
	}
}

static bool is_documented(const struct document *document, const struct carved_route *route)
{
	for (const struct carved_node *path = document->paths->first; path; path = path->next) {
		for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
			if (carved_node_get(path, methods[m]) && find_route(document, path, methods[m]) == route)
				return true;
		}
	}
	return false;
}

static void every_route_is_documented(void **state)
{
	const struct document *document = *state;
	size_t count;
	const struct carved_route *routes = carved_service_routes(&count);
	assert_true(count > 10);
	for (size_t i = 0; i < count; i++) {
		if (!is_documented(document, &routes[i]))
			fail_msg("%s %s is not in the OpenAPI document: add it to daemon/api/", routes[i].method,
				routes[i].pattern);
	}
}

static void an_operation_has_a_name_of_its_own_a_summary_and_a_tag(void **state)
{
	const struct document *document = *state;
	char names[8000] = " ";
	for (const struct carved_node *path = document->paths->first; path; path = path->next) {
		for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
			const struct carved_node *operation = carved_node_get(path, methods[m]);
			if (!operation)
				continue;
			const char *name = carved_node_get_text(operation, "operationId", "");
			assert_true(*name);
			assert_true(*carved_node_get_text(operation, "summary", ""));
			assert_non_null(carved_node_first(carved_node_get(operation, "tags")));
			if (is_listed(names, name))
				fail_msg("two operations are called %s", name);
			assert_true(strlen(names) + strlen(name) + 2 < sizeof names);
			strcat(strcat(names, name), " ");
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_documented_operation_has_a_route_with_its_query_keys),
		TEST(every_route_is_documented),
		TEST(an_operation_has_a_name_of_its_own_a_summary_and_a_tag),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
