// SPDX-License-Identifier: EUPL-1.2
// What a connection counts for: whether there is room for it, and what it holds in its user's name.
#pragma once
#include "connection.h"

// Finds whose the connection is, decides whether it is let in, and counts it. One that is dropped, or came to nothing, is broken afterwards.
void carved_account_open(struct carved_connection *connection);

// Brings the user's account up to date with the body that the connection holds. Returns whether it is within the limit.
bool carved_account_count_body(struct carved_connection *connection);

// Gives back all that the connection counted for. Requires an open account; the last call for it.
void carved_account_close(struct carved_connection *connection);
