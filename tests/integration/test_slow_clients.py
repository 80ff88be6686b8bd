# SPDX-License-Identifier: EUPL-1.2
"""One user's 1,500 slow connections, or a storm of short ones, beside a good client of another user: who is answered, how soon, and what it costs. Needs root, to be two users."""
import json
import os
import subprocess
import sys
import time
import unittest

import harness

HOSTILE = os.path.join(harness.SOURCES, "tests/support/hostile.py")
NOBODY = 65534
CONNECTIONS = 1500
LIVENESS_SECONDS = 20  # generous: the figures are printed
CONFIG = "socket: {mode: '0666'}\n"


def figures(daemon):
    """Resident megabytes and open files of the daemon."""
    with open(f"/proc/{daemon.process.pid}/status") as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return resident / 1024, len(os.listdir(f"/proc/{daemon.process.pid}/fd"))


@unittest.skipIf(os.getuid() != 0, "needs root: one user is slow, another is good")
class SlowClients(unittest.TestCase):
    def start(self, wrapper=(), config=CONFIG):
        daemon = harness.Daemon(config=config, wrapper=wrapper)
        os.chmod(daemon.folder, 0o755)
        daemon.__enter__()
        self.addCleanup(daemon.__exit__)
        self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
        return daemon

    def hostile(self, daemon, what, number, uid=NOBODY):
        process = subprocess.Popen([sys.executable, HOSTILE, daemon.socket, str(uid), what, str(number)], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        line = process.stdout.readline()
        self.assertTrue(line, "the hostile user did not get started")
        return process, json.loads(line)

    def ask(self, daemon, count=100):
        """Good requests, each on a connection of its own, half of them writes; prints and returns the slowest."""
        seconds = []
        for i in range(count):
            began = time.monotonic()
            if i % 2:
                answer = daemon.request("PUT", "/v1/coaches/C-90", {**harness.COACH, "ref": "C-90", "hours": i})
            else:
                answer = daemon.request("GET", "/v1/candidates?limit=10")
            seconds.append(time.monotonic() - began)
            self.assertIn(answer.status, (200, 201), answer.body)
        seconds.sort()
        print(f"{count} of {count} answered; p50 {seconds[count // 2] * 1000:.1f} ms, p99 {seconds[count * 99 // 100 - 1] * 1000:.1f} ms, slowest {seconds[-1] * 1000:.1f} ms")
        self.assertLess(seconds[-1], LIVENESS_SECONDS)
        return seconds[-1]

    def test_a_good_client_beside_1500_slow_ones_of_another_user(self):
        daemon = self.start()
        print("\nalone:", end=" ")
        self.ask(daemon)
        before = figures(daemon)
        _, outcomes = self.hostile(daemon, "slow", CONNECTIONS)
        self.assertGreaterEqual(outcomes["connected"], CONNECTIONS)
        for _ in range(3):
            print(f"beside {CONNECTIONS} slow ones:", end=" ")
            self.ask(daemon)
            time.sleep(1)
        after = figures(daemon)
        print(f"daemon: {before[0]:.1f} MB and {before[1]} files before, {after[0]:.1f} MB and {after[1]} files with them")
        self.assertLess(after[1], 64 + 16 + 100)
        asked = self.hostile(daemon, "ask", 50)[1]
        print("the slow user's own further requests:", asked)
        self.assertGreater(asked.get("503", 0) + asked.get("closed", 0), 0)  # now and then one of its own leaves room

    def test_a_good_client_beside_1500_slow_ones_that_were_all_let_in(self):
        daemon = self.start(config=CONFIG + "http: {connections: 2000, connections-per-user: 1600}\n")
        before = figures(daemon)
        self.hostile(daemon, "slow", CONNECTIONS)
        print("\nbeside 1500 that are in:", end=" ")
        self.ask(daemon)
        after = figures(daemon)
        print(f"daemon: {before[0]:.1f} MB and {before[1]} files before, {after[0]:.1f} MB and {after[1]} files with them: "
              f"{(after[0] - before[0]) * 1024 / CONNECTIONS:.1f} KB a connection")
        self.assertGreater(after[1], CONNECTIONS)

    def test_a_good_client_beside_a_storm_of_connections(self):
        daemon = self.start()
        storms = [self.hostile(daemon, "storm", 15)[0] for _ in range(3)]
        print("\nbeside a storm:", end=" ")
        self.ask(daemon)
        for process in storms:
            print("storm:", process.stdout.readline().strip())

    def test_few_files_are_enough_for_those_who_are_let_in(self):
        daemon = self.start(wrapper=("prlimit", "--nofile=200:200"))
        self.assertIn("leaves room for 20 connections instead of 256, and 5 of one user", daemon.log_text())
        self.hostile(daemon, "slow", CONNECTIONS)
        print("\nwith 200 files:", end=" ")
        self.ask(daemon)
        self.assertLess(figures(daemon)[1], 200)

    def test_a_soft_limit_on_files_is_raised_as_far_as_needed(self):
        daemon = self.start(wrapper=("prlimit", "--nofile=100:4000"))
        with open(f"/proc/{daemon.process.pid}/limits") as limits:
            soft, hard = next(line.split()[3:5] for line in limits if line.startswith("Max open files"))
        self.assertEqual((int(soft), int(hard)), (256 + 48 + 128 + 4, 4000))
        self.assertNotIn("leaves room", daemon.log_text())


if __name__ == "__main__":
    harness.main()
