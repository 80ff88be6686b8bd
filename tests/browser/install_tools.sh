#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# What looks at the reports beside the browser: axe-core (accessibility) and vnu (validity of HTML and CSS; runs on java), from npm, pinned, into
# build/browser. usage: tests/browser/install_tools.sh
# Without npm, or without a network the first time, it says so and ends with 77; what asks again within ten minutes is told so at once. Prints the folder of
# their node_modules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
readonly tools="axe-core@4.14.1 vnu-jar@26.9.27"
folder=build/browser

mkdir -p "$folder"
exec 9>"$folder/lock" # several tests may ask at once
flock 9
if [ "$(cat "$folder/version" 2>/dev/null)" != "$tools" ]; then
	command -v npm >/dev/null || { echo "SKIPPED: there is no npm here; it fetches axe-core and vnu" >&2; exit 77; }
	[ -z "$(find "$folder" -name missed -mmin -10)" ] || { echo "SKIPPED: npm could not fetch $tools a moment ago" >&2; exit 77; }
	echo '{"private": true}' >"$folder/package.json"
	# shellcheck disable=SC2086 # two words
	timeout 120 npm install --prefix "$folder" --no-audit --no-fund --ignore-scripts --fetch-retries=1 --fetch-retry-mintimeout=1000 --loglevel=error $tools >&2 9>&- ||
		{ touch "$folder/missed"; echo "SKIPPED: npm could not fetch $tools" >&2; exit 77; }
	echo "$tools" >"$folder/version"
fi
echo "$PWD/$folder/node_modules"
