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


class Everywhere(Demo):
    def everywhere(self, candidate):
        answer = self.daemon.request("GET", f"/v1/candidates/{candidate}/obstacles")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def test_what_would_open_most_adds_up_with_the_answers_of_each_site(self):
        sites = self.refs("sites")
        for candidate in ("K-0035", "K-0027", "K-0022", "K-0017", "K-0010"):
            answer, each = self.everywhere(candidate), {site: self.ask(candidate, site) for site in sites}
            near = {s: a for s, a in each.items() if not {r["rule"] for r in a["support"]} & {"travel", "excluded"}}
            self.assertEqual(answer["sites"]["lookedAt"], len(near))
            self.assertEqual(answer["sites"]["fit"], sum(a["fits"] for a in near.values()))
            self.assertTrue(answer["complete"])
            counted = {rule["rule"]: rule["sites"] for rule in answer["rules"]}
            expected = {}
            for a in near.values():
                for rule in (set() if a["fits"] else self.rules(a)):
                    expected[rule] = expected.get(rule, 0) + 1
            self.assertEqual(counted, expected)
            mended = {s: a["mends"]["items"] for s, a in near.items() if any(len(m["changes"]) == 1 for m in a["mends"]["items"])}
            opened = {site for item in answer["opens"] for site in item["examples"]}
            self.assertLessEqual(opened, set(mended))
            self.assertEqual(bool(mended), bool(answer["opens"]))
            for site, items in mended.items():  # the smallest change of each site is among the kinds told
                kinds = {(c["kind"], c.get("aid")) for c in items[0]["changes"]}
                self.assertLessEqual(kinds, {(o["kind"], o.get("aid")) for o in answer["opens"]}, site)

    def test_what_the_last_plan_leaves_adds_up_with_the_answers_of_each_site(self):
        self.assertIsNone(self.everywhere("K-0013")["taken"])
        self.assertEqual(self.daemon.carve("plan", "--seconds", "60").returncode, 0)
        plan = self.daemon.request("GET", "/v1/plans?limit=1").json["items"][0]
        coachless = [u["candidate"] for u in self.daemon.request("GET", f"/v1/plans/{plan['id']}").json["unplaced"] if u["reason"] == "coach"]
        self.assertGreater(len(coachless), 0)
        for candidate in ["K-0001", "K-0010", "K-0035"] + coachless:
            taken = self.everywhere(candidate)["taken"]
            each = [a["taken"] for a in (self.ask(candidate, site) for site in self.refs("sites")) if a["fits"]]
            if not each:
                self.assertIsNone(taken)
                continue
            counted = {}
            for rule in (rule["rule"] for a in each for rule in a["rules"]):
                counted[rule] = counted.get(rule, 0) + 1
            self.assertEqual((taken["plan"], taken["room"]), (plan["id"], sum(not a["rules"] for a in each)))
            self.assertEqual({rule["rule"]: rule["sites"] for rule in taken["rules"]}, counted)
            if candidate in coachless:  # wherever they fit, the coach has no hours
                self.assertEqual(counted["coach"], len(each))
        told = self.daemon.carve("why-not", coachless[0]).stdout.decode()
        self.assertIn(f"the last plan ({plan['id']}) leaves room at 0.", told)
        self.assertIn("the coach has no hours left", told)

    def test_who_has_no_site_in_reach_with_work_for_the_evening_is_told_what_opens_it(self):
        answer = self.everywhere("K-0035")
        self.assertEqual(answer["sites"], {"outOfReach": 10, "excluded": 0, "lookedAt": 1, "notLookedAt": 0, "fit": 0})
        self.assertEqual([(o["kind"], o["sites"], o["packageHours"], o["examples"]) for o in answer["opens"]],
                         [("move-time", 1, 17, ["S-04"]), ("fewer-hours", 1, 5, ["S-04"])])
        self.assertEqual((answer["opens"][1]["fromHours"], answer["opens"][1]["toHours"]), (16, 5))


class WhatIf(Demo):
    def what_if(self, candidate, body, status=200):
        answer = self.daemon.request("POST", f"/v1/candidates/{candidate}/what-if", body)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def best(self, candidate):
        answer = self.daemon.request("GET", f"/v1/candidates/{candidate}/recommendations")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def stored(self):
        return [self.daemon.request("GET", f"/v1/{c}/{ref}").headers["ETag"] for c in ("candidates", "sites") for ref in self.refs(c)]

    def test_before_is_what_is_and_after_what_it_becomes_when_the_documents_are_put(self):
        before = self.stored()
        person, site = self.get("candidate", "K-0010"), self.get("site", "S-01")
        answer = self.what_if("K-0010", {"set": [{"path": "hours.max", "value": 24}, {"path": "/travel/max-minutes", "value": 30}],
                                         "without": ["S-01/verzorging/ontbijt", "S-01/welzijn"], "facilities": ["S-03/lifting-aid"]})
        self.assertEqual(self.stored(), before)
        self.assertEqual(answer["before"], self.best("K-0010"))
        self.assertEqual(answer["changed"], [{"kind": "candidate", "ref": "K-0010"}, {"kind": "site", "ref": "S-01"}, {"kind": "site", "ref": "S-03"}])
        changed = copy.deepcopy(site)
        changed["jobs"] = [job for job in changed["jobs"] if job["ref"] != "welzijn"]
        changed["jobs"][0]["tasks"] = [task for task in changed["jobs"][0]["tasks"] if task["ref"] != "ontbijt"]
        other = self.get("site", "S-03")
        self.put("candidate", "K-0010", {**person, "hours": {**person["hours"], "max": 24}, "travel": {**person["travel"], "max-minutes": 30}})
        self.put("site", "S-01", changed)
        self.put("site", "S-03", {**other, "facilities": other["facilities"] + ["lifting-aid"]})
        self.assertEqual(self.best("K-0010"), answer["after"])
        for kind, document in (("candidate", person), ("site", site), ("site", other)):
            self.put(kind, document["ref"], document)

    def test_an_advice_can_be_asked_about_as_it_was_told(self):
        self.assertEqual(self.what_if("K-0035", {})["after"]["reason"], "hours")
        for mend in self.ask("K-0035", "S-04")["mends"]["items"]:
            answer = self.what_if("K-0035", {"changes": mend["changes"]})
            self.assertEqual({item["site"] for item in answer["after"]["items"]}, {"S-04"})

    def test_a_whole_document_takes_the_place_of_the_stored_one(self):
        person = self.get("candidate", "K-0035")
        answer = self.what_if("K-0035", {"documents": [{**person, "travel": {**person["travel"], "max-minutes": 60}}], "set": [{"path": "hours.min", "value": 5}]})
        self.assertGreater(len(answer["after"]["items"]), 1)
        self.assertEqual(answer["changed"], [{"kind": "candidate", "ref": "K-0035"}])

    def test_errors_of_changed_documents_are_those_of_put(self):
        person = self.get("candidate", "K-0035")
        wrong = self.what_if("K-0035", {"set": [{"path": "hours.min", "value": 5.1}, {"path": "hours.mx", "value": 2}, {"path": "coach", "value": "C-99"}]}, 400)
        put = self.daemon.request("PUT", "/v1/candidates/K-0035", {**person, "hours": {**person["hours"], "min": 5.1, "mx": 2}, "coach": "C-99"}).json
        strip = lambda errors: sorted((e["code"], e["pointer"], e["message"], e.get("hint")) for e in errors)
        self.assertEqual(wrong["code"], "documents-invalid")
        self.assertEqual(strip(wrong["errors"]), strip(put["errors"]))
        self.assertTrue(all((e["kind"], e["ref"]) == ("candidate", "K-0035") for e in wrong["errors"]))
        word = self.what_if("K-0010", {"facilities": ["S-03/liftng-aid"]}, 400)["errors"]
        self.assertEqual([(e["code"], e["ref"]) for e in word], [("word-unknown", "S-03")])

    def test_errors_of_the_body_name_their_place_in_it(self):
        for body, code, pointer in (
                ({"sett": []}, "request-key-unknown", "/sett"), ({"set": {}}, "request-value-invalid", "/set"),
                ({"set": [{"path": "hours.max"}]}, "request-value-invalid", "/set/0"),
                ({"set": [{"path": "ref.x.y", "value": 1}]}, "edit-impossible", "/set/0"),
                ({"without": ["S-01/verzorging", "S-01"]}, "request-value-invalid", "/without/1"),
                ({"without": ["S-01/x"]}, "work-not-found", "/without/0"), ({"without": ["S-01/verzorging/x"]}, "task-not-found", "/without/0"),
                ({"facilities": ["S-99/lift"]}, "document-not-found", "/facilities/0"),
                ({"changes": [{"document": {"kind": "site", "ref": "S-01"}, "patch": {"op": "move", "path": "/places"}}]}, "request-value-invalid", "/changes/0"),
                ({"documents": [{"kind": "x", "ref": "y"}]}, "request-value-invalid", "/documents/0"), ([], "request-value-invalid", "")):
            with self.subTest(body=body):
                answer = self.daemon.request("POST", "/v1/candidates/K-0010/what-if", json.dumps(body), {"Content-Type": "application/json"})
                self.assertEqual((answer.status, answer.json["code"]), (400, "request-invalid"), answer.body)
                self.assertEqual([(e["code"], e["pointer"]) for e in answer.json["errors"]], [(code, pointer)])
        self.assertEqual(self.what_if("K-0010", {"set": [{"path": "ref", "value": "K-1"}]}, 400)["code"], "what-if-renames")
        self.assertEqual(self.daemon.request("POST", "/v1/candidates/K-0010/what-if", "{", {"Content-Type": "application/json"}).status, 400)
        self.assertEqual(self.daemon.request("POST", "/v1/candidates/K-0010/what-if", "a: 1", {"Content-Type": "application/yaml"}).status, 415)
        self.assertEqual(self.daemon.request("POST", "/v1/candidates/K-9999/what-if", {}).status, 404)


class Client(Demo):
    def test_what_if_shows_before_and_after(self):
        dutch = self.daemon.carve("what-if", "K-0035", "--set", "travel.max-minutes=60", "--set", "hours.min=5", language="nl_NL.UTF-8")
        self.assertEqual(dutch.returncode, 0, dutch.stderr)
        before, after = dutch.stdout.decode().split("Zoals het dan is")
        self.assertIn("te weinig passende uren", before)
        self.assertIn("S-01", after)
        wrong = self.daemon.carve("what-if", "K-0035", "--set", "hours.min=5.1")
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("carve: candidate K-0035 /hours/min: 5.1 hours is not a whole number of quarters", wrong.stderr.decode())
        self.assertEqual(self.daemon.carve("what-if", "K-0035", "--set", "x").returncode, 2)
        self.assertEqual(self.daemon.carve("what-if", "K-0035", "--set", "hours.min=20").returncode, 1)
        shown = json.loads(self.daemon.carve("what-if", "K-0010", "--facility", "S-03/lifting-aid", "--without", "S-01/welzijn", "--json").stdout)
        self.assertEqual([d["ref"] for d in shown["changed"]], ["S-01", "S-03"])

    def test_why_not_without_a_site_looks_at_all_of_them(self):
        dutch = self.daemon.carve("why-not", "K-0035", language="nl_NL.UTF-8")
        self.assertEqual(dutch.returncode, 0)
        self.assertIn("K-0035 past bij 0 van 1 vestigingen binnen bereik (10 buiten bereik, 0 uitgesloten).", dutch.stdout.decode())
        self.assertIn("1. laat een taak op een andere tijd doen", dutch.stdout.decode())

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
