// SPDX-License-Identifier: EUPL-1.2
// Small texts that come from outside: dates, hours, day parts, ICF codes, Accept-Language, Content-Type, plain YAML scalars. Input: one text. Oracle: what one of them reads, it
// writes back to the same text or to one that reads as the same value; nothing else is touched.
#include "carved/base/arena.h"
#include "carved/base/date.h"
#include "carved/base/quarters.h"
#include "carved/base/week.h"
#include "carved/base/yaml_scalar.h"
#include "carved/data/icf.h"
#include "carved/text/text.h"
#include "fuzz.h"
#include "service/media.h"

static void check_date(const char *text)
{
	char written[CARVED_DATE_TEXT_MAX];
	carved_date date = CARVED_DATE_NONE;
	struct carved_error error;
	if (carved_date_parse(text, &date, &error)) {
		FUZZ_REQUIRE(strcmp(carved_date_format(date, written), text) == 0);
		FUZZ_REQUIRE(carved_date_months_between(date, date) == 0);
	} else {
		FUZZ_REQUIRE(error.code == CARVED_DATE_INVALID && date == CARVED_DATE_NONE);
	}
}

static void check_hours(const char *text)
{
	char written[CARVED_HOURS_TEXT_MAX];
	int quarters = -1, again = -1;
	struct carved_error error;
	if (!carved_quarters_parse(text, &quarters, &error)) {
		FUZZ_REQUIRE(quarters == -1);
		return;
	}
	FUZZ_REQUIRE(quarters >= 0 && quarters <= CARVED_QUARTERS_MAX);
	FUZZ_REQUIRE(carved_quarters_parse(carved_quarters_format(quarters, written), &again, &error) && again == quarters);
}

static void check_codes(const char *text)
{
	int part = carved_day_part_parse(text);
	FUZZ_REQUIRE(part < CARVED_DAY_PARTS && (part < 0 || strcmp(carved_day_part_names[part], text) == 0));
	carved_icf icf = carved_icf_find(text);
	FUZZ_REQUIRE(icf == CARVED_ICF_NONE || (icf < carved_icf_count() && strcmp(carved_icf_code(icf), text) == 0));
	FUZZ_REQUIRE(icf == CARVED_ICF_NONE || !carved_icf_is_group(text));
	FUZZ_REQUIRE(carved_language_from_header(text) < CARVED_LANGUAGES);
	FUZZ_REQUIRE(carved_language_from_locale(text, text, text) < CARVED_LANGUAGES);
	enum carved_format format = CARVED_FORMAT_YAML;
	if (carved_media_format(text, false, &format))
		FUZZ_REQUIRE(format != CARVED_FORMAT_NDJSON && carved_media_format(text, true, &format));
}

static void check_scalar(const char *text)
{
	struct carved_node node = {.plain = true, .text = text};
	bool right = carved_yaml_scalar_resolve(&node);
	FUZZ_REQUIRE(!right || node.kind < CARVED_NODE_LIST);
	if (right && carved_yaml_scalar_is_text(text))
		FUZZ_REQUIRE(node.kind == CARVED_NODE_STRING);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	if (!text)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	check_date(text);
	check_hours(text);
	check_codes(text);
	check_scalar(text);
	free(text);
	return 0;
}
