// SPDX-License-Identifier: EUPL-1.2
// Rule `schedule` in the one-piece program: hours that share their parts are laid into the week (bench/one_piece.c has the mathematics).
#include "one_piece_making.h"
#include <stdlib.h>

uint32_t one_piece_binary(struct making *m, char letter, uint32_t number, double value)
{
	return program_add_column(m->program, (struct program_name){letter, m->candidate, number}, 1, value, true);
}

uint32_t one_piece_row_of_parts(struct making *m, carved_parts_mask parts)
{
	for (uint32_t i = 0; i < m->load_count; i++) {
		if (m->loads[i].parts == parts)
			return m->loads[i].row;
	}
	if (m->load_count == LOADS) {
		fprintf(stderr, "one_piece: candidate %u has slots with more than %d sets of day parts\n", m->candidate, LOADS);
		exit(1);
	}
	m->loads[m->load_count].parts = parts;
	m->loads[m->load_count].row = program_add_row(m->program, "schedule", PROGRAM_EQUAL, 0);
	return m->loads[m->load_count++].row;
}

// Rows of one day: what is laid into its parts, and between which limits. `day_column` NO_COLUMN: any hours will do.
static void lay_day(struct making *m, int day, uint32_t day_column, uint32_t short_column)
{
	const struct carved_instance_candidate *c = m->person;
	struct program *p = m->program;
	const bool decides = day_column != NO_COLUMN;
	uint32_t most = program_add_row(p, "schedule", PROGRAM_AT_MOST, decides ? 0 : c->per_day_q), least = NO_COLUMN;
	if (decides) {
		program_add(p, most, day_column, -(double)c->per_day_q);
		least = program_add_row(p, "schedule", PROGRAM_AT_LEAST, 0);
		program_add(p, least, day_column, -(double)c->per_visit_q);
		if (short_column != NO_COLUMN)
			program_add(p, least, short_column, c->per_visit_q);
	}
	for (int part = day * CARVED_PARTS_PER_DAY; part < (day + 1) * CARVED_PARTS_PER_DAY; part++) {
		const uint32_t hours = c->available_q[part];
		if (!(c->parts >> part & 1))
			continue;
		uint32_t room = program_add_row(p, "schedule", PROGRAM_AT_MOST, decides ? 0 : hours);
		if (decides)
			program_add(p, room, day_column, -(double)hours);
		for (uint32_t i = 0; i < m->load_count; i++) {
			if (!(m->loads[i].parts >> part & 1))
				continue;
			uint32_t laid = program_add_column(p,
				(struct program_name){'f', m->candidate, i * CARVED_DAY_PARTS + (uint32_t)part}, hours, 0, false);
			program_add(p, m->loads[i].row, laid, -1);
			program_add(p, room, laid, 1);
			program_add(p, most, laid, 1);
			if (decides)
				program_add(p, least, laid, 1);
		}
	}
}

void one_piece_lay_week(struct making *m)
{
	const struct carved_instance_candidate *c = m->person;
	uint32_t short_column = NO_COLUMN, days_row = NO_COLUMN;
	const bool decides = c->per_visit_q > 1; // a visit of a quarter is any visit
	if (!m->load_count)
		return;
	if (decides && c->min_q < c->per_visit_q) {
		short_column = program_add_column(m->program, (struct program_name){'k', m->candidate, CARVED_NONE}, 1, 0, true);
		days_row = program_add_row(m->program, "schedule", PROGRAM_AT_MOST, CARVED_DAYS);
		program_add(m->program, days_row, short_column, CARVED_DAYS - 1);
	}
	for (int day = 0; day < CARVED_DAYS; day++) {
		if (!(c->parts & CARVED_DAY_MASK(day)))
			continue;
		uint32_t column = decides ? one_piece_binary(m, 'o', (uint32_t)day, 0) : NO_COLUMN;
		if (days_row != NO_COLUMN)
			program_add(m->program, days_row, column, 1);
		lay_day(m, day, column, short_column);
	}
}
