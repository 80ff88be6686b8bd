// SPDX-License-Identifier: EUPL-1.2
// carved-one-piece: writes a region's plan as one mixed-integer program, in the LP format, to standard output.
//
//   carved-one-piece REGION                     REGION: small, medium, large, xlarge (from ../shared), or a file's path
//   carved-one-piece --packages=FILE REGION     with who works where, and for how many hours, fixed as FILE (carved-bench --packages=FILE) has it
#include "carved/base/arena.h"
#include "carved/model/compile.h"
#include "one_piece.h"
#include "packages.h"
#include "support/region_file.h"
#include <stdlib.h>
#include <string.h>

static bool fix(struct program *program, const struct carved_instance *instance, const char *path)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	struct carved_package *packages;
	uint32_t count;
	bool right =
		packages_read(path, instance, &arena, &packages, &count) && one_piece_fix(program, instance, packages, count);
	carved_arena_deinit(&arena);
	return right;
}

int main(int count, char **arguments)
{
	const char *region_name = NULL, *packages = NULL;
	for (int i = 1; i < count; i++) {
		if (strncmp(arguments[i], "--packages=", 11) == 0)
			packages = arguments[i] + 11;
		else if (strncmp(arguments[i], "--", 2) != 0 && !region_name)
			region_name = arguments[i];
		else
			region_name = NULL, i = count;
	}
	if (!region_name) {
		fprintf(stderr, "usage: carved-one-piece [--packages=FILE] REGION\n");
		return 2;
	}
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct program program = {0};
	struct carved_region *region = region_file_load(region_name);
	if (!region)
		return 77;
	carved_weights_init(&weights);
	carved_compile(region, region_file_date(), &weights, &instance);
	one_piece_make(&program, &instance);
	bool right = (!packages || fix(&program, &instance, packages)) && program_write(&program, stdout);
	fprintf(stderr, "%s: %zu columns, %zu rows, %zu entries\n", region_name, program.column_count, program.row_count,
		program.entry_count);
	program_deinit(&program);
	carved_instance_deinit(&instance);
	carved_region_unref(region);
	return right ? 0 : 1;
}
