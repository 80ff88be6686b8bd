# SPDX-License-Identifier: EUPL-1.2
"""The walls around a solver as an operator meets them: what the log says, what `plans.sandbox` and `plans.memory-bytes` do, on this kernel and on poorer ones."""
import gzip
import os
import re
import unittest

import harness

POOR_KERNEL = os.path.join(harness.BINARIES, "tests/unit/pool/poor-kernel")
PLAN = {"date": "2026-11-22", "budget": {"price-rounds": 5, "search-rounds": 10, "block-rounds": 0, "site-nodes": 0}}


def has_sandbox():
    """Whether this build has one: builds with a sanitizer or counted lines say that they have none."""
    with harness.Daemon() as daemon:
        return "this build" not in plan_of_demo(daemon)[1]


def plan_of_demo(daemon):
    """The plan when it has ended, and the log's lines about walls."""
    result = daemon.carve("import", *harness.demo_files())
    if result.returncode != 0:
        raise AssertionError(result.stderr.decode())
    plan = daemon.wait_for_plan(daemon.request("POST", "/v1/plans", PLAN).json["id"])
    return plan, "\n".join(re.findall(r"walls.*", daemon.log_text()))


class OfTheDaemon(unittest.TestCase):
    def test_the_daemon_leaves_no_core_gains_no_rights_and_shows_its_memory_to_nobody(self):
        with harness.Daemon() as daemon:
            with open(f"/proc/{daemon.pid()}/status") as status:
                self.assertIn("NoNewPrivs:\t1\n", status.read())
            with open(f"/proc/{daemon.pid()}/limits") as limits:
                self.assertRegex(limits.read(), r"Max core file size +0 +0 ")
            if SANDBOX:
                self.assertEqual(os.stat(f"/proc/{daemon.pid()}/environ").st_uid, 0)


class Sandbox(unittest.TestCase):
    def test_a_plan_is_made_behind_walls_that_are_logged_once_and_is_the_same_without(self):
        values = []
        for sandbox in ("require", "off"):
            if sandbox == "require" and not SANDBOX:
                continue
            with harness.Daemon(config=f"plans: {{sandbox: {sandbox}}}\n") as daemon:
                plan, log = plan_of_demo(daemon)
                again = daemon.wait_for_plan(daemon.request("POST", "/v1/plans", PLAN).json["id"])
                self.assertEqual((plan["state"], again["state"]), ("done", "done"))
                self.assertEqual(daemon.log_text().count("walls around the solver"), 1)
                values.append((plan["value"], plan["bound"], plan["placed"], plan["iterations"]))
                if sandbox == "require":
                    self.assertRegex(log, r"walls around the solver: limits landlock-files .*seccomp$")
                elif SANDBOX:
                    self.assertEqual(log, "walls around the solver: limits; `sandbox` is off in the settings")
        self.assertEqual(len(set(values)), 1, values)

    def test_a_build_without_a_sandbox_says_so_and_plans_nothing_where_one_is_required(self):
        if SANDBOX:
            self.skipTest("this build has a sandbox")
        with harness.Daemon(config="plans: {sandbox: require}\n") as daemon:
            plan, log = plan_of_demo(daemon)
            self.assertEqual((plan["state"], plan["problem"]["code"]), ("failed", "solver-unprotected"))
            self.assertIn("this build counts lines or holds a sanitizer", log)

    def test_on_a_kernel_that_lacks_a_wall_the_log_says_so_and_the_plan_is_made(self):
        if not SANDBOX:
            self.skipTest("this build has no sandbox")
        for lacks, walls in (("landlock", "limits seccomp"), ("seccomp", "limits landlock-files")):
            with harness.Daemon(wrapper=[POOR_KERNEL, lacks]) as daemon:
                plan, log = plan_of_demo(daemon)
                self.assertEqual(plan["state"], "done")
                self.assertRegex(log, f"^walls around the solver: {walls}.*; this kernel has not all of them$")
                print(log)

    def test_there_a_plan_fails_where_the_settings_require_a_sandbox(self):
        if not SANDBOX:
            self.skipTest("this build has no sandbox")
        for lacks, missing in (("landlock", "landlock-files"), ("seccomp", "seccomp")):
            with harness.Daemon(config="plans: {sandbox: require}\n", wrapper=[POOR_KERNEL, lacks]) as daemon:
                plan, _ = plan_of_demo(daemon)
                self.assertEqual((plan["state"], plan["problem"]["code"]), ("failed", "solver-unprotected"))
                self.assertTrue(plan["problem"]["message"].endswith("missing " + missing), plan["problem"])
                self.assertEqual(daemon.request("GET", "/v1/health").status, 200)

    def test_a_plan_that_needs_more_memory_than_allowed_has_failed_and_says_so(self):
        if not SANDBOX:
            self.skipTest("this build does not limit memory")
        with harness.Daemon(config="plans: {memory-bytes: 67108864}\n") as daemon:
            with gzip.open(harness.region("large")) as file:
                answer = daemon.request("POST", "/v1/imports", file.read(), {"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body)
            plan = daemon.wait_for_plan(daemon.request("POST", "/v1/plans", PLAN).json["id"])
            self.assertEqual((plan["state"], plan["problem"]["code"]), ("failed", "solver-out-of-memory"))
            self.assertIn("64 MiB", plan["problem"]["message"])
            print(plan["problem"]["message"])


if __name__ == "__main__":
    SANDBOX = has_sandbox()
    harness.main()
