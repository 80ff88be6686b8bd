# SPDX-License-Identifier: EUPL-1.2
"""The demo region does what its comments tell: each situation is put before the real daemon, and the plan must answer it as told."""
import copy
import json
import os
import subprocess
import sys
import unittest

import harness

MORNINGS = {day: ["am"] for day in ("mon", "tue", "wed", "thu", "fri")}


def slots_of(proposal, site):
    """Each slot of a proposal with its task's document."""
    work = {w["ref"]: w for w in site.get("jobs", []) + site.get("vacancies", [])}
    for slot in proposal["slots"]:
        ref = slot.get("job") or slot.get("vacancy")
        yield slot, ref, next(task for task in work[ref]["tasks"] if task["ref"] == slot["task"])


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.start()
        cls.imported = cls.daemon.carve("import", *harness.demo_files(), "--json")
        cls.documents = {}
        for collection in ("candidates", "sites", "coaches", "vocabularies"):
            refs = [item["ref"] for item in cls.daemon.request("GET", f"/v1/{collection}?limit=100").json["items"]]
            cls.documents[collection] = {ref: cls.daemon.request("GET", f"/v1/{collection}/{ref}").json for ref in refs}
        cls.sites = cls.documents["sites"]
        result = cls.daemon.carve("plan", "--json", "--seed", "1")
        assert result.returncode == 0, result.stderr.decode()
        cls.plan = json.loads(result.stdout)
        cls.proposals = {p["candidate"]: p for p in cls.plan["proposals"]}
        cls.unplaced = {u["candidate"]: u["reason"] for u in cls.plan["unplaced"]}

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def alone(self, ref, sites=None, change=None):
        """The proposal for one candidate and nobody else: what suits this person best. `sites`: names, or documents; None: all of the demo."""
        candidate = copy.deepcopy(self.documents["candidates"][ref])
        if change:
            change(candidate)
        documents = [*self.documents["vocabularies"].values(), *self.documents["coaches"].values(), candidate]
        documents += sites.values() if isinstance(sites, dict) else [self.sites[name] for name in sites or self.sites]
        with harness.Daemon() as daemon:
            answer = daemon.request("POST", "/v1/imports", documents)
            self.assertEqual(answer.status, 200, answer.body)
            answer = daemon.request("POST", "/v1/plans", {"seed": 1}, {"Prefer": "wait=60"})
            self.assertEqual(answer.status, 200, answer.body)
            proposals = answer.json["proposals"]
            return proposals[0] if proposals else None

    def tasks(self, proposal):
        return {f"{ref}.{slot['task']}" for slot, ref, _ in slots_of(proposal, self.sites[proposal["site"]])}

    def fit(self, proposal):
        return proposal["parts"]["fit"] / proposal["hours"]

    def test_it_is_accepted_whole_and_without_a_warning(self):
        self.assertEqual(self.imported.returncode, 0, self.imported.stderr.decode())
        warnings = [w for line in self.imported.stdout.decode().splitlines() if line for w in json.loads(line).get("warnings", [])]
        self.assertEqual([w for w in warnings if w["code"] != "profile-old"], [])  # time passes, also for the demo
        self.assertEqual({name: len(found) for name, found in self.documents.items()},
            {"candidates": 35, "sites": 11, "coaches": 3, "vocabularies": 1})

    def test_a_good_plan_places_twenty_to_twenty_eight(self):
        self.assertEqual(self.plan["state"], "done")
        self.assertLessEqual(20, self.plan["placed"])
        self.assertLessEqual(self.plan["placed"], 28)
        self.assertGreaterEqual(self.plan["bound"], self.plan["value"])

    def test_a_fixed_morning_task_would_fit_who_can_only_come_in_the_afternoon(self):
        alone = self.alone("K-0001", ["S-03"])
        self.assertTrue(alone is None or "kas.water" not in self.tasks(alone))
        morning = self.alone("K-0001", ["S-03"], lambda candidate: candidate.update(available=MORNINGS))
        self.assertIn("kas.water", self.tasks(morning))

    def test_the_same_vacancies_rank_opposite_for_who_avoids_and_who_seeks_stimuli(self):
        only = {}
        for ref in ("K-0002", "K-0003"):
            for site, vacancy in (("S-04", "ontbijtzaal"), ("S-09", "depot")):
                only[ref, site] = self.alone(ref, {site: self.with_one_vacancy(site, vacancy)})
                self.assertEqual(only[ref, site]["kind"], "vacancy")
        self.assertGreater(only["K-0002", "S-09"]["value"], only["K-0002", "S-04"]["value"])
        self.assertGreater(only["K-0003", "S-04"]["value"], only["K-0003", "S-09"]["value"])

    def with_one_vacancy(self, site, vacancy):
        """The site with this vacancy, to be filled whole, and nothing else."""
        document = copy.deepcopy(self.sites[site])
        document.pop("jobs")
        document["vacancies"] = [v for v in document["vacancies"] if v["ref"] == vacancy]
        document["vacancies"][0].pop("carve", None)
        return document

    def test_one_supervisor_means_tasks_of_one_supervisor(self):
        proposal = self.alone("K-0004")
        supervisors = {task.get("supervisor") for _, _, task in slots_of(proposal, self.sites[proposal["site"]])}
        self.assertEqual(len(supervisors), 1)

    def test_part_time_stays_within_the_few_hours_there_are(self):
        proposal = self.alone("K-0005")
        self.assertTrue(6 <= proposal["hours"] <= 9)
        self.assertLessEqual({piece["part"][4:] for piece in proposal["schedule"]}, {"am"})

    def test_simple_work_ranks_lower_for_the_highly_schooled(self):
        best = self.alone("K-0006")
        levels = [task["level"] for _, _, task in slots_of(best, self.sites[best["site"]])]
        self.assertGreaterEqual(max(levels), 6)
        simple = self.alone("K-0006", ["S-11"])
        self.assertGreater(self.fit(best), self.fit(simple))

    def test_the_airport_yes_the_tower_no(self):
        proposal = self.alone("K-0007")
        self.assertEqual(proposal["site"], "S-07")
        self.assertFalse([task for task in self.tasks(proposal) if task.startswith("havendienst.")])
        self.assertEqual(proposal["conditions"], ["staff-agreed"])

    def test_no_deadlines_for_who_cannot_bear_them(self):
        for proposal in (self.alone("K-0008"), self.alone("K-0008", ["S-05"])):
            for _, _, task in slots_of(proposal, self.sites[proposal["site"]]):
                self.assertLess(task["demands"].get("d2401", 0), 2)
                self.assertNotIn("deadlines", task.get("tags", []))

    def test_what_is_unknown_becomes_questions(self):
        proposal = self.alone("K-0009")
        unknown = {code for code, value in self.documents["candidates"]["K-0009"]["limitations"].items() if value == 8}
        self.assertGreaterEqual(len(unknown), 11)
        self.assertTrue(proposal["questions"])
        self.assertLessEqual({code[:4] for code in proposal["questions"]}, unknown)

    def test_the_lifting_aid_that_one_site_has_decides(self):
        with_aid = [ref for ref, site in self.sites.items() if "lifting-aid" in site.get("facilities", [])]
        self.assertEqual(with_aid, ["S-01"])
        proposal = self.alone("K-0010")
        self.assertEqual((proposal["site"], proposal["aids"]), ("S-01", ["lifting-aid"]))

    def test_sharing_is_asked_of_nobody_who_only_agreed_to_matching(self):
        self.assertEqual(self.documents["candidates"]["K-0011"]["consent"]["scope"], ["matching"])
        self.assertIsNotNone(self.alone("K-0011"))

    def test_expired_consent_and_no_fitting_hours_are_told_by_name(self):
        self.assertEqual(self.unplaced["K-0012"], "consent")
        self.assertIn("K-0035", self.unplaced)
        self.assertIsNone(self.alone("K-0035"))

    def test_the_checker_that_shares_nothing_agrees(self):
        checker = os.path.join(harness.SHARED, "tools/check_plan.py")
        if not os.path.exists(checker):
            self.skipTest(f"no independent checker here: {checker} is absent")
        region, plan = (os.path.join(self.daemon.folder, name) for name in ("demo.ndjson", "plan.json"))
        with open(region, "w") as file:
            for found in self.documents.values():
                file.writelines(json.dumps(document) + "\n" for document in found.values())
        with open(plan, "w") as file:
            json.dump(self.plan, file)
        verdict = subprocess.run([sys.executable, checker, region, plan, "--date", self.plan["date"]], capture_output=True, text=True)
        print(f"demo: {verdict.stdout.strip()}")
        self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)


if __name__ == "__main__":
    harness.main()
