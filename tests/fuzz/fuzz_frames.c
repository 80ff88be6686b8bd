// SPDX-License-Identifier: EUPL-1.2
// The stream of frames between daemon and solver. Input: a number that chooses where to cut, then the stream. Oracle: the frames that come out are the same however the stream is
// cut; none is over the limit; a small frame (hello, progress, error, cancel) that is believed is, written again, the same bytes.
#include "carved/wire/wire.h"
#include "fuzz.h"

enum { LIMIT = 200 };

static void tell(struct carved_buffer *told, const struct carved_frame *frame)
{
	struct carved_buffer again = CARVED_BUFFER_INIT;
	struct carved_wire_progress progress;
	enum carved_code code;
	uint32_t walls;
	struct carved_error error;
	if (carved_wire_read_hello(frame, &walls, &error))
		carved_wire_add_hello(&again, walls);
	else if (carved_wire_read_progress(frame, &progress, &error))
		carved_wire_add_progress(&again, &progress);
	else if (carved_wire_read_error(frame, &code, &error))
		carved_wire_add_error(&again, code);
	if (again.length > 0)
		FUZZ_REQUIRE(again.length == frame->length + CARVED_WIRE_HEADER_BYTES &&
			     memcmp(again.data + CARVED_WIRE_HEADER_BYTES, frame->payload, frame->length) == 0);
	carved_buffer_printf(told, "[%d %zu]", (int)frame->type, frame->length);
	carved_buffer_add(told, frame->payload, frame->length);
	carved_buffer_deinit(&again);
}

static void converse(struct fuzz_input input, size_t step, struct carved_buffer *told)
{
	struct carved_frame_reader reader;
	struct carved_frame frame;
	struct carved_error error;
	enum carved_frame_answer answer = CARVED_FRAME_MORE;
	carved_frame_reader_init(&reader, LIMIT);
	while (input.left > 0 && answer != CARVED_FRAME_BAD) {
		size_t piece = step < input.left ? step : input.left;
		carved_frame_reader_feed(&reader, input.at, piece);
		input.at += piece, input.left -= piece;
		while ((answer = carved_frame_reader_next(&reader, &frame, &error)) == CARVED_FRAME_READY) {
			FUZZ_REQUIRE(frame.length + 1 <= LIMIT);
			tell(told, &frame);
		}
	}
	carved_buffer_printf(told, "%s", answer == CARVED_FRAME_BAD ? "bad" : "more");
	carved_frame_reader_deinit(&reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = {data, size};
	size_t steps[] = {SIZE_MAX, 1, 2 + fuzz_take(&input, 1) % 40};
	struct carved_buffer told[3] = {CARVED_BUFFER_INIT, CARVED_BUFFER_INIT, CARVED_BUFFER_INIT};
	for (size_t i = 0; i < 3; i++)
		converse(input, steps[i], &told[i]);
	for (size_t i = 0; i < 3; i++) {
		FUZZ_REQUIRE(told[i].length == told[0].length && memcmp(told[i].data, told[0].data, told[0].length) == 0);
		if (i > 0)
			carved_buffer_deinit(&told[i]);
	}
	carved_buffer_deinit(&told[0]);
	return 0;
}
