# SPDX-License-Identifier: EUPL-1.2
"""Differences between two plans, against a comparison of our own of the two plans as they are shown."""
import gzip
import json
import unittest

import harness

CHANGED = {"gains", "moves", "changes", "loses"}


def slots_of(proposal):
    return {(s.get("job"), s.get("vacancy"), s["task"], s.get("part")): s["hours"] for s in proposal["slots"]}


def class_of(before, after):
    """before, after: proposals, or None."""
    if not before or not after:
        return "gains" if after else "loses" if before else "without"
    if before["site"] != after["site"]:
        return "moves"
    return "same" if (slots_of(before), before["kind"]) == (slots_of(after), after["kind"]) else "changes"


def by_candidate(plan):
    """Everybody who was in the plan: a proposal, or the reason why there is none."""
    return {**{p["candidate"]: p for p in plan["proposals"]}, **{u["candidate"]: u["reason"] for u in plan.get("unplaced", [])}}


class Comparison(unittest.TestCase):
    def plan(self, daemon, **order):
        answer = daemon.request("POST", "/v1/plans", {**harness.QUICK, **order}, {"Prefer": "wait=60"})
        self.assertEqual((answer.status, answer.json["state"]), (200, "done"), answer.body)
        return answer.json

    def expect_adds_up(self, daemon, old, new):
        """The answer, having held every person and every sum of it against both plans."""
        told = daemon.request("GET", f"/v1/plans/{new['id']}/differences?against={old['id']}").json
        before, after = by_candidate(old), by_candidate(new)
        people = {p["candidate"]: p for p in told["people"]}
        self.assertEqual(len(people), len(told["people"]), "somebody is in two classes")
        self.assertEqual(set(people), set(before) | set(after))
        for ref, person in people.items():
            sides = [side.get(ref) for side in (before, after)]
            had, has = (side if isinstance(side, dict) else None for side in sides)
            self.assertEqual(person["class"], class_of(had, has), ref)
            self.assertEqual(person["value"], (has["value"] if has else 0) - (had["value"] if had else 0))
            self.assertEqual(person["hours"], (has["hours"] if has else 0) - (had["hours"] if had else 0))
            for key, side in zip(("before", "after"), sides):
                self.expect_side(person[key], side)
            if person["class"] == "changes":
                self.expect_tasks(person["tasks"], slots_of(had), slots_of(has))
        self.expect_sums(told, old, new)
        return told

    def expect_side(self, told, side):
        if side is None:
            self.assertIsNone(told)
        elif isinstance(side, str):
            self.assertEqual(told, {"reason": side})
        else:
            self.assertEqual(told, {"proposal": side["id"], **{k: side[k] for k in ("site", "kind", "hours", "value", "parts", "slots")}})

    def expect_tasks(self, told, had, has):
        expected = {slot: (had.get(slot, 0), has.get(slot, 0)) for slot in set(had) | set(has) if had.get(slot) != has.get(slot)}
        self.assertEqual({(t.get("job"), t.get("vacancy"), t["task"], t.get("part")): (t["before"], t["after"]) for t in told}, expected)

    def expect_sums(self, told, old, new):
        for key, plan in (("plan", new), ("against", old)):
            self.assertEqual(told[key]["value"], sum(p["value"] for p in plan["proposals"]))
            self.assertEqual({k: told[key][k] for k in ("id", "value", "bound", "placed")}, {k: plan[k] for k in ("id", "value", "bound", "placed")})
        change = new["value"] - old["value"]
        self.assertEqual(told["total"]["value"], change)
        self.assertEqual(sum(c["value"] for c in told["classes"].values()), change)
        self.assertEqual(sum(told["total"]["parts"].values()), change)
        self.assertEqual(told["total"]["bound"], new["bound"] - old["bound"])
        self.assertEqual(told["total"]["people"], new["placed"] - old["placed"])
        for name, sums in told["classes"].items():
            members = [p for p in told["people"] if p["class"] == name]
            self.assertEqual(sums, {"people": len(members), "hours": sum(p["hours"] for p in members), "value": sum(p["value"] for p in members)}, name)
        self.assertEqual(told["different"], sum(told["classes"][name]["people"] for name in CHANGED))
        for key, plan in (("before", old), ("after", new)):
            use = {}
            for p in plan["proposals"]:
                people, hours = use.get(p["site"], (0, 0))
                use[p["site"]] = (people + 1, hours + p["hours"])
            self.assertEqual(told["sites"][key], len(use))
            self.assertEqual({s["site"]: (s[key]["people"], s[key]["hours"]) for s in told["sites"]["items"] if s[key]["people"]}, use)


class Demo(Comparison):
    def setUp(self):
        self.daemon = harness.Daemon()
        self.daemon.__enter__()
        self.addCleanup(lambda: self.daemon.__exit__(None, None, None))
        self.assertEqual(self.daemon.carve("import", *harness.demo_files()).returncode, 0)

    def problem(self, path, status):
        answer = self.daemon.request("GET", path)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json["code"]

    def test_two_plans_with_different_seeds_differ_and_every_figure_adds_up(self):
        first, second = self.plan(self.daemon, seed=1), self.plan(self.daemon, seed=2)
        told = self.expect_adds_up(self.daemon, first, second)
        self.assertTrue(told["sameInputs"])
        back = self.expect_adds_up(self.daemon, second, first)
        self.assertEqual((back["total"]["value"], back["different"]), (-told["total"]["value"], told["different"]))
        self.assertEqual(back["classes"]["gains"]["people"], told["classes"]["loses"]["people"])

    def test_after_documents_changed_those_who_lose_are_told_with_the_reason(self):
        first = self.plan(self.daemon)
        site = max({p["site"] for p in first["proposals"]}, key=lambda s: sum(p["site"] == s for p in first["proposals"]))
        gone = next(p["candidate"] for p in first["proposals"] if p["site"] != site)
        document = self.daemon.request("GET", f"/v1/sites/{site}").json
        self.assertEqual(self.daemon.request("PUT", f"/v1/sites/{site}", {**document, "places": 1}).status, 200)
        self.assertEqual(self.daemon.request("DELETE", f"/v1/candidates/{gone}").status, 204)
        second = self.plan(self.daemon, **{"from": "PL-1"})
        told = self.expect_adds_up(self.daemon, first, second)
        self.assertFalse(told["sameInputs"])
        people = {p["candidate"]: p for p in told["people"]}
        self.assertEqual((people[gone]["class"], people[gone]["after"]), ("loses", None))
        had = [p["candidate"] for p in first["proposals"] if p["site"] == site]
        self.assertGreaterEqual(sum(people[ref]["class"] in ("loses", "moves") for ref in had), len(had) - 1)  # one place is left
        for person in people.values():
            if person["class"] == "loses" and person["after"]:
                self.assertEqual(person["after"]["reason"], by_candidate(second)[person["candidate"]])

    def test_a_plan_is_compared_with_the_one_that_stood_before_it(self):
        self.plan(self.daemon)
        self.plan(self.daemon, date="2030-01-07")  # a simulation: never what another is compared with unasked
        self.plan(self.daemon, seed=2)
        differences = self.daemon.request("GET", "/v1/plans/PL-3/differences").json
        self.assertEqual((differences["plan"]["id"], differences["against"]["id"]), ("PL-3", "PL-1"))
        self.assertEqual(self.daemon.request("GET", "/v1/plans/PL-2/differences").json["plan"]["simulated"], True)
        self.assertEqual(self.problem("/v1/plans/PL-1/differences", 404), "plan-none-before")
        self.assertEqual(self.problem("/v1/plans/PL-9/differences", 404), "plan-not-found")
        self.assertEqual(self.problem("/v1/plans/PL-1/differences?against=PL-9", 404), "plan-not-found")
        self.assertEqual(self.problem("/v1/plans/PL-1/differences?against=PL-3&view=brief", 400), "query-invalid")

    def test_a_plan_that_runs_has_nothing_to_compare(self):
        self.plan(self.daemon)
        self.daemon.request("POST", "/v1/plans", {"budget": {"search-rounds": 100000000, "gap-target": 0}})
        self.assertEqual(self.problem("/v1/plans/PL-2/differences", 409), "plan-without-result")
        self.assertEqual(self.problem("/v1/plans/PL-1/differences?against=PL-2", 409), "plan-without-result")

    def test_the_client_tells_it_briefly_or_in_full_and_exits_0_1_or_above(self):
        first, second = self.plan(self.daemon, seed=1), self.plan(self.daemon, seed=2)
        told = self.expect_adds_up(self.daemon, first, second)
        self.assertGreater(told["different"], 0)
        brief, full = self.daemon.carve("diff", "PL-1", "PL-2"), self.daemon.carve("diff", "PL-1", "PL-2", "--full")
        self.assertEqual((brief.returncode, full.returncode, brief.stderr, full.stderr), (1, 1, b"", b""))
        named = {p["candidate"]: p["class"] for p in told["people"]}
        for ref, change in named.items():
            self.assertEqual(ref.encode() in brief.stdout, change in CHANGED, ref)
            self.assertIn(ref.encode(), full.stdout)
        self.assertIn(f"{told['total']['value']:+}".encode(), brief.stdout)
        self.assertEqual(json.loads(self.daemon.carve("diff", "PL-2", "--json", "--full").stdout), told)
        self.plan(self.daemon, seed=2)
        same = self.daemon.carve("diff", "PL-2", "PL-3", "--lang", "nl")
        self.assertEqual(same.returncode, 0)
        self.assertIn("mensen voor wie iets verandert: 0.", same.stdout.decode())
        self.assertEqual(self.daemon.carve("diff", "PL-2", "PL-9").returncode, 4)
        self.assertEqual(self.daemon.carve("diff", "K-0001").returncode, 2)


class Fairness(Comparison):
    def setUp(self):
        self.daemon = harness.Daemon()
        self.daemon.__enter__()
        self.addCleanup(lambda: self.daemon.__exit__(None, None, None))
        self.assertEqual(self.daemon.carve("import", *harness.demo_files()).returncode, 0)

    def test_who_is_placed_in_none_of_the_last_plans_is_told_with_the_reasons_and_the_bands_add_up(self):
        plans = [self.plan(self.daemon, seed=1), self.plan(self.daemon, seed=2), self.plan(self.daemon, seed=3)]
        self.plan(self.daemon, date="2030-01-07")  # a simulation counts for nothing
        told = self.daemon.request("GET", "/v1/fairness").json
        self.assertEqual(told["plans"], ["PL-3", "PL-2", "PL-1"])
        fates = [by_candidate(plan) for plan in plans]
        matched = [ref for ref in fates[0] if all(fate[ref] != "consent" for fate in fates)]
        never = {ref for ref in matched if all(isinstance(fate[ref], str) for fate in fates)}
        self.assertGreater(len(never), 0)
        self.assertEqual((told["candidates"], {p["candidate"] for p in told["leftOut"]}), (len(matched), never))
        for person in told["leftOut"]:
            reasons = [fate[person["candidate"]] for fate in fates]
            self.assertEqual({r["reason"]: r["plans"] for r in person["reasons"]}, {reason: reasons.count(reason) for reason in set(reasons)})
        waiting = [p["monthsWaiting"] for p in told["leftOut"]]
        self.assertEqual(waiting, sorted(waiting, reverse=True))
        for measure, bands in told["fairness"].items():
            for at, band in enumerate(bands):
                for key in ("candidates", "placed", "value"):
                    self.assertEqual(band[key], sum(plan["fairness"][measure][at][key] for plan in plans), (measure, key))
            self.assertEqual(sum(band["value"] for band in bands), sum(plan["value"] for plan in plans))

    def test_the_client_tells_it_and_says_where_there_is_no_plan(self):
        nothing = self.daemon.carve("fairness", "--lang", "nl")
        self.assertEqual((nothing.returncode, nothing.stdout.decode()), (1, "Er is nog geen plan met voorstellen.\n"))
        self.plan(self.daemon)
        told = self.daemon.request("GET", "/v1/fairness?plans=1").json
        shown = self.daemon.carve("fairness", "--plans", "1")
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        for person in told["leftOut"]:
            self.assertIn(person["candidate"].encode(), shown.stdout)
        self.assertEqual(json.loads(self.daemon.carve("fairness", "--json").stdout), told)
        self.assertEqual(self.daemon.request("GET", "/v1/fairness?plans=51").json["code"], "query-invalid")
        self.assertEqual(self.daemon.carve("fairness", "--plans", "none").returncode, 2)


class Regions(Comparison):
    def test_small_with_two_seeds_and_after_a_tenth_of_its_people_left(self):
        self.compare("small", 6)

    def test_medium_with_two_seeds_and_after_a_tenth_of_its_people_left(self):
        self.compare("medium", 20)

    def compare(self, name, leave):
        with harness.Daemon() as daemon:
            with gzip.open(harness.region(name)) as file:
                self.assertEqual(daemon.request("POST", "/v1/imports", file.read(), {"Content-Type": "application/x-ndjson"}).status, 200)
            first, second = self.plan(daemon, seed=1), self.plan(daemon, seed=2)
            told = self.expect_adds_up(daemon, first, second)
            for proposal in first["proposals"][:leave]:
                self.assertEqual(daemon.request("DELETE", f"/v1/candidates/{proposal['candidate']}").status, 204)
            third = self.plan(daemon, **{"from": "PL-2"})
            after = self.expect_adds_up(daemon, second, third)
            gone = sum(p["after"] is None for p in after["people"])
            self.assertEqual(gone, leave)
            print(f"{name}: two seeds: {told['different']} of {first['placed']} people differ, {told['total']['value']:+} points; "
                  f"after {leave} left: {after['different']} differ, {after['total']['value']:+} points")


if __name__ == "__main__":
    harness.main()
