// SPDX-License-Identifier: EUPL-1.2
#include "solver_fixture.h"
#include "support/small_instance.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int solver_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	small_instance_init(&f->instance);
	carved_frame_reader_init(&f->reader, 1 << 20);
	f->in = f->out = -1;
	f->program = SCRIPTED_SOLVER;
	f->sandbox = "on";
	signal(SIGPIPE, SIG_IGN);
	*state = f;
	return 0;
}

int solver_teardown(void **state)
{
	struct fixture *f = *state;
	if (f->solver > 0) {
		kill(f->solver, SIGKILL);
		waitpid(f->solver, NULL, 0);
	}
	close(f->in);
	close(f->out);
	carved_frame_reader_deinit(&f->reader);
	carved_instance_deinit(&f->instance);
	free(f);
	return 0;
}

_Noreturn void solver_become(const struct fixture *f, const int in[2], const int out[2], pid_t parent)
{
	char text[24];
	snprintf(text, sizeof text, "%d", (int)parent);
	dup2(in[0], STDIN_FILENO);
	dup2(out[1], STDOUT_FILENO);
	if (f->lacks)
		execl(POOR_KERNEL, "poor-kernel", f->lacks, f->program, text, f->sandbox, "4294967296", "60", "2", (char *)NULL);
	execl(f->program, "carved-solver", text, f->sandbox, "4294967296", "60", "2", (char *)NULL);
	_exit(127);
}

void solver_start(struct fixture *f, pid_t parent)
{
	int in[2], out[2];
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	f->solver = fork();
	if (f->solver == 0)
		solver_become(f, in, out, parent);
	close(in[0]);
	close(out[1]);
	f->in = in[1];
	f->out = out[0];
}

void solver_tell(struct fixture *f, struct carved_buffer *frames)
{
	assert_int_equal(write(f->in, frames->data, frames->length), frames->length);
	carved_buffer_deinit(frames);
}

void solver_ask_to_end(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds, uint32_t end_ms)
{
	struct carved_solve_request request = {.seed = script, .safety_ms = safety_seconds * 1000, .end_ms = end_ms};
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_budget_init(&request.budget);
	solver_start(f, getpid());
	carved_wire_add_hello(&frames, 0);
	carved_wire_add_instance(&frames, &f->instance, &request);
	solver_tell(f, &frames);
}

void solver_ask(struct fixture *f, enum scripted_optimize script, uint32_t safety_seconds)
{
	solver_ask_to_end(f, script, safety_seconds, 0);
}

struct carved_frame solver_next(struct fixture *f)
{
	struct carved_frame frame = {0};
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&f->reader, &frame, NULL)) == CARVED_FRAME_MORE) {
		char bytes[4096];
		struct pollfd ready = {.fd = f->out, .events = POLLIN};
		if (poll(&ready, 1, 10000) != 1)
			fail_msg("no word from the solver within ten seconds");
		ssize_t got = read(f->out, bytes, sizeof bytes);
		if (got == 0)
			return (struct carved_frame){0};
		carved_frame_reader_feed(&f->reader, bytes, (size_t)got);
	}
	assert_int_equal(answer, CARVED_FRAME_READY);
	return frame;
}

void solver_expect_hello(struct fixture *f)
{
	struct carved_frame frame = solver_next(f);
	assert_true(carved_wire_read_hello(&frame, &f->walls, NULL));
}

int64_t solver_expect_solution(struct fixture *f, enum carved_frame_type type, enum carved_ended_by ended_by)
{
	struct carved_frame frame = solver_next(f);
	struct carved_solution solution;
	assert_int_equal(frame.type, type);
	assert_true(carved_wire_read_solution(&frame, &f->instance, &solution, NULL));
	int64_t value = solution.value;
	assert_int_equal(solution.ended_by, ended_by);
	carved_solution_deinit(&solution);
	return value;
}

void solver_expect_exit(struct fixture *f, int status)
{
	int how;
	assert_int_equal(solver_next(f).type, 0);
	waitpid(f->solver, &how, 0);
	f->solver = 0;
	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), status);
}
