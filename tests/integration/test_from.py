# SPDX-License-Identifier: EUPL-1.2
"""Plans that begin from a plan: the same again, after changes, within a limit on changes; differences are counted here, from the documents of both plans."""
from harness import BUDGET, OnDemo, main

POOR = {**BUDGET, "search-rounds": 0, "block-rounds": 0, "price-rounds": 2}  # a plan that can be bettered


def package(proposal):
    pieces = sorted((slot.get("job", ""), slot.get("vacancy", ""), slot["task"], slot.get("part", ""), slot["hours"]) for slot in proposal["slots"])
    return proposal["site"], proposal["kind"], pieces


def packages(plan):
    return {proposal["candidate"]: package(proposal) for proposal in plan["proposals"]}


def differing(before, after):
    a, b = packages(before), packages(after)
    return {person for person in {*a, *b} if a.get(person) != b.get(person)}


class Base(OnDemo):
    def finding(self, body, language=None):
        answer = self.daemon.request("POST", "/v1/plans", body, {"Accept-Language": language} if language else {})
        self.assertEqual(answer.status, 400, answer.body)
        self.assertEqual(len(answer.json["errors"]), 1, answer.body)
        return answer.json["errors"][0]


class FromAPlan(Base):
    def test_nothing_has_changed_and_nothing_does(self):
        first = self.plan()
        again = self.plan(**{"from": first["id"]})
        self.assertEqual(again["state"], "done")
        self.assertEqual(again["from"], {"plan": first["id"], "keepWeight": 0})
        self.assertEqual((again["different"], again["hadTo"]), (0, 0))
        self.assertEqual(packages(again), packages(first))
        self.assertEqual(again["endedBy"], "gap")
        self.assertNotIn("from", first)
        self.assertNotIn("different", first)

    def test_the_last_plan_that_stands_is_no_simulation(self):
        first = self.plan()
        simulated = self.plan(date="2026-10-15")
        self.assertTrue(simulated["simulated"])
        self.assertEqual(self.plan(**{"from": "last"})["from"]["plan"], first["id"])
        self.assertEqual(self.plan(**{"from": simulated["id"]})["from"]["plan"], simulated["id"])
        self.assertEqual(self.plan(maxChanges=3)["from"]["maxChanges"], 3)  # what is about a plan that stands means the last one
        self.assertNotIn("from", self.plan(**{"from": "none"}))

    def test_after_changes_those_who_had_to_change_are_told_apart(self):
        first = self.plan()
        people = sorted(packages(first))
        gone, less, moved = people[0], people[len(people) // 2], people[-1]
        self.assertEqual(self.daemon.request("DELETE", f"/v1/candidates/{gone}").status, 204)
        self.change("candidates", less, lambda d: d["consent"].update(expires="2026-10-02"))
        self.change("candidates", moved, lambda d: d["wishes"].pop("level", None) if "wishes" in d else None)
        second = self.plan(**{"from": first["id"], "maxChanges": 0})
        self.assertTrue({gone, less} <= differing(first, second))
        self.assertEqual(second["different"], len(differing(first, second)))
        self.assertEqual(second["hadTo"], second["different"])  # nobody else may
        self.assertEqual(differing(first, second) - {gone, less, moved}, set())
        free = self.plan(**{"from": first["id"]})
        self.assertEqual(free["different"], len(differing(first, free)))
        self.assertGreaterEqual(free["different"], free["hadTo"])
        self.assertGreaterEqual(free["hadTo"], 2)

    def test_a_limit_on_changes_holds(self):
        bad = self.plan(budget=POOR)
        best = self.plan()
        self.assertGreater(len(differing(bad, best)), 3)
        values = []
        for most in (0, 1, 3):
            near = self.plan(**{"from": bad["id"], "maxChanges": most})
            self.assertLessEqual(len(differing(bad, near)), most)
            self.assertEqual((near["different"], near["hadTo"]), (len(differing(bad, near)), 0))
            self.assertEqual(near["from"], {"plan": bad["id"], "maxChanges": most, "keepWeight": 0})
            self.assertEqual(near["bound"] >= best["value"], True)
            values.append(near["value"])
        self.assertEqual(values[0], bad["value"])
        self.assertEqual(values, sorted(values))
        self.assertGreater(values[-1], values[0])

    def test_a_weight_for_leaving_things_keeps_more_of_them(self):
        bad = self.plan(budget=POOR)
        free = self.plan(**{"from": bad["id"], "budget": {"gap-target": 0}})
        heavy = self.plan(**{"from": bad["id"], "keepWeight": 10000000})
        lost = [person for person in packages(bad) if packages(heavy).get(person) != packages(bad)[person]]
        self.assertEqual(lost, [])  # nothing is worth ten million points
        self.assertGreaterEqual(heavy["value"], bad["value"])
        self.assertGreater(len(differing(bad, free)), 0)

    def test_the_same_start_gives_the_same_plan(self):
        first = self.plan()
        self.change("candidates", sorted(packages(first))[0], lambda d: d["hours"].update(max=d["hours"]["min"]))
        one, two = self.plan(**{"from": first["id"]}), self.plan(**{"from": first["id"]})
        for member in ("value", "bound", "iterations", "different", "hadTo"):
            self.assertEqual(one[member], two[member])
        self.assertEqual(packages(one), packages(two))


class Pins(Base):
    def test_what_is_pinned_stands_as_it_was_and_the_rest_is_planned_around_it(self):
        poor = self.plan(budget=POOR)
        pins = [proposal["id"] for proposal in poor["proposals"][::3]]
        pinned = {proposal["candidate"]: package(proposal) for proposal in poor["proposals"][::3]}
        second = self.plan(**{"from": poor["id"], "pin": pins, "budget": {"gap-target": 0}})
        self.assertEqual(second["state"], "done", second.get("problem"))
        self.assertEqual(second["from"]["pin"], pins)
        there = packages(second)
        for person, was in pinned.items():
            self.assertEqual(there[person], was)
        self.assertEqual({proposal["candidate"] for proposal in second["proposals"] if proposal.get("pinned")}, set(pinned))
        self.assertEqual(second["pinnedValue"], sum(proposal["value"] for proposal in second["proposals"] if proposal.get("pinned")))
        self.assertGreaterEqual(second["value"], poor["value"])
        self.assertGreaterEqual(second["bound"], second["value"])
        self.assertEqual(second["different"], len(differing(poor, second)))
        best = self.plan()
        self.assertLessEqual(second["bound"], best["bound"] + best["bound"] // 50)  # the bound is of the region with the pins: no looser for them, roundings of its search aside

    def test_everything_is_pinned(self):
        first = self.plan()
        pins = [proposal["id"] for proposal in first["proposals"]]
        second = self.plan(**{"from": first["id"], "pin": pins, "maxChanges": 0})
        self.assertEqual((second["value"], second["different"], packages(second)), (first["value"], 0, packages(first)))
        self.assertEqual(second["pinnedValue"], first["value"])

    def test_a_pin_that_can_not_stand_says_which_and_why(self):
        first = self.plan()
        chosen = first["proposals"][0]
        unknown = self.finding({"from": first["id"], "pin": [chosen["id"], "P-9999"]})
        self.assertEqual((unknown["code"], unknown["pointer"]), ("pin-unknown", "/pin/1"))
        self.change("candidates", chosen["candidate"], lambda d: d["consent"].update(expires="2026-10-02"))
        failed = self.plan(**{"from": first["id"], "pin": [chosen["id"]]})
        self.assertEqual((failed["state"], failed["problem"]["code"]), ("failed", "pin-impossible"))
        self.assertIn(f"{chosen['id']} can't stand as it is: it breaks rule consent now", failed["problem"]["message"])
        self.assertEqual(self.daemon.request("DELETE", f"/v1/candidates/{chosen['candidate']}").status, 204)
        self.assertEqual(self.plan(**{"from": first["id"], "pin": [chosen["id"]]})["problem"]["code"], "pin-impossible")
        shown = self.daemon.carve("plan", "--from", first["id"], "--pin", ",".join(p["id"] for p in first["proposals"][1:3]))
        self.assertEqual(shown.returncode, 0, shown.stderr)


class Errors(Base):
    def test_what_can_not_be_begun_from_is_told_with_its_place(self):
        none = self.finding({"from": "last"})
        self.assertEqual((none["code"], none["pointer"], none["location"]["line"]), ("plan-none-stands", "/from", 1))
        self.assertIn("hint", none)
        self.assertEqual(self.finding({"maxChanges": 1})["pointer"], "/maxChanges")
        self.assertEqual(self.finding({"from": "PL-99"})["code"], "plan-not-found")
        self.assertEqual(self.finding({"from": "yesterday"})["code"], "request-value-invalid")
        self.assertEqual(self.finding({"from": 7})["pointer"], "/from")
        self.assertEqual(self.finding({"from": "none", "keepWeight": 5})["code"], "plan-not-named")
        self.assertEqual(self.finding({"from": "none", "keepWeight": 5})["pointer"], "/keepWeight")
        self.assertIn("plan dat staat", self.finding({"from": "none", "pin": []}, "nl")["message"])
        for body in ({"maxChanges": -1}, {"maxChanges": "3"}, {"keepWeight": 10000001}, {"pin": "P-1"}, {"pin": [1]}, {"pin": ["PL-1"]}):
            self.assertEqual(self.finding(body)["code"], "request-value-invalid", body)
        self.assertEqual(self.daemon.request("GET", "/v1/plans").json["count"], 0)  # none of them has begun a plan

    def test_a_plan_without_proposals_is_no_start(self):
        for ref in [item["ref"] for item in self.daemon.request("GET", "/v1/candidates?limit=1000").json["items"]]:
            self.daemon.request("DELETE", f"/v1/candidates/{ref}")
        empty = self.plan()
        self.assertEqual(empty["placed"], 0)
        self.assertEqual(self.finding({"from": empty["id"]})["code"], "plan-without-proposals")
        self.assertEqual(self.finding({"from": "last"})["code"], "plan-none-stands")

    def test_what_was_refused_leaves_its_key_free(self):
        key = {"Idempotency-Key": '"again"'}
        self.assertEqual(self.daemon.request("POST", "/v1/plans", {"from": "last"}, key).status, 400)
        first = self.plan()
        answer = self.daemon.request("POST", "/v1/plans", {"from": "last"}, key)
        self.assertEqual(answer.status, 202)
        self.assertEqual(self.daemon.wait_for_plan(answer.json["id"])["from"]["plan"], first["id"])


class Client(Base):
    def test_carve_begins_from_a_plan_and_says_how_it_differs(self):
        first = self.plan()
        shown = self.daemon.carve("plan", "--from", "last", "--max-changes", "0")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn(f"From {first['id']}: another proposal, or none any more, for 0 people", shown.stdout.decode())
        dutch = self.daemon.carve("plan", "--from", first["id"], "--keep-weight", "500", language="nl_NL.UTF-8")
        self.assertIn(f"Vanuit {first['id']}:", dutch.stdout.decode())
        refused = self.daemon.carve("plan", "--from", "PL-99")
        self.assertEqual(refused.returncode, 3, refused.stderr)
        self.assertIn("there is no plan PL-99", refused.stderr.decode())
        self.assertEqual(self.daemon.carve("plan", "--from", "yesterday").returncode, 2)
        self.assertEqual(self.daemon.carve("plan", "--max-changes", "x").returncode, 2)


if __name__ == "__main__":
    main()
