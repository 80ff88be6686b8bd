// SPDX-License-Identifier: EUPL-1.2
// The malformed requests of tests/unit/server/malformed.h for tests that are no C: one a line, status, what it is, and its bytes in hexadecimal, tabs between.
#include "unit/server/malformed.h"
#include <stdio.h>

int main(void)
{
	for (size_t i = 0; i < MALFORMED_COUNT; i++) {
		printf("%d\t%s\t", malformed[i].status, malformed[i].what);
		for (size_t k = 0; k < malformed[i].length; k++)
			printf("%02x", (unsigned char)malformed[i].bytes[k]);
		putchar('\n');
	}
	return 0;
}
