// SPDX-License-Identifier: EUPL-1.2
// poor-kernel landlock|seccomp COMMAND...: runs a program as on a kernel that does not have the one or the other.
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int take_away(scmp_filter_ctx filter, const char *what)
{
	const struct scmp_arg_cmp of_filters = SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP);
	if (strcmp(what, "landlock") == 0)
		return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
	if (strcmp(what, "seccomp") == 0)
		return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0) |
		       seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, of_filters);
	return -1;
}

int main(int count, char **arguments)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (count < 3 || !filter || take_away(filter, arguments[1]) != 0 || seccomp_load(filter) != 0) {
		fputs("poor-kernel landlock|seccomp COMMAND...\n", stderr);
		return 2;
	}
	seccomp_release(filter);
	execv(arguments[2], arguments + 2);
	perror(arguments[2]);
	return 127;
}
