// SPDX-License-Identifier: EUPL-1.2
// A file to be sent: its bytes, what kind of text it is, and what one needs to know of it to choose where it goes. Whether it is right is for the daemon to say.
#pragma once
#include "carved/base/buffer.h"
#include "carved/base/error.h"
#include "kind.h"
#include <stdbool.h>

enum carve_format { CARVE_YAML, CARVE_JSON, CARVE_NDJSON };

struct carve_input {
	const char *name; // as given, "-" for standard input; borrowed
	struct carved_buffer text;
	enum carve_format format;
};

// Reads a file, or standard input where the name is "-". Returns false with FILE_UNREADABLE (file, reason) or INPUT_COMPRESSED (file, format).
bool carve_input_read(const char *name, struct carve_input *ret_input, struct carved_error *error);
void carve_input_deinit(struct carve_input *input);

// What text this is: by the name's ending, else by its bytes.
enum carve_format carve_input_format(const char *name, const char *text, size_t length);

// The media type to send it as.
const char *carve_input_media_type(enum carve_format format);

// Whether the text is exactly one document that says its kind and ref; if so they are set. The caller frees *ret_ref.
bool carve_input_is_single(const struct carve_input *input, enum carve_kind *ret_kind, char **ret_ref);
