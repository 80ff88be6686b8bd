// SPDX-License-Identifier: EUPL-1.2
// Prometheus' text format, version 0.0.4: one HELP and one TYPE line a metric, then its samples.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/histogram.h"
#include <stdbool.h>

#define CARVED_METRICS_MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct carved_metric_label {
	const char *name, *value; // any value: what the format gives a meaning is escaped
};

#define CARVED_METRIC_LABELS_MAX 4
struct carved_metric_labels {
	struct carved_metric_label items[CARVED_METRIC_LABELS_MAX]; // those in use have a name
};
#define CARVED_METRIC_NO_LABELS ((struct carved_metric_labels){{{0}}})
#define CARVED_METRIC_LABEL(name, value) ((struct carved_metric_labels){{{name, value}}})

struct carved_metric_writer {
	struct carved_buffer *buffer; // borrowed
	const char *name;             // of the metric under way
};

void carved_metric_begin(struct carved_metric_writer *writer, const char *name, const char *type, const char *help);
void carved_metric_add(struct carved_metric_writer *writer, struct carved_metric_labels labels, double value);

// The buckets, the sum and the count of one histogram; `per_second`: how many of its units make a second.
void carved_metric_add_histogram(struct carved_metric_writer *writer, struct carved_metric_labels labels,
	const struct carved_histogram *histogram, double per_second);
