// SPDX-License-Identifier: EUPL-1.2
// The reader beside plan_certificate.c and plan_format.c. JSON of our own, from our store: what is missing or of another kind reads as nothing.
#include "carved/model/past.h"
#include <stdlib.h>
#include <string.h>

struct slot_name { // what names a slot inside a site
	const char *work, *task;
	int part; // -1: none
};

struct price {
	const char *ref; // site or coach
	struct slot_name name;
	int64_t price;
};

enum price_list { SLOTS, DONORS, SUPERVISION, PLACES, COACHES, RESERVES, PRICE_LISTS };

struct piece {
	struct slot_name name;
	int hours_q;
};

struct package {
	const char *id, *candidate, *site;
	enum carved_package_kind kind;
	int64_t value;
	struct piece *pieces;
	size_t piece_count;
	carved_date started; // CARVED_DATE_NONE: not said
};

struct carved_past {
	const char *plan;
	struct price *prices[PRICE_LISTS];
	size_t price_count[PRICE_LISTS];
	struct package *packages; // owned apart: it grows
	size_t package_count, package_room;
	struct carved_arena arena; // owns the rest
	unsigned references;
};

struct carved_past *carved_past_new(const char *plan)
{
	struct carved_past *past = carved_alloc_array(1, sizeof *past);
	past->plan = carved_arena_strdup(&past->arena, plan);
	past->references = 1;
	return past;
}

struct carved_past *carved_past_ref(struct carved_past *past)
{
	__atomic_add_fetch(&past->references, 1, __ATOMIC_RELAXED);
	return past;
}

void carved_past_unref(struct carved_past *past)
{
	if (!past || __atomic_sub_fetch(&past->references, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	carved_arena_deinit(&past->arena);
	free(past->packages);
	free(past);
}

// ---- reading

static bool refuse(const struct carved_past *past, struct carved_error *error)
{
	carved_error_set(error, CARVED_PLAN_UNREADABLE);
	carved_error_add(error, "plan", past->plan);
	return false;
}

static const char *copy_text(struct carved_past *past, const char *text)
{
	return carved_arena_strdup(&past->arena, text);
}

static struct slot_name read_name(struct carved_past *past, const struct carved_node *node)
{
	const char *part = carved_node_get_text(node, "part", NULL);
	return (struct slot_name){
		.work = copy_text(past, carved_node_get_text(node, "job", carved_node_get_text(node, "vacancy", ""))),
		.task = copy_text(past, carved_node_get_text(node, "task", "")),
		.part = part ? carved_day_part_parse(part) : -1,
	};
}

static void read_prices(struct carved_past *past, enum price_list list, const struct carved_node *items)
{
	struct price *prices = carved_arena_array(&past->arena, struct price, items->count);
	size_t count = 0;
	for (const struct carved_node *item = carved_node_first(items); item; item = item->next) {
		const char *ref = carved_node_get_text(item, "site", carved_node_get_text(item, "coach", NULL));
		int64_t price = carved_node_get_integer(item, "price", 0);
		if (ref && price > 0)
			prices[count++] =
				(struct price){.ref = copy_text(past, ref), .name = read_name(past, item), .price = price};
	}
	past->prices[list] = prices;
	past->price_count[list] = count;
}

// One list at a time: the trees behind them may be large, and nest deeper than a document may.
bool carved_past_read_certificate(struct carved_past *past, const char *json, size_t length, struct carved_error *error)
{
	static const char *const pointers[PRICE_LISTS] = {[SLOTS] = "/certificate/slots",
		[DONORS] = "/certificate/donors",
		[SUPERVISION] = "/certificate/supervision",
		[PLACES] = "/certificate/places",
		[COACHES] = "/certificate/coaches",
		[RESERVES] = "/certificate/reserves"};
	for (int list = 0; list < PRICE_LISTS; list++) {
		struct carved_arena arena = CARVED_ARENA_INIT;
		const struct carved_node *items;
		const char *text;
		size_t bytes;
		uint32_t line, column;
		bool good = carved_json_slice(json, length, pointers[list], &text, &bytes) &&
			    carved_json_parse(text, bytes, &arena, &items, error, &line, &column);
		if (good)
			read_prices(past, (enum price_list)list, items);
		carved_arena_deinit(&arena);
		if (!good)
			return refuse(past, error);
	}
	return true;
}

static void read_pieces(struct carved_past *past, const struct carved_node *slots, struct package *package)
{
	package->pieces = carved_arena_array(&past->arena, struct piece, slots ? slots->count : 0);
	for (const struct carved_node *slot = carved_node_first(slots); slot; slot = slot->next)
		package->pieces[package->piece_count++] = (struct piece){
			.name = read_name(past, slot), .hours_q = (int)(carved_node_get_real(slot, "hours", 0) * 4 + 0.5)};
}

bool carved_past_read_proposal(
	struct carved_past *past, const char *id, const char *json, size_t length, struct carved_error *error)
{
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *root;
	uint32_t line, column;
	if (!carved_json_parse(json, length, &arena, &root, error, &line, &column)) {
		carved_arena_deinit(&arena);
		return refuse(past, error);
	}
	if (past->package_count == past->package_room) {
		past->package_room = past->package_room ? 2 * past->package_room : 64;
		past->packages = carved_realloc_array(past->packages, past->package_room, sizeof *past->packages);
	}
	struct package *package = &past->packages[past->package_count++];
	bool whole = strcmp(carved_node_get_text(root, "kind", ""), "vacancy") == 0;
	*package = (struct package){.id = copy_text(past, id),
		.candidate = copy_text(past, carved_node_get_text(root, "candidate", "")),
		.site = copy_text(past, carved_node_get_text(root, "site", "")),
		.kind = whole ? CARVED_WHOLE_VACANCY : CARVED_CARVED,
		.value = carved_node_get_integer(root, "value", 0),
		.started = CARVED_DATE_NONE};
	read_pieces(past, carved_node_get(root, "slots"), package);
	carved_arena_deinit(&arena);
	return true;
}

void carved_past_set_started(struct carved_past *past, const char *id, carved_date date)
{
	uint32_t index = carved_past_find_proposal(past, id);
	if (index != CARVED_NONE)
		past->packages[index].started = date;
}

const char *carved_past_plan(const struct carved_past *past)
{
	return past->plan;
}

const char *carved_past_candidate(const struct carved_past *past, uint32_t index)
{
	return past->packages[index].candidate;
}

const char *carved_past_proposal(const struct carved_past *past, uint32_t index)
{
	return past->packages[index].id;
}

uint32_t carved_past_find(const struct carved_past *past, const char *candidate)
{
	for (size_t i = 0; i < past->package_count; i++) {
		if (strcmp(past->packages[i].candidate, candidate) == 0)
			return (uint32_t)i;
	}
	return CARVED_NONE;
}

uint32_t carved_past_find_proposal(const struct carved_past *past, const char *proposal)
{
	for (size_t i = 0; i < past->package_count; i++) {
		if (strcmp(past->packages[i].id, proposal) == 0)
			return (uint32_t)i;
	}
	return CARVED_NONE;
}

uint32_t carved_past_count(const struct carved_past *past)
{
	return (uint32_t)past->package_count;
}

// ---- laying it over a region

struct laying {
	const struct carved_past *past;
	const struct carved_region *people, *region;
	const struct carved_slot_table *table;
	const struct carved_instance *instance;
	struct carved_prices prices;
	struct carved_arena *arena;
};

// The slot's number in the instance; CARVED_NONE where the site has none of that name.
static uint32_t find_slot(const struct laying *l, size_t site, const struct slot_name *name)
{
	const struct carved_slots *slots = carved_slot_table_site(l->table, site);
	for (size_t t = 0; t < slots->count; t++) {
		const struct carved_slot *slot = &slots->items[t];
		if (slot->part == name->part && strcmp(slot->task->ref, name->task) == 0 &&
			strcmp(slot->job->ref, name->work) == 0)
			return (uint32_t)(carved_slot_table_first_slot(l->table, site) + t);
	}
	return CARVED_NONE;
}

static uint32_t find_job(const struct laying *l, size_t site, const char *ref)
{
	const struct carved_site *document = carved_region_site(l->region, site);
	for (size_t j = 0; j < document->job_count; j++) {
		if (strcmp(document->jobs[j].ref, ref) == 0)
			return (uint32_t)(carved_slot_table_first_job(l->table, site) + j);
	}
	return CARVED_NONE;
}

// What a price is about, numbered as its list; CARVED_NONE: it is gone.
static uint32_t find_priced(const struct laying *l, enum price_list list, const struct price *price)
{
	bool of_coach = list == COACHES || list == RESERVES;
	size_t index = carved_region_index(l->region, of_coach ? CARVED_KIND_COACH : CARVED_KIND_SITE, price->ref);
	if (index == SIZE_MAX)
		return CARVED_NONE;
	if (list == SLOTS)
		return find_slot(l, index, &price->name);
	return list == DONORS ? find_job(l, index, price->name.work) : (uint32_t)index;
}

static void lay_prices(const struct laying *l)
{
	const struct carved_prices *prices = &l->prices;
	int64_t *const targets[PRICE_LISTS] = {[SLOTS] = prices->slot,
		[DONORS] = prices->donor,
		[SUPERVISION] = prices->supervision,
		[PLACES] = prices->places,
		[COACHES] = prices->coach,
		[RESERVES] = prices->reserve};
	for (int list = 0; list < PRICE_LISTS; list++) {
		for (size_t i = 0; i < l->past->price_count[list]; i++) {
			const struct price *price = &l->past->prices[list][i];
			uint32_t index = find_priced(l, (enum price_list)list, price);
			if (index != CARVED_NONE)
				targets[list][index] = price->price;
		}
	}
}

static int compare_pieces(const void *a, const void *b)
{
	const struct carved_piece *x = a, *y = b;
	return (x->slot > y->slot) - (x->slot < y->slot);
}

static void lay_pieces(const struct laying *l, const struct package *package, size_t site, struct carved_holding *holding)
{
	struct carved_piece *pieces = carved_arena_array(l->arena, struct carved_piece, package->piece_count);
	for (size_t i = 0; i < package->piece_count; i++) {
		uint32_t slot = find_slot(l, site, &package->pieces[i].name);
		if (slot != CARVED_NONE)
			pieces[holding->piece_count++] =
				(struct carved_piece){.slot = slot, .hours_q = (uint32_t)package->pieces[i].hours_q};
	}
	if (holding->piece_count)
		qsort(pieces, holding->piece_count, sizeof *pieces, compare_pieces);
	holding->site = (uint32_t)site;
	holding->pieces = pieces;
}

static void lay_package(const struct laying *l, const struct package *package, struct carved_holding *holding)
{
	size_t person = carved_region_index(l->people, CARVED_KIND_CANDIDATE, package->candidate);
	size_t site = carved_region_index(l->region, CARVED_KIND_SITE, package->site);
	*holding = (struct carved_holding){
		.site = CARVED_NONE, .coach = CARVED_NONE, .kind = package->kind, .value = package->value};
	if (person == SIZE_MAX)
		return;
	const struct carved_candidate *candidate = carved_region_candidate(l->people, person);
	size_t coach = carved_region_index(l->region, CARVED_KIND_COACH, candidate->coach);
	size_t here = carved_region_index(l->region, CARVED_KIND_CANDIDATE, package->candidate);
	holding->buddy_q = (uint32_t)candidate->buddy_q;
	holding->coach = coach == SIZE_MAX ? CARVED_NONE : (uint32_t)coach;
	holding->coach_q = (uint32_t)candidate->coach_q;
	holding->easy = here != SIZE_MAX && l->instance->candidates[here].easy;
	if (site != SIZE_MAX)
		lay_pieces(l, package, site, holding);
}

void carved_past_lay(const struct carved_past *past, const struct carved_region *people, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_instance *instance, struct carved_standing *ret_standing)
{
	carved_prices_init(&ret_standing->prices, instance, &ret_standing->arena);
	struct laying l = {.past = past,
		.people = people,
		.region = region,
		.table = table,
		.instance = instance,
		.prices = ret_standing->prices,
		.arena = &ret_standing->arena};
	lay_prices(&l);
	ret_standing->holdings = carved_arena_array(&ret_standing->arena, struct carved_holding, past->package_count);
	ret_standing->holding_count = (uint32_t)past->package_count;
	for (size_t i = 0; i < past->package_count; i++)
		lay_package(&l, &past->packages[i], &ret_standing->holdings[i]);
}

static int compare_candidates(const void *a, const void *b)
{
	const struct carved_start_package *x = a, *y = b;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

void carved_past_lay_start(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, const struct carved_instance *instance, struct carved_start *ret_start)
{
	carved_start_init(ret_start, instance);
	struct laying l = {.past = past,
		.people = region,
		.region = region,
		.table = table,
		.instance = instance,
		.prices = ret_start->prices,
		.arena = &ret_start->arena};
	lay_prices(&l);
	carved_start_tame_prices(ret_start, instance);
	ret_start->packages = carved_arena_array(&ret_start->arena, struct carved_start_package, past->package_count);
	for (size_t i = 0; i < past->package_count; i++) {
		const struct package *package = &past->packages[i];
		size_t person = carved_region_index(region, CARVED_KIND_CANDIDATE, package->candidate);
		struct carved_holding holding = {.site = CARVED_NONE};
		size_t site = carved_region_index(region, CARVED_KIND_SITE, package->site);
		if (person == SIZE_MAX || site == SIZE_MAX)
			continue;
		lay_pieces(&l, package, site, &holding);
		if (holding.piece_count == package->piece_count && package->piece_count > 0)
			ret_start->packages[ret_start->package_count++] =
				(struct carved_start_package){.candidate = (uint32_t)person,
					.site = (uint32_t)site,
					.kind = package->kind,
					.piece_count = holding.piece_count,
					.pieces = holding.pieces};
	}
	if (ret_start->package_count)
		qsort(ret_start->packages, ret_start->package_count, sizeof *ret_start->packages, compare_candidates);
}

// ---- packages alone

static int compare_proposal_pieces(const void *a, const void *b)
{
	const struct carved_proposal_piece *x = a, *y = b;
	return (x->slot > y->slot) - (x->slot < y->slot);
}

static void lay_alone(const struct laying *l, const struct package *package, struct carved_past_package *to)
{
	*to = (struct carved_past_package){.id = package->id,
		.candidate = carved_region_index(l->region, CARVED_KIND_CANDIDATE, package->candidate),
		.site = carved_region_index(l->region, CARVED_KIND_SITE, package->site),
		.kind = package->kind,
		.started = package->started,
		.pieces = carved_arena_array(l->arena, struct carved_proposal_piece, package->piece_count)};
	for (size_t i = 0; to->site != SIZE_MAX && i < package->piece_count; i++) {
		uint32_t slot = find_slot(l, to->site, &package->pieces[i].name);
		if (slot != CARVED_NONE)
			to->pieces[to->piece_count++] =
				(struct carved_proposal_piece){.slot = slot - carved_slot_table_first_slot(l->table, to->site),
					.hours_q = package->pieces[i].hours_q};
	}
	if (to->piece_count > 1)
		qsort(to->pieces, to->piece_count, sizeof *to->pieces, compare_proposal_pieces);
	to->whole = to->candidate != SIZE_MAX && to->piece_count == package->piece_count && to->piece_count > 0;
}

struct carved_past_package *carved_past_lay_packages(const struct carved_past *past, const struct carved_region *region,
	const struct carved_slot_table *table, struct carved_arena *arena)
{
	const struct laying l = {.past = past, .people = region, .region = region, .table = table, .arena = arena};
	struct carved_past_package *packages = carved_arena_array(arena, struct carved_past_package, past->package_count);
	for (size_t i = 0; i < past->package_count; i++)
		lay_alone(&l, &past->packages[i], &packages[i]);
	return packages;
}
