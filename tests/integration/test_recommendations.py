# SPDX-License-Identifier: EUPL-1.2
"""Recommendations through the socket: valid and different by a look of our own, the same for a document that comes along, the reasons of those without."""
import gzip
import itertools
import json
import math
import unittest

from harness import Daemon, UnixConnection, candidate, demo_files, main, region

PARTS = ("place", "fit", "relief", "jobs", "aids", "unknown", "coach", "buddy")


def refs_of(daemon, kind="candidates"):
    refs, cursor = [], ""
    while cursor is not None:
        page = daemon.request("GET", f"/v1/{kind}?limit=1000{cursor}").json
        refs += [item["ref"] for item in page["items"]]
        cursor = page["next"] and "&cursor=" + page["next"]
    return refs


def pieces(package):
    return {(slot.get("job"), slot.get("vacancy"), slot["task"], slot.get("part")): slot["hours"] for slot in package["slots"]}


def are_different(a, b):
    x, y = pieces(a), pieces(b)
    common = sum(min(hours, y.get(key, 0)) for key, hours in x.items())
    return a["site"] != b["site"] or 2 * common < min(a["hours"], b["hours"])


class Look:
    """What can be seen of a package without any of carved's code."""

    def __init__(self, daemon):
        self.daemon, self.documents = daemon, {}

    def document(self, kind, ref):
        if ref not in self.documents:
            self.documents[ref] = self.daemon.request("GET", f"/v1/{kind}/{ref}").json
        return self.documents[ref]

    def check(self, test, package, person):
        site = self.document("sites", package["site"])
        test.assertLessEqual(person["hours"]["min"], package["hours"])
        test.assertGreaterEqual(person["hours"]["max"], package["hours"])
        test.assertEqual(package["hours"], sum(slot["hours"] for slot in package["slots"]))
        test.assertEqual(package["hours"], sum(entry["hours"] for entry in package["schedule"]))
        test.assertEqual(package["value"], sum(package["parts"][part] for part in PARTS))
        test.assertLessEqual(package["net"], package["value"])
        test.assertNotIn(site["employer"], person.get("not-with", []))
        works = {work["ref"]: work for work in site.get("jobs", []) + site.get("vacancies", [])}
        test.assertLessEqual(len({slot.get("job", slot.get("vacancy")) for slot in package["slots"]}), person.get("jobs-max", 3))
        for index, slot in enumerate(package["slots"]):
            work = works[slot.get("job", slot.get("vacancy"))]
            task = next(task for task in work["tasks"] if task["ref"] == slot["task"])
            most = task["hours"][slot["part"]] if isinstance(task["hours"], dict) else task["hours"]
            test.assertLessEqual(slot["hours"], most * work.get("openings", 1))
            test.assertEqual(slot["hours"], sum(entry["hours"] for entry in package["schedule"] if entry["slot"] == index))
        worked = {}
        for entry in package["schedule"]:
            day, part = entry["part"].split("-")
            worked[day] = worked.get(day, 0) + entry["hours"]
            test.assertIn(part, person["available"][day])
        test.assertLessEqual(max(worked.values()), person["hours"].get("per-day", 8))


def quarters(hours):
    return round(4 * hours)


class Taken:
    """Who would have to give way to a package, by trying every set of people: supply, donor, places, supervision, coach, reserve once more, from the documents."""

    MOST_PEOPLE = 13

    def __init__(self, daemon, plan):
        self.look = Look(daemon)
        self.proposals = daemon.request("GET", f"/v1/plans/{plan}/proposals").json["items"]
        self.people = {ref: self.look.document("candidates", ref) for ref in refs_of(daemon)}
        self.coaches = {ref: quarters(daemon.request("GET", f"/v1/coaches/{ref}").json["hours"]) for ref in refs_of(daemon, "coaches")}

    def need(self, ref, kind):
        return quarters(self.people[ref].get("support", {}).get(kind, 0))

    def easy(self, ref):
        needs = sorted(self.need(other, "coach-hours") for other, person in self.people.items() if person["coach"] == self.people[ref]["coach"])
        median = needs[(len(needs) - 1) // 2]
        above, whole = sum(need for need in needs if need > median), sum(needs)
        coach = self.coaches[self.people[ref]["coach"]]
        reserve = math.ceil(coach * (1000 * whole - 500 * above) / (1000 * whole)) if whole else None
        return self.need(ref, "coach-hours") <= median, reserve

    def uses(self, package):
        """{what: quarters or a count} that a package uses."""
        ref, site = package["candidate"], self.look.document("sites", package["site"])
        works = {work["ref"]: work for work in site.get("jobs", []) + site.get("vacancies", [])}
        uses = {("places", site["ref"]): 1, ("supervision", site["ref"]): self.need(ref, "buddy-hours")}
        uses["coach", self.people[ref]["coach"]] = self.need(ref, "coach-hours")
        if self.easy(ref)[0]:
            uses["reserve", self.people[ref]["coach"]] = self.need(ref, "coach-hours")
        for slot in package["slots"]:
            work = works[slot.get("job", slot.get("vacancy"))]
            task = next(task for task in work["tasks"] if task["ref"] == slot["task"])
            uses["slot", site["ref"], work["ref"], task["ref"], slot.get("part")] = quarters(slot["hours"])
            if package["kind"] == "carved" and not ("job" in slot and task.get("undone")):
                key = ("donor", site["ref"], work["ref"])
                uses[key] = uses.get(key, 0) + quarters(slot["hours"])
        return {key: use for key, use in uses.items() if use > 0}

    def capacity(self, key, package):
        site = self.look.document("sites", package["site"])
        works = {work["ref"]: work for work in site.get("jobs", []) + site.get("vacancies", [])}
        if key[0] == "places":
            return site.get("places", 1)
        if key[0] == "supervision":
            return quarters(site.get("supervision", {}).get("hours", 0))
        if key[0] == "coach":
            return self.coaches[key[1]]
        if key[0] == "reserve":
            return self.easy(package["candidate"])[1]
        work = works[key[2]]
        if key[0] == "slot":
            task = next(task for task in work["tasks"] if task["ref"] == key[3])
            hours = task["hours"][key[4]] if isinstance(task["hours"], dict) else task["hours"]
            return quarters(hours) * work.get("openings", 1)
        carve, share = work["carve"], round(1000 * work["carve"]["share"])
        if work in site.get("vacancies", []):
            opening = sum(quarters(sum(task["hours"].values()) if isinstance(task["hours"], dict) else task["hours"]) for task in work["tasks"])
            return share * opening * work.get("openings", 1) // 1000
        kept = quarters(work["hours"]) - work.get("incumbents", 0) * quarters(carve.get("keep-hours", 0))
        return max(0, min(share * quarters(work["hours"]) // 1000, kept))

    def least_loss(self, package):
        """Points, how many sets lose no more; None where too many people matter."""
        needs = {key: use - self.capacity(key, package) for key, use in self.uses(package).items()}
        others = [(p, self.uses(p)) for p in self.proposals if p["candidate"] != package["candidate"]]
        needs = {key: need + sum(uses.get(key, 0) for _, uses in others) for key, need in needs.items()}
        needs = {key: need for key, need in needs.items() if need > 0}
        matter = [(p, uses) for p, uses in others if any(uses.get(key, 0) for key in needs)]
        if len(matter) > self.MOST_PEOPLE:
            return None
        sets = [chosen for count in range(len(matter) + 1) for chosen in itertools.combinations(matter, count)
                if all(sum(uses.get(key, 0) for _, uses in chosen) >= need for key, need in needs.items())]
        return min(sum(p["value"] for p, _ in chosen) for chosen in sets)


BUDGET = {"price-rounds": 10, "search-rounds": 60, "block-rounds": 2, "site-nodes": 4}


class Recommendations(unittest.TestCase):
    def look_at_all(self, daemon, refs):
        look, items = Look(daemon), 0
        for ref in refs:
            answer = daemon.request("GET", f"/v1/candidates/{ref}/recommendations?limit=4")
            self.assertEqual(answer.status, 200)
            found, person = answer.json, look.document("candidates", ref)
            self.assertEqual(found["candidate"], ref)
            self.assertEqual(found["reason"] is None, len(found["items"]) > 0)
            self.assertLessEqual(len(found["items"]), 4)
            for index, package in enumerate(found["items"]):
                look.check(self, package, person)
                for other in found["items"][:index]:
                    self.assertTrue(are_different(package, other), (ref, package, other))
            if all(package["exact"] for package in found["items"]):
                nets = [package["net"] for package in found["items"]]
                self.assertTrue(all(a + 2 >= b for a, b in zip(nets, nets[1:])), nets)  # sorted before roundings
            items += len(found["items"])
        return items

    def expect_same_for_a_document(self, daemon, ref):
        document = daemon.request("GET", f"/v1/candidates/{ref}").body
        brought = daemon.request("POST", "/v1/recommendations?limit=2", document, {"Content-Type": "application/json"})
        self.assertEqual(brought.status, 200, brought.body)
        answer = brought.json
        self.assertIsInstance(answer.pop("warnings"), list)
        self.assertEqual(answer, daemon.request("GET", f"/v1/candidates/{ref}/recommendations?limit=2").json)

    def test_of_the_demo_region_all_are_valid_and_different_and_the_same_for_documents_that_come_along(self):
        with Daemon() as daemon:
            for path in demo_files():
                self.assertEqual(daemon.carve("import", path).returncode, 0)
            refs = refs_of(daemon)
            self.assertGreater(self.look_at_all(daemon, refs), 60)
            for ref in refs:
                self.expect_same_for_a_document(daemon, ref)
            self.assertEqual(daemon.stop(), 0)

    def test_of_real_regions_all_are_valid_and_different(self):
        for name, step in (("small", 1), ("medium", 7)):
            with self.subTest(name), Daemon() as daemon:
                body = gzip.open(region(name)).read()
                self.assertEqual(daemon.request("POST", "/v1/imports", body, {"Content-Type": "application/x-ndjson"}).status, 200)
                refs = refs_of(daemon)[::step]
                self.assertGreater(self.look_at_all(daemon, refs), len(refs))
                for ref in refs[::10]:
                    self.expect_same_for_a_document(daemon, ref)

    def make_plan(self, daemon, **order):
        answer = daemon.request("POST", "/v1/plans", {"budget": BUDGET, **order}, {"Prefer": "wait=60"})
        self.assertEqual(answer.status, 200)
        return answer.json["id"]

    def test_after_a_plan_they_have_prices_and_say_who_would_have_to_give_way(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            refs = refs_of(daemon)
            self.assertIsNone(daemon.request("GET", f"/v1/candidates/{refs[0]}/recommendations").json["plan"])
            self.make_plan(daemon, date="2026-10-15")  # a simulation: it takes nothing
            self.assertIsNone(daemon.request("GET", f"/v1/candidates/{refs[0]}/recommendations").json["plan"])
            plan = self.make_plan(daemon)
            taken, seen = Taken(daemon, plan), {"nobody": 0, "somebody": 0, "own": 0, "others": 0, "priced": 0}
            for ref in refs:
                answer = daemon.request("GET", f"/v1/candidates/{ref}/recommendations?limit=4").json
                self.assertEqual(answer["plan"], plan)
                for package in answer["items"]:
                    displaced = package["displaces"]
                    self.assertEqual(displaced["people"], len(displaced["own"]) + displaced["others"])
                    self.assertTrue(displaced["exact"])
                    least = taken.least_loss(package)
                    if least is not None:
                        self.assertEqual(displaced["value"], least, (ref, package))
                        seen["somebody" if least else "nobody"] += 1
                    for one in displaced["own"]:
                        self.assertEqual(taken.people[one["candidate"]]["coach"], taken.people[ref]["coach"])
                        proposal = daemon.request("GET", f"/v1/proposals/{one['proposal']}").json
                        self.assertEqual(proposal["candidate"], one["candidate"])
                    seen["own"] += len(displaced["own"])
                    seen["others"] += displaced["others"]
                    seen["priced"] += package["net"] < package["value"]
                self.expect_same_for_a_document(daemon, ref)
            self.assertTrue(all(seen.values()), seen)
            shown = daemon.carve("best", refs[0]).stdout.decode()
            self.assertTrue("takes nobody's place" in shown or "give way" in shown, shown)

    def test_nothing_of_it_is_lost_by_a_restart_and_a_newer_plan_counts_at_once(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            path = "/v1/candidates/K-0001/recommendations"
            self.make_plan(daemon)
            before = daemon.request("GET", path).json
            self.assertEqual(daemon.stop(), 0)
            daemon.start()
            self.assertEqual(daemon.request("GET", path).json, before)
            newer = self.make_plan(daemon)
            self.assertNotEqual(newer, before["plan"])
            self.assertEqual(daemon.request("GET", path).json["plan"], newer)
            gone = next((one["candidate"] for item in before["items"] for one in item["displaces"]["own"]), None)
            if gone:
                self.assertEqual(daemon.request("DELETE", f"/v1/candidates/{gone}").status, 204)
                after = daemon.request("GET", path).json
                self.assertNotIn(gone, [one["candidate"] for item in after["items"] for one in item["displaces"]["own"]])

    def test_many_who_ask_at_once_all_hear_the_same(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            connections = [UnixConnection(daemon.socket) for _ in range(20)]
            for connection in connections:
                connection.request("GET", "/v1/candidates/K-0001/recommendations")
            bodies = {connection.getresponse().read() for connection in connections}
            for connection in connections:
                connection.close()
            self.assertEqual(len(bodies), 1)

    def test_a_change_counts_from_the_next_question_on(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            first = daemon.request("GET", "/v1/candidates/K-0001/recommendations").json
            site = first["items"][0]["site"]
            document = daemon.request("GET", f"/v1/sites/{site}").json
            document["places"] = 0
            self.assertEqual(daemon.request("PUT", f"/v1/sites/{site}", document).status, 200)
            second = daemon.request("GET", "/v1/candidates/K-0001/recommendations").json
            self.assertNotIn(site, [package["site"] for package in second["items"]])
            self.assertEqual(daemon.request("DELETE", "/v1/candidates/K-0001").status, 204)
            gone = daemon.request("GET", "/v1/candidates/K-0001/recommendations")
            self.assertEqual((gone.status, gone.json["code"]), (404, "document-not-found"))

    def test_without_consent_or_any_fitting_hours_the_rule_is_told(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            late = candidate("K-9001", consent={"given": "2020-01-01", "expires": "2020-06-01", "scope": ["matching"]})
            far = candidate("K-9002", travel={"max-minutes": 1, "mode": "walk"}, home="9999")
            for document, reason in ((late, "consent"), (far, "travel")):
                answer = daemon.request("POST", "/v1/recommendations", document)
                self.assertEqual((answer.status, answer.json["items"], answer.json["reason"]), (200, [], reason))

    def test_a_document_that_comes_along_is_judged_as_one_to_be_stored_and_not_stored(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            wrong = candidate("K-9003", coach="C-none", colour="red")
            put = daemon.request("PUT", "/v1/candidates/K-9003", wrong)
            post = daemon.request("POST", "/v1/recommendations", wrong)
            self.assertEqual((put.status, put.body), (post.status, post.body))
            self.assertEqual({error["code"] for error in post.json["errors"]}, {"unknown-key", "coach-unknown"})
            site = daemon.request("GET", "/v1/sites/S-01").json
            self.assertEqual(daemon.request("POST", "/v1/recommendations", site).json["errors"][0]["code"], "path-mismatch")
            two = json.dumps(candidate("K-9004")) + "\n---\n" + json.dumps(candidate("K-9005"))
            answer = daemon.request("POST", "/v1/recommendations", two, {"Content-Type": "application/yaml"})
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (400, "one-document-expected"))
            answer = daemon.request("POST", "/v1/recommendations", "x", {"Content-Type": "text/plain"})
            self.assertEqual((answer.status, answer.json["code"]), (415, "media-type-not-supported"))
            self.assertEqual(daemon.request("POST", "/v1/recommendations", candidate("K-9006")).status, 200)
            self.assertEqual(daemon.request("GET", "/v1/candidates/K-9006").status, 404)

    def test_a_limit_out_of_range_is_refused(self):
        with Daemon("recommendations: {items: 2, items-max: 5}") as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            path = "/v1/candidates/K-0001/recommendations"
            self.assertEqual(len(daemon.request("GET", path).json["items"]), 2)
            self.assertEqual(len(daemon.request("GET", path + "?limit=5").json["items"]), 5)
            for limit in ("0", "6", "x", "", "-1"):
                answer = daemon.request("GET", f"{path}?limit={limit}")
                self.assertEqual((answer.status, answer.json["code"]), (400, "query-invalid"), limit)

    def test_carve_best_shows_them_and_asks_about_a_file(self):
        with Daemon() as daemon:
            for path in demo_files():
                daemon.carve("import", path)
            shown = daemon.carve("best", "K-0001", "--count", "2", language="nl_NL")
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertIn("1.  K-0001", shown.stdout.decode())
            self.assertIn("2.  K-0001", shown.stdout.decode())
            document = daemon.carve("get", "K-0001").stdout
            brought = json.loads(daemon.carve("best", "--json", "--count=2", "-f", "-", input=document).stdout)
            known = json.loads(daemon.carve("best", "--json", "--count=2", "candidate", "K-0001").stdout)
            self.assertEqual(brought["items"], known["items"])
            none = daemon.carve("best", "K-0012")
            self.assertEqual((none.returncode, none.stdout.decode()), (1, "nothing fits K-0012: no valid consent for matching\n"))
            self.assertEqual(daemon.carve("best", "K-9999").returncode, 4)
            self.assertEqual(daemon.carve("best").returncode, 2)
            self.assertEqual(daemon.carve("best", "K-0001", "-f", "x").returncode, 2)
            broken = daemon.carve("best", "-f", "-", input=document.replace(b"coach:", b"coch:"))
            self.assertEqual(broken.returncode, 3)
            self.assertIn("did you mean 'coach'?", broken.stderr.decode())


if __name__ == "__main__":
    main()
