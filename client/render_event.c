// SPDX-License-Identifier: EUPL-1.2
// An event as a line for people.
#include "carved/base/json.h"
#include "listing.h"
#include "render.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The moment as the clock here has it; what can't be read is shown as it came.
static void write_time(const struct carve_terminal *terminal, const char *at)
{
	struct tm tm = {0};
	char text[32];
	if (strptime(at, "%Y-%m-%dT%H:%M:%SZ", &tm)) {
		time_t moment = timegm(&tm);
		localtime_r(&moment, &tm);
		strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
		at = text;
	}
	carve_write(terminal->out, at);
	carve_write(terminal->out, "  ");
}

// The sentence of a code, where it stands without parameters; else the code.
static const char *failure_of(const struct carve_terminal *terminal, const struct carved_node *details)
{
	const char *code = carved_node_get_text(details, "failure", NULL);
	const char *text = code ? carved_text_find(terminal->language, code) : NULL;
	return text && !strchr(text, '{') ? text : code;
}

static void say_progress(
	const struct carve_terminal *terminal, const struct carved_node *event, const struct carved_node *details)
{
	char *progress = carve_render_progress(terminal, details);
	carve_say(terminal, terminal->out, "carve.watch.plan-progress", "plan", carved_node_get_text(event, "plan", "?"),
		"progress", progress, NULL);
	free(progress);
}

// What the sentence of an event may need; "" for what it has not.
static void say(const struct carve_terminal *terminal, const char *msgid, const struct carved_node *event,
	const struct carved_node *details)
{
	char candidates[32] = "", proposals[32] = "";
	const char *because = carved_node_get_text(details, "because", NULL), *failure = failure_of(terminal, details);
	carve_say(terminal, terminal->out, msgid, "plan", carved_node_get_text(event, "plan", ""), "proposal",
		carved_node_get_text(event, "proposal", ""), "candidate", carved_node_get_text(event, "candidate", ""), "site",
		carved_node_get_text(event, "site", ""), "date", carved_node_get_text(details, "date", ""), "who",
		carved_node_get_text(details, "createdBy", carved_node_get_text(details, "by", "")), "candidates",
		carved_node_get(details, "candidates")
			? carve_value(terminal, carved_node_get(details, "candidates"), candidates, sizeof candidates)
			: "",
		"proposals",
		carved_node_get(details, "proposals")
			? carve_value(terminal, carved_node_get(details, "proposals"), proposals, sizeof proposals)
			: "",
		"because", because ? carve_render_label(terminal, "watch.because", because) : "", "failure",
		failure ? failure : "", NULL);
}

// The member that says more than the kind does: how a plan ended, what people decided.
static const char *variant_of(const char *kind, const struct carved_node *details)
{
	if (strcmp(kind, "plan-ended") == 0)
		return carved_node_get_text(details, "state", NULL);
	return strcmp(kind, "decision") == 0 ? carved_node_get_text(details, "kind", NULL) : NULL;
}

void carve_render_event(const struct carve_terminal *terminal, const char *json, size_t length)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *event = NULL;
	struct carved_error error;
	uint32_t line, column;
	char msgid[96];
	if (!carved_json_parse(json, length, &arena, &event, &error, &line, &column))
		event = NULL;
	const struct carved_node *details = carved_node_get(event, "details");
	const char *kind = carved_node_get_text(event, "kind", ""), *variant = variant_of(kind, details);
	snprintf(msgid, sizeof msgid, "carve.watch.%s%s%s", kind, variant ? "." : "", variant ? variant : "");
	write_time(terminal, carved_node_get_text(event, "at", "?"));
	if (strcmp(kind, "plan-progress") == 0)
		say_progress(terminal, event, details);
	else if (carved_text_find(terminal->language, msgid))
		say(terminal, msgid, event, details);
	else
		carve_write(terminal->out, kind); // of a newer carved
	carve_write(terminal->out, "\n");
	carved_arena_deinit(&arena);
}
