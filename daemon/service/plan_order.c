// SPDX-License-Identifier: EUPL-1.2
// What clients ask of plans: POST starts one, PATCH stops one. Everything wrong in a body is told at once.
#include "admit.h"
#include "body.h"
#include "carved/base/json.h"
#include "condition.h"
#include "idempotency.h"
#include "inquiry.h"
#include "plan_run.h"
#include "plans.h"
#include "system/log.h"
#include "tag.h"
#include <stdlib.h>
#include <string.h>

#define SEED_DEFAULT 1
#define CHANGES_MOST 1000000000

struct order_reading {
	struct carved_plan_order order;
	bool from_none;         // `from` says so
	const char *about_from; // pointer of the first member that is about a plan that stands; NULL: none is
	struct carved_body body;
};

static void read_date(struct order_reading *r, const struct carved_node *node)
{
	if (node->kind != CARVED_NODE_STRING || !carved_date_parse(node->text, &r->order.date, NULL))
		carved_body_add_invalid(&r->body, "/date", "YYYY-MM-DD");
}

static void read_seed(struct order_reading *r, const struct carved_node *node)
{
	if (node->kind == CARVED_NODE_INTEGER && node->integer >= 0)
		r->order.seed = (uint64_t)node->integer;
	else
		carved_body_add_invalid(&r->body, "/seed", "0..9223372036854775807");
}

static void read_seconds(struct order_reading *r, const struct carved_node *node)
{
	unsigned most = r->body.call->service->config->plan_seconds_max;
	if (node->kind == CARVED_NODE_INTEGER && node->integer >= 1 && node->integer <= most)
		r->order.seconds = (unsigned)node->integer;
	else
		carved_body_add_invalid(&r->body, "/seconds", carved_arena_printf(r->body.call->arena, "1..%u", most));
}

static void read_from(struct order_reading *r, const struct carved_node *node)
{
	struct carved_plan_base *base = &r->order.base;
	const char *text = node->kind == CARVED_NODE_STRING ? node->text : "";
	r->from_none = strcmp(text, "none") == 0;
	base->last = strcmp(text, "last") == 0;
	base->pointer = "/from";
	if (r->from_none || base->last)
		return;
	if (strncmp(text, "PL-", 3) == 0 && strlen(text) < sizeof base->plan)
		strcpy(base->plan, text);
	else
		carved_body_add_invalid(&r->body, "/from", "PL-…, last, none");
}

static void note_about_from(struct order_reading *r, const char *pointer)
{
	r->about_from = r->about_from ? r->about_from : pointer;
}

static void read_most_changes(struct order_reading *r, const struct carved_node *node)
{
	note_about_from(r, "/maxChanges");
	if (node->kind == CARVED_NODE_INTEGER && node->integer >= 0 && node->integer <= CHANGES_MOST)
		r->order.base.most_changes = (uint32_t)node->integer;
	else
		carved_body_add_invalid(&r->body, "/maxChanges", carved_arena_printf(r->body.call->arena, "0..%d", CHANGES_MOST));
}

static void read_keep_weight(struct order_reading *r, const struct carved_node *node)
{
	note_about_from(r, "/keepWeight");
	if (node->kind == CARVED_NODE_INTEGER && node->integer >= 0 && node->integer <= CARVED_KEEP_WEIGHT_MOST)
		r->order.base.keep_weight = node->integer;
	else
		carved_body_add_invalid(
			&r->body, "/keepWeight", carved_arena_printf(r->body.call->arena, "0..%d", CARVED_KEEP_WEIGHT_MOST));
}

static void read_pins(struct order_reading *r, const struct carved_node *node)
{
	struct carved_plan_base *base = &r->order.base;
	size_t index = 0;
	note_about_from(r, "/pin");
	if (node->kind != CARVED_NODE_LIST) {
		carved_body_add_invalid(&r->body, "/pin", "[P-…]");
		return;
	}
	free(base->pins);
	base->pin_count = 0;
	base->pins = carved_alloc_array(node->count, sizeof *base->pins);
	for (const struct carved_node *item = carved_node_first(node); item; item = item->next, index++) {
		const char *text = item->kind == CARVED_NODE_STRING ? item->text : "";
		if (strncmp(text, "P-", 2) == 0 && strlen(text) < sizeof *base->pins)
			strcpy(base->pins[base->pin_count++], text);
		else
			carved_body_add_invalid(&r->body, carved_arena_printf(r->body.call->arena, "/pin/%zu", index), "P-…");
	}
}

// What is about a plan that stands means the last one where `from` is not there.
static void settle_from(struct order_reading *r)
{
	struct carved_plan_base *base = &r->order.base;
	if (!r->about_from || carved_plan_base_is_wanted(base))
		return;
	base->pointer = r->about_from;
	base->last = !r->from_none;
	if (r->from_none)
		carved_error_add(carved_body_add(&r->body, r->about_from, CARVED_PLAN_NOT_NAMED), "key", r->about_from + 1);
}

static const char *budget_names(struct carved_arena *arena)
{
	const char *names = carved_budget_infos[0].name;
	for (size_t i = 1; i < carved_budget_count; i++)
		names = carved_arena_printf(arena, "%s, %s", names, carved_budget_infos[i].name);
	return names;
}

static const char *budget_range(const char *name, struct carved_arena *arena)
{
	for (size_t i = 0; i < carved_budget_count; i++) {
		if (strcmp(carved_budget_infos[i].name, name) == 0)
			return carved_arena_printf(
				arena, "%u..%u", carved_budget_infos[i].lowest, carved_budget_infos[i].highest);
	}
	return "";
}

static void read_budget(struct order_reading *r, const struct carved_node *node)
{
	struct carved_arena *arena = r->body.call->arena;
	if (node->kind != CARVED_NODE_MAP) {
		carved_body_add_invalid(&r->body, "/budget", "{setting: number}");
		return;
	}
	r->order.has_gap_target = carved_node_get(node, "gap-target") != NULL;
	for (const struct carved_node *member = carved_node_first(node); member; member = member->next) {
		const char *pointer = carved_arena_printf(arena, "/budget/%s", member->key);
		int64_t value = member->kind == CARVED_NODE_INTEGER ? member->integer : -1;
		bool valid;
		if (!carved_config_set_budget(&r->order.budget, member->key, value, &valid))
			carved_body_add_unknown(&r->body, pointer, member->key, budget_names(arena));
		else if (!valid)
			carved_body_add_invalid(&r->body, pointer, budget_range(member->key, arena));
	}
}

static void read_member(struct order_reading *r, const struct carved_node *member)
{
	static const struct {
		const char *key;
		void (*read)(struct order_reading *r, const struct carved_node *node);
	} members[] = {{"date", read_date}, {"seed", read_seed}, {"seconds", read_seconds}, {"budget", read_budget},
		{"from", read_from}, {"maxChanges", read_most_changes}, {"keepWeight", read_keep_weight}, {"pin", read_pins}};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		if (strcmp(members[i].key, member->key) == 0) {
			members[i].read(r, member);
			return;
		}
	}
	carved_body_add_unknown(&r->body, carved_arena_printf(r->body.call->arena, "/%s", member->key), member->key,
		"date, seed, seconds, budget, from, maxChanges, keepWeight, pin");
}

// `Prefer: wait=N` (RFC 7240), at most what the configuration allows; 0 where there is none.
static unsigned wait_seconds(const struct carved_call *call)
{
	const char *prefer = carved_http_exchange_header(call->exchange, "prefer");
	const char *wait = prefer ? strstr(prefer, "wait=") : NULL;
	unsigned long seconds = wait ? strtoul(wait + 5, NULL, 10) : 0;
	unsigned most = call->service->config->wait_seconds;
	return seconds < most ? (unsigned)seconds : most;
}

static struct carved_answer_owed start_plan(struct carved_call *call)
{
	const struct carved_config *config = call->service->config;
	struct order_reading r = {.body = {.call = call},
		.order = {.date = carved_service_today(),
			.seed = SEED_DEFAULT,
			.seconds = config->plan_seconds,
			.wait_seconds = wait_seconds(call),
			.budget = config->budget,
			.base = {.most_changes = CARVED_NONE}}};
	const struct carved_node *root = NULL;
	if (!carved_body_is_json(call))
		return carved_reply_not_read(
			call, carved_http_exchange_header(call->exchange, "content-type"), "application/json");
	carved_body_read_map(&r.body, &root);
	for (const struct carved_node *member = carved_node_first(root); member; member = member->next)
		read_member(&r, member);
	settle_from(&r);
	if (r.body.findings.error_count > 0) {
		carved_plan_base_deinit(&r.order.base);
		return carved_body_reply(&r.body);
	}
	const struct carved_room room = {.of_user = carved_plan_runs_of(call->service, call->request->uid),
		.share = config->plan_share,
		.of_all = call->service->run_count,
		.limit = config->workers + config->plan_queue};
	if (carved_admit_one_more(call, &room, &call->service->plans_refused))
		return carved_plan_run_start(call, &r.order);
	carved_plan_base_deinit(&r.order.base);
	return carved_reply_busy(call);
}

void carved_plan_order_refuse(struct carved_call *call, const char *pointer, const struct carved_error *why)
{
	struct order_reading r = {.body = {.call = call}};
	struct carved_error *error = carved_body_add(&r.body, pointer, why->code);
	if (error)
		*error = *why;
	carved_body_reply(&r.body);
}

struct carved_answer_owed carved_plans_post(struct carved_call *call)
{
	return carved_idempotency_begin(call, start_plan);
}

void carved_plans_replay(struct carved_call *call, const char *id)
{
	struct carved_plan_run *run = carved_plan_run_find(call->service, id);
	unsigned seconds = wait_seconds(call);
	carved_idempotency_end(call); // nothing is started that could come twice
	if (!run)
		carved_plans_reply_ended(call, id);
	else if (seconds > 0)
		carved_plan_wait_add(run, call, seconds);
	else
		carved_plan_run_reply(call, run);
}

// Cancelling what has ended, or never was, is told by the store.
static void look_whether_ended(struct carved_inquiry *q)
{
	if (carved_store_plan_exists(q->store, q->call->parameter, &q->error))
		carved_fail(&q->error, CARVED_PLAN_ENDED, "plan", q->call->parameter);
}

static struct carved_answer_owed reply_not_running(struct carved_call *call)
{
	return carved_inquiry_start(call, look_whether_ended, NULL, NULL);
}

// The state that If-Match speaks of is the one that a GET would show now.
static struct carved_answer_owed cancel(struct carved_call *call, const struct carved_condition *condition)
{
	struct carved_plan_run *run = carved_plan_run_find(call->service, call->parameter);
	struct carved_buffer body = CARVED_BUFFER_INIT;
	char room[CARVED_TAG_MAX];
	if (!run)
		return reply_not_running(call);
	carved_plan_run_format(run, &body);
	const char *tag = carved_tag_of_content(body.data, body.length, room);
	if (!carved_condition_allows(condition, &tag, 1)) {
		carved_buffer_deinit(&body);
		return carved_reply_stale(call, tag);
	}
	carved_log_about(CARVED_LOG_INFO,
		&(struct carved_log_about){.event = CARVED_EVENT_PLAN_CANCEL, .plan = run->head.id, .user = call->request->user},
		"%s: cancelling asked by %s", run->head.id, call->request->user);
	struct carved_answer_owed owed = carved_reply_json(call, 202, NULL, 0, &body);
	carved_plan_run_cancel(run);
	return owed;
}

struct carved_answer_owed carved_plans_patch(struct carved_call *call)
{
	struct order_reading r = {.body = {.call = call}};
	const struct carved_node *root = NULL;
	struct carved_condition condition;
	const char *wrong;
	if (!carved_body_is_json(call))
		return carved_reply_not_read(
			call, carved_http_exchange_header(call->exchange, "content-type"), "application/json");
	if (!carved_condition_read(call, &condition, &wrong))
		return carved_condition_reply_wrong(call, wrong);
	if (carved_body_read_map(&r.body, &root) && strcmp(carved_node_get_text(root, "state", ""), "cancelled") != 0)
		carved_body_add_invalid(&r.body, "/state", "cancelled");
	for (const struct carved_node *member = carved_node_first(root); member; member = member->next) {
		if (strcmp(member->key, "state") != 0)
			carved_body_add_unknown(
				&r.body, carved_arena_printf(call->arena, "/%s", member->key), member->key, "state");
	}
	return r.body.findings.error_count > 0 ? carved_body_reply(&r.body) : cancel(call, &condition);
}
