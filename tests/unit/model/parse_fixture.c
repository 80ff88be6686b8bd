// SPDX-License-Identifier: EUPL-1.2
#include "parse_fixture.h"

const char *const parse_candidate[] = {
	"kind: candidate",
	"ref: K-1",
	"coach: C-03",
	"consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}",
	"scale: icf",
	"home: \"3811\"",
	"travel: {max-minutes: 45, mode: bicycle}",
	"hours: {min: 12, max: 20}",
	"available: {mon: [am, pm]}",
	"limitations: {d240: 2}",
	NULL,
};

const char *const parse_site[] = {
	"kind: site",
	"ref: S-1",
	"employer: E-1",
	"place: \"3811\"",
	"open: {mon: [am]}",
	"jobs: [{ref: j, tasks: [{ref: t, hours: 2}]}]",
	"",
	NULL,
};

void parse_write(struct carved_buffer *text, const char *const *lines)
{
	parse_write_with(text, lines, 0, NULL);
}

void parse_write_with(struct carved_buffer *text, const char *const *lines, int replaced, const char *instead)
{
	for (int line = 1; *lines; lines++, line++)
		carved_buffer_printf(text, "%s\n", line == replaced ? instead : *lines);
}

bool parse_text(const struct carved_buffer *text, enum carved_format format, struct carved_parsed *parsed,
	struct carved_findings *findings)
{
	carved_date today = 0;
	assert_true(carved_date_parse("2026-11-22", &today, NULL));
	return carved_parse_documents(text->data, text->length, format, today, NULL, parsed, findings);
}
