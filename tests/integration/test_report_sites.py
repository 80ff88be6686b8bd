# SPDX-License-Identifier: EUPL-1.2
"""The pages of fifty sites of a real region."""
import gzip
import re
import unittest

import harness
import site_page

DATE = "2026-11-22"
# Rounds end each search, never the clock: the same question has the same answer, as a page and as JSON, on any machine.
QUICK = "site-question:\n  seconds: 600\n  search-rounds: 30\n  proof-nodes: 200\n  site-rounds: 1\n  site-nodes: 0\n"


class Medium(unittest.TestCase):
    def test_every_figure_is_that_of_the_json_and_nobody_is_named(self):
        with harness.Daemon(config=QUICK) as daemon, gzip.open(harness.region("medium")) as file:
            self.assertEqual(daemon.carve("import", "-", input=file.read()).returncode, 0)
            sites = [item["ref"] for item in daemon.request("GET", "/v1/sites?limit=50").json["items"]]
            people = {item["ref"] for item in daemon.request("GET", "/v1/candidates?limit=1000").json["items"]}
            count = 0
            for site in sites:
                path = f"/v1/sites/{site}/recommendations?date={DATE}"
                page, answer = (daemon.request("GET", path, headers={"Accept": accept}) for accept in ("text/html", "application/json"))
                self.assertEqual((page.status, answer.status), (200, 200))
                count += site_page.expect_figures(self, page.body, answer.json)
                self.assertFalse(people & set(re.findall(r"[A-Z]+-\d+", page.body)), site)
            print(f"medium: {len(sites)} sites, {count} figures")
            self.assertEqual(len(sites), 50)


if __name__ == "__main__":
    harness.main()
