// SPDX-License-Identifier: EUPL-1.2
#include "decision.h"
#include "carved/model/privacy.h"
#include "carved/model/reasons.h"
#include "placements.h"
#include "plan_format.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define CONTACT_BYTES 200

struct reading {
	struct carved_body *body;
	carved_date today;
	size_t text_bytes;
	struct carved_store_decision *to;
};

// ---- members

static const char *kinds(struct carved_arena *arena)
{
	const char *names = carved_store_proposal_state_names[CARVED_STORE_OFFERED];
	for (int kind = CARVED_STORE_OFFERED + 1; kind <= CARVED_STORE_ENDED; kind++)
		names = carved_arena_printf(arena, "%s, %s", names, carved_store_proposal_state_names[kind]);
	return names;
}

static const char *reasons(struct carved_arena *arena)
{
	const char *codes = carved_reason_codes[0];
	for (int reason = 1; reason < CARVED_REASON_COUNT; reason++)
		codes = carved_arena_printf(arena, "%s, %s", codes, carved_reason_codes[reason]);
	return codes;
}

static void read_kind(struct reading *r, const char *pointer, const struct carved_node *node)
{
	for (int kind = CARVED_STORE_OFFERED; node->kind == CARVED_NODE_STRING && kind <= CARVED_STORE_ENDED; kind++) {
		if (strcmp(node->text, carved_store_proposal_state_names[kind]) == 0) {
			r->to->kind = (enum carved_store_proposal_state)kind;
			return;
		}
	}
	carved_body_add_invalid(r->body, pointer, kinds(r->body->call->arena));
}

static void read_date(struct reading *r, const char *pointer, const struct carved_node *node, carved_date *ret_date)
{
	carved_date date;
	char text[CARVED_DATE_TEXT_MAX];
	bool valid = node->kind == CARVED_NODE_STRING && carved_date_parse(node->text, &date, NULL);
	if (valid && date <= r->today)
		*ret_date = date;
	else
		carved_body_add_invalid(r->body, pointer,
			carved_arena_printf(r->body->call->arena, "YYYY-MM-DD, <= %s", carved_date_format(r->today, text)));
}

static void read_candidate_agreed(struct reading *r, const char *pointer, const struct carved_node *node)
{
	read_date(r, pointer, node, &r->to->candidate_agreed);
}

static void read_employer_agreed(struct reading *r, const char *pointer, const struct carved_node *node)
{
	read_date(r, pointer, node, &r->to->employer_agreed);
}

static void read_finances_discussed(struct reading *r, const char *pointer, const struct carved_node *node)
{
	read_date(r, pointer, node, &r->to->finances_discussed);
}

static bool is_blank(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return *text == '\0';
}

static void read_text(struct reading *r, const char *pointer, const struct carved_node *node, size_t most, const char **ret_text)
{
	struct carved_error error;
	if (node->kind != CARVED_NODE_STRING || is_blank(node->text) || strlen(node->text) > most) {
		carved_body_add_invalid(r->body, pointer, carved_arena_printf(r->body->call->arena, "\"…\", 1..%zu bytes", most));
	} else if (!carved_privacy_check_text(node->text, &error)) {
		struct carved_error *added = carved_body_add(r->body, pointer, error.code);
		if (added)
			*added = error;
	} else {
		*ret_text = node->text;
	}
}

static void read_free_text(struct reading *r, const char *pointer, const struct carved_node *node)
{
	read_text(r, pointer, node, r->text_bytes, &r->to->text);
}

static void read_contact(struct reading *r, const char *pointer, const struct carved_node *node)
{
	read_text(r, pointer, node, CONTACT_BYTES, &r->to->contact);
}

static void read_reason(struct reading *r, const char *pointer, const struct carved_node *node)
{
	if (node->kind == CARVED_NODE_STRING && carved_reason_is_known(node->text))
		r->to->reason = node->text;
	else
		carved_body_add_invalid(r->body, pointer, reasons(r->body->call->arena));
}

static void read_for_good(struct reading *r, const char *pointer, const struct carved_node *node)
{
	if (node->kind == CARVED_NODE_BOOL)
		r->to->for_good = node->boolean;
	else
		carved_body_add_invalid(r->body, pointer, "true, false");
}

// Which kinds of decision have a member: bits of the kinds.
#define OF(kind) (1u << CARVED_STORE_##kind)
#define OF_ALL (OF(OFFERED) | OF(ACCEPTED) | OF(DECLINED) | OF(WITHDRAWN) | OF(STARTED) | OF(ENDED))

static const struct member {
	const char *key;
	unsigned kinds, required;
	const char *allowed; // what to give where it is missing; NULL: the reasons
	void (*read)(struct reading *r, const char *pointer, const struct carved_node *node);
} members[] = {
	{"kind", OF_ALL, 0, "", read_kind},
	{"candidateAgreed", OF(ACCEPTED), OF(ACCEPTED), "YYYY-MM-DD", read_candidate_agreed},
	{"employerAgreed", OF(ACCEPTED), OF(ACCEPTED), "YYYY-MM-DD", read_employer_agreed},
	{"financesDiscussed", OF(ACCEPTED), OF(ACCEPTED), "YYYY-MM-DD", read_finances_discussed},
	{"contact", OF(ACCEPTED), OF(ACCEPTED), "\"…\"", read_contact},
	{"reason", OF(DECLINED) | OF(WITHDRAWN) | OF(ENDED), OF(DECLINED), NULL, read_reason},
	{"text", OF_ALL, 0, "\"…\"", read_free_text},
	{"forGood", OF(DECLINED), 0, "", read_for_good},
};
#define MEMBERS (sizeof members / sizeof *members)

static const char *members_of(unsigned kinds, struct carved_arena *arena)
{
	const char *names = members[0].key;
	for (size_t i = 1; i < MEMBERS; i++) {
		if (members[i].kinds & kinds)
			names = carved_arena_printf(arena, "%s, %s", names, members[i].key);
	}
	return names;
}

static void read_member(struct reading *r, const struct carved_node *node, unsigned kinds)
{
	struct carved_arena *arena = r->body->call->arena;
	const char *pointer = carved_arena_printf(arena, "/%s", node->key);
	for (size_t i = 1; i < MEMBERS; i++) {
		if (strcmp(members[i].key, node->key) == 0 && (members[i].kinds & kinds)) {
			members[i].read(r, pointer, node);
			return;
		}
	}
	carved_body_add_unknown(r->body, pointer, node->key, members_of(kinds, arena));
}

static void expect_members(struct reading *r, const struct carved_node *root, unsigned kinds)
{
	struct carved_arena *arena = r->body->call->arena;
	for (size_t i = 1; i < MEMBERS; i++) {
		if (!(members[i].required & kinds) || carved_node_get(root, members[i].key))
			continue;
		carved_body_add_missing(r->body, carved_arena_printf(arena, "/%s", members[i].key),
			members[i].allowed ? members[i].allowed : reasons(arena));
	}
	bool says_other = r->to->reason && strcmp(r->to->reason, carved_reason_codes[CARVED_REASON_OTHER]) == 0;
	if (says_other && !carved_node_get(root, "text"))
		carved_body_add_missing(r->body, "/text", "\"…\"");
}

void carved_decision_read(
	struct carved_body *body, carved_date today, size_t text_bytes, struct carved_store_decision *ret_decision)
{
	struct reading r = {.body = body, .today = today, .text_bytes = text_bytes, .to = ret_decision};
	const struct carved_node *root;
	*ret_decision = (struct carved_store_decision){.kind = CARVED_STORE_PROPOSED,
		.candidate_agreed = CARVED_DATE_NONE,
		.employer_agreed = CARVED_DATE_NONE,
		.finances_discussed = CARVED_DATE_NONE};
	if (!carved_body_read_map(body, &root))
		return;
	const struct carved_node *kind = root ? carved_node_get(root, "kind") : NULL;
	if (kind)
		read_kind(&r, "/kind", kind);
	else
		carved_body_add_missing(body, "/kind", kinds(body->call->arena));
	unsigned of = ret_decision->kind == CARVED_STORE_PROPOSED ? OF_ALL : 1u << ret_decision->kind;
	for (const struct carved_node *member = carved_node_first(root); member; member = member->next) {
		if (member != kind)
			read_member(&r, member, of);
	}
	if (of != OF_ALL)
		expect_members(&r, root, of);
}

// ---- acceptance

static void add_rule(struct carved_body *body, enum carved_rule rule)
{
	struct carved_arena *arena = body->call->arena;
	const char *label =
		carved_text_find(body->call->language, carved_arena_printf(arena, "carve.rule.%s", carved_rule_names[rule]));
	struct carved_error *error = carved_body_add(body, "", CARVED_ACCEPTANCE_RULE);
	carved_error_add(error, "rule", carved_rule_names[rule]);
	carved_error_add(error, "meaning", label ? label : carved_rule_names[rule]);
}

static size_t find_own(const struct carved_placements *placements, const char *id)
{
	size_t package = 0;
	while (package < placements->count && strcmp(placements->packages[package].id, id) != 0)
		package++;
	return package;
}

static void add_broken_rules(const struct carved_acceptance *a, const struct carved_slot_table *table,
	const struct carved_placements *placements, const struct carved_proposal *own, struct carved_body *body)
{
	bool told[CARVED_RULE_COUNT] = {false};
	for (size_t i = 0; i < placements->violations.count; i++) {
		const struct carved_violation *v = &placements->violations.items[i];
		bool is_new = !told[v->rule] && carved_violation_is_about(a->region, table, v, own);
		if (!is_new || v->rule == CARVED_RULE_ONE) // the store tells of standing work, with its proposal
			continue;
		told[v->rule] = true;
		add_rule(body, v->rule);
	}
}

void carved_decision_check_acceptance(const struct carved_acceptance *a, struct carved_body *body)
{
	struct carved_slot_table *table = carved_slot_table_new(a->region);
	struct carved_placements placements;
	carved_placements_lay(a->standing, a->region, table, a->today, a->weights, &placements);
	size_t package = find_own(&placements, a->id), own = carved_placements_find(&placements, package);
	if (own == SIZE_MAX || !placements.packages[package].whole) {
		add_rule(body, CARVED_RULE_SUPPLY);
	} else {
		const struct carved_proposal *proposal = &placements.plan.proposals[own];
		add_broken_rules(a, table, &placements, proposal, body);
		if (carved_check_waits_for_staff(a->region, table, a->today, proposal))
			carved_error_add(carved_body_add(body, "", CARVED_CONDITION_UNMET), "condition", "staff-agreed");
	}
	carved_placements_deinit(&placements);
	carved_slot_table_free(table);
}

// ---- shown

static void add_text(struct carved_json_writer *writer, const char *key, const char *text)
{
	if (text)
		carved_json_add_text(writer, key, text);
}

static void add_date(struct carved_json_writer *writer, const char *key, carved_date date)
{
	if (date != CARVED_DATE_NONE)
		carved_json_add_date(writer, key, date);
}

void carved_decision_write(struct carved_json_writer *writer, const char *key, const struct carved_store_decision *d)
{
	carved_json_begin_object(writer, key);
	carved_json_add_text(writer, "id", d->id);
	carved_json_add_text(writer, "proposal", d->proposal);
	carved_json_add_text(writer, "candidate", d->candidate);
	carved_json_add_text(writer, "site", d->site);
	carved_json_add_text(writer, "kind", carved_store_proposal_state_names[d->kind]);
	add_date(writer, "candidateAgreed", d->candidate_agreed);
	add_date(writer, "employerAgreed", d->employer_agreed);
	add_date(writer, "financesDiscussed", d->finances_discussed);
	add_text(writer, "contact", d->contact);
	add_text(writer, "reason", d->reason);
	add_text(writer, "text", d->text);
	if (d->kind == CARVED_STORE_DECLINED)
		carved_json_add_bool(writer, "forGood", d->for_good);
	carved_json_begin_object(writer, "inputs");
	carved_json_add_integer(writer, "candidate", d->candidate_version);
	carved_json_add_integer(writer, "site", d->site_version);
	carved_json_end_object(writer);
	carved_plan_write_time(writer, "decided", d->when);
	carved_json_add_text(writer, "decidedBy", d->who);
	carved_json_end_object(writer);
}
