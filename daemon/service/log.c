// SPDX-License-Identifier: EUPL-1.2
#include "log.h"
#include "carved/text/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_BYTES 1024

void carved_log(enum carved_log_level level, const char *format, ...)
{
	char line[LINE_BYTES];
	va_list arguments;
	int used = snprintf(line, sizeof line, "<%d>", (int)level);
	va_start(arguments, format);
	int more = vsnprintf(line + used, sizeof line - (size_t)used - 1, format, arguments);
	va_end(arguments);
	size_t length = (size_t)used + (more > 0 ? (size_t)more : 0);
	if (length > sizeof line - 2)
		length = sizeof line - 2;
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = '?';
	}
	line[length++] = '\n';
	if (write(STDERR_FILENO, line, length) < 0)
		return; // nowhere left to say so
}

void carved_log_failure(enum carved_log_level level, const char *context, const struct carved_error *error)
{
	struct carved_buffer sentence = CARVED_BUFFER_INIT;
	carved_text_error(CARVED_ENGLISH, error, &sentence);
	carved_log(level, "%s: %s (%s)", context, sentence.data ? sentence.data : "", carved_code_name(error->code));
	carved_buffer_deinit(&sentence);
}
