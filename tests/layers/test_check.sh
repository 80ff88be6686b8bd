#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Does check.sh see what it should? Small trees, each with one violation, must be refused with the message that names it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0
count=0

put() { # FILE LINE...: a file of the tree, with its licence line
	mkdir -p "$tree/src/$(dirname "$1")"
	{ echo "// SPDX-License-Identifier: EUPL-1.2"; printf '%s\n' "${@:2}"; } >"$tree/src/$1"
}

fresh() { # a small tree without fault
	rm -rf "$tree/src" "$tree/out"
	mkdir -p "$tree/src" "$tree/out"
	cat >"$tree/out/layers.txt" <<-END
		base|lib/base||PkgConfig::jansson,PkgConfig::yaml
		fit|lib/fit|base|
		price|lib/price|fit|
		optimize|lib/optimize|base,fit|glpk
		store|daemon/store|base|PkgConfig::sqlite3
		service|daemon/service|base,store|PkgConfig::uv
		carve|client|base|PkgConfig::curl,PkgConfig::smartcols
	END
	put include/carved/base/error.h '#pragma once'
	put include/carved/fit/fit.h '#include "carved/base/error.h"'
	put lib/base/json.c '#include "carved/base/error.h"' '#include <jansson.h>' '// a time (of day) in a comment is fine' 'int run_time(void);'
	put lib/fit/fit.c '#include "carved/fit/fit.h"' '#include "carved/base/error.h"' '#include "inner.h"'
	put lib/fit/inner.h '#pragma once'
	put lib/optimize/lp.c '#include <glpk.h>' '/* clock(' 'time( */'
	put daemon/store/store.c '#include <sqlite3.h>' '#include "store/store.h"'
	put daemon/store/other.c '#include <sqlite3.h>'
	put daemon/service/service.c '#include <uv.h>' '#include "store/store.h"' 'long t = time(0);'
	put client/http.c '#include <curl/curl.h>' '#include "table.h"'
	put tests/unit/fit/test_fit.c '#include "carved/fit/fit.h"' '#include <sqlite3.h>'
	echo "$tree/src/tests/unit/fit/test_fit.c" >"$tree/out/tests.txt"
}

passes() { # NAME
	count=$((count + 1))
	if ! "$here/check.sh" "$tree/src" "$tree/out" >"$tree/answer" 2>&1; then
		echo "FAILED $1: refused"; cat "$tree/answer"; failed=1
	fi
}

refuses() { # NAME FILE:LINE TEXT: exit 1, exactly one violation, at that place, with that text
	count=$((count + 1))
	local code=0
	"$here/check.sh" "$tree/src" "$tree/out" >"$tree/answer" 2>&1 || code=$?
	if [ $code -ne 1 ] || ! grep -qxF "1 violations" "$tree/answer" || ! grep -F "$2: " "$tree/answer" | grep -qF "$3"; then
		echo "FAILED $1: exit $code, said:"; cat "$tree/answer"; failed=1
	fi
	fresh
}

fresh
passes "a tree without fault passes"

put lib/base/json.c '#include "carved/fit/fit.h"'
refuses "an include against the direction is refused" lib/base/json.c:2 "fit is not in its USES"

put lib/price/price.c '#include "carved/fit/fit.h"' '#include "carved/base/error.h"'
refuses "a layer that is only reached through another is refused" lib/price/price.c:3 "base is not in its USES"

put include/carved/fit/fit.h '#include "carved/optimize/optimize.h"'
refuses "a public header counts for its layer" include/carved/fit/fit.h:2 "optimize is not in its USES"

put daemon/store/store.c '#include "service/service.h"'
refuses "a daemon layer is held to the graph as well" daemon/store/store.c:2 "service is not in its USES"

put client/http.c '#include <curl/curl.h>' '#include <carved/store/store.h>'
refuses "angle brackets are no way round" client/http.c:3 "store is not in its USES"

put lib/fit/fit.c '#include "carved/nowhere/x.h"'
refuses "a header of no layer is refused" lib/fit/fit.c:2 "belongs to no layer"

put lib/fit/fit.c '#include "../base/private.h"'
refuses "a way up out of the folder is refused" lib/fit/fit.c:2 "leaves its folder"

put lib/new/new.c 'int x;'
refuses "a folder without a layer is refused" lib/new/new.c:1 "no layer of layers.txt"

for header in glpk.h jansson.h yaml.h sqlite3.h llhttp.h curl/curl.h libsmartcols.h libsmartcols/libsmartcols.h; do
	put lib/fit/fit.c "#include <$header>"
	refuses "$header has no room in fit" lib/fit/fit.c:2 "is not its room"
done

sed -i 's/^fit|.*/fit|lib\/fit|base|PkgConfig::sqlite3/' "$tree/out/layers.txt"
put lib/fit/fit.c '#include <sqlite3.h>'
refuses "a second room is refused, also where it is declared" lib/fit/fit.c:2 "a second room"

for header in glpk.h jansson.h yaml.h; do
	layer=base
	[ $header != glpk.h ] || layer=optimize
	put lib/$layer/first.c "#include <$header>"
	put lib/$layer/second.c "#include <$header>"
	[ $header = yaml.h ] || rm -f "$tree/src/lib/base/json.c" "$tree/src/lib/optimize/lp.c"
	refuses "$header twice in its room is refused" lib/$layer/second.c:2 "a second file"
done

put include/carved/base/error.h '#include <jansson.h>'
refuses "a public header names no third-party header" include/carved/base/error.h:2 "a public header"

put lib/fit/fit.c '#include <uv.h>'
refuses "no loop in lib" lib/fit/fit.c:2 "uv.h"

for call in 'time(NULL)' 'clock_gettime(CLOCK_REALTIME, &now)' 'gettimeofday (&now, NULL)' 'clock()'; do
	put lib/fit/fit.c "int x = $call;"
	refuses "no clock in lib: $call" lib/fit/fit.c:2 "no clock"
done

put tests/unit/base/test_lost.c 'int x;'
refuses "a test that is not registered is refused" tests/unit/base/test_lost.c:1 "not registered"

put tests/integration/test_lost.py 'pass'
refuses "a Python test that is not registered is refused" tests/integration/test_lost.py:1 "not registered"

put docs/page.md 'see [the other](other.md#part) and [the web](https://example.org/x)'
refuses "a link to nowhere is refused" docs/page.md:2 "a link to nowhere: other.md"
put docs/page.md 'see [the other](other.md#part), [above](../lib/fit/fit.c), [here](#top)'
put docs/other.md 'x'
passes "links that lead somewhere pass"

for file in lib/fit/bare.c lib/fit/bare.h cmake/bare.cmake scripts/bare.sh scripts/bare lib/bare/CMakeLists.txt po/bare.po config/bare.yaml \
	man/bare.8 man/bare.bash systemd/bare.socket systemd/bare.sysusers systemd/bare.service.in; do
	mkdir -p "$tree/src/$(dirname $file)"
	echo "x" >"$tree/src/$file"
	refuses "$file without a licence line is refused" $file:1 "no SPDX"
done

for path in work/shared tmp/build root/x home/someone; do
	path=/$path # so that this file is not refused itself
	put docs/page.md "see $path for more"
	refuses "a path of one machine is refused: $path" docs/page.md:2 "a path of one machine"
done
put docs/page.md "frame/work, /workers and net/work are no machine's paths"
passes "a path that only looks like one passes"

[ $failed -eq 0 ] && echo "$count trees judged as they should"
exit $failed
