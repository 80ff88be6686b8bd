// SPDX-License-Identifier: EUPL-1.2
// carve why-not: which rules stand in the way of a candidate, and what would help.
#include "commands.h"
#include "locate.h"
#include "render_obstacles.h"
#include <stdlib.h>
#include <string.h>

// "S-014/nurse-a/meals": a site, perhaps a job or vacancy of it, perhaps a task of that.
struct target {
	char *text; // owned; the parts live in it
	const char *site, *job, *task;
};

static bool split(const char *operand, struct target *ret_target)
{
	struct target target = {.text = carved_strdup(operand)};
	char *job = strchr(target.text, '/'), *task = job ? strchr(job + 1, '/') : NULL;
	target.site = target.text;
	if (job)
		*job++ = '\0';
	if (task)
		*task++ = '\0';
	target.job = job;
	target.task = task;
	bool good = *target.site && (!job || *job) && (!task || (*task && !strchr(task, '/')));
	if (good)
		*ret_target = target;
	else
		free(target.text);
	return good;
}

static void add_query(struct carve_session *session, struct carved_buffer *path, char before, const char *key, const char *value)
{
	if (!value)
		return;
	carved_buffer_printf(path, "%c%s=", before, key);
	carve_http_escape(session->http, value, path);
}

static bool has_help(const struct carved_node *answer)
{
	const struct carved_node *mends = carved_node_get(answer, "mends");
	bool somewhere = carved_node_get_integer(carved_node_get(answer, "sites"), "fit", 0) > 0; // of all sites
	return somewhere || carved_node_first(carved_node_get(answer, "opens")) || carved_node_get_bool(answer, "fits", false) ||
	       carved_node_first(carved_node_get(mends, "items"));
}

static enum carve_exit print_site(struct carve_session *session, const struct carve_answer *answer, const char *ref)
{
	char *path = carve_locate_path(session, CARVE_SITE, ref);
	struct carve_request request = {.method = "GET", .path = path, .seconds = 120};
	struct carve_answer site = {0};
	struct carved_error error; // without the document there are no titles, and that is all
	bool found = carve_http_send(session->http, &request, &site, &error) && carve_answer_is_good(&site);
	bool good = carve_render_obstacles(session->terminal, answer->json, found ? site.json : NULL);
	carve_answer_deinit(&site);
	free(path);
	return good ? CARVE_YES : CARVE_NO;
}

enum carve_exit carve_run_why_not(struct carve_session *session)
{
	char *const *operands = session->args->operands;
	struct carved_buffer path = CARVED_BUFFER_INIT;
	struct carve_answer answer;
	struct target target = {0};
	if (session->args->operand_count == 2 && !split(operands[1], &target))
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_TARGET, "text", operands[1]);
	char *candidate = carve_locate_path(session, CARVE_CANDIDATE, operands[0]);
	carved_buffer_printf(&path, "%s/obstacles", candidate);
	add_query(session, &path, '?', "site", target.site);
	add_query(session, &path, '&', "job", target.job);
	add_query(session, &path, '&', "task", target.task);
	enum carve_exit code = carve_session_get(session, path.data, &answer);
	if (code == CARVE_YES) {
		if (session->args->json) {
			carve_session_print_body(session, &answer);
			code = has_help(answer.json) ? CARVE_YES : CARVE_NO;
		} else if (!target.site) {
			code = carve_render_openings(session->terminal, answer.json) ? CARVE_YES : CARVE_NO;
		} else {
			code = print_site(session, &answer, target.site);
		}
		carve_answer_deinit(&answer);
	}
	free(target.text);
	free(candidate);
	carved_buffer_deinit(&path);
	return code;
}
