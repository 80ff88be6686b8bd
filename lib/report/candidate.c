// SPDX-License-Identifier: EUPL-1.2
// The candidate's page of a proposal: short sentences in common words. What fits and what does not comes as facts, each said by the sentence of its name.
#include "proposal.h"
#include <stdio.h>
#include <string.h>

static const char *coach_of(const struct carved_node *view)
{
	return carved_node_get_text(carved_node_get(view, "support"), "coach", NULL);
}

static bool is_state(const struct carved_node *view, const char *state)
{
	return strcmp(carved_node_get_text(view, "state", "proposed"), state) == 0;
}

// Whether people still have to say yes or no.
static bool is_open(const struct carved_node *view)
{
	return is_state(view, "proposed") || is_state(view, "offered");
}

// ---- tasks by name

struct choice { // of tasks: those of a list of indices, or those whose member has a value
	const struct carved_node *slots;
	const char *member, *value;
};

static bool is_chosen(const struct choice *choice, const struct carved_node *task, int64_t index)
{
	if (choice->member)
		return strcmp(carved_node_get_text(task, choice->member, ""), choice->value) == 0;
	for (const struct carved_node *slot = carved_node_first(choice->slots); slot; slot = slot->next) {
		if (slot->integer == index)
			return true;
	}
	return false;
}

static bool is_same_task(const struct carved_node *a, const struct carved_node *b)
{
	return strcmp(carved_node_get_text(a, "task", ""), carved_node_get_text(b, "task", "")) == 0 &&
	       strcmp(carved_proposal_work_ref(a), carved_proposal_work_ref(b)) == 0;
}

// A task with fixed times is a piece for each of them, and is named once.
static bool is_named(const struct carved_node *tasks, const struct choice *choice, const struct carved_node *task)
{
	int64_t index = 0;
	for (const struct carved_node *other = carved_node_first(tasks); other != task; other = other->next, index++) {
		if (is_chosen(choice, other, index) && is_same_task(other, task))
			return true;
	}
	return false;
}

static bool are_all(const struct carved_node *tasks, const struct choice *choice)
{
	int64_t index = 0;
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next, index++) {
		if (!is_chosen(choice, task, index))
			return false;
	}
	return true;
}

// "With: linen, meals", unless these are all tasks.
static void add_names(struct carved_page *page, const struct carved_node *view, const struct choice *choice)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	const char *between = "";
	int64_t index = 0;
	if (are_all(tasks, choice))
		return;
	carved_markup_text(&page->markup, " ");
	carved_markup_open(&page->markup, "span");
	carved_markup_attribute(&page->markup, "class", "note");
	carved_markup_text(&page->markup, carved_text(page->language, "report.candidate.with"));
	carved_markup_text(&page->markup, " ");
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next, index++) {
		if (!is_chosen(choice, task, index) || is_named(tasks, choice, task))
			continue;
		carved_markup_text(&page->markup, between);
		carved_page_words(page, carved_proposal_task_title(task));
		between = ", ";
	}
	carved_markup_close(&page->markup, "span");
}

// ---- head

static void add_head(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *support = carved_node_get(view, "support"), *travel = carved_node_get(view, "travel");
	struct carved_markup *m = &page->markup;
	carved_markup_open(m, "header");
	carved_page_paragraph(page, "p", "over", "report.candidate.over",
		CARVED_SAY_WORDS("proposal", carved_node_get_text(view, "proposal", NULL)));
	carved_page_paragraph(page, "h1", NULL, "report.candidate.title",
		CARVED_SAY_WORDS("site", carved_node_get_text(view, "name", carved_node_get_text(view, "site", NULL))));
	carved_page_element(page, "p", "lead",
		is_open(view)                ? "report.candidate.yes"
		: is_state(view, "accepted") ? "report.candidate.accepted"
		: is_state(view, "started")  ? "report.candidate.started"
					     : "report.candidate.over-now");
	carved_proposal_facts_open(page);
	carved_proposal_fact_number(page, "report.box.hours", "report.box.hours-text", carved_node_get(view, "hours"));
	carved_proposal_fact_days(page, "report.box.days", view);
	carved_proposal_fact_open(page, "report.candidate.fact.travel");
	carved_page_say(page, "report.candidate.fact.minutes", CARVED_SAY_NUMBER("minutes", carved_node_get(travel, "minutes")));
	carved_proposal_fact_close(page);
	if (carved_node_get_real(support, "buddyHours", 0) > 0)
		carved_proposal_fact_number(
			page, "report.candidate.fact.help", "report.box.hours-text", carved_node_get(support, "buddyHours"));
	carved_proposal_facts_close(page);
	carved_markup_close(m, "header");
}

// ---- what fits and what does not

static void add_fact(struct carved_page *page, const struct carved_node *view, const struct carved_node *fact)
{
	const struct choice about = {.slots = carved_node_get(fact, "slots")};
	char msgid[64];
	snprintf(msgid, sizeof msgid, "explain.candidate.%s", carved_node_get_text(fact, "fact", "?"));
	carved_markup_open(&page->markup, "li");
	carved_page_say(page, msgid, CARVED_SAY_NUMBER("hours", carved_node_get(fact, "hours")),
		CARVED_SAY_NUMBER("min", carved_node_get(fact, "min")), CARVED_SAY_NUMBER("max", carved_node_get(fact, "max")),
		CARVED_SAY_NUMBER("minutes", carved_node_get(fact, "minutes")),
		CARVED_SAY_NUMBER("most", carved_node_get(fact, "most")),
		CARVED_SAY_NUMBER("count", carved_node_get(fact, "count")),
		CARVED_SAY_WORDS("label", carved_node_get_text(fact, "label", NULL)),
		CARVED_SAY_LABEL(
			"mode", carved_page_label(page, "explain.candidate.mode", carved_node_get_text(fact, "mode", ""))),
		CARVED_SAY_LABEL(
			"wished", carved_page_label(page, "explain.candidate.company", carved_node_get_text(fact, "wished", ""))),
		CARVED_SAY_LABEL("company",
			carved_page_label(page, "explain.candidate.company", carved_node_get_text(fact, "company", ""))));
	if (carved_node_first(about.slots))
		add_names(page, view, &about);
	carved_markup_close(&page->markup, "li");
}

static void add_facts(struct carved_page *page, const struct carved_node *view, const char *member, const char *msgid)
{
	const struct carved_node *facts = carved_node_get(view, member);
	if (!carved_node_first(facts))
		return;
	carved_page_section_open(page, member, msgid);
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", member);
	for (const struct carved_node *fact = carved_node_first(facts); fact; fact = fact->next)
		add_fact(page, view, fact);
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

// ---- with whom

static bool is_first(const struct carved_node *tasks, const struct carved_node *task, const char *member)
{
	const struct carved_node *other = carved_node_first(tasks);
	while (other != task && strcmp(carved_node_get_text(other, member, ""), carved_node_get_text(task, member, "")) != 0)
		other = other->next;
	return other == task;
}

// A sentence for each value of the member that tasks have, with the tasks that have it.
static void add_by(struct carved_page *page, const struct carved_node *view, const char *member, const char *msgid, bool is_label)
{
	const struct carved_node *tasks = carved_node_get(view, "tasks");
	for (const struct carved_node *task = carved_node_first(tasks); task; task = task->next) {
		const struct choice having = {.member = member, .value = carved_node_get_text(task, member, "")};
		if (!*having.value || !is_first(tasks, task, member))
			continue;
		carved_markup_open(&page->markup, "li");
		if (is_label)
			carved_page_say(page, msgid,
				CARVED_SAY_LABEL("value", carved_page_label(page, "explain.candidate.company", having.value)));
		else
			carved_page_say(page, msgid, CARVED_SAY_WORDS("value", having.value));
		add_names(page, view, &having);
		carved_markup_close(&page->markup, "li");
	}
}

static void add_people(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *support = carved_node_get(view, "support");
	const bool coach_has_hours = carved_node_get_real(support, "coachHours", 0) > 0;
	carved_page_section_open(page, "people", "report.candidate.people");
	carved_markup_open(&page->markup, "ul");
	add_by(page, view, "company", "report.candidate.company", true);
	add_by(page, view, "supervisor", "report.candidate.supervisor", false);
	if (carved_node_get_real(support, "buddyHours", 0) > 0)
		carved_page_paragraph(page, "li", NULL, "report.candidate.buddy",
			CARVED_SAY_NUMBER("hours", carved_node_get(support, "buddyHours")));
	carved_page_paragraph(page, "li", NULL, coach_has_hours ? "report.candidate.coach-hours" : "report.candidate.coach",
		CARVED_SAY_WORDS("coach", coach_of(view)), CARVED_SAY_NUMBER("hours", carved_node_get(support, "coachHours")));
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

static void add_aids(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *aids = carved_node_get(view, "aids");
	if (!carved_node_first(aids))
		return;
	carved_page_section_open(page, "aids", "report.candidate.aids");
	carved_markup_open(&page->markup, "ul");
	for (const struct carved_node *aid = carved_node_first(aids); aid; aid = aid->next) {
		const struct choice about = {.slots = carved_node_get(aid, "slots")};
		carved_markup_open(&page->markup, "li");
		carved_page_words(page, carved_node_get_text(aid, "label", "?"));
		carved_markup_text(&page->markup, ". ");
		carved_page_words(page, carved_node_get_text(aid, "text", ""));
		add_names(page, view, &about);
		carved_markup_close(&page->markup, "li");
	}
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

// ---- what is still asked and what still has to be done

// Questions that are answered alike: asked once, with what it is about as a list.
static void add_questions_about(
	struct carved_page *page, const struct carved_node *questions, const char *kind, const char *msgid)
{
	bool any = false;
	for (const struct carved_node *one = carved_node_first(questions); one; one = one->next) {
		if (strcmp(carved_node_get_text(one, "question", ""), kind) != 0)
			continue;
		if (!any) {
			carved_page_element(page, "p", NULL, msgid);
			carved_markup_open(&page->markup, "ul");
		}
		any = true;
		carved_markup_open(&page->markup, "li");
		carved_page_words(page, carved_node_get_text(one, "label", "?"));
		carved_markup_close(&page->markup, "li");
	}
	if (any)
		carved_markup_close(&page->markup, "ul");
}

static void add_question(struct carved_page *page, const struct carved_node *question)
{
	const char *kind = carved_node_get_text(question, "question", "?");
	char msgid[64];
	if (strcmp(kind, "capacity") == 0 || strcmp(kind, "environment") == 0)
		return;
	snprintf(msgid, sizeof msgid, "explain.candidate.question.%s", kind);
	carved_page_paragraph(page, "p", NULL, msgid, CARVED_SAY_WORDS("label", carved_node_get_text(question, "label", NULL)));
}

static void add_questions(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *questions = carved_node_get(view, "questions");
	if (!carved_node_first(questions))
		return;
	carved_page_section_open(page, "questions", "report.candidate.questions");
	add_questions_about(page, questions, "capacity", "report.candidate.ask.capacity");
	add_questions_about(page, questions, "environment", "report.candidate.ask.environment");
	for (const struct carved_node *one = carved_node_first(questions); one; one = one->next)
		add_question(page, one);
	carved_page_section_close(page);
}

static void add_conditions(struct carved_page *page, const struct carved_node *view)
{
	for (const struct carved_node *one = carved_node_first(carved_node_get(view, "conditions")); one; one = one->next) {
		carved_markup_open(&page->markup, "li");
		if (carved_node_get_bool(one, "met", false))
			carved_markup_attribute(&page->markup, "class", "done");
		carved_page_words(page, carved_node_get_text(one, "text", "?"));
		carved_markup_close(&page->markup, "li");
	}
}

static void add_arrangements(struct carved_page *page, const struct carved_node *view)
{
	const struct carved_node *consent = carved_node_get(view, "consent");
	const bool shares = carved_node_get_bool(consent, "shareWithEmployer", false);
	const char *decided = is_open(view) ? NULL : "done";
	carved_page_section_open(page, "arrange", "report.candidate.arrange");
	carved_markup_open(&page->markup, "ul");
	carved_markup_attribute(&page->markup, "class", "ticks");
	add_conditions(page, view);
	carved_page_paragraph(page, "li", shares ? "done" : NULL,
		shares ? "report.candidate.may-talk" : "report.candidate.may-not-talk",
		CARVED_SAY_DATE("date", carved_node_get_text(consent, "expires", NULL)));
	carved_page_element(page, "li", decided, decided ? "report.candidate.said-yes" : "report.candidate.say-yes");
	carved_page_element(page, "li", decided, decided ? "report.candidate.employer-said" : "report.candidate.employer-says");
	carved_markup_close(&page->markup, "ul");
	carved_page_section_close(page);
}

static void add_way_on(struct carved_page *page, const struct carved_node *view)
{
	carved_page_section_open(page, "way-on", "report.way-on");
	if (is_open(view)) {
		carved_markup_open(&page->markup, "ol");
		carved_page_element(page, "li", NULL, "report.candidate.way.read");
		carved_page_paragraph(page, "li", NULL, "report.candidate.way.talk", CARVED_SAY_WORDS("coach", coach_of(view)));
		carved_page_element(page, "li", NULL, "report.candidate.way.yes");
		carved_page_element(page, "li", NULL, "report.candidate.way.no");
		carved_markup_close(&page->markup, "ol");
	} else {
		carved_page_paragraph(page, "p", NULL, "report.candidate.ask", CARVED_SAY_WORDS("coach", coach_of(view)));
	}
	carved_page_section_close(page);
}

void carved_proposal_write_candidates(struct carved_page *page, const struct carved_node *view)
{
	add_head(page, view);
	carved_proposal_add_tasks(page, view);
	carved_page_pair_open(page);
	add_people(page, view);
	add_aids(page, view);
	carved_page_pair_close(page);
	carved_proposal_add_week(page, view);
	carved_proposal_add_steps(page, view);
	carved_page_pair_open(page);
	add_facts(page, view, "fits", "report.candidate.fits");
	if (carved_node_first(carved_node_get(view, "differs")) || carved_node_first(carved_node_get(view, "questions"))) {
		carved_markup_open(&page->markup, "div");
		add_facts(page, view, "differs", "report.candidate.differs");
		add_questions(page, view);
		carved_markup_close(&page->markup, "div");
	}
	carved_page_pair_close(page);
	carved_page_pair_open(page);
	if (is_open(view) || is_state(view, "accepted") || is_state(view, "started"))
		add_arrangements(page, view);
	add_way_on(page, view);
	carved_page_pair_close(page);
}
