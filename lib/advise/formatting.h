// SPDX-License-Identifier: EUPL-1.2
// Inside advise/ only: the pieces of the coach's view.
#pragma once
#include "carved/advise/explain.h"

void carved_explain_add_category(
	struct carved_json_writer *writer, carved_icf icf, enum carved_language language); // category, label

// Member `tasks` (explain_format_tasks.c) and `points` (explain_format_points.c).
void carved_explain_add_fits(
	struct carved_json_writer *writer, const struct carved_explanation *explanation, enum carved_language language);
void carved_explain_add_points(struct carved_json_writer *writer, const struct carved_explanation *explanation);
