// SPDX-License-Identifier: EUPL-1.2
// carved-long-bounds: makes a plan of a region and proves its price bound again from the certificate, by a method of its own (tests/support/bound_check.h).
//
//   carved-long-bounds [--processes=N] [--candidates=N] [--SETTING=N ...] REGION       REGION: small, medium, large, xlarge (from ../shared), or a file's path
//
// The plan's budget is the default with `site-nodes` 0, so that its bound is the one that prices prove by themselves, and whatever settings are given. What is
// recomputed must be no higher than the claimed bound. For each candidate lib/advise claims what the best package is worth; the check shows that no package is
// worth more, by itself: a wrong claim makes the sum higher, and the bound unproven. N processes (2 where not
// said) take every N-th candidate. --candidates looks at every so-many-th only and compares nothing but what these can bring: for a first impression.
// Ends with 0 where the bound is proven, 1 where it is not.
#include "carved/advise/advise.h"
#include "carved/base/arena.h"
#include "carved/base/quarters.h"
#include "planned.h"
#include "support/bound_check.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES_MOST = 64 };

struct setup {
	struct planned planned;
	unsigned long processes, every;
	int64_t *claims; // per candidate, millionths: what the best package is worth at most, as lib/advise says
	uint32_t cut;    // of them: searches that met their limit
};

static bool read_arguments(struct setup *setup, int count, char **arguments)
{
	setup->processes = 2;
	setup->every = 1;
	planned_init(&setup->planned);
	setup->planned.options.budget.site_nodes = 0;
	for (int i = 1; i < count; i++) {
		const char *argument = arguments[i];
		if (strncmp(argument, "--processes=", 12) == 0)
			setup->processes = strtoul(argument + 12, NULL, 10);
		else if (strncmp(argument, "--candidates=", 13) == 0)
			setup->every = strtoul(argument + 13, NULL, 10);
		else if (!planned_read(&setup->planned, argument))
			return false;
	}
	return setup->planned.name && setup->every > 0 && setup->processes > 0 && setup->processes <= PROCESSES_MOST;
}

// What is claimed of each candidate. Where it comes from does not matter: it is proven, or the sum with what was found instead is the bound.
static void claim(struct setup *setup)
{
	const struct carved_recommend_query query = {
		.prices = &setup->planned.solution.prices, .count = 1, .node_limit = 1000000, .further_nodes = 100};
	struct carved_asks *asks = carved_asks_new(&setup->planned.instance);
	setup->claims = carved_alloc_array(setup->planned.instance.candidates_count, sizeof *setup->claims);
	for (uint32_t c = 0; c < setup->planned.instance.candidates_count; c++) {
		struct carved_recommendations answer = {0};
		if (!setup->planned.instance.candidates[c].matchable)
			continue;
		struct carved_advisor *advisor = carved_advisor_new(&setup->planned.instance, asks, c);
		carved_advisor_recommend(advisor, &query, &answer);
		setup->claims[c] = answer.bound > 0 ? answer.bound : 0;
		setup->cut += answer.count > 0 && !answer.items[0].exact;
		carved_recommendations_deinit(&answer);
		carved_advisor_free(advisor);
	}
	carved_asks_free(asks);
}

// One process: its share of the candidates; the sums go into the pipe.
static void check_share(const struct setup *setup, size_t share, int pipe)
{
	struct bound_check check;
	bound_check_part(setup->planned.region, setup->planned.table, region_file_date(), &setup->planned.weights,
		&setup->planned.solution.prices, setup->claims, share * setup->every, setup->processes * setup->every, &check);
	free(check.best_reduced);
	check.best_reduced = NULL;
	_exit(write(pipe, &check, sizeof check) == (ssize_t)sizeof check ? 0 : 1);
}

// Returns false where a process did not come to its end.
static bool check_all(const struct setup *setup, struct bound_check *ret_check)
{
	int pipes[PROCESSES_MOST][2];
	bool good = true;
	*ret_check = (struct bound_check){0};
	for (size_t i = 0; i < setup->processes; i++) {
		if (pipe(pipes[i]) != 0)
			return false;
		pid_t child = fork();
		if (child < 0)
			return false;
		if (child == 0)
			check_share(setup, i, pipes[i][1]);
		close(pipes[i][1]);
	}
	for (size_t i = 0; i < setup->processes; i++) {
		struct bound_check part;
		int status;
		good = read(pipes[i][0], &part, sizeof part) == (ssize_t)sizeof part && good;
		close(pipes[i][0]);
		good = wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && good;
		if (!good)
			continue;
		ret_check->capacities = part.capacities;
		ret_check->candidates += part.candidates;
		ret_check->pairs += part.pairs;
		ret_check->searched += part.searched;
		ret_check->nodes += part.nodes;
	}
	ret_check->bound = carved_floor_div(ret_check->candidates + ret_check->capacities, CARVED_MICRO);
	return good;
}

static bool report(const struct setup *setup, const struct bound_check *check)
{
	const struct carved_solution *solution = &setup->planned.solution;
	printf("%s: recomputed from the certificate: %lld, claimed %lld (%llu pairs bounded, %u claims cut); %llu candidate-site "
	       "pairs in "
	       "reach, %llu searched, %llu nodes\n",
		setup->planned.name, (long long)check->bound, (long long)solution->bound,
		(unsigned long long)solution->pairs_bounded, setup->cut, (unsigned long long)check->pairs,
		(unsigned long long)check->searched, (unsigned long long)check->nodes);
	if (setup->every > 1)
		return true;
	bool proven = check->bound <= solution->bound;
	printf("%s: the bound is %s\n", setup->planned.name, proven ? "proven" : "NOT PROVEN");
	return proven;
}

int main(int count, char **arguments)
{
	struct setup setup = {0};
	struct bound_check check;
	if (!read_arguments(&setup, count, arguments)) {
		fprintf(stderr, "usage: carved-long-bounds [--processes=N] [--candidates=N] [--SETTING=N ...] REGION\n");
		return 2;
	}
	if (!planned_make(&setup.planned))
		return 77;
	claim(&setup);
	double claimed = planned_now();
	bool good = check_all(&setup, &check) && report(&setup, &check);
	printf("%s: checked in %.1f s by %lu processes\n", setup.planned.name, planned_now() - claimed, setup.processes);
	free(setup.claims);
	planned_deinit(&setup.planned);
	return good ? 0 : 1;
}
