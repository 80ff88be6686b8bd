#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How soon a plan ends when it is cancelled, and how well it keeps its seconds, through the socket of a real daemon. Python's standard library only.

usage: bench/stops.py BUILD_FOLDER [--cancels N] [--deadlines N] [--seconds S] [REGION ...]      regions: small medium large where not said

Cancels: one run of each region tells when its phases begin; then N plans (50 where not said, shared out over the regions) are cancelled at moments that are
spread evenly over that run, S seconds of it at most (60). Of each: seconds from the request to the end of the plan, how much of them daemon
and solver computed (others may use the machine), and whether it kept what it had told.
Deadlines: N plans with 2 to 6 seconds; how far from these they ended, counted from the order. Prints every figure and the worst; ends with 1 where a plan was not what it must be.
"""
import argparse
import gzip
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ENDLESS = {"gap-target": 0, "search-rounds": 100000000, "block-rounds": 1000000}
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


def processor_ticks(daemon, solvers):
    """Of the daemon, of solvers that have ended, and of these."""
    return ticks(daemon.pid(), OWN + CHILDREN) + sum(ticks(pid, OWN) for pid in solvers)


def cancel_at(daemon, moment):
    plan = start(daemon)
    time.sleep(moment)
    before = look(daemon, plan)
    if before["state"] != "running":
        return None
    asked, computed = time.monotonic(), processor_ticks(daemon, daemon.solver_pids())
    if daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"}).status != 202:
        return None
    ended = wait_until_ended(daemon, plan)
    taken = time.monotonic() - asked
    computed = processor_ticks(daemon, daemon.solver_pids()) - computed
    wrong = complaints(daemon, plan, before["progress"], ended)
    if ended["state"] != "cancelled":
        wrong.append(f"state {ended['state']}")
    return before["progress"]["phase"], taken, computed / os.sysconf("SC_CLK_TCK"), ended, wrong


def keep_seconds(daemon, seconds):
    plan = start(daemon, seconds=seconds, budget=ENDLESS)
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
    print(f"  {kind} {region:8} {moment:6.2f} s  {figure:+7.3f} s in {phase:33}  value {value:>10}  load {load():.1f}  {'; '.join(wrong)}", flush=True)


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


def main(given):
    cancels, deadlines, wrong = [], [], 0
    for at, name in enumerate(given.regions):
        with Daemon() as daemon:
            open_region(daemon, name)
            own_cancels = given.cancels * (at + 1) // len(given.regions) - given.cancels * at // len(given.regions)
            own_deadlines = given.deadlines * (at + 1) // len(given.regions) - given.deadlines * at // len(given.regions)
            if own_cancels:
                phases, length = phases_of(daemon, given.seconds)
                print(f"{name}: {length:.1f} s; {', '.join(f'{phase} from {when:.1f}' for phase, when in phases)}", flush=True)
            for i in range(own_cancels):
                moment = (i * STEP % 1) * length
                stopped = cancel_at(daemon, moment)
                if stopped is None:
                    print(f"  cancel {name:8} {moment:6.2f} s: it had ended before", flush=True)
                    continue
                phase, taken, computed, ended, complaint = stopped
                tell("cancel", name, moment, taken, f"{phase} ({computed:.2f} s computed)", ended, complaint)
                cancels.append((phase, taken))
                wrong += bool(complaint)
            for i in range(own_deadlines):
                seconds = 2 + i % 5
                phase, taken, ended, complaint = keep_seconds(daemon, seconds)
                tell("deadline", name, seconds, taken - seconds, phase, ended, complaint)
                if ended.get("endedBy") == "time" or ended["state"] == "failed":
                    deadlines.append((phase, taken - seconds))
                wrong += bool(complaint)
    summary("cancel", cancels)
    summary("deadline", deadlines)
    print(f"plans that were not what they must be: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--cancels", type=int, default=50)
    parser.add_argument("--deadlines", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("regions", nargs="*", default=["small", "medium", "large"])
    arguments = parser.parse_intermixed_args()
    os.environ.setdefault("CARVED_SHARED_DIR", os.path.join(HERE, "../../shared"))
    os.environ.update(CARVED_BINARY_DIR=os.path.abspath(arguments.build), CARVED_SOURCE_DIR=os.path.dirname(HERE))
    sys.path.insert(0, os.path.join(HERE, "../tests/integration"))
    sys.dont_write_bytecode = True
    from harness import Daemon, region

    sys.exit(main(arguments))
