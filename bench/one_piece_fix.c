// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/arena.h"
#include "one_piece.h"
#include <stdlib.h>

// What the package says of a column of its candidate.
static uint32_t value_in(const struct carved_instance *in, const struct carved_package *package, const struct program_name *name)
{
	const bool carved = package->kind == CARVED_CARVED;
	if (name->letter == 's')
		return carved && package->site == name->b;
	if (name->letter == 'w')
		return !carved && in->slots[package->pieces[0].slot].job == name->b;
	for (uint32_t i = 0; carved && i < package->piece_count; i++) {
		if (package->pieces[i].slot == name->b)
			return package->pieces[i].hours_q;
	}
	return 0;
}

bool one_piece_fix(
	struct program *program, const struct carved_instance *in, const struct carved_package *packages, uint32_t count)
{
	const struct carved_package **of = carved_alloc_array(in->candidates_count, sizeof *of);
	uint32_t *missing = carved_alloc_array(in->candidates_count, sizeof *missing); // columns that a package still looks for
	bool right = true;
	for (uint32_t i = 0; i < count; i++) {
		of[packages[i].candidate] = &packages[i];
		missing[packages[i].candidate] = 1 + (packages[i].kind == CARVED_CARVED ? packages[i].piece_count : 0);
	}
	for (uint32_t c = 0; c < program->column_count; c++) {
		const struct program_name *name = &program->columns[c].name;
		if (name->letter != 's' && name->letter != 'w' && name->letter != 'x')
			continue;
		uint32_t value = of[name->a] ? value_in(in, of[name->a], name) : 0;
		missing[name->a] -= value > 0;
		right = right && value <= program->columns[c].upper;
		program_fix(program, c, value);
	}
	for (uint32_t c = 0; c < in->candidates_count; c++) {
		if (missing[c])
			fprintf(stderr, "one_piece: the program has no columns for the package of candidate %u\n", c);
		right = right && !missing[c];
	}
	free(of);
	free(missing);
	return right;
}
