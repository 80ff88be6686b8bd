# SPDX-License-Identifier: EUPL-1.2
"""A solver that dies, a plan that is cancelled: never a dead daemon, always a reason."""
import os
import signal
import time
import unittest

import harness

LONG = {"date": "2026-11-22", "budget": {"search-rounds": 100000000, "gap-target": 0}}


class Solver(unittest.TestCase):
    def start_long_plan(self, daemon):
        result = daemon.carve("import", *harness.demo_files())
        self.assertEqual(result.returncode, 0, result.stderr.decode())
        answer = daemon.request("POST", "/v1/plans", LONG)
        self.assertEqual(answer.status, 202, answer.body)
        self.assertEqual(answer.headers["Location"], "/v1/plans/" + answer.json["id"])
        until = time.monotonic() + 30
        while time.monotonic() < until and not daemon.solver_pids():
            time.sleep(0.02)
        return answer.json["id"]

    def test_kill_9_of_the_solver_is_a_failed_plan_and_the_daemon_answers_on(self):
        with harness.Daemon() as daemon:
            plan = self.start_long_plan(daemon)
            pids = daemon.solver_pids()
            self.assertEqual(len(pids), 1)
            time.sleep(0.5)
            os.kill(pids[0], signal.SIGKILL)
            ended = daemon.wait_for_plan(plan, 30)
            self.assertEqual(ended["state"], "failed")
            self.assertEqual(ended["problem"]["code"], "solver-crashed")
            self.assertIn("9", ended["problem"]["message"])
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-99", {**harness.COACH, "ref": "C-99"}).status, 201)
            print("failed with:", ended["problem"]["message"])

    def cancel(self, daemon, plan):
        """Cancels it, holds what is left against what was told before, and returns that."""
        told = daemon.request("GET", f"/v1/plans/{plan}").json["progress"]
        self.assertEqual(daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"}).status, 202)
        ended = daemon.wait_for_plan(plan, 300)
        self.assertEqual((ended["state"], ended["endedBy"]), ("cancelled", "cancel"))
        self.assertGreaterEqual(ended["value"], told["value"])
        self.assertGreaterEqual(ended["bound"], ended["value"])
        if told["bound"] is not None:
            self.assertLessEqual(ended["bound"], told["bound"])
        whole = daemon.request("GET", f"/v1/plans/{plan}").json
        self.assertEqual(sum(p["value"] for p in whole["proposals"]), whole["value"])
        self.assertEqual(len(whole["proposals"]), ended["placed"])
        return told

    def test_a_plan_cancelled_early_or_late_keeps_what_it_has_told(self):
        with harness.Daemon() as daemon:
            result = daemon.carve("import", *harness.demo_files())
            self.assertEqual(result.returncode, 0, result.stderr.decode())
            later = ("prices", "proof", "construction", "search", "sites", "blocks")
            for first in range(3):
                plan = daemon.request("POST", "/v1/plans", LONG).json["id"]
                self.assertTrue(daemon.wait_until(lambda: self.progress(daemon, plan)["phase"] in later[first:]))
                told = self.cancel(daemon, plan)
                print("cancelled in", told["phase"], "at", told["value"])

    def progress(self, daemon, plan):
        return daemon.request("GET", f"/v1/plans/{plan}?view=summary").json["progress"]

    def test_a_plan_that_has_told_of_packages_keeps_them_when_it_is_cancelled(self):
        with harness.Daemon() as daemon:
            plan = self.start_long_plan(daemon)
            self.assertTrue(daemon.wait_until(lambda: self.progress(daemon, plan)["placed"] > 0))
            self.assertGreater(self.cancel(daemon, plan)["value"], 0)

    def test_a_plan_whose_seconds_are_over_keeps_what_it_has_told(self):
        with harness.Daemon() as daemon:
            result = daemon.carve("import", *harness.demo_files())
            self.assertEqual(result.returncode, 0, result.stderr.decode())
            plan = daemon.request("POST", "/v1/plans", {**LONG, "seconds": 3}).json["id"]
            told = {"value": 0}
            while (now := daemon.request("GET", f"/v1/plans/{plan}?view=summary").json)["state"] == "running":
                told = now["progress"]
                time.sleep(0.05)
            self.assertEqual((now["state"], now["endedBy"]), ("done", "time"))
            self.assertGreaterEqual(now["value"], told["value"])
            self.assertGreaterEqual(now["bound"], now["value"])

    def test_a_stopped_daemon_ends_its_solver_and_a_killed_one_leaves_a_failed_plan(self):
        with harness.Daemon() as daemon:
            plan = self.start_long_plan(daemon)
            pid = daemon.solver_pids()[0]
            daemon.kill()
            time.sleep(0.5)
            self.assertFalse(os.path.exists(f"/proc/{pid}") and "Z" not in open(f"/proc/{pid}/stat").read(), "the solver outlived the daemon")
            daemon.start()
            ended = daemon.request("GET", f"/v1/plans/{plan}").json
            self.assertEqual((ended["state"], ended["problem"]["code"]), ("failed", "plan-interrupted"))


if __name__ == "__main__":
    harness.main()
