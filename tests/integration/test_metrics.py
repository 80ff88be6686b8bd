# SPDX-License-Identifier: EUPL-1.2
"""/metrics: the format, that what happened is counted, and that nobody's name or ref is in it."""
import getpass
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import time
import unittest

import harness
import prometheus

LONG = {"date": "2026-11-22", "budget": {"search-rounds": 100000000, "gap-target": 0}}

SHORT = {"budget": {"gap-target": 1000000}}  # whatever comes first is good enough


def metrics_of(daemon):
    answer = daemon.request("GET", "/metrics")
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8", answer.headers
    return prometheus.parse(answer.body)


class Metrics(unittest.TestCase):
    def answered(self, metrics, method, route, status):
        return metrics["carved_http_requests_total"].value(method=method, route=route, status=status)

    def raw(self, daemon, text):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(30)
            client.connect(daemon.socket)
            client.sendall(text)
            return client.recv(65536)

    def test_a_fresh_daemon_shows_every_metric_that_the_docs_list_and_no_other(self):
        with harness.Daemon() as daemon:
            metrics = metrics_of(daemon)
            with open(os.path.join(harness.SOURCES, "docs/metrics.md")) as page:
                listed = re.findall(r"^\| `([a-z_]+)", page.read(), re.M)
            self.assertEqual(sorted(listed), sorted(metrics))
            for metric in metrics.values():  # all but what needs a plan has its samples from the start, so that a first time is an increase
                self.assertEqual(bool(metric.samples), not metric.name.startswith("carved_newest_plan_"), metric.name)
            version = subprocess.run([harness.CARVED, "--version"], capture_output=True, text=True).stdout.split()[1]
            [(_, labels, one)] = metrics["carved_build_info"].samples
            self.assertEqual((labels["version"], one), (version, 1))

    def test_requests_are_counted_by_route_and_class(self):
        with harness.Daemon() as daemon:
            before = metrics_of(daemon)
            daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            daemon.request("GET", "/v1/coaches/C-01")
            daemon.request("HEAD", "/v1/coaches/C-01")
            daemon.request("GET", "/v1/coaches/C-02")
            daemon.request("GET", "/v1/nowhere")
            daemon.request("PUT", "/v1/health", "x")
            self.assertIn(b" 400 ", self.raw(daemon, b"GET / HTTP/1.1\r\n\r\n"))
            self.assertIn(b" 505 ", self.raw(daemon, b"GET / HTTP/1.0\r\nHost: x\r\n\r\n"))
            after = metrics_of(daemon)
            pattern = next(labels["route"] for _, labels, _ in after["carved_http_requests_total"].samples
                if labels["route"].startswith("/v1/coaches/"))
            self.assertEqual(self.answered(after, "PUT", pattern, "2xx"), 1)
            self.assertEqual(self.answered(after, "GET", pattern, "2xx"), 2)
            self.assertEqual(self.answered(after, "GET", pattern, "4xx"), 1)
            self.assertEqual(self.answered(after, "any", "none", "4xx"), 2)
            self.assertEqual(self.answered(after, "GET", "/metrics", "2xx"), 1)
            self.assertEqual(after["carved_http_request_seconds"].count(route=pattern), 4)
            refused = after["carved_http_refused_requests_total"]
            self.assertEqual((refused.value(status="400"), refused.value(status="505"), refused.sum()), (1, 1, 2))
            self.assertGreater(after["carved_http_received_bytes_total"].value(), before["carved_http_received_bytes_total"].value())
            self.assertGreater(after["carved_http_sent_bytes_total"].value(), before["carved_http_sent_bytes_total"].value() + 1000)
            self.assertEqual(after["carved_documents"].value(kind="coach"), 1)
            self.assertEqual(after["carved_store_commit_seconds"].count() - before["carved_store_commit_seconds"].count(), 1)
            self.assertGreater(after["carved_store_commit_seconds"].value(le="+Inf"), 0)
            self.assertGreater(after["carved_store_wal_bytes"].value(), 0)
            self.assertEqual(after["carved_snapshots_published_total"].value(), before["carved_snapshots_published_total"].value() + 1)
            self.assertGreaterEqual(after["carved_queue_wait_seconds"].count(queue="writer"), 1)
            self.assertGreaterEqual(after["carved_queue_wait_seconds"].count(queue="work"), 1)

    def test_the_process_is_shown_as_proc_shows_it(self):
        with harness.Daemon() as daemon:
            metrics = metrics_of(daemon)
            with open(f"/proc/{daemon.pid()}/status") as status:
                resident = 1024 * int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])
            self.assertLess(abs(metrics["process_resident_memory_bytes"].value() - resident), 0.2 * resident)
            try:
                descriptors = len(os.listdir(f"/proc/{daemon.pid()}/fd"))
            except PermissionError:  # only root may look: the daemon holds personal data
                descriptors = metrics["process_open_fds"].value()
            self.assertLess(abs(metrics["process_open_fds"].value() - descriptors), 3)
            self.assertLess(abs(metrics["process_start_time_seconds"].value() - time.time()), 120)
            self.assertGreaterEqual(metrics["process_cpu_seconds_total"].value(), 0)

    def test_connections_over_the_limit_are_counted_by_reason(self):
        with harness.Daemon("http: {connections: 3}\n") as daemon:
            clients = []
            for _ in range(4):
                clients.append(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
                clients[-1].connect(daemon.socket)
            refused = select.select(clients, [], [], 30)[0]  # the last, or one before while a connection that was closed still counts
            self.assertIn(b" 503 ", refused[0].recv(4096))
            for client in clients:
                client.close()
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    metrics = metrics_of(daemon)
                    break
                except (AssertionError, OSError):
                    time.sleep(0.05)
            refused = metrics["carved_http_refused_connections_total"]
            self.assertGreaterEqual(refused.value(reason="connections"), 1)
            self.assertEqual(refused.value(reason="connections-per-user"), 0)
            self.assertGreaterEqual(metrics["carved_http_accepted_connections_total"].value(), 5)

    def test_plans_are_counted_by_what_ended_them_and_the_newest_survives_a_restart(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            plan = daemon.wait_for_plan(daemon.request("POST", "/v1/plans", SHORT).json["id"])
            metrics = metrics_of(daemon)
            self.assertEqual(metrics["carved_plans_ended_total"].value(state="done", by=plan["endedBy"]), 1)
            self.assertEqual(metrics["carved_plans_ended_total"].sum(), 1)
            self.assertEqual(metrics["carved_plan_seconds"].count(), 1)
            self.assertEqual(metrics["carved_solver_started_total"].value(), 1)
            self.expect_newest(metrics, plan)
            self.assertEqual(daemon.stop(), 0)
            daemon.start()
            metrics = metrics_of(daemon)
            self.assertEqual(metrics["carved_plans_ended_total"].sum(), 0)
            self.expect_newest(metrics, plan)

    def expect_newest(self, metrics, plan):
        for name, key in (("value_points", "value"), ("bound_points", "bound"), ("gap_ratio", "gap"), ("placed", "placed"), ("candidates", "candidates")):
            self.assertEqual(metrics["carved_newest_plan_" + name].value(), plan[key], name)

    def test_a_crashed_and_a_cancelled_solver_are_told_apart(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            plan = self.start(daemon)
            metrics = metrics_of(daemon)
            self.assertEqual((metrics["carved_plans_running"].value(), metrics["carved_solver_processes"].value()), (1, 1))
            os.kill(daemon.solver_pids()[0], signal.SIGKILL)
            daemon.wait_for_plan(plan, 60)
            plan = self.start(daemon)
            daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"})
            daemon.wait_for_plan(plan, 60)
            metrics = metrics_of(daemon)
            ended = metrics["carved_plans_ended_total"]
            self.assertEqual((ended.value(state="failed", by="solver-crashed"), ended.value(state="cancelled", by="cancel")), (1, 1))
            self.assertEqual((metrics["carved_solver_crashed_total"].value(), metrics["carved_solver_processes"].value()), (1, 0))

    def start(self, daemon):
        plan = daemon.request("POST", "/v1/plans", LONG).json["id"]
        until = time.monotonic() + 60
        while time.monotonic() < until and not daemon.solver_pids():
            time.sleep(0.02)
        return plan

    def test_no_label_names_a_person_an_employer_or_a_user(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual(daemon.request("POST", "/v1/plans", SHORT, {"Prefer": "wait=60"}).status, 200)
            refs = {getpass.getuser(), "PL-1", "P-1"}
            for collection in ("candidates", "sites", "coaches", "vocabularies"):
                for item in daemon.request("GET", f"/v1/{collection}?limit=1000").json["items"]:
                    refs.add(item["ref"])
                    refs.add(item.get("employer", item["ref"]))
                    daemon.request("GET", f"/v1/{collection}/{item['ref']}")
                    daemon.request("GET", f"/v1/{item['ref']}")
                    daemon.request("POST", f"/v1/{collection}/{item['ref']}/{item['ref']}")
            self.assertGreater(len(refs), 50)
            metrics = metrics_of(daemon)
            labels = {value for metric in metrics.values() for _, given, _ in metric.samples for value in given.values()}
            self.assertGreater(len(labels), 30)
            for label in labels:
                words = set(re.split(r"[^A-Za-z0-9-]+", label))
                self.assertFalse(words & refs, f"{label} names {words & refs}")

    def test_promtool_finds_nothing_to_complain_of(self):
        if not shutil.which("promtool"):
            self.skipTest("promtool is absent (Debian: package prometheus); only the parser of prometheus.py has looked")
        with harness.Daemon() as daemon:
            body = daemon.request("GET", "/metrics").body
            found = subprocess.run(["promtool", "check", "metrics"], input=body, capture_output=True, text=True)
            self.assertEqual((found.returncode, found.stdout, found.stderr), (0, "", ""))


if __name__ == "__main__":
    harness.main()
