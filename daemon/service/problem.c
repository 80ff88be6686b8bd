// SPDX-License-Identifier: EUPL-1.2
#include "problem.h"
#include "server/answer.h"

static void write_sentence(
	struct carved_json_writer *writer, const char *key, enum carved_language language, const struct carved_error *error)
{
	struct carved_buffer sentence = CARVED_BUFFER_INIT;
	carved_text_error(language, error, &sentence);
	carved_json_add_text(writer, key, sentence.data ? sentence.data : "");
	carved_buffer_deinit(&sentence);
}

static void write_hint(struct carved_json_writer *writer, enum carved_language language, const struct carved_error *error)
{
	struct carved_buffer hint = CARVED_BUFFER_INIT;
	if (carved_text_hint(language, error, &hint))
		carved_json_add_text(writer, "hint", hint.data ? hint.data : "");
	carved_buffer_deinit(&hint);
}

// The document that a finding is about; NULL where it was too wrong to become one.
static const struct carved_document *document_of(const struct carved_finding *finding, const struct carved_parsed *parsed)
{
	size_t low = 0, high = parsed->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (parsed->numbers[middle] == finding->document)
			return parsed->documents[middle];
		if (parsed->numbers[middle] < finding->document)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void write_finding(struct carved_json_writer *writer, enum carved_language language, const struct carved_finding *finding,
	const struct carved_parsed *parsed)
{
	carved_json_begin_object(writer, NULL);
	carved_json_add_text(writer, "code", carved_code_name(finding->error.code));
	write_sentence(writer, "message", language, &finding->error);
	write_hint(writer, language, &finding->error);
	carved_json_add_text(writer, "pointer", finding->pointer);
	if (finding->document != UINT32_MAX)
		carved_json_add_integer(writer, "document", finding->document);
	const struct carved_document *document = parsed ? document_of(finding, parsed) : NULL;
	if (document) {
		carved_json_add_text(writer, "kind", carved_kind_names[document->kind]);
		carved_json_add_text(writer, "ref", document->ref);
	}
	if (finding->line > 0) {
		carved_json_begin_object(writer, "location");
		carved_json_add_integer(writer, "line", finding->line);
		carved_json_add_integer(writer, "column", finding->column);
		carved_json_end_object(writer);
	}
	carved_json_end_object(writer);
}

void carved_problem_write_findings(struct carved_json_writer *writer, const char *key, enum carved_language language,
	const struct carved_findings *findings, bool warnings, const struct carved_parsed *parsed)
{
	carved_json_begin_array(writer, key);
	for (size_t i = 0; i < findings->count; i++) {
		if (findings->items[i].warning == warnings)
			write_finding(writer, language, &findings->items[i], parsed);
	}
	carved_json_end_array(writer);
}

void carved_problem_write_error(
	struct carved_json_writer *writer, const char *key, enum carved_language language, const struct carved_error *error)
{
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "code", carved_code_name(error->code));
	write_sentence(writer, "message", language, error);
	write_hint(writer, language, error);
	carved_json_end_object(writer);
}

void carved_problem_format(enum carved_language language, int status, const struct carved_error *error,
	const struct carved_findings *findings, const struct carved_parsed *parsed, struct carved_buffer *buffer)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(buffer);
	struct carved_buffer type = CARVED_BUFFER_INIT;
	carved_buffer_printf(&type, "urn:carved:problem:%s", carved_code_name(error->code));
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "type", type.data);
	carved_json_add_text(&writer, "title", carved_answer_phrase(status));
	carved_json_add_integer(&writer, "status", status);
	carved_json_add_text(&writer, "code", carved_code_name(error->code));
	write_sentence(&writer, "detail", language, error);
	write_hint(&writer, language, error);
	if (findings) {
		carved_problem_write_findings(&writer, "errors", language, findings, false, parsed);
		carved_problem_write_findings(&writer, "warnings", language, findings, true, parsed);
		carved_json_add_integer(&writer, "dropped", (int64_t)findings->dropped);
	}
	carved_json_end_object(&writer);
	carved_buffer_deinit(&type);
}

void carved_problem_add_text(struct carved_buffer *problem, const char *key, const char *value)
{
	struct carved_json_writer writer = {.buffer = problem, .comma = true};
	problem->data[--problem->length] = '\0'; // its closing brace
	carved_json_add_text(&writer, key, value);
	carved_json_end_object(&writer);
}
