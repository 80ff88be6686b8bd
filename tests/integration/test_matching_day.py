# SPDX-License-Identifier: EUPL-1.2
"""docs/examples/matching_day.py against the real daemon: what integrators copy must work, also where two write at once, an answer is lost, or others write
while a list is read."""
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import unittest

import harness

EXAMPLE = os.path.join(harness.SOURCES, "docs/examples/matching_day.py")
spec = importlib.util.spec_from_file_location("matching_day", EXAMPLE)
matching_day = importlib.util.module_from_spec(spec)
spec.loader.exec_module(matching_day)


def run_day(daemon, region, seconds):
    """The script as its users run it; returns what it told."""
    result = subprocess.run([sys.executable, EXAMPLE, "--socket", daemon.socket, "--seconds", str(seconds), region], capture_output=True, text=True, timeout=900)
    assert result.returncode == 0, result.stdout + result.stderr
    print(result.stdout)
    return result.stdout


def check_day(test, name, candidates, seconds):
    """A day with a real region; what the script tells is what the daemon has."""
    region = harness.region(name)
    with harness.Daemon() as daemon:
        told = run_day(daemon, region, seconds)
        plans = re.findall(r"^(PL-\d+): (\d+) of (\d+) placed", told, re.M)
        test.assertEqual([int(of) for _, _, of in plans], [candidates, candidates])
        test.assertGreater(int(plans[0][1]), 0)
        test.assertEqual(int(re.search(r"^proposals: (\d+)", told, re.M)[1]), int(plans[0][1]))
        changed = int(re.search(r"^changed: (\d+) of ", told, re.M)[1])
        with matching_day.Carved(daemon.socket) as carved:
            test.assertEqual(sum(item["version"] > 1 for item in carved.items("/v1/candidates")), changed)
        test.assertEqual([plan["id"] for plan in daemon.request("GET", "/v1/plans").json["items"]], [plans[1][0], plans[0][0]])


class Day(unittest.TestCase):
    def test_a_day_with_a_small_region(self):
        check_day(self, "small", 60, 20)

    def test_what_is_wrong_with_an_import_is_told_with_its_place(self):
        with harness.Daemon() as daemon:
            region = os.path.join(daemon.folder, "region.ndjson")
            with open(region, "w") as file:
                file.write(json.dumps(harness.COACH) + "\n" + json.dumps(harness.candidate("K-1", hours={"min": 9, "max": 7.3})) + "\n")
            result = subprocess.run([sys.executable, EXAMPLE, "--socket", daemon.socket, region], capture_output=True, text=True)
            self.assertEqual((result.returncode, result.stdout), (1, ""))
            self.assertRegex(result.stderr, r"400 documents-invalid: .*\n  line 2, candidate K-1 /hours/max: ")
            self.assertEqual(daemon.request("GET", "/v1/candidates").json["count"], 0)


class TwoWriters(unittest.TestCase):
    def setUp(self):
        self.daemon = harness.Daemon()
        self.daemon.start()
        self.addCleanup(self.daemon.__exit__)
        self.daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
        self.daemon.request("PUT", "/v1/candidates/K-1", harness.candidate("K-1"))
        self.carved = matching_day.Carved(self.daemon.socket)
        self.addCleanup(self.carved.close)

    def test_of_two_who_saw_the_same_one_is_refused(self):
        tag = self.carved.request("GET", "/v1/candidates/K-1").headers["ETag"]
        self.carved.request("PUT", "/v1/candidates/K-1", harness.candidate("K-1", **{"jobs-max": 1}), if_match=tag)
        with self.assertRaises(matching_day.Refused) as caught:
            self.carved.request("PUT", "/v1/candidates/K-1", harness.candidate("K-1", **{"jobs-max": 2}), if_match=tag)
        self.assertEqual(caught.exception.status, 412)
        self.assertEqual(self.carved.request("GET", "/v1/candidates/K-1").json["jobs-max"], 1)

    def test_who_is_refused_reads_again_and_no_change_is_lost(self):
        refused, others = [], iter([1])

        def edit(document):
            for _ in others:  # somebody writes between our reading and our writing, once
                self.daemon.request("PUT", "/v1/candidates/K-1", harness.candidate("K-1", **{"jobs-max": 2}))
                refused.append(True)
            document["supervisors-max"] = 1

        self.assertTrue(matching_day.change(self.carved, "/v1/candidates/K-1", edit))
        self.assertTrue(refused)
        document = self.carved.request("GET", "/v1/candidates/K-1").json
        self.assertEqual((document["jobs-max"], document["supervisors-max"]), (2, 1))
        self.assertFalse(matching_day.change(self.carved, "/v1/candidates/K-1", edit))

    def test_twenty_writers_at_once_lose_nothing(self):
        def write(number):
            with matching_day.Carved(self.daemon.socket) as carved:
                matching_day.change(carved, "/v1/candidates/K-1", lambda document: document.setdefault("not-with", []).append(f"EMP-{number}"))

        threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(set(self.carved.request("GET", "/v1/candidates/K-1").json["not-with"]), {f"EMP-{number}" for number in range(20)})


class Keys(unittest.TestCase):
    def test_the_same_key_twice_is_one_plan_and_another_key_another(self):
        with harness.Daemon() as daemon, matching_day.Carved(daemon.socket) as carved:
            first = matching_day.start_plan(carved, "morning-1", seconds=20)
            again = matching_day.start_plan(carved, "morning-1", seconds=20)
            matching_day.watch(carved, first)
            after = matching_day.start_plan(carved, "morning-1", seconds=20)
            self.assertEqual((again, after), (first, first))
            self.assertEqual(len(list(carved.items("/v1/plans"))), 1)
            self.assertNotEqual(matching_day.start_plan(carved, "afternoon-1", seconds=20), first)
            self.assertEqual(len(list(carved.items("/v1/plans"))), 2)

    def test_an_answer_that_is_lost_is_asked_for_again(self):
        lost = []
        with harness.Daemon() as daemon, matching_day.Carved(daemon.socket) as carved:

            class Forgetful(matching_day.Carved):
                def send(self, *request):
                    reply = super().send(*request)
                    if not lost:
                        lost.append(reply)
                        raise ConnectionResetError("the answer never came")
                    return reply

            with Forgetful(daemon.socket) as forgetful:
                location = matching_day.start_plan(forgetful, "morning-1", seconds=20)
            self.assertEqual(lost[0].headers["Location"], location)
            self.assertEqual(len(list(carved.items("/v1/plans"))), 1)
            lost.clear()
            with Forgetful(daemon.socket) as forgetful, self.assertRaises(ConnectionResetError):
                forgetful.request("POST", "/v1/plans", {"seconds": 20})  # without a key nobody can know whether there is a plan: it is not repeated

    def test_a_daemon_that_was_restarted_is_asked_again(self):
        with harness.Daemon() as daemon, matching_day.Carved(daemon.socket) as carved:
            daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            self.assertEqual(carved.request("GET", "/v1/coaches/C-01").json["hours"], 24)
            daemon.stop()
            daemon.start()
            self.assertEqual(carved.request("GET", "/v1/coaches/C-01").json["hours"], 24)


class Pages(unittest.TestCase):
    COUNT = 2500

    def test_a_list_of_2500_is_whole_also_while_others_write(self):
        with harness.Daemon() as daemon:
            documents = [harness.COACH] + [harness.candidate(f"K-{number:05}") for number in range(self.COUNT)]
            answer = daemon.request("POST", "/v1/imports", "\n".join(map(json.dumps, documents)), {"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body)
            refs = [f"K-{number:05}" for number in range(self.COUNT)]
            with matching_day.Carved(daemon.socket) as carved:
                for limit in (7, 200, 1000):
                    self.assertEqual([item["ref"] for item in carved.items("/v1/candidates", limit)], refs)
                self.read_while_others_write(daemon, carved, refs)

    def read_while_others_write(self, daemon, carved, refs):
        """New ones between the old, old ones changed, and some deleted: what stays all the while is seen once."""
        over, gone = threading.Event(), set(refs[50::100])

        def write():
            number = 0
            with matching_day.Carved(daemon.socket) as other:
                for ref in gone:
                    other.request("DELETE", f"/v1/candidates/{ref}")
                while not over.is_set():
                    new = f"{refs[number % self.COUNT]}-new"
                    other.request("PUT", f"/v1/candidates/{new}", harness.candidate(new))
                    other.request("PUT", f"/v1/candidates/{refs[0]}", harness.candidate(refs[0], **{"jobs-max": 1 + number % 3}))
                    number += 37

        writer = threading.Thread(target=write)
        writer.start()
        try:
            seen = [item["ref"] for item in carved.items("/v1/candidates", 10)]
        finally:
            over.set()
            writer.join()
        self.assertEqual(len(seen), len(set(seen)))
        self.assertEqual(sorted(seen), seen)
        self.assertLessEqual(set(refs) - gone, set(seen))


if __name__ == "__main__":
    harness.main()
