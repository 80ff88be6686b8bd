// SPDX-License-Identifier: EUPL-1.2
// Tells the service manager how carved fares (sd_notify(3)). Where none asked to be told (NOTIFY_SOCKET), nothing happens.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Whether somebody listens.
bool carved_manager_is_there(void);

// Each with the status that `systemctl status` shows; one line.
void carved_manager_tell_ready(const char *status);
void carved_manager_tell_stopping(const char *status);
void carved_manager_tell_status(const char *status);

// How long the manager waits for a sign of life before it starts carved anew, in milliseconds; 0: it does not watch.
uint64_t carved_manager_watchdog_ms(void);
void carved_manager_tell_alive(void);
// Asks for what the manager does when the signs of life stay out, now.
void carved_manager_ask_restart(void);
