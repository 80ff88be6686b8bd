# SPDX-License-Identifier: EUPL-1.2
"""Manual pages and bash completion: whole, without warnings, and never behind the command line and the settings."""
import os
import re
import shutil
import subprocess
import time
import unittest

import harness

MAN = os.path.join(harness.BINARIES, "man")
PAGES = [os.path.join(MAN, "carve.1"), os.path.join(MAN, "carved.yaml.5"), os.path.join(harness.SOURCES, "man/carved.8"),
    os.path.join(MAN, "carved-documents.5")]
DOCUMENT_KINDS = {"candidate", "site", "coach", "vocabulary"}


def read(path):
    with open(path) as file:
        return file.read()


def carve_help(*words):
    return subprocess.run([harness.CARVE, *words, "--help"], capture_output=True, text=True, env={"LANG": "C", "PATH": os.environ["PATH"]}).stdout


def commands():
    return re.findall(r"^  ([a-z-]+) +\S", carve_help().split("\n\n", 1)[1], re.M)


class Manual(unittest.TestCase):
    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is absent (Debian: mandoc)")
    def test_mandoc_finds_nothing_to_warn_of(self):
        for page in PAGES:
            found = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
            self.assertEqual((found.returncode, found.stdout + found.stderr), (0, ""))

    def test_every_command_and_option_has_its_place_in_carve_1(self):
        page = read(PAGES[0])
        self.assertIn("status", commands())
        for command in commands():
            self.assertIn(f"\n.It Nm carve Cm {command}", page)
            for option in re.findall(r"--([a-z-]+)", carve_help(command)):
                self.assertIn(f"\n.It Fl -{option}", page, command)

    def test_every_setting_has_its_place_in_carved_yaml_5(self):
        page = read(PAGES[1])
        settings = re.findall(r"^  (?:# )?([a-z0-9-]+):", read(os.path.join(harness.SOURCES, "config/carved.yaml")), re.M)
        self.assertGreater(len(settings), 80)
        for setting in settings:
            self.assertIn(f"\n.It Cm {setting} Pq ", page)

    def test_every_key_of_the_reference_has_its_place_in_carved_documents_5(self):
        page = read(PAGES[3])
        for kind in DOCUMENT_KINDS:
            section = re.search(rf"\n\.Ss {kind}\n(.*?)\n\.(?:Ss|Sh) ", page, re.S)[1]
            found = set(re.findall(rf"^\.It Cm {kind}\.(\S+)", section, re.M))
            heading = re.search(rf"^## {kind.capitalize()} .*?(?=^## |\Z)", read(os.path.join(harness.SOURCES, "docs/documents.md")), re.M | re.S)[0]
            keys = {re.sub(r"\[\]|\.\*", "", key) for key in re.findall(r"^\| `([^`]+)` \|", heading, re.M)}
            self.assertTrue(keys)
            self.assertEqual(found, keys)

    def test_every_option_of_carved_has_its_place_in_carved_8(self):
        page = read(PAGES[2])
        options = re.findall(r"--([a-z-]+)", subprocess.run([harness.CARVED, "--help"], capture_output=True, text=True).stdout)
        self.assertIn("check-config", options)
        for option in set(options) - {"help", "usage", "version"}:
            self.assertIn(f".It Fl -{option}", page.replace(".It Fl c , -config", ".It Fl -config"), option)


@unittest.skipUnless(shutil.which("bash"), "bash is absent")
class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.start()
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0
        answer = cls.daemon.request("POST", "/v1/plans", {"budget": {"gap-target": 1000000}}, {"Prefer": "wait=60"})
        assert answer.status == 200, answer.body

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def complete(self, *words, socket=None, folder=None):
        """What TAB would offer at the end of the last word; nothing may be said meanwhile."""
        words = [harness.CARVE, *words]
        quoted = " ".join("'" + word + "'" for word in words)
        script = f"""source {MAN}/carve; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _carve; printf '%s\\n' "${{COMPREPLY[@]}}" """
        found = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, cwd=folder, timeout=60,
            env={"PATH": os.environ["PATH"], "CARVED_SOCKET": socket or self.daemon.socket, "LANG": "C"})
        self.assertEqual((found.returncode, found.stderr), (0, ""))
        return {line for line in found.stdout.split("\n") if line}

    def test_commands_and_options_are_those_of_the_command_line(self):
        self.assertEqual(self.complete(""), set(commands()))
        self.assertEqual(self.complete("pla"), {"plan", "plans"})
        self.assertEqual(self.complete("--lang", "nl", "pla"), {"plan", "plans"})
        for command in commands():
            self.assertEqual(self.complete(command, "--"), set(re.findall(r"--[a-z-]+", carve_help(command))), command)
        self.assertEqual(self.complete("--"), set(re.findall(r"^ +(?:-[a-z], )?(--[a-z-]+)", carve_help(), re.M)))

    def test_values_of_options(self):
        self.assertEqual(self.complete("plan", "--lang", ""), {"en", "nl"})
        self.assertEqual(self.complete("show", "--plan", ""), {"PL-1"})
        self.assertEqual(self.complete("--host", "s"), {"ssh://"})
        self.assertEqual(self.complete("plan", "--seed", ""), set())

    def test_kinds_refs_plans_and_files(self):
        self.assertEqual(self.complete("list", "c"), {"candidates", "coaches"})
        self.assertEqual(self.complete("explain", ""), DOCUMENT_KINDS)
        self.assertEqual(self.complete("get", "K-001"), {f"K-001{i}" for i in range(10)})
        self.assertEqual(self.complete("get", "--json", "site", "S-0"), {f"S-0{i}" for i in range(1, 10)})
        self.assertEqual(self.complete("show", "PL"), {"PL-1"})
        self.assertEqual(self.complete("show", "plan", ""), {"PL-1"})
        self.assertEqual(self.complete("best", "--count", "3", "K-002"), {f"K-002{i}" for i in range(10)})
        self.assertEqual(self.complete("--socket", self.daemon.socket, "get", "K-0001", socket="/nowhere"), {"K-0001"})
        self.assertIn("coaches.yaml" if "coaches.yaml" in os.listdir(os.path.join(harness.SOURCES, "config/demo")) else
            sorted(f for f in os.listdir(os.path.join(harness.SOURCES, "config/demo")))[0],
            self.complete("put", "", folder=os.path.join(harness.SOURCES, "config/demo")))

    def test_without_a_daemon_it_is_silent_and_quick(self):
        began = time.monotonic()
        self.assertEqual(self.complete("get", "K", socket="/nowhere"), set())
        self.assertEqual(self.complete("get", "ca", socket="/nowhere"), {"candidate"})
        self.assertLess(time.monotonic() - began, 30)  # liveness: no waiting for a daemon that is not there


if __name__ == "__main__":
    harness.main()
