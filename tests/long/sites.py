#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Solves the integer program of single sites by another solver, and holds the trees of a plan's certificate against it. Python's standard library only.

usage: tests/long/sites.py BUILD_FOLDER [--every N] [--seconds S] [--solver cbc] [--budget NAME=N,...] REGION

The tree of a site must never be below what the site can hold; how far it is above is told. S seconds for each site (60 where not said): a solver that is not
done by then tells what it has found and proven. Ends with 1 where a tree is below a solution.
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SLACK = 0.01  # points: the program is solved in floating point


def solve(peer, program, seconds, folder):
    """(best solution, proven bound), points; None where there is none."""
    value = bound = None
    run = subprocess.run(peer.command(program, seconds, os.path.join(folder, "solution"), "wall"), capture_output=True, text=True)
    done = "Optimal solution found" in run.stdout or "INTEGER OPTIMAL SOLUTION FOUND" in run.stdout
    for line in run.stdout.splitlines():
        found, proven = peer.read(line)
        value = found if found is not None else value
        bound = proven if proven is not None else bound
    return value, value if done else bound


def main(given):
    peer = next(peer for peer in peers.PEERS if peer.name == given.solver)
    if not peer.find():
        sys.exit(f"{peer.name} is not installed: {peer.package}")
    below = sites = exact = 0
    trees = optima = open_trees = 0.0
    with tempfile.TemporaryDirectory(prefix="carved-sites-") as folder:
        budget = ["--" + setting for setting in given.budget.split(",") if setting]
        program = os.path.join(given.build, "tests/long/carved-long-sites")
        run = subprocess.run([program, f"--every={given.every}", *budget, given.region, folder], capture_output=True, text=True)
        if run.returncode:
            sys.exit(run.stdout + run.stderr)
        for line in run.stdout.splitlines():
            words = line.split()
            if words[0] != "site":
                print(line, flush=True)
                continue
            number, people, tree = words[1], int(words[3]), float(words[7])
            value, bound = (0.0, 0.0) if people == 0 else solve(peer, os.path.join(folder, number + ".lp"), given.seconds, folder)
            wrong = value is not None and value > tree + SLACK
            done = value is not None and bound is not None and bound - value < 1
            print(f"site {number:>4}: {people:3} people, tree {tree:12.2f}, {peer.name} {value if value is not None else float('nan'):12.2f}"
                  f"{'' if done else f', proven {bound}'}{'  BELOW' if wrong else ''}", flush=True)
            below += wrong
            sites += 1
            exact += done
            if done:
                trees, optima = trees + tree, optima + value
            else:
                open_trees += tree
    print(f"{given.region}: {sites} sites, {exact} solved: trees {trees:.0f} together, optima {optima:.0f}; trees below a solution: {below}")
    return 1 if below else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--solver", default="cbc", choices=["cbc", "glpsol"])
    parser.add_argument("--budget", default="")
    parser.add_argument("region")
    sys.path.insert(0, os.path.join(HERE, "../../bench"))
    sys.dont_write_bytecode = True
    import peers

    sys.exit(main(parser.parse_args()))
