// SPDX-License-Identifier: EUPL-1.2
// PLAN and DONE: figures, prices as long as the instance's arrays, the proof (charges of candidates, nodes, prices of leaves, of coaches in leaves), packages, then the
// pieces of all of them.
//
// What is refused here is what would lead a reader astray: indices, counts, orders, and figures so large that sums of them could overflow. Whether the plan keeps
// the rules and is worth what it says is the checker's question.
#include "internal.h"

enum { FIGURE_BITS = 45 }; // points of anything stay below 2^45 in size: a quarter of a million such add up within 64 bits

// A package without its pieces, as sent.
struct head {
	uint32_t candidate, site, kind, piece_count;
	struct carved_value_parts parts;
	int64_t value;
};
_Static_assert(sizeof(struct carved_proof_coach) == 2 * 4 + 2 * 8, "no padding");
_Static_assert(sizeof(struct head) == 4 * 4 + 9 * 8 && sizeof(struct carved_piece) == 2 * 4, "no padding");

// What comes before the prices, in this order.
#define FIGURES(X)                                                                                                               \
	X(solution->value)                                                                                                       \
	X(solution->bound)                                                                                                       \
	X(solution->pairs_bounded)                                                                                               \
	X(solution->iterations)                                                                                                  \
	X(ended_by)                                                                                                              \
	X(solution->changes)                                                                                                     \
	X(solution->package_count)                                                                                               \
	X(pieces)                                                                                                                \
	X(solution->proof.node_count)                                                                                            \
	X(solution->proof.price_count)                                                                                           \
	X(solution->proof.coach_count)                                                                                           \
	X(solution->proof.rounded)

// A plan on its way may have no prices yet: they are zero then.
static void add_prices(struct carved_buffer *buffer, const int64_t *prices, uint32_t count)
{
	if (prices)
		carved_buffer_add(buffer, prices, count * sizeof *prices);
	else
		memset(carved_buffer_extend(buffer, count * sizeof *prices), 0, count * sizeof *prices);
}

// Charges are sent only where there are nodes.
static uint32_t charge_count(const struct carved_proof *proof, const struct carved_instance *instance)
{
	return proof->node_count ? instance->candidates_count : 0;
}

static void add_proof(struct carved_buffer *buffer, const struct carved_instance *instance, const struct carved_proof *proof)
{
	carved_buffer_add(buffer, proof->charges, charge_count(proof, instance) * sizeof *proof->charges);
	carved_buffer_add(buffer, proof->nodes, proof->node_count * sizeof *proof->nodes);
	carved_buffer_add(buffer, proof->prices, proof->price_count * sizeof *proof->prices);
	carved_buffer_add(buffer, proof->coaches, proof->coach_count * sizeof *proof->coaches);
}

void carved_wire_add_solution(struct carved_buffer *buffer, enum carved_frame_type plan_or_done,
	const struct carved_instance *instance, const struct carved_solution *solution)
{
	size_t begin = carved_wire_begin(buffer, plan_or_done);
	uint32_t ended_by = (uint32_t)solution->ended_by, pieces = 0;
	for (uint32_t i = 0; i < solution->package_count; i++)
		pieces += solution->packages[i].piece_count;
#define X(figure) CARVED_WIRE_ADD(buffer, figure);
	FIGURES(X)
#undef X
#define X(member, array) add_prices(buffer, solution->prices.member, instance->array##_count);
	CARVED_PRICE_KINDS(X)
#undef X
	add_proof(buffer, instance, &solution->proof);
	for (uint32_t i = 0; i < solution->package_count; i++) {
		const struct carved_package *p = &solution->packages[i];
		const struct head head = {p->candidate, p->site, (uint32_t)p->kind, p->piece_count, p->parts, p->value};
		CARVED_WIRE_ADD(buffer, head);
	}
	for (uint32_t i = 0; i < solution->package_count; i++) {
		const struct carved_package *p = &solution->packages[i];
		carved_buffer_add(buffer, p->pieces, p->piece_count * sizeof *p->pieces);
	}
	carved_wire_end(buffer, begin);
}

static bool is_figure(int64_t points)
{
	return points > -((int64_t)1 << FIGURE_BITS) && points < (int64_t)1 << FIGURE_BITS;
}

// Prices x capacities must fit the 64 bits that everyone adds them up in.
#define PRICES_MOST (INT64_MAX / 4)

static bool package_is_right(const struct carved_package *package, const struct carved_instance *in)
{
	bool right = package->candidate < in->candidates_count && package->site < in->sites_count &&
		     package->kind <= CARVED_WHOLE_VACANCY && is_figure(package->value);
#define X(part) right = right && is_figure(package->parts.part);
	CARVED_VALUE_PARTS(X)
#undef X
	return right && carved_pieces_are_sound(package->pieces, package->piece_count, in, package->site);
}

// Reads heads and pieces. Requires: the cursor holds exactly that many of both.
static bool take_packages(struct carved_wire_cursor *cursor, uint32_t piece_count, const struct carved_instance *instance,
	struct carved_solution *solution)
{
	struct carved_piece *pieces = carved_arena_array(&solution->arena, struct carved_piece, piece_count);
	solution->packages = carved_arena_array(&solution->arena, struct carved_package, solution->package_count);
	uint32_t used = 0;
	for (uint32_t i = 0; i < solution->package_count; i++) {
		struct head head;
		CARVED_WIRE_TAKE(cursor, head);
		if (head.piece_count > piece_count - used || head.kind > CARVED_WHOLE_VACANCY)
			return false;
		solution->packages[i] = (struct carved_package){.candidate = head.candidate,
			.site = head.site,
			.kind = (enum carved_package_kind)head.kind,
			.piece_count = head.piece_count,
			.pieces = pieces + used,
			.parts = head.parts,
			.value = head.value};
		used += head.piece_count;
	}
	carved_wire_take(cursor, pieces, piece_count * sizeof *pieces);
	bool right = used == piece_count;
	for (uint32_t i = 0; right && i < solution->package_count; i++) {
		const struct carved_package *p = &solution->packages[i];
		right = package_is_right(p, instance) && (i == 0 || p[-1].candidate <= p->candidate);
	}
	return right;
}

// Reads the proof. Requires: the cursor holds that many of each.
static bool take_proof(
	struct carved_wire_cursor *cursor, const struct carved_instance *instance, struct carved_solution *solution)
{
	struct carved_proof *proof = &solution->proof;
	uint32_t candidates = charge_count(proof, instance);
	proof->charges = carved_arena_array(&solution->arena, int64_t, candidates);
	proof->nodes = carved_arena_array(&solution->arena, struct carved_proof_node, proof->node_count);
	proof->prices = carved_arena_array(&solution->arena, int64_t, proof->price_count);
	carved_wire_take(cursor, proof->charges, candidates * sizeof *proof->charges);
	carved_wire_take(cursor, proof->nodes, proof->node_count * sizeof *proof->nodes);
	carved_wire_take(cursor, proof->prices, proof->price_count * sizeof *proof->prices);
	proof->coaches = carved_arena_array(&solution->arena, struct carved_proof_coach, proof->coach_count);
	carved_wire_take(cursor, proof->coaches, proof->coach_count * sizeof *proof->coaches);
	return carved_proof_is_sound(proof, instance);
}

// The figures and sizes before the prices; all that follows has exactly the size that they announce.
static bool take_figures(struct carved_wire_cursor *cursor, const struct carved_instance *instance,
	struct carved_solution *solution, uint32_t *ret_piece_count)
{
	uint32_t ended_by, pieces;
#define X(figure) CARVED_WIRE_TAKE(cursor, figure);
	FIGURES(X)
#undef X
	*ret_piece_count = pieces;
	solution->ended_by = (enum carved_ended_by)ended_by;
	uint64_t bytes = solution->package_count * (uint64_t)sizeof(struct head) + pieces * (uint64_t)sizeof(struct carved_piece);
#define X(member, array) bytes += (uint64_t)instance->array##_count * sizeof(int64_t);
	CARVED_PRICE_KINDS(X)
#undef X
	bytes += (uint64_t)charge_count(&solution->proof, instance) * sizeof(int64_t) +
		 solution->proof.node_count * (uint64_t)sizeof(struct carved_proof_node) +
		 solution->proof.price_count * (uint64_t)sizeof(int64_t) +
		 solution->proof.coach_count * (uint64_t)sizeof(struct carved_proof_coach);
	bool bounded = is_figure(solution->bound) || solution->bound == INT64_MAX; // MAX: no bound yet
	return cursor->ok && cursor->left == bytes && ended_by <= CARVED_ENDED_BY_CANCEL &&
	       solution->changes <= instance->candidates_count && is_figure(solution->value) && bounded;
}

bool carved_wire_read_solution(const struct carved_frame *frame, const struct carved_instance *instance,
	struct carved_solution *ret_solution, struct carved_error *error)
{
	struct carved_wire_cursor cursor = carved_wire_cursor_of(frame);
	struct carved_solution solution = {0};
	uint32_t piece_count;
	if (frame->type != CARVED_FRAME_PLAN && !carved_wire_expect(frame, CARVED_FRAME_DONE, error))
		return false;
	if (!take_figures(&cursor, instance, &solution, &piece_count)) // asked before any of it is allocated
		return carved_wire_refuse(error, "a plan whose sizes or figures do not add up");
	carved_prices_init(&solution.prices, instance, &solution.arena);
#define X(member, array) carved_wire_take(&cursor, solution.prices.member, instance->array##_count * sizeof(int64_t));
	CARVED_PRICE_KINDS(X)
#undef X
	bool prices =
		carved_prices_are_below(&solution.prices, instance, 0, PRICES_MOST) && take_proof(&cursor, instance, &solution);
	if (!prices || !take_packages(&cursor, piece_count, instance, &solution)) {
		carved_solution_deinit(&solution);
		return carved_wire_refuse(
			error, prices ? "a plan with a package that can't be" : "a plan with impossible prices");
	}
	*ret_solution = solution;
	return true;
}
