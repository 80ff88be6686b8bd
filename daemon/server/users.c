// SPDX-License-Identifier: EUPL-1.2
#include "users.h"
#include "carved/base/arena.h"
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>

static char *look_up(uid_t uid)
{
	char room[4096], number[24];
	struct passwd entry, *found = NULL;
	snprintf(number, sizeof number, "%lu", (unsigned long)uid);
	if (getpwuid_r(uid, &entry, room, sizeof room, &found) == 0 && found)
		return carved_strdup(found->pw_name);
	return carved_strdup(number);
}

struct carved_user *carved_users_find(struct carved_users *users, uid_t uid)
{
	for (size_t i = 0; i < users->count; i++) {
		if (users->items[i]->uid == uid)
			return users->items[i];
	}
	if (users->count == users->capacity) {
		users->capacity = users->capacity ? 2 * users->capacity : 8;
		users->items = carved_realloc_array(users->items, users->capacity, sizeof *users->items);
	}
	struct carved_user *user = carved_alloc_array(1, sizeof *user);
	*user = (struct carved_user){.uid = uid, .name = look_up(uid)};
	users->items[users->count++] = user;
	return user;
}

void carved_users_deinit(struct carved_users *users)
{
	for (size_t i = 0; i < users->count; i++) {
		free(users->items[i]->name);
		free(users->items[i]);
	}
	free(users->items);
}
