// SPDX-License-Identifier: EUPL-1.2
// carved-plan-end: what the daemon does with a solver's last word, without daemon or store: processor time of all threads, and time by the clock.
//
//   carved-plan-end --save=FILE [--seconds=N] [--SETTING=N ...] REGION    plans the region, N processor seconds at most, and keeps what the solver would have said
//   carved-plan-end --from=FILE [--list] REGION                           lays that out, gives reasons, checks it: how long each took
// REGION: small, medium, large, xlarge (from ../shared), or a file's path. --list prints all that is said in the plan as JSON: two builds can be compared with cmp.
#include "carved/model/check.h"
#include "carved/model/compile.h"
#include "carved/model/plan.h"
#include "carved/optimize/optimize.h"
#include "carved/wire/wire.h"
#include "support/budget_argument.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bench {
	double seconds; // processor time of the whole process; 0: no limit
	const char *name, *save, *from;
	bool list;
	struct carved_optimize_options options;
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_solution solution;
	struct carved_slot_table *table;
	struct carved_plan plan;
};

static double read_clock(clockid_t clock)
{
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

struct moment {
	double processor, clock; // seconds
};

static struct moment now(void)
{
	return (struct moment){read_clock(CLOCK_PROCESS_CPUTIME_ID), read_clock(CLOCK_MONOTONIC)};
}

static int should_stop(void *context)
{
	const struct bench *b = context;
	return b->seconds > 0 && read_clock(CLOCK_PROCESS_CPUTIME_ID) > b->seconds;
}

static bool read_arguments(struct bench *b, int count, char **arguments)
{
	carved_budget_init(&b->options.budget);
	b->options.seed = 1;
	for (int i = 1; i < count; i++) {
		const char *argument = arguments[i];
		if (strncmp(argument, "--seconds=", 10) == 0)
			b->seconds = strtod(argument + 10, NULL);
		else if (strncmp(argument, "--save=", 7) == 0)
			b->save = argument + 7;
		else if (strncmp(argument, "--from=", 7) == 0)
			b->from = argument + 7;
		else if (strcmp(argument, "--list") == 0)
			b->list = true;
		else if (strncmp(argument, "--", 2) != 0)
			b->name = argument;
		else if (!budget_argument_read(&b->options.budget, argument + 2))
			return false;
	}
	return b->name && !b->save != !b->from;
}

static void save(struct bench *b)
{
	struct carved_buffer frame = CARVED_BUFFER_INIT;
	b->options.should_stop = should_stop;
	b->options.context = b;
	carved_optimize(&b->instance, &b->options, &b->solution);
	carved_wire_add_solution(&frame, CARVED_FRAME_DONE, &b->instance, &b->solution);
	FILE *file = fopen(b->save, "wb");
	if (!file || fwrite(frame.data, 1, frame.length, file) != frame.length || fclose(file) != 0) {
		perror(b->save);
		exit(1);
	}
	carved_buffer_deinit(&frame);
}

static void load(struct bench *b)
{
	struct carved_frame_reader reader;
	struct carved_frame frame;
	struct carved_error error;
	char bytes[65536];
	FILE *file = fopen(b->from, "rb");
	carved_frame_reader_init(&reader, 1 << 30);
	for (size_t got; file && (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
		carved_frame_reader_feed(&reader, bytes, got);
	if (!file || carved_frame_reader_next(&reader, &frame, &error) != CARVED_FRAME_READY ||
		!carved_wire_read_solution(&frame, &b->instance, &b->solution, &error)) {
		fprintf(stderr, "%s: no plan of this region\n", b->from);
		exit(1);
	}
	fclose(file);
	carved_frame_reader_deinit(&reader);
}

static struct moment tell(const char *what, struct moment begun)
{
	struct moment ended = now();
	fprintf(stderr, "  %-32s %7.1f ms of processor %7.1f ms\n", what, (ended.processor - begun.processor) * 1e3,
		(ended.clock - begun.clock) * 1e3);
	return ended;
}

static void lay_out_and_check(struct bench *b)
{
	struct carved_error error;
	struct carved_violations violations = {0};
	struct moment begun = now();
	struct carved_outlook *outlook = carved_outlook_new(b->region, region_file_date(), &b->weights, NULL);
	begun = tell("outlook, beside the solver", begun);
	b->table = carved_slot_table_new(b->region);
	begun = tell("slots", begun);
	if (!carved_plan_make_from(outlook, b->table, &b->weights, &b->solution, &b->plan, &error)) {
		fprintf(stderr, "refused by %s\n", carved_error_get(&error, "rule"));
		exit(1);
	}
	begun = tell("laid out, reasons", begun);
	bool right = carved_check_plan_from(outlook, b->table, &b->plan, &violations);
	tell("checked", begun);
	if (!right) {
		fprintf(stderr, "breaks %s\n", carved_rule_names[violations.items[0].rule]);
		exit(1);
	}
	carved_violations_deinit(&violations);
	carved_outlook_free(outlook);
}

static void list(const struct bench *b)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&text);
	for (size_t p = 0; p < b->plan.proposal_count; p++) {
		carved_json_begin_object(&writer, NULL);
		carved_plan_format_proposal(&b->plan, b->region, b->table, p, &writer);
		carved_json_end_object(&writer);
		carved_buffer_add_text(&text, "\n");
	}
	for (size_t u = 0; u < b->plan.unplaced_count; u++)
		carved_buffer_printf(
			&text, "%zu %s\n", b->plan.unplaced[u].candidate, carved_rule_names[b->plan.unplaced[u].reason]);
	for (size_t c = 0; c < b->region->count[CARVED_KIND_CANDIDATE]; c++)
		carved_buffer_printf(&text, "%d\n", b->plan.options[c]);
	fwrite(text.data, 1, text.length, stdout);
	carved_buffer_deinit(&text);
}

int main(int count, char **arguments)
{
	struct bench b = {0};
	if (!read_arguments(&b, count, arguments)) {
		fprintf(stderr, "usage: carved-plan-end --save=FILE [--seconds=N] [--SETTING=N ...] REGION\n"
				"       carved-plan-end --from=FILE [--list] REGION\n");
		return 2;
	}
	b.region = region_file_load(b.name);
	if (!b.region)
		return 77;
	carved_weights_init(&b.weights);
	struct moment begun = now();
	struct carved_error error;
	carved_compile(b.region, region_file_date(), &b.weights, &b.instance);
	carved_compile_hash(b.region, region_file_date(), &b.weights);
	if (!carved_instance_check(&b.instance, &error))
		return 1;
	tell("compiled", begun);
	if (b.save) {
		save(&b);
	} else {
		load(&b);
		lay_out_and_check(&b);
		if (b.list)
			list(&b);
	}
	fprintf(stderr, "%s: %u placed\n", b.name, b.solution.package_count);
	carved_plan_deinit(&b.plan);
	carved_slot_table_free(b.table);
	carved_solution_deinit(&b.solution);
	carved_instance_deinit(&b.instance);
	carved_region_unref(b.region);
	return 0;
}
