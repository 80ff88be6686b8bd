# SPDX-License-Identifier: EUPL-1.2
"""A solver that lies to the real daemon (tests/support/lying_solver.c). For each rule a region where an honest solver places fewer people than one that overlooks the rule: the honest plan stands, the
other is refused by that rule's name. Then answers that can't be, and lies about figures. The daemon answers on after each. The thousands of broken plans are test_lies.c's."""
import copy
import os
import subprocess
import unittest

import harness

LIAR = os.path.join(harness.BINARIES, "tests/integration/lying-solver")
BUDGET = {"search-rounds": 10, "block-rounds": 1}
VOCABULARY = {"kind": "vocabulary", "ref": "words", "tags": {"cleaning": {"nl": "schoonmaken", "en": "cleaning"}},
              "has": {"forklift": {"nl": "heftruck", "en": "forklift"}}}


def site():
    week = {day: ["am", "pm"] for day in ("mon", "tue", "wed")}
    task = {"ref": "t", "title": "T", "hours": 16}
    job = {"ref": "a", "title": "A", "incumbents": 1, "hours": 80, "carve": {"share": 1}, "tasks": [task]}
    return {"kind": "site", "ref": "S-1", "employer": "EMP-1", "name": "A", "place": "3811", "open": week, "places": 3,
            "supervision": {"hours": 20}, "displacement": {"staff-agreed": "2026-01-01"}, "jobs": [job]}


class Region:
    """Two people and a site, to be changed by a case. Only the first person is stored unless the case says otherwise."""

    def __init__(self):
        self.first, self.second, self.third = (harness.candidate(f"K-{i}") for i in (1, 2, 3))
        self.site, self.coach, self.people = site(), dict(harness.COACH), 1
        self.job = self.site["jobs"][0]
        self.task = self.job["tasks"][0]

    def each(self, **members):
        for person in (self.first, self.second, self.third):
            person.update(copy.deepcopy(members))

    def two_tasks(self, **members):
        self.task["hours"] = 4
        self.job["tasks"].append({"ref": "u", "title": "U", "hours": 4, **members})

    def documents(self):
        return [VOCABULARY, self.coach, self.site, *[self.first, self.second, self.third][:self.people]]


# What an honest solver can't do, and how many it places all the same.
def capacity(r):
    r.first["limitations"], r.task["demands"] = {"d430": 3}, {"d430": 2}
    return 0


def environment(r):
    r.first["barriers"], r.task["exposures"] = {"e250": 3}, {"e250": 2}
    return 0


def requirement(r):
    r.task["requires"] = ["forklift"]
    return 0


def never(r):
    r.first["wishes"], r.task["tags"] = {"never": ["cleaning"]}, ["cleaning"]
    return 0


def availability(r):
    r.first["available"] = {"thu": ["am", "pm"], "fri": ["am"]}
    return 0


def hours(r):
    r.task["hours"] = 7.75
    return 0


def chunk(r):
    r.task["chunk"] = 15
    r.first["hours"]["max"] = 14
    return 0


def schedule(r):
    r.task["hours"] = {"mon-am": 4, "mon-pm": 4}
    r.first["hours"]["per-day"] = 7.75
    return 0


def load(r):
    r.first["limits"], r.task["demands"] = [{"category": "d430", "level": 1, "hours": 7.75}], {"d430": 1}
    return 0


def jobs(r):
    r.first["jobs-max"] = 1
    r.task["hours"] = 4
    r.site["jobs"].append({**copy.deepcopy(r.job), "ref": "b"})
    return 0


def supervisor(r):
    r.first["supervisors-max"] = 1
    r.task["supervisor"] = "team-a"
    r.two_tasks(supervisor="team-b")
    return 0


def travel(r):
    r.site["place"] = "9711"
    return 0


def excluded(r):
    r.first["not-with"] = ["EMP-1"]
    return 0


def must(r):
    r.first["wishes"] = {"must": ["cleaning"]}
    return 0


def consent(r):
    r.first["consent"]["expires"] = "2026-11-21"
    return 0


def supply(r):
    r.people, r.task["hours"] = 2, 15.75
    return 1


def donor(r):
    r.people, r.job["hours"] = 2, 15.75
    return 1


def displacement(r):
    r.site["displacement"]["recent-dismissals"] = True
    return 0


def places(r):
    r.people, r.site["places"] = 2, 1
    return 1


def supervision(r):
    r.people, r.site["supervision"]["hours"] = 2, 7.75
    r.each(support={"buddy-hours": 4})
    return 1


def coach(r):
    r.people, r.coach["hours"] = 2, 7.75
    r.each(support={"coach-hours": 4})
    return 1


# Needs 4, 4 and 16: 4 is easy, 16 of 24 lie above it, so of 9 hours the easy get 6.
def reserve(r):
    r.people, r.coach["hours"] = 3, 9
    r.each(support={"coach-hours": 4})
    r.third["support"]["coach-hours"] = 16
    return 1


def anybody(_):
    return 1


def two(r):
    r.people = 2
    return 2


OVERLOOKED = [capacity, environment, requirement, never, availability, hours, chunk, schedule, load, jobs, supervisor, travel, excluded, must, consent, supply,
              donor, displacement, places, supervision, coach, reserve]
# Lies about an answer that is right otherwise, and the rule or the code that refuses them.
CHANGED = {"whole-vacancy": "whole-vacancy", "one": "one", "value": "value", "sum": "value", "bound": "value", "hours-cut": "value"}
IMPOSSIBLE = ["a-negative-price", "a-huge-price", "a-huge-value", "a-huge-part", "a-stranger", "a-site-of-nowhere", "a-slot-of-nowhere", "no-hours", "more-than-a-week",
              "a-slot-twice", "out-of-order", "a-tree-of-itself", "a-byte-more", "more-packages-than-sent", "a-frame-over-the-limit"]


class Lies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lies = subprocess.run([LIAR, "--list"], capture_output=True, text=True, check=True).stdout.split()

    def store(self, daemon, region):
        for ref in ("K-1", "K-2", "K-3"):
            daemon.request("DELETE", f"/v1/candidates/{ref}")
        answer = daemon.request("POST", "/v1/imports", region.documents())
        self.assertIn(answer.status, (200, 201), answer.body)

    def plan(self, daemon, lie):
        seed = self.lies.index(lie) + 1 if lie else 0
        answer = daemon.request("POST", "/v1/plans", {"date": "2026-11-22", "seed": seed, "budget": BUDGET})
        self.assertEqual(answer.status, 202, answer.body)
        return daemon.wait_for_plan(answer.json["id"], 60)

    def check(self, daemon, make, lie, code, rule=None):
        region = Region()
        honest = make(region)
        with self.subTest(lie=lie):
            self.store(daemon, region)
            plan = self.plan(daemon, None)
            self.assertEqual((plan["state"], plan["placed"]), ("done", honest), plan)
            logged = len(daemon.log_text())
            plan = self.plan(daemon, lie)
            self.assertEqual((plan["state"], plan.get("problem", {}).get("code")), ("failed", code), plan)
            message = plan["problem"]["message"]
            if rule:
                self.assertTrue(rule in message or f"breaks rule {rule}:" in daemon.log_text()[logged:], message)
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)
            print(f"{lie:24} {code:14} {message}")

    def test_a_plan_that_overlooks_a_rule_is_refused_by_its_name(self):
        with harness.Daemon() as daemon:
            daemon.arguments[daemon.arguments.index("--solver") + 1] = LIAR
            daemon.stop()
            daemon.start()
            for make in OVERLOOKED:
                self.check(daemon, make, make.__name__, "plan-invalid", make.__name__)
            for lie, rule in CHANGED.items():
                self.check(daemon, anybody, lie, "plan-invalid", rule)

    def test_an_answer_that_can_not_be_is_not_read(self):
        with harness.Daemon() as daemon:
            daemon.arguments[daemon.arguments.index("--solver") + 1] = LIAR
            daemon.stop()
            daemon.start()
            for lie in IMPOSSIBLE:
                self.check(daemon, two, lie, "frame-invalid")

    def test_every_lie_is_told(self):
        told = [make.__name__ for make in OVERLOOKED] + list(CHANGED) + IMPOSSIBLE
        self.assertEqual(sorted(told), sorted(self.lies))


if __name__ == "__main__":
    harness.main()
