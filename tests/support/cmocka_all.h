// SPDX-License-Identifier: EUPL-1.2
// cmocka and what it wants included before it.
#pragma once
// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
