# SPDX-License-Identifier: EUPL-1.2
"""carve as people run it, against a scripted daemon: what its tests share."""
import os
import subprocess
import sys
import tempfile
import unittest

from fake_daemon import FakeDaemon

CARVE = os.environ.get("CARVE", "")
PROPOSAL = {
    "id": "P-3", "plan": "PL-1", "candidate": "K-0017", "site": "S-014", "kind": "carved", "hours": 13.5, "value": 30975,
    "parts": {"place": 18000, "fit": 14000, "relief": 1075, "jobs": -1500, "aids": -800, "unknown": 200, "coach": 0, "buddy": 0},
    "slots": [{"job": "nurse-a", "task": "linen", "hours": 10}, {"vacancy": "kitchen-1", "task": "meals", "part": "tue-pm", "hours": 3.5}],
    "schedule": [{"slot": 0, "part": "mon-am", "hours": 6}, {"slot": 0, "part": "tue-pm", "hours": 4}, {"slot": 1, "part": "tue-pm", "hours": 3.5}],
    "questions": ["d430"], "aids": ["lifting-aid"], "donors": [{"job": "nurse-a", "before": 180, "carved": 10, "left": 170}],
    "conditions": ["staff-agreed"], "state": "proposed"}
PLAN = {
    "id": "PL-1", "state": "done", "endedBy": "gap", "simulated": True, "date": "2026-11-22", "seed": 1, "value": 30975, "bound": 31000,
    "gap": 0.000806, "placed": 1, "candidates": 4, "iterations": 12, "proposals": [PROPOSAL],
    "unplaced": [{"candidate": "K-2", "reason": "consent"}, {"candidate": "K-1", "reason": "travel"}, {"candidate": "K-3", "reason": "travel"}]}
SITE = {"kind": "site", "ref": "S-014", "name": "Zorgcentrum De Linde",
        "jobs": [{"ref": "nurse-a", "title": "Verpleegkundige", "tasks": [{"ref": "linen", "title": "Linnenkast bijvullen"}]}],
        "vacancies": [{"ref": "kitchen-1", "title": "Keukenhulp", "tasks": [{"ref": "meals", "title": "Maaltijden\x1b[31m"}]}]}


class Session(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(FakeDaemon())
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def carve(self, *arguments, code=0, text=None, **environment):
        done = subprocess.run([CARVE, *arguments], input=text, capture_output=True, env=self.environment(environment), cwd=self.folder, timeout=60)
        self.assertEqual(done.returncode, code, (arguments, done.stdout, done.stderr))
        return done.stdout.decode(), done.stderr.decode()

    def environment(self, more=None):
        return {"PATH": os.environ["PATH"], "CARVED_SOCKET": self.daemon.path, **(more or {})}

    def file(self, name, text):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
        return name


def main():
    """Ends with 77 (skipped) where carve is not there."""
    if not os.path.exists(CARVE):
        print("SKIPPED: no carve at", CARVE)
        sys.exit(77)
    unittest.main(verbosity=0)
