// SPDX-License-Identifier: EUPL-1.2
#include "problem.h"
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum carve_exit carve_problem_exit(long status)
{
	switch (status) {
	case 401:
	case 403:
		return CARVE_NOT_ALLOWED;
	case 404:
	case 410:
		return CARVE_NOT_FOUND;
	case 409:
	case 412:
	case 428:
		return CARVE_STALE;
	case 405:
	case 406:
		return CARVE_INTERNAL; // carve asked what the daemon does not know: they don't belong together
	case 408:
	case 429:
	case 503:
		return CARVE_UNREACHABLE;
	default:
		return status >= 400 && status < 500 ? CARVE_INVALID : CARVE_INTERNAL;
	}
}

// "--candidate-agreed: " for the member candidateAgreed: what carve sends without a file it has made of its options, which have the members' names.
static void write_option(FILE *err, const char *pointer)
{
	if (pointer[0] != '/' || !pointer[1] || strchr(pointer + 1, '/'))
		return;
	fputs("--", err);
	for (const char *c = pointer + 1; *c; c++) {
		if (isupper((unsigned char)*c))
			putc('-', err);
		putc(tolower((unsigned char)*c), err);
	}
	fputs(": ", err);
}

// "FILE:LINE:COLUMN: ", or what of it is known.
static void write_place(struct carve_session *session, const struct carved_node *finding, const char *file)
{
	FILE *err = session->terminal->err;
	const struct carved_node *location = carved_node_get(finding, "location");
	int64_t line = carved_node_get_integer(location, "line", 0), column = carved_node_get_integer(location, "column", 0);
	carve_write(err, file ? file : "carve");
	if (file && line > 0) // without a file it is a place in what carve made up itself
		fprintf(err, ":%" PRId64 ":%" PRId64, line, column);
	fputs(": ", err);
	if (!file && carved_node_get_text(finding, "ref", NULL)) { // a document that carve did not send as a file
		carve_write(err, carved_node_get_text(finding, "kind", "?"));
		fputs(" ", err);
		carve_write(err, carved_node_get_text(finding, "ref", "?"));
		fputs(" ", err);
		carve_write(err, carved_node_get_text(finding, "pointer", ""));
		fputs(": ", err);
	} else if (!file) {
		write_option(err, carved_node_get_text(finding, "pointer", ""));
	}
}

static void write_hint(struct carve_session *session, const struct carved_node *problem)
{
	const char *hint = carved_node_get_text(problem, "hint", NULL);
	if (!hint)
		return;
	carve_write(session->terminal->err, "    ");
	carve_write(session->terminal->err, hint);
	carve_write(session->terminal->err, "\n");
}

static void write_finding(struct carve_session *session, const struct carved_node *finding, const char *file, bool warning)
{
	const struct carve_terminal *terminal = session->terminal;
	write_place(session, finding, file);
	if (warning) {
		carve_write_styled(terminal, terminal->err, CARVE_WARN, carve_word(terminal, "carve.warning"));
		carve_write(terminal->err, " ");
	}
	carve_write(terminal->err, carved_node_get_text(finding, "message", carved_node_get_text(finding, "code", "?")));
	carve_write(terminal->err, "\n");
	write_hint(session, finding);
}

static size_t write_findings(struct carve_session *session, const struct carved_node *findings, const char *file, bool warning)
{
	size_t count = 0;
	for (const struct carved_node *finding = carved_node_first(findings); finding; finding = finding->next, count++)
		write_finding(session, finding, file, warning);
	return count;
}

// The problem as a whole, where it has no errors of its own to show.
static void write_whole(struct carve_session *session, const struct carve_answer *answer, const char *file)
{
	const struct carve_terminal *terminal = session->terminal;
	char status[24];
	snprintf(status, sizeof status, "%ld", answer->status);
	const char *title = carved_node_get_text(answer->json, "title", NULL);
	const char *detail = carved_node_get_text(answer->json, "detail", NULL);
	carve_write_styled(terminal, terminal->err, CARVE_BAD, file ? file : "carve");
	carve_write(terminal->err, ": ");
	if (title || detail)
		carve_write(terminal->err, detail ? detail : title);
	else
		carve_say(terminal, terminal->err, "carve.answer.status", "status", status, NULL);
	carve_write(terminal->err, "\n");
	write_hint(session, answer->json);
}

static void write_dropped(struct carve_session *session, int64_t dropped)
{
	char count[24];
	snprintf(count, sizeof count, "%" PRId64, dropped);
	if (dropped > 0) {
		carve_say(session->terminal, session->terminal->err, "carve.findings.dropped", "count", count, NULL);
		carve_write(session->terminal->err, "\n");
	}
}

enum carve_exit carve_problem_report(struct carve_session *session, const struct carve_answer *answer, const char *file)
{
	carve_progress(session->terminal, "");
	if (session->args->json && answer->json) {
		carve_session_print_body(session, answer);
		return carve_problem_exit(answer->status);
	}
	if (write_findings(session, carved_node_get(answer->json, "errors"), file, false) == 0)
		write_whole(session, answer, file);
	write_findings(session, carved_node_get(answer->json, "warnings"), file, true);
	write_dropped(session, carved_node_get_integer(answer->json, "dropped", 0));
	return carve_problem_exit(answer->status);
}

void carve_problem_warnings(struct carve_session *session, const struct carved_node *answer, const char *file)
{
	write_findings(session, carved_node_get(answer, "warnings"), file, true);
	write_dropped(session, carved_node_get_integer(answer, "dropped", 0));
}
