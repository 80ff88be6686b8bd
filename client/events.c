// SPDX-License-Identifier: EUPL-1.2
// `carve watch`: what happens, a line for each event, until Ctrl-C. The daemon may come and go: carve goes on behind the last event that it has shown.
//
// SIGINT stays blocked, as while a plan is watched (watch.c): it is looked for while events are awaited, and ends the pause between two tries.
#include "commands.h"
#include "event_reader.h"
#include "problem.h"
#include "render.h"
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAUSE_MS_FIRST 500
#define PAUSE_MS_MOST 10000

struct watch {
	struct carve_session *session;
	struct carve_event_reader *reader;
	sigset_t interrupt;
	char *path;
	bool resumes;   // `last` is where to go on
	bool lost;      // the user was told that the connection is
	bool connected; // this try came through
	int64_t last;
};

static bool is_interrupted(void)
{
	sigset_t pending;
	sigpending(&pending);
	return sigismember(&pending, SIGINT) == 1;
}

static bool goes_on(void *context)
{
	(void)context;
	return !is_interrupted();
}

// Whether somebody still reads what carve writes: where nobody does, main says so.
static bool is_heard(const struct watch *w)
{
	return fflush(w->session->terminal->out) == 0;
}

static bool show(void *context, const struct carve_event *event)
{
	struct watch *w = context;
	w->connected = w->resumes = true;
	w->last = event->id;
	if (!event->data)
		return true; // only says how far the stream is
	if (w->session->args->json) {
		fwrite(event->data, 1, event->data_length, w->session->terminal->out);
		putc('\n', w->session->terminal->out);
	} else {
		carve_render_event(w->session->terminal, event->data, event->data_length);
	}
	return is_heard(w);
}

static bool receive(void *context, const char *bytes, size_t length)
{
	struct watch *w = context;
	return carve_event_reader_feed(w->reader, bytes, length);
}

static void add_query(struct watch *w, struct carved_buffer *path, const char *key, const char *value)
{
	if (!value)
		return;
	carved_buffer_add_text(path, strchr(path->data, '?') ? "&" : "?");
	carved_buffer_add_text(path, key);
	carved_buffer_add_text(path, "=");
	carve_http_escape(w->session->http, value, path);
}

static char *make_path(struct watch *w)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carved_buffer_add_text(&path, "/v1/events");
	add_query(w, &path, "kinds", w->session->args->kinds);
	add_query(w, &path, "plan", w->session->args->plan);
	return carved_buffer_take(&path, NULL);
}

static bool is_too_busy(long status)
{
	return status == 429 || status == 503;
}

// One connection, as long as it lasts. *ret_again: another try makes sense.
static enum carve_exit follow(struct watch *w, bool first, bool *ret_again)
{
	char last[48];
	struct carve_answer answer = {0};
	struct carved_error error;
	const struct carve_stream stream = {
		.path = w->path, .header = w->resumes ? last : NULL, .received = receive, .goes_on = goes_on, .context = w};
	snprintf(last, sizeof last, "Last-Event-ID: %" PRId64, w->last);
	carve_event_reader_clear(w->reader);
	bool came = carve_http_stream(w->session->http, &stream, &answer, &error);
	enum carve_exit code = CARVE_YES;
	*ret_again = true;
	if (is_interrupted() || ferror(w->session->terminal->out)) {
		*ret_again = false;
	} else if (carve_event_reader_is_lost(w->reader)) {
		carved_error_set(&error, CARVED_ANSWER_UNREADABLE);
		code = carve_session_fail(w->session, &error);
		*ret_again = false;
	} else if (!came && first) {
		code = carve_session_fail(w->session, &error);
		*ret_again = false;
	} else if (came && !carve_answer_is_good(&answer) && (first || !is_too_busy(answer.status))) {
		code = carve_problem_report(w->session, &answer, NULL);
		*ret_again = false;
	}
	carve_answer_deinit(&answer);
	return code;
}

static void say_lost(struct watch *w)
{
	const struct carve_terminal *terminal = w->session->terminal;
	if (!w->lost) {
		carve_say(terminal, terminal->err, "carve.watch.lost", NULL);
		putc('\n', terminal->err);
	}
	w->lost = true;
}

// Tries until Ctrl-C, or until another try makes no sense.
static enum carve_exit watch(struct watch *w)
{
	long pause_ms = PAUSE_MS_FIRST;
	bool again = true;
	enum carve_exit code = CARVE_YES;
	for (bool first = true; again; first = false) {
		w->connected = false;
		code = follow(w, first, &again);
		if (w->connected) {
			w->lost = false;
			pause_ms = PAUSE_MS_FIRST;
		}
		if (!again)
			break;
		say_lost(w);
		struct timespec pause = {.tv_sec = pause_ms / 1000, .tv_nsec = pause_ms % 1000 * 1000000};
		if (sigtimedwait(&w->interrupt, NULL, &pause) == SIGINT)
			break;
		pause_ms = pause_ms * 2 < PAUSE_MS_MOST ? pause_ms * 2 : PAUSE_MS_MOST;
	}
	return code;
}

enum carve_exit carve_run_watch(struct carve_session *session)
{
	sigset_t before;
	struct watch w = {.session = session, .resumes = session->args->since >= 0, .last = session->args->since};
	const struct timespec at_once = {0};
	w.reader = carve_event_reader_new(show, &w);
	w.path = make_path(&w);
	sigemptyset(&w.interrupt);
	sigaddset(&w.interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &w.interrupt, &before);
	enum carve_exit code = watch(&w);
	sigtimedwait(&w.interrupt, NULL, &at_once); // the one that ended it
	sigprocmask(SIG_SETMASK, &before, NULL);
	free(w.path);
	carve_event_reader_free(w.reader);
	return code;
}
