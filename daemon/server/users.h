// SPDX-License-Identifier: EUPL-1.2
// Who is connected: names by user id, looked up once, and how many connections each has.
#pragma once
#include <stddef.h>
#include <sys/types.h>

struct carved_user {
	uid_t uid;
	char *name;                 // or the number as text; owned
	unsigned connections, told; // let in; being told that there are too many
	size_t body_bytes;          // that its connections hold
};

struct carved_users {
	struct carved_user **items; // users stay where they are
	size_t count, capacity;
};

// The entry of a user, made when there is none. Lives as long as `users`.
struct carved_user *carved_users_find(struct carved_users *users, uid_t uid);
void carved_users_deinit(struct carved_users *users);
