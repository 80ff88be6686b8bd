// SPDX-License-Identifier: EUPL-1.2
#include "hostile.h"
#include "carved/base/arena.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct hostile_aims hostile_aims;

static int answer(long result)
{
	return result < 0 ? errno : 0;
}

// ---- files

static int open_existing(void)
{
	return answer(open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}

static int open_folder(void)
{
	return answer(openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

static int open_by_number(void)
{
	return answer(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &(uint64_t[3]){0}, sizeof(uint64_t[3])));
}

static int create(void)
{
	return answer(open(hostile_aims.absent, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static int open_own_memory(void)
{
	return answer(open("/proc/self/mem", O_RDWR | O_CLOEXEC));
}

static int look_at(void)
{
	struct stat status;
	return answer(stat("/etc/passwd", &status));
}

static int remove_file(void)
{
	return answer(unlink(hostile_aims.existing));
}

static int move_file(void)
{
	return answer(rename(hostile_aims.existing, hostile_aims.absent));
}

static int link_file(void)
{
	return answer(symlink("/etc/passwd", hostile_aims.absent));
}

static int make_folder(void)
{
	return answer(mkdir(hostile_aims.absent, 0700));
}

static int list_folder(void)
{
	char entries[512];
	int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return root < 0 ? errno : answer(syscall(SYS_getdents64, root, entries, sizeof entries));
}

static int make_file_in_memory(void)
{
	return answer(memfd_create("x", MFD_CLOEXEC));
}

// Standard error is a file of the test's in this one: the only way to have one open.
static int write_file(void)
{
	return answer(write(STDERR_FILENO, "x", 1));
}

static int collect_descriptors(void)
{
	for (int i = 0; i < 64; i++) {
		if (dup(STDIN_FILENO) < 0)
			return errno;
	}
	return 0;
}

// ---- network

static int make_socket(void)
{
	return answer(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static int make_unix_socket(void)
{
	return answer(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

static int make_socket_pair(void)
{
	int pair[2];
	return answer(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
}

static int connect_by_tcp(void)
{
	struct sockaddr_in there = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)hostile_aims.tcp_port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	return answer(connect(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), (struct sockaddr *)&there, sizeof there));
}

static int connect_to_abstract_socket(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return answer(connect(fd, (struct sockaddr *)&hostile_aims.abstract, hostile_aims.abstract_length));
}

// ---- processes

static int run_program(void)
{
	return answer(execl("/bin/true", "true", (char *)NULL));
}

static int run_program_at(void)
{
	char *arguments[] = {"true", NULL}, *environment[] = {NULL};
	return answer(syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, environment, 0));
}

static int fork_child(void)
{
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	return answer(child);
}

static int fork_by_clone3(void)
{
	uint64_t arguments[8] = {[4] = SIGCHLD}; // struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal ...
	long child = syscall(SYS_clone3, arguments, sizeof arguments);
	if (child == 0)
		_exit(0);
	return answer(child);
}

#ifdef SYS_vfork
static int fork_by_vfork(void)
{
	pid_t child = vfork();
	if (child == 0)
		_exit(0);
	return answer(child);
}
#endif

static void *do_nothing(void *context)
{
	return context;
}

static int start_thread(void)
{
	pthread_t thread;
	int result = pthread_create(&thread, NULL, do_nothing, NULL);
	return result ? result : pthread_join(thread, NULL);
}

static int signal_parent(void)
{
	return answer(kill(getppid(), 0)); // asks whether it may
}

static int signal_thread_of_parent(void)
{
	return answer(syscall(SYS_tgkill, getppid(), getppid(), 0));
}

static int trace_parent(void)
{
	return answer(ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
}

static int read_parent(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {&hostile_aims, 1};
	return answer(syscall(SYS_process_vm_readv, getppid(), &here, 1, &there, 1, 0));
}

static int hold_parent(void)
{
	return answer(syscall(SYS_pidfd_open, getppid(), 0));
}

static int abort_itself(void)
{
	abort();
}

// ---- rights

static int become_another(void)
{
	return answer(syscall(SYS_setuid, 65534));
}

static int mount_nothing(void)
{
	return answer(mount("none", "/nowhere/at/all", "tmpfs", 0, NULL));
}

static int leave_namespace(void)
{
	return answer(unshare(CLONE_NEWNS));
}

static int leave_user_namespace(void)
{
	return answer(unshare(CLONE_NEWUSER));
}

static int raise_limit(void)
{
	struct rlimit now;
	getrlimit(RLIMIT_CORE, &now); // answers below prlimit64 as well
	now.rlim_cur = now.rlim_max = RLIM_INFINITY;
	return answer(setrlimit(RLIMIT_CORE, &now));
}

static int load_bpf(void)
{
	union bpf_attr map = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	return answer(syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map));
}

static int set_up_io_uring(void)
{
	struct io_uring_params parameters = {0};
	return answer(syscall(SYS_io_uring_setup, 1, &parameters));
}

static int count_events(void)
{
	uint64_t attributes[16] = {0};
	return answer(syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0));
}

static int change_personality(void)
{
	return answer(personality(READ_IMPLIES_EXEC));
}

static int share_memory(void)
{
	int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	return id < 0 ? errno : answer(shmctl(id, IPC_RMID, NULL));
}

static int call_by_another_door(void) // getpid of the 32-bit table
{
#if defined __x86_64__
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
	return result < 0 ? (int)-result : 0;
#else
	return answer(syscall(SYS_personality, 0xffffffff));
#endif
}

static int call_x32(void)
{
	return answer(syscall(0x40000000L | 39));
}

// ---- memory and time

static int map_executable(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return page == MAP_FAILED ? errno : 0;
}

static int make_executable(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return page == MAP_FAILED ? errno : answer(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}

static int map_too_much(void)
{
	void *memory = mmap(NULL, HOSTILE_MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	return memory == MAP_FAILED ? errno : 0;
}

static int allocate_too_much(void)
{
	free(carved_alloc(HOSTILE_MEMORY));
	return 0;
}

static int compute_too_long(void)
{
	struct timespec used;
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	while (used.tv_sec < 3);
	return 0;
}

static int compute_too_long_and_not_listen(void)
{
	signal(SIGXCPU, SIG_IGN);
	return compute_too_long();
}

const struct attempt hostile_attempts[] = {
	{"open an existing file", open_existing, {WORKS, REFUSED, TRESPASSED}},
	{"open it by openat2", open_by_number, {WORKS, REFUSED, TRESPASSED}},
	{"open a folder", open_folder, {WORKS, REFUSED, TRESPASSED}},
	{"list a folder", list_folder, {WORKS, REFUSED, TRESPASSED}}, {"create a file", create, {WORKS, REFUSED, TRESPASSED}},
	{"write to /proc/self/mem", open_own_memory, {WORKS, REFUSED, TRESPASSED}},
	{"stat /etc/passwd", look_at, {WORKS, WORKS, TRESPASSED}}, // what Landlock leaves open
	{"remove a file", remove_file, {WORKS, REFUSED, TRESPASSED}}, {"move a file", move_file, {WORKS, REFUSED, TRESPASSED}},
	{"make a symbolic link", link_file, {WORKS, REFUSED, TRESPASSED}},
	{"make a folder", make_folder, {WORKS, REFUSED, TRESPASSED}},
	{"memfd_create", make_file_in_memory, {WORKS, WORKS, TRESPASSED}},
	{"write to a file that is open", write_file, {WORKS, TOO_LARGE, TOO_LARGE}},
	{"hold 64 descriptors", collect_descriptors, {WORKS, TOO_MANY, TRESPASSED}},
	{"socket (inet)", make_socket, {WORKS, WORKS, TRESPASSED}},
	{"socket (unix)", make_unix_socket, {WORKS, WORKS, TRESPASSED}},
	{"socketpair", make_socket_pair, {WORKS, WORKS, TRESPASSED}},
	{"connect by TCP", connect_by_tcp, {WORKS, REFUSED_ON_NETWORKS, TRESPASSED}},
	{"connect to an abstract socket", connect_to_abstract_socket, {WORKS, REFUSED_ON_SCOPES, TRESPASSED}},
	{"execve", run_program, {WORKS, REFUSED, TRESPASSED}}, {"execveat", run_program_at, {WORKS, REFUSED, TRESPASSED}},
	{"fork", fork_child, {WORKS, WORKS, TRESPASSED}}, {"clone3", fork_by_clone3, {WORKS, WORKS, TRESPASSED}},
#ifdef SYS_vfork
	{"vfork", fork_by_vfork, {WORKS, WORKS, TRESPASSED}},
#endif
	{"start a thread", start_thread, {WORKS, WORKS, TRESPASSED}},
	{"signal its parent", signal_parent, {WORKS, REFUSED_ON_SCOPES, TRESPASSED}},
	{"signal a thread of its parent", signal_thread_of_parent, {WORKS, REFUSED_ON_SCOPES, TRESPASSED}},
	{"ptrace its parent", trace_parent, {ANYTHING, REFUSED, TRESPASSED}},
	{"read its parent's memory", read_parent, {ANYTHING, REFUSED, TRESPASSED}},
	{"pidfd_open of its parent", hold_parent, {WORKS, WORKS, TRESPASSED}},
	{"setuid", become_another, {ANYTHING, REFUSED, TRESPASSED}}, {"mount", mount_nothing, {ANYTHING, ANYTHING, TRESPASSED}},
	{"unshare its mounts", leave_namespace, {ANYTHING, REFUSED, TRESPASSED}},
	{"unshare its users", leave_user_namespace, {ANYTHING, ANYTHING, TRESPASSED}},
	{"raise a limit", raise_limit, {ANYTHING, REFUSED, TRESPASSED}}, {"bpf", load_bpf, {ANYTHING, ANYTHING, TRESPASSED}},
	{"io_uring_setup", set_up_io_uring, {ANYTHING, ANYTHING, TRESPASSED}},
	{"perf_event_open", count_events, {ANYTHING, ANYTHING, TRESPASSED}},
	{"personality", change_personality, {WORKS, WORKS, TRESPASSED}}, {"shmget", share_memory, {WORKS, ANYTHING, TRESPASSED}},
	{"a call by the 32-bit door", call_by_another_door, {ANYTHING, ANYTHING, TRESPASSED}},
	{"a call of the x32 table", call_x32, {ANYTHING, ANYTHING, TRESPASSED}},
	{"map executable memory", map_executable, {WORKS, WORKS, TRESPASSED}},
	{"make memory executable", make_executable, {WORKS, WORKS, TRESPASSED}},
	{"map more memory than allowed", map_too_much, {WORKS, NO_MEMORY, NO_MEMORY}},
	{"allocate more than allowed", allocate_too_much, {WORKS, ENDED_FOR_MEMORY, ENDED_FOR_MEMORY}},
	{"compute for 3 of 1 seconds", compute_too_long, {WORKS, OUT_OF_TIME, OUT_OF_TIME}},
	{"the same, deaf to SIGXCPU", compute_too_long_and_not_listen, {WORKS, KILLED, KILLED}},
	{"abort()", abort_itself, {ABORTED, ABORTED, ABORTED}}, // an honest crash is told apart from a trespass
};
const size_t hostile_attempt_count = sizeof hostile_attempts / sizeof *hostile_attempts;

void hostile_prepare(const struct attempt *attempt)
{
	if (attempt->attempt == write_file)
		dup2(open(hostile_aims.existing, O_WRONLY | O_CLOEXEC), STDERR_FILENO);
}
