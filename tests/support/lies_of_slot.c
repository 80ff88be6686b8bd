// SPDX-License-Identifier: EUPL-1.2
// Lies about one slot and one person.
#include "support/lies_steps.h"

enum { COMPLETE = 4 };

// States a qualifier, in a new list: the old one stays as it is for whoever puts the document back.
static void state(struct lying *l, struct carved_qualifiers *levels, carved_icf icf, int value)
{
	struct carved_qualifier *items = carved_arena_array(&l->arena, struct carved_qualifier, levels->count + 1);
	size_t count = 0;
	bool done = false;
	for (size_t i = 0; i < levels->count; i++) {
		if (!done && levels->items[i].icf >= icf) {
			items[count++] = (struct carved_qualifier){icf, (uint8_t)value};
			done = true;
		}
		if (levels->items[i].icf != icf)
			items[count++] = levels->items[i];
	}
	if (!done)
		items[count++] = (struct carved_qualifier){icf, (uint8_t)value};
	*levels = (struct carved_qualifiers){items, count};
}

static bool level_of(struct lying *l, const struct carved_qualifiers *asked, struct carved_qualifiers *stated, bool outside)
{
	if (asked->count == 0)
		return false;
	const struct carved_qualifier *level = &asked->items[l->piece % asked->count];
	l->candidate->supported_count = 0; // no aid comes to the rescue
	state(l, stated, level->icf, COMPLETE - level->value + outside);
	return true;
}

bool lie_capacity(struct lying *l, bool outside)
{
	return level_of(l, &lying_slot(l, l->piece)->demands, &l->candidate->limitations, outside);
}

bool lie_environment(struct lying *l, bool outside)
{
	return level_of(l, &lying_slot(l, l->piece)->exposures, &l->candidate->barriers, outside);
}

bool lie_requirement(struct lying *l, bool outside)
{
	if (outside) {
		lying_drop_text(&l->candidate->has);
	} else {
		lying_add_text(l, &lying_task(l, l->piece)->requires, "a-licence");
		lying_add_text(l, &l->candidate->has, "a-licence");
	}
	return true;
}

// A wish for a category matches it and what begins with it plus a dot, not what merely begins with it.
bool lie_never(struct lying *l, bool outside)
{
	if (outside)
		lying_drop_text(&l->candidate->never);
	lying_add_text(l, &l->candidate->never, outside ? "4.B.1" : "4.B.1.a.1");
	if (!outside)
		lying_add_text(l, &lying_task(l, l->piece)->tags, "4.B.1.a");
	return true;
}

// The slot's hours move to the day part behind (or before) one that the person has.
bool lie_availability(struct lying *l, bool outside)
{
	struct carved_task *task = lying_task(l, l->piece);
	carved_parts_mask has = 0;
	size_t packages;
	lying_taken_q(l, &packages);
	if (task->fixed || packages > 1)
		return false; // somebody else's week would break first
	for (int part = 0; part < CARVED_DAY_PARTS; part++)
		has |= l->candidate->available_q[part] ? (carved_parts_mask)1 << part : 0;
	carved_parts_mask next = (has << 1 | has >> 1) & ~has & ~(CARVED_NIGHT_MASK | CARVED_EVENING_MASK) & 0xFFFFFFF;
	if (next == 0)
		return false;
	task->when = outside ? next : lying_slot(l, l->piece)->parts & has;
	return true;
}
