// SPDX-License-Identifier: EUPL-1.2
// cmocka with what it wants before it.
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
