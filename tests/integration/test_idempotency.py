# SPDX-License-Identifier: EUPL-1.2
"""Idempotency-Key: a request that is sent again has no second effect, whatever happened in between."""
import json
import os
import signal
import threading
import time
import unittest

import harness

NDJSON = {"Content-Type": "application/x-ndjson"}
LONG = {"budget": {"search-rounds": 100000000, "gap-target": 0}}


def coaches(count, hours=24):
    return "\n".join(json.dumps({"kind": "coach", "ref": f"C-{n:05}", "hours": hours}) for n in range(count))


def send(daemon, path, body, key, headers=None):
    if isinstance(body, str):
        headers = {**NDJSON, **(headers or {})}
    return daemon.request("POST", path, body, {"Idempotency-Key": key, **(headers or {})})


class Imports(unittest.TestCase):
    def test_the_same_import_again_gets_the_first_answer_and_changes_nothing(self):
        with harness.Daemon() as daemon:
            first = send(daemon, "/v1/imports", coaches(3), '"one"')
            self.assertEqual((first.status, first.json["created"]), (200, 3))
            self.assertNotIn("Idempotent-Replayed", first.headers)
            daemon.request("DELETE", "/v1/coaches/C-00001")
            for key in ('"one"', "one"):  # in quotes or not
                again = send(daemon, "/v1/imports", coaches(3), key, {"Accept-Language": "nl"})
                self.assertEqual((again.status, again.body, again.headers["Idempotent-Replayed"]), (200, first.body, "true"))
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-00001").status, 404)
            daemon.stop()
            daemon.start()
            self.assertEqual(send(daemon, "/v1/imports", coaches(3), "one").body, first.body)
            self.assertEqual(send(daemon, "/v1/imports", coaches(3), "two").json["created"], 1)

    def test_a_key_stands_for_one_request(self):
        with harness.Daemon() as daemon:
            self.assertEqual(send(daemon, "/v1/imports", coaches(3), "one").status, 200)
            for path, body in [("/v1/imports", coaches(2)), ("/v1/imports?dryRun=false", coaches(3)), ("/v1/plans", {})]:
                answer = send(daemon, path, body, "one", {"Accept-Language": "nl"})
                self.assertEqual((answer.status, answer.json["code"]), (422, "idempotency-key-reused"), path)
            self.assertEqual(daemon.request("GET", "/v1/plans").json["count"], 0)

    def test_a_refused_request_leaves_its_key_free(self):
        with harness.Daemon() as daemon:
            self.assertEqual(send(daemon, "/v1/imports", coaches(3, 7.3), "one").status, 400)
            self.assertEqual(send(daemon, "/v1/imports", coaches(3), "one", {"Content-Type": "text/plain"}).status, 415)
            self.assertEqual(send(daemon, "/v1/imports?dryRun=true", coaches(3), "one").json["dryRun"], True)
            answer = send(daemon, "/v1/imports", coaches(3), "one")
            self.assertEqual((answer.status, answer.json["created"]), (200, 3))
            self.assertNotIn("Idempotent-Replayed", answer.headers)

    def test_what_is_no_key_is_refused(self):
        with harness.Daemon() as daemon:
            for key in ("", '"', '""', "a b", '"a", "b"', '"a";b=1', "k" * 256):
                answer = send(daemon, "/v1/imports", coaches(3), key)
                self.assertEqual((answer.status, answer.json["code"]), (400, "header-invalid"), key)
            self.assertEqual(send(daemon, "/v1/imports", coaches(3), "k" * 255).status, 200)

    def test_killed_at_any_moment_and_sent_again_it_is_there_once(self):
        """The answer to the request that is sent again says which it was: kept, or done only now."""
        rounds, replayed = 12, 0
        with harness.Daemon() as daemon:
            for number in range(rounds):
                body = coaches(400, 1 + number)

                def first():
                    try:
                        send(daemon, "/v1/imports", body, f"round-{number}")
                    except (OSError, ValueError, harness.http.client.HTTPException):
                        pass

                sender = threading.Thread(target=first)
                sender.start()
                time.sleep(0.004 * number)
                os.kill(daemon.pid(), signal.SIGKILL)
                daemon.process.wait()
                sender.join()
                daemon.start()
                again = send(daemon, "/v1/imports", body, f"round-{number}")
                self.assertEqual((again.status, again.json["documents"], again.json["unchanged"]), (200, 400, 0), again.body)
                replayed += "Idempotent-Replayed" in again.headers
                self.assertEqual(daemon.request("GET", "/v1/coaches/C-00399").json["hours"], 1 + number)
                self.assertEqual(daemon.request("GET", "/v1/coaches?limit=1").json["items"][0]["version"], number + 1)
        print(f"{rounds} kills: {replayed} answers had been kept, {rounds - replayed} requests had had no effect")


class Plans(unittest.TestCase):
    def test_many_at_once_with_one_key_make_one_plan(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            answers = []
            barrier = threading.Barrier(24)

            def ask():
                barrier.wait()
                while True:
                    answer = send(daemon, "/v1/plans", LONG, "night")
                    answers.append(answer)
                    if answer.status != 409:
                        return
                    self.assertEqual((answer.json["code"], answer.headers["Retry-After"]), ("idempotency-key-busy", "1"))
                    time.sleep(0.02)

            threads = [threading.Thread(target=ask) for _ in range(24)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            good = [a for a in answers if a.status == 202]
            self.assertEqual(len(good), 24)
            self.assertEqual({a.headers["Location"] for a in good}, {"/v1/plans/PL-1"})
            self.assertEqual(sum("Idempotent-Replayed" not in a.headers for a in good), 1)
            self.assertEqual(daemon.request("GET", "/v1/plans").json["count"], 1)

    def test_the_replay_shows_the_plan_as_it_is_now(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            first = send(daemon, "/v1/plans", harness.QUICK, "k")
            self.assertEqual(first.status, 202)
            waited = send(daemon, "/v1/plans", harness.QUICK, "k", {"Prefer": "wait=60"})
            self.assertEqual((waited.status, waited.json["id"], waited.json["state"]), (200, "PL-1", "done"))
            ended = send(daemon, "/v1/plans", harness.QUICK, "k")
            self.assertEqual((ended.status, ended.headers["Location"], ended.headers["Idempotent-Replayed"]), (200, "/v1/plans/PL-1", "true"))
            self.assertEqual(ended.json, daemon.request("GET", "/v1/plans/PL-1").json)
            self.assertEqual(send(daemon, "/v1/plans", {**harness.QUICK, "seed": 2}, "k").status, 422)

    def test_a_plan_that_a_kill_interrupted_is_not_made_again_by_its_key(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual(send(daemon, "/v1/plans", LONG, "k").status, 202)
            daemon.kill()
            daemon.start()
            again = send(daemon, "/v1/plans", LONG, "k")
            self.assertEqual((again.status, again.json["id"], again.json["problem"]["code"]), (200, "PL-1", "plan-interrupted"))
            self.assertEqual(send(daemon, "/v1/plans", LONG, "k-2").status, 202)
            self.assertEqual(daemon.request("GET", "/v1/plans").json["count"], 2)

    def test_while_the_end_is_waited_for_the_key_is_answered(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            answers = []
            waiter = threading.Thread(target=lambda: answers.append(send(daemon, "/v1/plans", LONG, "k", {"Prefer": "wait=60"})))
            waiter.start()
            until = time.monotonic() + 60
            while daemon.request("GET", "/v1/plans/PL-1").status != 200 and time.monotonic() < until:
                time.sleep(0.02)
            self.assertEqual(send(daemon, "/v1/plans", LONG, "k").status, 202)
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-1", {"state": "cancelled"}).status, 202)
            waiter.join()
            self.assertEqual((answers[0].status, answers[0].json["id"]), (200, "PL-1"))


if __name__ == "__main__":
    harness.main()
