// SPDX-License-Identifier: EUPL-1.2
// A plan at one glance, for those who answer for the region: who is placed and who is not, what each site gives, who travels from where, how the hours spread. All of it follows
// from the plan as it was told and the documents as it saw them.
//
// Glossary
//   sector        of a site: what its document says, else the first of its tags, else "unknown"
//   journey       from the postcode of a home to that of a site; people with the same one are counted together, without their refs
//   banenafspraak the Dutch jobs agreement: employers make jobs for a target group, and 25.5 hours a week count as one
#pragma once
#include "carved/base/json.h"
#include "carved/model/record.h"
#include "carved/model/region.h"
#include "carved/text/text.h"

struct carved_overview_placed {
	const struct carved_record_package *package;
	const struct carved_candidate *candidate;
	const struct carved_site *site;
	int minutes; // one way
};

struct carved_overview_task { // that gives something
	const struct carved_task *task;
	int hours_q;  // a week, of all openings
	int carved_q; // by all packages
	bool undone;  // nobody's hours today
};

struct carved_overview_job { // or vacancy, that gives something
	const struct carved_job *job;
	int people;   // whose packages take from it
	int filled;   // openings that are filled whole
	int before_q; // weekly hours of the job, or of all openings
	int carved_q; // taken by all packages; tasks left undone don't count
	struct carved_overview_task *tasks;
	size_t task_count;
};

struct carved_overview_site { // where somebody is placed
	const struct carved_site *site;
	int people, hours_q;
	int buddy_q; // guidance that these people need at the site
	struct carved_overview_job *jobs;
	size_t job_count;
};

struct carved_overview_journey {
	uint16_t from, to; // postcodes
	int people;
	int minutes; // one way, of whoever is longest under way
};

struct carved_overview_sector {
	const char *sector;
	int people, hours_q;
};

struct carved_overview_coach {
	const struct carved_coach *coach;
	int used_q; // what the placed people of the caseload need
	int people; // of the caseload that are placed
};

struct carved_overview_reason {
	const char *reason;      // a rule
	const char **candidates; // refs, sorted
	size_t count;
};

struct carved_overview {
	const struct carved_record *record;    // borrowed
	const struct carved_region *region;    // borrowed
	struct carved_overview_placed *placed; // by site, then candidate
	size_t placed_count;
	int hours_q;                            // of all packages
	struct carved_overview_reason *reasons; // most people first, then by name
	size_t reason_count;
	struct carved_overview_site *sites; // most hours first, then by ref
	size_t site_count;
	struct carved_overview_journey *journeys; // most people first, then by postcodes
	size_t journey_count;
	struct carved_overview_sector *sectors; // most hours first, then by name
	size_t sector_count;
	struct carved_overview_coach *coaches; // by ref
	size_t coach_count;
	int target_people, target_hours_q; // placed people of the target group
	struct carved_arena arena;         // owns the lists
};

// Requires: the record is finished and holds all proposals of the plan; the region holds their candidates and sites. Both must stay as long as the result, which the
// caller deinits. What a package takes from a job or task that the site's document does not have (any more) is in its hours, and in no job.
void carved_overview_make(
	const struct carved_record *record, const struct carved_region *region, struct carved_overview *ret_overview);
void carved_overview_deinit(struct carved_overview *overview);

// Members of a JSON object: the caller opens and closes it. Labels are in `language`.
void carved_overview_format(
	const struct carved_overview *overview, enum carved_language language, struct carved_json_writer *writer);
