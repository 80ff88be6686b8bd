# SPDX-License-Identifier: EUPL-1.2
"""carve as people run it, against a scripted daemon: plans and proposals, waited for and shown."""
import json
import os
import pty
import signal
import subprocess
import time

from session import CARVE, PLAN, PROPOSAL, SITE, Session, main


class Plans(Session):
    def script_plan(self, looks, final=None):
        """The plan is running for so many looks, then ended."""
        running = {"id": "PL-1", "state": "running", "progress": {"phase": "search", "iterations": 3, "value": 900, "bound": 1000, "placed": 2}}
        left = [looks]

        def look(_):
            left[0] -= 1
            return 200, running if left[0] >= 0 else final or PLAN

        self.daemon.on("POST", "/v1/plans", 202, {"id": "PL-1", "state": "running"})
        self.daemon.on("GET", "/v1/plans/PL-1?view=summary", 200, look)
        self.daemon.on("GET", "/v1/plans/PL-1", 200, final or PLAN)
        return left

    def test_plan_waits_and_shows_what_came_of_it(self):
        self.script_plan(3)
        out, err = self.carve("plan", "--date", "2026-11-22", "--seed", "5", "--seconds", "30")
        self.assertEqual(err, "")
        self.assertEqual(json.loads(self.daemon.requests[0]["body"]), {"date": "2026-11-22", "seed": 5, "seconds": 30})
        self.assertIn("PL-1  plan of 2026-11-22, done (simulated", out)
        self.assertIn("1 of 4 candidates placed. Value 30975, at most 31000 is possible (gap 0.08%).", out)
        self.assertIn("P-3", out)
        self.assertEqual([" ".join(line.split()) for line in out.splitlines()[-2:]],
                         ["2 no site is near enough K-1 K-3", "1 no valid consent for matching K-2"])

    def test_plan_in_json_is_the_whole_plan(self):
        self.script_plan(0)
        self.assertEqual(json.loads(self.carve("plan", "--json")[0]), PLAN)
        self.assertEqual(json.loads(self.daemon.requests[0]["body"]), {})

    def test_what_the_daemon_refuses_of_an_option_has_no_place_in_a_file(self):
        self.daemon.on("POST", "/v1/plans", 400, {"status": 400, "errors": [{"message": "too long", "location": {"line": 1, "column": 12}}]})
        self.assertEqual(self.carve("plan", "--seconds", "86000", code=3)[1], "carve: too long\n")

    def test_a_plan_that_places_nobody_has_no_result(self):
        self.script_plan(0, {**PLAN, "placed": 0, "proposals": []})
        self.carve("plan", code=1)

    def test_a_failed_plan_says_why(self):
        self.script_plan(1, {"id": "PL-1", "state": "failed", "problem": {"code": "solver-crashed", "message": "the solver crashed"}})
        _, err = self.carve("plan", code=8)
        self.assertIn("plan PL-1 failed: the solver crashed", err)

    def test_no_wait_names_the_plan_and_leaves(self):
        self.script_plan(1000)
        out, _ = self.carve("plan", "--no-wait")
        self.assertIn("PL-1 has started", out)

    def test_show_of_a_running_plan_tells_how_far_it_is(self):
        self.daemon.on("GET", "/v1/plans/PL-1", 200, {"id": "PL-1", "state": "running", "date": "2026-11-22", "progress": {
            "phase": "construction", "value": 900, "bound": None, "placed": 2}})
        out, _ = self.carve("show", "PL-1")
        self.assertEqual(out, "PL-1  plan of 2026-11-22, running\nbuilding: 2 placed, value 900, bound ?, gap ?%\n")

    def test_ctrl_c_asks_the_daemon_to_keep_the_best(self):
        left = self.script_plan(1000)

        def cancel(request):
            left[0] = 0
            return 202, {"id": "PL-1"}

        self.daemon.on("PATCH", "/v1/plans/PL-1", 202, cancel)
        self.daemon.on("GET", "/v1/plans/PL-1", 200, {**PLAN, "state": "cancelled", "endedBy": "cancel"})
        process = self.start("plan")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 0, err)
        self.assertIn(b"the best so far is kept", err)
        self.assertIn(b"stopped early, best kept", out)
        patch = [r for r in self.daemon.requests if r["method"] == "PATCH"]
        self.assertEqual([json.loads(r["body"]) for r in patch], [{"state": "cancelled"}])

    def test_a_second_ctrl_c_leaves(self):
        self.script_plan(1000)
        self.daemon.on("PATCH", "/v1/plans/PL-1", 202, {"id": "PL-1"})
        process = self.start("plan")
        process.send_signal(signal.SIGINT)
        self.until(lambda: any(r["method"] == "PATCH" for r in self.daemon.requests))
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, -signal.SIGINT)

    def start(self, *arguments):
        process = subprocess.Popen([CARVE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment())
        self.until(lambda: len(self.daemon.requests) > 2)
        return process

    def until(self, met):
        until = time.monotonic() + 20
        while not met():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)

    def read_all(self, leader):
        """What a terminal was written, whose other end is closed: it comes in pieces and ends in an error."""
        shown = b""
        try:
            while piece := os.read(leader, 65536):
                shown += piece
        except OSError:
            pass
        os.close(leader)
        return shown

    def test_progress_is_shown_on_a_terminal_only(self):
        self.script_plan(2)
        leader, follower = pty.openpty()
        process = subprocess.Popen([CARVE, "plan"], stdout=subprocess.PIPE, stderr=follower, env=self.environment())
        out, _ = process.communicate(timeout=30)
        os.close(follower)
        shown = self.read_all(leader).decode()
        self.assertIn("improving: 2 placed, value 900, bound 1000, gap 10.00%", shown)
        self.assertTrue(shown.endswith("\r\x1b[K"))
        self.assertNotIn(b"\x1b", out)

    def test_colours_need_a_terminal_and_no_no_color(self):
        self.daemon.on("GET", "/v1/plans/PL-1", 200, PLAN)
        for more, colours in (({}, True), ({"NO_COLOR": "1"}, False)):
            leader, follower = pty.openpty()
            subprocess.run([CARVE, "show", "PL-1"], stdout=follower, env=self.environment({"TERM": "xterm", **more}), timeout=30, check=True)
            os.close(follower)
            shown = self.read_all(leader)
            self.assertEqual(b"\x1b[1m" in shown, colours)


class Show(Session):
    def test_show_of_a_proposal_has_all_that_belongs_to_it(self):
        self.daemon.on("GET", "/v1/proposals/P-3", 200, PROPOSAL)
        self.daemon.on("GET", "/v1/sites/S-014", 200, SITE)
        out, err = self.carve("show", "P-3", "--lang", "nl")
        self.assertEqual(err, "")
        for text in ("K-0017 bij S-014 Zorgcentrum De Linde", "gecarvede functie, 13.5 uur per week, waarde 30975", "Linnenkast bijvullen", "dinsdagmiddag",
                     "d430", "tillen", "lifting-aid", "eerst moet het team"):
            self.assertIn(text, out)
        self.assertNotIn("\x1b", out)
        lines = [line.split() for line in out.splitlines()]
        self.assertIn(["30975", "samen"], lines)
        self.assertIn(["nurse-a", "Verpleegkundige", "180", "10", "170"], lines)
        self.assertIn(["ma", "di"], lines)
        self.assertIn(["ochtend", "6", "linen"], lines)
        self.assertIn(["middag", "4", "linen"], lines)
        self.assertIn(["3.5", "meals"], lines)

    def test_show_of_a_proposal_works_where_its_site_is_gone(self):
        self.daemon.on("GET", "/v1/proposals/P-3", 200, PROPOSAL)
        out, err = self.carve("show", "P-3")
        self.assertEqual(err, "")
        self.assertIn("linen", out)

    def test_parts_that_do_not_add_up_are_told(self):
        self.daemon.on("GET", "/v1/proposals/P-3", 200, {**PROPOSAL, "value": 31000})
        _, err = self.carve("show", "P-3")
        self.assertIn("don't add up to the stated value of 31000", err)

    def test_show_of_a_candidate_looks_in_the_newest_plan_that_ended(self):
        plans = [{"id": "PL-4", "state": "running"}, {"id": "PL-3", "state": "failed"}, {"id": "PL-2", "state": "cancelled"}, {"id": "PL-1", "state": "done", "fairness": {}}]
        self.daemon.on("GET", "/v1/plans", 200, {"items": plans, "count": 4, "next": None})  # PL-2 was stopped before it had looked at anybody
        self.daemon.on("GET", "/v1/plans/PL-1/proposals?candidate=K-0017", 200, {"items": [PROPOSAL]})
        out, _ = self.carve("show", "K-0017")
        self.assertIn("P-3", out)
        self.assertEqual(json.loads(self.carve("show", "K-0017", "--json")[0]), PROPOSAL)

    def test_a_plan_that_was_stopped_before_it_looked_at_anybody_says_so(self):
        early = {key: value for key, value in PLAN.items() if key != "unplaced"}
        self.daemon.on("GET", "/v1/plans/PL-1", 200, {**early, "state": "cancelled", "endedBy": "cancel", "placed": 0, "value": 0, "proposals": []})
        self.assertIn("stopped before it had looked at anybody", self.carve("show", "PL-1", code=1)[0])
        self.daemon.on("GET", "/v1/plans/PL-1", 200, PLAN)
        self.assertNotIn("looked at", self.carve("show", "PL-1")[0])

    def test_show_of_a_candidate_without_a_proposal_says_why(self):
        self.daemon.on("GET", "/v1/plans/PL-1/proposals?candidate=K-2", 200, {"items": []})
        self.daemon.on("GET", "/v1/plans/PL-1", 200, PLAN)
        out, _ = self.carve("show", "K-2", "--plan", "PL-1", code=1)
        self.assertEqual(out, "PL-1 has no proposal for K-2: no valid consent for matching\n")
        out, _ = self.carve("show", "K-2", "--plan", "PL-1", "--json", code=1)
        self.assertEqual(json.loads(out), {"candidate": "K-2", "reason": "consent"})

    def test_show_of_a_candidate_that_the_plan_does_not_know_is_not_found(self):
        self.daemon.on("GET", "/v1/plans/PL-1/proposals?candidate=K-8", 200, {"items": []})
        self.daemon.on("GET", "/v1/plans/PL-1", 200, PLAN)
        self.carve("show", "K-8", "--plan", "PL-1", code=4)
        self.daemon.on("GET", "/v1/plans", 200, {"items": [], "count": 0, "next": None})
        self.assertIn("no plan has ended yet", self.carve("show", "K-8", code=4)[1])


if __name__ == "__main__":
    main()
