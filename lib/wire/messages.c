// SPDX-License-Identifier: EUPL-1.2
// The small frames: HELLO, PROGRESS, ERROR, CANCEL.
#include "internal.h"

const char *const carved_phase_names[CARVED_PHASES] = {"prices", "construction", "search", "blocks", "proof", "sites"};

// Changes with the size of anything that is sent, and with the numbering of codes. FNV-1a over the sizes.
static uint32_t fingerprint(void)
{
	static const size_t sizes[] = {
#define X(member, type) sizeof(type),
		CARVED_INSTANCE_ARRAYS(X)
#undef X
			sizeof(struct carved_weights),
		sizeof(struct carved_budget), sizeof(struct carved_wire_start_head), sizeof(struct carved_piece),
		sizeof(struct carved_value_parts), CARVED_CODE_COUNT};
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		hash = (hash ^ (uint32_t)sizes[i]) * 16777619u;
	return hash;
}

void carved_wire_add_hello(struct carved_buffer *buffer, uint32_t walls)
{
	uint32_t version = CARVED_WIRE_VERSION, print = fingerprint();
	size_t begin = carved_wire_begin(buffer, CARVED_FRAME_HELLO);
	CARVED_WIRE_ADD(buffer, version);
	CARVED_WIRE_ADD(buffer, print);
	CARVED_WIRE_ADD(buffer, walls);
	carved_wire_end(buffer, begin);
}

bool carved_wire_read_hello(const struct carved_frame *frame, uint32_t *ret_walls, struct carved_error *error)
{
	struct carved_wire_cursor cursor = carved_wire_cursor_of(frame);
	uint32_t version, print, walls;
	CARVED_WIRE_TAKE(&cursor, version);
	bool other = cursor.ok && version != CARVED_WIRE_VERSION; // whose greeting may well have another size
	CARVED_WIRE_TAKE(&cursor, print);
	CARVED_WIRE_TAKE(&cursor, walls);
	if (!carved_wire_expect(frame, CARVED_FRAME_HELLO, error))
		return false;
	if (!other && (!cursor.ok || cursor.left))
		return carved_wire_refuse(error, "a greeting of the wrong size");
	if (other || print != fingerprint())
		return carved_wire_refuse(error, "the other side is of another version");
	if (walls & ~(uint32_t)(CARVED_WALLS_ALL | CARVED_WALL_NOT_BUILT))
		return carved_wire_refuse(error, "walls that nobody knows");
	if (ret_walls)
		*ret_walls = walls;
	return true;
}

void carved_wire_add_progress(struct carved_buffer *buffer, const struct carved_wire_progress *progress)
{
	size_t begin = carved_wire_begin(buffer, CARVED_FRAME_PROGRESS);
	CARVED_WIRE_ADD(buffer, progress->phase);
	CARVED_WIRE_ADD(buffer, progress->iterations);
	CARVED_WIRE_ADD(buffer, progress->value);
	CARVED_WIRE_ADD(buffer, progress->bound);
	CARVED_WIRE_ADD(buffer, progress->placed);
	carved_wire_end(buffer, begin);
}

bool carved_wire_read_progress(
	const struct carved_frame *frame, struct carved_wire_progress *ret_progress, struct carved_error *error)
{
	struct carved_wire_cursor cursor = carved_wire_cursor_of(frame);
	struct carved_wire_progress progress;
	CARVED_WIRE_TAKE(&cursor, progress.phase);
	CARVED_WIRE_TAKE(&cursor, progress.iterations);
	CARVED_WIRE_TAKE(&cursor, progress.value);
	CARVED_WIRE_TAKE(&cursor, progress.bound);
	CARVED_WIRE_TAKE(&cursor, progress.placed);
	if (!carved_wire_expect(frame, CARVED_FRAME_PROGRESS, error))
		return false;
	if (!cursor.ok || cursor.left || progress.phase >= CARVED_PHASES)
		return carved_wire_refuse(error, "progress that does not add up");
	*ret_progress = progress;
	return true;
}

void carved_wire_add_error(struct carved_buffer *buffer, enum carved_code code)
{
	uint32_t number = (uint32_t)code;
	size_t begin = carved_wire_begin(buffer, CARVED_FRAME_ERROR);
	CARVED_WIRE_ADD(buffer, number);
	carved_wire_end(buffer, begin);
}

bool carved_wire_read_error(const struct carved_frame *frame, enum carved_code *ret_code, struct carved_error *error)
{
	struct carved_wire_cursor cursor = carved_wire_cursor_of(frame);
	uint32_t number;
	CARVED_WIRE_TAKE(&cursor, number);
	if (!carved_wire_expect(frame, CARVED_FRAME_ERROR, error))
		return false;
	if (!cursor.ok || cursor.left || number == CARVED_OK || number >= CARVED_CODE_COUNT)
		return carved_wire_refuse(error, "an error without a known code");
	*ret_code = (enum carved_code)number;
	return true;
}

void carved_wire_add_cancel(struct carved_buffer *buffer)
{
	carved_wire_end(buffer, carved_wire_begin(buffer, CARVED_FRAME_CANCEL));
}
