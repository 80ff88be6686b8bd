// SPDX-License-Identifier: EUPL-1.2
// What a plain YAML scalar is: shared by the reader and the writer of base/yaml.h.
#pragma once
#include "carved/base/node.h"

// Sets kind and value of a plain scalar from its text. Returns false where it is a number that can't be counted with (too large, .inf, .nan).
bool carved_yaml_scalar_resolve(struct carved_node *node);

// Whether the text, written without quotes, would be read as a text again.
bool carved_yaml_scalar_is_text(const char *text);
