// SPDX-License-Identifier: EUPL-1.2
#include "carved/base/json.h"
#include "plan_run.h"
#include "state.h"

struct carved_answer_owed carved_health_get(struct carved_call *call)
{
	static const char *const names[CARVED_KINDS] = {"candidates", "sites", "coaches", "vocabularies"};
	const struct carved_service *service = call->service;
	struct carved_buffer body = CARVED_BUFFER_INIT;
	struct carved_json_writer writer = CARVED_JSON_WRITER(&body);
	unsigned running = carved_plan_runs_solving(service), queued = carved_plan_runs_queued(service);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "status", service->store_failed ? "failing" : "ok");
	carved_json_add_text(&writer, "version", CARVED_VERSION);
	carved_json_begin_object(&writer, "documents");
	for (size_t kind = 0; kind < CARVED_KINDS; kind++)
		carved_json_add_integer(&writer, names[kind], (int64_t)service->region->count[kind]);
	carved_json_end_object(&writer);
	carved_json_begin_object(&writer, "plans");
	carved_json_add_integer(&writer, "running", running);
	carved_json_add_integer(&writer, "queued", queued);
	carved_json_add_integer(&writer, "preparing", service->run_count - running - queued);
	carved_json_end_object(&writer);
	carved_json_add_text(&writer, "store", service->store_failed ? "failed" : "ok");
	carved_json_end_object(&writer);
	const struct carved_http_header retry = {"Retry-After", "1"}; // the service manager starts carved anew
	return carved_reply_json(call, service->store_failed ? 503 : 200, &retry, service->store_failed, &body);
}
