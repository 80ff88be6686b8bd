# SPDX-License-Identifier: EUPL-1.2
"""What the benchmark stands on: what its readers take from the lines of other solvers, regions of our own making that the daemon accepts, and a plot that is one."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import harness

BENCH = os.path.join(harness.SOURCES, "bench")
sys.path.insert(0, BENCH)
import compare  # noqa: E402
import peers  # noqa: E402
import plot  # noqa: E402
import report  # noqa: E402

QUICK = {**harness.QUICK, "date": "2026-11-22"}


def draw(*arguments):
    done = subprocess.run([sys.executable, os.path.join(BENCH, "make_region.py"), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def run_of(tool, trace, region="small", **more):
    return {"tool": tool, "version": "1", "region": region, "seconds": 20.0, "processor": 19.0, "memoryMB": 9, "load": 1.0, "placed": 3, "endedBy": "time", "clock": "wall",
            "value": trace[-1][1], "bound": trace[-1][2], "trace": trace, **more}


class Readers(unittest.TestCase):
    """Lines as these tools wrote them on the region small."""

    def test_glpsol(self):
        read = peers.Glpsol().read
        self.assertEqual(read("+  5575: mip =     not found yet >=              -inf        (1; 0)"), (None, None))
        self.assertEqual(read("+  8538: mip =     not found yet >=  -7.849666885e+05        (23; 2)"), (None, 784966.6885))
        self.assertEqual(read("+   233: >>>>>  -6.979934137e+05 >=  -6.989934137e+05   0.1% (21; 1)"), (697993.4137, 698993.4137))
        self.assertEqual(read("+   233: mip =  -6.979934137e+05 >=     tree is empty   0.0% (0; 43)"), (697993.4137, 697993.4137))
        self.assertEqual(read("Solving LP relaxation..."), (None, None))

    def test_cbc(self):
        read = peers.Cbc().read
        self.assertEqual(read("Continuous objective value is -768858 - 0.21 seconds"), (None, 768858.0))
        self.assertEqual(read("Cbc0012I Integer solution of -612266.08 found by feasibility pump after 0 iterations and 0 nodes (4.23 seconds)"),
                         (612266.08, None))
        self.assertEqual(read("Cbc0013I At root node, 164 cuts changed objective from -768858.34 to -744939.72 in 12 passes"), (None, 744939.72))
        self.assertEqual(read("Cbc0010I After 0 nodes, 1 on tree, -612266.08 best solution, best possible -744939.72 (7.85 seconds)"),
                         (612266.08, 744939.72))
        self.assertEqual(read("Cbc0010I After 0 nodes, 1 on tree, 1e+50 best solution, best possible -744939.72 (7.85 seconds)"), (None, 744939.72))
        self.assertEqual(read("Objective value:                -612266.07738095"), (612266.07738095, None))
        self.assertEqual(read("Lower bound:                    -744939.722"), (None, 744939.722))

    def test_highs(self):
        read = peers.Highs().read
        self.assertEqual(read("PROGRESS -660942.120 -736297.468"), (660942.12, 736297.468))
        self.assertEqual(read("PROGRESS - -768858.300"), (None, 768858.3))
        self.assertEqual(read("END timeLimit - -736958.459 -"), (None, 736958.459))

    def test_only_better_values_and_bounds_count(self):
        best = compare.Best()
        for step in [(1, None, 900.0), (2, 500.0, 950.0), (3, 400.0, None), (4, 600.0, 800.0)]:
            best.add(*step)
        self.assertEqual(best.steps, [[1, None, 900.0], [2, 500.0, 900.0], [4, 600.0, 800.0]])


class Regions(unittest.TestCase):
    def test_a_size_and_a_seed_are_one_region(self):
        self.assertEqual(draw("small", "3"), draw("small", "3"))
        self.assertNotEqual(draw("small", "3"), draw("small", "4"))

    def check(self, text):
        """The daemon takes it, without a warning, and has a plan for it."""
        documents = [json.loads(line) for line in text.splitlines()]
        with harness.Daemon() as daemon:
            answer = daemon.request("POST", "/v1/imports", text, headers={"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body[:2000])
            self.assertEqual(answer.json["warnings"], [])
            plan = daemon.request("POST", "/v1/plans", QUICK, headers={"Prefer": "wait=60"}).json
            self.assertEqual(plan["state"], "done")
            self.assertGreater(plan["placed"], 5)
        return documents

    def test_a_region_of_our_own_making_is_accepted_and_planned(self):
        documents = self.check(draw("small", "3"))
        self.assertEqual([sum(d["kind"] == kind for d in documents) for kind in ("site", "coach", "candidate")], [12, 2, 60])

    def test_another_draw_of_a_real_region_is_accepted_and_planned(self):
        self.check(draw("small", "3", "--like", harness.region("small")))


class Reports(unittest.TestCase):
    CARVED = [[1.0, 0, 1000], [2.0, 700, 1000], [4.0, 950, 1000]]
    OTHER = [[0.5, None, 1200.0], [10.0, 800.0, 1100.0]]

    def test_the_ratio_is_how_much_sooner_carved_has_the_others_best(self):
        table = report.peers_table([run_of("carved", self.CARVED, seed=1), run_of("cbc", self.OTHER), run_of("glpsol", [[1.0, None, 1300.0]])])
        cbc, glpsol = table.splitlines()[2:]
        self.assertEqual([cell.strip() for cell in cbc.split("|")][8:14], ["3", "9", "1.0", "10.0 s", "4.0 s", "2.5"])
        self.assertIn("| no plan | - | - |", glpsol)

    def test_a_value_that_one_seed_never_reaches_has_no_ratio(self):
        runs = [run_of("carved", self.CARVED, seed=1), run_of("carved", self.CARVED[:2], seed=2), run_of("cbc", self.OTHER)]
        self.assertTrue(report.peers_table(runs).endswith("| 10.0 s | - | - |"))

    def test_other_regions_are_held_against_the_real_one_of_their_size(self):
        runs = [run_of("carved", self.CARVED, seed=1)] + [run_of("carved", [[1.0, value, 1000]], region=f"like-small-{value}", seed=1) for value in (900, 920)]
        self.assertEqual(report.others_table(runs).splitlines()[2:], ["| small | 5.00% | 9.00% (8.00% to 10.00%), 2 regions | 1.80 | - | - |"])

    def test_tables_go_between_the_marks_of_a_page(self):
        with tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "page.md")
            for text, done in (("before\n<!-- compare: begin -->\nold\n<!-- compare: end -->\nafter\n", True), ("no marks\n", False)):
                with open(page, "w") as file:
                    file.write(text)
                self.assertEqual(report.write_into(page, "new"), done)
                with open(page) as file:
                    self.assertEqual(file.read(), text.replace("old\n", "\nnew\n\n"))

    def test_the_plot_has_a_line_for_each_region_and_tool(self):
        runs = [run_of("carved", self.CARVED, seed=seed) for seed in (1, 2, 3)] + [run_of("cbc", self.OTHER), run_of("glpsol", [[1.0, None, 1300.0]])]
        root = xml.etree.ElementTree.fromstring(plot.gap_plot(runs + [run_of("carved", self.CARVED, region="large", seed=1)]))
        lines = root.findall("{http://www.w3.org/2000/svg}path")
        self.assertEqual(sorted(line[0].text for line in lines),
                         ["carved, large: 5.00%", "carved, small: 5.00%", "cbc, small: 27.27%", "glpsol, small: no plan"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
