// SPDX-License-Identifier: EUPL-1.2
// Tells the service manager how carved fares (sd_notify(3)'s protocol: one datagram).
#pragma once

// Sends `state` ("READY=1") where NOTIFY_SOCKET is set; nothing otherwise.
void carved_notify(const char *state);
