# SPDX-License-Identifier: EUPL-1.2
"""One user's flood and everybody else: shares, turns, 429. What needs a second user needs root, and is skipped visibly without."""
import json
import select
import threading
import time
import unittest

import harness
import prometheus

NDJSON = {"Content-Type": "application/x-ndjson"}
LONG = {"budget": {"search-rounds": 100000000, "gap-target": 0}}


def coach(ref, hours=24):
    return {"kind": "coach", "ref": ref, "hours": hours}


def limits_hit(daemon):
    """Those of the diagnosis that were hit at all."""
    limits = daemon.request("GET", "/v1/diagnostics").json["limitsHit"]
    return {limit["setting"]: limit["times"] for limit in limits if limit["times"]}


def count_refused(daemon, what, **labels):
    metrics = prometheus.parse(daemon.request("GET", "/metrics").body)
    return metrics[f"carved_{what}_total"].sum(**labels)


def let_in(daemon):
    """A connection that stays; it is tried again while one that has been closed still counts."""
    while True:
        connection = harness.UnixConnection(daemon.socket)
        connection.request("GET", "/v1/health")
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            return connection
        connection.close()
        time.sleep(0.01)


def plans_now(daemon):
    """What /metrics says of plans that have not ended."""
    metrics = prometheus.parse(daemon.request("GET", "/metrics").body)
    return {state: int(metrics["carved_plans_" + state].value()) for state in ("running", "queued", "preparing")}


def at_the_solver(daemon, plans):
    """Those of the plans that have begun and go on; the others wait, or have ended."""
    now = [daemon.request("GET", f"/v1/plans/{plan}").json for plan in plans]
    return [plan["id"] for plan in now if plan["state"] == "running" and plan["progress"]["phase"] != "waiting"]


class OneUser(unittest.TestCase):
    def test_beyond_the_share_it_is_429_and_what_was_refused_had_no_effect(self):
        with harness.Daemon(config="work: {threads: 1, per-user: 2}\n") as daemon:
            answers = []

            def write(worker):
                for number in range(20):
                    ref = f"C-{worker}-{number}"
                    answers.append(daemon.request("PUT", f"/v1/coaches/{ref}", coach(ref)))

            threads = [threading.Thread(target=write, args=(worker,)) for worker in range(12)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            created = sum(a.status == 201 for a in answers)
            too_many = [a for a in answers if a.status == 429]
            self.assertEqual(created + len(too_many), 240)
            self.assertGreater(len(too_many), 0)
            self.assertTrue(all((a.json["code"], a.headers["Retry-After"]) == ("share-used-up", "1") for a in too_many))
            self.assertEqual(daemon.request("GET", "/v1/health").json["documents"]["coaches"], created)
            self.assertEqual(count_refused(daemon, "queue_refused", reason="per-user"), len(too_many))
            self.assertEqual(count_refused(daemon, "queue_refused", reason="queue"), 0)
            self.assertEqual(limits_hit(daemon), {"work.per-user": len(too_many)})

    def test_a_user_has_so_many_plans_at_a_time(self):
        with harness.Daemon(config="plans: {per-user: 2}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual([daemon.request("POST", "/v1/plans", LONG).status for _ in range(3)], [202, 202, 429])
            self.assertEqual((count_refused(daemon, "plans_refused", reason="per-user"), count_refused(daemon, "plans_refused", reason="queue")), (1, 0))
            self.assertEqual(limits_hit(daemon), {"plans.per-user": 1})
            daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"})
            daemon.wait_for_plan("PL-2")
            self.assertEqual(daemon.request("POST", "/v1/plans", LONG).status, 202)

    def test_plans_that_are_too_many_for_all_are_counted_apart(self):
        with harness.Daemon(config="plans: {queue: 0}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual([daemon.request("POST", "/v1/plans", LONG).status for _ in range(3)], [202, 503, 503])
            self.assertEqual((count_refused(daemon, "plans_refused", reason="per-user"), count_refused(daemon, "plans_refused", reason="queue")), (0, 2))
            self.assertEqual(limits_hit(daemon), {"plans.queue": 2})

    def test_questions_about_a_site_beyond_the_share_and_beyond_the_queue_are_counted(self):
        endless = "gap-target: 0, search-rounds: 100000000, seconds: 600"
        for limits, status, counted in (("per-user: 1", 429, (1, 0)), ("queue: 0", 503, (0, 1))):
            with harness.Daemon(config=f"site-question: {{{endless}, {limits}}}\n") as daemon:
                self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
                asked = [harness.UnixConnection(daemon.socket) for _ in range(2)]
                for connection in asked:
                    connection.request("GET", "/v1/sites/S-01/recommendations")
                answered = select.select([connection.sock for connection in asked], [], [], 120)[0]  # the one for which there is no room
                self.assertEqual([c.getresponse().status for c in asked if c.sock in answered], [status])
                of_site = tuple(count_refused(daemon, "site_questions_refused", reason=reason) for reason in ("per-user", "queue"))
                self.assertEqual(of_site, counted)
                self.assertEqual(limits_hit(daemon), {f"site-question.{limits.split(':')[0]}": 1})
                for connection in asked:
                    connection.close()

    def test_connections_and_bodies_beyond_the_share_are_counted_and_nobody_is_named(self):
        with harness.Daemon(config="http: {connections-per-user: 3, body-bytes: 1500, body-bytes-per-user: 2000}\n") as daemon:
            held = [harness.UnixConnection(daemon.socket) for _ in range(2)]
            for connection in held:  # each sends a part of its body; together they hold too much
                connection.putrequest("PUT", "/v1/coaches/C-1")
                connection.putheader("Content-Length", "1500")
                connection.endheaders()
                connection.send(b" " * 1200)
            told = [c for c in held if c.sock in select.select([c.sock for c in held], [], [], 120)[0]]
            self.assertEqual([c.getresponse().status for c in told], [429])
            self.assertEqual(count_refused(daemon, "http_refused_bodies"), 1)
            self.assertEqual(count_refused(daemon, "http_refused_requests", status="429"), 1)
            for connection in told:
                connection.close()
            held = [c for c in held if c not in told] + [harness.UnixConnection(daemon.socket) for _ in range(2)]
            for connection in held[1:]:
                connection.connect()
            self.assertTrue(daemon.wait_until(lambda: daemon.request("GET", "/v1/health").status == 429))
            for connection in held:
                connection.close()
            self.assertTrue(daemon.wait_until(lambda: daemon.request("GET", "/v1/health").status == 200))
            self.assertGreaterEqual(count_refused(daemon, "http_refused_connections", reason="connections-per-user"), 1)
            self.assertEqual(count_refused(daemon, "http_refused_connections", reason="connections"), 0)
            hit = limits_hit(daemon)
            self.assertEqual((set(hit), hit["http.body-bytes-per-user"]), ({"http.connections-per-user", "http.body-bytes-per-user"}, 1))
            metrics = prometheus.parse(daemon.request("GET", "/metrics").body)
            labels = {name for metric in metrics.values() if "refused" in metric.name for _, labels, _ in metric.samples for name in labels}
            self.assertEqual(labels, {"reason", "queue", "status"})


class TwoUsers(unittest.TestCase):
    def test_while_one_floods_the_other_waits_for_one_errand_at_most_and_is_never_refused(self):
        """Root imports from 40 connections without a pause. Each request of the other passes two queues with one thread each: so at most one errand of the flood's is
        under way when it comes, and one has its turn beside it, in each."""
        flood = "\n".join(json.dumps(coach(f"C-{n:05}", 10)) for n in range(1000))
        with harness.Daemon(config="work: {threads: 1, per-user: 8}\n") as daemon, harness.OtherUser(daemon) as other:
            committed, statuses, done = [], [], threading.Event()

            def import_again_and_again(worker):
                body = flood.replace("C-", f"C-{worker}-")
                while not done.is_set():
                    try:
                        answer = daemon.request("POST", "/v1/imports", body, NDJSON)
                    except OSError:
                        continue  # far beyond the number of connections nothing is said any more
                    statuses.append(answer.status)
                    if answer.status == 200:
                        committed.append(time.monotonic())

            threads = [threading.Thread(target=import_again_and_again, args=(worker,)) for worker in range(40)]
            for thread in threads:
                thread.start()
            try:
                self.assertTrue(daemon.wait_until(lambda: statuses.count(429) > 20 and statuses.count(200) > 2))
                between, waits = [], []
                for number in range(20):
                    began = time.monotonic()
                    answer = other.request("PUT", f"/v1/coaches/O-{number}", coach(f"O-{number}"))
                    ended = time.monotonic()
                    self.assertEqual(answer["status"], 201, answer["body"])
                    between.append(sum(began < at < ended for at in list(committed)))
                    waits.append(ended - began)
            finally:
                done.set()
                for thread in threads:
                    thread.join()
            self.assertEqual(set(statuses), {200, 429})
            # Imports that ended while the other waited: those under way and a turn in each queue. One after the other it would be the whole share, twice.
            self.assertLessEqual(sorted(between)[len(between) // 2], 6, between)
            print(f"20 of 20 answered beside {statuses.count(200)} imports of 1000 documents and {statuses.count(429)} refusals; waits: median "
                  f"{sorted(waits)[10] * 1000:.0f} ms, longest {max(waits) * 1000:.0f} ms; imports that ended meanwhile: {sorted(between)}")

    def test_of_waiting_plans_the_users_take_turns(self):
        with harness.Daemon() as daemon, harness.OtherUser(daemon) as other:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            daemon.request("POST", "/v1/plans", LONG)
            self.assertTrue(daemon.wait_until(lambda: plans_now(daemon)["running"] == 1), plans_now(daemon))  # PL-1 has the solver before others come
            for _ in range(6):
                self.assertEqual(daemon.request("POST", "/v1/plans", LONG).status, 202)
            self.assertEqual(other.request("POST", "/v1/plans", LONG)["status"], 202)  # PL-8, the last to come
            self.assertTrue(daemon.wait_until(lambda: plans_now(daemon) == {"running": 1, "queued": 7, "preparing": 0}), plans_now(daemon))
            self.assertEqual(daemon.request("GET", "/v1/health").json["plans"], plans_now(daemon))
            daemon.request("PATCH", "/v1/plans/PL-1", {"state": "cancelled"})
            waiting, begun = [f"PL-{number}" for number in range(2, 9)], []
            self.assertTrue(daemon.wait_until(lambda: begun.extend(at_the_solver(daemon, waiting)) or begun))
            # Before the six of the user who had the turn before. Who begins is asked, not who ends: plans are judged and stored side by side.
            self.assertEqual(begun, ["PL-8"])
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-8").json["createdBy"], other.name)

    def test_keys_belong_to_users(self):
        with harness.Daemon() as daemon, harness.OtherUser(daemon) as other:
            key = {"Idempotency-Key": "night"}
            self.assertEqual(daemon.request("POST", "/v1/plans", {}, key).headers["Location"], "/v1/plans/PL-1")
            theirs = other.request("POST", "/v1/plans", {"seed": 2}, key)
            self.assertEqual((theirs["status"], theirs["headers"]["Location"]), (202, "/v1/plans/PL-2"))

    def test_connections_of_one_are_429_and_the_other_gets_in(self):
        with harness.Daemon(config="http: {connections-per-user: 4}\n") as daemon, harness.OtherUser(daemon) as other:
            held = [let_in(daemon) for _ in range(4)]
            refused = daemon.request("GET", "/v1/health")
            self.assertEqual((refused.status, refused.json["code"], refused.headers["Retry-After"]), (429, "too-many-connections", "1"))
            self.assertEqual(other.request("GET", "/v1/health")["status"], 200)
            for connection in held:
                connection.close()


if __name__ == "__main__":
    harness.main()
