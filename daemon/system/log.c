// SPDX-License-Identifier: EUPL-1.2
#define SD_JOURNAL_SUPPRESS_LOCATION // it would always be this file
#include "system/log.h"
#include "carved/text/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#define LINE_BYTES 1024
#define FIELDS_MAX 10

static const char *const event_names[CARVED_EVENTS] = {
#define CARVED_LOG_EVENT(symbol, name) [CARVED_EVENT_##symbol] = name,
#include "system/events.def"
#undef CARVED_LOG_EVENT
};

static bool to_journal; // set before there are threads

const char *carved_log_event_name(enum carved_log_event event)
{
	return event_names[event];
}

void carved_log_init(void)
{
	const char *stream = getenv("JOURNAL_STREAM"); // "device:inode" of what the manager gave as standard error
	unsigned long long device, inode;
	struct stat found;
	to_journal = stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 && fstat(STDERR_FILENO, &found) == 0 &&
		     found.st_dev == device && found.st_ino == inode;
}

// ---- the journal

static void add_field(struct carved_buffer *fields, const char *name, const char *value)
{
	if (value)
		carved_buffer_printf(fields, "%s=%s\n", name, value);
}

void carved_log_format_fields(
	enum carved_log_level level, const struct carved_log_about *about, const char *message, struct carved_buffer *ret_fields)
{
	carved_buffer_printf(ret_fields, "MESSAGE=%s\nPRIORITY=%d\nSYSLOG_IDENTIFIER=carved\n", message, (int)level);
	if (!about)
		return;
	add_field(ret_fields, "CARVED_EVENT", event_names[about->event]);
	add_field(ret_fields, "CARVED_CODE", about->code);
	add_field(ret_fields, "CARVED_PLAN", about->plan);
	add_field(ret_fields, "CARVED_USER", about->user);
	add_field(ret_fields, "CARVED_RULE", about->rule);
}

static bool send_to_journal(enum carved_log_level level, const struct carved_log_about *about, const char *message)
{
	struct carved_buffer fields = CARVED_BUFFER_INIT;
	struct iovec items[FIELDS_MAX];
	int count = 0;
	carved_log_format_fields(level, about, message, &fields);
	for (char *at = fields.data, *end; count < FIELDS_MAX && (end = strchr(at, '\n')); at = end + 1)
		items[count++] = (struct iovec){.iov_base = at, .iov_len = (size_t)(end - at)};
	bool sent = sd_journal_sendv(items, count) == 0;
	carved_buffer_deinit(&fields);
	return sent;
}

// ---- entries

static void send_line(enum carved_log_level level, const char *message)
{
	char line[LINE_BYTES + 8];
	int length = snprintf(line, sizeof line, "<%d>%s\n", (int)level, message);
	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		return; // nowhere left to say so
}

static void clean(char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			*text = '?';
	}
}

static void tell(enum carved_log_level level, const struct carved_log_about *about, const char *format, va_list arguments)
{
	char message[LINE_BYTES];
	vsnprintf(message, sizeof message, format, arguments);
	clean(message);
	if (!to_journal || !send_to_journal(level, about, message))
		send_line(level, message);
}

void carved_log(enum carved_log_level level, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	tell(level, NULL, format, arguments);
	va_end(arguments);
}

void carved_log_about(enum carved_log_level level, const struct carved_log_about *about, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	tell(level, about, format, arguments);
	va_end(arguments);
}

// ---- failures

// Which parameters name a person: a candidate or a coach, and the ref of whatever is not known to be something else.
static bool names_person(const struct carved_error *error, const char *name)
{
	const char *kind = carved_error_get(error, "kind");
	if (strcmp(name, "candidate") == 0 || strcmp(name, "coach") == 0)
		return true;
	return strcmp(name, "ref") == 0 && !(kind && (strcmp(kind, "site") == 0 || strcmp(kind, "vocabulary") == 0));
}

static struct carved_error without_persons(const struct carved_error *error)
{
	struct carved_error copy;
	carved_error_set(&copy, error->code);
	for (size_t at = 0; at < error->used;) {
		const char *name = error->text + at, *value = name + strlen(name) + 1;
		carved_error_add(&copy, name, names_person(error, name) ? "(ref left out)" : value);
		at = (size_t)(value - error->text) + strlen(value) + 1;
	}
	return copy;
}

void carved_log_failure_about(
	enum carved_log_level level, const struct carved_log_about *about, const char *context, const struct carved_error *error)
{
	struct carved_buffer sentence = CARVED_BUFFER_INIT;
	struct carved_log_about all = about ? *about : (struct carved_log_about){0};
	const struct carved_error told = without_persons(error);
	all.code = carved_code_name(error->code);
	carved_text_error(CARVED_ENGLISH, &told, &sentence);
	carved_log_about(level, &all, "%s: %s (%s)", context, sentence.data ? sentence.data : "", all.code);
	carved_buffer_deinit(&sentence);
}

void carved_log_failure(enum carved_log_level level, const char *context, const struct carved_error *error)
{
	carved_log_failure_about(level, NULL, context, error);
}
