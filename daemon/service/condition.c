// SPDX-License-Identifier: EUPL-1.2
#include "condition.h"
#include "tag.h"

bool carved_condition_read(struct carved_call *call, struct carved_condition *ret_condition, const char **ret_wrong)
{
	const struct {
		const char *name, **value;
	} headers[] = {{"If-Match", &ret_condition->match}, {"If-None-Match", &ret_condition->none_match}};
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		*headers[i].value = carved_http_exchange_list(call->exchange, headers[i].name);
		if (*headers[i].value && !carved_tags_are_valid(*headers[i].value)) {
			*ret_wrong = headers[i].name;
			return false;
		}
	}
	return true;
}

struct carved_answer_owed carved_condition_reply_wrong(struct carved_call *call, const char *header)
{
	struct carved_error error;
	carved_error_set(&error, CARVED_HEADER_INVALID);
	carved_error_add(&error, "header", header);
	carved_error_add(&error, "value", carved_http_exchange_list(call->exchange, header));
	carved_error_add(&error, "allowed", "*, \"7\", W/\"7\", \"7\", \"8\"");
	return carved_reply_problem(call, 400, &error);
}

static bool lists_one(const char *header, const char *const tags[], size_t count, bool strong)
{
	for (size_t i = 0; i < count; i++) {
		if (carved_tags_are_any(header) || carved_tags_contain(header, tags[i], strong))
			return true;
	}
	return false;
}

bool carved_condition_matches(const struct carved_condition *condition, const char *tag)
{
	return !condition->match || lists_one(condition->match, &tag, 1, true);
}

bool carved_condition_allows(const struct carved_condition *condition, const char *const tags[], size_t count)
{
	if (condition->match && !lists_one(condition->match, tags, count, true))
		return false;
	return !condition->none_match || !lists_one(condition->none_match, tags, count, false);
}

bool carved_condition_allows_version(const struct carved_condition *condition, int64_t version)
{
	char json[CARVED_TAG_MAX], yaml[CARVED_TAG_MAX];
	const char *const tags[] = {carved_tag_of_version(version, false, json), carved_tag_of_version(version, true, yaml)};
	return carved_condition_allows(condition, tags, version > 0 ? 2 : 0);
}

bool carved_condition_is_unchanged(const struct carved_condition *condition, const char *tag)
{
	return condition->none_match && lists_one(condition->none_match, &tag, 1, false);
}
