// SPDX-License-Identifier: EUPL-1.2
#include "carved/instance/weights.h"
#include <string.h>

const struct carved_weight_info carved_weight_infos[] = {
#define X(member, name, value, lowest, highest) {name, offsetof(struct carved_weights, member), value, lowest, highest},
	CARVED_WEIGHTS(X)
#undef X
};
const size_t carved_weight_count = sizeof carved_weight_infos / sizeof *carved_weight_infos;

void carved_weights_init(struct carved_weights *weights)
{
#define X(member, name, value, lowest, highest) weights->member = value;
	CARVED_WEIGHTS(X)
#undef X
}

const struct carved_weight_info *carved_weight_find(const char *name)
{
	for (size_t i = 0; i < carved_weight_count; i++) {
		if (strcmp(carved_weight_infos[i].name, name) == 0)
			return &carved_weight_infos[i];
	}
	return NULL;
}

int32_t carved_weights_options_most(const struct carved_weights *weights)
{
	return 1 + (weights->few_options > weights->some_options ? weights->few_options : weights->some_options);
}
