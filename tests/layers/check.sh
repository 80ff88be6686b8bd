#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Holds the tree against the layer graph and the house rules (one room a library, tests registered, licence lines, links that lead somewhere). usage: check.sh SOURCE_DIR BUILD_DIR
#
# Reads BUILD_DIR/layers.txt and BUILD_DIR/tests.txt (written by CMake). Prints every violation; exit 1 where there is any, 2 on wrong use.
# Needs coreutils, grep and awk; git where the tree is a repository, so that only its own files count.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -eq 2 ] || { echo "usage: check.sh SOURCE_DIR BUILD_DIR" >&2; exit 2; }
root=$(cd "$1" && pwd)
build=$(cd "$2" && pwd)
for list in layers.txt tests.txt; do
	[ -s "$build/$list" ] || { echo "$build/$list is missing or empty: configure first" >&2; exit 2; }
done

# Files of the project, relative to its root.
files() {
	if [ -e "$root/.git" ] && git -C "$root" rev-parse >/dev/null 2>&1; then
		git -C "$root" ls-files --cached --others --exclude-standard
	else
		(cd "$root" && find . \( -name .git -o -name 'build*' \) -prune -o -type f -print | sed 's|^\./||')
	fi | while IFS= read -r file; do
		if [ -f "$root/$file" ]; then printf '%s\n' "$file"; fi
	done | sort
}

check_includes() {
	local sources=()
	mapfile -t sources < <(printf '%s\n' "$all" | grep -E '^(lib|daemon|client|include|tests)/.*\.[ch]$' | sed "s|^|$root/|")
	[ ${#sources[@]} -eq 0 ] || awk -v layers="$build/layers.txt" -v root="$root" -f "$here/includes.awk" "${sources[@]}"
}

check_tests_registered() {
	printf '%s\n' "$all" | { grep -E '^tests/(.*/)?test_[^/]*\.(c|py)$' || true; } | while IFS= read -r file; do
		grep -qxF "$root/$file" "$build/tests.txt" || echo "$file:1: not registered in its folder's CMakeLists.txt"
	done
}

check_licence_lines() {
	printf '%s\n' "$all" | { grep -E '(\.(c|h|def|cmake|sh|bash|awk|po|yaml|service|socket|sysusers|in)|^man/.*\.[1-9]|(^|/)CMakeLists\.txt|^scripts/[^.]*|^\.ci/run)$' || true; } |
		while IFS= read -r file; do
			head -n 3 "$root/$file" | grep -q 'SPDX-License-Identifier: EUPL-1\.2' || echo "$file:1: no SPDX-License-Identifier: EUPL-1.2 at its head"
		done
}

# Nothing that only one machine has. The pattern is put together here, so that this file does not match itself.
check_machine_paths() {
	local at='/'
	local pattern="(^|[^A-Za-z0-9_./}~-])$at(work|root|home/[a-z]+|tmp/build)(/|[^A-Za-z0-9_-]|\$)"
	printf '%s\n' "$all" | tr '\n' '\0' | (cd "$root" && xargs -0r grep -nHIE "$pattern" || true) |
		sed 's|^\([^:]*:[0-9]*\):|\1: a path of one machine: |' | cut -c1-240
}

# Every relative link of a page leads somewhere.
check_links() {
	printf '%s\n' "$all" | { grep -E '\.md$' || true; } | while IFS= read -r file; do
		{ grep -noE '\]\([^)# ]+' "$root/$file" || true; } | sed 's/\](//' | while IFS=: read -r line link; do
			case $link in *:*) continue ;; esac
			[ -e "$root/$(dirname "$file")/$link" ] || echo "$file:$line: a link to nowhere: $link"
		done
	done
}

all=$(files)
found=$(check_includes; check_tests_registered; check_licence_lines; check_machine_paths; check_links)
if [ -n "$found" ]; then
	printf '%s\n' "$found"
	echo "$(printf '%s\n' "$found" | wc -l) violations"
	exit 1
fi
echo "$(printf '%s\n' "$all" | wc -l) files, $(wc -l <"$build/layers.txt") layers: nothing against the graph"
