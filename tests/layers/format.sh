#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Is every C file laid out as .clang-format says? usage: format.sh SOURCE_DIR. Exit 77 (skipped), saying why, without clang-format 14: other
# versions lay out differently.
set -euo pipefail
cd "$1"
tool=$(command -v clang-format-14 || command -v clang-format || true)
[ -n "$tool" ] || { echo "SKIPPED: clang-format is not installed"; exit 77; }
version=$("$tool" --version | sed 's/.*version \([0-9]*\).*/\1/')
[ "$version" = 14 ] || { echo "SKIPPED: clang-format $version is here, the layout is that of 14"; exit 77; }
if ! find include lib daemon client man bench tests -name '*.[ch]' -print0 | xargs -0 "$tool" --dry-run -Werror; then
	echo "run scripts/format"
	exit 1
fi
echo "laid out as .clang-format says"
