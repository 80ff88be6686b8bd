// SPDX-License-Identifier: EUPL-1.2
// What a plan's events say.
//
// Progress costs the writer a commit, which others wait for. So of each plan one is kept in a while (events.progress-seconds), only where it says something new, one at a time, and only while
// nobody waits for the writer: what is passed over then is told by the next one, and by the plan's end.
#include "carved/base/json.h"
#include "events.h"
#include "plan_run.h"
#include <stdlib.h>
#include <string.h>

void carved_plan_tell_start(const struct carved_plan_run *run, struct carved_buffer *json)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(json);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_date(&writer, "date", run->head.date);
	carved_json_add_bool(&writer, "simulated", run->head.simulated);
	carved_json_add_text(&writer, "createdBy", run->head.created_by);
	carved_json_add_integer(&writer, "candidates", (int64_t)run->head.candidates);
	carved_json_end_object(&writer);
}

static void add_figures(const struct carved_buffer *summary, struct carved_json_writer *writer)
{
	static const char *const names[] = {"value", "bound", "placed"};
	struct carved_arena arena = CARVED_ARENA_INIT;
	const struct carved_node *plan = NULL;
	struct carved_error error;
	uint32_t line, column;
	if (summary->length > 0 && carved_json_parse(summary->data, summary->length, &arena, &plan, &error, &line, &column)) {
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			const struct carved_node *figure = carved_node_get(plan, names[i]);
			if (figure)
				carved_json_add_node(writer, names[i], figure);
		}
	}
	carved_arena_deinit(&arena);
}

void carved_plan_tell_end(const struct carved_plan_run *run, enum carved_store_plan_state state, struct carved_buffer *json)
{
	struct carved_json_writer writer = CARVED_JSON_WRITER(json);
	carved_json_begin_object(&writer, NULL);
	carved_json_add_text(&writer, "state", carved_store_plan_state_names[state]);
	carved_json_add_bool(&writer, "simulated", run->head.simulated);
	if (state == CARVED_STORE_PLAN_FAILED) {
		carved_json_add_text(&writer, "failure", carved_code_name(run->failure.code));
	} else {
		carved_json_add_integer(&writer, "proposals", (int64_t)run->texts.count);
		add_figures(&run->texts.summary, &writer);
	}
	carved_json_end_object(&writer);
}

struct note { // progress on its way to the store
	struct carved_errand errand;
	struct carved_plan_run *run; // there until its own end is stored, which comes behind this in the writer's queue
	struct carved_store_event event;
	struct carved_buffer json;
	struct carved_error error;
};

static void run_note(struct carved_errand *errand)
{
	struct note *note = carved_container_of(errand, struct note, errand);
	carved_store_event_record(note->run->service->store, &note->event, &note->error);
}

static void done_note(struct carved_errand *errand)
{
	struct note *note = carved_container_of(errand, struct note, errand);
	note->run->tells_progress = false;
	carved_service_note_failure(note->run->service, &note->error);
	carved_buffer_deinit(&note->json);
	free(note);
}

static bool is_due(const struct carved_plan_run *run)
{
	const struct carved_wire_progress *now = &run->progress, *told = &run->progress_told;
	uint64_t pause_ns = (uint64_t)run->service->config->event_progress_seconds * 1000000000;
	bool news =
		run->progress_told_at == 0 || now->phase != told->phase || now->value != told->value || now->bound != told->bound;
	struct carved_queue_figures writer;
	if (pause_ns == 0 || run->tells_progress || !news ||
		(run->progress_told_at > 0 && uv_hrtime() - run->progress_told_at < pause_ns))
		return false;
	carved_lane_get_figures(run->service->writer, &writer);
	return writer.waiting == 0;
}

void carved_plan_tell_progress(struct carved_plan_run *run)
{
	if (!is_due(run))
		return;
	struct note *note = carved_alloc_array(1, sizeof *note);
	struct carved_json_writer writer = CARVED_JSON_WRITER(&note->json);
	carved_plan_write_progress(&writer, NULL, &run->progress);
	*note = (struct note){.run = run,
		.json = note->json,
		.errand = {.run = run_note, .done = done_note, .user = run->uid},
		.event = {.at = carved_service_now(), .kind = CARVED_STORE_EVENT_PLAN_PROGRESS}};
	memcpy(note->event.plan, run->head.id, sizeof note->event.plan);
	note->event.json = note->json.data;
	note->event.json_length = note->json.length;
	run->tells_progress = true;
	run->progress_told = run->progress;
	run->progress_told_at = uv_hrtime();
	carved_lane_add_always(run->service->writer, &note->errand);
}
