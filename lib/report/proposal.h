// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: the parts of a proposal's pages. Each takes the view that the page is made from (the coach's, the employer's, the candidate's: members of one
// name mean the same in all) and leaves out what that view does not have. A part is a section with its heading; nothing at all where there is nothing to tell.
//
//   task     an entry of `tasks`: a piece of work with its hours. `slot` and `slots` of other members are its index
//   key      a task's number, from 1, on the pattern of the job that it comes from: the same in the mosaic, the tables and the week
//   series   of a donor job: the order in which its first task comes
#pragma once
#include "drawn.h"

// ---- tasks and their keys

const struct carved_node *carved_proposal_task(const struct carved_node *view, int64_t index); // NULL: no such task
const char *carved_proposal_task_title(const struct carved_node *task);                        // its ref where it has none
const char *carved_proposal_work_ref(const struct carved_node *item);   // of a task or donor: its job or vacancy
const char *carved_proposal_work_title(const struct carved_node *item); // its ref where it has none
size_t carved_proposal_series(const struct carved_node *view, const char *work_ref);

// As it is drawn, and its key.
struct carved_drawn_task carved_proposal_drawn(const struct carved_node *view, int64_t index);
void carved_proposal_add_key(struct carved_page *page, const struct carved_node *view, int64_t index);
// Those of a list of indices; "all tasks" where these are many.
void carved_proposal_add_keys(struct carved_page *page, const struct carved_node *view, const struct carved_node *slots);

// The title behind a key. Where titles are long they are for screen readers only: eyes find them by the key in the table of tasks.
const char *carved_proposal_title_class(const struct carved_node *view);
void carved_proposal_add_title(struct carved_page *page, const struct carved_node *view, const struct carved_node *task);

// "2.5 h", plain: for labels in drawings. Returns text.
#define CARVED_PROPOSAL_HOURS_MAX 64
const char *carved_proposal_hours(const struct carved_page *page, double hours, char text[CARVED_PROPOSAL_HOURS_MAX]);

// ---- sections that pages share

void carved_proposal_add_tasks(struct carved_page *page, const struct carved_node *view);  // a mosaic, and a table
void carved_proposal_add_week(struct carved_page *page, const struct carved_node *view);   // a calendar
void carved_proposal_add_steps(struct carved_page *page, const struct carved_node *view);  // how the hours grow
void carved_proposal_add_donors(struct carved_page *page, const struct carved_node *view); // what is taken over, and what stays
void carved_proposal_add_aids(struct carved_page *page, const struct carved_node *view);   // what has to be there
void carved_proposal_add_conditions(struct carved_page *page, const struct carved_node *view); // to tick off

// ---- sections of the coach's page alone

void carved_proposal_add_head(struct carved_page *page, const struct carved_node *explanation); // with its facts and notices
void carved_proposal_add_risks(
	struct carved_page *page, const struct carved_node *explanation); // what coach and candidate overruled
void carved_proposal_add_questions(struct carved_page *page, const struct carved_node *explanation); // to tick off
void carved_proposal_add_levels(
	struct carved_page *page, const struct carved_node *explanation); // what is asked beside what somebody can
void carved_proposal_add_fits(struct carved_page *page, const struct carved_node *explanation);   // how well each task fits
void carved_proposal_add_bounds(struct carved_page *page, const struct carved_node *explanation); // hours and other limits
void carved_proposal_add_points(struct carved_page *page, const struct carved_node *explanation); // where the value comes from

// ---- boxes with a figure each (proposal_facts.c)

void carved_proposal_facts_open(struct carved_page *page);
void carved_proposal_facts_close(struct carved_page *page);
void carved_proposal_fact_open(struct carved_page *page, const char *msgid); // msgid: what it is
void carved_proposal_fact_close(struct carved_page *page);
// text_msgid: "{number} hours".
void carved_proposal_fact_number(
	struct carved_page *page, const char *msgid, const char *text_msgid, const struct carved_node *number);
void carved_proposal_fact_days(struct carved_page *page, const char *msgid, const struct carved_node *view); // worked

// ---- pages, between their beginning and their end

void carved_proposal_write_employers(struct carved_page *page, const struct carved_node *view);  // employer.c
void carved_proposal_write_candidates(struct carved_page *page, const struct carved_node *view); // candidate.c
