// SPDX-License-Identifier: EUPL-1.2
#include "support/region_load.h"
#include "support/shared_region.h"
#include <stdlib.h>

carved_date shared_region_date(void)
{
	carved_date date = 0;
	assert_true(carved_date_parse("2026-11-22", &date, NULL));
	return date;
}

struct carved_region *load_shared_region(const char *name)
{
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_findings findings = {0};
	struct carved_parsed parsed = {0};
	read_shared_region(name, &text);
	assert_true(carved_parse_documents(
		text.data, text.length, CARVED_FORMAT_NDJSON, shared_region_date(), NULL, &parsed, &findings));
	struct carved_region_change *changes = carved_alloc_array(parsed.count, sizeof *changes);
	for (size_t i = 0; i < parsed.count; i++)
		changes[i] = (struct carved_region_change){
			.kind = parsed.documents[i]->kind, .ref = parsed.documents[i]->ref, .document = parsed.documents[i]};
	struct carved_region *empty = carved_region_new(), *region = carved_region_apply(empty, changes, parsed.count);
	carved_region_unref(empty);
	free(changes);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return region;
}
