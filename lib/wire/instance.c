// SPDX-License-Identifier: EUPL-1.2
// INSTANCE: the request's numbers, the weights, how many of everything, then the flat arrays one after the other, then the plan to start from (start.c).
#include "internal.h"

// No padding anywhere: nothing but what was meant goes out, and equal instances are equal bytes.
_Static_assert(sizeof(struct carved_range) == 2 * 4 && sizeof(struct carved_level) == 2 * 4, "no padding");
_Static_assert(sizeof(struct carved_aid) == 4 * 4 && sizeof(struct carved_limit) == 3 * 4, "no padding");
_Static_assert(sizeof(struct carved_overrule) == 3 * 4, "no padding");
_Static_assert(sizeof(struct carved_minutes) == 2 * 4 && sizeof(struct carved_instance_coach) == 2 * 4, "no padding");
_Static_assert(sizeof(struct carved_instance_candidate) == 4 * (20 + CARVED_DAY_PARTS) + 13 * 8, "no padding");
_Static_assert(sizeof(struct carved_instance_site) == 3 * 4 + 3 * 8, "no padding");
_Static_assert(sizeof(struct carved_instance_job) == 6 * 4 + 8, "no padding");
_Static_assert(sizeof(struct carved_instance_slot) == 11 * 4 + 4 * 8, "no padding");

// What comes before the arrays and their counts, in this order.
#define FIGURES(X)                                                                                                               \
	X(request->budget)                                                                                                       \
	X(request->seed)                                                                                                         \
	X(request->safety_ms)                                                                                                    \
	X(request->end_ms)                                                                                                       \
	X(start)                                                                                                                 \
	X(instance->weights)                                                                                                     \
	X(instance->tag_count)                                                                                                   \
	X(instance->skill_count)                                                                                                 \
	X(instance->aid_count)                                                                                                   \
	X(instance->home_count)                                                                                                  \
	X(instance->place_count)

void carved_wire_add_instance(
	struct carved_buffer *buffer, const struct carved_instance *instance, const struct carved_solve_request *request)
{
	const struct carved_wire_start_head start = carved_wire_start_head_of(request->start);
	size_t begin = carved_wire_begin(buffer, CARVED_FRAME_INSTANCE);
#define X(figure) CARVED_WIRE_ADD(buffer, figure);
	FIGURES(X)
#undef X
#define X(member, type) CARVED_WIRE_ADD(buffer, instance->member##_count);
	CARVED_INSTANCE_ARRAYS(X)
#undef X
#define X(member, type) carved_buffer_add(buffer, instance->member, (size_t)instance->member##_count * sizeof(type));
	CARVED_INSTANCE_ARRAYS(X)
#undef X
	carved_wire_add_start(buffer, instance, request->start);
	carved_wire_end(buffer, begin);
}

static bool budget_is_right(const struct carved_budget *budget)
{
	for (size_t i = 0; i < carved_budget_count; i++) {
		const struct carved_budget_info *info = &carved_budget_infos[i];
		uint32_t value;
		memcpy(&value, (const char *)budget + info->offset, sizeof value);
		if (value < info->lowest || value > info->highest)
			return false;
	}
	return true;
}

// Everything before the arrays.
static void take_head(struct carved_wire_cursor *cursor, struct carved_instance *instance, struct carved_solve_request *request,
	struct carved_wire_start_head *ret_start)
{
	struct carved_wire_start_head start;
#define X(figure) CARVED_WIRE_TAKE(cursor, figure);
	FIGURES(X)
#undef X
	*ret_start = start;
#define X(member, type) CARVED_WIRE_TAKE(cursor, instance->member##_count);
	CARVED_INSTANCE_ARRAYS(X)
#undef X
}

static uint64_t array_bytes(const struct carved_instance *instance)
{
	uint64_t bytes = 0;
#define X(member, type) bytes += (uint64_t)instance->member##_count * sizeof(type);
	CARVED_INSTANCE_ARRAYS(X)
#undef X
	return bytes;
}

bool carved_wire_read_instance(const struct carved_frame *frame, struct carved_instance *ret_instance,
	struct carved_solve_request *ret_request, struct carved_error *error)
{
	struct carved_wire_cursor cursor = carved_wire_cursor_of(frame);
	struct carved_instance instance = {0};
	struct carved_solve_request request = {0};
	struct carved_wire_start_head start;
	if (!carved_wire_expect(frame, CARVED_FRAME_INSTANCE, error))
		return false;
	take_head(&cursor, &instance, &request, &start);
	uint64_t bytes = array_bytes(&instance) + carved_wire_start_bytes(&start, &instance);
	if (!cursor.ok || start.there > 2 || cursor.left != bytes) // asked before any of it is allocated
		return carved_wire_refuse(error, "an instance whose sizes do not add up");
	if (!budget_is_right(&request.budget))
		return carved_wire_refuse(error, "a budget out of its range");
#define X(member, type)                                                                                                          \
	instance.member = carved_arena_array(&instance.arena, type, instance.member##_count);                                    \
	carved_wire_take(&cursor, instance.member, instance.member##_count * sizeof(type));
	CARVED_INSTANCE_ARRAYS(X)
#undef X
	struct carved_error finding;
	if (!carved_instance_check(&instance, &finding)) {
		carved_instance_deinit(&instance);
		return carved_wire_refuse(error, carved_error_get(&finding, "reason"));
	}
	if (!carved_wire_take_start(&cursor, &start, &instance, &request.start)) {
		carved_instance_deinit(&instance);
		return carved_wire_refuse(error, "a plan to start from that can't be");
	}
	*ret_instance = instance;
	*ret_request = request;
	return true;
}
