// SPDX-License-Identifier: EUPL-1.2
#include "support/carved_cmocka.h"

#include "service/metrics_text.h"

static void a_metric_has_its_help_its_type_and_its_samples(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_metric_writer writer = {.buffer = &text};
	(void)state;
	carved_metric_begin(&writer, "carved_x", "gauge", "What it is.");
	carved_metric_add(&writer, CARVED_METRIC_NO_LABELS, 1234567890123.0);
	carved_metric_add(&writer, CARVED_METRIC_LABEL("a", "b"), 0.25);
	carved_metric_add(&writer, (struct carved_metric_labels){{{"a", "b"}, {"c", "d"}}}, 0);
	assert_string_equal(text.data, "# HELP carved_x What it is.\n"
				       "# TYPE carved_x gauge\n"
				       "carved_x 1234567890123\n"
				       "carved_x{a=\"b\"} 0.25\n"
				       "carved_x{a=\"b\",c=\"d\"} 0\n");
	carved_buffer_deinit(&text);
}

static void what_would_break_a_label_is_escaped(void **state)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_metric_writer writer = {.buffer = &text, .name = "x"};
	(void)state;
	carved_metric_add(&writer, CARVED_METRIC_LABEL("a", "q\"b\\n\ne"), 1);
	assert_string_equal(text.data, "x{a=\"q\\\"b\\\\n\\ne\"} 1\n");
	carved_buffer_deinit(&text);
}

static void a_histogram_is_cumulative_and_its_count_is_its_last_bucket(void **state)
{
	static const uint64_t bounds[] = {1000, 2500000};
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_metric_writer writer = {.buffer = &text, .name = "x"};
	struct carved_histogram histogram;
	(void)state;
	carved_histogram_init(&histogram, bounds, 2);
	carved_histogram_add(&histogram, 500);
	carved_histogram_add(&histogram, 2000000);
	carved_histogram_add(&histogram, 9000000);
	carved_metric_add_histogram(&writer, CARVED_METRIC_LABEL("q", "w"), &histogram, 1e6);
	assert_string_equal(text.data, "x_bucket{q=\"w\",le=\"0.001\"} 1\n"
				       "x_bucket{q=\"w\",le=\"2.5\"} 2\n"
				       "x_bucket{q=\"w\",le=\"+Inf\"} 3\n"
				       "x_sum{q=\"w\"} 11.0005\n"
				       "x_count{q=\"w\"} 3\n");
	carved_buffer_deinit(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_metric_has_its_help_its_type_and_its_samples),
		cmocka_unit_test(what_would_break_a_label_is_escaped),
		cmocka_unit_test(a_histogram_is_cumulative_and_its_count_is_its_last_bucket),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
