// SPDX-License-Identifier: EUPL-1.2
#include "admit.h"
#include "state.h"

static bool is_admitted(struct carved_call *call, enum carved_admission admission)
{
	call->share_used = admission == CARVED_SHARE_USED ? call->service->config->queue_share : 0;
	return admission == CARVED_ADMITTED;
}

bool carved_admit_to_work(struct carved_call *call, struct carved_errand *errand)
{
	return is_admitted(call, carved_work_add(call->service->work, call->request->uid, errand));
}

bool carved_admit_to_writer(struct carved_call *call, struct carved_errand *errand)
{
	return is_admitted(call, carved_lane_add(call->service->writer, call->request->uid, errand));
}

bool carved_admit_to_reader(struct carved_call *call, struct carved_errand *errand)
{
	return is_admitted(call, carved_lane_add(call->service->reader, call->request->uid, errand));
}

bool carved_admit_to_work_behind(struct carved_call *call, const struct carved_error *failure, struct carved_errand *errand)
{
	if (failure->code != CARVED_OK)
		carved_reply_failure(call, failure);
	else if (carved_admit_to_work(call, errand))
		return true;
	else
		carved_reply_busy(call);
	return false;
}

bool carved_admit_one_more(struct carved_call *call, const struct carved_room *room, struct carved_refusals *refusals)
{
	enum carved_admission admission = CARVED_ADMITTED;
	if (room->of_user >= room->share)
		admission = CARVED_SHARE_USED;
	else if (room->of_all >= room->limit)
		admission = CARVED_QUEUE_FULL;
	call->share_used = admission == CARVED_SHARE_USED ? room->share : 0;
	carved_refusals_count(refusals, admission);
	return admission == CARVED_ADMITTED;
}
