// SPDX-License-Identifier: EUPL-1.2
// carved: reads its settings, starts the service, waits for a signal to stop it.
#include "arguments.h"
#include "notify.h"
#include "service/log.h"
#include "service/service.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum exit_status { EXIT_GOOD, EXIT_FAILED, EXIT_USAGE, EXIT_CONFIG };

struct daemon {
	uv_loop_t loop;
	uv_signal_t terminate, interrupt;
	struct carved_service *service;
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
	carved_log(CARVED_LOG_NOTICE, "stopping on signal %d", number);
	carved_notify("STOPPING=1");
	carved_service_stop(daemon->service);
}

static void on_ended(void *context, bool good)
{
	struct daemon *daemon = context;
	daemon->good = good;
	uv_close((uv_handle_t *)&daemon->terminate, NULL);
	uv_close((uv_handle_t *)&daemon->interrupt, NULL);
}

static void watch_signals(struct daemon *daemon)
{
	uv_signal_init(&daemon->loop, &daemon->terminate);
	uv_signal_init(&daemon->loop, &daemon->interrupt);
	daemon->terminate.data = daemon->interrupt.data = daemon;
	uv_signal_start(&daemon->terminate, on_signal, SIGTERM);
	uv_signal_start(&daemon->interrupt, on_signal, SIGINT);
}

static bool start(struct daemon *daemon, const struct carved_config *config)
{
	struct carved_error error;
	struct timespec began, now;
	clock_gettime(CLOCK_MONOTONIC, &began);
	if (!carved_service_start(&daemon->loop, config, on_ended, daemon, &daemon->service, &error)) {
		carved_log_failure(CARVED_LOG_ERROR, "start", &error);
		return false;
	}
	clock_gettime(CLOCK_MONOTONIC, &now);
	watch_signals(daemon);
	carved_log(CARVED_LOG_NOTICE,
		"carved %s listens on %s: %zu candidates, %zu sites, %zu coaches, %zu vocabularies in %ld ms", CARVED_VERSION,
		config->socket_path, carved_service_count(daemon->service, CARVED_KIND_CANDIDATE),
		carved_service_count(daemon->service, CARVED_KIND_SITE), carved_service_count(daemon->service, CARVED_KIND_COACH),
		carved_service_count(daemon->service, CARVED_KIND_VOCABULARY),
		(now.tv_sec - began.tv_sec) * 1000 + (now.tv_nsec - began.tv_nsec) / 1000000);
	carved_notify("READY=1");
	return true;
}

static enum exit_status run(const struct carved_config *config)
{
	struct daemon daemon = {0};
	signal(SIGPIPE, SIG_IGN);
	if (uv_loop_init(&daemon.loop) != 0)
		return EXIT_FAILED;
	start(&daemon, config);
	uv_run(&daemon.loop, UV_RUN_DEFAULT);
	if (uv_loop_close(&daemon.loop) != 0)
		carved_log(CARVED_LOG_WARNING, "something was left open");
	if (daemon.good)
		carved_log(CARVED_LOG_NOTICE, "stopped");
	return daemon.good ? EXIT_GOOD : EXIT_FAILED;
}

int main(int argc, char **argv)
{
	struct carved_arguments arguments;
	struct carved_config config;
	enum exit_status status = EXIT_GOOD;
	carved_arguments_parse(argc, argv, &arguments);
	carved_config_init(&config);
	if (!read_config(&arguments, &config))
		status = EXIT_CONFIG;
	else if (!arguments.check_config)
		status = run(&config);
	carved_config_deinit(&config);
	return (int)status;
}
