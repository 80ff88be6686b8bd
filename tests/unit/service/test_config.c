// SPDX-License-Identifier: EUPL-1.2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
// cmocka wants the four above first
#include "carved/base/yaml.h"
#include "service/config.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct fixture {
	struct carved_config config;
	struct carved_findings findings;
};

static int set_up(void **state)
{
	struct fixture *f = carved_alloc_array(1, sizeof *f);
	carved_config_init(&f->config);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	carved_config_deinit(&f->config);
	carved_findings_deinit(&f->findings);
	free(f);
	return 0;
}

static bool read_text(struct fixture *f, const char *text)
{
	return carved_config_read(&f->config, text, strlen(text), &f->findings);
}

static void assert_finding(
	const struct fixture *f, size_t index, enum carved_code code, uint32_t line, uint32_t column, const char *pointer)
{
	assert_true(index < f->findings.count);
	const struct carved_finding *finding = &f->findings.items[index];
	assert_string_equal(carved_code_name(finding->error.code), carved_code_name(code));
	assert_int_equal(finding->line, line);
	assert_int_equal(finding->column, column);
	assert_string_equal(finding->pointer, pointer);
}

static void settings_replace_their_defaults_and_leave_the_others(void **state)
{
	struct fixture *f = *state;
	assert_true(read_text(f, "socket: {path: /tmp/s, mode: \"0600\", group: staff}\nhttp:\n  body-bytes: 5000\n  idle-ms: "
				 "50\nplans:\n  workers: 3\n"
				 "weights:\n  relief: 30\nbudget:\n  search-rounds: 10\nstore:\n"));
	assert_string_equal(f->config.socket_path, "/tmp/s");
	assert_int_equal(f->config.socket_mode, 0600);
	assert_string_equal(f->config.socket_group, "staff");
	assert_int_equal(f->config.http.body_bytes, 5000);
	assert_int_equal(f->config.http.idle_ms, 50);
	assert_int_equal(f->config.http.header_ms, 10000);
	assert_int_equal(f->config.workers, 3);
	assert_int_equal(f->config.weights.relief, 30);
	assert_int_equal(f->config.weights.place, 12);
	assert_int_equal(f->config.budget.search_rounds, 10);
	assert_string_equal(f->config.store_path, "/var/lib/carved/carved.db");
}

static void everything_wrong_is_told_at_once_with_its_place(void **state)
{
	struct fixture *f = *state;
	assert_false(read_text(f,
		"sockt: {}\nhttp:\n  bodybytes: 5000\n  idle-ms: 0\n  header-ms: soon\nsocket:\n  mode: \"999\"\nplans: 3\n"
		"weights:\n  relieve: 1\n  fit-wish: 36\nbudget:\n  weather: 1\n"));
	assert_int_equal(f->findings.error_count, 9);
	assert_finding(f, 0, CARVED_SETTING_MISSPELT, 1, 1, "/sockt");
	assert_string_equal(carved_error_get(&f->findings.items[0].error, "suggestion"), "socket");
	assert_finding(f, 1, CARVED_SETTING_MISSPELT, 3, 3, "/http/bodybytes");
	assert_string_equal(carved_error_get(&f->findings.items[1].error, "suggestion"), "body-bytes");
	assert_finding(f, 2, CARVED_SETTING_INVALID, 4, 12, "/http/idle-ms");
	assert_string_equal(carved_error_get(&f->findings.items[2].error, "allowed"), "10..3600000");
	assert_finding(f, 3, CARVED_SETTING_INVALID, 5, 14, "/http/header-ms");
	assert_finding(f, 4, CARVED_SETTING_INVALID, 7, 9, "/socket/mode");
	assert_finding(f, 5, CARVED_SETTING_NO_SECTION, 8, 8, "/plans");
	assert_finding(f, 6, CARVED_SETTING_MISSPELT, 10, 3, "/weights/relieve");
	assert_finding(f, 7, CARVED_SETTING_UNKNOWN, 13, 3, "/budget/weather");
	assert_finding(f, 8, CARVED_SETTING_FIT_SUM, 9, 1, "/weights");
	assert_string_equal(carved_error_get(&f->findings.items[8].error, "sum"), "101");
}

static void shares_of_fit_that_do_not_add_up_are_told_once_and_where_they_stand(void **state)
{
	struct fixture *f = *state;
	assert_false(read_text(f, "weights: {fit-wish: 36}\n---\nstore:\n---\nhttp:\n"));
	assert_int_equal(f->findings.error_count, 1);
	assert_finding(f, 0, CARVED_SETTING_FIT_SUM, 1, 1, "/weights");
}

static void a_sandbox_is_one_of_three_words(void **state)
{
	struct fixture *f = *state;
	assert_true(read_text(f, "plans: {sandbox: require, memory-bytes: 1073741824}\n"));
	assert_int_equal(f->config.sandbox, CARVED_SANDBOX_REQUIRE);
	assert_int_equal(f->config.memory_bytes, 1073741824);
	assert_true(read_text(f, "plans: {sandbox: off}\n"));
	assert_int_equal(f->config.sandbox, CARVED_SANDBOX_OFF);
	assert_false(read_text(f, "plans: {sandbox: maybe}\n"));
	assert_finding(f, 0, CARVED_SETTING_INVALID, 1, 18, "/plans/sandbox");
	assert_string_equal(carved_error_get(&f->findings.items[0].error, "allowed"), "prefer, require, off");
}

static void the_site_question_has_a_budget_of_its_own(void **state)
{
	struct fixture *f = *state;
	assert_true(read_text(f, "site-question: {workers: 2, small-number: 0, search-rounds: 7}\n"));
	assert_int_equal(f->config.site_workers, 2);
	assert_int_equal(f->config.small_number, 0);
	assert_int_equal(f->config.site_budget.search_rounds, 7);
	assert_int_equal(f->config.budget.search_rounds, 100000);
	assert_false(read_text(f, "site-question:\n  site-nodes: 10000001\n  search-round: 3\n  small-numbers: 3\n"));
	assert_finding(f, 0, CARVED_SETTING_INVALID, 2, 15, "/site-question/site-nodes");
	assert_finding(f, 1, CARVED_SETTING_MISSPELT, 3, 3, "/site-question/search-round");
	assert_string_equal(carved_error_get(&f->findings.items[1].error, "suggestion"), "search-rounds");
	assert_finding(f, 2, CARVED_SETTING_MISSPELT, 4, 3, "/site-question/small-numbers");
}

static void broken_yaml_and_files_that_are_not_there_are_told(void **state)
{
	struct fixture *f = *state;
	assert_false(read_text(f, "http: {body-bytes: 1\n"));
	assert_int_equal(f->findings.count, 1);
	assert_true(f->findings.items[0].line > 0);
	assert_false(carved_config_load(&f->config, "/nonexistent/carved.yaml", &f->findings));
	assert_finding(f, 1, CARVED_FILE_UNREADABLE, 0, 0, "");
	assert_string_equal(carved_error_get(&f->findings.items[1].error, "file"), "/nonexistent/carved.yaml");
}

// What ships is what runs without a file, setting by setting.
static void the_file_that_ships_says_the_defaults(void **state)
{
	struct fixture *f = *state;
	struct carved_config defaults;
	carved_config_init(&defaults);
	assert_true(carved_config_load(&f->config, CARVED_SOURCE_DIR "/config/carved.yaml", &f->findings));
	assert_memory_equal(&f->config.weights, &defaults.weights, sizeof defaults.weights);
	for (size_t i = 0; i < carved_budget_count; i++) {
		const struct carved_budget_info *info = &carved_budget_infos[i];
		uint32_t said = *(const uint32_t *)(const void *)((const char *)&f->config.budget + info->offset);
		if (said != info->preset)
			fail_msg("config/carved.yaml says %u for budget %s, its default is %u", said, info->name, info->preset);
	}
	assert_memory_equal(&f->config.http, &defaults.http, sizeof defaults.http);
	assert_memory_equal(&f->config.documents, &defaults.documents, sizeof defaults.documents);
	assert_int_equal(f->config.socket_mode, defaults.socket_mode);
	assert_string_equal(f->config.socket_path, defaults.socket_path);
	assert_string_equal(f->config.store_path, defaults.store_path);
	assert_null(f->config.socket_group);
	assert_null(f->config.solver);
	assert_int_equal(f->config.wait_seconds, defaults.wait_seconds);
	assert_int_equal(f->config.idempotency_hours, defaults.idempotency_hours);
	assert_int_equal(f->config.require_if_match, defaults.require_if_match);
	assert_int_equal(f->config.page_items, defaults.page_items);
	assert_int_equal(f->config.page_items_max, defaults.page_items_max);
	assert_int_equal(f->config.findings, defaults.findings);
	assert_int_equal(f->config.work_threads, defaults.work_threads);
	assert_int_equal(f->config.work_queue, defaults.work_queue);
	assert_int_equal(f->config.write_queue, defaults.write_queue);
	assert_int_equal(f->config.read_queue, defaults.read_queue);
	assert_int_equal(f->config.queue_share, defaults.queue_share);
	assert_int_equal(f->config.plan_share, defaults.plan_share);
	assert_int_equal(f->config.site_share, defaults.site_share);
	assert_int_equal(f->config.workers, defaults.workers);
	assert_int_equal(f->config.plan_queue, defaults.plan_queue);
	assert_int_equal(f->config.plan_seconds, defaults.plan_seconds);
	assert_int_equal(f->config.plan_seconds_max, defaults.plan_seconds_max);
	assert_int_equal(f->config.grace_seconds, defaults.grace_seconds);
	assert_int_equal(f->config.frame_bytes, defaults.frame_bytes);
	assert_int_equal(f->config.memory_bytes, defaults.memory_bytes);
	assert_int_equal(f->config.sandbox, defaults.sandbox);
	assert_int_equal(f->config.site_workers, defaults.site_workers);
	assert_int_equal(f->config.site_queue, defaults.site_queue);
	assert_int_equal(f->config.site_seconds, defaults.site_seconds);
	assert_int_equal(f->config.small_number, defaults.small_number);
	assert_memory_equal(&f->config.site_budget, &defaults.site_budget, sizeof defaults.site_budget);
}

static char *shipped_text(void)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	char piece[4096];
	size_t length;
	FILE *file = fopen(CARVED_SOURCE_DIR "/config/carved.yaml", "r");
	assert_non_null(file);
	while ((length = fread(piece, 1, sizeof piece, file)) > 0)
		carved_buffer_add(&text, piece, length);
	fclose(file);
	return carved_buffer_take(&text, NULL);
}

static void the_file_that_ships_names_every_weight_and_budget(void **state)
{
	(void)state;
	char *text = shipped_text(), wanted[80];
	for (size_t i = 0; i < carved_weight_count + carved_budget_count; i++) {
		bool weight = i < carved_weight_count;
		snprintf(wanted, sizeof wanted,
			"\n  %s: ", weight ? carved_weight_infos[i].name : carved_budget_infos[i - carved_weight_count].name);
		if (!strstr(text, wanted))
			fail_msg("config/carved.yaml does not name%s", wanted);
	}
	free(text);
}

static void a_budget_is_set_by_its_name_within_its_range(void **state)
{
	(void)state;
	struct carved_budget budget;
	bool valid;
	carved_budget_init(&budget);
	assert_true(carved_config_set_budget(&budget, "search-rounds", 7, &valid));
	assert_true(valid);
	assert_int_equal(budget.search_rounds, 7);
	assert_true(carved_config_set_budget(&budget, "search-rounds", -1, &valid));
	assert_false(valid);
	assert_int_equal(budget.search_rounds, 7);
	assert_false(carved_config_set_budget(&budget, "search", 7, &valid));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(settings_replace_their_defaults_and_leave_the_others),
		TEST(everything_wrong_is_told_at_once_with_its_place),
		TEST(shares_of_fit_that_do_not_add_up_are_told_once_and_where_they_stand),
		TEST(a_sandbox_is_one_of_three_words),
		TEST(the_site_question_has_a_budget_of_its_own),
		TEST(broken_yaml_and_files_that_are_not_there_are_told),
		TEST(the_file_that_ships_says_the_defaults),
		TEST(the_file_that_ships_names_every_weight_and_budget),
		TEST(a_budget_is_set_by_its_name_within_its_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
