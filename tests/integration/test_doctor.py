# SPDX-License-Identifier: EUPL-1.2
"""carve doctor and /v1/diagnostics: every finding is provoked for real, and comes with a way to mend it."""
import grp
import json
import os
import select
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest

import harness

sys.path.insert(0, os.path.join(harness.SOURCES, "tests/support"))
import fake_daemon  # noqa: E402

NOBODY = 65534


def doctor(path, *arguments, language="C", as_user=None):
    """Runs carve doctor on a socket; as_user: (uid, gid), which takes root."""
    environment = {"PATH": os.environ["PATH"], "LANG": language, "CARVED_SOCKET": path}
    if as_user is None:
        return run([harness.CARVE, "doctor", *arguments], environment)
    with tempfile.TemporaryDirectory() as folder:  # this checkout may be where nobody else can go, as in root's home
        os.chmod(folder, 0o755)
        carve = shutil.copy(harness.CARVE, folder)
        return run([carve, "doctor", *arguments], environment, user=as_user[0], group=as_user[1], extra_groups=[])


def run(command, environment, **become):
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, **become)
    assert result.stderr == "", result.stderr
    return result


def checks(path, **options):
    """{(check, verdict): {code, message, hint}} of carve doctor --json, and its exit code."""
    result = doctor(path, "--json", **options)
    report = json.loads(result.stdout)
    return {(check["check"], check["verdict"]): check for check in report["checks"]}, result.returncode, report


class Way(unittest.TestCase):
    """What can be wrong between carve and the daemon."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="carved-doctor-")
        self.path = os.path.join(self.folder, "s")
        self.addCleanup(shutil.rmtree, self.folder, True)

    def expect_wrong(self, name, code, hint, **options):
        found, status, report = checks(self.path, **options)
        self.assertEqual(status, 1)
        self.assertIsNone(report["diagnostics"])
        check = found[name, "wrong"]
        self.assertEqual(check["code"], code)
        self.assertIn(hint, check["hint"])
        return check

    def test_no_socket(self):
        check = self.expect_wrong("socket", "doctor-socket-absent", "systemctl status carved")
        self.assertIn(self.path, check["message"])
        text = doctor(self.path, "--lang", "nl")
        self.assertEqual(text.returncode, 1)
        self.assertIn("fout", text.stdout)
        self.assertIn(f"{self.path} bestaat niet", text.stdout)
        self.assertIn("systemctl start carved", text.stdout)

    def test_a_file_that_is_no_socket(self):
        with open(self.path, "w"):
            pass
        self.expect_wrong("socket", "doctor-socket-file", f"file {self.path}")

    def test_a_socket_that_nobody_listens_on(self):
        with socket.socket(socket.AF_UNIX) as left:
            left.bind(self.path)
        self.expect_wrong("daemon", "daemon-not-running", "systemctl start carved")

    def test_a_socket_that_answers_nonsense(self):
        with socket.socket(socket.AF_UNIX) as odd:
            odd.bind(self.path)
            odd.listen()
            child = subprocess.Popen([harness.CARVE, "doctor", "--socket", self.path, "--json"], stdout=subprocess.PIPE, text=True)
            client, _ = odd.accept()
            client.recv(4096)
            client.sendall(b"SSH-2.0-no\r\n")
            client.close()
            out, _ = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 1)
        self.assertEqual(json.loads(out)["checks"][-1]["code"], "daemon-silent")

    @unittest.skipUnless(os.geteuid() == 0, "becoming another user takes root")
    def test_not_permitted_by_folder_mode_or_group(self):
        os.chmod(self.folder, 0o700)
        with socket.socket(socket.AF_UNIX) as daemon:
            daemon.bind(self.path)
            daemon.listen()
            other = (NOBODY, NOBODY)
            check = self.expect_wrong("socket", "doctor-folder-closed", f"chmod a+x {self.folder}", as_user=other)
            self.assertIn(self.folder, check["message"])
            os.chmod(self.folder, 0o755)
            os.chmod(self.path, 0o600)
            self.expect_wrong("socket", "doctor-socket-closed", "socket.group", as_user=other)
            group = next(g for g in grp.getgrall() if g.gr_gid not in (0, NOBODY) and not g.gr_mem)
            os.chown(self.path, 0, group.gr_gid)
            os.chmod(self.path, 0o660)
            check = self.expect_wrong("socket", "doctor-group-needed", f"usermod -aG {group.gr_name} ", as_user=other)
            self.assertIn(group.gr_name, check["message"])
            # nobody's own group, which this session has not got: as if it had been added after logging in
            os.chown(self.path, 0, grp.getgrnam("nogroup").gr_gid)
            result = doctor(self.path, "--json", as_user=(NOBODY, group.gr_gid))
            found = json.loads(result.stdout)["checks"][0]
            self.assertEqual((result.returncode, found["code"]), (1, "doctor-group-not-yet"))
            self.assertIn("newgrp nogroup", found["hint"])

    def test_another_version(self):
        with fake_daemon.FakeDaemon() as daemon:
            daemon.on("GET", "/v1/diagnostics", 200, {"versions": {"carved": "9.9.9"}, "settings": [], "checks": [
                {"check": "store", "verdict": "ok", "code": "x", "message": "fine"},
                {"check": "new", "verdict": "dreadful", "code": "y", "message": "a word of a later version"}]})
            found, status, _ = checks(daemon.path)
            check = found["version", "warning"]
            self.assertEqual(check["code"], "doctor-version-other")
            self.assertIn("9.9.9", check["message"])
            self.assertIn("systemctl restart carved", check["hint"])
            self.assertEqual(status, 1)  # what is not known to be good is not good
            daemon.on("GET", "/v1/diagnostics", 404, {"title": "no", "status": 404})
            found, status, _ = checks(daemon.path)
            self.assertEqual((found["daemon", "wrong"]["code"], status), ("doctor-no-diagnosis", 1))


class Itself(unittest.TestCase):
    """What the daemon finds in itself."""

    def test_a_healthy_daemon_is_ok_in_every_check(self):
        with harness.Daemon() as daemon:
            found, status, report = checks(daemon.socket)
            self.assertEqual({name for name, _ in found}, {"socket", "version", "store", "disk", "wal", "solver", "sandbox", "limits"})
            self.assertEqual((status, {verdict for _, verdict in found}), (0, {"ok"}))
            self.assertFalse([check for check in found.values() if "hint" in check])
            versions = report["diagnostics"]["versions"]
            said = subprocess.run([harness.SOLVER, "--version"], capture_output=True, text=True).stdout.split()
            self.assertEqual((said[1], said[3]), (versions["solver"], versions["glpk"]))
            self.assertEqual(versions["sqlite"], sqlite3.sqlite_version)
            store = report["diagnostics"]["store"]
            self.assertEqual((store["integrity"], store["problems"]), ("sound", 0))
            self.assertEqual(store["databaseBytes"], os.path.getsize(daemon.store))
            self.assertGreater(store["freeBytes"], 0)
            self.assertGreater(store["schema"], 0)
            for language, word in (("C", "ok"), ("nl_NL.UTF-8", "goed")):
                text = doctor(daemon.socket, language=language)
                self.assertEqual((text.returncode, [line.split()[0] for line in text.stdout.splitlines()[:8]]), (0, [word] * 8))

    def test_settings_that_differ_are_told_with_their_default(self):
        with harness.Daemon("http: {connections: 99}\nweights: {relief: 30}\nbudget: {block-rounds: 7}\n") as daemon:
            settings = {s["setting"]: (s["value"], s["default"]) for s in checks(daemon.socket)[2]["diagnostics"]["settings"]}
            self.assertEqual(settings.pop("http.connections"), ("99", "256"))
            self.assertEqual(settings.pop("weights.relief"), ("30", "25"))
            self.assertEqual(settings.pop("budget.block-rounds"), ("7", "50"))
            self.assertEqual(settings.pop("socket.path")[0], daemon.socket)
            self.assertEqual(set(settings), {"store.path", "plans.solver"})
            self.assertIn("http.connections: 99 (256)", doctor(daemon.socket).stdout)

    def test_little_disk_a_large_log_and_a_check_that_was_not_finished(self):
        config = "store: {disk-warning-bytes: 1000000000000000, wal-warning-bytes: 1, check-seconds: 0}\n"
        with harness.Daemon(config) as daemon:
            daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
            found, status, _ = checks(daemon.socket)
            self.assertEqual(status, 0)  # warnings
            self.assertEqual(found["disk", "warning"]["code"], "diagnosis-disk-low")
            self.assertIn("store.disk-warning-bytes", found["disk", "warning"]["hint"])
            self.assertEqual(found["wal", "warning"]["code"], "diagnosis-wal-large")
            self.assertIn("fuser", found["wal", "warning"]["hint"])
            self.assertEqual(found["store", "warning"]["code"], "diagnosis-store-unfinished")
            self.assertIn("store.check-seconds", found["store", "warning"]["hint"])

    def test_a_damaged_page_and_a_row_that_names_nothing(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual(daemon.stop(), 0)
            sound = daemon.store + ".sound"
            shutil.copy(daemon.store, sound)
            with sqlite3.connect(daemon.store) as database:
                [page_size] = database.execute("PRAGMA page_size").fetchone()
                [page] = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'proposals'").fetchone()
            database.close()
            with open(daemon.store, "r+b") as file:
                file.seek((page - 1) * page_size)
                file.write(b"\xa5" * page_size)
            daemon.start()
            found, status, report = checks(daemon.socket)
            check = found["store", "wrong"]
            self.assertEqual((status, check["code"], report["diagnostics"]["store"]["integrity"]), (1, "diagnosis-store-damaged", "damaged"))
            for part in ("systemctl stop carved", "backup", ".recover", daemon.store):
                self.assertIn(part, check["hint"])
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)  # looking does no harm
            daemon.stop()

            shutil.copy(sound, daemon.store)
            with sqlite3.connect(daemon.store) as database:  # another program, with foreign keys off
                database.execute("INSERT INTO proposals (plan, candidate, site, state, json) VALUES (77, 'K', 'S', 'proposed', '{}')")
            database.close()
            daemon.start()
            check = checks(daemon.socket)[0]["store", "wrong"]
            self.assertIn("a row of proposals names a row of plans that is not there", check["message"])

    def test_a_solver_that_is_absent_or_of_another_version(self):
        with harness.Daemon() as daemon:
            other = os.path.join(daemon.folder, "solver")
            daemon.arguments[daemon.arguments.index("--solver") + 1] = other
            daemon.stop()
            daemon.start()
            check = checks(daemon.socket)[0]["solver", "wrong"]
            self.assertEqual(check["code"], "solver-unavailable")
            with open(other, "w") as script:
                script.write("#!/bin/sh\necho carved-solver 0.0.1 GLPK 5.0\n")
            os.chmod(other, 0o755)
            check = checks(daemon.socket)[0]["solver", "wrong"]
            self.assertEqual(check["code"], "diagnosis-solver-other")
            self.assertIn("0.0.1", check["message"])
            with open(other, "w") as script:
                script.write("#!/bin/sh\nexec sleep 1000\n")
            self.assertEqual(checks(daemon.socket)[0]["solver", "wrong"]["code"], "solver-unavailable")

    def test_the_walls_around_the_newest_solver(self):
        for setting, codes in (("prefer", {"good", "lacking", "not-built"}), ("off", {"off", "not-built"})):
            with harness.Daemon(f"plans: {{sandbox: {setting}}}\n") as daemon:
                check = checks(daemon.socket)[0]["sandbox", "ok"]
                self.assertEqual(check["code"], "diagnosis-sandbox-unknown")
                self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
                plan = daemon.request("POST", "/v1/plans", {"budget": {"gap-target": 1000000}}, {"Prefer": "wait=60"})
                self.assertEqual(plan.status, 200, plan.body)
                check = next(c for (name, _), c in checks(daemon.socket)[0].items() if name == "sandbox")
                self.assertIn(check["code"].replace("diagnosis-sandbox-", ""), codes)
                self.assertEqual("hint" in check, check["code"] != "diagnosis-sandbox-good")

    def test_a_limit_that_was_hit(self):
        with harness.Daemon("http: {connections: 2}\n") as daemon:
            clients = [socket.socket(socket.AF_UNIX) for _ in range(3)]
            for client in clients:
                client.connect(daemon.socket)
            self.assertTrue(select.select(clients, [], [], 60)[0])
            for client in clients:
                client.close()
            found = {}
            while ("limits", "warning") not in found:  # the daemon may not have seen yet that they are gone
                found = checks(daemon.socket)[0]
            self.assertIn("http.connections", found["limits", "warning"]["message"])
            self.assertIn("raise http.connections", found["limits", "warning"]["hint"])

    def test_two_at_once_are_one_and_a_busy(self):
        with harness.Daemon() as daemon:
            slow = os.path.join(daemon.folder, "solver")
            with open(slow, "w") as script:
                script.write("#!/bin/sh\nsleep 2\necho carved-solver 0.1.0 GLPK 5.0\n")
            os.chmod(slow, 0o755)
            daemon.arguments[daemon.arguments.index("--solver") + 1] = slow
            daemon.stop()
            daemon.start()
            first = harness.UnixConnection(daemon.socket)
            first.request("GET", "/v1/diagnostics")
            second = harness.UnixConnection(daemon.socket)
            second.request("GET", "/v1/diagnostics")
            answers = [first.getresponse(), second.getresponse()]
            for answer in answers:
                answer.read()
            self.assertEqual([answer.status for answer in answers], [200, 503])
            self.assertEqual(daemon.request("GET", "/v1/diagnostics").status, 200)

    def test_no_person_or_employer_is_in_it(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            text = daemon.request("GET", "/v1/diagnostics").body
            for collection in ("candidates", "sites", "coaches", "vocabularies"):
                for item in daemon.request("GET", f"/v1/{collection}?limit=1000").json["items"]:
                    self.assertNotIn(f'"{item["ref"]}"', text)
                    self.assertNotIn(f' {item["ref"]}', text)


if __name__ == "__main__":
    harness.main()
