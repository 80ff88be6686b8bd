// SPDX-License-Identifier: EUPL-1.2
// A conversation with carved-solver over two pipes: the test is the daemon. The program is its main around an optimiser that does as told
// (tests/support/scripted_optimize.c), or the real one.
#pragma once
#include "carved/wire/wire.h"
#include "support/carved_cmocka.h"
#include "support/scripted_optimize.h"
#include <sys/types.h>

struct fixture {
	struct carved_instance instance;
	struct carved_frame_reader reader;
	const char *program, *sandbox, *lacks; // lacks: what the kernel shall not have, or NULL
	pid_t solver;
	int in, out;    // its standard input and output
	uint32_t walls; // as it said
};

int solver_setup(void **state);
int solver_teardown(void **state);
#define SOLVER_TEST(name) cmocka_unit_test_setup_teardown(name, solver_setup, solver_teardown)

// In a child: becomes the program, with the pipes as its standard input and output, for `parent`.
_Noreturn void solver_become(const struct fixture *f, const int in[2], const int out[2], pid_t parent);
void solver_start(struct fixture *f, pid_t parent);
void solver_tell(struct fixture *f, struct carved_buffer *frames); // and empties them

// Starts it and sends hello and the instance. `end_ms`: 0 none.
void solver_ask(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds);
void solver_ask_to_end(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds, uint32_t end_ms);

// The next frame within ten seconds; type 0 at the end of the solver's output.
struct carved_frame solver_next(struct fixture *f);
void solver_expect_hello(struct fixture *f); // fills in f->walls
int64_t solver_expect_solution(struct fixture *f, enum carved_frame_type type, enum carved_ended_by ended_by); // its value
void solver_expect_exit(struct fixture *f, int status);
