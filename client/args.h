// SPDX-License-Identifier: EUPL-1.2
// The command line: which command, with what. argp reads the options and lays out the help; its texts come from the message tables.
#pragma once
#include "exit.h"
#include "terminal.h"
#include <stdbool.h>
#include <stdint.h>

struct carve_session;

enum carve_option { // which options a command has beside the common ones
	CARVE_OPTION_DRY_RUN = 1,
	CARVE_OPTION_SOLVE = 2,         // --date --seed --seconds --from --max-changes --keep-weight --pin --wait --no-wait
	CARVE_OPTION_PLAN = 4,          // --plan
	CARVE_OPTION_BEST = 8,          // --count --file
	CARVE_OPTION_VERSION = 16,      // --if-version
	CARVE_OPTION_TEXT = 1 << 5,     // --text
	CARVE_OPTION_REASON = 1 << 6,   // --reason
	CARVE_OPTION_ACCEPT = 1 << 7,   // --candidate-agreed --employer-agreed --finances-discussed --contact
	CARVE_OPTION_DECLINE = 1 << 8,  // --for-good
	CARVE_OPTION_FULL = 1 << 10,    // --full
	CARVE_OPTION_PLANS = 1 << 11,   // --plans
	CARVE_OPTION_CHANGES = 1 << 12, // --set --without --facility
	CARVE_OPTION_FOR = 1 << 13,     // --for
	CARVE_OPTION_WATCH = 1 << 14,   // --since --kind --plan
	CARVE_OPTION_REPORT = 1 << 15   // --output --site
};

struct carve_command {
	const char *name; // also of its texts: carve.NAME.args, carve.NAME.summary, carve.NAME.help
	unsigned options; // of enum carve_option
	int operands_min, operands_max;
	enum carve_exit (*run)(struct carve_session *session);
};

#define CARVE_OPERANDS_MANY 1000000

struct carve_decision_args { // each NULL where it was not given; dates are checked
	const char *candidate_agreed, *employer_agreed, *finances_discussed;
	const char *contact, *reason, *text;
	bool for_good;
};

enum { CARVE_CHANGES_MAX = 32 };
struct carve_change {     // one of --set, --without, --facility, in the order of the command line
	int key;          // of enum carve_key
	const char *text; // checked: --set has a path before its '='
};

struct carve_args {
	const struct carve_command *command;
	const char *socket;
	const char *host; // "ssh://server": the daemon is there; NULL: here, on `socket`
	bool json, dry_run, no_wait, full;
	const char *for_whom;              // --for, checked; NULL: not given
	const char *site;                  // --site: what a page is to be about; NULL: the operands say it
	const char *output;                // file to write; NULL: standard output
	const char *date;                  // checked; NULL: today, as the daemon sees it
	int64_t seed;                      // -1: not given
	int seconds;                       // 0: not given
	int64_t version;                   // what a document must be at to be changed; 0: it must not be there yet; -1: not given
	const char *from;                  // plan that the new one begins from; NULL: not said
	const char *pins;                  // proposals, with commas between; NULL: none
	int64_t most_changes, keep_weight; // -1: not given
	const char *plan;                  // NULL: the newest that ended; of events: all
	int64_t since;                     // id of the event to go on behind; -1: from now on
	const char *kinds;                 // of events, with commas between; NULL: all
	const char *file;                  // a document to ask about; NULL: one that is stored
	int plans;                         // how many to look back; 0: not given
	int count;                         // 0: not given
	struct carve_decision_args decision;
	struct carve_change changes[CARVE_CHANGES_MAX];
	int change_count;
	char **operands; // borrowed from argv
	int operand_count;
};

enum carve_parsed {
	CARVE_PARSED,      // run the command
	CARVE_PARSED_HELP, // help or version was shown: nothing more to do
	CARVE_PARSED_WRONG // the reason was shown: exit with CARVE_USAGE
};

// The language that --lang asks for anywhere on the command line, else that of the locale variables (getenv's results). Needed before anything is said.
enum carved_language carve_args_language(int argc, char **argv, const char *lc_all, const char *lc_messages, const char *lang);

// The daemon's place, for people.
const char *carve_args_where(const struct carve_args *args);

// `commands` ends with a NULL name; socket: the one to use where none is given. argv's order may change. Requires: argc >= 1.
enum carve_parsed carve_args_parse(const struct carve_command *commands, const struct carve_terminal *terminal,
	const char *socket, int argc, char **argv, struct carve_args *ret_args);
