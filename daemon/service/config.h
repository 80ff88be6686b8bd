// SPDX-License-Identifier: EUPL-1.2
// The daemon's settings: defaults, and what a YAML file says instead. Every limit, budget and weight is one; config/carved.yaml lists them with their defaults.
#pragma once
#include "carved/base/arena.h"
#include "carved/instance/budget.h"
#include "carved/instance/weights.h"
#include "carved/model/parse.h"
#include "pool/pool.h"
#include "server/http.h"

struct carved_config {
	const char *socket_path;
	unsigned socket_mode;     // permission bits
	const char *socket_group; // NULL: leave the group as it is
	const char *store_path;
	unsigned check_seconds;                       // that a diagnosis may read the database; 0: it does not
	size_t disk_warning_bytes, wal_warning_bytes; // less free disk, or a larger write-ahead log, is a warning
	struct carved_http_limits http;
	unsigned wait_seconds;      // longest `Prefer: wait`
	unsigned idempotency_hours; // so long answers to requests with a key are kept
	unsigned page_items;        // of a list, where the request does not say
	unsigned page_items_max;
	struct carved_parse_limits documents;
	bool require_if_match;                         // whether PUT and DELETE of a document that is there need a condition
	size_t findings;                               // errors and warnings told at most
	unsigned work_threads;                         // parsing, checking and formatting at a time
	unsigned work_queue, write_queue, read_queue;  // waiting at most, beyond that 503
	unsigned queue_share;                          // of one user in each of them, waiting or under way; beyond that 429
	const char *solver;                            // path of carved-solver; NULL: beside the daemon
	unsigned workers, plan_queue;                  // plans solved at a time; waiting at most
	unsigned keep_offered;                         // points that moving somebody from an offered proposal must bring more
	unsigned plan_share;                           // of one user, waiting or under way; beyond that 429
	unsigned plan_seconds, plan_seconds_max;       // a solver's time, where the request does not say; what it may say
	unsigned grace_seconds;                        // behind it, before the solver is killed
	size_t frame_bytes;                            // largest message from a solver
	size_t memory_bytes;                           // of one solver at most
	enum carved_sandbox sandbox;                   // the walls around a solver
	unsigned event_days;                           // so long events are kept
	unsigned event_progress_seconds;               // between two kept events of a plan's progress at least; 0: none is kept
	unsigned event_streams, event_streams_of_user; // at a time: of everybody; of one user, beyond that 429
	unsigned event_page_rows;                      // looked at in one reading of the store
	size_t event_page_bytes;                       // of text; a stream holds no more (and one event) for its client
	unsigned event_heartbeat_seconds;              // without an event, before a stream shows that it lives
	unsigned recommend_items, recommend_items_max; // packages, where the request does not say; what it may say
	unsigned recommend_displacement_nodes;         // of the search for those whom a package would push aside
	unsigned recommend_nodes,
		recommend_further_nodes; // of the exact search of each site's best package; of one further package there
	unsigned fairness_plans, fairness_plans_max; // plans to look back, where the request does not say; what it may say
	unsigned advice_sites;                       // why not, over all sites: looked at at most, the nearest first
	unsigned advice_items, advice_tries,
		advice_nodes; // why not: advices; changed documents that are solved for one question at most; nodes of each pricing
	unsigned site_workers, site_queue, site_share, site_seconds; // the same for questions about a site
	struct carved_budget site_budget;
	unsigned small_number; // of people: below it a number is not told in an answer about a site; 0: every number is
	struct carved_weights weights;
	struct carved_budget budget;
	struct carved_arena arena; // owns the texts
};

void carved_config_init(struct carved_config *config); // the defaults
void carved_config_deinit(struct carved_config *config);

// Reads settings over those that `config` has. All that is wrong is told at once: findings have places, codes SETTING_UNKNOWN (setting), SETTING_MISSPELT (setting, suggestion),
// SETTING_NO_SECTION, SETTING_INVALID (setting, value, allowed), SETTING_FIT_SUM (sum) and those of carved_yaml_read.
// Returns false where anything was wrong; `config` is then of no use.
bool carved_config_read(struct carved_config *config, const char *text, size_t length, struct carved_findings *findings);

// Reads a file. Returns false with FILE_UNREADABLE as a finding without a place, or as above.
bool carved_config_load(struct carved_config *config, const char *file, struct carved_findings *findings);

// Calls `each` for every setting that is not at its default: "http.connections", "3", "256". A text that is not set is "".
void carved_config_each_changed(const struct carved_config *config,
	void (*each)(void *context, const char *setting, const char *value, const char *usual), void *context);

// Sets one budget or weight by its setting's name. Returns false where there is none of that name; *ret_valid false where the value is out of range.
bool carved_config_set_budget(struct carved_budget *budget, const char *name, int64_t value, bool *ret_valid);
