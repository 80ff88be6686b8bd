# SPDX-License-Identifier: EUPL-1.2
"""carve report and Accept: text/html: each page is written whole or not at all, in the language and the kind that were asked for; the figures of a site's page."""
import os
import re
import unittest

import harness
import site_page

QUICK = {"date": "2026-11-23", "budget": {"price-rounds": 5, "search-rounds": 10, "block-rounds": 0, "site-nodes": 0}}
ENDLESS = {"seconds": 600, "budget": {"gap-target": 0, "search-rounds": 100000000}}
BROWSERS = ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",  # Firefox
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",  # Safari
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7")  # Chromium


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.start()
        result = cls.daemon.carve("import", *harness.demo_files())
        assert result.returncode == 0, result.stderr.decode()
        plan = harness.plan_with_somebody(cls.daemon, lambda candidate: not harness.shares(candidate), cls.plan)
        cls.plan_id = plan["id"]
        cls.proposals = {proposal["candidate"]: proposal for proposal in plan["proposals"]}
        cls.unplaced = [one["candidate"] for one in plan["unplaced"]]
        cls.shared = cls.who_shares(True)
        cls.alone = cls.who_shares(False)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    @classmethod
    def plan(cls, seed):
        plan = cls.daemon.request("POST", "/v1/plans", {**QUICK, "seed": seed}, {"Prefer": "wait=120"}).json
        assert plan["state"] == "done", plan
        return plan

    @classmethod
    def who_shares(cls, does):
        """Somebody of the plan who has agreed, or not, to what an employer may see."""
        for candidate in cls.proposals:
            if harness.shares(cls.daemon.request("GET", f"/v1/candidates/{candidate}").json) == does:
                return candidate
        raise AssertionError("the demo has nobody of this kind in its plan")

    def setUp(self):
        self.file = os.path.join(self.daemon.folder, f"{self.id()}.html")

    def read(self):
        with open(self.file) as file:
            return file.read()

    def write(self, *arguments, **more):
        result = self.daemon.carve("report", *arguments, "-o", self.file, **more)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
        page = self.read()
        self.assertTrue(page.startswith("<!DOCTYPE html>\n") and page.rstrip().endswith("</html>"), page[:200])
        self.assertEqual([name for name in os.listdir(self.daemon.folder) if name.endswith(".part")], [])
        return page

    # ---- what there is

    def test_each_kind_of_thing_has_its_page_however_it_is_named(self):
        proposal = self.proposals[self.shared]["id"]
        for kind, ways in {"coach": ((proposal,), ("proposal", proposal), (self.shared,), ("candidate", self.shared), (self.shared, "--plan", self.plan_id), (proposal, "--for", "coach")),
                           "employer": ((proposal, "--for", "employer"), (self.shared, "--for", "employer")),
                           "candidate": ((proposal, "--for", "candidate"), (self.shared, "--for", "candidate")),
                           "plan": ((self.plan_id,), ("plan", self.plan_id)),
                           "site": (("--site", "S-02"), ("S-02",), ("site", "S-02"))}.items():
            with self.subTest(kind=kind):
                pages = {self.write(*way) for way in ways}
                self.assertEqual(len(pages), 1)
                self.assertEqual(re.search('<body class="([a-z]+)', pages.pop())[1], kind)

    def test_without_a_file_or_with_a_dash_it_goes_to_standard_output(self):
        page = self.write(self.shared)
        for arguments in ((), ("-o", "-"), ("--output=-",)):
            result = self.daemon.carve("report", self.shared, *arguments)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertEqual(result.stdout.decode().rstrip("\n"), page.rstrip("\n"))

    def test_a_page_replaces_the_one_before(self):
        english, dutch = self.write(self.shared), self.write(self.shared, "--lang", "nl")
        self.assertIn('<html lang="en">', english)
        self.assertIn('<html lang="nl">', dutch)
        self.assertEqual(self.write(self.shared, language="nl_NL.UTF-8"), dutch)
        self.assertEqual(self.write(self.shared, "--lang", "en", language="nl_NL.UTF-8"), english)
        self.assertIn('<html lang="nl">', self.write("--site", "S-02", "--lang", "nl"))
        self.assertIn('<html lang="nl">', self.write(self.plan_id, "--lang", "nl"))

    # ---- what can go wrong

    def expect_nothing(self, code, *arguments, says=None, daemon=None):
        """A page that was there stays, none comes where there was none."""
        for there in (False, True):
            if there:
                with open(self.file, "w") as file:
                    file.write("the page before")
            result = (daemon or self.daemon).carve("report", *arguments, "-o", self.file)
            self.assertEqual(result.returncode, code, result.stderr.decode())
            self.assertEqual(self.read() if there else os.path.exists(self.file), "the page before" if there else False)
            self.assertFalse(os.path.exists(self.file + ".part"))
            if says:
                self.assertIn(says, result.stderr.decode() + result.stdout.decode())
        os.remove(self.file)

    def test_what_is_not_there_has_no_page(self):
        for arguments in (("P-999",), ("PL-999",), ("K-9999",), ("--site", "S-99"), ("site", "S-99"), ("candidate", "S-01"), (self.shared, "--plan", "PL-999")):
            with self.subTest(arguments=arguments):
                self.expect_nothing(4, *arguments)

    def test_who_has_not_agreed_to_it_has_no_page_for_employers(self):
        self.expect_nothing(6, self.alone, "--for", "employer")
        self.write(self.alone)

    def test_who_has_no_proposal_has_no_page_and_the_reason_is_told(self):
        self.expect_nothing(1, self.unplaced[0], says=self.plan_id)

    def test_what_makes_no_sense_is_told_before_anything_is_asked(self):
        for arguments in ((), ("coach", "C-01"), ("vocabulary", "demo"), ("thing", "K-0001"), ("--site", "S-01", "K-0001"), (self.plan_id, "--for", "nobody"), ("K-1", "K-2", "K-3")):
            with self.subTest(arguments=arguments):
                self.expect_nothing(2, *arguments)

    def test_without_a_daemon_there_is_no_page(self):
        with harness.Daemon() as other:
            other.stop()
            for arguments in (("P-1",), ("K-0001",), (self.plan_id,), ("--site", "S-01")):
                self.expect_nothing(7, *arguments, daemon=other)

    def test_a_plan_that_still_runs_has_no_page_yet(self):
        with harness.Daemon() as daemon:
            daemon.carve("import", *harness.demo_files())
            plan = daemon.request("POST", "/v1/plans", ENDLESS).json["id"]
            self.expect_nothing(5, plan, daemon=daemon)
            self.assertEqual(daemon.request("GET", f"/v1/plans/{plan}?view=summary").json["state"], "running")
            self.assertEqual(daemon.carve("report", "K-0010").returncode, 4)  # no plan is done
            daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"})
            daemon.wait_for_plan(plan)
            self.assertEqual(daemon.carve("report", plan, "-o", self.file).returncode, 0)  # what it has found until then

    def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left(self):
        folder = os.path.join(self.daemon.folder, "folder")
        os.makedirs(folder, exist_ok=True)
        for name in (os.path.join(self.daemon.folder, "absent", "page.html"), folder, "/proc/page.html"):
            with self.subTest(name=name):
                result = self.daemon.carve("report", self.shared, "-o", name)
                self.assertEqual((result.returncode, result.stdout), (8, b""))
                self.assertIn(name, result.stderr.decode())
                self.assertFalse(os.path.exists(name + ".part"))
        self.assertEqual(os.listdir(folder), [])

    # ---- a site

    def test_every_figure_of_a_sites_page_is_that_of_the_json_and_nobody_is_named(self):
        people = {item["ref"] for item in self.daemon.request("GET", "/v1/candidates?limit=100").json["items"]}
        for site in ("S-01", "S-03", "S-04", "S-07"):
            path = f"/v1/sites/{site}/recommendations"
            answer = self.daemon.request("GET", path).json
            for language in ("en", "nl"):
                page = self.daemon.request("GET", path, headers={"Accept": "text/html", "Accept-Language": language}).body
                self.assertGreater(site_page.expect_figures(self, page, answer), 20)
                self.assertFalse(people & set(re.findall(r"[A-Z]+-\d+", page)))
                self.assertNotRegex(page[page.index("<main>"):], r"\b[bde][1-9]\d{2,3}\b")  # no code of ICF

    # ---- over HTTP

    def paths(self):
        proposal = self.proposals[self.shared]["id"]
        return [f"/v1/proposals/{proposal}/explanation?for={reader}" for reader in ("coach", "employer", "candidate")] + \
            [f"/v1/plans/{self.plan_id}/overview", "/v1/sites/S-02/recommendations"]

    def test_a_browser_gets_a_page_and_a_program_json(self):
        for path in self.paths():
            for accept in BROWSERS + ("text/html", "TEXT/HTML;charset=UTF-8", "application/json;q=0.5, text/html", "text/*"):
                answer = self.daemon.request("GET", path, headers={"Accept": accept})
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/html; charset=utf-8"), (path, accept, answer.body[:200]))
            for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}, {"Accept": "text/html;q=0.5, application/json"}, {"Accept": "application/*, text/html;q=0.9"}):
                answer = self.daemon.request("GET", path, headers=headers)
                self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/json"), (path, headers))

    def test_what_is_none_of_these_is_not_acceptable(self):
        for path in self.paths():
            for accept in ("image/png", "text/plain", "application/pdf", "text/html;q=0, image/*"):
                answer = self.daemon.request("GET", path, headers={"Accept": accept})
                self.assertEqual((answer.status, answer.json["code"]), (406, "not-acceptable"), (path, accept))

    def test_each_kind_and_language_has_a_tag_of_its_own(self):
        for path in self.paths():
            tags = {}
            for accept in ("application/json", "text/html"):
                for language in ("en", "nl"):
                    headers = {"Accept": accept, "Accept-Language": language}
                    answer = self.daemon.request("GET", path, headers=headers)
                    self.assertIn("Accept", answer.headers["Vary"])
                    tags[accept, language] = answer.headers["ETag"]
                    again = self.daemon.request("GET", path, headers={**headers, "If-None-Match": answer.headers["ETag"]})
                    self.assertEqual((again.status, again.body), (304, ""), path)
            self.assertNotEqual(tags["text/html", "en"], tags["text/html", "nl"])
            self.assertFalse({tags["text/html", "en"], tags["text/html", "nl"]} & {tags["application/json", "en"], tags["application/json", "nl"]})
            crossed = self.daemon.request("GET", path, headers={"Accept": "text/html", "If-None-Match": tags["application/json", "en"]})
            self.assertEqual(crossed.status, 200)

    def test_a_refusal_is_a_problem_also_for_who_wants_a_page(self):
        for path in ("/v1/sites/S-99/recommendations", "/v1/plans/PL-999/overview", "/v1/proposals/P-999/explanation"):
            answer = self.daemon.request("GET", path, headers={"Accept": "text/html"})
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (404, "application/problem+json"))


if __name__ == "__main__":
    harness.main()
