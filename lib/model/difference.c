// SPDX-License-Identifier: EUPL-1.2
#include "carved/model/difference.h"
#include <stdlib.h>
#include <string.h>

const char *const carved_difference_class_names[CARVED_DIFFERENCE_CLASSES] = {[CARVED_DIFFERENCE_GAINS] = "gains",
	[CARVED_DIFFERENCE_MOVES] = "moves",
	[CARVED_DIFFERENCE_CHANGES] = "changes",
	[CARVED_DIFFERENCE_LOSES] = "loses",
	[CARVED_DIFFERENCE_SAME] = "same",
	[CARVED_DIFFERENCE_WITHOUT] = "without"};

static const struct carved_record_package *package_of(const struct carved_record_person *person)
{
	return person ? person->package : NULL;
}

static bool has_piece(const struct carved_record_package *package, const struct carved_record_piece *piece)
{
	for (size_t i = 0; i < package->piece_count; i++) {
		if (carved_record_is_same_slot(&package->pieces[i], piece))
			return package->pieces[i].hours_q == piece->hours_q;
	}
	return false;
}

// The same tasks with the same hours; the site's document may have changed and list them in another order.
static bool is_same_work(const struct carved_record_package *a, const struct carved_record_package *b)
{
	bool same = strcmp(a->kind, b->kind) == 0 && a->piece_count == b->piece_count;
	for (size_t i = 0; same && i < a->piece_count; i++)
		same = has_piece(b, &a->pieces[i]);
	return same;
}

static enum carved_difference_class classify(
	const struct carved_record_package *before, const struct carved_record_package *after)
{
	if (!before || !after)
		return after ? CARVED_DIFFERENCE_GAINS : before ? CARVED_DIFFERENCE_LOSES : CARVED_DIFFERENCE_WITHOUT;
	if (strcmp(before->site, after->site) != 0)
		return CARVED_DIFFERENCE_MOVES;
	return is_same_work(before, after) ? CARVED_DIFFERENCE_SAME : CARVED_DIFFERENCE_CHANGES;
}

// ---- sums

static void add_parts(struct carved_difference *d, const struct carved_record_package *package, int sign)
{
#define X(part) d->parts.part += sign * package->parts.part;
	CARVED_VALUE_PARTS(X)
#undef X
}

static void count_person(struct carved_difference *d, const struct carved_person_difference *person)
{
	const struct carved_record_package *before = package_of(person->before), *after = package_of(person->after);
	int64_t hours_q = (after ? after->hours_q : 0) - (before ? before->hours_q : 0);
	int64_t value = (after ? after->value : 0) - (before ? before->value : 0);
	struct carved_difference_sum *class = &d->classes[person->class];
	class->people++;
	class->hours_q += hours_q;
	class->value += value;
	d->total.people += (after != NULL) - (before != NULL);
	d->total.hours_q += hours_q;
	d->total.value += value;
	if (before)
		add_parts(d, before, -1);
	if (after)
		add_parts(d, after, 1);
}

// ---- people: both lists are sorted by candidate

static int compare_people(const void *left, const void *right)
{
	const struct carved_person_difference *a = left, *b = right;
	const char *of_a = (a->after ? a->after : a->before)->candidate, *of_b = (b->after ? b->after : b->before)->candidate;
	return a->class != b->class ? (a->class > b->class) - (a->class < b->class) : strcmp(of_a, of_b);
}

static void compare_all(struct carved_difference *d)
{
	const struct carved_record *before = d->before, *after = d->after;
	d->people = carved_arena_array(&d->arena, struct carved_person_difference, before->person_count + after->person_count);
	for (size_t b = 0, a = 0; b < before->person_count || a < after->person_count;) {
		struct carved_person_difference *person = &d->people[d->person_count++];
		int order = b == before->person_count  ? 1
			    : a == after->person_count ? -1
						       : strcmp(before->people[b].candidate, after->people[a].candidate);
		person->before = order <= 0 ? &before->people[b++] : NULL;
		person->after = order >= 0 ? &after->people[a++] : NULL;
		person->class = classify(package_of(person->before), package_of(person->after));
		count_person(d, person);
	}
	if (d->person_count > 0)
		qsort(d->people, d->person_count, sizeof *d->people, compare_people);
}

// ---- sites

static int compare_sites(const void *left, const void *right)
{
	const struct carved_site_difference *a = left, *b = right;
	return strcmp(a->site, b->site);
}

// One line for each package of either plan first; then those of a site become one.
static void count_sites(struct carved_difference *d)
{
	size_t count = 0, kept = 0;
	struct carved_site_difference *sites = carved_arena_array(&d->arena, struct carved_site_difference, 2 * d->person_count);
	for (size_t i = 0; i < d->person_count; i++) {
		const struct carved_record_package *before = package_of(d->people[i].before);
		const struct carved_record_package *after = package_of(d->people[i].after);
		if (before)
			sites[count++] = (struct carved_site_difference){.site = before->site, .before = {1, before->hours_q}};
		if (after)
			sites[count++] = (struct carved_site_difference){.site = after->site, .after = {1, after->hours_q}};
	}
	if (count > 0)
		qsort(sites, count, sizeof *sites, compare_sites);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || strcmp(sites[kept - 1].site, sites[i].site) != 0) {
			sites[kept++] = sites[i];
			continue;
		}
		struct carved_site_difference *site = &sites[kept - 1];
		site->before.people += sites[i].before.people;
		site->before.hours_q += sites[i].before.hours_q;
		site->after.people += sites[i].after.people;
		site->after.hours_q += sites[i].after.hours_q;
	}
	d->sites = sites;
	d->site_count = kept;
}

void carved_difference_make(
	const struct carved_record *before, const struct carved_record *after, struct carved_difference *ret_difference)
{
	*ret_difference = (struct carved_difference){.before = before, .after = after};
	compare_all(ret_difference);
	count_sites(ret_difference);
}

void carved_difference_deinit(struct carved_difference *difference)
{
	carved_arena_deinit(&difference->arena);
	*difference = (struct carved_difference){0};
}

int carved_difference_count(const struct carved_difference *difference)
{
	const struct carved_difference_sum *classes = difference->classes;
	return classes[CARVED_DIFFERENCE_GAINS].people + classes[CARVED_DIFFERENCE_MOVES].people +
	       classes[CARVED_DIFFERENCE_CHANGES].people + classes[CARVED_DIFFERENCE_LOSES].people;
}
