// SPDX-License-Identifier: EUPL-1.2
#include "turns.h"
#include "carved/base/arena.h"
#include <stdlib.h>

struct carved_share {
	struct carved_share *next;
	uid_t user;
	size_t admitted, held; // held: all that are not done
	struct carved_errand_queue waiting;
};

static struct carved_share **find(const struct carved_turns *turns, uid_t user)
{
	struct carved_share **link = (struct carved_share **)&turns->next;
	while (*link && (*link)->user != user)
		link = &(*link)->next;
	return link;
}

size_t carved_turns_count(const struct carved_turns *turns, uid_t user)
{
	const struct carved_share *share = *find(turns, user);
	return share ? share->admitted : 0;
}

void carved_turns_push(struct carved_turns *turns, struct carved_errand *errand, bool admitted)
{
	struct carved_share **link = find(turns, errand->user);
	if (!*link) {
		*link = carved_alloc_array(1, sizeof **link);
		(*link)->user = errand->user;
	}
	errand->admitted = admitted;
	(*link)->admitted += admitted;
	(*link)->held++;
	carved_errand_push(&(*link)->waiting, errand);
}

struct carved_errand *carved_turns_pop(struct carved_turns *turns)
{
	struct carved_share **link = &turns->next;
	while (*link && !(*link)->waiting.first)
		link = &(*link)->next;
	struct carved_share *share = *link;
	if (!share)
		return NULL;
	*link = share->next; // to the end: everybody else comes first now
	share->next = NULL;
	while (*link)
		link = &(*link)->next;
	*link = share;
	return carved_errand_pop(&share->waiting);
}

void carved_turns_done(struct carved_turns *turns, const struct carved_errand *errand)
{
	struct carved_share **link = find(turns, errand->user), *share = *link;
	share->admitted -= errand->admitted;
	if (--share->held > 0)
		return;
	*link = share->next;
	free(share);
}
