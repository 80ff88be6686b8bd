// SPDX-License-Identifier: EUPL-1.2
// What daemon and solver say to each other. At most three writes to a solver, ever: HELLO; INSTANCE once it has greeted; CANCEL. A solver that does not read
// them is stopped by the deadline, so no write is waited for; a solver that talks too fast is slowed down by the pipe.
#include "carved/base/arena.h"
#include "internal.h"
#include <stdio.h>
#include <stdlib.h>

struct message {
	uv_write_t request;
	struct carved_buffer bytes; // owned
};

static void on_written(uv_write_t *request, int status)
{
	(void)status; // a solver that no longer reads will be seen to end, or be ended
	struct message *message = request->data;
	carved_buffer_deinit(&message->bytes);
	free(message);
}

static struct message *message_new(void)
{
	struct message *message = carved_alloc_array(1, sizeof *message);
	message->request.data = message;
	return message;
}

// Takes the message.
static void send_message(struct carved_solve *solve, struct message *message)
{
	uv_buf_t bytes = {.base = message->bytes.data, .len = message->bytes.length};
	int result = uv_write(&message->request, (uv_stream_t *)&solve->in, &bytes, 1, on_written);
	if (result < 0)
		on_written(&message->request, result);
}

void carved_conversation_greet(struct carved_solve *solve)
{
	struct message *message = message_new();
	carved_wire_add_hello(&message->bytes, 0);
	send_message(solve, message);
}

void carved_conversation_cancel(struct carved_solve *solve)
{
	struct message *message = message_new();
	carved_wire_add_cancel(&message->bytes);
	send_message(solve, message);
}

static void send_instance(struct carved_solve *solve)
{
	struct message *message = message_new();
	carved_wire_add_instance(&message->bytes, &solve->instance, &solve->request);
	send_message(solve, message);
}

// Whether the solver is as well protected as the settings ask for.
static bool is_protected(const struct carved_solve *solve, uint32_t walls, struct carved_error *error)
{
	struct carved_buffer missing = CARVED_BUFFER_INIT;
	if (solve->pool->options.sandbox != CARVED_SANDBOX_REQUIRE || !(CARVED_WALLS_REQUIRED & ~walls))
		return true;
	carved_walls_format(CARVED_WALLS_REQUIRED & ~walls, &missing);
	carved_fail(error, CARVED_SOLVER_UNPROTECTED, "missing", missing.data);
	carved_buffer_deinit(&missing);
	return false;
}

static bool take_hello(struct carved_solve *solve, const struct carved_frame *frame, struct carved_error *error)
{
	uint32_t walls;
	if (!carved_wire_read_hello(frame, &walls, error))
		return false;
	if (solve->callbacks.greeted)
		solve->callbacks.greeted(solve->callbacks.context, walls);
	if (!is_protected(solve, walls, error))
		return false;
	solve->greeted = true;
	if (!solve->cancel_asked) // else CANCEL is under way, and it will leave
		send_instance(solve);
	return true;
}

static bool take_progress(struct carved_solve *solve, const struct carved_frame *frame, struct carved_error *error)
{
	struct carved_wire_progress progress;
	if (!carved_wire_read_progress(frame, &progress, error))
		return false;
	if (solve->callbacks.progress)
		solve->callbacks.progress(solve->callbacks.context, &progress);
	return true;
}

static bool take_plan(struct carved_solve *solve, const struct carved_frame *frame, struct carved_error *error)
{
	struct carved_solution plan;
	if (!carved_wire_read_solution(frame, &solve->instance, &plan, error))
		return false;
	carved_solution_deinit(&solve->best);
	solve->best = plan;
	solve->has_best = true;
	solve->done = solve->last_word = frame->type == CARVED_FRAME_DONE;
	return true;
}

// What the solver complains of, as a reason of ours: "the solver says frame-invalid".
static bool take_error(struct carved_solve *solve, const struct carved_frame *frame, struct carved_error *error)
{
	enum carved_code code;
	if (!carved_wire_read_error(frame, &code, error))
		return false;
	char reason[128];
	snprintf(reason, sizeof reason, "the solver says %s", carved_code_name(code));
	if (solve->why.code == CARVED_OK)
		carved_fail(&solve->why, CARVED_FRAME_INVALID, "reason", reason);
	solve->last_word = true;
	return true;
}

static bool take_frame(struct carved_solve *solve, const struct carved_frame *frame, struct carved_error *error)
{
	if (!solve->greeted)
		return take_hello(solve, frame, error);
	switch (frame->type) {
	case CARVED_FRAME_PROGRESS:
		return take_progress(solve, frame, error);
	case CARVED_FRAME_PLAN:
	case CARVED_FRAME_DONE:
		return take_plan(solve, frame, error);
	case CARVED_FRAME_ERROR:
		return take_error(solve, frame, error);
	case CARVED_FRAME_HELLO:
	case CARVED_FRAME_INSTANCE:
	case CARVED_FRAME_CANCEL:
		break;
	}
	return carved_fail(error, CARVED_FRAME_INVALID, "reason", "a frame that only the daemon sends");
}

void carved_conversation_read(struct carved_solve *solve, const char *bytes, size_t length)
{
	struct carved_frame frame;
	struct carved_error error;
	if (solve->last_word || solve->nonsense)
		return; // what comes behind the last word counts for nothing
	carved_frame_reader_feed(&solve->reader, bytes, length);
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&solve->reader, &frame, &error)) == CARVED_FRAME_READY) {
		if (!take_frame(solve, &frame, &error)) {
			answer = CARVED_FRAME_BAD;
			break;
		}
		if (solve->last_word)
			return;
	}
	if (answer != CARVED_FRAME_BAD)
		return;
	solve->nonsense = true;
	if (solve->why.code == CARVED_OK)
		solve->why = error;
}
