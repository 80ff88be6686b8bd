# SPDX-License-Identifier: EUPL-1.2
"""The service over its socket: what every resource answers, limits, waiting, and the way out."""
import datetime
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

import harness

YAML = {"Content-Type": "application/yaml"}
NDJSON = {"Content-Type": "application/x-ndjson"}
SITE = {
    "kind": "site", "ref": "S-1", "employer": "EMP-1", "place": "3818", "open": {"mon": ["am", "pm"], "tue": ["am", "pm"], "wed": ["am"]},
    "places": 5, "supervision": {"hours": 40}, "displacement": {"recent-dismissals": False, "staff-agreed": "2026-09-12"},
    "jobs": [{"ref": "j", "title": "Job", "incumbents": 2, "hours": 72, "carve": {"share": 0.5},
              "tasks": [{"ref": f"t{n}", "title": "Task", "hours": 8} for n in range(4)]}],
}


def small_region(daemon, candidates=6):
    documents = [harness.COACH, SITE] + [harness.candidate(f"K-{n}") for n in range(candidates)]
    answer = daemon.request("POST", "/v1/imports", "\n".join(json.dumps(d) for d in documents), NDJSON)
    assert answer.status == 200, answer.body


class Documents(unittest.TestCase):
    def test_a_document_is_created_replaced_read_listed_and_deleted(self):
        with harness.Daemon() as daemon:
            first = daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            self.assertEqual((first.status, first.json["created"], first.json["version"]), (201, True, 1))
            self.assertEqual(first.headers["API-Version"], "1.0.0")
            same = daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            self.assertEqual((same.status, same.json["created"], same.json["version"]), (200, False, 1))
            other = daemon.request("PUT", "/v1/coaches/C-01", "kind: coach\nref: C-01\nhours: 7.5\n", YAML)
            self.assertEqual((other.status, other.json["version"]), (200, 2))
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-01").json, {"kind": "coach", "ref": "C-01", "hours": 7.5})
            self.assertEqual(daemon.request("GET", "/v1/coaches").json, {"items": [{"ref": "C-01", "version": 2, "hours": 7.5}], "count": 1, "next": None})
            head = daemon.request("HEAD", "/v1/coaches/C-01")
            self.assertEqual((head.status, head.body), (200, ""))
            self.assertGreater(int(head.headers["Content-Length"]), 10)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-01").status, 204)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-01").json["code"], "document-not-found")
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-01").status, 404)

    def test_a_put_must_be_the_one_document_of_its_path_and_all_else_wrong_is_told_with_it(self):
        with harness.Daemon() as daemon:
            answer = daemon.request("PUT", "/v1/coaches/C-02", "kind: coach\nref: C-01\nhours: 7.3\n", YAML)
            self.assertEqual(answer.status, 400)
            self.assertEqual([(e["code"], e["pointer"], e["location"]["line"]) for e in answer.json["errors"]],
                             [("path-mismatch", "/ref", 2), ("hours-not-a-quarter", "/hours", 3)])
            answer = daemon.request("PUT", "/v1/coaches/C-01", "kind: coach\nref: C-01\nhours: 7\n---\nkind: coach\nref: C-02\nhours: 7\n", YAML)
            self.assertEqual([e["code"] for e in answer.json["errors"]], ["one-document-expected"])
            self.assertEqual(daemon.request("GET", "/v1/coaches").json["count"], 0)

    def test_what_is_still_named_is_not_deleted(self):
        with harness.Daemon() as daemon:
            small_region(daemon)
            answer = daemon.request("DELETE", "/v1/coaches/C-01", headers={"Accept-Language": "nl"})
            self.assertEqual((answer.status, answer.json["code"]), (409, "document-in-use"))
            self.assertGreater(len(answer.json["errors"]), 0)
            self.assertEqual(answer.headers["Content-Language"], "nl")
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-01").status, 200)

    def test_wrong_paths_methods_types_and_queries_are_problems(self):
        with harness.Daemon() as daemon:
            for method, path, body, headers, status, code in [
                ("GET", "/", None, {}, 404, "path-not-found"),
                ("GET", "/v1/candidates/", None, {}, 404, "path-not-found"),
                ("POST", "/v1/candidates", "{}", {}, 405, "method-not-allowed"),
                ("PUT", "/v1/health", "{}", {}, 405, "method-not-allowed"),
                ("PUT", "/v1/coaches/C-1", "x", {"Content-Type": "text/plain"}, 415, "media-type-not-supported"),
                ("PUT", "/v1/coaches/C-1", "x", {}, 415, "media-type-not-supported"),
                ("PUT", "/v1/coaches/C-1", "x", NDJSON, 415, "media-type-not-supported"),
                ("PUT", "/v1/coaches/C-1", "x", {**YAML, "Content-Encoding": "gzip"}, 415, "media-type-not-supported"),
                ("POST", "/v1/imports?dryrun=true", "x", YAML, 400, "query-unknown"),
                ("POST", "/v1/imports?dryRun=yes", "x", YAML, 400, "query-invalid"),
                ("POST", "/v1/imports", "", YAML, 400, "documents-invalid"),
                ("GET", "/v1/candidates?limit=0", None, {}, 400, "query-invalid"),
                ("GET", "/v1/candidates?limit=1e3", None, {}, 400, "query-invalid"),
                ("GET", "/v1/candidates?cursor=xyz", None, {}, 400, "query-invalid"),
                ("GET", "/v1/plans?cursor=xyz", None, {}, 400, "query-invalid"),
                ("GET", "/v1/plans/PL-1", None, {}, 404, "plan-not-found"),
                ("GET", "/v1/plans/PL-1/proposals", None, {}, 404, "plan-not-found"),
                ("PATCH", "/v1/plans/PL-1", '{"state": "cancelled"}', {"Content-Type": "application/json"}, 404, "plan-not-found"),
                ("PATCH", "/v1/plans/PL-1", '{"state": "done"}', {"Content-Type": "application/json"}, 400, "request-invalid"),
                ("GET", "/v1/proposals/P-1", None, {}, 404, "proposal-not-found"),
                ("POST", "/v1/plans", "[1]", {"Content-Type": "application/json"}, 400, "request-invalid"),
                ("POST", "/v1/plans", "{", {"Content-Type": "application/json"}, 400, "request-invalid"),
                ("POST", "/v1/plans", "a: 1", YAML, 415, "media-type-not-supported"),
            ]:
                with self.subTest(method=method, path=path, body=body):
                    answer = daemon.request(method, path, body, headers)
                    self.assertEqual((answer.status, answer.json["code"]), (status, code), answer.body)
                    self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
                    self.assertEqual(answer.headers["API-Version"], "1.0.0")
                    self.assertEqual(answer.json["type"], "urn:carved:problem:" + code)
            self.assertEqual(daemon.request("DELETE", "/v1/plans").headers["Allow"], "GET, HEAD, POST")

    def test_writes_of_many_clients_at_once_all_land_and_see_each_other(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            statuses = []

            def write(worker):
                for number in range(25):
                    ref = f"K-{worker}-{number}"
                    statuses.append(daemon.request("PUT", f"/v1/candidates/{ref}", harness.candidate(ref)).status)
                    statuses.append(daemon.request("GET", f"/v1/candidates/{ref}").status)  # what was answered is what is read

            threads = [threading.Thread(target=write, args=(worker,)) for worker in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual((statuses.count(201), statuses.count(200)), (150, 150))
            self.assertEqual(daemon.request("GET", "/v1/health").json["documents"]["candidates"], 150)

    def test_a_body_over_the_limit_is_refused_and_a_full_queue_says_when_to_come_back(self):
        with harness.Daemon(config="http: {body-bytes: 2000}\nwork: {threads: 1, queue: 1, write-queue: 1}\n") as daemon:
            self.assertEqual(daemon.request("POST", "/v1/imports", "# " + "x" * 2000, YAML).status, 413)
            answers = []

            def write(worker):
                for number in range(20):
                    answers.append(daemon.request("PUT", f"/v1/coaches/C-{worker}-{number}", {**harness.COACH, "ref": f"C-{worker}-{number}"}))

            threads = [threading.Thread(target=write, args=(worker,)) for worker in range(12)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            created = sum(a.status == 201 for a in answers)
            busy = [a for a in answers if a.status == 503]
            self.assertEqual(created + len(busy), 240)
            self.assertTrue(all(a.json["code"] == "too-busy" and a.headers["Retry-After"] == "1" for a in busy))
            self.assertEqual(daemon.request("GET", "/v1/health").json["documents"]["coaches"], created)
            print(f"{created} created, {len(busy)} told to come back")


class Plans(unittest.TestCase):
    def test_a_plan_is_waited_for_and_its_proposals_add_up(self):
        with harness.Daemon() as daemon:
            small_region(daemon)
            answer = daemon.request("POST", "/v1/plans", {"date": "2026-11-22"}, {"Prefer": "wait=60"})
            self.assertEqual(answer.status, 200, answer.body)
            self.assertEqual(answer.headers["Preference-Applied"], "wait=60")
            plan = answer.json
            self.assertEqual((plan["state"], plan["date"], plan["seed"], plan["threads"]), ("done", "2026-11-22", 1, 1))
            self.assertGreater(plan["placed"], 0)
            self.assertEqual(plan["placed"], len(plan["proposals"]))
            self.assertEqual(plan["candidates"], plan["placed"] + len(plan["unplaced"]))
            self.assertEqual(sum(p["value"] for p in plan["proposals"]), plan["value"])
            self.assertGreaterEqual(plan["bound"], plan["value"])
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-1").json, plan)
            summary = daemon.request("GET", "/v1/plans/PL-1?view=summary").json
            self.assertEqual(set(plan) - set(summary), {"proposals", "unplaced", "certificate", "course"})
            self.assertEqual(daemon.request("GET", "/v1/plans").json["items"], [summary])
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-1/proposals").json["items"], plan["proposals"])
            one = plan["proposals"][0]
            self.assertEqual(daemon.request("GET", f"/v1/proposals/{one['id']}").json, one)
            self.assertEqual(daemon.request("GET", f"/v1/plans/PL-1/proposals?candidate={one['candidate']}").json["items"], [one])
            self.assertEqual(daemon.stop(), 0)
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-1").json, plan)

    def test_a_plan_of_an_empty_region_ends_without_proposals(self):
        with harness.Daemon() as daemon:
            plan = daemon.request("POST", "/v1/plans", headers={"Prefer": "wait=30"}).json
            self.assertEqual((plan["state"], plan["placed"], plan["value"], plan["proposals"]), ("done", 0, 0, []), plan)
            self.assertFalse(plan["simulated"])

    def test_every_wrong_value_of_a_request_is_told_at_once(self):
        with harness.Daemon() as daemon:
            body = '{"date": "22-11-2026", "seed": -1, "seconds": 0,\n "budget": {"gap-target": 2000000, "serach-rounds": 3}, "speed": 9}'
            answer = daemon.request("POST", "/v1/plans", body, {"Content-Type": "application/json"})
            self.assertEqual([(e["code"], e["pointer"], e["location"]["line"]) for e in answer.json["errors"]], [
                ("request-value-invalid", "/date", 1), ("request-value-invalid", "/seed", 1), ("request-value-invalid", "/seconds", 1),
                ("request-value-invalid", "/budget/gap-target", 2), ("request-key-unknown", "/budget/serach-rounds", 2),
                ("request-key-unknown", "/speed", 2)])
            self.assertEqual(daemon.request("GET", "/v1/plans").json["count"], 0)

    def test_a_solver_that_is_not_there_is_a_failed_plan_with_a_reason(self):
        with harness.Daemon() as daemon:
            daemon.stop()
            daemon.arguments[daemon.arguments.index("--solver") + 1] = os.path.join(daemon.folder, "nothing")
            daemon.start()
            small_region(daemon)
            plan = daemon.request("POST", "/v1/plans", headers={"Prefer": "wait=30", "Accept-Language": "nl"}).json
            self.assertEqual((plan["state"], plan["problem"]["code"]), ("failed", "solver-unavailable"))
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)

    def test_plans_beyond_the_queue_are_refused_and_queued_ones_can_be_cancelled(self):
        with harness.Daemon(config="plans: {workers: 1, queue: 1}\n") as daemon:
            result = daemon.carve("import", *harness.demo_files())
            self.assertEqual(result.returncode, 0, result.stderr.decode())
            long = {"budget": {"search-rounds": 100000000, "gap-target": 0}}
            self.assertEqual([daemon.request("POST", "/v1/plans", long).status for _ in range(3)], [202, 202, 503])
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}).status, 202)
            ended = daemon.wait_for_plan("PL-2", 30)
            self.assertEqual((ended["state"], ended["endedBy"], ended["placed"]), ("cancelled", "cancel", 0))
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}).status, 409)
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-1").json["state"], "running")
            began = time.monotonic()
            self.assertEqual(daemon.request("POST", "/v1/plans", long, {"Prefer": "wait=1"}).status, 202)
            self.assertGreater(time.monotonic() - began, 0.9)


class Stops(unittest.TestCase):
    """Plans of a region that takes a solver seconds, stopped before it has a package."""

    QUICK = {"price-rounds": 1, "pricer-nodes": 300, "proof-nodes": 300, "search-rounds": 0, "block-rounds": 0, "site-nodes": 0}

    def setUp(self):
        self.daemon = harness.Daemon(config="plans: {grace-seconds: 300}\n")  # no solver is killed for being slow
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__)

    def draw(self, size):
        drawn = subprocess.run([sys.executable, os.path.join(harness.SOURCES, "bench/make_region.py"), size, "1"], capture_output=True, check=True).stdout
        answer = self.daemon.request("POST", "/v1/imports", drawn, NDJSON, timeout=600)
        self.assertEqual(answer.status, 200, answer.body)

    def start(self, **order):
        answer = self.daemon.request("POST", "/v1/plans", order)
        self.assertEqual(answer.status, 202, answer.body)
        return answer.json["id"]

    def stop(self, plan):
        """Seconds from the cancel to the plan's end; the plan."""
        began = time.monotonic()
        self.assertEqual(self.daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"}).status, 202)
        self.daemon.wait_for_plan(plan)
        return time.monotonic() - began, self.daemon.request("GET", f"/v1/plans/{plan}").json

    def expect_nothing(self, plan):
        self.assertEqual((plan["value"], plan["placed"], plan["proposals"]), (0, 0, []))
        self.assertEqual({"unplaced", "fairness", "different"} & set(plan), set())

    def test_a_cancel_is_heard_at_every_step_of_the_preparation(self):
        self.draw("medium")
        told = {False: 0, True: 0}
        for pause in (0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2):
            plan = self.start()
            time.sleep(pause)
            seconds, ended = self.stop(plan)
            self.assertEqual((ended["state"], ended["endedBy"]), ("cancelled", "cancel"))
            self.expect_nothing(ended)
            self.assertEqual("certificate" in ended, ended["bound"] is not None)
            told["certificate" in ended] += 1
            print(f"cancelled after {pause} s: {seconds:.3f} s, {'with' if 'certificate' in ended else 'without'} a bound")
        self.assertGreater(told[False], 0)  # before the solver was asked, or before it heard

    def test_a_cancel_does_not_wait_for_what_only_a_plan_with_packages_needs(self):
        self.draw("medium")
        plan = self.start()
        self.assertTrue(self.daemon.wait_until(self.daemon.solver_pids, 60))
        seconds, ended = self.stop(plan)
        self.expect_nothing(ended)
        print(f"cancelled while the solver began: {seconds:.3f} s")
        shown = self.daemon.carve("show", plan)
        self.assertEqual((shown.returncode, b"before it had looked at anybody" in shown.stdout), (1, True), shown.stdout + shown.stderr)

    def test_a_plan_whose_seconds_were_too_few_is_a_plan_of_nothing(self):
        self.draw("large")
        ended = self.daemon.wait_for_plan(self.start(seconds=1))
        self.assertEqual((ended["state"], ended["endedBy"]), ("done", "time"))
        self.expect_nothing(self.daemon.request("GET", f"/v1/plans/{ended['id']}").json)

    def test_a_plan_of_nothing_leaves_the_plan_that_stands_and_what_people_decided(self):
        self.draw("medium")
        first = self.start(budget=self.QUICK)
        self.assertEqual(self.daemon.wait_for_plan(first)["state"], "done")
        chosen = next(p for p in self.daemon.request("GET", f"/v1/plans/{first}").json["proposals"] if not p["conditions"])
        today = datetime.date.today().isoformat()
        agreed = {"kind": "accepted", "candidateAgreed": today, "employerAgreed": today, "financesDiscussed": today, "contact": "the kitchen"}
        self.assertEqual(self.daemon.request("POST", f"/v1/proposals/{chosen['id']}/decisions", agreed).status, 201)
        before = self.daemon.request("GET", f"/v1/plans/{first}").json
        plan = self.start()
        self.assertTrue(self.daemon.wait_until(self.daemon.solver_pids, 60))
        _, ended = self.stop(plan)
        self.expect_nothing(ended)
        self.assertEqual(self.daemon.request("GET", f"/v1/plans/{first}").json, before)
        self.assertEqual(self.daemon.carve("show", chosen["candidate"]).returncode, 0)
        self.assertEqual(self.daemon.request("GET", f"/v1/plans/{plan}/differences?against={first}").status, 200)
        again = self.start(**{"from": "last", "budget": self.QUICK})
        self.assertEqual(self.daemon.wait_for_plan(again)["from"]["plan"], first)


class WayOut(unittest.TestCase):
    def test_sigterm_cancels_running_plans_keeps_them_and_answers_who_waits(self):
        with harness.Daemon(config="http: {wait-seconds: 300}\n") as daemon:
            result = daemon.carve("import", *harness.demo_files())
            self.assertEqual(result.returncode, 0, result.stderr.decode())
            answers = []
            long = {"budget": {"search-rounds": 100000000, "gap-target": 0}}
            waiter = threading.Thread(target=lambda: answers.append(daemon.request("POST", "/v1/plans", long, {"Prefer": "wait=300"}, timeout=300)))
            waiter.start()
            until = time.monotonic() + 200
            while time.monotonic() < until:
                state = daemon.request("GET", "/v1/plans/PL-1")
                self.assertIn(state.json.get("state", "running"), ("running",), state.body)
                if state.status == 200 and state.json["progress"]["placed"] > 0:
                    break
                time.sleep(0.05)
            self.assertEqual(daemon.stop(), 0)
            waiter.join()
            self.assertEqual((answers[0].status, answers[0].json["state"]), (200, "cancelled"))
            self.assertGreater(answers[0].json["placed"], 0)
            self.assertFalse(os.path.exists(daemon.socket))
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-1").json, answers[0].json)

    def test_clients_that_leave_in_the_middle_harm_nobody(self):
        with harness.Daemon() as daemon:
            small_region(daemon)
            for number in range(60):
                with socket.socket(socket.AF_UNIX) as client:
                    client.connect(daemon.socket)
                    body = json.dumps(harness.candidate(f"K-{number}")).encode()
                    request = f"PUT /v1/candidates/K-{number} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                    client.sendall(request.encode() + (body if number % 2 else body[:10]))
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(daemon.socket)
                client.sendall(b"POST /v1/plans HTTP/1.1\r\nHost: x\r\nPrefer: wait=60\r\nContent-Length: 0\r\n\r\n")
                time.sleep(0.2)
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)
            self.assertEqual(daemon.stop(), 0)

    def test_a_stop_amid_writes_whose_clients_have_left_is_a_clean_one(self):
        with harness.Daemon() as daemon:
            for round_ in range(8):
                kept = {**harness.COACH, "ref": f"C-{round_}"}  # whose client waits for its answer
                self.assertEqual(daemon.request("PUT", f"/v1/coaches/C-{round_}", kept).status, 201)
                for number in range(20):
                    with socket.socket(socket.AF_UNIX) as client:
                        client.connect(daemon.socket)
                        body = json.dumps({**harness.COACH, "ref": f"C-{round_}-{number}"}).encode()
                        head = f"PUT /v1/coaches/C-{round_}-{number} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                        client.sendall(head.encode() + body)
                self.assertEqual(daemon.stop(), 0, daemon.log_text())
                daemon.start()
            for round_ in range(8):
                self.assertEqual(daemon.request("GET", f"/v1/coaches/C-{round_}").status, 200)

    def test_a_disk_that_fails_ends_the_daemon_and_what_was_acknowledged_is_there_afterwards(self):
        with harness.Daemon() as daemon:
            daemon.stop()
            daemon.wrapper = ["sh", "-c", "trap '' XFSZ; ulimit -f 600; exec \"$@\"", "sh"]
            daemon.start()
            acknowledged, last = [], None
            try:
                for number in range(2000):
                    ref = f"C-{number}"
                    last = daemon.request("PUT", f"/v1/coaches/{ref}", {**harness.COACH, "ref": ref})
                    if last.status != 201:
                        break
                    acknowledged.append(ref)
            except OSError:
                pass
            self.assertIn(last.status, (500, 503), last.body)
            self.assertIn(last.json["code"], ("store-failed", "store-full"))
            if last.json["code"] == "store-failed":
                self.assertEqual(daemon.process.wait(30), 1)
                self.assertIn("carved ends, so that the store is opened anew", daemon.log_text())
            daemon.kill()
            daemon.wrapper = []
            daemon.start()
            self.assertGreater(len(acknowledged), 10)
            self.assertGreaterEqual(daemon.request("GET", "/v1/health").json["documents"]["coaches"], len(acknowledged))
            for ref in acknowledged[:: max(1, len(acknowledged) // 50)] + acknowledged[-1:]:
                self.assertEqual(daemon.request("GET", f"/v1/coaches/{ref}").status, 200, ref)
            print(f"{last.json['code']} after {len(acknowledged)} documents: all there")

    def test_a_solver_named_by_a_relative_path_is_found(self):
        with harness.Daemon() as daemon:
            daemon.stop()
            daemon.arguments[daemon.arguments.index("--solver") + 1] = os.path.relpath(harness.SOLVER)
            daemon.start()
            plan = daemon.request("POST", "/v1/plans", headers={"Prefer": "wait=20"})
            self.assertEqual((plan.status, plan.json["state"]), (200, "done"), plan.body)

    def test_two_daemons_do_not_share_a_store_or_a_socket(self):
        with harness.Daemon() as daemon:
            second = subprocess.run([harness.CARVED] + daemon.arguments, capture_output=True, timeout=30)
            self.assertEqual(second.returncode, 1)
            self.assertIn(b"store-in-use", second.stderr)
            other = os.path.join(daemon.folder, "other.db")
            second = subprocess.run([harness.CARVED, "--socket", daemon.socket, "--store", other], capture_output=True, timeout=30)
            self.assertEqual(second.returncode, 1)
            self.assertIn(b"listen-failed", second.stderr)
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)

    def test_readiness_is_told_to_the_service_manager(self):
        with harness.Daemon() as daemon:
            daemon.stop()
            path = os.path.join(daemon.folder, "notify")
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
                manager.bind(path)
                manager.settimeout(60)
                daemon.wrapper = ["env", f"NOTIFY_SOCKET={path}"]
                daemon.process = None
                with open(daemon.log, "ab") as log:
                    daemon.process = subprocess.Popen(daemon.wrapper + [harness.CARVED] + daemon.arguments, stdout=log, stderr=log, start_new_session=True)
                self.assertEqual(manager.recv(200), b"READY=1\nSTATUS=0 candidates, 0 sites, 0 coaches; no plan under way")
                os.kill(daemon.process.pid, signal.SIGHUP)  # there is no reload: it says so and goes on
                os.kill(daemon.process.pid, signal.SIGTERM)
                try:
                    self.assertEqual(manager.recv(200).splitlines()[0], b"STOPPING=1")
                except TimeoutError:
                    self.fail("no word of stopping:\n" + daemon.log_text())
                self.assertEqual(daemon.process.wait(30), 0)


class Settings(unittest.TestCase):
    def run_carved(self, *arguments, language="C"):
        return subprocess.run([harness.CARVED, *arguments], capture_output=True, timeout=30, env={"LANG": language})

    def test_the_file_that_ships_is_right(self):
        result = self.run_carved("--config", os.path.join(harness.SOURCES, "config/carved.yaml"), "--check-config")
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_every_mistake_in_a_file_is_told_with_its_place(self):
        with harness.Daemon(config="http: {}\n") as daemon:
            path = os.path.join(daemon.folder, "wrong.yaml")
            with open(path, "w") as file:
                file.write("htpp: {}\nhttp:\n  idle-ms: soon\n")
            result = self.run_carved("--config", path, "--check-config", language="nl_NL.UTF-8")
            text = result.stderr.decode()
            self.assertEqual(result.returncode, 3)
            self.assertIn(f"{path}:1:1: er is geen instelling 'htpp'\n    bedoelt u 'http'?", text)
            self.assertIn(f"{path}:3:12: ", text)

    def test_version_help_and_unknown_options(self):
        self.assertTrue(self.run_carved("--version").stdout.startswith(b"carved "))
        self.assertIn(b"--check-config", self.run_carved("--help").stdout)
        self.assertEqual(self.run_carved("--nonsense").returncode, 2)
        self.assertEqual(self.run_carved("argument").returncode, 2)
        self.assertEqual(self.run_carved("--config", "/nonexistent.yaml").returncode, 3)


if __name__ == "__main__":
    harness.main()
