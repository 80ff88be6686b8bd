#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""bench/warm.py BUILD [REGION] [--check-plan FILE] [--max-changes N]...: what a second plan after small changes costs, through the daemon. Plans the region from
nothing, changes one candidate in a hundred (a third of them comes, a third goes, a third has fewer hours), plans from the first plan until its gap is about the first one's (a twentieth above: what a request that says nothing asks for),
and with each --max-changes. Seconds are processor seconds of the solvers, which is what tells on a machine that others use too. Differences are counted here, from the
documents of both plans; with --check-plan (the project's independent check of plans) each plan is checked against the documents as they are then."""
import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("build", help="folder of a release build")
parser.add_argument("region", nargs="?", default="large")
parser.add_argument("--check-plan")
parser.add_argument("--max-changes", type=int, action="append", default=[])
parser.add_argument("--seconds", type=int, default=3000, help="wall time of one plan at most")
arguments = parser.parse_args()
os.environ["CARVED_BINARY_DIR"] = os.path.abspath(arguments.build)
os.environ["CARVED_SOURCE_DIR"] = os.path.dirname(HERE)
os.environ.setdefault("CARVED_SHARED_DIR", os.path.join(os.path.dirname(HERE), "../shared"))
sys.path.insert(0, os.path.join(HERE, "../tests/integration"))
import harness  # noqa: E402

CONFIG = f"plans:\n  seconds: {arguments.seconds}\n  seconds-max: {arguments.seconds}\n"


def solver_seconds(daemon):
    """Processor time of the daemon's children that have ended."""
    fields = open(f"/proc/{daemon.pid()}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def package(proposal):
    return proposal["site"], proposal["kind"], sorted(
        (slot.get("job", ""), slot.get("vacancy", ""), slot["task"], slot.get("part", ""), slot["hours"]) for slot in proposal["slots"])


def packages(plan):
    return {proposal["candidate"]: package(proposal) for proposal in plan["proposals"]}


def differing(a, b):
    a, b = packages(a), packages(b)
    return {person for person in {*a, *b} if a.get(person) != b.get(person)}


def check(documents, plan):
    if not arguments.check_plan:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        region, file = os.path.join(folder, "region.ndjson"), os.path.join(folder, "plan.json")
        with open(region, "w") as out:
            out.writelines(json.dumps(document) + "\n" for document in documents.values())
        with open(file, "w") as out:
            json.dump(plan, out)
        done = subprocess.run([sys.executable, arguments.check_plan, region, file], capture_output=True, text=True)
    return f", check_plan.py: {'right' if done.returncode == 0 else 'WRONG ' + (done.stdout + done.stderr)[-400:]}"


def plan(daemon, documents, name, **order):
    before, begun = solver_seconds(daemon), time.monotonic()
    answer = daemon.request("POST", "/v1/plans", order)
    assert answer.status == 202, answer.body
    daemon.wait_for_plan(answer.json["id"], 10 * arguments.seconds)
    made = daemon.request("GET", f"/v1/plans/{answer.json['id']}").json
    assert made["state"] == "done", {key: made[key] for key in made if key not in ("proposals", "certificate")}
    print(f"{name}: {solver_seconds(daemon) - before:.1f} s of processor ({time.monotonic() - begun:.0f} s on the clock), value {made['value']}, bound {made['bound']}, "
          f"gap {100 * made['gap']:.3f} %, placed {made['placed']}, ended by {made['endedBy']}{check(documents, made)}", flush=True)
    return made


def change(daemon, documents, late, going, less):
    for ref in going:
        assert daemon.request("DELETE", f"/v1/candidates/{ref}").status == 204
        del documents["candidate", ref]
    for ref in less:
        document = documents["candidate", ref]
        hours = document["hours"]
        hours["max"] = max(hours["min"], hours["max"] - 4)
    for ref, document in [*late.items(), *((ref, documents["candidate", ref]) for ref in less)]:
        documents["candidate", ref] = document
        assert daemon.request("PUT", f"/v1/candidates/{ref}", document).status in (200, 201)


def main():
    lines = gzip.open(harness.region(arguments.region), "rt").read().splitlines()
    documents = {(document["kind"], document["ref"]): document for document in map(json.loads, filter(None, lines))}
    people = sorted(ref for kind, ref in documents if kind == "candidate")
    chosen = random.Random(1).sample(people, max(3, len(people) // 100))
    third = len(chosen) // 3
    late = {ref: documents.pop(("candidate", ref)) for ref in chosen[:third]}
    going, less = chosen[third:2 * third], chosen[2 * third:]
    with harness.Daemon(CONFIG) as daemon:
        body = "".join(json.dumps(document) + "\n" for document in documents.values())
        assert daemon.request("POST", "/v1/imports", body, {"Content-Type": "application/x-ndjson"}).status == 200
        first = plan(daemon, documents, "from nothing")
        change(daemon, documents, late, going, less)
        print(f"changed: {len(late)} came, {len(going)} went, {len(less)} have fewer hours")
        second = plan(daemon, documents, f"from {first['id']}", **{"from": first["id"]})
        print(f"  {len(differing(first, second))} people have something else; the plan says {second['different']}, of whom {second['hadTo']} had to")
        for most in arguments.max_changes:
            near = plan(daemon, documents, f"from {first['id']}, at most {most} changes", **{"from": first["id"], "maxChanges": most})
            print(f"  {len(differing(first, near))} people have something else; the plan says {near['different']}, of whom {near['hadTo']} had to")


main()
