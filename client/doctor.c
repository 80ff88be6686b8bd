// SPDX-License-Identifier: EUPL-1.2
// carve doctor: first the way to the daemon, as far as it goes, then what the daemon finds in itself (GET /v1/diagnostics).
#include "doctor.h"
#include "carved/base/json.h"
#include "commands.h"
#include <string.h>

#define CHECKS_MAX 16
#define SECONDS 600 // a large database is read whole

static const char *const verdict_names[] = {"ok", "warning", "wrong"};

struct doctor {
	struct carve_session *session;
	struct carve_check checks[CHECKS_MAX];
	size_t count;
	bool wrong; // anything
	struct carve_answer diagnosis;
	bool has_diagnosis;
};

static void add(struct doctor *doctor, const struct carve_check *check)
{
	doctor->checks[doctor->count++] = *check;
	doctor->wrong = doctor->wrong || check->verdict == CARVE_CHECK_WRONG;
}

static void check_version(struct doctor *doctor)
{
	const struct carved_node *versions = carved_node_get(doctor->diagnosis.json, "versions");
	const char *daemon = carved_node_get_text(versions, "carved", "?");
	struct carve_check check = {.name = "version"};
	if (strcmp(daemon, CARVED_VERSION) == 0) {
		carved_fail(&check.finding, CARVED_DOCTOR_VERSION_GOOD, "version", daemon);
	} else {
		check.verdict = CARVE_CHECK_WARNING;
		carved_fail(&check.finding, CARVED_DOCTOR_VERSION_OTHER, "client", CARVED_VERSION);
		carved_error_add(&check.finding, "daemon", daemon);
	}
	add(doctor, &check);
}

static void ask_daemon(struct doctor *doctor)
{
	struct carve_request request = {.method = "GET", .path = "/v1/diagnostics", .seconds = SECONDS};
	struct carve_check check = {.name = "daemon", .verdict = CARVE_CHECK_WRONG};
	if (!carve_http_send(doctor->session->http, &request, &doctor->diagnosis, &check.finding)) {
		add(doctor, &check);
		return;
	}
	doctor->has_diagnosis = carve_answer_is_good(&doctor->diagnosis) && doctor->diagnosis.json;
	if (doctor->has_diagnosis) {
		check_version(doctor);
		return;
	}
	carved_error_set(&check.finding, CARVED_DOCTOR_NO_DIAGNOSIS);
	carved_error_add_number(&check.finding, "status", doctor->diagnosis.status);
	add(doctor, &check);
}

static enum carve_verdict verdict_of(const struct carved_node *check)
{
	const char *name = carved_node_get_text(check, "verdict", "");
	for (size_t i = 0; i < sizeof verdict_names / sizeof *verdict_names; i++) {
		if (strcmp(verdict_names[i], name) == 0)
			return (enum carve_verdict)i;
	}
	return CARVE_CHECK_WRONG; // a word that we don't know is no good news
}

// ---- for people

static void print_line(
	struct carve_session *session, const char *name, enum carve_verdict verdict, const char *message, const char *hint)
{
	static const enum carve_style styles[] = {CARVE_GOOD, CARVE_WARN, CARVE_BAD};
	const struct carve_terminal *terminal = session->terminal;
	char word[64], padded[64];
	snprintf(word, sizeof word, "carve.doctor.verdict.%s", verdict_names[verdict]);
	snprintf(padded, sizeof padded, "%-8s", carve_word(terminal, word));
	carve_write_styled(terminal, terminal->out, styles[verdict], padded);
	fprintf(terminal->out, " %-8s ", name);
	carve_write(terminal->out, message);
	putc('\n', terminal->out);
	if (hint && verdict != CARVE_CHECK_OK) {
		fprintf(terminal->out, "%*s", 18, "");
		carve_write(terminal->out, hint);
		putc('\n', terminal->out);
	}
}

static void print_own(struct carve_session *session, const struct carve_check *check)
{
	struct carved_buffer message = CARVED_BUFFER_INIT, hint = CARVED_BUFFER_INIT;
	carved_text_error(session->terminal->language, &check->finding, &message);
	bool has_hint = carved_text_hint(session->terminal->language, &check->finding, &hint);
	print_line(session, check->name, check->verdict, message.data, has_hint ? hint.data : NULL);
	carved_buffer_deinit(&message);
	carved_buffer_deinit(&hint);
}

static void print_settings(struct carve_session *session, const struct carved_node *settings)
{
	FILE *out = session->terminal->out;
	if (!settings || settings->count == 0)
		return;
	fprintf(out, "%s\n", carve_word(session->terminal, "carve.doctor.settings"));
	for (const struct carved_node *setting = carved_node_first(settings); setting; setting = setting->next) {
		fprintf(out, "  ");
		carve_write(out, carved_node_get_text(setting, "setting", "?"));
		fprintf(out, ": ");
		carve_write(out, carved_node_get_text(setting, "value", ""));
		fprintf(out, " (");
		carve_write(out, carved_node_get_text(setting, "default", ""));
		fprintf(out, ")\n");
	}
}

static void print(struct doctor *doctor)
{
	const struct carved_node *diagnosis = doctor->has_diagnosis ? doctor->diagnosis.json : NULL;
	for (size_t i = 0; i < doctor->count; i++)
		print_own(doctor->session, &doctor->checks[i]);
	for (const struct carved_node *check = carved_node_first(carved_node_get(diagnosis, "checks")); check;
		check = check->next)
		print_line(doctor->session, carved_node_get_text(check, "check", "?"), verdict_of(check),
			carved_node_get_text(check, "message", ""), carved_node_get_text(check, "hint", NULL));
	print_settings(doctor->session, carved_node_get(diagnosis, "settings"));
}

// ---- for programs

static void add_own_json(struct doctor *doctor, struct carved_json_writer *writer)
{
	enum carved_language language = doctor->session->terminal->language;
	for (size_t i = 0; i < doctor->count; i++) {
		const struct carve_check *check = &doctor->checks[i];
		struct carved_buffer text = CARVED_BUFFER_INIT;
		carved_json_begin_object(writer, NULL);
		carved_json_add_text(writer, "check", check->name);
		carved_json_add_text(writer, "verdict", verdict_names[check->verdict]);
		carved_json_add_text(writer, "code", carved_code_name(check->finding.code));
		carved_text_error(language, &check->finding, &text);
		carved_json_add_text(writer, "message", text.data);
		carved_buffer_clear(&text);
		if (carved_text_hint(language, &check->finding, &text))
			carved_json_add_text(writer, "hint", text.data);
		carved_json_end_object(writer);
		carved_buffer_deinit(&text);
	}
}

static void print_json(struct doctor *doctor)
{
	const struct carved_node *diagnosis = doctor->has_diagnosis ? doctor->diagnosis.json : NULL;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	carved_json_begin_object(&writer, NULL);
	carved_json_begin_array(&writer, "checks");
	add_own_json(doctor, &writer);
	for (const struct carved_node *check = carved_node_first(carved_node_get(diagnosis, "checks")); check;
		check = check->next)
		carved_json_add_node(&writer, NULL, check);
	carved_json_end_array(&writer);
	if (diagnosis)
		carved_json_add_node(&writer, "diagnostics", diagnosis);
	else
		carved_json_add_text(&writer, "diagnostics", NULL);
	carved_json_end_object(&writer);
	fprintf(doctor->session->terminal->out, "%s\n", text.data);
	carved_buffer_deinit(&text);
}

enum carve_exit carve_run_doctor(struct carve_session *session)
{
	struct doctor doctor = {.session = session};
	struct carve_check socket = {0};
	if (!session->args->host) { // there, `carve dial-stdio` finds out
		carve_doctor_check_socket(session->args->socket, &socket);
		add(&doctor, &socket);
	}
	if (socket.verdict != CARVE_CHECK_WRONG)
		ask_daemon(&doctor);
	const struct carved_node *checks = doctor.has_diagnosis ? carved_node_get(doctor.diagnosis.json, "checks") : NULL;
	for (const struct carved_node *check = carved_node_first(checks); check; check = check->next)
		doctor.wrong = doctor.wrong || verdict_of(check) == CARVE_CHECK_WRONG;
	if (session->args->json)
		print_json(&doctor);
	else
		print(&doctor);
	carve_answer_deinit(&doctor.diagnosis);
	return doctor.wrong ? CARVE_NO : CARVE_YES;
}
