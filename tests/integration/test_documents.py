# SPDX-License-Identifier: EUPL-1.2
"""Documents over the socket: the errors that people meet, all at once and in their language; nothing half stored."""
import os
import unittest

import harness

VOCABULARY = """\
kind: vocabulary
ref: words
tags: {outdoor: {nl: buiten, en: outdoors}}
facilities: {}
has: {}
categories: []
---
kind: coach
ref: C-01
hours: 24
"""

CANDIDATE = """\
kind: candidate
ref: K-1
coach: C-01
consent: {given: 2026-10-01, expires: 2027-04-01, scope: [matching]}
scale: icf
home: "3811"
travel: {max-minutes: 45, mode: bicycle}
hours: {min: 8, max: 16}
available: {mon: [am, pm], tue: [am, pm]}
"""

FOUR_ERRORS = CANDIDATE + """\
limitatons: {d430: 2}
limitations: {d440: 7}
---
""" + CANDIDATE + """\
wishes: {never: [outdor]}
"""
YAML = {"Content-Type": "application/yaml"}


class Documents(unittest.TestCase):
    def findings(self, answer):
        self.assertEqual(answer.status, 400, answer.body)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json")
        return [(e["location"]["line"], e["location"]["column"]) for e in answer.json["errors"]]

    def test_four_mistakes_are_four_errors_with_place_and_mend_and_nothing_is_stored(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.request("POST", "/v1/imports", VOCABULARY, YAML).status, 200)
            path = os.path.join(daemon.folder, "four.yaml")
            with open(path, "w") as file:
                file.write(FOUR_ERRORS)
            places = [(10, 1), (11, 21), (14, 6), (22, 18)]
            for language, word in (("en", "did you mean"), ("nl", "bedoelt u")):
                answer = daemon.request("POST", "/v1/imports", FOUR_ERRORS, {**YAML, "Accept-Language": language})
                self.assertEqual(self.findings(answer), places)
                errors = answer.json["errors"]
                self.assertTrue(all(e.get("hint") for e in errors), answer.body)
                self.assertIn(word, (errors[0]["message"] + errors[0]["hint"]).lower())
                result = daemon.carve("put", path, "--lang", language)
                text = result.stderr.decode()
                self.assertEqual(result.returncode, 3, text)
                for (line, column), error in zip(places, errors):
                    self.assertIn(f"{path}:{line}:{column}: ", text)
                    self.assertIn(error["message"], text)
                    self.assertIn(error["hint"], text)
            self.assertEqual(daemon.request("GET", "/v1/candidates").json["count"], 0)

    def test_a_restart_loses_nothing(self):
        with harness.Daemon() as daemon:
            daemon.request("POST", "/v1/imports", VOCABULARY, YAML)
            self.assertEqual(daemon.request("PUT", "/v1/candidates/K-1", CANDIDATE, YAML).status, 201)
            before = daemon.request("GET", "/v1/candidates/K-1").body
            self.assertEqual(daemon.stop(), 0)
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/candidates/K-1").body, before)
            self.assertEqual(daemon.request("DELETE", "/v1/candidates/K-1").status, 204)
            daemon.kill()
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/candidates/K-1").status, 404)

    def test_a_dry_run_tells_and_stores_nothing(self):
        with harness.Daemon() as daemon:
            answer = daemon.request("POST", "/v1/imports?dryRun=true", VOCABULARY + "---\n" + CANDIDATE, YAML)
            self.assertEqual((answer.status, answer.json["documents"], answer.json["dryRun"]), (200, 3, True))
            self.assertEqual(daemon.request("GET", "/v1/coaches").json["count"], 0)

    def test_a_list_comes_in_pages_none_missing_or_double(self):
        with harness.Daemon() as daemon:
            lines = [harness.COACH] + [harness.candidate(f"K-{n:03}") for n in range(250)]
            body = "\n".join(harness.json.dumps(line) for line in lines)
            answer = daemon.request("POST", "/v1/imports", body, {"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body)
            found, cursor = [], None
            while True:
                page = daemon.request("GET", "/v1/candidates?limit=100" + (f"&cursor={cursor}" if cursor else "")).json
                found += [item["ref"] for item in page["items"]]
                cursor = page["next"]
                if not cursor:
                    break
            self.assertEqual(found, [f"K-{n:03}" for n in range(250)])


if __name__ == "__main__":
    harness.main()
