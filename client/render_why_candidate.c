// SPDX-License-Identifier: EUPL-1.2
// The candidate's view of a proposal in the terminal. Its sentences come from the daemon or are those of the candidate's page.
#include "render.h"
#include "render_why.h"
#include "render_work.h"

// What the members of a list say, each with the tasks that it is about where these are not all.
static void print_said(
	const struct carve_terminal *terminal, const struct carved_node *view, const char *member, const char *title)
{
	const struct carved_node *list = carved_node_get(view, member);
	if (!carved_node_first(list))
		return;
	carve_render_title(terminal, title);
	for (const struct carved_node *one = carved_node_first(list); one; one = one->next) {
		const struct carved_node *slots = carved_node_get(one, "slots");
		carve_write(terminal->out, "  ");
		carve_write(terminal->out, carved_node_get_text(one, "text", "?"));
		if (slots && slots->count > 0 && slots->count < carved_node_get(view, "tasks")->count) {
			struct carved_buffer tasks = CARVED_BUFFER_INIT;
			carve_why_add_tasks(view, slots, &tasks);
			carve_write(terminal->out, " (");
			carve_write(terminal->out, tasks.data);
			carve_write(terminal->out, ")");
			carved_buffer_deinit(&tasks);
		}
		carve_write(terminal->out, "\n");
	}
}

static void print_people(const struct carve_terminal *terminal, const struct carved_node *view)
{
	const struct carved_node *support = carved_node_get(view, "support"), *travel = carved_node_get(view, "travel");
	bool buddy = carved_node_get_real(support, "buddyHours", 0) > 0,
	     coach = carved_node_get_real(support, "coachHours", 0) > 0;
	char hours[32], minutes[32], mode[64];
	carve_render_title(terminal, "report.candidate.people");
	if (buddy) {
		carve_write(terminal->out, "  ");
		carve_say(terminal, terminal->out, "report.candidate.buddy", "hours",
			carve_render_value(terminal, support, "buddyHours", hours, sizeof hours), NULL);
		carve_write(terminal->out, "\n");
	}
	carve_write(terminal->out, "  ");
	carve_say(terminal, terminal->out, coach ? "report.candidate.coach-hours" : "report.candidate.coach", "coach",
		carved_node_get_text(support, "coach", "?"), "hours",
		carve_render_value(terminal, support, "coachHours", hours, sizeof hours), NULL);
	snprintf(mode, sizeof mode, "explain.candidate.mode.%s", carved_node_get_text(travel, "mode", "?"));
	carve_write(terminal->out, "\n  ");
	carve_say(terminal, terminal->out, "report.candidate.travel", "minutes",
		carve_render_value(terminal, travel, "minutes", minutes, sizeof minutes), "mode", carve_word(terminal, mode),
		NULL);
	carve_write(terminal->out, "\n");
}

void carve_render_why_candidate(const struct carve_terminal *terminal, const struct carved_node *view)
{
	carve_why_print_heading(terminal, view, "carve.why.employer-heading");
	carve_why_print_tasks(terminal, view);
	carve_render_explained_week(terminal, view);
	carve_render_steps(terminal, view, NULL);
	print_people(terminal, view);
	print_said(terminal, view, "fits", "report.candidate.fits");
	print_said(terminal, view, "differs", "report.candidate.differs");
	print_said(terminal, view, "questions", "report.candidate.questions");
	carve_why_print_aids(terminal, view);
	carve_why_print_conditions(terminal, view);
	carve_write(terminal->out, "\n");
	carve_write(terminal->out, carve_word(terminal, "report.candidate.yes"));
	carve_write(terminal->out, "\n");
}
