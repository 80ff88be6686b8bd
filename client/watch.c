// SPDX-License-Identifier: EUPL-1.2
// SIGINT stays blocked while a plan is watched and is taken from sigtimedwait, which is also the pause between two looks: no handler, no shared flag.
#include "watch.h"
#include "locate.h"
#include "problem.h"
#include "render.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAUSE_MS_FIRST 50
#define PAUSE_MS_MOST 500
#define LOOK_SECONDS 60

bool carve_watch_has_ended(const char *state)
{
	return strcmp(state, "done") == 0 || strcmp(state, "cancelled") == 0 || strcmp(state, "failed") == 0;
}

static void show_progress(struct carve_session *session, const char *id, const struct carved_node *state, time_t since)
{
	const struct carve_terminal *terminal = session->terminal;
	char seconds[24], *text = NULL;
	size_t length;
	if (!terminal->err_is_terminal)
		return;
	snprintf(seconds, sizeof seconds, "%lld", (long long)(time(NULL) - since));
	char *progress = carve_render_progress(terminal, carved_node_get(state, "progress"));
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	carve_say(terminal, memory, "carve.plan.progress-line", "plan", id, "seconds", seconds, "progress", progress, NULL);
	fclose(memory);
	carve_progress(terminal, text);
	free(text);
	free(progress);
}

// One look at the plan. *ret_ended: it will change no more.
static enum carve_exit look(struct carve_session *session, const char *id, time_t since, bool *ret_ended)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	struct carve_answer answer;
	carved_buffer_add_text(&path, "/v1/plans/");
	carve_http_escape(session->http, id, &path);
	carved_buffer_add_text(&path, "?view=summary");
	struct carve_request request = {.method = "GET", .path = path.data, .seconds = LOOK_SECONDS};
	enum carve_exit code = carve_session_send(session, &request, &answer);
	carved_buffer_deinit(&path);
	if (code != CARVE_YES)
		return code;
	*ret_ended = carve_watch_has_ended(carved_node_get_text(answer.json, "state", "running"));
	if (!*ret_ended)
		show_progress(session, id, answer.json, since);
	carve_answer_deinit(&answer);
	return CARVE_YES;
}

// A plan that ended meanwhile is no failure (409).
static enum carve_exit cancel(struct carve_session *session, const char *id)
{
	static const char body[] = "{\"state\":\"cancelled\"}";
	struct carve_answer answer;
	struct carved_error error;
	char *path = carve_locate_path(session, CARVE_PLAN, id);
	struct carve_request request = {.method = "PATCH",
		.path = path,
		.content_type = "application/json",
		.body = body,
		.body_length = sizeof body - 1,
		.seconds = LOOK_SECONDS};
	carve_progress(session->terminal, "");
	carve_say(session->terminal, session->terminal->err, "carve.plan.stopping", NULL);
	putc('\n', session->terminal->err);
	enum carve_exit code = CARVE_YES;
	if (!carve_http_send(session->http, &request, &answer, &error)) {
		code = carve_session_fail(session, &error);
	} else {
		if (!carve_answer_is_good(&answer) && answer.status != 409)
			code = carve_problem_report(session, &answer, NULL);
		carve_answer_deinit(&answer);
	}
	free(path);
	return code;
}

static void block_interrupt(sigset_t *ret_interrupt, sigset_t *ret_before)
{
	sigemptyset(ret_interrupt);
	sigaddset(ret_interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, ret_interrupt, ret_before);
}

enum carve_exit carve_watch_plan(struct carve_session *session, const char *id)
{
	sigset_t interrupt, before;
	time_t since = time(NULL);
	bool ended = false, stopping = false;
	long pause_ms = PAUSE_MS_FIRST;
	block_interrupt(&interrupt, &before);
	enum carve_exit code = look(session, id, since, &ended);
	while (code == CARVE_YES && !ended) {
		struct timespec pause = {.tv_sec = pause_ms / 1000, .tv_nsec = pause_ms % 1000 * 1000000};
		bool interrupted = sigtimedwait(&interrupt, NULL, &pause) == SIGINT;
		pause_ms = pause_ms * 2 < PAUSE_MS_MOST ? pause_ms * 2 : PAUSE_MS_MOST;
		if (interrupted && !stopping) {
			stopping = true;
			code = cancel(session, id);
			sigprocmask(SIG_SETMASK, &before, NULL); // the next one ends carve as it ends any program
		}
		if (code == CARVE_YES)
			code = look(session, id, since, &ended);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	carve_progress(session->terminal, "");
	return code;
}
