# SPDX-License-Identifier: EUPL-1.2
# Writes the bytes of INPUT as a C array SYMBOL with its size SYMBOL_size to OUTPUT.
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT} "#include <stddef.h>
extern const unsigned char ${SYMBOL}[];
extern const size_t ${SYMBOL}_size;
const unsigned char ${SYMBOL}[] __attribute__((aligned(8))) = {${bytes}};
const size_t ${SYMBOL}_size = sizeof(${SYMBOL});
")
