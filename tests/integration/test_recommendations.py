# SPDX-License-Identifier: EUPL-1.2
"""Recommendations through the socket: valid and different by a look of our own, the same for a document that comes along, the reasons of those without."""
import gzip
import json
import unittest

from harness import Daemon, candidate, demo_files, main, region

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
