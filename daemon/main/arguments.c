// SPDX-License-Identifier: EUPL-1.2
#include "arguments.h"
#include <argp.h>
#include <errno.h>

enum { SOCKET = 0x100, STORE, SOLVER, CHECK_CONFIG };

static const struct argp_option options[] = {
	{"config", 'c', "FILE", 0, "Settings in YAML; defaults without", 0},
	{"socket", SOCKET, "PATH", 0, "Listen here instead of where the settings say", 0},
	{"store", STORE, "PATH", 0, "Keep the data here instead of where the settings say", 0},
	{"solver", SOLVER, "PATH", 0, "Use this carved-solver instead of the one beside carved", 0},
	{"check-config", CHECK_CONFIG, NULL, 0, "Only check the settings; exit status 0 where they are right, 3 where not", 0},
	{0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
	struct carved_arguments *arguments = state->input;
	switch (key) {
	case 'c':
		arguments->config = value;
		return 0;
	case SOCKET:
		arguments->socket = value;
		return 0;
	case STORE:
		arguments->store = value;
		return 0;
	case SOLVER:
		arguments->solver = value;
		return 0;
	case CHECK_CONFIG:
		arguments->check_config = true;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "'%s' is no option", value);
		return EINVAL;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

void carved_arguments_parse(int argc, char **argv, struct carved_arguments *ret_arguments)
{
	static const struct argp argp = {.options = options,
		.parser = parse,
		.doc = "The daemon of carved: matches job seekers with vacancies and carved jobs, over HTTP on a Unix socket.\v"
		       "Logs go to standard error. SIGTERM and SIGINT stop it gracefully."};
	argp_program_version = "carved " CARVED_VERSION;
	argp_err_exit_status = 2;
	*ret_arguments = (struct carved_arguments){0};
	argp_parse(&argp, argc, argv, 0, NULL, ret_arguments);
}
