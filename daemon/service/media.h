// SPDX-License-Identifier: EUPL-1.2
// Which format a body is in.
#pragma once
#include "carved/model/parse.h"
#include <stdbool.h>

// From Content-Type (parameters allowed: only charset=utf-8); `ndjson`: whether application/x-ndjson is taken here.
// Returns false for any other, for none, and for a charset other than UTF-8.
bool carved_media_format(const char *content_type, bool ndjson, enum carved_format *ret_format);
