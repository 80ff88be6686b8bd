// SPDX-License-Identifier: EUPL-1.2
// The plan to start from, inside INSTANCE: prices as long as the instance's arrays, packages, then the pieces of all of them.
#include "internal.h"

struct head { // a package without its pieces, as sent
	uint32_t candidate, site, kind, piece_count, keep;
};
_Static_assert(sizeof(struct head) == 5 * 4 && sizeof(struct carved_wire_start_head) == 4 * 4 + 8, "no padding");

struct carved_wire_start_head carved_wire_start_head_of(const struct carved_start *start)
{
	struct carved_wire_start_head head = {0};
	if (!start)
		return head;
	head = (struct carved_wire_start_head){.there = start->fresh ? 2 : 1,
		.most_changes = start->most_changes,
		.keep_weight = start->keep_weight,
		.package_count = start->package_count};
	for (uint32_t i = 0; i < start->package_count; i++)
		head.piece_count += start->packages[i].piece_count;
	return head;
}

uint64_t carved_wire_start_bytes(const struct carved_wire_start_head *head, const struct carved_instance *instance)
{
	uint64_t bytes =
		head->package_count * (uint64_t)sizeof(struct head) + head->piece_count * (uint64_t)sizeof(struct carved_piece);
#define X(member, array) bytes += head->there ? (uint64_t)instance->array##_count * sizeof(int64_t) : 0;
	CARVED_PRICE_KINDS(X)
#undef X
	return bytes;
}

void carved_wire_add_start(struct carved_buffer *buffer, const struct carved_instance *instance, const struct carved_start *start)
{
	if (!start)
		return;
#define X(member, array) carved_buffer_add(buffer, start->prices.member, instance->array##_count * sizeof(int64_t));
	CARVED_PRICE_KINDS(X)
#undef X
	for (uint32_t i = 0; i < start->package_count; i++) {
		const struct carved_start_package *p = &start->packages[i];
		const struct head head = {p->candidate, p->site, (uint32_t)p->kind, p->piece_count, p->keep};
		CARVED_WIRE_ADD(buffer, head);
	}
	for (uint32_t i = 0; i < start->package_count; i++)
		carved_buffer_add(
			buffer, start->packages[i].pieces, start->packages[i].piece_count * sizeof *start->packages[i].pieces);
}

static bool take_packages(struct carved_wire_cursor *cursor, const struct carved_wire_start_head *head,
	struct carved_arena *arena, struct carved_start *start)
{
	struct carved_piece *pieces = carved_arena_array(arena, struct carved_piece, head->piece_count);
	uint32_t used = 0;
	start->package_count = head->package_count;
	start->packages = carved_arena_array(arena, struct carved_start_package, head->package_count);
	for (uint32_t i = 0; i < head->package_count; i++) {
		struct head package;
		CARVED_WIRE_TAKE(cursor, package);
		if (package.piece_count > head->piece_count - used || package.kind > CARVED_WHOLE_VACANCY)
			return false;
		start->packages[i] = (struct carved_start_package){.candidate = package.candidate,
			.site = package.site,
			.kind = (enum carved_package_kind)package.kind,
			.piece_count = package.piece_count,
			.pieces = pieces + used,
			.keep = package.keep};
		used += package.piece_count;
	}
	carved_wire_take(cursor, pieces, head->piece_count * sizeof *pieces);
	return used == head->piece_count;
}

bool carved_wire_take_start(struct carved_wire_cursor *cursor, const struct carved_wire_start_head *head,
	struct carved_instance *instance, const struct carved_start **ret_start)
{
	struct carved_arena *arena = &instance->arena;
	if (!head->there)
		return head->most_changes == 0 && head->keep_weight == 0 && head->package_count == 0 && head->piece_count == 0;
	struct carved_start *start = carved_arena_array(arena, struct carved_start, 1);
	start->fresh = head->there == 2;
	start->most_changes = head->most_changes;
	start->keep_weight = head->keep_weight;
	carved_prices_init(&start->prices, instance, arena);
#define X(member, array) carved_wire_take(cursor, start->prices.member, instance->array##_count * sizeof(int64_t));
	CARVED_PRICE_KINDS(X)
#undef X
	if (!take_packages(cursor, head, arena, start) || !carved_start_is_sound(start, instance))
		return false;
	*ret_start = start;
	return true;
}
