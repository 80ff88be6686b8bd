// SPDX-License-Identifier: EUPL-1.2
#include "schema.h"
#include "schema_parts.h"

const char *const carved_carve_needs[] = {"incumbents", "hours", NULL};
const char *const carved_site_work[] = {"jobs", "vacancies", NULL};

#define IN_TASK(member) CARVED_MEMBER(struct carved_task, member)
static const struct carved_field task_fields[] = {
	{.key = "ref",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN_TASK(ref),
		.example = "ref: linen",
		.en = "unique within its job",
		.nl = "uniek binnen de functie"},
	{.key = "title",
		.kind = CARVED_FIELD_TEXT,
		.free_text = true,
		IN_TASK(title),
		.example = "title: Linnenkast bijvullen",
		.en = "what people call it",
		.nl = "hoe mensen het noemen"},
	{.key = "category",
		.kind = CARVED_FIELD_WORD,
		IN_TASK(category),
		.example = "category: \"4.A.3.a.2\"",
		.en = "what sort of task it is; wishes can name it",
		.nl = "wat voor taak het is; wensen kunnen het noemen"},
	{.key = "tags",
		.kind = CARVED_FIELD_WORDS,
		.free_text = true,
		IN_TASK(tags),
		.most = 100,
		.example = "tags: [indoor]",
		.en = "words of the vocabulary",
		.nl = "woorden uit de woordenlijst"},
	{.key = "hours",
		.kind = CARVED_FIELD_TASK_HOURS,
		.required = true,
		.least = 1,
		.most = CARVED_QUARTERS_MAX,
		.example = "hours: 10",
		.en = "hours a week; fixed times as {mon-pm: 2, tue-pm: 2}",
		.nl = "uren per week; vaste tijden als {mon-pm: 2, tue-pm: 2}"},
	{.key = "when",
		.kind = CARVED_FIELD_WHEN,
		IN_TASK(when),
		.example = "when: [mon-am, tue-am]",
		.en = "day parts in which it can be done, instead of the site's `open`; not beside fixed times",
		.nl = "dagdelen waarin het kan, in plaats van `open` van de vestiging; niet naast vaste tijden"},
	{.key = "chunk",
		.kind = CARVED_FIELD_HOURS,
		IN_TASK(chunk_q),
		.least = 1,
		.most = 672,
		.otherwise = 2,
		.states_default = true,
		.example = "chunk: 1",
		.en = "the smallest piece that makes sense, in hours",
		.nl = "het kleinste stuk dat zin heeft, in uren"},
	{.key = "demands",
		.kind = CARVED_FIELD_LEVELS,
		.side = CARVED_ICF_PERSON,
		IN_TASK(demands),
		.example = "demands: {d430: 1, d450: 2}",
		.en = "ICF category: how much the task asks, 0 to 4",
		.nl = "ICF-categorie: hoeveel de taak vraagt, 0 tot 4"},
	{.key = "exposures",
		.kind = CARVED_FIELD_LEVELS,
		.side = CARVED_ICF_ENVIRONMENT,
		IN_TASK(exposures),
		.example = "exposures: {e250: 1}",
		.en = "ICF e-code: how strongly it is present, 0 to 4",
		.nl = "ICF e-code: hoe sterk het er is, 0 tot 4"},
	{.key = "requires",
		.kind = CARVED_FIELD_WORDS,
		IN_TASK(requires),
		.most = 100,
		.example = "requires: [forklift]",
		.en = "certificates that the person must have",
		.nl = "bewijzen die iemand moet hebben"},
	{.key = "relief",
		.kind = CARVED_FIELD_INTEGER,
		IN_TASK(relief),
		.most = 4,
		.states_default = true,
		.example = "relief: 3",
		.en = "how much it helps the donor to be relieved of it, 0 to 4",
		.nl = "hoeveel het de donor helpt ervan af te zijn, 0 tot 4"},
	{.key = "level",
		.kind = CARVED_FIELD_INTEGER,
		IN_TASK(level),
		.least = 1,
		.most = 8,
		.example = "level: 2",
		.en = "work and thinking level, 1 to 8",
		.nl = "werk- en denkniveau, 1 tot 8"},
	{.key = "company",
		.kind = CARVED_FIELD_CHOICE,
		IN_TASK(company),
		.choices = carved_company_choices,
		.first = CARVED_ALONE,
		.example = "company: alone",
		.en = "with how many people it is done",
		.nl = "met hoeveel mensen het gebeurt"},
	{.key = "supervisor",
		.kind = CARVED_FIELD_REF,
		IN_TASK(supervisor),
		.example = "supervisor: team-a",
		.en = "who leads it; a role or a team, never a name",
		.nl = "wie het leidt; een rol of team, nooit een naam"},
	{.key = "undone",
		.kind = CARVED_FIELD_BOOL,
		IN_TASK(undone),
		.example = "undone: true",
		.en = "left undone today: carving it displaces nobody",
		.nl = "blijft nu liggen: carven verdringt niemand"},
};
static const struct carved_schema task = {.name = "task", CARVED_SCHEMA(task_fields), .item_size = sizeof(struct carved_task)};

#define IN_JOB(member) CARVED_MEMBER(struct carved_job, member)
#define WORK_REF                                                                                                                 \
	{                                                                                                                        \
		.key = "ref", .kind = CARVED_FIELD_REF, .required = true, IN_JOB(ref), .example = "ref: nurse-a",                \
		.en = "unique among the site's jobs and vacancies",                                                              \
		.nl = "uniek onder de functies en vacatures van de vestiging"                                                    \
	}
#define WORK_TITLE                                                                                                               \
	{.key = "title",                                                                                                         \
		.kind = CARVED_FIELD_TEXT,                                                                                       \
		.free_text = true,                                                                                               \
		IN_JOB(title),                                                                                                   \
		.example = "title: Keukenhulp",                                                                                  \
		.en = "what people call it",                                                                                     \
		.nl = "hoe mensen het noemen"},                                                                                  \
	{                                                                                                                        \
		.key = "occupation", .kind = CARVED_FIELD_TEXT, IN_JOB(occupation), .example = "occupation: \"29-2035.00\"",     \
		.en = "code of the occupation; no rule reads it", .nl = "code van het beroep; geen regel leest het"              \
	}
#define WORK_REST                                                                                                                \
	{.key = "tags",                                                                                                          \
		.kind = CARVED_FIELD_WORDS,                                                                                      \
		.free_text = true,                                                                                               \
		IN_JOB(tags),                                                                                                    \
		.most = 100,                                                                                                     \
		.example = "tags: [care]",                                                                                       \
		.en = "for all of its tasks",                                                                                    \
		.nl = "voor al zijn taken"},                                                                                     \
		{.key = "demands",                                                                                               \
			.kind = CARVED_FIELD_LEVELS,                                                                             \
			.side = CARVED_ICF_PERSON,                                                                               \
			IN_JOB(demands),                                                                                         \
			.example = "demands: {d720: 1}",                                                                         \
			.en = "for all of its tasks; the highest counts",                                                        \
			.nl = "voor al zijn taken; het hoogste telt"},                                                           \
		{.key = "exposures",                                                                                             \
			.kind = CARVED_FIELD_LEVELS,                                                                             \
			.side = CARVED_ICF_ENVIRONMENT,                                                                          \
			IN_JOB(exposures),                                                                                       \
			.example = "exposures: {e250: 2}",                                                                       \
			.en = "for all of its tasks; the highest counts",                                                        \
			.nl = "voor al zijn taken; het hoogste telt"},                                                           \
	{                                                                                                                        \
		.key = "tasks", .kind = CARVED_FIELD_LIST, .required = true, IN_JOB(tasks),                                      \
		.count_offset = offsetof(struct carved_job, task_count), .schema = &task,                                        \
		.example = "tasks: [{ref: linen, hours: 10}]", .en = "what it consists of", .nl = "waaruit het bestaat"          \
	}

#define SHARE                                                                                                                    \
	{.kind = CARVED_FIELD_CONSTANT, IN_JOB(has_carve), .otherwise = true},                                                   \
	{                                                                                                                        \
		.key = "share", .kind = CARVED_FIELD_SHARE, .required = true, IN_JOB(share_permille), .example = "share: 0.25",  \
		.en = "at most this share of the hours, 0 to 1", .nl = "hoogstens dit deel van de uren, 0 tot 1"                 \
	}
static const struct carved_field job_carve_fields[] = {
	SHARE,
	{.key = "keep-hours",
		.kind = CARVED_FIELD_HOURS,
		IN_JOB(keep_hours_q),
		.most = 672,
		.states_default = true,
		.example = "keep-hours: 20",
		.en = "hours that each incumbent keeps at least",
		.nl = "uren die iedere medewerker minstens houdt"},
};
static const struct carved_field vacancy_carve_fields[] = {SHARE};
static const struct carved_schema job_carve = {.name = "carve of a job", CARVED_SCHEMA(job_carve_fields)};
static const struct carved_schema vacancy_carve = {.name = "carve of a vacancy", CARVED_SCHEMA(vacancy_carve_fields)};

static const struct carved_field job_fields[] = {
	{.kind = CARVED_FIELD_CONSTANT, IN_JOB(kind), .otherwise = CARVED_JOB},
	{.kind = CARVED_FIELD_CONSTANT, IN_JOB(openings), .otherwise = 1},
	{.kind = CARVED_FIELD_CONSTANT, IN_JOB(former_staff_asked), .otherwise = CARVED_DATE_NONE},
	WORK_REF,
	WORK_TITLE,
	{.key = "incumbents",
		.kind = CARVED_FIELD_INTEGER,
		IN_JOB(incumbents),
		.most = 10000,
		.example = "incumbents: 6",
		.en = "people who do it now; needed beside `carve`",
		.nl = "mensen die het nu doen; nodig naast `carve`"},
	{.key = "hours",
		.kind = CARVED_FIELD_HOURS,
		IN_JOB(hours_q),
		.most = CARVED_QUARTERS_MAX,
		.example = "hours: 180",
		.en = "contract hours a week of all incumbents together; needed beside `carve`",
		.nl = "contracturen per week van alle medewerkers samen; nodig naast `carve`"},
	{.key = "carve",
		.kind = CARVED_FIELD_OBJECT,
		.schema = &job_carve,
		.needs = carved_carve_needs,
		.example = "carve: {share: 0.25, keep-hours: 20}",
		.en = "what may be taken from it; without it nothing",
		.nl = "wat eruit gehaald mag worden; zonder dit niets"},
	WORK_REST,
};
static const struct carved_schema job = {.name = "job", CARVED_SCHEMA(job_fields), .item_size = sizeof(struct carved_job)};

static const struct carved_field vacancy_fields[] = {
	{.kind = CARVED_FIELD_CONSTANT, IN_JOB(kind), .otherwise = CARVED_VACANCY},
	WORK_REF,
	WORK_TITLE,
	{.key = "openings",
		.kind = CARVED_FIELD_INTEGER,
		IN_JOB(openings),
		.least = 1,
		.most = 1000,
		.otherwise = 1,
		.states_default = true,
		.example = "openings: 2",
		.en = "how many people are sought",
		.nl = "hoeveel mensen er gezocht worden"},
	{.key = "carve",
		.kind = CARVED_FIELD_OBJECT,
		.schema = &vacancy_carve,
		.example = "carve: {share: 1}",
		.en = "how much of it may be filled in parts; without it the vacancy is filled whole only",
		.nl = "hoeveel ervan in delen vervuld mag worden; zonder dit alleen in zijn geheel"},
	{.key = "former-staff-asked",
		.kind = CARVED_FIELD_DATE,
		IN_JOB(former_staff_asked),
		.example = "former-staff-asked: 2026-09-01",
		.en = "since when people who were dismissed have been asked first",
		.nl = "sinds wanneer ontslagen medewerkers als eersten zijn gevraagd"},
	WORK_REST,
};
static const struct carved_schema vacancy = {
	.name = "vacancy", CARVED_SCHEMA(vacancy_fields), .item_size = sizeof(struct carved_job)};

#define IN(member) CARVED_MEMBER(struct carved_site, member)
static const struct carved_field supervision_fields[] = {
	{.key = "hours",
		.kind = CARVED_FIELD_HOURS,
		.required = true,
		IN(supervision_q),
		.most = CARVED_QUARTERS_MAX,
		.example = "hours: 12",
		.en = "buddy hours a week",
		.nl = "uren van maatjes per week"},
};
static const struct carved_schema supervision = {.name = "supervision", CARVED_SCHEMA(supervision_fields)};

static const struct carved_field displacement_fields[] = {
	{.key = "recent-dismissals",
		.kind = CARVED_FIELD_BOOL,
		IN(recent_dismissals),
		.example = "recent-dismissals: false",
		.en = "people were dismissed lately: only vacancies offered to them first are used",
		.nl = "er zijn kort geleden mensen ontslagen: alleen vacatures die hun eerst zijn aangeboden tellen mee"},
	{.key = "staff-agreed",
		.kind = CARVED_FIELD_DATE,
		IN(staff_agreed),
		.example = "staff-agreed: 2026-09-12",
		.en = "the day the staff agreed to carving",
		.nl = "de dag waarop het personeel met carven instemde"},
};
static const struct carved_schema displacement = {.name = "displacement", CARVED_SCHEMA(displacement_fields)};

static const struct carved_field site_fields[] = {
	{.key = "kind",
		.kind = CARVED_FIELD_KIND,
		.required = true,
		.example = "kind: site",
		.en = "what this document is",
		.nl = "wat dit document is"},
	{.key = "ref",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN(ref),
		.example = "ref: S-014",
		.en = "the site's reference",
		.nl = "het kenmerk van de vestiging"},
	{.key = "employer",
		.kind = CARVED_FIELD_REF,
		.required = true,
		IN(employer),
		.example = "employer: EMP-07",
		.en = "whose site it is",
		.nl = "van welke werkgever"},
	{.key = "name",
		.kind = CARVED_FIELD_TEXT,
		.free_text = true,
		IN(name),
		.example = "name: Zorgcentrum De Linde",
		.en = "what people call it",
		.nl = "hoe mensen haar noemen"},
	{.key = "place",
		.kind = CARVED_FIELD_POSTCODE,
		.required = true,
		IN(place),
		.example = "place: \"3818\"",
		.en = "4-digit postcode",
		.nl = "postcode, vier cijfers"},
	{.key = "open",
		.kind = CARVED_FIELD_OPEN,
		.required = true,
		IN(open),
		.example = "open: {mon: [am, pm], tue: [am]}",
		.en = "day parts in which its tasks can be done, unless a task says `when`",
		.nl = "dagdelen waarin haar taken kunnen, tenzij een taak `when` heeft"},
	{.key = "demands",
		.kind = CARVED_FIELD_LEVELS,
		.side = CARVED_ICF_PERSON,
		IN(demands),
		.example = "demands: {d450: 1}",
		.en = "for all of its tasks; the highest counts",
		.nl = "voor al haar taken; het hoogste telt"},
	{.key = "exposures",
		.kind = CARVED_FIELD_LEVELS,
		.side = CARVED_ICF_ENVIRONMENT,
		IN(exposures),
		.example = "exposures: {e250: 2, e225: 0}",
		.en = "for all of its tasks; the highest counts",
		.nl = "voor al haar taken; het hoogste telt"},
	{.key = "tags",
		.kind = CARVED_FIELD_WORDS,
		.free_text = true,
		IN(tags),
		.most = 100,
		.example = "tags: [care, indoor]",
		.en = "for all of its tasks",
		.nl = "voor al haar taken"},
	{.key = "sector",
		.kind = CARVED_FIELD_WORD,
		.free_text = true,
		IN(sector),
		.example = "sector: care",
		.en = "the line of business, a word of `tags`, for figures; no rule reads it; where absent the first of its tags "
		      "counts",
		.nl = "de branche, een woord uit `tags`, voor cijfers; geen regel leest het; ontbreekt zij, dan telt de eerste "
		      "van haar tags"},
	{.key = "supervision",
		.kind = CARVED_FIELD_OBJECT,
		.schema = &supervision,
		.example = "supervision: {hours: 12}",
		.en = "time that colleagues have for guidance; 0 unless said",
		.nl = "tijd die collega's voor begeleiding hebben; 0 tenzij anders"},
	{.key = "places",
		.kind = CARVED_FIELD_INTEGER,
		IN(places),
		.most = 1000,
		.otherwise = 1,
		.states_default = true,
		.example = "places: 3",
		.en = "packages at most, carved or whole, accepted ones included",
		.nl = "hoogstens zoveel takenpakketten, aanvaarde meegeteld"},
	{.key = "displacement",
		.kind = CARVED_FIELD_OBJECT,
		.schema = &displacement,
		.example = "displacement: {recent-dismissals: false, staff-agreed: 2026-09-12}",
		.en = "guards those who work there now",
		.nl = "beschermt wie er nu werkt"},
	{.key = "facilities",
		.kind = CARVED_FIELD_WORDS,
		IN(facilities),
		.most = 100,
		.example = "facilities: [lifting-aid, lift]",
		.en = "what it has to offer people",
		.nl = "wat zij mensen te bieden heeft"},
	{.key = "jobs",
		.kind = CARVED_FIELD_LIST,
		IN(jobs),
		.count_offset = offsetof(struct carved_site, job_count),
		.schema = &job,
		.example = "jobs: [{ref: nurse-a, tasks: [{ref: linen, hours: 10}]}]",
		.en = "work that people do now; jobs or vacancies must be there",
		.nl = "werk dat mensen nu doen; jobs of vacancies moet er staan"},
	{.key = "vacancies",
		.kind = CARVED_FIELD_LIST,
		IN(jobs),
		.count_offset = offsetof(struct carved_site, job_count),
		.schema = &vacancy,
		.example = "vacancies: [{ref: kitchen-1, tasks: [{ref: dishes, hours: 12}]}]",
		.en = "work that nobody does yet; the hours are those of one opening",
		.nl = "werk dat nog niemand doet; de uren zijn die van een enkele plek"},
};
const struct carved_schema carved_schema_site = {.name = "site", CARVED_SCHEMA(site_fields), .one_of = carved_site_work};
