// SPDX-License-Identifier: EUPL-1.2
#include "manager.h"
#include <stdlib.h>
#include <systemd/sd-daemon.h>

// What sd_notify returns is nobody's business here: there is nobody else to tell.

bool carved_manager_is_there(void)
{
	return getenv("NOTIFY_SOCKET") != NULL;
}

void carved_manager_tell_ready(const char *status)
{
	sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void carved_manager_tell_stopping(const char *status)
{
	sd_notifyf(0, "STOPPING=1\nSTATUS=%s", status);
}

void carved_manager_tell_status(const char *status)
{
	sd_notifyf(0, "STATUS=%s", status);
}

uint64_t carved_manager_watchdog_ms(void)
{
	uint64_t microseconds;
	return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds / 1000 : 0;
}

void carved_manager_tell_alive(void)
{
	sd_notify(0, "WATCHDOG=1");
}

void carved_manager_ask_restart(void)
{
	sd_notify(0, "WATCHDOG=trigger");
}
