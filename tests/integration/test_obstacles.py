# SPDX-License-Identifier: EUPL-1.2
"""Why not, and what would help: situations of the demo region, and every advice put to the test by changing the documents as it says and asking again."""
import copy
import json
import unittest

import harness


def patch(document, change):
    """What RFC 6902 says of `add` and `remove`."""
    document = copy.deepcopy(document)
    steps = change["path"].split("/")[1:]
    at = document
    for step in steps[:-1]:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if change["op"] == "remove":
        at.pop(int(steps[-1]) if isinstance(at, list) else steps[-1])
    elif isinstance(at, list):
        assert steps[-1] == "-", change
        at.append(change["value"])
    else:
        at[steps[-1]] = change["value"]
    return document


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.__enter__()
        imported = cls.daemon.carve("import", *harness.demo_files())
        assert imported.returncode == 0, imported.stderr

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def ask(self, candidate, site, job=None, task=None):
        query = f"?site={site}" + (f"&job={job}" if job else "") + (f"&task={task}" if task else "")
        answer = self.daemon.request("GET", f"/v1/candidates/{candidate}/obstacles{query}")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def refs(self, collection):
        return [item["ref"] for item in self.daemon.request("GET", f"/v1/{collection}?limit=100").json["items"]]

    def rules(self, answer):
        return {rule["rule"] for rule in answer["support"] + answer["package"]} | {
            rule["rule"] for slot in answer["slots"] for rule in slot["rules"]}

    def put(self, kind, ref, document):
        collection = {"candidate": "candidates", "site": "sites", "coach": "coaches"}[kind]
        answer = self.daemon.request("PUT", f"/v1/{collection}/{ref}", document)
        self.assertIn(answer.status, (200, 201), answer.body)

    def get(self, kind, ref):
        collection = {"candidate": "candidates", "site": "sites", "coach": "coaches"}[kind]
        return self.daemon.request("GET", f"/v1/{collection}/{ref}").json

    def expect_help(self, question, mend):
        """Changes the stored documents as the advice says, asks again, and puts the old ones back."""
        before = {}
        for change in mend["changes"]:
            key = (change["document"]["kind"], change["document"]["ref"])
            document = self.get(*key)
            before.setdefault(key, document)
            self.put(*key, patch(document, change["patch"]))
        answer = self.ask(*question)
        for key, document in before.items():
            self.put(*key, document)
        self.assertTrue(answer["fits"], f"{question}: {json.dumps(mend['changes'])}")


class Situations(Demo):
    def test_who_can_lift_with_a_lifting_aid_is_told_that_the_site_has_none(self):
        answer = self.ask("K-0010", "S-03", "kas", "bijvullen")
        self.assertFalse(answer["fits"])
        self.assertEqual([(r["rule"], r["what"], r["found"]) for r in answer["slots"][0]["rules"]], [("capacity", "d430", 2)])
        first = answer["mends"]["items"][0]["changes"]
        self.assertEqual([(c["kind"], c["aid"]) for c in first], [("add-aid", "lifting-aid")])
        self.assertTrue(self.ask("K-0010", "S-01", "verzorging", "linnen")["fits"])  # there they have one

    def test_a_task_of_the_morning_is_moved_for_who_comes_in_the_afternoon(self):
        answer = self.ask("K-0022", "S-04", "ontbijtzaal", "vaat")
        self.assertEqual(self.rules(answer), {"availability"})
        change = answer["mends"]["items"][0]["changes"][0]
        self.assertEqual((change["kind"], change["task"]), ("move-time", "vaat"))
        self.assertTrue(all(part.endswith(("-pm", "-ev")) for part in change["toParts"]), change)

    def test_who_works_in_the_evening_only_is_helped_by_work_that_may_be_done_then(self):
        answer = self.ask("K-0035", "S-04")
        self.assertEqual(self.rules(answer), {"hours", "availability", "requirement"})
        self.assertEqual(answer["package"], [{"rule": "hours", "found": 5, "allowed": 16}])
        change = answer["mends"]["items"][0]["changes"][0]
        self.assertEqual((change["kind"], change["class"], change["task"]), ("move-time", "organisation", "gangen"))

    def test_travel_is_the_persons_choice_and_no_advice(self):
        answer = self.ask("K-0025", "S-05")
        self.assertEqual([r["rule"] for r in answer["support"]], ["travel"])
        self.assertEqual((answer["mends"]["items"], answer["mends"]["completeTo"]), ([], 3))

    def test_an_employer_whom_somebody_does_not_want_stays_excluded(self):
        answer = self.ask("K-0023", "S-05")
        self.assertIn({"rule": "excluded", "what": "EMP-05", "found": 1, "allowed": 0}, answer["support"])
        self.assertEqual(answer["mends"]["items"], [])

    def test_without_consent_nothing_but_consent_is_asked_for(self):
        person = self.get("candidate", "K-0001")
        expired = {**person, "consent": {**person["consent"], "given": "2024-01-01", "expires": "2025-01-01"}}
        self.put("candidate", "K-0001", expired)
        answer = self.ask("K-0001", "S-01")
        self.put("candidate", "K-0001", person)
        self.assertEqual((answer["fits"], answer["conditions"], answer["mends"]["items"]), (False, ["consent"], []))

    def test_every_advice_of_the_region_helps_when_it_is_followed(self):
        tried, kinds = 0, set()
        for candidate in self.refs("candidates"):
            for site in self.refs("sites"):
                answer = self.ask(candidate, site)
                if answer["fits"]:
                    self.assertEqual((answer["support"], answer["package"], answer["mends"]["items"]), ([], [], []))
                for mend in answer["mends"]["items"][:1]:
                    self.expect_help((candidate, site), mend)
                    tried += 1
                    kinds |= {change["kind"] for change in mend["changes"]}
        for question in (("K-0010", "S-03", "kas", "bijvullen"), ("K-0022", "S-04", "ontbijtzaal", "vaat")):
            for mend in self.ask(*question)["mends"]["items"]:
                self.expect_help(question, mend)
                tried += 1
                kinds |= {change["kind"] for change in mend["changes"]}
        print(f"{tried} advices followed, of {len(kinds)} kinds")
        self.assertGreater(tried, 3)
        self.assertLessEqual({"move-time", "add-aid"}, kinds)

    def test_who_fits_is_told_what_the_last_plan_has_left(self):
        self.assertIsNone(self.ask("K-0001", "S-01")["taken"])
        self.assertEqual(self.daemon.carve("plan", "--seconds", "60").returncode, 0)
        plan = self.daemon.request("GET", "/v1/plans?limit=1").json["items"][0]["id"]
        told = {}
        for candidate in self.refs("candidates"):
            for site in ("S-01", "S-04"):
                answer = self.ask(candidate, site)
                if answer["fits"]:
                    self.assertEqual(answer["taken"]["plan"], plan)
                    for rule in answer["taken"]["rules"]:
                        told.setdefault(rule["rule"], (candidate, site))
        placed = self.daemon.request("GET", f"/v1/plans/{plan}/proposals?limit=100").json["items"]
        for proposal in placed:  # what somebody has in the plan is no obstacle to that very person
            self.assertEqual(self.ask(proposal["candidate"], proposal["site"])["taken"]["rules"], [])
        self.assertIn("places", told)


class Client(Demo):
    def test_why_not_answers_in_both_languages_and_ends_as_it_says(self):
        english = self.daemon.carve("why-not", "K-0035", "S-04")
        dutch = self.daemon.carve("why-not", "K-0035", "S-04", language="nl_NL.UTF-8")
        self.assertEqual((english.returncode, dutch.returncode), (0, 0))
        self.assertIn("5 h a week fit together, the candidate wants 16 h at least", english.stdout.decode())
        self.assertIn("5 uur per week past samen, de kandidaat wil minstens 16 uur", dutch.stdout.decode())
        self.assertIn("laat gangen van kamers (Gangen stofzuigen) ook doen op maandagavond", dutch.stdout.decode())
        self.assertEqual(self.daemon.carve("why-not", "K-0025", "S-05").returncode, 1)
        self.assertEqual(self.daemon.carve("why-not", "K-0001", "S-01").returncode, 0)

    def test_json_is_the_daemons_answer(self):
        shown = self.daemon.carve("why-not", "K-0010", "S-03/kas/bijvullen", "--json")
        self.assertEqual(json.loads(shown.stdout), self.ask("K-0010", "S-03", "kas", "bijvullen"))

    def test_what_is_not_there_is_said(self):
        for operands, code, text in (
                (("K-9999", "S-01"), 4, "K-9999"), (("K-0001", "S-99"), 4, "S-99"), (("K-0001", "S-01/x"), 4, "no job or vacancy x"),
                (("K-0001", "S-01/verzorging/x"), 4, "no task x"), (("K-0001", "/x"), 2, "/x"), (("K-0001", "S-01/a/b/c"), 2, "S-01/a/b/c")):
            with self.subTest(operands=operands):
                done = self.daemon.carve("why-not", *operands)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(text, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
