// SPDX-License-Identifier: EUPL-1.2
// The prose of docs/documents.md and an example of each kind; tests parse the examples.
#pragma once
#include "carved/model/document.h"

static const char docgen_begin[] =
	"<!-- SPDX-License-Identifier: EUPL-1.2 -->\n"
	"<!-- Made by carved-docgen from the schema (lib/model/schema*.c): change it there, then run carved-docgen "
	"docs/documents.md. -->\n"
	"# Documents\n\n"
	"carved reads four kinds of documents: candidates, sites, coaches and a vocabulary. Each may be YAML 1.2 or JSON; a file "
	"may hold several: a YAML\n"
	"stream (`---` between them), one JSON document a line (NDJSON), or a JSON array. All errors of a file are reported "
	"together, each with its line,\n"
	"column and how to mend it, and nothing is stored unless everything is right. Warnings are told and change nothing.\n\n"
	"Elk document is YAML 1.2 of JSON. Alle fouten van een bestand komen tegelijk, met regel, kolom en hoe het wel moet; er "
	"wordt pas iets opgeslagen\n"
	"als alles klopt. Waarschuwingen veranderen niets.\n\n"
	"- **Hours** are hours a week in quarters: `12`, `7.5`, `0.25`. **Dates** are `2026-11-22`.\n"
	"- **Day parts** are `am` (06-12), `pm` (12-18), `ev` (18-22) and `ni` (22-06) of `mon` to `sun`; together `mon-am` to "
	"`sun-ni`.\n"
	"- **References** are names for machines: letters, digits and `. _ : -`, beginning with a letter or digit, 64 at most.\n"
	"- **Words** are those of the vocabulary: one line, 64 bytes at most.\n"
	"- **ICF categories** are codes such as `d430` or `d4300`; chapters (`d4`) and blocks (`d430-d449`) are too broad and "
	"refused. Those that begin with `e`\n"
	"  are about surroundings, the others about a person.\n"
	"- YAML is read strictly: no anchors, aliases, tags or %directives; `no` and `on` are texts. A text without quotes may "
	"stand for a text (`home: 3811`); a\n"
	"  JSON number may not.\n"
	"- A key that is not known is an error (\"did you mean ...?\"), and so is one that stands twice.\n\n"
	"## What is refused, and why\n\n"
	"carved knows people by a pseudonym, what they can and what they want. Nothing else belongs here, since what is not "
	"stored can't leak or be held against\n"
	"anyone:\n\n"
	"- citizen numbers: nine digits that pass the eleven test, in any text or key;\n"
	"- names, dates of birth and age, sex, origin, religion: keys for them, in English and Dutch;\n"
	"- diagnoses: keys for them, and ICD or DSM codes in tags, titles, wishes and aids. What someone has is not stored; what "
	"someone can is.\n\n";

static const struct {
	const char *heading, *text, *example;
} docgen_kinds[CARVED_KINDS] = {
	[CARVED_KIND_CANDIDATE] = {"Candidate (kandidaat)",
		"A job seeker. `limitations` holds ICF's *capacity* qualifier, without aids: 8 means not assessed and becomes a "
		"question to ask; 9 is refused: leave it\n"
		"out. `scale: icf` must be stated, since other instruments count the other way round.\n\n"
		"Odd but harmless: a wish both liked and avoided counts as neither; liked and never: never wins; must and never: "
		"no work can fit; consent given more\n"
		"than six months ago makes the profile old.\n",
		"kind: candidate\nref: K-0017\ncoach: C-03\n"
		"consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching, share-with-employer]}\n"
		"scale: icf\nhome: \"3811\"\ntravel: {max-minutes: 45, mode: bicycle}\n"
		"hours: {min: 12, max: 20, per-day: 6, per-visit: 2, build-up: [{week: 0, hours: 12}, {week: 8, hours: 16}]}\n"
		"available: {mon: [pm, ev], tue: [am, {pm: 3}], thu: [pm]}\n"
		"limitations: {d240: 2, d430: 3, d720: 1, b140: 8}\n"
		"supported:\n  - {category: d430, limitation: 1, by: lifting-aid, kind: technique}\n"
		"barriers: {e250: 3, e330: 2}\n"
		"limits:\n  - {category: d720, level: 2, hours: 8}\n"
		"has: [forklift, dutch-a2]\n"
		"wishes:\n  like: [outdoor, plants, \"4.A.3.a.2\"]\n  avoid: [cleaning]\n  never: [night-work]\n  level: 2\n  "
		"challenge: grow\n"
		"  company: small-team\n"
		"support: {coach-hours: 1.5, buddy-hours: 3}\nsupervisors-max: 1\njobs-max: 3\ntarget-group: true\n"
		"waiting-since: 2025-03-01\nnot-with: [EMP-12]\n"},
	[CARVED_KIND_SITE] = {"Site (vestiging)",
		"One location of one employer, with the work that is done there (`jobs`) and the work that nobody does yet "
		"(`vacancies`). A job without `carve` gives\n"
		"nothing. A vacancy without `carve` is filled whole only. Refs of jobs and vacancies are unique together, refs "
		"of tasks within their job. At most 128\n"
		"different ICF categories may be asked or present at one site.\n\n"
		"Odd but harmless: tasks (other than those left undone) that add up to more hours than their job has; `undone` "
		"on a vacancy's task.\n",
		"kind: site\nref: S-014\nemployer: EMP-07\nname: Zorgcentrum De Linde\nplace: \"3818\"\n"
		"open: {mon: [am, pm, ev], tue: [am, pm, ev]}\nexposures: {e250: 2, e225: 0}\ntags: [care, indoor]\nsector: "
		"care\n"
		"supervision: {hours: 12}\nplaces: 3\ndisplacement: {recent-dismissals: false, staff-agreed: 2026-09-12}\n"
		"facilities: [lifting-aid, lift, quiet-room]\n"
		"jobs:\n  - ref: nurse-a\n    title: Verpleegkundige afdeling A\n    incumbents: 6\n    hours: 180\n"
		"    carve: {share: 0.25, keep-hours: 20}\n    tasks:\n"
		"      - {ref: linen, title: Linnenkast bijvullen, category: \"4.A.3.a.2\", tags: [indoor], hours: 10, chunk: "
		"1,\n"
		"         demands: {d430: 1, d450: 2}, exposures: {e250: 1}, relief: 3, company: alone, level: 2, supervisor: "
		"team-a}\n"
		"      - {ref: meals, title: Maaltijden rondbrengen, hours: {mon-pm: 2, tue-pm: 2}, demands: {d720: 2, d450: "
		"2}}\n"
		"      - {ref: garden, title: Binnentuin, hours: 6, undone: true, when: [mon-am, tue-am], demands: {d430: 2}}\n"
		"vacancies:\n  - ref: kitchen-1\n    title: Keukenhulp\n    openings: 2\n    carve: {share: 1}\n"
		"    former-staff-asked: 2026-09-01\n    tasks:\n      - {ref: dishes, title: Afwas, hours: 12, requires: "
		"[haccp], demands: {d440: 1}}\n"},
	[CARVED_KIND_COACH] = {"Coach (jobcoach)",
		"Whose guidance hours a region has. A coach that a candidate names must be known, in the same file or before.\n",
		"kind: coach\nref: C-03\nhours: 24\n"},
	[CARVED_KIND_VOCABULARY] = {"Vocabulary (woordenlijst)",
		"The words that are in use. A word outside it is an error in `must`, `never`, `requires`, `has`, `facilities` "
		"and in `by` of a technique, so that a\n"
		"misspelt hard no is never silently ignored; elsewhere it is a warning. Wishes may also name the beginning of a "
		"word up to a dot (`4.A.3` for\n"
		"`4.A.3.a.2`), an ICF e-code, and `evening-work` and `night-work`, which carved derives. Where there is no "
		"vocabulary at all, words can't be checked:\n"
		"that is one warning. Several vocabularies count together.\n",
		"kind: vocabulary\nref: region\n"
		"tags:\n  outdoor: {nl: buiten, en: outdoors}\n  indoor: {nl: binnen, en: indoors}\n  plants: {nl: planten, en: "
		"plants}\n"
		"  cleaning: {nl: schoonmaken, en: cleaning}\n  care: {nl: zorg, en: care}\n"
		"facilities:\n  lifting-aid: {nl: tilhulp, en: lifting aid}\n  lift: {nl: lift, en: lift}\n  quiet-room: {nl: "
		"stilteruimte, en: quiet room}\n"
		"has:\n  forklift: {nl: heftruckbewijs, en: forklift licence}\n  haccp: {nl: HACCP, en: HACCP}\n  dutch-a2: {nl: "
		"Nederlands A2, en: Dutch A2}\n"
		"  dutch-b1: {nl: Nederlands B1, en: Dutch B1, implies: [dutch-a2]}\n"
		"categories: [\"4.A.3.a.2\", \"4.A.1.b.2\"]\n"},
};

static const char docgen_end[] = "## As it is stored\n\n"
				 "carved keeps each document as canonical JSON: members in the order of the tables above, maps "
				 "with people's own keys sorted, days and day parts in the\n"
				 "order of the week, hours and shares as numbers, nothing added. A document that says the same "
				 "as the stored one is not a change.\n";
