// SPDX-License-Identifier: EUPL-1.2
// A double of carved-solver that behaves as the name says that it is started by (a link to it), with the request's seed as its number.
#include "carved/wire/wire.h"
#include "small_solution.h"
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

extern char **environ;

static struct carved_frame_reader reader;
static struct carved_instance instance;
static struct carved_solve_request request;

static void say(struct carved_buffer *frames)
{
	for (size_t sent = 0; sent < frames->length;) {
		ssize_t wrote = write(STDOUT_FILENO, frames->data + sent, frames->length - sent);
		if (wrote < 0)
			_exit(99);
		sent += (size_t)wrote;
	}
	carved_buffer_deinit(frames);
}

static void say_bytes(const void *bytes, size_t length)
{
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_buffer_add(&frames, bytes, length);
	say(&frames);
}

static void hello(void)
{
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_wire_add_hello(&frames, 0);
	say(&frames);
}

static void progress(void)
{
	const struct carved_wire_progress p = {
		.phase = 2, .iterations = 5, .value = (int64_t)request.seed, .bound = INT64_MAX, .placed = 1};
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_wire_add_progress(&frames, &p);
	say(&frames);
}

static void tell_plan(enum carved_frame_type type, int64_t value, enum carved_ended_by ended_by)
{
	struct carved_solution solution;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	small_solution_init(&solution, &instance, value);
	solution.ended_by = ended_by;
	carved_wire_add_solution(&frames, type, &instance, &solution);
	carved_solution_deinit(&solution);
	say(&frames);
}

static void plan(void)
{
	tell_plan(CARVED_FRAME_PLAN, (int64_t)request.seed, CARVED_ENDED_BY_TIME);
}

static void done(void)
{
	tell_plan(CARVED_FRAME_DONE, (int64_t)request.seed + 1, CARVED_ENDED_BY_ITERATIONS);
}

static struct carved_frame next(void)
{
	struct carved_frame frame;
	enum carved_frame_answer answer;
	while ((answer = carved_frame_reader_next(&reader, &frame, NULL)) == CARVED_FRAME_MORE) {
		char bytes[4096];
		ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
		if (got <= 0)
			_exit(98);
		carved_frame_reader_feed(&reader, bytes, (size_t)got);
	}
	if (answer == CARVED_FRAME_BAD)
		_exit(97);
	return frame;
}

static void hang(void)
{
	for (;;)
		pause();
}

static void crash(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	signal(SIGABRT, SIG_DFL);
	abort();
}

// ---- ways to behave

static void be_done(void)
{
	progress();
	plan();
	done();
}

static void be_slow(void) // the seed is in milliseconds
{
	usleep((useconds_t)request.seed * 1000);
	done();
}

static void be_done_and_stay(void)
{
	done();
	hang();
}

static void be_done_and_chatty(void)
{
	done();
	say_bytes("\xff\xff\xff\xff nonsense", 13);
}

static void be_plan_and_hang(void)
{
	plan();
	hang();
}

static void be_plan_and_crash(void)
{
	plan();
	crash();
}

static void be_plan_and_garbage(void)
{
	plan();
	say_bytes("\1\0\0\0\x2a", 5);
	hang();
}

static void be_status_3(void)
{
	exit(3);
}

static void be_starved(void) // what carved_out_of_memory does
{
	exit(71);
}

static void be_trespassing(void)
{
	kill(getpid(), SIGSYS);
}

static void be_wordless(void)
{
}

static void be_oversize(void)
{
	say_bytes("\xff\xff\xff\x7f\x04", 5);
	hang();
}

static void be_impossible(void)
{
	struct carved_solution solution;
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	small_solution_init(&solution, &instance, 1);
	solution.packages[0].candidate = 77;
	carved_wire_add_solution(&frames, CARVED_FRAME_DONE, &instance, &solution);
	carved_solution_deinit(&solution);
	say(&frames);
	hang();
}

static void be_turned_round(void) // says what only a daemon says
{
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_wire_add_cancel(&frames);
	say(&frames);
	hang();
}

static void be_flooding(void)
{
	for (;;)
		progress();
}

static void be_polite(void)
{
	progress();
	if (next().type == CARVED_FRAME_CANCEL)
		tell_plan(CARVED_FRAME_DONE, 4711, CARVED_ENDED_BY_CANCEL);
}

static void be_complaining(void)
{
	struct carved_buffer frames = CARVED_BUFFER_INIT;
	carved_wire_add_error(&frames, CARVED_INSTANCE_INVALID);
	say(&frames);
	exit(1);
}

static void be_silent_but_there(void)
{
	close(STDOUT_FILENO);
	hang();
}

static void be_counting(
	void) // exit status: descriptors open beside the three, 100 more where there is an environment or another folder than /
{
	int count = -4; // the three, and the folder being read
	DIR *folder = opendir("/proc/self/fd");
	for (struct dirent *entry; (entry = readdir(folder));)
		count += entry->d_name[0] != '.';
	closedir(folder);
	char path[4096];
	if (*environ || !getcwd(path, sizeof path) || strcmp(path, "/") != 0)
		count += 100;
	exit(count);
}

static void be_a_parent(void) // leaves a child that keeps the pipe open
{
	if (fork() == 0) {
		close(STDERR_FILENO); // who ran the test does not wait for us
		usleep(10 * 1000 * 1000);
		_exit(0);
	}
	plan();
	exit(5);
}

static const struct {
	const char *name;
	void (*behave)(void);
} ways[] = {{"done", be_done}, {"slow", be_slow}, {"done-and-stay", be_done_and_stay}, {"done-and-chatty", be_done_and_chatty},
	{"hang", hang}, {"plan-and-hang", be_plan_and_hang}, {"crash", crash}, {"plan-and-crash", be_plan_and_crash},
	{"plan-and-garbage", be_plan_and_garbage}, {"status-3", be_status_3}, {"starved", be_starved},
	{"trespassing", be_trespassing}, {"wordless", be_wordless}, {"oversize", be_oversize}, {"impossible", be_impossible},
	{"turned-round", be_turned_round}, {"flooding", be_flooding}, {"polite", be_polite}, {"complaining", be_complaining},
	{"silent-but-there", be_silent_but_there}, {"counting", be_counting}, {"a-parent", be_a_parent}};

int main(int count, char **arguments)
{
	const char *slash = strrchr(arguments[0], '/'), *name = slash ? slash + 1 : arguments[0];
	if (count < 2)
		return 90;
	if (strcmp(name, "deaf") == 0) { // greets, and never reads
		hello();
		hang();
	}
	if (strcmp(name, "mute") == 0)
		hang();
	if (strcmp(name, "rude") == 0) { // not even a greeting
		say_bytes("GET / HTTP/1.1\r\n", 16);
		hang();
	}
	if (strcmp(name, "stranger") == 0) { // of another version
		say_bytes("\x0d\0\0\0\1\x63\0\0\0\0\0\0\0\0\0\0\0", 17);
		hang();
	}
	carved_frame_reader_init(&reader, 1 << 30);
	hello();
	struct carved_frame frame = next();
	if (!carved_wire_read_hello(&frame, NULL, NULL))
		return 91;
	frame = next();
	if (!carved_wire_read_instance(&frame, &instance, &request, NULL))
		return 92;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (strcmp(ways[i].name, name) == 0) {
			ways[i].behave();
			carved_instance_deinit(&instance);
			carved_frame_reader_deinit(&reader);
			return 0;
		}
	}
	return 93;
}
