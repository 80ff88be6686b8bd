// SPDX-License-Identifier: EUPL-1.2
// Which format a body is in, and which one an answer may be in.
#pragma once
#include "carved/model/parse.h"
#include <stdbool.h>

// From Content-Type (parameters allowed: only charset=utf-8); `ndjson`: whether application/x-ndjson is taken here.
// Returns false for any other, for none, and for a charset other than UTF-8.
bool carved_media_format(const char *content_type, bool ndjson, enum carved_format *ret_format);

// The media type among `offers` ("application/json application/yaml": the one that we like best first) that an Accept header (RFC 9110 12.5.1) gives the most
// weight, of equal ones the first; NULL where it takes none. A NULL or empty header takes any. Ranges that can't be read take nothing.
// ret_media has room for CARVED_MEDIA_MAX bytes.
#define CARVED_MEDIA_MAX 64
const char *carved_media_choose(const char *accept, const char *offers, char ret_media[CARVED_MEDIA_MAX]);
