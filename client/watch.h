// SPDX-License-Identifier: EUPL-1.2
// Waiting for a plan: asks the daemon now and then, shows how far it is, and turns Ctrl-C into "stop and keep the best".
#pragma once
#include "session.h"

// Waits until the plan ended, however it ended. Returns CARVE_YES then; any other outcome was told.
// The first SIGINT asks the daemon to cancel the plan; the second ends carve.
enum carve_exit carve_watch_plan(struct carve_session *session, const char *id);

// Whether a plan of this state will change no more.
bool carve_watch_has_ended(const char *state);
