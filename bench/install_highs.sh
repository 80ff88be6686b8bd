#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# HiGHS as one of carved's peers: the WebAssembly build of npm, pinned, into build/highs. usage: bench/install_highs.sh
# Without node and npm, or without a network the first time, it says so and ends with 77. Prints the folder of its node_modules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly highs=1.15.3
tool=build/highs

for program in node npm; do
	command -v "$program" >/dev/null || { echo "SKIPPED: there is no $program here; it runs HiGHS" >&2; exit 77; }
done
if [ "$(cat "$tool/version" 2>/dev/null)" != "$highs" ]; then
	mkdir -p "$tool"
	echo '{"private": true}' >"$tool/package.json"
	npm install --prefix "$tool" --no-audit --no-fund --ignore-scripts --loglevel=error "highs@$highs" >&2 ||
		{ echo "SKIPPED: npm could not fetch highs $highs" >&2; exit 77; }
	echo "$highs" >"$tool/version"
fi
echo "$PWD/$tool/node_modules"
