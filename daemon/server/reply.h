// SPDX-License-Identifier: EUPL-1.2
// What a connection answers: the handler's reply (carved_http_reply), or a refusal, which is the server's own answer to a request that does not reach the
// handler. A refusal is on its way when its function returns, and is the connection's last answer.
#pragma once
#include "connection.h"

// `error` is rendered by the handler's `refuse`, in the language that the client asked for as far as it was read.
void carved_reply_refuse(struct carved_connection *connection, int status, const struct carved_error *error);

void carved_reply_refuse_entry(struct carved_connection *connection); // it is one too many of its user, or of all
void carved_reply_refuse_bodies(struct carved_connection *connection);
void carved_reply_refuse_slow(struct carved_connection *connection, unsigned seconds); // that it had
void carved_reply_refuse_cut_off(struct carved_connection *connection);
void carved_reply_refuse_stopping(struct carved_connection *connection);
