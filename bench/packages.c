// SPDX-License-Identifier: EUPL-1.2
#include "packages.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool packages_write(const char *path, const struct carved_solution *solution)
{
	FILE *file = fopen(path, "w");
	for (uint32_t p = 0; file && p < solution->package_count; p++) {
		const struct carved_package *package = &solution->packages[p];
		fprintf(file, "%u %u %d", package->candidate, package->site, (int)package->kind);
		for (uint32_t i = 0; i < package->piece_count; i++)
			fprintf(file, " %u:%u", package->pieces[i].slot, package->pieces[i].hours_q);
		fputc('\n', file);
	}
	bool right = file && !ferror(file);
	right = file && fclose(file) == 0 && right;
	if (!right)
		fprintf(stderr, "can't write %s\n", path);
	return right;
}

static bool is_inside(const struct carved_instance *in, const struct carved_package *package, const struct carved_piece *pieces)
{
	for (uint32_t i = 0; i < package->piece_count; i++) {
		if (pieces[i].slot >= in->slots_count)
			return false;
	}
	return package->candidate < in->candidates_count && package->site < in->sites_count && package->piece_count > 0;
}

static bool read_line(
	char *line, const struct carved_instance *in, struct carved_arena *arena, struct carved_package *ret_package)
{
	struct carved_package package = {0};
	struct carved_piece *pieces = carved_arena_array(arena, struct carved_piece, in->slots_count);
	int kind = 0, read = 0, more;
	if (sscanf(line, "%" SCNu32 " %" SCNu32 " %d%n", &package.candidate, &package.site, &kind, &read) != 3)
		return false;
	for (char *at = line + read; package.piece_count < in->slots_count; at += more) {
		struct carved_piece *piece = &pieces[package.piece_count];
		if (sscanf(at, " %" SCNu32 ":%" SCNu32 "%n", &piece->slot, &piece->hours_q, &more) != 2)
			break;
		package.piece_count++;
	}
	package.kind = kind ? CARVED_WHOLE_VACANCY : CARVED_CARVED;
	package.pieces = pieces;
	*ret_package = package;
	return is_inside(in, &package, pieces);
}

bool packages_read(const char *path, const struct carved_instance *instance, struct carved_arena *arena,
	struct carved_package **ret_packages, uint32_t *ret_count)
{
	struct carved_package *packages = carved_arena_array(arena, struct carved_package, instance->candidates_count);
	char *line = NULL;
	size_t room = 0;
	uint32_t count = 0;
	FILE *file = fopen(path, "r");
	bool right = file != NULL;
	while (right && getline(&line, &room, file) > 0)
		right = count < instance->candidates_count && read_line(line, instance, arena, &packages[count++]);
	if (!right)
		fprintf(stderr, "%s: can't be read, or line %u is no package of this region\n", path, count);
	free(line);
	if (file)
		fclose(file);
	*ret_packages = packages;
	*ret_count = count;
	return right;
}
