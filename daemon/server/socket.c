// SPDX-License-Identifier: EUPL-1.2
#include "socket.h"
#include "carved/base/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static bool fail(struct carved_error *error, const char *path, const char *reason)
{
	carved_error_set(error, CARVED_LISTEN_FAILED);
	carved_error_add(error, "path", path);
	carved_error_add(error, "reason", reason);
	return false;
}

static bool take_lock(const char *path, int *ret_lock, struct carved_error *error)
{
	char name[sizeof(struct sockaddr_un) + 8];
	snprintf(name, sizeof name, "%s.lock", path);
	int lock = open(name, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock < 0)
		return fail(error, path, strerror(errno));
	if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		bool taken = errno == EWOULDBLOCK;
		fail(error, path, taken ? "another carved listens there" : strerror(errno));
		close(lock);
		return false;
	}
	*ret_lock = lock;
	return true;
}

// Whether someone accepts connections there. Something that is no socket counts as taken, too: it is not ours to remove.
static bool is_taken(const char *path, const struct stat *found, const char **ret_reason)
{
	*ret_reason = "the file is not a socket";
	if (!S_ISSOCK(found->st_mode))
		return true;
	*ret_reason = "somebody listens there";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, path);
	int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (probe < 0)
		return true;
	bool refused = connect(probe, (struct sockaddr *)&address, sizeof address) != 0 && errno == ECONNREFUSED;
	close(probe);
	return !refused;
}

static bool remove_stale(const char *path, struct carved_error *error)
{
	struct stat found;
	const char *reason;
	if (lstat(path, &found) != 0)
		return errno == ENOENT || fail(error, path, strerror(errno));
	if (is_taken(path, &found, &reason))
		return fail(error, path, reason);
	return unlink(path) == 0 || fail(error, path, strerror(errno));
}

// The file is born without any permission; group before mode, so that the mode never counts for a group that it is not meant for.
static bool bind_closed(uv_pipe_t *pipe, const char *path, mode_t mode, gid_t gid, struct carved_error *error)
{
	mode_t old = umask(0777);
	int status = uv_pipe_bind(pipe, path);
	umask(old);
	if (status != 0)
		return fail(error, path, uv_strerror(status));
	if (gid != (gid_t)-1 && lchown(path, (uid_t)-1, gid) != 0)
		return fail(error, path, strerror(errno));
	return chmod(path, mode) == 0 || fail(error, path, strerror(errno));
}

static bool take_inherited(
	struct carved_socket *socket, uv_pipe_t *pipe, const struct carved_http_place *place, struct carved_error *error)
{
	int status = uv_pipe_open(pipe, place->listener);
	if (status != 0)
		return fail(error, place->path, uv_strerror(status));
	*socket = (struct carved_socket){.lock = -1};
	return true;
}

bool carved_socket_open(
	struct carved_socket *socket, uv_pipe_t *pipe, const struct carved_http_place *place, struct carved_error *error)
{
	int lock;
	struct sockaddr_un address;
	if (place->listener >= 0)
		return take_inherited(socket, pipe, place, error);
	if (strlen(place->path) >= sizeof address.sun_path)
		return fail(error, place->path, "the path is longer than a socket's name may be");
	if (!take_lock(place->path, &lock, error))
		return false;
	if (!remove_stale(place->path, error) || !bind_closed(pipe, place->path, place->mode, place->gid, error)) {
		close(lock);
		return false;
	}
	*socket = (struct carved_socket){.path = carved_strdup(place->path), .lock = lock};
	return true;
}

void carved_socket_release(struct carved_socket *socket)
{
	free(socket->path);
	if (socket->lock >= 0)
		close(socket->lock);
}
