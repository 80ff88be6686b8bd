// SPDX-License-Identifier: EUPL-1.2
// A question for mends, its answer, and what comes of an advice that is followed.
#pragma once
#include "carved/advise/mend.h"
#include "carved/model/region.h"

struct mend_asked {
	struct carved_region *region;
	struct carved_weights weights;
	struct carved_advise_question question;
	struct carved_mends found;
};

// The question about all of the site, of at most `most` changes at once, to be changed before mend_ask. Takes over the region's reference.
void mend_asked_init(struct mend_asked *a, struct carved_region *region, size_t candidate, size_t site, carved_date date);
void mend_ask(struct mend_asked *a, int most);
void mend_asked_deinit(struct mend_asked *a);

// The region with the changes of an advice made by their paths and values, one document after the other. One reference.
struct carved_region *mend_follow(struct carved_region *region, const struct carved_mend *mend, carved_date date);

// The region of that person, site and coach alone. One reference.
struct carved_region *mend_cell(struct carved_region *region, size_t candidate, size_t site);
