// SPDX-License-Identifier: EUPL-1.2
#include "commands.h"

const struct carve_command carve_commands[] = {
	{"put", CARVE_OPTION_VERSION, 1, CARVE_OPERANDS_MANY, carve_run_put},
	{"import", CARVE_OPTION_DRY_RUN, 1, CARVE_OPERANDS_MANY, carve_run_import},
	{"get", 0, 1, 2, carve_run_get},
	{"list", 0, 1, 1, carve_run_list},
	{"delete", CARVE_OPTION_VERSION, 1, 2, carve_run_delete},
	{"explain", 0, 0, 1, carve_run_explain},
	{"plan", CARVE_OPTION_SOLVE, 0, 0, carve_run_plan},
	{"plans", 0, 0, 0, carve_run_plans},
	{"diff", CARVE_OPTION_FULL, 1, 2, carve_run_diff},
	{"fairness", CARVE_OPTION_PLANS, 0, 0, carve_run_fairness},
	{"offer", CARVE_OPTION_TEXT, 1, 1, carve_run_offer},
	{"accept", CARVE_OPTION_TEXT | CARVE_OPTION_ACCEPT, 1, 1, carve_run_accept},
	{"decline", CARVE_OPTION_TEXT | CARVE_OPTION_REASON | CARVE_OPTION_DECLINE, 1, 1, carve_run_decline},
	{"withdraw", CARVE_OPTION_TEXT | CARVE_OPTION_REASON, 1, 1, carve_run_withdraw},
	{"start", CARVE_OPTION_TEXT, 1, 1, carve_run_start},
	{"end", CARVE_OPTION_TEXT | CARVE_OPTION_REASON, 1, 1, carve_run_end},
	{"show", CARVE_OPTION_PLAN, 1, 2, carve_run_show},
	{"best", CARVE_OPTION_BEST, 1, 2, carve_run_best},
	{"why-not", 0, 1, 2, carve_run_why_not},
	{"what-if", CARVE_OPTION_CHANGES, 1, 1, carve_run_what_if},
	{"status", 0, 0, 0, carve_run_status},
	{"doctor", 0, 0, 0, carve_run_doctor},
	{"dial-stdio", 0, 0, 0, carve_run_dial_stdio},
	{0},
};
