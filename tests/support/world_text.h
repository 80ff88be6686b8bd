// SPDX-License-Identifier: EUPL-1.2
// A world made by hand as documents that were read: for what changes documents, which a world's have no text for.
#pragma once
#include "support/world.h"

// Writes every document of the world as JSON and reads them. One reference; ends the program where one can't be read. Vocabularies are left out.
struct carved_region *world_text_read(const struct world *world);
