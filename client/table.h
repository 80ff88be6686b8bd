// SPDX-License-Identifier: EUPL-1.2
// Tables for people. The only room that knows libsmartcols, which measures texts by LC_CTYPE: main sets C.UTF-8.
#pragma once
#include "terminal.h"
#include <stdbool.h>
#include <stddef.h>

struct carve_table;

struct carve_table *carve_table_new(const struct carve_terminal *terminal);
void carve_table_free(struct carve_table *table); // NULL is legal

// Columns first, then lines. A heading is shown as it is; cells may hold several lines.
void carve_table_add_column(struct carve_table *table, const char *heading, bool right);
void carve_table_add_line(struct carve_table *table);
// Sets a cell of the last line. Requires: column < the number of columns.
void carve_table_set(struct carve_table *table, size_t column, const char *text);
void carve_table_set_integer(struct carve_table *table, size_t column, long long value);

// Shows it without headings.
void carve_table_hide_headings(struct carve_table *table);

// Writes it to the terminal's output, each line behind `indent` spaces.
void carve_table_print(struct carve_table *table, int indent);
