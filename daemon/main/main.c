// SPDX-License-Identifier: EUPL-1.2
// carved: reads its settings, starts the service, waits for a signal to stop it.
#include "arguments.h"
#include "files.h"
#include "service/service.h"
#include "system/inherited.h"
#include "system/log.h"
#include "system/manager.h"
#include "system/watchdog.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum exit_status { EXIT_GOOD, EXIT_FAILED, EXIT_USAGE, EXIT_CONFIG };
enum { SIGNALS = 3 };

struct daemon {
	uv_loop_t loop;
	uv_signal_t signals[SIGNALS];
	struct carved_service *service;
	struct carved_watchdog *watchdog; // NULL: no service manager
	bool good;
};

// Findings go to people, in their language, one line each.
static void print_findings(const char *file, const struct carved_findings *findings)
{
	enum carved_language language = carved_language_from_locale(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"));
	for (size_t i = 0; i < findings->count; i++) {
		const struct carved_finding *finding = &findings->items[i];
		struct carved_buffer text = CARVED_BUFFER_INIT;
		carved_text_error(language, &finding->error, &text);
		carved_buffer_add_text(&text, "\n    ");
		if (!carved_text_hint(language, &finding->error, &text))
			text.data[text.length -= 5] = '\0';
		if (finding->line > 0)
			fprintf(stderr, "%s:%u:%u: %s\n", file, finding->line, finding->column, text.data);
		else
			fprintf(stderr, "%s\n", text.data);
		carved_buffer_deinit(&text);
	}
}

static bool read_config(const struct carved_arguments *arguments, struct carved_config *config)
{
	struct carved_findings findings = {0};
	bool good = !arguments->config || carved_config_load(config, arguments->config, &findings);
	if (!good)
		print_findings(arguments->config, &findings);
	carved_findings_deinit(&findings);
	if (arguments->socket)
		config->socket_path = arguments->socket;
	if (arguments->store)
		config->store_path = arguments->store;
	if (arguments->solver)
		config->solver = arguments->solver;
	return good;
}

static void on_signal(uv_signal_t *signal, int number)
{
	struct daemon *daemon = signal->data;
	if (number == SIGHUP && carved_manager_is_there()) { // elsewhere the terminal has gone, and whoever started us with it
		carved_log_about(CARVED_LOG_NOTICE, &(struct carved_log_about){.event = CARVED_EVENT_HANGUP},
			"settings are read at the start only: restart carved to have them read (clients wait meanwhile)");
		return;
	}
	carved_log_about(CARVED_LOG_NOTICE, &(struct carved_log_about){.event = CARVED_EVENT_STOPPING},
		"stopping on signal %d (%s)", number, sigdescr_np(number));
	carved_manager_tell_stopping("letting owed answers out; plans keep their best");
	carved_service_stop(daemon->service);
}

static void on_ended(void *context, bool good)
{
	struct daemon *daemon = context;
	daemon->good = good;
	carved_watchdog_stop(daemon->watchdog);
	for (size_t i = 0; i < SIGNALS; i++)
		uv_close((uv_handle_t *)&daemon->signals[i], NULL);
}

static const int signal_numbers[SIGNALS] = {SIGTERM, SIGINT, SIGHUP};

// They are the loop's thread's: those that the service starts meanwhile inherit the mask, and no signal goes their way.
static void hold_signals(int how)
{
	sigset_t held;
	sigemptyset(&held);
	for (size_t i = 0; i < SIGNALS; i++)
		sigaddset(&held, signal_numbers[i]);
	pthread_sigmask(how, &held, NULL);
}

static void watch_signals(struct daemon *daemon)
{
	for (size_t i = 0; i < SIGNALS; i++) {
		uv_signal_init(&daemon->loop, &daemon->signals[i]);
		daemon->signals[i].data = daemon;
		uv_signal_start(&daemon->signals[i], on_signal, signal_numbers[i]);
	}
}

static uint64_t still_ms(void *context, const char **ret_part)
{
	struct daemon *daemon = context;
	return carved_service_still_ms(daemon->service, ret_part);
}

static void describe(void *context, struct carved_buffer *status)
{
	struct daemon *daemon = context;
	carved_service_describe(daemon->service, status);
}

static void tell_started(struct daemon *daemon, const struct carved_config *config, int listener, uint64_t milliseconds)
{
	struct carved_buffer status = CARVED_BUFFER_INIT;
	carved_service_describe(daemon->service, &status);
	carved_log_about(CARVED_LOG_NOTICE, &(struct carved_log_about){.event = CARVED_EVENT_STARTED},
		"carved %s listens on %s: %s; loaded in %llu ms", CARVED_VERSION,
		listener >= 0 ? "the service manager's socket" : config->socket_path, status.data,
		(unsigned long long)milliseconds);
	carved_manager_tell_ready(status.data);
	carved_buffer_deinit(&status);
}

static bool start(struct daemon *daemon, const struct carved_config *config)
{
	const struct carved_watched watched = {.still_ms = still_ms, .describe = describe, .context = daemon};
	struct carved_error error;
	uint64_t began = uv_hrtime();
	int listener;
	if (!carved_inherited_listener(&listener, &error) ||
		!carved_service_start(&daemon->loop, config, listener, on_ended, daemon, &daemon->service, &error)) {
		carved_log_failure_about(
			CARVED_LOG_ERROR, &(struct carved_log_about){.event = CARVED_EVENT_START_FAILED}, "start", &error);
		return false;
	}
	watch_signals(daemon);
	daemon->watchdog = carved_watchdog_start(&daemon->loop, &watched);
	tell_started(daemon, config, listener, (uv_hrtime() - began) / 1000000);
	return true;
}

static enum exit_status run(const struct carved_config *config)
{
	struct daemon daemon = {0};
	signal(SIGPIPE, SIG_IGN);
	if (uv_loop_init(&daemon.loop) != 0)
		return EXIT_FAILED;
	hold_signals(SIG_BLOCK);
	start(&daemon, config);
	uv_run(&daemon.loop, UV_RUN_NOWAIT); // no signal amid the first turn: the thread sanitizer would lose it
	hold_signals(SIG_UNBLOCK);
	uv_run(&daemon.loop, UV_RUN_DEFAULT);
	if (uv_loop_close(&daemon.loop) != 0)
		carved_log_about(CARVED_LOG_WARNING, &(struct carved_log_about){.event = CARVED_EVENT_LEFT_OPEN},
			"something was left open");
	if (daemon.good)
		carved_log_about(CARVED_LOG_NOTICE, &(struct carved_log_about){.event = CARVED_EVENT_STOPPED}, "stopped");
	return daemon.good ? EXIT_GOOD : EXIT_FAILED;
}

// It holds personal data: no core file, and (but for sanitizers, which look into themselves that way) no tracer and no look into its /proc without root's help.
static void give_up_rights(void)
{
	const struct rlimit no_core = {0, 0};
	bool good = setrlimit(RLIMIT_CORE, &no_core) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#ifndef CARVED_NO_SANDBOX
	good = good && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
#endif
	if (!good)
		abort(); // giving up is always allowed
}

int main(int argc, char **argv)
{
	struct carved_arguments arguments;
	struct carved_config config;
	enum exit_status status = EXIT_GOOD;
	carved_arguments_parse(argc, argv, &arguments);
	give_up_rights();
	carved_log_init();
	carved_config_init(&config);
	if (!read_config(&arguments, &config))
		status = EXIT_CONFIG;
	else if (!arguments.check_config) {
		carved_files_make_room(&config.http, config.workers);
		status = run(&config);
	}
	carved_config_deinit(&config);
	return (int)status;
}
