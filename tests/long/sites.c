// SPDX-License-Identifier: EUPL-1.2
// carved-long-sites: writes, for sites of a region, the integer program of the site by itself at the prices of a plan's certificate, for another solver.
//
//   carved-long-sites [--every=N] [--SETTING=N ...] REGION FOLDER       tests/long/sites.py runs it, and a solver on each file
//
//   z_s = max  sum of (worth - pi_c - prices of c's coach and reserve) over packages at s, one per candidate, within the site's own rows
//
// That is what the site's tree of the certificate bounds (carved/instance/solution.h). The program is that of bench/one_piece.h for the part of the region
// around the site, with each package charged and the coaches' rows taken away. Prints one line per site: number, people, the tree's bound in points (recomputed
// by tests/support/bound_check.h), and writes FOLDER/NUMBER.lp, which minimises the negative.
#include "bench/one_piece.h"
#include "carved/model/compile.h"
#include "carved/model/part.h"
#include "planned.h"
#include "support/bound_check.h"
#include "support/region_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setup {
	struct planned planned;
	const char *folder;
	unsigned long every;
};

static bool read_arguments(struct setup *setup, int count, char **arguments)
{
	planned_init(&setup->planned);
	setup->every = 1;
	for (int i = 1; i < count; i++) {
		if (strncmp(arguments[i], "--every=", 8) == 0)
			setup->every = strtoul(arguments[i] + 8, NULL, 10);
		else if (strncmp(arguments[i], "--", 2) != 0 && setup->planned.name)
			setup->folder = arguments[i];
		else if (!planned_read(&setup->planned, arguments[i]))
			return false;
	}
	return setup->planned.name && setup->folder && setup->every > 0;
}

// What a package of the candidate (of the whole region) pays beside the site's own prices, points.
static double charge_of(const struct planned *planned, size_t candidate)
{
	return (double)planned->solution.proof.charges[candidate] / CARVED_MICRO;
}

static void charge(const struct planned *planned, const struct carved_region *part, struct program *program)
{
	for (size_t i = 0; i < program->column_count; i++) {
		struct program_column *column = &program->columns[i];
		if (column->name.letter != 's' && column->name.letter != 'w')
			continue;
		const char *ref = carved_region_candidate(part, column->name.a)->ref;
		column->value -= charge_of(planned, carved_region_index(planned->region, CARVED_KIND_CANDIDATE, ref));
	}
	for (size_t i = 0; i < program->row_count; i++) {
		if (strcmp(program->rows[i].rule, "coach") == 0 || strcmp(program->rows[i].rule, "reserve") == 0)
			program->rows[i].right = 1e9;
	}
}

static bool write_site(const struct setup *setup, size_t site)
{
	const struct planned *planned = &setup->planned;
	struct carved_region *part = carved_region_part(planned->region, site, region_file_date(), &planned->weights);
	struct carved_instance instance = {0};
	struct program program = {0};
	char path[4096];
	carved_compile(part, region_file_date(), &planned->weights, &instance);
	one_piece_make(&program, &instance);
	charge(planned, part, &program);
	snprintf(path, sizeof path, "%s/%zu.lp", setup->folder, site);
	FILE *file = fopen(path, "w");
	bool written = file && program_write(&program, file);
	written = file && fclose(file) == 0 && written;
	int64_t tree = bound_check_site(planned->region, planned->table, region_file_date(), &planned->weights,
		&planned->solution.prices, &planned->solution.proof, site);
	printf("site %zu people %u columns %zu tree %.6f\n", site, instance.candidates_count, program.column_count,
		(double)tree / CARVED_MICRO);
	fflush(stdout);
	program_deinit(&program);
	carved_instance_deinit(&instance);
	carved_region_unref(part);
	return written;
}

int main(int count, char **arguments)
{
	struct setup setup = {0};
	bool good = true;
	if (!read_arguments(&setup, count, arguments)) {
		fprintf(stderr, "usage: carved-long-sites [--every=N] [--SETTING=N ...] REGION FOLDER\n");
		return 2;
	}
	if (!planned_make(&setup.planned))
		return 77;
	if (setup.planned.solution.proof.node_count == 0) {
		fprintf(stderr, "the bound rests on prices alone: no site has a tree\n");
		good = false;
	}
	for (size_t s = 0; good && s < setup.planned.region->count[CARVED_KIND_SITE]; s += setup.every)
		good = write_site(&setup, s);
	planned_deinit(&setup.planned);
	return good ? 0 : 1;
}
