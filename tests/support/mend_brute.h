// SPDX-License-Identifier: EUPL-1.2
// Every single change that could mend something, made in copies of the structs of documents, one after the other: shares nothing with lib/advise, which is held
// against it. What a change is, its class and its size: include/carved/advise/mend.h.
#pragma once
#include "carved/advise/mend.h"
#include "carved/model/region.h"

struct mend_brute {
	struct carved_region *region;
	size_t candidate, site;
	bool fine; // times part by part as well; else the widest change of a task's `when` only
	// Whether the person fits in the region of one person and one site.
	bool (*fits)(void *context, const struct carved_region *cell);
	void *context;
	// the answer
	int tried, found;
	enum carved_mend_class best_class; // of the smallest that helps
	int best_size;
	enum carved_mend_kind best_kind;
};

void mend_brute_run(struct mend_brute *brute);
