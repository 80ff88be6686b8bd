// SPDX-License-Identifier: EUPL-1.2
// The tasks of a package, by the job that they come from.
#include "proposal.h"

void carved_proposal_add_tasks(struct carved_page *page, const struct carved_node *explanation)
{
	static const struct carved_page_column columns[] = {
		{"carve.column.task", false}, {"carve.column.work", false}, {"carve.column.hours", true}};
	carved_page_section_open(page, "tasks", "report.tasks");
	carved_page_table_open(page, "report.tasks", columns, 3);
	for (const struct carved_node *task = carved_node_first(carved_node_get(explanation, "tasks")); task; task = task->next) {
		carved_page_row_open(page);
		carved_page_cell_words(page, true, carved_node_get_text(task, "title", carved_node_get_text(task, "task", NULL)));
		carved_page_cell_words(
			page, false, carved_node_get_text(task, "jobTitle", carved_node_get_text(task, "job", NULL)));
		carved_page_cell_number(page, carved_node_get(task, "hours"));
		carved_page_row_close(page);
	}
	carved_page_table_close(page);
	carved_page_section_close(page);
}
