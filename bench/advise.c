// SPDX-License-Identifier: EUPL-1.2
// carved-advise: the best packages of people of a region, without daemon or JSON; prints the processor time of each part of a question.
//
//   carved-advise [--people=N] [--limit=N] [--nodes=N] [--further-nodes=N] [--list] REGION     REGION: small, medium, large, xlarge (from ../shared), or a file
//
// --list prints each person's packages, one a line: two builds can be compared with diff.
#include "carved/advise/advise.h"
#include "carved/model/compile.h"
#include "carved/model/single.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum part { PREPARE, RECOMMEND, CHECK, ALL, PARTS };

static const char *const part_names[PARTS] = {"prepare", "recommend", "check", "all"};

struct bench {
	const char *name;
	uint32_t people;
	bool list;
	struct carved_recommend_query query;
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_instance instance;
	struct carved_asks *asks;
	struct carved_singles *singles;
	double *times[PARTS]; // ms, per person
	uint32_t asked, packages, inexact;
};

static double now_ms(void)
{
	struct timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static bool read_number(const char *argument, const char *name, uint32_t *number)
{
	size_t length = strlen(name);
	if (strncmp(argument, name, length) != 0 || argument[length] != '=')
		return false;
	*number = (uint32_t)strtoul(argument + length + 1, NULL, 10);
	return *number > 0;
}

static bool read_arguments(struct bench *b, int count, char **arguments)
{
	b->people = 300;
	b->query = (struct carved_recommend_query){.count = 3, .node_limit = 300, .further_nodes = 40};
	for (int i = 1; i < count; i++) {
		if (strcmp(arguments[i], "--list") == 0)
			b->list = true;
		else if (strncmp(arguments[i], "--", 2) != 0)
			b->name = arguments[i];
		else if (!read_number(arguments[i], "--people", &b->people) &&
			 !read_number(arguments[i], "--limit", &b->query.count) &&
			 !read_number(arguments[i], "--nodes", &b->query.node_limit) &&
			 !read_number(arguments[i], "--further-nodes", &b->query.further_nodes))
			return false;
	}
	return b->name != NULL;
}

static void check(struct bench *b, size_t candidate, const struct carved_recommendations *found)
{
	struct carved_single *single = carved_single_new(b->singles, candidate);
	for (uint32_t i = 0; i < found->count; i++) {
		struct carved_plan plan;
		struct carved_error error;
		if (!carved_single_make(single, &found->items[i].package, &plan, &error)) {
			fprintf(stderr, "candidate %zu: refused by %s\n", candidate, carved_error_get(&error, "rule"));
			exit(1);
		}
		carved_plan_deinit(&plan);
	}
	carved_single_free(single);
}

static void list(size_t candidate, const struct carved_recommendations *found)
{
	for (uint32_t i = 0; i < found->count; i++) {
		const struct carved_recommendation *item = &found->items[i];
		printf("%zu %u %lld %d site %u:", candidate, i, (long long)item->reduced, item->exact, item->package.site);
		for (uint32_t k = 0; k < item->package.piece_count; k++)
			printf(" %u=%u", item->package.pieces[k].slot, item->package.pieces[k].hours_q);
		puts("");
	}
}

static void ask(struct bench *b, size_t candidate)
{
	struct carved_recommendations found = {0};
	double begun = now_ms();
	struct carved_advisor *advisor = carved_advisor_new(&b->instance, b->asks, (uint32_t)candidate);
	double prepared = now_ms();
	carved_advisor_recommend(advisor, &b->query, &found);
	double recommended = now_ms();
	check(b, candidate, &found);
	double checked = now_ms();
	b->times[PREPARE][b->asked] = prepared - begun;
	b->times[RECOMMEND][b->asked] = recommended - prepared;
	b->times[CHECK][b->asked] = checked - recommended;
	b->times[ALL][b->asked++] = checked - begun;
	b->packages += found.count;
	for (uint32_t i = 0; i < found.count; i++)
		b->inexact += !found.items[i].exact;
	if (b->list)
		list(candidate, &found);
	carved_recommendations_deinit(&found);
	carved_advisor_free(advisor);
}

static int compare_times(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void report(struct bench *b)
{
	fprintf(stderr, "%s: %u people, %u packages, %u not proven to be the best of their rank; processor time in ms\n", b->name,
		b->asked, b->packages, b->inexact);
	for (int part = 0; part < PARTS; part++) {
		double sum = 0;
		for (uint32_t i = 0; i < b->asked; i++)
			sum += b->times[part][i];
		qsort(b->times[part], b->asked, sizeof *b->times[part], compare_times);
		fprintf(stderr, "  %-10s mean %6.2f  median %6.2f  p99 %6.2f  longest %6.2f\n", part_names[part], sum / b->asked,
			b->times[part][b->asked / 2], b->times[part][b->asked * 99 / 100], b->times[part][b->asked - 1]);
	}
}

int main(int count, char **arguments)
{
	struct bench b = {0};
	if (!read_arguments(&b, count, arguments)) {
		fprintf(stderr,
			"usage: carved-advise [--people=N] [--limit=N] [--nodes=N] [--further-nodes=N] [--list] REGION\n");
		return 2;
	}
	b.region = region_file_load(b.name);
	if (!b.region)
		return 77;
	carved_weights_init(&b.weights);
	carved_compile(b.region, region_file_date(), &b.weights, &b.instance);
	b.asks = carved_asks_new(&b.instance);
	b.singles = carved_singles_new(b.region, region_file_date(), &b.weights);
	size_t all = b.region->count[CARVED_KIND_CANDIDATE], step = all > b.people ? all / b.people : 1;
	for (int part = 0; part < PARTS; part++)
		b.times[part] = carved_alloc_array(all, sizeof *b.times[part]);
	for (size_t c = 0; c < all && b.asked < b.people; c += step)
		ask(&b, c);
	report(&b);
	for (int part = 0; part < PARTS; part++)
		free(b.times[part]);
	carved_singles_free(b.singles);
	carved_asks_free(b.asks);
	carved_instance_deinit(&b.instance);
	carved_region_unref(b.region);
	return 0;
}
