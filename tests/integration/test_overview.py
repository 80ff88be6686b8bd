# SPDX-License-Identifier: EUPL-1.2
"""A plan at one glance: every figure added up again from the plan as it is shown and the documents as they were sent, by arithmetic of our own."""
import contextlib
import csv
import datetime
import gzip
import json
import math
import os
import sqlite3
import unittest

import harness

COPIED = ("date", "created", "ended", "createdBy", "state", "endedBy", "simulated", "seed", "threads", "value", "bound", "gap", "placed", "candidates", "fairness")
AGREEMENT_HOURS = 25.5  # of the banenafspraak: one job


def centres():
    with open(os.path.join(harness.SOURCES, "lib/data/postcodes.csv")) as file:
        return {row["pc4"]: (math.radians(float(row["lat"])), math.radians(float(row["lon"]))) for row in csv.DictReader(file)}


CENTRES = centres()


def minutes_of(candidate, site):
    travel, here, there = candidate["travel"], CENTRES[candidate["home"]], CENTRES[site["place"]]
    if site["place"] in travel.get("minutes", {}):
        return travel["minutes"][site["place"]]
    overhead, speed = {"walk": (0, 5), "bicycle": (3, 15), "public-transport": (10, 22), "car": (3, 40)}[travel["mode"]]
    half = math.sin((there[0] - here[0]) / 2) ** 2 + math.cos(here[0]) * math.cos(there[0]) * math.sin((there[1] - here[1]) / 2) ** 2
    return round(overhead + 60 * 1.3 * 2 * 6371 * math.asin(math.sqrt(half)) / speed)


def sector_of(site):
    return site.get("sector") or (site.get("tags") or ["unknown"])[0]


def coach_hours(candidate):
    hours = candidate.get("support", {}).get("coach-hours", 0)
    return max(step["hours"] for step in hours) if isinstance(hours, list) else hours


def hours_of(task):
    return sum(task["hours"].values()) if isinstance(task["hours"], dict) else task["hours"]


def given(document, key):
    return {key: document[key]} if key in document else {}


class Adder:
    """What the overview of a plan must say: one method for each of its members."""

    def __init__(self, plan, documents):
        self.plan = plan
        self.candidates, self.sites, self.coaches = ({d["ref"]: d for d in documents if d["kind"] == kind} for kind in ("candidate", "site", "coach"))
        self.words = {word: labels for d in documents if d["kind"] == "vocabulary" for word, labels in d.get("tags", {}).items()}
        self.placed = sorted(plan["proposals"], key=lambda p: (p["site"], p["candidate"]))

    def candidate(self, proposal):
        return self.candidates[proposal["candidate"]]

    def minutes(self, proposal):
        return minutes_of(self.candidate(proposal), self.sites[proposal["site"]])

    def unplaced(self):
        reasons = {}
        for person in self.plan.get("unplaced", []):
            reasons.setdefault(person["reason"], []).append(person["candidate"])
        return [{"reason": r, "candidates": sorted(refs)} for r, refs in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))]

    def proposals(self):
        same = ("candidate", "site", "kind", "hours", "value", "state", "aids", "conditions")
        return [{"proposal": p["id"], **{key: p[key] for key in same}, "questions": len(p["questions"]), "minutes": self.minutes(p)} for p in self.placed]

    def work(self, kind, work, here):
        """A job or vacancy, from the proposals at its site; None where it gives nothing."""
        takers = [p for p in here if any(slot.get(kind) == work["ref"] for slot in p["slots"])]
        openings = work.get("openings", 1) if kind == "vacancy" else 1
        tasks = []
        for task in work["tasks"]:
            taken = sum(s["hours"] for p in takers for s in p["slots"] if (s.get(kind), s["task"]) == (work["ref"], task["ref"]))
            undone = {"undone": True} if kind == "job" and task.get("undone") else {}
            if taken:
                tasks.append({"task": task["ref"], **given(task, "title"), "hours": openings * hours_of(task), "carved": taken, **undone})
        carved = sum(task["carved"] for task in tasks if "undone" not in task)
        before = work["hours"] if kind == "job" else openings * sum(map(hours_of, work["tasks"]))
        of_kind = {"incumbents": work["incumbents"]} if kind == "job" else {"openings": openings, "filled": sum(p["kind"] == "vacancy" for p in takers)}
        return takers and {kind: work["ref"], **given(work, "title"), **of_kind, "people": len(takers), "before": before, "carved": carved,
                           "left": before - carved, "tasks": tasks}

    def site(self, ref):
        site, here = self.sites[ref], [p for p in self.placed if p["site"] == ref]
        works = [("job", job) for job in site.get("jobs", [])] + [("vacancy", vacancy) for vacancy in site.get("vacancies", [])]
        buddies = {"used": sum(self.candidate(p).get("support", {}).get("buddy-hours", 0) for p in here), "available": site.get("supervision", {}).get("hours", 0)}
        return {"site": ref, **given(site, "name"), "employer": site["employer"], "place": site["place"], "sector": sector_of(site), "people": len(here),
                "hours": sum(p["hours"] for p in here), "places": site.get("places", 1), "buddyHours": buddies,
                "jobs": [told for told in (self.work(kind, work, here) for kind, work in works) if told]}

    def all_sites(self):
        return sorted((self.site(ref) for ref in {p["site"] for p in self.placed}), key=lambda site: (-site["hours"], site["site"]))

    def journeys(self):
        ends = {}
        for p in self.placed:
            ends.setdefault((self.candidate(p)["home"], self.sites[p["site"]]["place"]), []).append(self.minutes(p))
        return [{"from": home, "to": place, "people": len(minutes), "minutes": max(minutes)}
                for (home, place), minutes in sorted(ends.items(), key=lambda item: (-len(item[1]), item[0]))]

    def sectors(self, language):
        hours = {}
        for p in self.placed:
            hours.setdefault(sector_of(self.sites[p["site"]]), []).append(p["hours"])
        return [{"sector": sector, "label": self.words.get(sector, {}).get(language), "people": len(each), "hours": sum(each)}
                for sector, each in sorted(hours.items(), key=lambda item: (-sum(item[1]), item[0]))]

    def agreement(self):
        hours = [p["hours"] for p in self.placed if self.candidate(p).get("target-group")]
        return {"people": len(hours), "hours": sum(hours), "jobs": math.floor(sum(hours) * 100 / AGREEMENT_HOURS + 0.5) / 100}

    def all_coaches(self):
        caseload = lambda ref: [p for p in self.placed if self.candidate(p)["coach"] == ref]
        need = lambda p: p.get("coachHours", coach_hours(self.candidate(p)))
        return [{"coach": ref, "hours": coach["hours"], "used": sum(map(need, caseload(ref))), "people": len(caseload(ref))} for ref, coach in sorted(self.coaches.items())]

    def overview(self, language):
        return {"plan": self.plan["id"], "documents": "as-of-plan", **{key: self.plan[key] for key in COPIED if key in self.plan},
                "hours": sum(p["hours"] for p in self.placed), "progress": self.plan.get("course", []), "unplaced": self.unplaced(), "proposals": self.proposals(),
                "sites": self.all_sites(), "journeys": self.journeys(), "sectors": self.sectors(language), "banenafspraak": self.agreement(),
                "coaches": self.all_coaches()}


class Overviews(unittest.TestCase):
    def plan(self, daemon, **order):
        answer = daemon.request("POST", "/v1/plans", {**harness.QUICK, **order}, {"Prefer": "wait=300"}, timeout=600)
        self.assertEqual((answer.status, answer.json["state"]), (200, "done"), answer.body)
        return answer.json

    def overview(self, daemon, plan, language="en"):
        return daemon.request("GET", f"/v1/plans/{plan}/overview", headers={"Accept-Language": language})

    def documents(self, daemon):
        kinds = ("candidates", "sites", "coaches", "vocabularies")
        lists = {kind: daemon.request("GET", f"/v1/{kind}?limit=1000").json["items"] for kind in kinds}
        return [daemon.request("GET", f"/v1/{kind}/{item['ref']}").json for kind in kinds for item in lists[kind]]

    def expect_told(self, daemon, plan, documents, language="en"):
        told, expected = self.overview(daemon, plan["id"], language).json, Adder(plan, documents).overview(language)
        self.assertEqual(set(told), set(expected))
        for member in expected:
            self.assertEqual(told[member], expected[member], member)
        self.expect_agrees_with_itself(told, plan)
        return told

    def expect_agrees_with_itself(self, told, plan):
        donors = {(p["site"], d["job"]): (d["before"], d["left"]) for p in plan["proposals"] for d in p["donors"]}
        works = {(site["site"], work.get("job") or work["vacancy"]): (work["before"], work["left"]) for site in told["sites"] for work in site["jobs"]}
        self.assertEqual(works, donors)
        for total in (told["sites"], told["sectors"]):
            self.assertEqual(sum(one["hours"] for one in total), told["hours"])
            self.assertEqual(sum(one["people"] for one in total), told["placed"])
        self.assertEqual(told["hours"], sum(task["carved"] for site in told["sites"] for work in site["jobs"] for task in work["tasks"]))
        self.assertEqual(told["placed"], sum(journey["people"] for journey in told["journeys"]))
        self.assertEqual(told["candidates"], told["placed"] + sum(len(one["candidates"]) for one in told["unplaced"]))
        for person in told["coaches"]:
            self.assertLessEqual(person["used"], person["hours"])

    def expect_course(self, told):
        course = told["progress"]
        self.assertLessEqual(len(course), 200)
        self.assertEqual({key: course[-1][key] for key in ("value", "bound", "gap")}, {key: told[key] for key in ("value", "bound", "gap")})
        for before, after in zip(course, course[1:]):
            self.assertLessEqual(before["seconds"], after["seconds"])
        for point in course:
            known = point["value"] is not None and point["bound"] is not None
            self.assertEqual(point["gap"], math.ceil((point["bound"] - point["value"]) * 10**6 / point["bound"]) / 10**6 if known else None)


class Demo(Overviews):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon().__enter__()
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def test_every_figure_follows_from_plan_and_documents(self):
        documents = self.documents(self.daemon)
        plan = self.plan(self.daemon)
        for language in ("en", "nl"):
            told = self.expect_told(self.daemon, plan, documents, language)
        self.expect_course(told)
        self.assertGreater(told["banenafspraak"]["people"], 0)
        self.assertIn({"public": "overheid"}, [{one["sector"]: one["label"]} for one in told["sectors"]])
        self.assertTrue(any("undone" in task for site in told["sites"] for work in site["jobs"] for task in work["tasks"]))
        self.assertTrue(any(work.get("filled") for site in told["sites"] for work in site["jobs"]), "nobody fills a vacancy whole")

    def test_homes_stand_in_journeys_alone_and_without_refs(self):
        told = self.overview(self.daemon, self.plan(self.daemon)["id"]).json
        for journey in told["journeys"]:
            self.assertEqual(set(journey), {"from", "to", "people", "minutes"})
        places = {site["place"] for site in told["sites"]}
        homes = {c["home"] for c in self.documents(self.daemon) if c["kind"] == "candidate"} - places
        self.assertGreater(len(homes), 0)
        del told["journeys"]
        text = json.dumps(told)
        self.assertEqual([home for home in homes if f'"{home}"' in text], [])

    def test_it_stays_as_the_plan_saw_the_documents(self):
        documents = self.documents(self.daemon)
        plan = self.plan(self.daemon)
        before = self.overview(self.daemon, plan["id"]).json
        changed = dict(next(d for d in documents if d["ref"] == before["sites"][0]["site"]), name="Elders", tags=["office"])
        self.assertEqual(self.daemon.request("PUT", f"/v1/sites/{changed['ref']}", changed).status, 200)
        after = self.overview(self.daemon, plan["id"]).json
        for told in (before, after):
            for proposal in told["proposals"]:
                proposal.pop("state")  # those at the site are stale now
        self.assertEqual(after, before)

    def test_a_person_gets_a_page_and_a_machine_gets_json(self):
        plan = self.plan(self.daemon)["id"]
        page = self.daemon.request("GET", f"/v1/plans/{plan}/overview", headers={"Accept": "text/html", "Accept-Language": "nl"})
        self.assertEqual((page.status, page.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
        self.assertIn('<html lang="nl">', page.body)
        told = self.overview(self.daemon, plan)
        self.assertEqual((told.headers["Content-Type"], told.headers["Vary"]), ("application/json", "Accept, Accept-Language"))
        for arguments in ([plan], ["plan", plan]):
            written = self.daemon.carve("report", *arguments, "--lang", "nl")
            self.assertEqual((written.returncode, written.stdout.decode()), (0, page.body), written.stderr)
        self.assertEqual(self.daemon.carve("report", "PL-999").returncode, 4)

    def test_it_is_the_same_after_a_restart(self):
        plan = self.plan(self.daemon)
        before = self.overview(self.daemon, plan["id"])
        self.daemon.stop()
        self.daemon.start()
        after = self.overview(self.daemon, plan["id"])
        self.assertEqual(after.json, before.json)
        self.assertEqual(after.headers["ETag"], before.headers["ETag"])

    def test_a_plan_that_is_none_and_one_without_a_result_are_told_apart(self):
        answer = self.overview(self.daemon, "PL-999")
        self.assertEqual((answer.status, answer.json["code"]), (404, "plan-not-found"))
        running = self.daemon.request("POST", "/v1/plans", {"seconds": 60, "budget": {"gap-target": 0, "search-rounds": 10**6}}).json["id"]
        answer = self.overview(self.daemon, running)
        self.assertEqual((answer.status, answer.json["code"]), (409, "plan-without-result"))
        self.daemon.request("PATCH", f"/v1/plans/{running}", {"state": "cancelled"})
        self.daemon.wait_for_plan(running)
        told = self.overview(self.daemon, running).json
        self.assertEqual((told["state"], told["endedBy"]), ("cancelled", "cancel"))

    def test_a_plan_that_was_stopped_too_early_says_nothing_of_people(self):
        plan = self.daemon.request("POST", "/v1/plans", {"seconds": 60}).json["id"]
        self.daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"})
        ended = self.daemon.wait_for_plan(plan)
        if ended["placed"] > 0:
            self.skipTest("it had packages sooner than it could be stopped")
        told = self.overview(self.daemon, plan).json
        self.assertEqual([told[member] for member in ("hours", "proposals", "sites", "journeys", "sectors")], [0, [], [], [], []])
        self.assertEqual(told["banenafspraak"], {"people": 0, "hours": 0, "jobs": 0})
        self.assertNotIn("unplaced", told)
        self.assertNotIn("fairness", told)


class Work(Overviews):
    TODAY = datetime.date.today().isoformat()
    AGREED = {"kind": "accepted", "candidateAgreed": TODAY, "employerAgreed": TODAY, "financesDiscussed": TODAY, "contact": "the planner"}

    def set_back(self, daemon, days):
        """Lets all work have begun so many days before it did."""
        daemon.stop()
        with contextlib.closing(sqlite3.connect(daemon.store)) as store, store:
            store.execute("UPDATE decisions SET decided_at = decided_at - ? WHERE kind = 'started'", (days * 86400000,))
        daemon.start()

    def test_work_that_began_weeks_ago_takes_of_the_coach_what_it_still_needs(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            people = {d["ref"]: d for d in self.documents(daemon) if d["kind"] == "candidate"}
            first = next(p for p in self.plan(daemon)["proposals"] if coach_hours(people[p["candidate"]]) >= 1 and not p["conditions"])
            person = people[first["candidate"]]
            person["support"]["coach-hours"] = [{"week": 0, "hours": coach_hours(person)}, {"week": 4, "hours": 0.25}]
            self.assertEqual(daemon.request("PUT", f"/v1/candidates/{person['ref']}", person).status, 200)
            plan = self.plan(daemon)
            one = next(p for p in plan["proposals"] if p["candidate"] == person["ref"])
            self.assertNotIn("coachHours", one)
            for decision in (self.AGREED, {"kind": "started"}):
                answer = daemon.request("POST", f"/v1/proposals/{one['id']}/decisions", decision)
                self.assertEqual(answer.status, 201, answer.body)
            self.set_back(daemon, 30)
            plan = self.plan(daemon)
            self.assertEqual(next(p for p in plan["proposals"] if p["candidate"] == person["ref"])["coachHours"], 0.25)
            self.expect_told(daemon, plan, self.documents(daemon))


class Small(Overviews):
    def test_every_figure_follows_from_plan_and_documents(self):
        with gzip.open(harness.region("small"), "rt") as file:
            text = file.read()
        with harness.Daemon() as daemon:
            answer = daemon.request("POST", "/v1/imports", text, {"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body)
            self.expect_course(self.expect_told(daemon, self.plan(daemon, date="2026-11-22"), [json.loads(line) for line in text.splitlines()]))


if __name__ == "__main__":
    harness.main()
