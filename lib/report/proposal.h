// SPDX-License-Identifier: EUPL-1.2
// Inside report/ only: the parts of a proposal's pages, each from the explanation that it is given.
#pragma once
#include "page.h"

void carved_proposal_add_tasks(struct carved_page *page, const struct carved_node *explanation);
