// SPDX-License-Identifier: EUPL-1.2
// Documents as a request brings them: text, schema, rules inside a document, the region, the instance. Input: a number that chooses the format, then the text.
//
// Oracle: a text is refused with at least one error, and every finding has a place inside the text; or each of its documents, read again from its canonical JSON,
// has the same canonical JSON (parse(format(x)) == x); and where the region (with the demo's vocabulary and coaches) takes them, it compiles to an instance that the solver's own check
// believes.
#include "carved/base/buffer.h"
#include "carved/model/compile.h"
#include "carved/model/region.h"
#include "fuzz.h"

enum { DATE = 20779 }; // 2026-11-22

static void read_file(const char *path, struct carved_buffer *text)
{
	FILE *file = fopen(path, "rb");
	char piece[4096];
	FUZZ_REQUIRE(file != NULL);
	for (size_t got; (got = fread(piece, 1, sizeof piece, file)) > 0;)
		carved_buffer_add(text, piece, got);
	fclose(file);
}

static struct carved_region *region_with(const struct carved_region *region, const struct carved_parsed *parsed)
{
	struct carved_region_change *changes = carved_alloc_array(parsed->count, sizeof *changes);
	for (size_t i = 0; i < parsed->count; i++)
		changes[i] = (struct carved_region_change){
			parsed->documents[i]->kind, parsed->documents[i]->ref, parsed->documents[i]};
	struct carved_region *with = carved_region_apply(region, changes, parsed->count);
	free(changes);
	return with;
}

// The demo's vocabulary and coaches; made once.
static const struct carved_region *base_region(void)
{
	static struct carved_region *region;
	if (region)
		return region;
	struct carved_buffer text = CARVED_BUFFER_INIT;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	struct carved_region *empty = carved_region_new();
	read_file(CARVED_SOURCE_DIR "/config/demo/1-vocabulary.yaml", &text);
	carved_buffer_add_text(&text, "\n---\n");
	read_file(CARVED_SOURCE_DIR "/config/demo/2-coaches.yaml", &text);
	FUZZ_REQUIRE(carved_parse_documents(text.data, text.length, CARVED_FORMAT_YAML, DATE, NULL, &parsed, &findings));
	region = region_with(empty, &parsed);
	carved_region_unref(empty);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	carved_buffer_deinit(&text);
	return region;
}

static void check_findings(const struct carved_findings *findings, size_t size)
{
	size_t errors = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct carved_finding *finding = &findings->items[i];
		FUZZ_REQUIRE(
			finding->line >= 1 && finding->column >= 1 && finding->line <= size + 1 && finding->column <= size + 1);
		FUZZ_REQUIRE(finding->error.code > CARVED_OK && finding->error.code < CARVED_CODE_COUNT);
		errors += !finding->warning;
	}
	FUZZ_REQUIRE(errors <= findings->error_count && errors + findings->dropped >= findings->error_count);
}

static void check_canonical(const struct carved_document *document)
{
	struct carved_parsed again = {0};
	struct carved_findings findings = {0};
	FUZZ_REQUIRE(
		carved_parse_documents(document->json, document->json_length, CARVED_FORMAT_JSON, DATE, NULL, &again, &findings));
	FUZZ_REQUIRE(again.count == 1 && again.documents[0]->kind == document->kind);
	FUZZ_REQUIRE(strcmp(again.documents[0]->json, document->json) == 0);
	carved_parsed_deinit(&again);
	carved_findings_deinit(&findings);
}

static void check_instance(const struct carved_region *region)
{
	struct carved_weights weights;
	struct carved_instance instance = {0};
	struct carved_error error;
	carved_weights_init(&weights);
	carved_compile(region, DATE, &weights, &instance);
	if (!carved_instance_check(&instance, &error)) {
		fprintf(stderr, "%s: %s\n", carved_error_get(&error, "array"), carved_error_get(&error, "reason"));
		abort();
	}
	carved_instance_deinit(&instance);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	enum carved_format format = (enum carved_format)(fuzz_take(&input, 1) % (CARVED_FORMAT_NDJSON + 1));
	const char *text = (const char *)input.at;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	bool right = carved_parse_documents(text, input.left, format, DATE, NULL, &parsed, &findings);
	FUZZ_REQUIRE(right == (findings.error_count == 0));
	struct carved_region *region = region_with(base_region(), &parsed);
	bool agrees = carved_region_check(region, &parsed, NULL, 0, &findings);
	carved_parse_locate_findings(text, input.left, format, &findings);
	check_findings(&findings, input.left);
	for (size_t i = 0; right && i < parsed.count; i++)
		check_canonical(parsed.documents[i]);
	if (right && agrees)
		check_instance(region);
	carved_region_unref(region);
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	return 0;
}
