# SPDX-License-Identifier: EUPL-1.2
"""The solvers that bench/compare.py measures carved against, each with its own settings: how to call it, and how to read what it says on the way.

`clock` is what their seconds are: "wall" or "processor". A tool that can't count processor seconds gets a limit out of reach, and compare.py ends it.

All of them minimise the negative of a plan's value. A reader gets a line of output and returns what it says of (value, bound), points, None where it says nothing.
"""
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
NUMBER = r"([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)"


def negative(text):
    return None if text in ("-", "-inf", "inf", "+inf") else -float(text)


def count_placed(pairs):
    """Packages among (column, value): s and w are 1."""
    return sum(1 for name, value in pairs if name[0] in "sw" and value > 0.5)


class Glpsol:
    """GLPK's branch and bound, as installed with glpk-utils."""
    name, package = "glpsol", "glpk-utils"
    counts_processor = False

    def find(self):
        return shutil.which("glpsol")

    def version(self):
        return first_line(["glpsol", "--version"]).split()[-1]

    def command(self, program, seconds, solution, clock):
        return ["glpsol", "--lp", program, "--tmlim", str(seconds if clock == "wall" else 100 * seconds), "-o", solution]

    def read(self, line):
        found = re.match(rf"\+ *\d+: (?:>>>>> +{NUMBER}|mip = +(?:{NUMBER}|not found yet)) >= +({NUMBER}|-inf|tree is empty)", line)
        if not found:
            return None, None
        value = found[1] or found[2]
        bound = None if found[3].startswith("t") else negative(found[3])
        if found[3].startswith("t") and value:
            bound = negative(value)
        return value and negative(value), bound

    def placed(self, solution, output):
        columns = open(solution).read().split("Column name")[-1]
        return count_placed((name, float(value)) for name, value in re.findall(rf"^ *\d+ (\S+) +\*? +{NUMBER}", columns, re.M))


class Cbc:
    """COIN-OR's branch and cut, as installed with coinor-cbc."""
    name, package = "cbc", "coinor-cbc"
    counts_processor = True

    def find(self):
        return shutil.which("cbc")

    def version(self):
        found = re.search(r"Version: (\S+)", subprocess.run(["cbc", "-stop"], capture_output=True, text=True).stdout)
        return found[1] if found else "?"

    def command(self, program, seconds, solution, clock):
        line = ["cbc", program, "-timeMode", "elapsed" if clock == "wall" else "cpu", "-seconds", str(seconds), "-solve", "-solution", solution]
        return (["stdbuf", "-oL"] if shutil.which("stdbuf") else []) + line

    def read(self, line):
        found = re.match(rf"Continuous objective value is {NUMBER}", line)
        if found:
            return None, negative(found[1])
        found = re.match(rf"Cbc0013I At root node, .* changed objective from {NUMBER} to {NUMBER} in", line)
        if found:
            return None, negative(found[2])
        found = re.match(rf"Cbc0010I After .*, {NUMBER} best solution, best possible {NUMBER}", line)
        if found:
            return (None if abs(float(found[1])) > 1e40 else negative(found[1])), negative(found[2])
        found = re.match(rf"Cbc00(?:04|12|16)I Integer solution of {NUMBER} found", line) or re.match(rf"Objective value: +{NUMBER}", line)
        if found:
            return negative(found[1]), None
        found = re.match(rf"Lower bound: +{NUMBER}", line)
        return (None, negative(found[1])) if found else (None, None)

    def placed(self, solution, output):
        pairs = re.findall(rf"^[ *]*\d+ (\S+) +{NUMBER}", open(solution).read(), re.M)
        return count_placed((name, float(value)) for name, value in pairs)


class Highs:
    """HiGHS in the WebAssembly build of npm, run by node: one thread, 32-bit memory."""
    name, package = "highs", "the npm package highs (bench/install_highs.sh)"
    counts_processor = True
    modules = None

    def find(self):
        run = subprocess.run([os.path.join(HERE, "install_highs.sh")], stdout=subprocess.PIPE, text=True)
        self.modules = run.stdout.strip() if run.returncode == 0 else None
        return self.modules

    def version(self):
        return open(os.path.join(self.modules, "..", "version")).read().strip() + " wasm"

    def command(self, program, seconds, solution, clock):
        return ["node", os.path.join(HERE, "highs.cjs"), self.modules, program, str(seconds), clock]

    def read(self, line):
        found = re.match(rf"(?:PROGRESS|END \S+) ({NUMBER}|-) ({NUMBER}|-)", line)
        if not found:
            return None, None
        return negative(found[1]), negative(found[3])

    def placed(self, solution, output):
        found = re.search(r"^END \S+ \S+ \S+ (\d+)", output, re.M)
        return int(found[1]) if found else 0


def first_line(command):
    return (subprocess.run(command, capture_output=True, text=True).stdout.splitlines() or ["?"])[0]


PEERS = [Glpsol(), Cbc(), Highs()]
