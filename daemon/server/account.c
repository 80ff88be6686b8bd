// SPDX-License-Identifier: EUPL-1.2
#include "account.h"
#include <sys/socket.h>

#define TOLD_PER_USER 16 // of those beyond a limit, at a time; the others are closed without a word
#define TOLD 64

static struct carved_user *peer_of(struct carved_connection *c)
{
	struct ucred peer = {.uid = (uid_t)-1};
	socklen_t size = sizeof peer;
	int fd;
	if (uv_fileno((uv_handle_t *)&c->pipe, &fd) == 0)
		getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
	return carved_users_find(&c->server->users, peer.uid);
}

static enum carved_entry decide_entry(const struct carved_connection *c)
{
	const struct carved_http_server *server = c->server;
	if (c->broken)
		return CARVED_DROPPED;
	if (server->let_in < server->limits.connections && c->user->connections < server->limits.connections_per_user)
		return CARVED_LET_IN;
	return server->told < TOLD && c->user->told < TOLD_PER_USER ? CARVED_TOLD : CARVED_DROPPED;
}

void carved_account_open(struct carved_connection *c)
{
	struct carved_http_figures *figures = &c->server->figures;
	c->user = peer_of(c);
	c->entry = decide_entry(c);
	figures->accepted++;
	switch (c->entry) {
	case CARVED_LET_IN:
		c->server->let_in++;
		c->user->connections++;
		break;
	case CARVED_TOLD:
		c->server->told++;
		c->user->told++;
		figures->over_user_limit += c->user->connections >= c->server->limits.connections_per_user;
		figures->over_limit += c->user->connections < c->server->limits.connections_per_user;
		break;
	case CARVED_DROPPED:
		c->broken = true;
		figures->dropped++;
		break;
	}
}

bool carved_account_count_body(struct carved_connection *c)
{
	size_t holds = c->exchange ? c->exchange->body.length : 0;
	c->user->body_bytes += holds - c->body_counted;
	c->body_counted = holds;
	return c->user->body_bytes <= c->server->limits.user_body_bytes;
}

void carved_account_close(struct carved_connection *c)
{
	c->user->body_bytes -= c->body_counted;
	if (c->entry == CARVED_LET_IN)
		c->server->let_in--, c->user->connections--;
	else if (c->entry == CARVED_TOLD)
		c->server->told--, c->user->told--;
}
