// SPDX-License-Identifier: EUPL-1.2
// Rule `pinned`: packages that stand as they are become constants of an instance. What is left is an instance of everybody else with what those packages leave, and
// its plans and bounds are those of the region with them, less their value.
#pragma once
#include "carved/instance/instance.h"
#include "carved/instance/solution.h"

// Lowers slots, donor caps, places, buddy hours, coach hours and reserves by what the packages use, takes their people out, and counts as options of the others what
// was one before (options are counted on documents alone). Where the packages use more than there is, nothing is left of it. Requires: one a person.
void carved_fit_pin(struct carved_instance *instance, const struct carved_package *packages, uint32_t count);

// Takes a person out who has work of which the instance holds nothing any more: only the coach's hours are used.
void carved_fit_hold(struct carved_instance *instance, uint32_t candidate);
