// SPDX-License-Identifier: EUPL-1.2
// carve put, carve import: documents to the daemon. One file is one request: all of it is stored or nothing.
#include "carved/base/json.h"
#include "commands.h"
#include "input.h"
#include "locate.h"
#include "problem.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define PROGRESS_BYTES_MIN (256u << 10) // smaller ones are gone before anyone could read a progress line

struct sending {
	const struct carve_terminal *terminal;
	const char *file;
};

static void on_sent(void *context, size_t sent, size_t total)
{
	const struct sending *sending = context;
	char megabytes[24], percent[8];
	snprintf(megabytes, sizeof megabytes, "%.1f", (double)total / 1e6);
	snprintf(percent, sizeof percent, "%zu", sent * 100 / total);
	char *text = NULL;
	size_t length;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		return;
	const char *msgid = sent < total ? "carve.import.sending" : "carve.import.checking";
	carve_say(sending->terminal, memory, msgid, "file", sending->file, "megabytes", megabytes, "percent", percent, NULL);
	fclose(memory);
	carve_progress(sending->terminal, text);
	free(text);
}

// Sends the text of a file. Returns CARVE_YES with the answer; anything else was told, with the file's name before each finding.
static enum carve_exit send_input(struct carve_session *session, const char *method, const char *path,
	const struct carve_input *input, struct carve_answer *ret_answer)
{
	struct carve_request request = {.method = method,
		.path = path,
		.content_type = carve_input_media_type(input->format),
		.body = input->text.data ? input->text.data : "",
		.body_length = input->text.length,
		.keyed = strcmp(method, "POST") == 0 && !session->args->dry_run};
	char room[CARVE_CONDITION_MAX];
	request.condition = carve_session_condition(session, room);
	struct sending sending = {session->terminal, input->name};
	struct carve_answer answer;
	struct carved_error error;
	carve_http_on_progress(session->http, input->text.length >= PROGRESS_BYTES_MIN ? on_sent : NULL, &sending);
	bool sent = carve_http_send(session->http, &request, &answer, &error);
	carve_http_on_progress(session->http, NULL, NULL);
	carve_progress(session->terminal, "");
	if (!sent)
		return carve_session_fail(session, &error);
	if (!carve_answer_is_good(&answer)) {
		enum carve_exit code = carve_problem_report(session, &answer, input->name);
		carve_answer_deinit(&answer);
		return code;
	}
	*ret_answer = answer;
	return CARVE_YES;
}

static void say_put(struct carve_session *session, const char *file, const struct carved_node *answer)
{
	(void)file;
	char version[24];
	snprintf(version, sizeof version, "%" PRId64, carved_node_get_integer(answer, "version", 0));
	carve_say(session->terminal, session->terminal->out,
		carved_node_get_bool(answer, "created", false) ? "carve.put.created" : "carve.put.replaced", "kind",
		carved_node_get_text(answer, "kind", ""), "ref", carved_node_get_text(answer, "ref", ""), "version", version,
		NULL);
	putc('\n', session->terminal->out);
}

// Adds "35 candidates" to the texts that are listed already.
static void say_count(struct carve_session *session, FILE *stream, const char *what, int64_t count)
{
	char msgid[64], number[24];
	snprintf(number, sizeof number, "%" PRId64, count);
	snprintf(msgid, sizeof msgid, "carve.count.%s%s", what, count == 1 ? ".one" : "");
	carve_write(stream, ftell(stream) > 0 ? ", " : "");
	carve_say(session->terminal, stream, msgid, "count", number, NULL);
}

// "35 candidates, 1 vocabulary"; the caller frees it.
static char *describe_counts(struct carve_session *session, const struct carved_node *answer)
{
	static const char *const kinds[] = {"vocabularies", "coaches", "sites", "candidates"};
	char *text = NULL;
	size_t length;
	bool any = false;
	FILE *memory = open_memstream(&text, &length);
	if (!memory)
		carved_out_of_memory();
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		int64_t count = carved_node_get_integer(answer, kinds[i], 0);
		if (count > 0)
			say_count(session, memory, kinds[i], count);
		any |= count > 0;
	}
	if (!any)
		say_count(session, memory, "documents", carved_node_get_integer(answer, "documents", 0));
	fclose(memory);
	return text;
}

static void say_import(struct carve_session *session, const char *file, const struct carved_node *answer)
{
	char created[24], replaced[24], unchanged[24], *what = describe_counts(session, answer);
	snprintf(created, sizeof created, "%" PRId64, carved_node_get_integer(answer, "created", 0));
	snprintf(replaced, sizeof replaced, "%" PRId64, carved_node_get_integer(answer, "replaced", 0));
	snprintf(unchanged, sizeof unchanged, "%" PRId64, carved_node_get_integer(answer, "unchanged", 0));
	carve_say(session->terminal, session->terminal->out,
		carved_node_get_bool(answer, "dryRun", false) ? "carve.import.dry" : "carve.import.done", "file", file, "what",
		what, "created", created, "replaced", replaced, "unchanged", unchanged, NULL);
	putc('\n', session->terminal->out);
	free(what);
}

// The daemon has taken it: prints the answer, or its warnings and what `say` makes of it. Releases the answer.
static enum carve_exit tell(struct carve_session *session, const struct carve_input *input, struct carve_answer *answer,
	void (*say)(struct carve_session *session, const char *file, const struct carved_node *answer))
{
	if (session->args->json) {
		carve_session_print_body(session, answer);
	} else {
		carve_problem_warnings(session, answer->json, input->name);
		say(session, input->name, answer->json);
	}
	carve_answer_deinit(answer);
	return CARVE_YES;
}

static enum carve_exit import_input(struct carve_session *session, const struct carve_input *input)
{
	struct carve_answer answer;
	const char *path = session->args->dry_run ? "/v1/imports?dryRun=true" : "/v1/imports";
	enum carve_exit code = send_input(session, "POST", path, input, &answer);
	return code == CARVE_YES ? tell(session, input, &answer, say_import) : code;
}

static enum carve_exit put_single(
	struct carve_session *session, const struct carve_input *input, enum carve_kind kind, const char *ref)
{
	struct carve_answer answer;
	char *path = carve_locate_path(session, kind, ref);
	enum carve_exit code = send_input(session, "PUT", path, input, &answer);
	free(path);
	return code == CARVE_YES ? tell(session, input, &answer, say_put) : code;
}

struct put_file { // a file of carve put, read
	struct carve_input input;
	enum carve_kind kind; // of its one document
	char *ref;            // of its one document; NULL: several, or one that does not say what it is
};

// What others name comes before what names it, so that `carve put *.yaml` works whatever the files are called: vocabulary, coaches, sites, files of several
// documents, candidates.
static int put_rank(const struct put_file *file)
{
	static const int ranks[CARVE_KINDS] = {
		[CARVE_VOCABULARY] = 0, [CARVE_COACH] = 1, [CARVE_SITE] = 2, [CARVE_CANDIDATE] = 4};
	return file->ref ? ranks[file->kind] : 3;
}

// A file whose one document does not say what it is goes to the import as well: the daemon tells what is wrong with it.
static enum carve_exit put_file(struct carve_session *session, const struct put_file *file)
{
	if (session->args->version >= 0 && !file->ref)
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_ONE_VERSION, "command", "carve put");
	return file->ref ? put_single(session, &file->input, file->kind, file->ref) : import_input(session, &file->input);
}

static enum carve_exit read_input(struct carve_session *session, const char *name, struct carve_input *ret_input)
{
	struct carved_error error;
	if (carve_input_read(name, ret_input, &error))
		return CARVE_YES;
	carve_say_error(session->terminal, &error);
	return error.code == CARVED_INPUT_COMPRESSED ? CARVE_INVALID : CARVE_USAGE;
}

// The exit code is that of the first failure; without a daemon there is no point in going on.
static bool goes_on(enum carve_exit code, enum carve_exit *first)
{
	if (*first == CARVE_YES)
		*first = code;
	return code != CARVE_UNREACHABLE && code != CARVE_INTERNAL;
}

static size_t read_files(struct carve_session *session, struct put_file *files, enum carve_exit *first)
{
	size_t count = 0;
	for (int i = 0; i < session->args->operand_count; i++) {
		struct put_file *file = &files[count];
		enum carve_exit code = read_input(session, session->args->operands[i], &file->input);
		goes_on(code, first);
		if (code == CARVE_YES) {
			carve_input_is_single(&file->input, &file->kind, &file->ref);
			count++;
		}
	}
	return count;
}

// Every file is tried, so that one round shows all that is wrong.
enum carve_exit carve_run_put(struct carve_session *session)
{
	enum carve_exit first = CARVE_YES;
	bool going = true;
	if (session->args->version >= 0 && session->args->operand_count > 1)
		return carve_session_refuse(session, CARVE_USAGE, CARVED_USAGE_ONE_VERSION, "command", "carve put");
	struct put_file *files = carved_alloc_array((size_t)session->args->operand_count, sizeof *files);
	size_t count = read_files(session, files, &first);
	for (int rank = 0; rank <= 4; rank++) {
		for (size_t i = 0; i < count && going; i++) {
			if (put_rank(&files[i]) == rank)
				going = goes_on(put_file(session, &files[i]), &first);
		}
	}
	for (size_t i = 0; i < count; i++) {
		carve_input_deinit(&files[i].input);
		free(files[i].ref);
	}
	free(files);
	return first;
}

enum carve_exit carve_run_import(struct carve_session *session)
{
	enum carve_exit first = CARVE_YES;
	bool going = true;
	for (int i = 0; i < session->args->operand_count && going; i++) {
		struct carve_input input;
		enum carve_exit code = read_input(session, session->args->operands[i], &input);
		if (code == CARVE_YES) {
			code = import_input(session, &input);
			carve_input_deinit(&input);
		}
		going = goes_on(code, &first);
	}
	return first;
}
