# SPDX-License-Identifier: EUPL-1.2
"""Real input: imported, planned, and the plan checked by code that shares nothing with ours."""
import gzip
import json
import os
import subprocess
import sys
import time
import unittest

import harness
import test_matching_day

DATE = "2026-11-22"
COUNTS = {  # sites, candidates, coaches as regions/README.md says
    "small": (12, 60, 2), "medium": (90, 500, 16), "large": (450, 2500, 83), "xlarge": (1500, 10000, 333),
}
LARGEST_GAP = 0.08


class Regions(unittest.TestCase):
    def import_region(self, daemon, name):
        with gzip.open(harness.region(name)) as file:
            text = file.read()
        began = time.monotonic()
        result = daemon.carve("import", "-", "--json", input=text)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        answer = json.loads(result.stdout)
        sites, candidates, coaches = COUNTS[name]
        self.assertEqual([answer[k] for k in ("sites", "candidates", "coaches", "vocabularies")], [sites, candidates, coaches, 1])
        self.assertEqual(answer["created"], sites + candidates + coaches + 1)
        return time.monotonic() - began

    def plan(self, daemon, *more):
        result = daemon.carve("plan", "--date", DATE, "--json", *more)
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        return json.loads(result.stdout)

    def check(self, daemon, name, plan):
        self.assertEqual(plan["state"], "done")
        self.assertGreaterEqual(plan["bound"], plan["value"])
        for proposal in plan["proposals"]:
            self.assertEqual(sum(proposal["parts"].values()), proposal["value"])
        path = os.path.join(daemon.folder, "plan.json")
        with open(path, "w") as file:
            json.dump(plan, file)
        checker = os.path.join(harness.SHARED, "tools/check_plan.py")
        verdict = subprocess.run([sys.executable, checker, harness.region(name), path, "--date", DATE], capture_output=True, text=True)
        print(f"{name}: {verdict.stdout.strip()}")
        self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)

    def without_ids(self, plan):
        for name in ("id", "created", "ended", "course"):
            plan.pop(name, None)
        for proposal in plan["proposals"]:
            proposal.pop("id", None)
            proposal.pop("plan", None)
        return json.dumps(plan)

    def test_small_twice_is_the_same_plan_and_right(self):
        with harness.Daemon() as daemon:
            self.import_region(daemon, "small")
            first, second = self.plan(daemon), self.plan(daemon)
            self.check(daemon, "small", first)
            self.assertLessEqual(float(first["gap"]), LARGEST_GAP)
            self.assertTrue(first["simulated"] or DATE == time.strftime("%Y-%m-%d"))
            self.assertEqual(self.without_ids(first), self.without_ids(second))

    def test_a_matching_systems_day_with_medium(self):
        test_matching_day.check_day(self, "medium", 500, 40)

    def test_xlarge_is_accepted_with_exact_counts(self):
        with harness.Daemon() as daemon:
            seconds = self.import_region(daemon, "xlarge")
            with open(f"/proc/{daemon.pid()}/status") as status:
                memory = [line.split(":")[1].strip() for line in status if line.startswith(("VmRSS", "VmHWM"))]
            print(f"xlarge: {seconds:.1f} s, resident {memory[1]}, at most {memory[0]}")
            self.assertEqual(daemon.stop(), 0)
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/health").json["documents"]["candidates"], 10000)


if __name__ == "__main__":
    harness.main()
