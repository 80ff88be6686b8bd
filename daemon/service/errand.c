// SPDX-License-Identifier: EUPL-1.2
#include "errand.h"
#include <stddef.h>

void carved_errand_push(struct carved_errand_queue *queue, struct carved_errand *errand)
{
	errand->next = NULL;
	if (!queue->end)
		queue->end = &queue->first;
	*queue->end = errand;
	queue->end = &errand->next;
}

struct carved_errand *carved_errand_pop(struct carved_errand_queue *queue)
{
	struct carved_errand *errand = queue->first;
	if (!errand)
		return NULL;
	queue->first = errand->next;
	if (!queue->first)
		queue->end = &queue->first;
	return errand;
}

void carved_refusals_count(struct carved_refusals *refusals, enum carved_admission admission)
{
	refusals->full += admission == CARVED_QUEUE_FULL;
	refusals->share_used += admission == CARVED_SHARE_USED;
}
