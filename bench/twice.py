#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""The same order twice, with one thread and with two: are the plans the same, byte for byte, certificates and all? Through a real daemon; Python's standard library only.

usage: bench/twice.py BUILD_FOLDER [--threads A,B] [--budget NAME=N,...] [REGION ...]      regions: small medium large xlarge where not said

Left out of the comparison: ids, times, and the setting `threads` itself. The budget is the default where not said; large regions are quick with
--budget price-rounds=4,search-rounds=2,block-rounds=2. Ends with 1 where two plans differ.
"""
import argparse
import gzip
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = ("id", "created", "ended", "createdBy", "progress", "plan", "decided", "links")


def strip(value):
    """Without what belongs to this run alone."""
    if isinstance(value, dict):
        return {name: strip(part) for name, part in value.items() if name not in OWN and name != "threads"}
    return [strip(part) for part in value] if isinstance(value, list) else value


def make(daemon, budget, threads):
    order = {"date": "2026-11-22", "seed": 1, "seconds": 3600, "budget": {**budget, "threads": threads}}
    answer = daemon.request("POST", "/v1/plans", order, {"Prefer": "wait=0"})
    if answer.status != 202:
        sys.exit(answer.body)
    begun = time.monotonic()
    ended = daemon.wait_for_plan(answer.json["id"], 3600)
    if ended["state"] != "done" or ended["endedBy"] == "time":
        sys.exit(f"{ended['state']}: {ended.get('problem') or ended['endedBy']}")
    plan = daemon.request("GET", f"/v1/plans/{answer.json['id']}").json
    return json.dumps(strip(plan), sort_keys=True), ended, time.monotonic() - begun


def first_difference(a, b):
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"at byte {at} of {len(a)}: ...{a[max(0, at - 60):at + 40]} | ...{b[max(0, at - 60):at + 40]}"


def main(given):
    budget = dict((name, int(number)) for name, number in (pair.split("=") for pair in given.budget.split(",") if pair))
    same = True
    for name in given.regions:
        with Daemon() as daemon:
            with gzip.open(region(name)) as file:
                answer = daemon.request("POST", "/v1/imports", file.read(), {"Content-Type": "application/x-ndjson"}, timeout=600)
            if answer.status != 200:
                sys.exit(answer.body)
            texts = []
            for threads in map(int, given.threads.split(",")):
                text, ended, seconds = make(daemon, budget, threads)
                texts.append(text)
                print(f"{name}: {threads} threads, {seconds:.1f} s, value {ended['value']}, bound {ended['bound']}, ended by {ended['endedBy']}, "
                      f"{len(text)} bytes {'the same' if text == texts[0] else 'DIFFERENT'}", flush=True)
                if text != texts[0]:
                    print("  ", first_difference(texts[0], text), flush=True)
                    same = False
    return 0 if same else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build")
    parser.add_argument("--threads", default="1,2,2")
    parser.add_argument("--budget", default="")
    parser.add_argument("regions", nargs="*", default=["small", "medium", "large", "xlarge"])
    arguments = parser.parse_intermixed_args()
    os.environ.setdefault("CARVED_SHARED_DIR", os.path.join(HERE, "../../shared"))
    os.environ.update(CARVED_BINARY_DIR=os.path.abspath(arguments.build), CARVED_SOURCE_DIR=os.path.dirname(HERE))
    sys.path.insert(0, os.path.join(HERE, "../tests/integration"))
    sys.dont_write_bytecode = True
    from harness import Daemon, region

    sys.exit(main(arguments))
