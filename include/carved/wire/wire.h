// SPDX-License-Identifier: EUPL-1.2
// Frames between daemon and solver: 4-byte little-endian length of what follows, 1-byte type, payload. Integers only, little-endian.
//
//   daemon -> solver   HELLO, INSTANCE (instance, budget, seed, safety time, the plan to start from), CANCEL
//   solver -> daemon   HELLO (the walls around it), PROGRESS, PLAN (a better plan so far), DONE (the last plan, with its certificate), ERROR
//
// A frame over the limit, an unknown type or a payload that does not add up ends the conversation: neither side believes the other.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "carved/instance/budget.h"
#include "carved/instance/instance.h"
#include "carved/instance/solution.h"
#include "carved/instance/start.h"
#include "carved/wire/walls.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CARVED_WIRE_VERSION 7
#define CARVED_WIRE_HEADER_BYTES 5

enum carved_frame_type {
	CARVED_FRAME_HELLO = 1,
	CARVED_FRAME_INSTANCE,
	CARVED_FRAME_PROGRESS,
	CARVED_FRAME_PLAN,
	CARVED_FRAME_DONE,
	CARVED_FRAME_ERROR,
	CARVED_FRAME_CANCEL,
};

struct carved_frame {
	enum carved_frame_type type;
	const uint8_t *payload; // borrowed from the reader; good until its next call
	size_t length;
};

// Collects bytes as they come and hands out whole frames.
struct carved_frame_reader {
	struct carved_buffer bytes; // owned
	size_t begin;               // first byte not handed out yet
	size_t limit;               // largest length accepted
};

void carved_frame_reader_init(struct carved_frame_reader *reader, size_t limit);
void carved_frame_reader_deinit(struct carved_frame_reader *reader);
void carved_frame_reader_feed(struct carved_frame_reader *reader, const void *bytes, size_t length);

enum carved_frame_answer { CARVED_FRAME_READY, CARVED_FRAME_MORE, CARVED_FRAME_BAD };
// BAD: over the limit, of no length, or of an unknown type (code FRAME_INVALID, parameter reason). The reader is of no use afterwards.
enum carved_frame_answer carved_frame_reader_next(
	struct carved_frame_reader *reader, struct carved_frame *ret_frame, struct carved_error *error);

// What an INSTANCE frame carries beside the instance.
struct carved_solve_request {
	struct carved_budget budget;
	uint64_t seed;
	uint32_t safety_ms; // the solver stops by itself after so long and keeps the best; the daemon's deadline lies behind it
	uint32_t
		end_ms; // so much of that is for what comes after a plan: once the solver has one with somebody in it, it stops so much earlier
	const struct carved_start *start; // NULL: from nothing. Borrowed
};

// What a PROGRESS frame carries.
struct carved_wire_progress {
	uint8_t phase; // index of carved_phase_names
	uint64_t iterations;
	int64_t value, bound;
	uint32_t placed;
};
extern const char *const carved_phase_names[]; // "prices", "construction", "search", "blocks", "proof"
#define CARVED_PHASES 6

// Writers append one whole frame to the buffer.
void carved_wire_add_hello(struct carved_buffer *buffer, uint32_t walls); // of enum carved_wall; a daemon has none
void carved_wire_add_instance(
	struct carved_buffer *buffer, const struct carved_instance *instance, const struct carved_solve_request *request);
void carved_wire_add_progress(struct carved_buffer *buffer, const struct carved_wire_progress *progress);
void carved_wire_add_solution(struct carved_buffer *buffer, enum carved_frame_type plan_or_done,
	const struct carved_instance *instance, const struct carved_solution *solution);
void carved_wire_add_error(struct carved_buffer *buffer, enum carved_code code);
void carved_wire_add_cancel(struct carved_buffer *buffer);

// Readers: true and *ret_… set (deinit by the caller), or false, FRAME_INVALID (parameter reason), and *ret_… untouched.
// Also false on another version. `ret_walls` may be NULL.
bool carved_wire_read_hello(const struct carved_frame *frame, uint32_t *ret_walls, struct carved_error *error);
bool carved_wire_read_instance(const struct carved_frame *frame, struct carved_instance *ret_instance,
	struct carved_solve_request *ret_request,
	struct carved_error *
		error); // the instance has passed carved_instance_check; the start carved_start_is_sound, and the instance owns it
bool carved_wire_read_progress(
	const struct carved_frame *frame, struct carved_wire_progress *ret_progress, struct carved_error *error);
// `instance` is the one that was sent: every index and count of the answer is checked against it (not the rules: model/check.h does that).
bool carved_wire_read_solution(const struct carved_frame *frame, const struct carved_instance *instance,
	struct carved_solution *ret_solution, struct carved_error *error);
bool carved_wire_read_error(const struct carved_frame *frame, enum carved_code *ret_code, struct carved_error *error);
