// SPDX-License-Identifier: EUPL-1.2
// What documents must agree on with each other: DESIGN section 2.2, its last part.
#include "carved/model/region.h"
#include "reading.h"
#include "region_words.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTER_MAX = sizeof(((struct carved_finding *)0)->pointer) };

struct region_check {
	const struct carved_region *region;
	struct carved_region_words words;
	struct carved_findings *findings;
	struct carved_error unused;
	uint32_t document;  // of the text; UINT32_MAX for what went
	bool said_missing;  // that there is no vocabulary
	const char *needed; // instead of findings: the first hard word that is not known
	bool only_needed;
};

static struct carved_error *report(struct region_check *check, bool warning, enum carved_code code, const char *pointer)
{
	struct carved_findings *findings = check->findings;
	findings->error_count += !warning;
	struct carved_finding *finding = carved_findings_add(findings);
	if (!finding) {
		carved_error_set(&check->unused, code);
		return &check->unused;
	}
	finding->warning = warning;
	finding->document = check->document;
	snprintf(finding->pointer, sizeof finding->pointer, "%s", pointer);
	carved_error_set(&finding->error, code);
	return &finding->error;
}

static void report_word(struct region_check *check, bool hard, const struct carved_word_list *list, const char *pointer,
	const char *key, const char *word)
{
	if (check->only_needed) {
		if (hard && !check->needed)
			check->needed = word;
		return;
	}
	struct carved_error *error = report(check, !hard, hard ? CARVED_WORD_UNKNOWN : CARVED_WORD_UNKNOWN_HARMLESS, pointer);
	carved_error_add(error, "key", key);
	carved_report_text(error, "text", word);
	const char *suggestion = error == &check->unused ? NULL : carved_suggest(word, list->items, list->count);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
}

// Without any vocabulary nothing can be checked: said once, at the first word.
static bool can_check(struct region_check *check)
{
	if (!check->words.any && !check->said_missing && !check->only_needed)
		report(check, true, CARVED_VOCABULARY_MISSING, "");
	check->said_missing = !check->words.any;
	return check->words.any;
}

static void check_word(struct region_check *check, bool hard, const struct carved_word_list *list, const char *word,
	const char *key, const char *format, ...) __attribute__((format(printf, 6, 7)));

static void check_word(struct region_check *check, bool hard, const struct carved_word_list *list, const char *word,
	const char *key, const char *format, ...)
{
	char pointer[POINTER_MAX];
	bool is_wish = list == &check->words.wishes;
	if (!word || !can_check(check))
		return;
	if (is_wish ? carved_region_words_know_wish(&check->words, word) : carved_word_list_has(list, word))
		return;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(pointer, sizeof pointer, format, arguments);
	va_end(arguments);
	report_word(check, hard, list, pointer, key, word);
}

static void check_texts(struct region_check *check, bool hard, const struct carved_word_list *list,
	const struct carved_texts *texts, const char *above, const char *key)
{
	for (size_t i = 0; i < texts->count; i++)
		check_word(check, hard, list, texts->items[i], key, "%s/%s/%zu", above, key, i);
}

static void check_coach(struct region_check *check, const char *ref)
{
	if (!ref || check->only_needed || carved_region_find(check->region, CARVED_KIND_COACH, ref))
		return;
	struct carved_error *error = report(check, false, CARVED_COACH_UNKNOWN, "/coach");
	carved_error_add(error, "ref", ref);
	if (error == &check->unused)
		return; // beyond the limit of findings: nobody reads a suggestion
	size_t count = check->region->count[CARVED_KIND_COACH];
	const char **refs = carved_alloc_array(count, sizeof *refs);
	for (size_t i = 0; i < count; i++)
		refs[i] = check->region->documents[CARVED_KIND_COACH][i]->ref;
	const char *suggestion = carved_suggest(ref, refs, count);
	if (suggestion)
		carved_error_add(error, "suggestion", suggestion);
	free(refs);
}

static bool has_task(const struct carved_site *site, const char *path)
{
	for (size_t j = 0; j < site->job_count; j++) {
		const struct carved_job *job = &site->jobs[j];
		size_t length = strlen(job->ref);
		if (strncmp(path, job->ref, length) != 0 || path[length] != '/')
			continue;
		for (size_t t = 0; t < job->task_count; t++) {
			if (strcmp(job->tasks[t].ref, path + length + 1) == 0)
				return true;
		}
	}
	return false;
}

// An override for work that is not there does nothing: odd, and harmless.
static void check_overrides(struct region_check *check, const struct carved_candidate *candidate)
{
	for (size_t i = 0; i < candidate->override_count && !check->only_needed; i++) {
		const struct carved_override *override = &candidate->overrides[i];
		char pointer[POINTER_MAX];
		if (!override->site || !override->task)
			continue; // told already
		const struct carved_document *site = carved_region_find(check->region, CARVED_KIND_SITE, override->site);
		if (site && has_task(&site->site, override->task))
			continue;
		snprintf(pointer, sizeof pointer, site ? "/overrides/%zu/task" : "/overrides/%zu/site", i);
		struct carved_error *error = report(check, true, CARVED_OVERRIDE_TASK_UNKNOWN, pointer);
		carved_report_text(error, "site", override->site);
		carved_report_text(error, "task", override->task);
	}
}

static void check_candidate(struct region_check *check, const struct carved_candidate *candidate)
{
	const struct carved_region_words *words = &check->words;
	check_coach(check, candidate->coach);
	check_overrides(check, candidate);
	for (size_t i = 0; i < candidate->supported_count; i++) {
		const struct carved_supported *supported = &candidate->supported[i];
		if (supported->kind == CARVED_TECHNIQUE)
			check_word(check, true, &words->facilities, supported->by, "by", "/supported/%zu/by", i);
	}
	check_texts(check, true, &words->has, &candidate->has, "", "has");
	check_texts(check, false, &words->wishes, &candidate->like, "/wishes", "like");
	check_texts(check, false, &words->wishes, &candidate->avoid, "/wishes", "avoid");
	check_texts(check, true, &words->wishes, &candidate->never, "/wishes", "never");
	check_texts(check, true, &words->wishes, &candidate->must, "/wishes", "must");
}

static void check_job(struct region_check *check, const struct carved_job *job, const char *above)
{
	char pointer[POINTER_MAX];
	check_texts(check, false, &check->words.tags, &job->tags, above, "tags");
	for (size_t i = 0; i < job->task_count; i++) {
		const struct carved_task *task = &job->tasks[i];
		snprintf(pointer, sizeof pointer, "%.60s/tasks/%zu", above, i);
		check_word(check, false, &check->words.categories, task->category, "category", "%s/category", pointer);
		check_texts(check, false, &check->words.tags, &task->tags, pointer, "tags");
		check_texts(check, true, &check->words.has, &task->requires, pointer, "requires");
	}
}

static void check_site(struct region_check *check, const struct carved_site *site)
{
	size_t jobs = 0;
	check_texts(check, false, &check->words.tags, &site->tags, "", "tags");
	check_word(check, false, &check->words.tags, site->sector, "sector", "/sector");
	check_texts(check, true, &check->words.facilities, &site->facilities, "", "facilities");
	for (size_t i = 0; i < site->job_count; i++) {
		char pointer[40];
		bool job = site->jobs[i].kind == CARVED_JOB;
		jobs += job;
		snprintf(pointer, sizeof pointer, job ? "/jobs/%zu" : "/vacancies/%zu", job ? i : i - jobs);
		check_job(check, &site->jobs[i], pointer);
	}
}

static void check_vocabulary(struct region_check *check, const struct carved_vocabulary *vocabulary)
{
	for (size_t i = 0; i < vocabulary->has.count; i++) {
		const struct carved_word *word = &vocabulary->has.items[i];
		char pointer[POINTER_MAX];
		snprintf(pointer, sizeof pointer, "/has/%s", word->name);
		check_texts(check, true, &check->words.has, &word->implies, pointer, "implies");
	}
}

static void check_document(struct region_check *check, const struct carved_document *document)
{
	switch (document->kind) {
	case CARVED_KIND_CANDIDATE:
		check_candidate(check, &document->candidate);
		break;
	case CARVED_KIND_SITE:
		check_site(check, &document->site);
		break;
	case CARVED_KIND_VOCABULARY:
		check_vocabulary(check, &document->vocabulary);
		break;
	default:
		break;
	}
}

static void check_removed_coach(struct region_check *check, const char *ref)
{
	const struct carved_region *region = check->region;
	if (carved_region_find(region, CARVED_KIND_COACH, ref))
		return; // taken away and put again
	for (size_t i = 0; i < region->count[CARVED_KIND_CANDIDATE]; i++) {
		const struct carved_candidate *candidate = carved_region_candidate(region, i);
		if (!candidate->coach || strcmp(candidate->coach, ref) != 0)
			continue;
		struct carved_error *error = report(check, false, CARVED_COACH_STILL_NAMED, "");
		carved_error_add(error, "ref", ref);
		carved_error_add(error, "candidate", candidate->ref);
		return;
	}
}

// Where others remain, they must still know all the words that have to be known.
static void check_removed_vocabulary(struct region_check *check, const char *ref)
{
	const struct carved_region *region = check->region;
	if (carved_region_find(region, CARVED_KIND_VOCABULARY, ref))
		return;
	bool in_use = region->count[CARVED_KIND_CANDIDATE] || region->count[CARVED_KIND_SITE];
	if (!check->words.any) {
		if (in_use && !check->said_missing)
			report(check, true, CARVED_VOCABULARY_MISSING, "");
		check->said_missing = true;
		return;
	}
	check->only_needed = true;
	for (int kind = 0; kind < CARVED_KINDS; kind++) {
		for (size_t i = 0; i < region->count[kind] && !check->needed; i++)
			check_document(check, region->documents[kind][i]);
	}
	check->only_needed = false;
	if (check->needed) {
		struct carved_error *error = report(check, false, CARVED_VOCABULARY_NEEDED, "");
		carved_error_add(error, "ref", ref);
		carved_report_text(error, "word", check->needed);
	}
}

bool carved_region_check(const struct carved_region *region, const struct carved_parsed *parsed,
	const struct carved_region_change *removed, size_t removed_count, struct carved_findings *findings)
{
	struct region_check check = {.region = region, .findings = findings};
	size_t errors = findings->error_count;
	carved_region_words_init(&check.words, region);
	for (size_t i = 0; parsed && i < parsed->count; i++) {
		check.document = parsed->numbers[i];
		check_document(&check, parsed->documents[i]);
	}
	check.document = UINT32_MAX;
	for (size_t i = 0; i < removed_count; i++) {
		if (removed[i].document)
			continue;
		if (removed[i].kind == CARVED_KIND_COACH)
			check_removed_coach(&check, removed[i].ref);
		else if (removed[i].kind == CARVED_KIND_VOCABULARY)
			check_removed_vocabulary(&check, removed[i].ref);
	}
	carved_region_words_deinit(&check.words);
	return findings->error_count == errors;
}
