// SPDX-License-Identifier: EUPL-1.2
// carve offer, accept, decline, withdraw, start, end: what people decided on a proposal. The daemon judges; carve carries it there.
#include "carved/base/json.h"
#include "commands.h"
#include "locate.h"
#include "render.h"

static void add_text(struct carved_json_writer *writer, const char *key, const char *text)
{
	if (text)
		carved_json_add_text(writer, key, text);
}

static void format_decision(const struct carve_args *args, const char *kind, struct carved_buffer *body)
{
	const struct carve_decision_args *d = &args->decision;
	struct carved_json_writer writer = CARVED_JSON_WRITER(body);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "kind", kind);
	add_text(&writer, "candidateAgreed", d->candidate_agreed);
	add_text(&writer, "employerAgreed", d->employer_agreed);
	add_text(&writer, "financesDiscussed", d->finances_discussed);
	add_text(&writer, "contact", d->contact);
	add_text(&writer, "reason", d->reason);
	add_text(&writer, "text", d->text);
	if (d->for_good)
		carved_json_add_bool(&writer, "forGood", true);
	carved_json_end_object(&writer);
}

static void print_decided(struct carve_session *session, const struct carved_node *decision)
{
	const struct carve_terminal *terminal = session->terminal;
	carve_say(terminal, terminal->out, "carve.decided", "proposal", carved_node_get_text(decision, "proposal", "?"), "state",
		carve_render_label(terminal, "state", carved_node_get_text(decision, "kind", "?")), "candidate",
		carved_node_get_text(decision, "candidate", "?"), "site", carved_node_get_text(decision, "site", "?"), NULL);
	putc('\n', terminal->out);
}

static enum carve_exit decide(struct carve_session *session, const char *kind)
{
	struct carved_buffer path = CARVED_BUFFER_INIT, body = CARVED_BUFFER_INIT;
	struct carve_answer answer;
	carve_locate_add(session, CARVE_PROPOSAL, session->args->operands[0], &path);
	carved_buffer_add_text(&path, "/decisions");
	format_decision(session->args, kind, &body);
	struct carve_request request = {.method = "POST",
		.path = path.data,
		.content_type = "application/json",
		.body = body.data,
		.body_length = body.length,
		.keyed = true,
		.seconds = 120};
	enum carve_exit code = carve_session_send(session, &request, &answer);
	if (code == CARVE_YES) {
		if (session->args->json)
			carve_session_print_body(session, &answer);
		else
			print_decided(session, answer.json);
		carve_answer_deinit(&answer);
	}
	carved_buffer_deinit(&path);
	carved_buffer_deinit(&body);
	return code;
}

enum carve_exit carve_run_offer(struct carve_session *session)
{
	return decide(session, "offered");
}

enum carve_exit carve_run_accept(struct carve_session *session)
{
	return decide(session, "accepted");
}

enum carve_exit carve_run_decline(struct carve_session *session)
{
	return decide(session, "declined");
}

enum carve_exit carve_run_withdraw(struct carve_session *session)
{
	return decide(session, "withdrawn");
}

enum carve_exit carve_run_start(struct carve_session *session)
{
	return decide(session, "started");
}

enum carve_exit carve_run_end(struct carve_session *session)
{
	return decide(session, "ended");
}
