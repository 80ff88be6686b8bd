// SPDX-License-Identifier: EUPL-1.2
// The commands of carve. Each is told in the message tables as carve.NAME.args, .summary and .help.
#pragma once
#include "session.h"

extern const struct carve_command carve_commands[]; // ends with a NULL name

enum carve_exit carve_run_put(struct carve_session *session);
enum carve_exit carve_run_import(struct carve_session *session);
enum carve_exit carve_run_get(struct carve_session *session);
enum carve_exit carve_run_list(struct carve_session *session);
enum carve_exit carve_run_delete(struct carve_session *session);
enum carve_exit carve_run_explain(struct carve_session *session);
enum carve_exit carve_run_plan(struct carve_session *session);
enum carve_exit carve_run_plans(struct carve_session *session);
enum carve_exit carve_run_offer(struct carve_session *session);
enum carve_exit carve_run_accept(struct carve_session *session);
enum carve_exit carve_run_decline(struct carve_session *session);
enum carve_exit carve_run_withdraw(struct carve_session *session);
enum carve_exit carve_run_start(struct carve_session *session);
enum carve_exit carve_run_end(struct carve_session *session);
enum carve_exit carve_run_show(struct carve_session *session);
enum carve_exit carve_run_report(struct carve_session *session);
enum carve_exit carve_run_why(struct carve_session *session);
enum carve_exit carve_run_best(struct carve_session *session);
enum carve_exit carve_run_diff(struct carve_session *session);
enum carve_exit carve_run_fairness(struct carve_session *session);
enum carve_exit carve_run_dial_stdio(struct carve_session *session);
enum carve_exit carve_run_doctor(struct carve_session *session);
enum carve_exit carve_run_watch(struct carve_session *session);
enum carve_exit carve_run_status(struct carve_session *session);
enum carve_exit carve_run_what_if(struct carve_session *session);
enum carve_exit carve_run_why_not(struct carve_session *session);
