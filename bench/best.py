#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Recommendations for 300 people of a region through the socket of a real daemon: time, validity, difference, memory. Python's standard library.

usage: bench/best.py BUILD_FOLDER [REGION ...]      regions: medium, large, xlarge (of ../shared/regions); medium and large after a plan

Every package is judged by ../shared/tools/check_plan.py, which shares nothing with carved, as if they all were one plan (what couples packages is left out).
"""
import gzip
import json
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PEOPLE, LIMIT = 300, 3
PLANNED = {"medium": True, "large": True}
BUDGET = {"price-rounds": 2, "search-rounds": 1, "block-rounds": 1, "site-nodes": 0}  # enough for prices and proposals
COUPLED = ("one: second package", "slot twice", "supply")  # what a single package can't break, or breaks by standing beside another one of the person


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1e3


def pieces(package):
    return {(slot.get("job", slot.get("vacancy")), slot["task"], slot.get("part")): slot["hours"] for slot in package["slots"]}


def are_different(a, b):
    x, y = pieces(a), pieces(b)
    return a["site"] != b["site"] or 2 * sum(min(hours, y.get(key, 0)) for key, hours in x.items()) < min(a["hours"], b["hours"])


def violations(region_path, packages, date):
    """What the independent check has against single packages; None where it is not there."""
    tool = os.path.join(SHARED, "tools/check_plan.py")
    if not os.path.exists(tool):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".json") as plan, open(tool) as source, open(os.devnull, "w") as nowhere:
        json.dump({"proposals": packages, "value": 0}, plan)
        plan.flush()
        text = source.read().replace("n = options(c)", "n = memo(c)")
        known, scope = {}, {"__name__": "check", "__file__": tool}
        scope["memo"] = lambda c: known[c["ref"]] if c["ref"] in known else known.setdefault(c["ref"], scope["options"](c))
        arguments, output = sys.argv, sys.stdout
        sys.argv, sys.stdout = [tool, region_path, plan.name, "--date", date], nowhere
        try:
            exec(compile(text, tool, "exec"), scope)
        except SystemExit:
            pass
        finally:
            sys.argv, sys.stdout = arguments, output
    return [line for line in scope["bad"] if "@" in line.split(" ")[0] and not any(name in line for name in COUPLED)]


def memory_mb(daemon, field):
    with open(f"/proc/{daemon.pid()}/status") as status:
        return int(next(line for line in status if line.startswith(field)).split()[1]) / 1000


def refs_of(daemon):
    refs, cursor = [], ""
    while cursor is not None:
        page = daemon.request("GET", f"/v1/candidates?limit=1000{cursor}").json
        refs += [item["ref"] for item in page["items"]]
        cursor = page["next"] and "&cursor=" + page["next"]
    return refs


def ask(daemon, refs):
    connection, times, answers = UnixConnection(daemon.socket), [], []
    for ref in refs:
        begun = time.monotonic()
        connection.request("GET", f"/v1/candidates/{ref}/recommendations?limit={LIMIT}")
        response = connection.getresponse()
        body = response.read()
        times.append(time.monotonic() - begun)
        if response.status != 200:
            sys.exit(f"{ref}: {response.status} {body.decode()}")
        answers.append(json.loads(body))
    connection.close()
    return times, answers


def report(name, first, times, answers, wrong, daemon):
    packages = [package for answer in answers for package in answer["items"]]
    pairs = [are_different(a, b) for answer in answers for i, a in enumerate(answer["items"]) for b in answer["items"][:i]]
    print(f"{name}: {len(answers)} people, plan {answers[0]['plan'] or '-'}")
    print(f"  time         first {first * 1e3:.0f} ms (compiles the region); then median {percentile(times, .5):.1f} ms, "
          f"p99 {percentile(times, .99):.1f} ms, longest {max(times) * 1e3:.1f} ms")
    valid = "not checked: no ../shared/tools" if wrong is None else f"{len(packages) - len({line.split(' ')[0] for line in wrong})} valid"
    print(f"  packages     {len(packages)}; {valid}; {sum(not package['exact'] for package in packages)} not proven to be the best of their rank, "
          f"{sum(not answer['items'][0]['exact'] for answer in answers if answer['items'])} of the first")
    print(f"  pairs        {len(pairs)}, {sum(pairs)} different as defined")
    print(f"  without any  {sum(not answer['items'] for answer in answers)}")
    if answers[0]["plan"]:
        displaced = [package["displaces"] for package in packages]
        print(f"  displaces    nobody {sum(d['people'] == 0 for d in displaced)}, one {sum(d['people'] == 1 for d in displaced)}, "
              f"more {sum(d['people'] > 1 for d in displaced)}; {sum(not d['exact'] for d in displaced)} not proven to be the least")
    print(f"  memory       {memory_mb(daemon, 'VmRSS'):.0f} MB, at most {memory_mb(daemon, 'VmHWM'):.0f} MB", flush=True)
    for line in (wrong or [])[:5]:
        print("  WRONG", line)
    return all(pairs) and not wrong


def run(name):
    path = region(name)
    with Daemon() as daemon:
        with gzip.open(path) as file:
            answer = daemon.request("POST", "/v1/imports", file.read(), {"Content-Type": "application/x-ndjson"}, timeout=600)
        if answer.status != 200:
            sys.exit(answer.body)
        if PLANNED.get(name):
            order = {"budget": BUDGET, "seconds": 300}
            answer = daemon.request("POST", "/v1/plans", order, {"Prefer": "wait=0"}).json
            daemon.wait_for_plan(answer["id"], 600)
        refs = refs_of(daemon)
        refs = refs[:: max(1, len(refs) // PEOPLE)][:PEOPLE]
        (first,), _ = ask(daemon, refs[:1])
        times, answers = ask(daemon, refs)
        packages = [package for answer in answers for package in answer["items"]]
        return report(name, first, times, answers, violations(path, packages, answers[0]["date"]), daemon)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    SHARED = os.environ.setdefault("CARVED_SHARED_DIR", os.path.join(HERE, "../../shared"))
    os.environ.update(CARVED_BINARY_DIR=os.path.abspath(sys.argv[1]), CARVED_SOURCE_DIR=os.path.dirname(HERE))
    sys.path.insert(0, os.path.join(HERE, "../tests/integration"))
    sys.dont_write_bytecode = True
    from harness import Daemon, UnixConnection, region

    results = [run(name) for name in sys.argv[2:] or ("medium", "large", "xlarge")]
    sys.exit(0 if all(results) else 1)
