// SPDX-License-Identifier: EUPL-1.2
#include "as_of.h"
#include <stdlib.h>
#include <string.h>

struct search { // for one document
	const struct carved_as_of *as_of;
	enum carved_kind kind;
	const char *ref;
	int64_t version;               // 0: the one of as_of->when
	struct carved_document *found; // one reference; NULL: none
	struct carved_error *error;
	bool failed;
};

static bool parse(struct search *search, const struct carved_store_document *stored)
{
	const struct carved_as_of *as_of = search->as_of;
	struct carved_parsed parsed = {0};
	struct carved_findings findings = {0};
	bool good = carved_parse_documents(stored->json, stored->json_length, CARVED_FORMAT_JSON, as_of->today, as_of->limits,
			    &parsed, &findings) &&
		    parsed.count == 1;
	if (good) {
		search->found = carved_document_ref(parsed.documents[0]);
		search->found->version = stored->version;
	} else {
		carved_error_set(search->error, CARVED_DOCUMENT_UNREADABLE);
		carved_error_add(search->error, "kind", stored->kind);
		carved_error_add(search->error, "ref", stored->ref);
		carved_error_add(search->error, "reason", "an earlier version");
		search->failed = true;
	}
	carved_parsed_deinit(&parsed);
	carved_findings_deinit(&findings);
	return good;
}

static struct carved_document *newest(const struct search *search)
{
	return carved_region_find(search->as_of->snapshot, search->kind, search->ref);
}

// Versions come newest first.
static bool look(void *context, const struct carved_store_document *stored)
{
	struct search *search = context;
	const struct carved_document *now = newest(search);
	bool wanted = search->version ? stored->version == search->version : stored->changed_at <= search->as_of->when;
	if (!wanted)
		return true;
	if (now && now->version == stored->version)
		search->found = carved_document_ref(newest(search));
	else if (stored->json)
		parse(search, stored);
	return false;
}

// The document as it was; NULL where it was not. Returns false where that can't be known.
static bool find(struct search *search)
{
	const struct carved_document *now = newest(search);
	if (search->version && now && now->version == search->version) {
		search->found = carved_document_ref(newest(search));
		return true;
	}
	return carved_store_history(
		       search->as_of->store, carved_kind_names[search->kind], search->ref, look, search, search->error) &&
	       !search->failed;
}

struct collection {
	const struct carved_as_of *as_of;
	struct carved_region_change *changes; // owns a reference of each document
	size_t count;
	bool newest;
	struct carved_error *error;
};

static void add(struct collection *c, struct carved_document *document)
{
	c->changes[c->count++] =
		(struct carved_region_change){.kind = document->kind, .ref = document->ref, .document = document};
}

// One that must be there: where its version is gone, as it is now.
static bool add_needed(struct collection *c, enum carved_kind kind, const char *ref, int64_t version)
{
	struct search search = {.as_of = c->as_of, .kind = kind, .ref = ref, .version = version, .error = c->error};
	if (!find(&search))
		return false;
	struct carved_document *now = newest(&search);
	if (!search.found && now) {
		search.found = carved_document_ref(now);
		c->newest = true;
	}
	if (search.found) {
		add(c, search.found);
		return true;
	}
	carved_error_set(c->error, CARVED_EXPLANATION_NO_DOCUMENT);
	carved_error_add(c->error, "kind", carved_kind_names[kind]);
	carved_error_add(c->error, "ref", ref);
	return false;
}

static bool add_if_there(struct collection *c, enum carved_kind kind, const char *ref)
{
	struct search search = {.as_of = c->as_of, .kind = kind, .ref = ref, .error = c->error};
	if (!find(&search))
		return false;
	if (search.found)
		add(c, search.found);
	return true;
}

// Those of a kind that has no versions in proposals, as they were when the plan began.
static bool add_all(struct collection *c, enum carved_kind kind)
{
	const struct carved_region *snapshot = c->as_of->snapshot;
	bool good = true;
	for (size_t i = 0; good && i < snapshot->count[kind]; i++)
		good = add_if_there(c, kind, snapshot->documents[kind][i]->ref);
	return good;
}

static bool collect(struct collection *c, const struct carved_store_proposal *proposal)
{
	return add_needed(c, CARVED_KIND_CANDIDATE, proposal->candidate, proposal->candidate_version) &&
	       add_needed(c, CARVED_KIND_SITE, proposal->site, proposal->site_version) &&
	       add_if_there(c, CARVED_KIND_COACH, c->changes[0].document->candidate.coach) && add_all(c, CARVED_KIND_VOCABULARY);
}

static void start(struct collection *c, const struct carved_as_of *as_of, size_t most, struct carved_error *error)
{
	most += as_of->snapshot->count[CARVED_KIND_COACH] + as_of->snapshot->count[CARVED_KIND_VOCABULARY];
	*c = (struct collection){
		.as_of = as_of, .error = error, .changes = carved_alloc_array(most, sizeof(struct carved_region_change))};
}

static bool finish(struct collection *c, bool good, struct carved_region **ret_region, bool *ret_newest)
{
	if (good) {
		struct carved_region *empty = carved_region_new();
		*ret_region = carved_region_apply(empty, c->changes, c->count);
		*ret_newest = c->newest;
		carved_region_unref(empty);
	}
	for (size_t i = 0; i < c->count; i++)
		carved_document_unref(c->changes[i].document);
	free(c->changes);
	return good;
}

bool carved_as_of_region(const struct carved_as_of *as_of, const struct carved_store_proposal *proposal,
	struct carved_region **ret_region, bool *ret_newest, struct carved_error *error)
{
	enum { CANDIDATE_SITE_COACH = 3 };
	struct collection c;
	start(&c, as_of, CANDIDATE_SITE_COACH, error);
	return finish(&c, collect(&c, proposal), ret_region, ret_newest);
}

// ---- of a whole plan

static int compare_sites(const void *left, const void *right)
{
	const struct carved_record_package *const *a = left, *const *b = right;
	return strcmp((*a)->site, (*b)->site);
}

// Each site once: all packages of a plan saw the same version of it.
static bool add_sites(struct collection *c, const struct carved_record *record)
{
	const struct carved_record_package **packages = carved_alloc_array(record->person_count, sizeof *packages);
	size_t count = 0;
	bool good = true;
	for (size_t p = 0; p < record->person_count; p++) {
		if (record->people[p].package)
			packages[count++] = record->people[p].package;
	}
	if (count > 0)
		qsort(packages, count, sizeof *packages, compare_sites);
	for (size_t i = 0; good && i < count; i++) {
		if (i == 0 || strcmp(packages[i - 1]->site, packages[i]->site) != 0)
			good = add_needed(c, CARVED_KIND_SITE, packages[i]->site, packages[i]->site_version);
	}
	free(packages);
	return good;
}

// And their coaches where those are gone since.
static bool add_people(struct collection *c, const struct carved_record *record)
{
	bool good = true;
	for (size_t p = 0; good && p < record->person_count; p++) {
		const struct carved_record_package *package = record->people[p].package;
		if (!package)
			continue;
		good = add_needed(c, CARVED_KIND_CANDIDATE, package->candidate, package->candidate_version);
		const char *coach = good ? c->changes[c->count - 1].document->candidate.coach : NULL;
		if (coach && !carved_region_find(c->as_of->snapshot, CARVED_KIND_COACH, coach))
			good = add_if_there(c, CARVED_KIND_COACH, coach);
	}
	return good;
}

bool carved_as_of_plan(const struct carved_as_of *as_of, const struct carved_record *record, struct carved_region **ret_region,
	bool *ret_newest, struct carved_error *error)
{
	enum { CANDIDATE_SITE_COACH = 3 };
	struct collection c;
	start(&c, as_of, CANDIDATE_SITE_COACH * record->person_count, error);
	bool good = add_people(&c, record) && add_sites(&c, record) && add_all(&c, CARVED_KIND_COACH) &&
		    add_all(&c, CARVED_KIND_VOCABULARY);
	return finish(&c, good, ret_region, ret_newest);
}
