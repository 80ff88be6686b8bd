# SPDX-License-Identifier: EUPL-1.2
"""A real daemon on a temporary socket with a store in a temporary folder, and the ways to talk to it. Every answer is held against the OpenAPI document
(contract.py). Beside that Python's standard library only."""
import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import contract

BINARIES = os.environ["CARVED_BINARY_DIR"]
SOURCES = os.environ["CARVED_SOURCE_DIR"]
SHARED = os.environ.get("CARVED_SHARED_DIR", "")
CARVED = os.path.join(BINARIES, "daemon/main/carved")
CARVE = os.path.join(BINARIES, "client/carve")
SOLVER = os.path.join(BINARIES, "daemon/solver/carved-solver")
CONTRACT = contract.load()


def region(name):
    """The path of a real region; skips the test, saying so, where it is absent."""
    path = os.path.join(SHARED, "regions", name + ".ndjson.gz")
    if not os.path.exists(path):
        raise unittest.SkipTest(f"no real regions here: {path} is absent")
    return path


def demo_files():
    folder = os.path.join(SOURCES, "config/demo")
    return sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.endswith(".yaml"))


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout=120):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)  # before the timeout: with one, a full backlog would be an error and no wait
        self.sock.settimeout(self.timeout)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Daemon:
    """Start it with `with Daemon() as daemon`; `start`, `stop` and `kill` may be called again on the same store."""

    def __init__(self, config=None, wrapper=()):
        self.folder = tempfile.mkdtemp(prefix="carved-")
        self.socket = os.path.join(self.folder, "s")
        self.store = os.path.join(self.folder, "store.db")
        self.log = os.path.join(self.folder, "log")
        self.wrapper = list(wrapper)
        self.process = None
        self.violations = []  # answers that the OpenAPI document does not allow
        self.arguments = ["--socket", self.socket, "--store", self.store, "--solver", SOLVER]
        if config:
            path = os.path.join(self.folder, "carved.yaml")
            with open(path, "w") as file:
                file.write(config)
            self.arguments += ["--config", path]

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, failure=None, *_):
        status = self.end()
        reported = "ThreadSanitizer" in self.log_text()  # also the solver's reports, whose exit status nobody looks at
        if reported:
            print(self.log_text(), file=sys.stderr)
        log = self.log_text() if status else ""
        shutil.rmtree(self.folder, ignore_errors=True)
        if status and not failure:
            raise AssertionError(f"carved ended with {status}:\n{log}")
        if reported:
            raise AssertionError("the thread sanitizer has something to say: see above")
        if self.violations and not failure:  # met in another thread, or caught
            raise self.violations[0]

    def start(self, seconds=60):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.wrapper + [CARVED] + self.arguments, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(f"carved ended with {self.process.returncode}:\n" + self.log_text())
            try:
                if self.request("GET", "/v1/health").status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError("carved did not answer:\n" + self.log_text())

    def log_text(self):
        with open(self.log) as log:
            return log.read()

    def pid(self):
        """The daemon's own process, also below a wrapper."""
        if not self.wrapper:
            return self.process.pid
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return int(children[0])

    def stop(self, seconds=60):
        """SIGTERM; returns the exit status."""
        os.kill(self.pid(), signal.SIGTERM)
        return self.process.wait(seconds)

    def end(self, seconds=60):
        """The way out at the end of a test, where leaks are found and lines are counted: SIGTERM. Returns the exit status, 0 where it had ended before."""
        if not self.process or self.process.poll() is not None or self.wrapper:
            self.kill()
            return 0
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return f"SIGKILL after {seconds} s"

    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def request(self, method, path, body=None, headers=None, timeout=120):
        connection = UnixConnection(self.socket, timeout)
        try:
            if isinstance(body, (dict, list)):
                body, headers = json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
        finally:
            connection.close()
        self.check(method, path, answer, body, (headers or {}).get("Content-Type"))
        return answer

    def check(self, method, path, answer, body=None, content_type=None):
        """Fails on what the OpenAPI document does not allow; for other ways in as well."""
        if CONTRACT is None:
            return
        try:
            CONTRACT.check(method, path, answer, body, content_type)
        except contract.Violation as violation:
            self.violations.append(violation)
            raise

    def carve(self, *arguments, input=None, language="C", timeout=600):
        environment = {"PATH": os.environ["PATH"], "LANG": language, "CARVED_SOCKET": self.socket}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        return subprocess.run([CARVE, *arguments], input=input, capture_output=True, env=environment, timeout=timeout)

    def solver_pids(self):
        found = subprocess.run(["pgrep", "-P", str(self.pid()), "-f", "carved-solver"], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]

    def wait_until(self, holds, seconds=120):
        """Whether a condition comes true within a time that is generous on any machine."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        return True

    def wait_for_plan(self, plan, seconds=300):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            answer = self.request("GET", f"/v1/plans/{plan}?view=summary").json
            if answer["state"] != "running":
                return answer
            time.sleep(0.05)
        raise AssertionError(f"{plan} did not end within {seconds} s")


class OtherUser:
    """Asks the daemon as a second user of this machine, from a process of its own: `with OtherUser(daemon) as other: other.request(...)` gives a map of status,
    headers and body. Lets everybody connect to the daemon's socket. Only root can be somebody else: for others the test is skipped."""

    UID = 65534

    def __init__(self, daemon):
        if os.geteuid() != 0:
            raise unittest.SkipTest("a second user needs root: run the tests as root to have it")
        self.daemon = daemon
        self.name = pwd.getpwuid(self.UID).pw_name

    def __enter__(self):
        os.chmod(self.daemon.folder, 0o711)
        os.chmod(self.daemon.socket, 0o666)
        ours, theirs = socket.socketpair()
        self.child = os.fork()  # not a program of its own: the other user may not be allowed to read Python's files
        if self.child == 0:
            ours.close()
            self.serve(theirs)
        theirs.close()
        self.pipe = ours.makefile("rw")
        ours.close()
        return self

    def __exit__(self, *_):
        self.pipe.close()
        os.waitpid(self.child, 0)

    def serve(self, pipe):
        try:
            os.setgroups([])
            os.setgid(self.UID)
            os.setuid(self.UID)
            with pipe.makefile("rw") as lines:
                for line in lines:
                    connection = UnixConnection(self.daemon.socket)
                    connection.request(*json.loads(line))
                    response = connection.getresponse()
                    print(json.dumps({"status": response.status, "headers": dict(response.getheaders()), "body": response.read().decode()}),
                          file=lines, flush=True)
                    connection.close()
        finally:
            os._exit(0)  # nothing of the parent's is ended twice

    def request(self, method, path, body=None, headers=None):
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
        print(json.dumps([method, path, body, headers or {}]), file=self.pipe, flush=True)
        answer = json.loads(self.pipe.readline())
        self.daemon.check(method, path, Answer(answer["status"], answer["headers"], answer["body"]), body, (headers or {}).get("Content-Type"))
        return answer


def candidate(ref, **changes):
    """A small right candidate as a document."""
    document = {
        "kind": "candidate", "ref": ref, "coach": "C-01", "consent": {"given": "2026-10-01", "expires": "2027-10-01", "scope": ["matching"]},
        "scale": "icf", "home": "3811", "travel": {"max-minutes": 45, "mode": "bicycle"}, "hours": {"min": 8, "max": 16},
        "available": {"mon": ["am", "pm"], "tue": ["am", "pm"], "wed": ["am"]},
    }
    document.update(changes)
    return document


COACH = {"kind": "coach", "ref": "C-01", "hours": 24}

# The budget of a quick plan, as an order; of one that also combines packages, as settings are named.
def shares(candidate):
    """Whether the candidate has agreed to what an employer may see."""
    return "share-with-employer" in candidate["consent"]["scope"]


def plan_with_somebody(daemon, wanted, plan):
    """The first plan of the seeds 1, 2, ... that proposes something for somebody whose document is `wanted`: who is placed differs from build to build. `plan` makes that of a seed."""
    for seed in range(1, 20):
        made = plan(seed)
        if any(wanted(daemon.request("GET", f"/v1/candidates/{proposal['candidate']}").json) for proposal in made["proposals"]):
            return made
    raise AssertionError("none of 19 plans has anybody of this kind")


QUICK = {"budget": {"price-rounds": 5, "search-rounds": 10, "block-rounds": 0, "site-nodes": 0}}
BUDGET = {"price-rounds": 5, "search-rounds": 6, "block-rounds": 2, "block-nodes": 40, "pricer-nodes": 300, "proof-nodes": 300, "site-nodes": 0}


class OnDemo(unittest.TestCase):
    """A daemon with the demo region, for each test anew."""
    CONFIG = "budget:\n" + "".join(f"  {name}: {value}\n" for name, value in BUDGET.items())

    def setUp(self):
        self.daemon = Daemon(self.CONFIG)
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__)
        self.assertEqual(self.daemon.carve("import", *demo_files()).returncode, 0)

    def plan(self, **order):
        answer = self.daemon.request("POST", "/v1/plans", order, {"Prefer": "wait=60"})
        self.assertIn(answer.status, (200, 202), answer.body)
        if answer.status == 202:
            self.daemon.wait_for_plan(answer.json["id"])
            answer = self.daemon.request("GET", f"/v1/plans/{answer.json['id']}")
        return answer.json

    def change(self, kind, ref, change):
        document = self.daemon.request("GET", f"/v1/{kind}/{ref}").json
        change(document)
        self.assertEqual(self.daemon.request("PUT", f"/v1/{kind}/{ref}", document).status, 200)


def main():
    unittest.main(verbosity=2)
