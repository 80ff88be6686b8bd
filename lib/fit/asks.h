// SPDX-License-Identifier: EUPL-1.2
// Inside fit/ only: what the slots of an instance ask, as sets. Most slots that do not fit somebody ask one thing too much: that takes one look then.
//
// Glossary
//   ask         (demand or exposure, category, level), numbered over the instance
//   signature   64 bits for a set of tags: sets whose signatures share no bit share no tag
#pragma once
#include "carved/fit/fit.h"

struct carved_ask {
	bool exposure;
	struct carved_level asked;
};

struct carved_asks {
	const struct carved_instance *instance; // borrowed
	struct carved_ask *list;
	uint32_t count, words; // words: 64 asks each
	uint64_t *of_slot;     // per slot: `words` words
	uint64_t *tags;        // per slot: signature
};

uint64_t carved_asks_signature(const struct carved_instance *instance, struct carved_range tags);
