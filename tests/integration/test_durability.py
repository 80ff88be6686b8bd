# SPDX-License-Identifier: EUPL-1.2
"""What was answered with 2xx is on disk: shown by the order of system calls and by killing the daemon under writes."""
import os
import random
import re
import shutil
import subprocess
import threading
import time
import unittest

import harness

ROUNDS = 50


class Durability(unittest.TestCase):
    def test_everything_acknowledged_survives_kill_9(self):
        acknowledged, attempted = {}, {}
        chance = random.Random(7)
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-01", harness.COACH).status, 201)
            for round_ in range(ROUNDS):
                self.write_until_killed(daemon, round_, acknowledged, attempted, chance.uniform(0.02, 0.25))
                daemon.start()
                self.check_all(daemon, acknowledged, attempted)
        print(f"{ROUNDS} kills, {len(acknowledged)} documents, {sum(attempted.values())} writes: everything acknowledged is there")
        self.assertGreater(len(acknowledged), ROUNDS)

    def write_until_killed(self, daemon, round_, acknowledged, attempted, seconds):
        def write(worker):
            number = 0
            try:
                while True:
                    ref = f"K-{worker}-{number % 40}"
                    minutes = 10 + (round_ * 7 + number) % 90
                    attempted[ref, minutes] = attempted.get((ref, minutes), 0) + 1
                    document = harness.candidate(ref, travel={"max-minutes": minutes, "mode": "car"})
                    pending[ref] = minutes
                    if daemon.request("PUT", f"/v1/candidates/{ref}", document).status in (200, 201):
                        acknowledged[ref] = minutes
                        pending.pop(ref)
                    number += 1
            except (OSError, harness.http.client.HTTPException):
                pass  # killed under our hands

        pending = {}
        threads = [threading.Thread(target=write, args=(worker,)) for worker in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        daemon.kill()
        for thread in threads:
            thread.join()
        self.pending = pending

    def check_all(self, daemon, acknowledged, attempted):
        for ref, minutes in list(acknowledged.items()):
            answer = daemon.request("GET", f"/v1/candidates/{ref}")
            self.assertEqual(answer.status, 200, ref)
            found = answer.json["travel"]["max-minutes"]
            if found != minutes:  # a write that was under way may have arrived; nothing older may come back
                self.assertEqual(found, self.pending.get(ref), ref)
                acknowledged[ref] = found

    def test_a_put_is_answered_after_its_fdatasync_returned(self):
        if not shutil.which("strace"):
            self.skipTest("strace is not installed")
        if subprocess.run(["strace", "-o", "/dev/null", "true"]).returncode != 0:
            self.skipTest("strace may not trace here")
        puts = 100
        with harness.Daemon(wrapper=[]) as daemon:
            daemon.stop()
            trace = os.path.join(daemon.folder, "trace")
            daemon.wrapper = ["strace", "-f", "-o", trace, "-e", "trace=fdatasync,fsync,write,writev,sendmsg,sendto", "-s", "40"]
            daemon.start()
            daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            for number in range(puts):
                answer = daemon.request("PUT", f"/v1/candidates/K-{number}", harness.candidate(f"K-{number}"))
                self.assertEqual(answer.status, 201)
            daemon.stop()
            with open(trace) as file:
                synced, answered = self.read_trace(file)
        self.assertEqual(answered, puts + 1)
        print(f"{answered} PUTs answered with 201, each behind an fdatasync that had returned ({synced} in all)")

    def read_trace(self, lines):
        """Counts the 201 answers and asserts that since the answer before an fdatasync returned."""
        returned = re.compile(r"(fdatasync|fsync)(\(.*\)| resumed>.*)\s+= 0")
        synced = answered = since_answer = 0
        for line in lines:
            if returned.search(line):
                synced += 1
                since_answer += 1
            if '"HTTP/1.1 201' in line:
                self.assertGreater(since_answer, 0, "answered before it was on disk: " + line)
                answered += 1
                since_answer = 0
        return synced, answered


if __name__ == "__main__":
    harness.main()
