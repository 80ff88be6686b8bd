// SPDX-License-Identifier: EUPL-1.2
// From the folders on the way to the socket itself: the first thing that stops this user, in words that lead out of it.
#include "carved/base/arena.h"
#include "doctor.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MAX_BYTES 64
#define GROUPS_MAX 1024

static void name_group(gid_t gid, char ret_name[NAME_MAX_BYTES])
{
	const struct group *group = getgrgid(gid);
	if (group)
		snprintf(ret_name, NAME_MAX_BYTES, "%s", group->gr_name);
	else
		snprintf(ret_name, NAME_MAX_BYTES, "%u", gid);
}

static void name_user(char ret_name[NAME_MAX_BYTES])
{
	const struct passwd *user = getpwuid(geteuid());
	if (user)
		snprintf(ret_name, NAME_MAX_BYTES, "%s", user->pw_name);
	else
		snprintf(ret_name, NAME_MAX_BYTES, "%u", geteuid());
}

// Whether the group file has the user in the group, whatever this session has.
static bool is_member(const char *user, gid_t group)
{
	const struct passwd *entry = getpwnam(user);
	gid_t groups[GROUPS_MAX];
	int count = GROUPS_MAX;
	if (!entry || getgrouplist(user, entry->pw_gid, groups, &count) < 0)
		return false;
	for (int i = 0; i < count; i++) {
		if (groups[i] == group)
			return true;
	}
	return false;
}

// The first folder on the way to `path` that this user may not enter; the caller frees it. NULL where there is none.
static char *find_closed_folder(const char *path, struct stat *ret_folder)
{
	char *way = carved_strdup(path);
	for (char *slash = way; (slash = strchr(slash, '/')); slash++) {
		char kept = slash[1];
		slash[1] = '\0';
		bool closed = faccessat(AT_FDCWD, way, X_OK, AT_EACCESS) != 0 && errno == EACCES && stat(way, ret_folder) == 0;
		if (closed && slash > way)
			*slash = '\0';
		if (closed)
			return way;
		slash[1] = kept;
	}
	free(way);
	return NULL;
}

static void add_user_and_group(struct carved_error *error, gid_t gid)
{
	char user[NAME_MAX_BYTES], group[NAME_MAX_BYTES];
	name_user(user);
	name_group(gid, group);
	carved_error_add(error, "group", group);
	carved_error_add(error, "user", user);
}

static void check_permission(const char *socket, const struct stat *file, struct carved_error *ret_finding)
{
	char user[NAME_MAX_BYTES];
	name_user(user);
	enum carved_code code = CARVED_DOCTOR_GROUP_NEEDED;
	if (!(file->st_mode & S_IWGRP))
		code = CARVED_DOCTOR_SOCKET_CLOSED;
	else if (is_member(user, file->st_gid))
		code = CARVED_DOCTOR_GROUP_NOT_YET;
	carved_fail(ret_finding, code, "socket", socket);
	add_user_and_group(ret_finding, file->st_gid);
}

void carve_doctor_check_socket(const char *socket, struct carve_check *ret_check)
{
	struct stat file, folder;
	char *closed = find_closed_folder(socket, &folder);
	*ret_check = (struct carve_check){.name = "socket", .verdict = CARVE_CHECK_WRONG};
	if (closed) {
		carved_fail(&ret_check->finding, CARVED_DOCTOR_FOLDER_CLOSED, "folder", closed);
		add_user_and_group(&ret_check->finding, folder.st_gid);
	} else if (stat(socket, &file) != 0) {
		carved_fail(&ret_check->finding, CARVED_DOCTOR_SOCKET_ABSENT, "socket", socket);
	} else if (!S_ISSOCK(file.st_mode)) {
		carved_fail(&ret_check->finding, CARVED_DOCTOR_SOCKET_FILE, "socket", socket);
	} else if (faccessat(AT_FDCWD, socket, W_OK, AT_EACCESS) != 0) {
		check_permission(socket, &file, &ret_check->finding);
	} else {
		carved_fail(&ret_check->finding, CARVED_DOCTOR_SOCKET_GOOD, "socket", socket);
		ret_check->verdict = CARVE_CHECK_OK;
	}
	free(closed);
}
