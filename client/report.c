// SPDX-License-Identifier: EUPL-1.2
// carve report: a page for people, as one HTML file. The daemon makes it; this asks for it and puts it where it is wanted.
#include "commands.h"
#include "kind.h"
#include "locate.h"
#include "placed.h"
#include <errno.h>
#include <string.h>

static enum carve_exit fail(struct carve_session *session, const char *file)
{
	struct carved_error error;
	carved_fail(&error, CARVED_FILE_NOT_WRITTEN, "file", file);
	carved_error_add(&error, "reason", strerrorname_np(errno));
	carve_say_error(session->terminal, &error);
	return CARVE_INTERNAL;
}

// Whole or not at all: a page that is there already stays until the new one is complete.
static enum carve_exit write_file(struct carve_session *session, const char *name, const struct carved_buffer *page)
{
	struct carved_buffer part = CARVED_BUFFER_INIT;
	carved_buffer_printf(&part, "%s.part", name);
	FILE *file = fopen(part.data, "w");
	bool good = file && fwrite(page->data, 1, page->length, file) == page->length;
	good = (!file || fclose(file) == 0) && good && rename(part.data, name) == 0;
	enum carve_exit code = good ? CARVE_YES : fail(session, name);
	if (file && !good)
		remove(part.data);
	carved_buffer_deinit(&part);
	return code;
}

static enum carve_exit save(struct carve_session *session, const char *path)
{
	struct carve_request request = {.method = "GET", .path = path, .accept = "text/html", .seconds = 600};
	struct carve_answer answer;
	const char *name = session->args->output;
	enum carve_exit code = carve_session_send(session, &request, &answer);
	if (code != CARVE_YES)
		return code;
	if (name && strcmp(name, "-") != 0)
		code = write_file(session, name, &answer.body);
	else
		fwrite(answer.body.data, 1, answer.body.length, session->terminal->out);
	carve_answer_deinit(&answer);
	return code;
}

static enum carve_exit report_proposal(struct carve_session *session, const char *id)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, CARVE_PROPOSAL, id, &path);
	carved_buffer_printf(&path, "/explanation?for=%s", session->args->for_whom ? session->args->for_whom : "coach");
	enum carve_exit code = save(session, path.data);
	carved_buffer_deinit(&path);
	return code;
}

static enum carve_exit report_candidate(struct carve_session *session, const char *ref)
{
	struct carve_answer answer;
	const struct carved_node *proposal;
	enum carve_exit code = carve_placed_get(session, ref, &answer, &proposal);
	if (code != CARVE_YES)
		return code;
	code = report_proposal(session, carved_node_get_text(proposal, "id", "?"));
	carve_answer_deinit(&answer);
	return code;
}

static enum carve_exit save_below(struct carve_session *session, enum carve_kind kind, const char *ref, const char *below)
{
	struct carved_buffer path = CARVED_BUFFER_INIT;
	carve_locate_add(session, kind, ref, &path);
	carved_buffer_add_text(&path, below);
	enum carve_exit code = save(session, path.data);
	carved_buffer_deinit(&path);
	return code;
}

static enum carve_exit report_site(struct carve_session *session, const char *ref)
{
	return save_below(session, CARVE_SITE, ref, "/recommendations");
}

static enum carve_exit report_plan(struct carve_session *session, const char *id)
{
	return save_below(session, CARVE_PLAN, id, "/overview");
}

// What there are pages of.
static const struct {
	enum carve_kind kind;
	enum carve_exit (*report)(struct carve_session *session, const char *ref);
} pages[] = {{CARVE_PROPOSAL, report_proposal}, {CARVE_CANDIDATE, report_candidate}, {CARVE_SITE, report_site},
	{CARVE_PLAN, report_plan}};

static enum carve_exit report(struct carve_session *session, enum carve_kind kind, const char *ref)
{
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		if (pages[i].kind == kind)
			return pages[i].report(session, ref);
	}
	return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", carve_kind_name(kind));
}

// A ref alone: ids of carved's own tell what they are of; whose any other is the daemon knows.
static enum carve_exit report_guessed(struct carve_session *session, const char *ref)
{
	struct carve_answer document;
	enum carve_kind kind;
	if (carve_kind_is_plan_id(ref))
		return report(session, CARVE_PLAN, ref);
	if (carve_kind_is_proposal_id(ref))
		return report(session, CARVE_PROPOSAL, ref);
	enum carve_exit code = carve_locate_get(session, 1u << CARVE_CANDIDATE | 1u << CARVE_SITE, &kind, &document);
	if (code != CARVE_YES)
		return code;
	carve_answer_deinit(&document);
	return report(session, kind, ref);
}

enum carve_exit carve_run_report(struct carve_session *session)
{
	const struct carve_args *args = session->args;
	enum carve_kind kind;
	if (args->site)
		return report(session, CARVE_SITE, args->site);
	if (args->operand_count < 2)
		return report_guessed(session, carve_locate_ref(session));
	if (carve_kind_parse(args->operands[0], &kind))
		return report(session, kind, args->operands[1]);
	return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_KIND, "kind", args->operands[0]);
}
