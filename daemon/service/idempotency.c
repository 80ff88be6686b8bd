// SPDX-License-Identifier: EUPL-1.2
//   handler      reads the key; claimed already: 409
//   HASHING      work thread: the fingerprint of the request
//   LOOKING      reader's thread: what was kept for the key
//   then         replay, 422, or on with the request; the key stays claimed until it is answered
#include "idempotency.h"
#include "admit.h"
#include "fingerprint.h"
#include "plans.h"
#include "state.h"
#include <stdlib.h>
#include <string.h>

#define HOUR_MS INT64_C(3600000)

struct carved_claim {                      // in the call's arena
	struct carved_claim *next, **link; // the service's list
	uid_t uid;
	const char *key;
	char fingerprint[CARVED_FINGERPRINT_TEXT_MAX];
};

struct look {
	struct carved_errand errand;
	struct carved_service *service;
	struct carved_call *call;
	carved_idempotency_fn go_on;
	struct carved_store_answer answer;
	struct carved_error error; // code 0: none
};

static const char *parse_quoted(const char *header, struct carved_arena *arena)
{
	char *key = carved_arena_strdup(arena, header);
	size_t length = 0;
	for (header++; *header && *header != '"'; header++) {
		if (*header == '\\' && header[1] != '"' && header[1] != '\\')
			return NULL;
		header += *header == '\\';
		key[length++] = *header;
	}
	key[length] = '\0';
	return header[0] == '"' && header[1] == '\0' ? key : NULL;
}

const char *carved_idempotency_parse(const char *header, struct carved_arena *arena)
{
	const char *key = *header == '"' ? parse_quoted(header, arena) : header[strcspn(header, " \",;\\")] ? NULL : header;
	if (!key || !*key || strlen(key) > CARVED_IDEMPOTENCY_KEY_MAX)
		return NULL;
	for (const char *p = key; *p; p++) {
		if (*p < ' ' || *p > '~')
			return NULL;
	}
	return key;
}

static int64_t oldest(const struct carved_service *service)
{
	return carved_service_now() - service->config->idempotency_hours * HOUR_MS;
}

bool carved_idempotency_forget(struct carved_service *service, struct carved_error *error)
{
	return carved_store_answers_forget(service->store, oldest(service), error);
}

static bool is_claimed(const struct carved_service *service, uid_t uid, const char *key)
{
	const struct carved_claim *claim = service->claims;
	while (claim && (claim->uid != uid || strcmp(claim->key, key) != 0))
		claim = claim->next;
	return claim != NULL;
}

static void claim_key(struct carved_call *call, const char *key)
{
	struct carved_service *service = call->service;
	struct carved_claim *claim = carved_arena_alloc(call->arena, sizeof *claim);
	*claim = (struct carved_claim){.next = service->claims, .link = &service->claims, .uid = call->request->uid, .key = key};
	if (claim->next)
		claim->next->link = &claim->next;
	service->claims = claim;
	call->claim = claim;
}

void carved_idempotency_end(struct carved_call *call)
{
	struct carved_claim *claim = call->claim;
	if (!claim)
		return;
	*claim->link = claim->next;
	if (claim->next)
		claim->next->link = claim->link;
	call->claim = NULL;
}

bool carved_idempotency_keep(const struct carved_call *call, struct carved_store_keep *ret_keep)
{
	const struct carved_claim *claim = call->claim;
	if (!claim)
		return false;
	*ret_keep = (struct carved_store_keep){.uid = claim->uid,
		.key = claim->key,
		.fingerprint = claim->fingerprint,
		.when = carved_service_now(),
		.forget_before = oldest(call->service)};
	return true;
}

// ---- answers

static struct carved_answer_owed reply_invalid(struct carved_call *call, const char *header)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_HEADER_INVALID);
	carved_error_add(&error, "header", "Idempotency-Key");
	carved_error_add(&error, "value", header);
	carved_error_add(&error, "allowed", carved_arena_printf(call->arena, "\"…\", 1..%d", CARVED_IDEMPOTENCY_KEY_MAX));
	return carved_reply_problem(call, 400, &error);
}

static struct carved_answer_owed reply_under_way(struct carved_call *call, const char *key)
{
	struct carved_error error;
	const struct carved_http_header retry = {"Retry-After", "1"};
	carved_fail(&error, CARVED_IDEMPOTENCY_KEY_BUSY, "key", key);
	return carved_reply_problem_with(call, 409, &error, &retry, 1, NULL, NULL);
}

static void reply_reused(struct carved_call *call)
{
	struct carved_error error;
	carved_fail(&error, CARVED_IDEMPOTENCY_KEY_REUSED, "key", call->claim->key);
	carved_reply_problem(call, 422, &error);
}

static void replay(struct carved_call *call, const struct carved_store_answer *answer)
{
	struct carved_buffer body = CARVED_BUFFER_INIT;
	call->replayed = true;
	if (!answer->body) {
		carved_plans_replay(call, answer->plan);
		return;
	}
	carved_buffer_add(&body, answer->body, answer->body_length);
	carved_reply_json(call, answer->status, NULL, 0, &body);
}

// ---- LOOKING

static void run_look(struct carved_errand *errand)
{
	struct look *look = carved_container_of(errand, struct look, errand);
	struct carved_call *call = look->call;
	carved_store_answer_get(look->service->read_store, call->claim->uid, call->claim->key, oldest(look->service), call->arena,
		&look->answer, &look->error);
}

static void done_look(struct carved_errand *errand)
{
	struct look *look = carved_container_of(errand, struct look, errand);
	struct carved_service *service = look->service;
	struct carved_call *call = look->call;
	if (look->error.code != CARVED_OK) {
		carved_reply_failure(call, &look->error);
	} else if (carved_service_is_stopping(service)) {
		struct carved_error error;
		carved_error_set(&error, CARVED_STOPPING);
		carved_reply_failure(call, &error);
	} else if (!look->answer.fingerprint) {
		look->go_on(call);
	} else if (strcmp(look->answer.fingerprint, call->claim->fingerprint) != 0) {
		reply_reused(call);
	} else {
		replay(call, &look->answer);
	}
	free(look);
	service->write_count--;
	carved_service_tick(service);
}

// ---- HASHING

static void run_hash(struct carved_errand *errand)
{
	struct look *look = carved_container_of(errand, struct look, errand);
	const struct carved_http_request *request = look->call->request;
	struct carved_fingerprint fingerprint = CARVED_FINGERPRINT_INIT;
	carved_fingerprint_add(&fingerprint, request->method, strlen(request->method) + 1);
	carved_fingerprint_add(&fingerprint, request->path, strlen(request->path) + 1);
	carved_fingerprint_add(&fingerprint, request->query, strlen(request->query) + 1);
	carved_fingerprint_add(&fingerprint, request->body, request->body_length);
	carved_fingerprint_format(&fingerprint, look->call->claim->fingerprint);
}

static void done_hash(struct carved_errand *errand)
{
	struct look *look = carved_container_of(errand, struct look, errand);
	look->errand = (struct carved_errand){.run = run_look, .done = done_look, .user = look->call->request->uid};
	carved_lane_add_always(look->service->reader, &look->errand); // it was admitted already
}

struct carved_answer_owed carved_idempotency_begin(struct carved_call *call, carved_idempotency_fn go_on)
{
	const char *header = carved_http_exchange_list(call->exchange, "idempotency-key");
	const char *key = header ? carved_idempotency_parse(header, call->arena) : NULL;
	if (!header)
		return go_on(call);
	if (!key)
		return reply_invalid(call, header);
	if (is_claimed(call->service, call->request->uid, key))
		return reply_under_way(call, key);
	claim_key(call, key);
	struct look *look = carved_alloc_array(1, sizeof *look);
	*look = (struct look){
		.service = call->service, .call = call, .go_on = go_on, .errand = {.run = run_hash, .done = done_hash}};
	if (!carved_admit_to_work(call, &look->errand)) {
		free(look);
		return carved_reply_busy(call);
	}
	call->service->write_count++;
	return carved_reply_later();
}
