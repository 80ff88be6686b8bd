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

    def test_a_cancelled_plan_keeps_the_best_so_far(self):
        with harness.Daemon() as daemon:
            plan = self.start_long_plan(daemon)
            time.sleep(3)
            self.assertEqual(daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"}).status, 202)
            ended = daemon.wait_for_plan(plan, 30)
            self.assertEqual((ended["state"], ended["endedBy"]), ("cancelled", "cancel"))
            self.assertGreater(ended["placed"], 0)
            self.assertGreaterEqual(ended["bound"], ended["value"])
            whole = daemon.request("GET", f"/v1/plans/{plan}").json
            self.assertEqual(sum(p["value"] for p in whole["proposals"]), whole["value"])

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
