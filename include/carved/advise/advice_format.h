// SPDX-License-Identifier: EUPL-1.2
// Obstacles and mends as JSON. Figures are in the rule's unit: hours, levels, minutes or counts.
#pragma once
#include "carved/advise/opening.h"
#include "carved/base/json.h"

// Members `fits`, `exact`, `scope`, `support`, `slots`, `package`, `nearest`, `conditions`: the caller opens and closes the object.
void carved_obstacles_format(const struct carved_obstacles *obstacles, struct carved_json_writer *writer);

// Rules with their figures, as an array.
void carved_obstacle_list_format(struct carved_json_writer *writer, const char *key, const struct carved_obstacle_list *list);

// Members `items`, `completeTo`, `tries`: the caller opens and closes the object.
void carved_mends_format(const struct carved_mends *mends, struct carved_json_writer *writer);

// Members `sites`, `rules`, `opens`, `complete`, `tries`: the caller opens and closes the object.
void carved_openings_format(const struct carved_openings *openings, struct carved_json_writer *writer);

// One change as an object; `patch`: with the document and how it has to be changed.
void carved_mend_change_format(const struct carved_mend_change *change, bool patch, struct carved_json_writer *writer);
