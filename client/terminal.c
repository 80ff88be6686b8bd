// SPDX-License-Identifier: EUPL-1.2
#include "terminal.h"
#include "carved/base/buffer.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void carve_terminal_init(struct carve_terminal *terminal, enum carved_language language, const char *no_color)
{
	bool colors = !no_color || !*no_color;
	*terminal = (struct carve_terminal){
		.language = language,
		.out = stdout,
		.err = stderr,
		.err_is_terminal = isatty(STDERR_FILENO),
	};
	terminal->out_colors = colors && isatty(STDOUT_FILENO);
	terminal->err_colors = colors && terminal->err_is_terminal;
}

const char *carve_word(const struct carve_terminal *terminal, const char *msgid)
{
	return carved_text(terminal->language, msgid);
}

void carve_write(FILE *stream, const char *text)
{
	for (const char *at = text; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
		bool c1 = byte == 0xc2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xa0; // U+0080 to U+009F
		putc(control || c1 ? '?' : byte, stream);
		at += c1;
	}
}

static const char *escape_of(enum carve_style style)
{
	switch (style) {
	case CARVE_BOLD:
		return "\033[1m";
	case CARVE_GOOD:
		return "\033[32m";
	case CARVE_WARN:
		return "\033[33m";
	case CARVE_BAD:
		return "\033[31m";
	case CARVE_PLAIN:
		break;
	}
	return "";
}

void carve_write_styled(const struct carve_terminal *terminal, FILE *stream, enum carve_style style, const char *text)
{
	bool colors = style != CARVE_PLAIN &&
		      ((stream == terminal->out && terminal->out_colors) || (stream == terminal->err && terminal->err_colors));
	if (colors)
		fputs(escape_of(style), stream);
	carve_write(stream, text);
	if (colors)
		fputs("\033[0m", stream);
}

// The value of `name` (length bytes) among the pairs; NULL where there is none.
static const char *pair_find(va_list pairs, const char *name, size_t length)
{
	const char *key;
	while ((key = va_arg(pairs, const char *))) {
		const char *value = va_arg(pairs, const char *);
		if (strlen(key) == length && memcmp(key, name, length) == 0)
			return value;
	}
	return NULL;
}

void carve_say(const struct carve_terminal *terminal, FILE *stream, const char *msgid, ...)
{
	struct carved_buffer filled = CARVED_BUFFER_INIT;
	const char *text = carve_word(terminal, msgid);
	while (*text) {
		size_t plain = strcspn(text, "{");
		carved_buffer_add(&filled, text, plain);
		text += plain;
		if (!*text)
			break;
		va_list pairs;
		va_start(pairs, msgid);
		size_t length = strcspn(text, "}");
		const char *value = pair_find(pairs, text + 1, length - 1);
		va_end(pairs);
		carved_buffer_add_text(&filled, value ? value : "");
		text += text[length] ? length + 1 : length;
	}
	carve_write(stream, filled.data ? filled.data : "");
	carved_buffer_deinit(&filled);
}

void carve_say_error(const struct carve_terminal *terminal, const struct carved_error *error)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	carved_text_error(terminal->language, error, &text);
	carve_write_styled(terminal, terminal->err, CARVE_BAD, "carve: ");
	carve_write(terminal->err, text.data ? text.data : "");
	carve_write(terminal->err, "\n");
	carved_buffer_clear(&text);
	if (carved_text_hint(terminal->language, error, &text)) {
		carve_write(terminal->err, "    ");
		carve_write(terminal->err, text.data);
		carve_write(terminal->err, "\n");
	}
	carved_buffer_deinit(&text);
}

void carve_progress(const struct carve_terminal *terminal, const char *text)
{
	if (!terminal->err_is_terminal)
		return;
	fputs("\r\033[K", terminal->err);
	if (*text) { // no wrapping: of a line that is too long only the last row could be cleared
		fputs("\033[?7l", terminal->err);
		carve_write(terminal->err, text);
		fputs("\033[?7h", terminal->err);
	}
	fflush(terminal->err);
}
