// SPDX-License-Identifier: EUPL-1.2
#include "sandbox.h"
#include <errno.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef CARVED_NO_SANDBOX
enum { IS_BUILT = false };
#else
enum { IS_BUILT = true };
#endif

// ---- limits

// For good: nothing raises the hard limit again.
static void limit_within(__rlimit_resource_t resource, uint64_t soft, uint64_t hard)
{
	struct rlimit now, lower = {soft, hard};
	if (getrlimit(resource, &now) != 0)
		abort(); // it always answers for a resource that exists
	if (now.rlim_max < lower.rlim_max)
		lower.rlim_max = now.rlim_max;
	if (lower.rlim_max < lower.rlim_cur)
		lower.rlim_cur = lower.rlim_max;
	if (setrlimit(resource, &lower) != 0)
		abort(); // lowering is always allowed
}

static void limit(__rlimit_resource_t resource, uint64_t most)
{
	limit_within(resource, most, most);
}

// Root's own rights over files, processes and the kernel; for anybody else there is nothing to lose.
static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
	if (syscall(SYS_capset, &header, none) != 0)
		abort(); // giving up is always allowed
}

uint32_t carved_sandbox_limit(const struct carved_sandbox_limits *limits)
{
	close_range(STDERR_FILENO + 1, ~0U,
		0); // what a careless parent left open; a kernel older than 5.9 has no such call, and carved is not careless
	umask(0777);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, CARVED_SANDBOX_OPEN_FILES);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		abort();
	if (!IS_BUILT)
		return CARVED_WALL_NOT_BUILT;
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) // no tracer, and /proc/PID is root's
		abort();
	drop_capabilities();
	limit(RLIMIT_AS, limits->memory_bytes);
	limit_within(
		RLIMIT_CPU, limits->processor_seconds, limits->processor_seconds + 1); // SIGXCPU says why, SIGKILL a second later
	limit(RLIMIT_MEMLOCK, 0);
	limit(RLIMIT_MSGQUEUE, 0);
	limit(RLIMIT_FSIZE, 0);   // standard error may be a file: what is said there is lost then,
	signal(SIGXFSZ, SIG_IGN); // and saying it is no reason to die
	return CARVED_WALL_LIMITS;
}

// ---- Landlock
//
// A rule set that handles rights and grants none of them: all are refused. The kernel's ABI says which rights it knows. The newer ones are written as numbers, since
// the headers of Debian 12 end at ABI 2.

struct ruleset {
	uint64_t files;   // ABI 1
	uint64_t network; // ABI 4
	uint64_t scopes;  // ABI 6
};

#define BITS(count) (((uint64_t)1 << (count)) - 1)

static struct ruleset ruleset_of(long abi)
{
	return (struct ruleset){
		.files = abi >= 5   ? BITS(16) // ... IOCTL_DEV
			 : abi >= 3 ? BITS(15) // ... TRUNCATE
			 : abi >= 2 ? BITS(14) // ... REFER (to link and move between folders)
				    : BITS(13),
		.network = abi >= 4 ? BITS(2) : 0, // BIND_TCP, CONNECT_TCP
		.scopes = abi >= 6 ? BITS(2) : 0,  // ABSTRACT_UNIX_SOCKET, SIGNAL
	};
}

uint32_t carved_sandbox_close_files(void)
{
	enum { ASK_VERSION = 1 };
	if (!IS_BUILT)
		return 0;
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
	if (abi < 1)
		return 0; // ENOSYS: not in this kernel; EOPNOTSUPP: switched off
	struct ruleset rules = ruleset_of(abi);
	int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
	if (set < 0)
		return 0;
	bool stands = syscall(SYS_landlock_restrict_self, set, 0) == 0;
	close(set);
	if (!stands)
		return 0;
	return CARVED_WALL_FILES | (rules.network ? CARVED_WALL_NETWORK : 0) | (rules.scopes ? CARVED_WALL_SCOPES : 0);
}

// ---- seccomp

// What computing, listening and ending take. Whatever is not here ends the process (SIGSYS), which the daemon tells apart from a crash.
static const int calls[] = {
	// the pipes, and the word that the listener waits for
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(close),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	// memory; mmap and mprotect see below
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(brk),
	SCMP_SYS(madvise),
	// threads: locks, and a listener's first calls, which it may not have come to yet
	SCMP_SYS(futex),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(gettid),
	// clocks, where the vDSO does not answer, and sleep
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_getres),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	// signals: abort() and its like; tgkill see below
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getpid),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(sysinfo), // glibc's qsort asks once how much memory there is
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

static bool allow_calls(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp not_executable = SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp itself = SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)getpid());
	bool good = true;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
	return good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, not_executable) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, not_executable) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, itself) == 0;
}

uint32_t carved_sandbox_close_calls(void)
{
	if (!IS_BUILT)
		return 0;
	limit(RLIMIT_NPROC, 0); // seccomp's wall once more, where the user is not root
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool stands = filter && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
		      seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && allow_calls(filter) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return stands ? CARVED_WALL_CALLS : 0;
}
