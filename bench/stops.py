#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How soon a plan ends when it is cancelled, and how well it keeps its seconds, through the socket of a real daemon. Python's standard library only.

usage: bench/stops.py BUILD_FOLDER [--cancels N] [--deadlines N] [--seconds S] [--late S,S...] [REGION ...]      regions: small medium large where not said

Cancels: one run of each region tells when its phases begin; then N plans (50 where not said, shared out over the regions) are cancelled at moments that are
spread evenly over that run, S seconds of it at most (60). Of each: seconds from the request to the end of the plan, how much of them daemon
and solver computed (others may use the machine), and whether it kept what it had told.
Deadlines: N plans with 2 to 6 seconds; how far from these they ended, counted from the order. Prints every figure and the worst; ends with 1 where a plan was not what it must be.
Late: with a budget that reaches its first package soon and then never ends, cancels come at these seconds after the first package was told, in turn, and deadlines fall about there.
"""
import argparse
import gzip
import json
import math
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ENDLESS = {"gap-target": 0, "search-rounds": 100000000, "block-rounds": 1000000}
SOON = {"price-rounds": 4, **ENDLESS}
STEP = 0.6180339887498949  # multiples of it modulo 1 are spread evenly, however many there are


def start(daemon, **order):
    answer = daemon.request("POST", "/v1/plans", {"date": "2026-11-22", **order}, {"Prefer": "wait=0"})
    if answer.status != 202:
        sys.exit(answer.body)
    return answer.json["id"]


def look(daemon, plan):
    return daemon.request("GET", f"/v1/plans/{plan}?view=summary").json


def wait_until_ended(daemon, plan):
    while (ended := look(daemon, plan))["state"] == "running":
        time.sleep(0.005)
    return ended


def phases_of(daemon, seconds):
    """[(phase, when it was first seen)], from the order on (`waiting` until the solver has told of anything); and how long the run took."""
    plan, begun, phases = start(daemon, seconds=seconds), time.monotonic(), []
    while (now := look(daemon, plan))["state"] == "running":
        phase = now["progress"]["phase"]
        if phase not in [name for name, _ in phases]:
            phases.append((phase, time.monotonic() - begun))
        time.sleep(0.01)
    return phases, time.monotonic() - begun


def complaints(daemon, plan, told, ended):
    """What is wrong with a stopped plan; the daemon's checker has judged it, or it would have failed."""
    wrong = []
    if ended["state"] == "failed":
        return [f"failed: {ended['problem']['message']}"]
    if ended["value"] < told["value"]:
        wrong.append(f"value {ended['value']} after {told['value']} was told")
    if ended.get("bound") is not None and ended["bound"] < ended["value"]:
        wrong.append("bound below value")
    if told["bound"] is not None and (ended.get("bound") is None or ended["bound"] > told["bound"]):
        wrong.append(f"bound {ended.get('bound')} after {told['bound']} was told")
    whole = daemon.request("GET", f"/v1/plans/{plan}").json
    if sum(proposal["value"] for proposal in whole["proposals"]) != whole["value"] or len(whole["proposals"]) != whole["placed"]:
        wrong.append("value is not the sum of its proposals")
    return wrong


def ticks(pid, fields):
    try:
        with open(f"/proc/{pid}/stat") as file:
            values = file.read().rsplit(") ", 1)[1].split()
    except OSError:
        return 0
    return sum(int(values[field]) for field in fields)


OWN, CHILDREN = (11, 12), (13, 14)  # utime and stime; those of children that have ended


TICKS = os.sysconf("SC_CLK_TCK")


def cancel_at(daemon, moment):
    plan = start(daemon)
    time.sleep(moment)
    return cancel(daemon, plan)


def cancel(daemon, plan):
    before, solvers = look(daemon, plan), daemon.solver_pids()
    if before["state"] != "running":
        return None
    asked, own, children, living = time.monotonic(), ticks(daemon.pid(), OWN), ticks(daemon.pid(), CHILDREN), sum(ticks(pid, OWN) for pid in solvers)
    if daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"}).status != 202:
        return None
    ended = wait_until_ended(daemon, plan)
    taken = time.monotonic() - asked
    own, children = ticks(daemon.pid(), OWN) - own, ticks(daemon.pid(), CHILDREN) - children - living
    wrong = complaints(daemon, plan, before["progress"], ended)
    if ended["state"] != "cancelled":
        wrong.append(f"state {ended['state']}")
    computed = f"({children / TICKS:.2f} s computed by the solver, {own / TICKS:.2f} by the daemon)"
    return f"{before['progress']['phase']} {computed}", taken, ended, wrong


def wait_for_value(daemon, plan):
    while (now := look(daemon, plan))["state"] == "running" and now["progress"]["value"] == 0:
        time.sleep(0.02)


def cancel_late(daemon, moment):
    """As cancel_at, counted from the first package that was told; and how long that took."""
    plan, begun = start(daemon, budget=SOON), time.monotonic()
    wait_for_value(daemon, plan)
    first = time.monotonic() - begun
    time.sleep(moment)
    return cancel(daemon, plan), first


def keep_seconds(daemon, seconds, budget=ENDLESS):
    plan = start(daemon, seconds=seconds, budget=budget)
    told, begun = {"value": 0, "bound": None, "phase": "waiting"}, time.monotonic()
    while (now := look(daemon, plan))["state"] == "running":
        told = now["progress"]
        time.sleep(0.005)
    taken = time.monotonic() - begun
    wrong = complaints(daemon, plan, told, now)
    if now["state"] == "done" and now["endedBy"] not in ("time", "gap"):
        wrong.append(f"ended by {now['endedBy']}")
    return told["phase"], taken, now, wrong


def load():
    return os.getloadavg()[0]


def tell(kind, region, moment, figure, phase, ended, wrong):
    value = ended.get("value", 0)
    print(f"  {kind} {region:8} {moment:6.2f} s  {figure:+7.3f} s in {phase:33}  value {value:>10}, {ended.get('placed', 0)} placed  load {load():.1f}  {'; '.join(wrong)}", flush=True)


def summary(kind, figures):
    if not figures:
        return
    inside = sorted(abs(figure) for _, figure in figures)
    limit = 1.0 if kind == "cancel" else 0.5
    phases = {phase: max(figure for name, figure in figures if name == phase) for phase, _ in figures}
    print(f"{kind}: {sum(figure <= limit for figure in inside)} of {len(inside)} within {limit} s; median {inside[len(inside) // 2]:.3f}, worst {inside[-1]:.3f}; "
          f"worst by phase: {', '.join(f'{phase} {worst:.3f}' for phase, worst in phases.items())}", flush=True)


def open_region(daemon, name):
    with gzip.open(region(name)) as file:
        answer = daemon.request("POST", "/v1/imports", file.read(), {"Content-Type": "application/x-ndjson"}, timeout=600)
    if answer.status != 200:
        sys.exit(answer.body)


class Tally:
    def __init__(self):
        self.cancels, self.deadlines, self.wrong = [], [], 0

    def add_cancel(self, region, moment, stopped):
        if stopped is None:
            print(f"  cancel {region:8} {moment:6.2f} s: it had ended before", flush=True)
            return
        phase, taken, ended, complaint = stopped
        tell("cancel", region, moment, taken, phase, ended, complaint)
        self.cancels.append((phase.split(" (")[0], taken))
        self.wrong += bool(complaint)

    def add_deadline(self, region, seconds, kept):
        phase, taken, ended, complaint = kept
        tell("deadline", region, seconds, taken - seconds, phase, ended, complaint)
        if ended.get("endedBy") == "time" or ended["state"] == "failed":
            self.deadlines.append((phase, taken - seconds))
        self.wrong += bool(complaint)


def stop_anywhere(daemon, name, tally, given, cancels, deadlines):
    if cancels:
        phases, length = phases_of(daemon, given.seconds)
        print(f"{name}: {length:.1f} s; {', '.join(f'{phase} from {when:.1f}' for phase, when in phases)}", flush=True)
    for i in range(cancels):
        moment = (i * STEP % 1) * length
        tally.add_cancel(name, moment, cancel_at(daemon, moment))
    for i in range(deadlines):
        tally.add_deadline(name, 2 + i % 5, keep_seconds(daemon, 2 + i % 5))


def stop_late(daemon, name, tally, given, cancels, deadlines):
    first = 0
    for i in range(max(cancels, 1)):
        moment = given.late[i % len(given.late)]
        stopped, first = cancel_late(daemon, moment)
        tally.add_cancel(name, moment, stopped)
    for i in range(deadlines):
        seconds = math.ceil(first + given.late[i % len(given.late)])
        tally.add_deadline(name, seconds, keep_seconds(daemon, seconds, SOON))


def main(given):
    tally, stop = Tally(), stop_late if given.late else stop_anywhere
    for at, name in enumerate(given.regions):
        with Daemon() as daemon:
            open_region(daemon, name)
            cancels = given.cancels * (at + 1) // len(given.regions) - given.cancels * at // len(given.regions)
            deadlines = given.deadlines * (at + 1) // len(given.regions) - given.deadlines * at // len(given.regions)
            stop(daemon, name, tally, given, cancels, deadlines)
    summary("cancel", tally.cancels)
    summary("deadline", tally.deadlines)
    print(f"plans that were not what they must be: {tally.wrong}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--cancels", type=int, default=50)
    parser.add_argument("--deadlines", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--late", type=lambda text: [float(moment) for moment in text.split(",")])
    parser.add_argument("regions", nargs="*", default=["small", "medium", "large"])
    arguments = parser.parse_intermixed_args()
    os.environ.setdefault("CARVED_SHARED_DIR", os.path.join(HERE, "../../shared"))
    os.environ.update(CARVED_BINARY_DIR=os.path.abspath(arguments.build), CARVED_SOURCE_DIR=os.path.dirname(HERE))
    sys.path.insert(0, os.path.join(HERE, "../tests/integration"))
    sys.dont_write_bytecode = True
    from harness import Daemon, region

    sys.exit(main(arguments))
