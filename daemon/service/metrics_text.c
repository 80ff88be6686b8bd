// SPDX-License-Identifier: EUPL-1.2
#include "metrics_text.h"
#include <inttypes.h>
#include <stdio.h>

static void add_escaped(struct carved_buffer *buffer, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			carved_buffer_add_text(buffer, "\\n");
		else if (*text == '\\' || *text == '"')
			carved_buffer_printf(buffer, "\\%c", *text);
		else
			carved_buffer_add(buffer, text, 1);
	}
}

static void add_label(struct carved_buffer *buffer, bool first, const char *name, const char *value)
{
	carved_buffer_printf(buffer, "%s%s=\"", first ? "{" : ",", name);
	add_escaped(buffer, value);
	carved_buffer_add_text(buffer, "\"");
}

// name + suffix, the labels, and `le` where it is not NULL.
static void add_series(
	struct carved_metric_writer *writer, const char *suffix, const struct carved_metric_labels *labels, const char *le)
{
	bool first = true;
	carved_buffer_printf(writer->buffer, "%s%s", writer->name, suffix);
	for (size_t i = 0; i < CARVED_METRIC_LABELS_MAX && labels->items[i].name; i++) {
		add_label(writer->buffer, first, labels->items[i].name, labels->items[i].value);
		first = false;
	}
	if (le)
		add_label(writer->buffer, first, "le", le);
	carved_buffer_add_text(writer->buffer, first && !le ? " " : "} ");
}

void carved_metric_begin(struct carved_metric_writer *writer, const char *name, const char *type, const char *help)
{
	writer->name = name;
	carved_buffer_printf(writer->buffer, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void carved_metric_add(struct carved_metric_writer *writer, struct carved_metric_labels labels, double value)
{
	add_series(writer, "", &labels, NULL);
	carved_buffer_printf(writer->buffer, "%.15g\n", value);
}

void carved_metric_add_histogram(struct carved_metric_writer *writer, struct carved_metric_labels labels,
	const struct carved_histogram *histogram, double per_second)
{
	struct carved_histogram_reading reading = carved_histogram_read(histogram);
	char bound[32];
	for (size_t i = 0; i <= histogram->bound_count; i++) {
		if (i < histogram->bound_count)
			snprintf(bound, sizeof bound, "%g", (double)histogram->bounds[i] / per_second);
		else
			snprintf(bound, sizeof bound, "+Inf");
		add_series(writer, "_bucket", &labels, bound);
		carved_buffer_printf(writer->buffer, "%" PRIu64 "\n", reading.cumulative[i]);
	}
	add_series(writer, "_sum", &labels, NULL);
	carved_buffer_printf(writer->buffer, "%.15g\n", (double)reading.sum / per_second);
	add_series(writer, "_count", &labels, NULL);
	carved_buffer_printf(writer->buffer, "%" PRIu64 "\n", reading.cumulative[histogram->bound_count]);
}
