# SPDX-License-Identifier: EUPL-1.2
"""The employer's and the candidate's pages of the demo region's proposals, and that the candidate's words are plain. Five hundred employers': test_explained_regions.py."""
import os
import re
import unittest

import harness
import plain_dutch
import report_pages
from test_explanations import Explanations


def messages(name):
    with open(os.path.join(harness.SOURCES, "po", name)) as file:
        return dict(re.findall(r'^msgid "([^"]+)"\nmsgstr "((?:[^"\\]|\\.)*)"', file.read(), re.MULTILINE))


class PlainDutch(unittest.TestCase):
    def test_the_candidates_words_are_short_sentences_without_jargon(self):
        texts = [text for msgid, text in messages("report.nl.po").items() if msgid.startswith(("explain.candidate.", "report.candidate."))]
        self.assertGreater(len(texts), 80)
        self.assertEqual(plain_dutch.faults(texts), [])

    def test_long_sentences_and_jargon_are_found(self):
        long = "Dit is " + "heel " * 24 + "lang."
        self.assertEqual(len(plain_dutch.faults([long] + ["Kort."] * 9)), 1)
        self.assertEqual(len(plain_dutch.faults(["Uw takenpakket komt uit een donorfunctie."])), 2)
        self.assertEqual(len(plain_dutch.faults(["Dit is " + "heel " * 14 + "lang."])), 1)

    def test_both_languages_say_the_same_things(self):
        dutch, english = messages("report.nl.po"), messages("report.en.po")
        self.assertEqual(set(dutch), set(english))
        for msgid, text in dutch.items():
            self.assertEqual(set(re.findall(r"{[a-z]+}", text)), set(re.findall(r"{[a-z]+}", english[msgid])), msgid)


class Pages(Explanations):
    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(harness.Daemon())
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0
        plan = harness.plan_with_somebody(cls.daemon, lambda candidate: not harness.shares(candidate), lambda seed: cls("plan").plan(cls.daemon, seed=seed))
        cls.proposals = {p["candidate"]: p for p in plan["proposals"]}
        cls.candidates = {ref: cls.daemon.request("GET", f"/v1/candidates/{ref}").json for ref in cls.proposals}

    def test_the_employers_pages_are_complete_and_say_nothing_of_the_person(self):
        seen = 0
        for ref, proposal in self.proposals.items():
            if not harness.shares(self.candidates[ref]):
                continue
            for language in ("en", "nl"):
                with self.subTest(candidate=ref, language=language):
                    report_pages.expect_employers_page(self, self.daemon, proposal, self.candidates[ref], language)
                    seen += 1
        self.assertGreater(seen, 40)

    def test_there_is_no_employers_page_without_consent(self):
        ref = next(ref for ref, c in self.candidates.items() if not harness.shares(c))
        answer = self.daemon.request("GET", f"/v1/proposals/{self.proposals[ref]['id']}/explanation?for=employer", headers={"Accept": "text/html"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "share-not-consented"))

    def test_the_candidates_pages_say_every_fact_question_and_condition(self):
        for ref, proposal in self.proposals.items():
            for language in ("en", "nl"):
                with self.subTest(candidate=ref, language=language):
                    report_pages.expect_candidates_page(self, self.daemon, proposal, language)

    def test_the_candidates_pages_are_in_plain_dutch_as_a_whole(self):
        for ref, proposal in self.proposals.items():
            with self.subTest(candidate=ref):
                body, _ = report_pages.get(self.daemon, proposal["id"], "candidate", "nl")
                said = report_pages.ours(body[body.index("<main"):body.index("<footer")])
                self.assertEqual([m.group() for m in plain_dutch.JARGON.finditer(said)], [], said)

    def test_what_a_candidate_may_still_decide_is_asked_and_what_was_decided_is_ticked(self):
        ref, proposal = next(iter(self.proposals.items()))
        body, _ = report_pages.get(self.daemon, proposal["id"], "candidate", "nl")
        self.assertIn("<li>U zegt ja of nee.</li>", body)
        self.assertIn("Zonder uw ja gebeurt er niets.", body)
        done = self.daemon.carve("decline", proposal["id"], "--reason", "travel", language="nl_NL.UTF-8")
        self.assertEqual(done.returncode, 0, done.stderr)
        body, _ = report_pages.get(self.daemon, proposal["id"], "candidate", "nl")
        self.assertIn("Dit voorstel gaat niet door, of is voorbij.", body)
        self.assertNotIn("U zegt ja of nee.", body)

    def test_carve_writes_both_pages(self):
        ref = next(ref for ref, c in self.candidates.items() if "share-with-employer" in c["consent"]["scope"])
        for reader in ("employer", "candidate"):
            done = self.daemon.carve("report", ref, "--for", reader, "--lang", "nl")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.decode(), report_pages.get(self.daemon, self.proposals[ref]["id"], reader, "nl")[0])


if __name__ == "__main__":
    unittest.main()
