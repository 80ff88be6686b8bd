#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""How soon a page is there in headless Chromium, and what it takes: bench/report_load.py PAGE.html ... (pages by carve report). Prints a line of JSON for each."""
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/browser"))
import browser  # noqa: E402  a path of its own

if browser.missing():
    sys.exit(browser.missing())
with browser.Browser() as chromium:
    chromium.show()
    for page in map(os.path.abspath, sys.argv[1:]):
        began = time.monotonic()
        chromium.driver.get("file://" + page)
        loaded = time.monotonic() - began
        elements = chromium.driver.execute_script("scrollTo(0, document.documentElement.scrollHeight); return document.querySelectorAll('*').length")
        print(json.dumps({"page": os.path.basename(page), "bytes": os.path.getsize(page), "load-seconds": round(loaded, 2),
                          "end-seconds": round(time.monotonic() - began, 2), "elements": elements}), flush=True)
