# SPDX-License-Identifier: EUPL-1.2
"""A region in use: 20 proposals accepted, 20 declined (10 of them for good), 5 placements ended, the daemon started anew in between, and plans made around all that.
What is checked here is worked out from the answers and documents alone; a whole plan with pinned work also goes past the checker that shares nothing with carved."""
import collections
import gzip
import json
import os
import subprocess
import sys
import unittest

import harness
from test_decisions import AGREED, TODAY, of, package

CONFIG = "budget:\n" + "".join(f"  {name}: {value}\n" for name, value in {**harness.BUDGET, "search-rounds": 20}.items())


def documents():
    """The medium region, or the demo where there are no real regions."""
    try:
        with gzip.open(harness.region("medium")) as file:
            return file.read()
    except unittest.SkipTest as why:
        print(f"{why}; the demo region instead")
        return None


class InUse(unittest.TestCase):
    def plan(self, **order):
        answer = self.daemon.request("POST", "/v1/plans", order)
        self.assertEqual(answer.status, 202, answer.body)
        self.daemon.wait_for_plan(answer.json["id"], 600)
        plan = self.daemon.request("GET", f"/v1/plans/{answer.json['id']}").json
        self.assertEqual(plan["state"], "done", plan.get("problem"))
        return plan

    def decide(self, proposal, **decision):
        answer = self.daemon.request("POST", f"/v1/proposals/{proposal['id']}/decisions", decision)
        self.assertEqual(answer.status, 201, answer.body)

    def check_room(self, plan):
        """No slot gives more than it has, no site more places; nobody is there twice."""
        self.assertEqual(len(of(plan)), len(plan["proposals"]))
        given, places = collections.Counter(), collections.Counter()
        for proposal in plan["proposals"]:
            places[proposal["site"]] += 1
            for slot in proposal["slots"]:
                given[proposal["site"], slot.get("job") or slot.get("vacancy"), slot["task"], slot.get("part")] += slot["hours"]
        for site in places:
            self.assertLessEqual(places[site], self.sites[site].get("places", 1), site)
        for (site, work, task, part), hours in given.items():
            job = next(j for j in self.sites[site].get("jobs", []) + self.sites[site].get("vacancies", []) if j["ref"] == work)
            has = next(t for t in job["tasks"] if t["ref"] == task)["hours"]
            self.assertLessEqual(hours, (has[part] if part else has) * job.get("openings", 1), (site, work, task, part))

    def check_pins(self, plan, standing):
        now = of(plan)
        for one in standing:
            self.assertEqual(package(now[one["candidate"]]), package(one))
            self.assertEqual((now[one["candidate"]]["origin"], now[one["candidate"]].get("pinned")), (one["id"], True))
        self.assertEqual({p["candidate"] for p in plan["proposals"] if p.get("pinned")}, {one["candidate"] for one in standing})
        self.assertEqual(plan["warnings"], [])

    def check_declined(self, plan, declined):
        for one in declined:
            self.assertNotEqual(of(plan).get(one["candidate"], {}).get("site"), one["site"])

    def check_whole(self, plan, text):
        """By a checker that shares nothing with carved; it knows of no decline, so it comes before the first."""
        if text is None:
            return
        path = os.path.join(self.daemon.folder, "plan.json")
        with open(path, "w") as file:
            json.dump(plan, file)
        verdict = subprocess.run([sys.executable, os.path.join(harness.SHARED, "tools/check_plan.py"), harness.region("medium"), path, "--date", TODAY],
                                 capture_output=True, text=True)
        print(verdict.stdout.strip())
        self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)

    def load(self, text):
        if text is None:
            for path in harness.demo_files():
                self.assertEqual(self.daemon.carve("import", path).returncode, 0)
        else:
            self.assertEqual(self.daemon.carve("import", "-", input=text).returncode, 0)
        self.sites, at = {}, "/v1/sites?limit=1000"
        for item in self.daemon.request("GET", at).json["items"]:
            self.sites[item["ref"]] = self.daemon.request("GET", f"/v1/sites/{item['ref']}").json

    def test_plans_follow_what_people_decide(self):
        text = documents()
        some = 20 if text else 4  # of each kind
        self.daemon = harness.Daemon(CONFIG)
        with self.daemon:
            self.load(text)
            first = self.plan()
            accepted = [p for p in first["proposals"] if not p["conditions"]][:: 2][:some]
            self.assertEqual(len(accepted), some)
            for one in accepted:
                self.decide(one, **AGREED)
            second = self.plan(**{"from": "last"})
            self.check_pins(second, accepted)
            self.check_room(second)
            self.check_whole(second, text)

            undecided = [p for p in second["proposals"] if p["state"] == "proposed"]
            declined = undecided[:: 3][:some]
            self.assertEqual(len(declined), some)
            for index, one in enumerate(declined):
                self.decide(one, kind="declined", reason="tasks", forGood=index < some // 2)
            ended = accepted[: some // 4]
            for one in ended:
                self.decide(one, kind="started")
                self.decide(one, kind="ended")
            standing = accepted[some // 4 :]
            self.assertEqual(self.daemon.stop(), 0)
            self.daemon.start()

            third = self.plan(**{"from": "last", "maxChanges": 5})
            self.check_pins(third, standing)
            self.check_declined(third, declined)
            self.check_room(third)
            moved = {p["candidate"] for p in accepted + declined}
            before, after = of(second), of(third)
            differing = [c for c in set(before) | set(after) if c not in moved
                         and (c not in before or c not in after or package(before[c]) != package(after[c]))]
            self.assertLessEqual(len(differing), 5)
            print(f"{len(after)} proposals, {len(standing)} pinned, {len(differing)} undecided ones differ")

            for one in declined[some // 2 :]:  # for now: until a document changes
                document = self.daemon.request("GET", f"/v1/candidates/{one['candidate']}").json
                document["jobs-max"] = document.get("jobs-max", 3) + 1
                self.assertEqual(self.daemon.request("PUT", f"/v1/candidates/{one['candidate']}", document).status, 200)
            fourth = self.plan(**{"from": "last"})
            self.check_pins(fourth, standing)
            self.check_declined(fourth, declined[: some // 2])
            self.check_room(fourth)
            again = sum(of(fourth).get(one["candidate"], {}).get("site") == one["site"] for one in declined[some // 2 :])
            print(f"{again} of {some - some // 2} that were declined for now are proposed again")
            states = collections.Counter(p["state"] for p in fourth["proposals"])
            self.assertEqual(states["accepted"], len(standing))
            self.assertEqual(set(states), {"accepted", "proposed"})


if __name__ == "__main__":
    harness.main()
