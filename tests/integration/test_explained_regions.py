# SPDX-License-Identifier: EUPL-1.2
"""Explanations of whole plans of real regions: what test_explanations.py expects of the demo region, of every proposal of small and medium; and five hundred employers."""
import gzip
import json
import unittest

import harness
import report_pages
import test_explanations


def load(test, daemon, name):
    """Imports a real region. Returns its documents by ref."""
    with gzip.open(harness.region(name), "rt") as file:
        text = file.read()
    answer = daemon.request("POST", "/v1/imports", text, {"Content-Type": "application/x-ndjson"})
    test.assertEqual(answer.status, 200, answer.body[:500])
    return {d["ref"]: d for d in map(json.loads, text.splitlines())}


class RegionsAddUp(test_explanations.Adding):
    def test_every_proposal_of_small_and_medium_adds_up(self):
        for name, least in (("small", 20), ("medium", 200)):
            with self.subTest(region=name), harness.Daemon() as daemon:
                documents = load(self, daemon, name)
                plan = self.plan(daemon, date="2026-11-22")
                self.assertGreater(len(plan["proposals"]), least)
                self.expect_adds_up(daemon, plan, documents)


class EmployersOfARegion(test_explanations.Viewing):
    def test_five_hundred_employers_views_have_the_work_and_nothing_of_the_person(self):
        with harness.Daemon() as daemon:
            documents, seen = load(self, daemon, "medium"), 0
            for seed in (1, 2, 3):
                seen += self.expect_views(daemon, self.plan(daemon, date="2026-11-22", seed=seed), documents)
            self.assertGreaterEqual(seen, 500)

    def test_five_hundred_employers_pages_are_complete_and_say_nothing_of_the_person(self):
        with harness.Daemon() as daemon:
            documents, seen = load(self, daemon, "medium"), 0
            for seed in (1, 2, 3):
                for proposal in self.plan(daemon, date="2026-11-22", seed=seed)["proposals"]:
                    with self.subTest(proposal=proposal["id"]):
                        report_pages.expect_employers_page(self, daemon, proposal, documents[proposal["candidate"]], ("nl", "en")[seen % 2])
                    seen += 1
            self.assertGreaterEqual(seen, 500)


if __name__ == "__main__":
    unittest.main()
