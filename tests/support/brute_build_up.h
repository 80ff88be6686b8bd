// SPDX-License-Identifier: EUPL-1.2
// Rule `build-up` by trying every part of a package. Inside tests/support/brute_force.c only.
#pragma once
#include "brute_force.h"

struct brute_steps; // of one candidate at one site

struct brute_steps *brute_steps_new(const struct carved_instance *instance, uint32_t candidate, uint32_t site);
void brute_steps_free(struct brute_steps *steps);

// Notes whether these hours stand by themselves, chunks apart: they can be laid, and all must-wishes are met.
void brute_steps_note(struct brute_steps *steps, const uint32_t *hours_q, bool stands);

// Whether a package has a part for each step, slots of a step being in the next as well. Requires: all hours up to the package's were noted.
bool brute_steps_has(const struct brute_steps *steps, const uint32_t *hours_q);
