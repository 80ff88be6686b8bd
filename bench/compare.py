#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""carved beside glpsol, CBC and HiGHS: time, value, bound, gap, memory, and how soon each has what the others have at the end. Python's standard library.

usage: bench/compare.py BUILD_FOLDER [options]          BUILD_FOLDER: build/release
  --regions LIST       small,medium,large,xlarge of ../shared/regions; made-SIZE-SEED (bench/make_region.py draws it), like-SIZE-SEED
                       (another draw of that one of ../shared/regions); or paths                                                    (all four)
  --only WHO           carved, peers, or names of tools: glpsol,cbc,highs                                                          (everybody)
  --peer-regions LIST  regions that the peers get as one mixed-integer program                                              (small,medium)
  --clock WHICH        wall or processor: what seconds are. On a machine that others use too, only processor seconds say how long a tool takes: those of all its
                       threads added up, so that two threads gain nothing                                                                             (wall)
  --seconds N          for each run of a peer, and for carved on those regions                                                        (120)
  --carved-seconds N   for carved on the other regions                                                                                (300)
  --seeds A..B         of carved                                                                                                     (1..5)
  --nice N             of what is run                                                                                                   (0)
  --write-docs         puts the tables into docs/benchmarks.md and the plot beside it
  --out FOLDER         results.json (runs there that are not made again stay), programs, plans and gap.svg          (BUILD_FOLDER/compare)

The peers get the program of bench/one_piece.c: the same rules and the same value, but for the two roundings down of each package (less than two points each).
All settings are those that carved and its peers have by themselves, the same for every region. What is absent is said, and the rest goes on.
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
import plot  # noqa: E402
import report  # noqa: E402
from peers import PEERS  # noqa: E402

GRACE = 60  # seconds after its limit; then a tool is ended


def say(text):
    print(text, flush=True)


def read_options():
    parser = argparse.ArgumentParser(usage=__doc__[__doc__.index("usage:") + 7:], add_help=True)
    parser.add_argument("build")
    parser.add_argument("--regions", default="small,medium,large,xlarge")
    parser.add_argument("--only", default="carved,peers")
    parser.add_argument("--peer-regions", default="small,medium")
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--carved-seconds", type=int, default=300)
    parser.add_argument("--seeds", default="1..5")
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--write-docs", action="store_true")
    parser.add_argument("--out")
    options = parser.parse_args()
    if not re.fullmatch(r"\d+(\.\.\d+)?", options.seeds):
        parser.error("--seeds: A or A..B")
    options.build = os.path.abspath(options.build)
    options.out = os.path.abspath(options.out or os.path.join(options.build, "compare"))
    only = options.only.split(",")
    options.carved = "carved" in only
    options.peers = [peer for peer in PEERS if "peers" in only or peer.name in only]
    return options


def build(options):
    """carved-bench and carved-one-piece, as the build folder is set up."""
    command = ["cmake", "--build", options.build, "--target", "carved-bench", "carved-one-piece"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}\n{' '.join(command)} failed; is {options.build} a build folder (cmake --preset release)?")


def processor_seconds(pid):
    """Of a process with all its threads so far; None where it has ended."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory_kb(pid):
    """Of a process so far; 0 where it has ended. (What wait4 says is never below what this program had when it started the other.)"""
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM")), 0)
    except OSError:
        return 0


class Watch:
    """A command while it runs: hands on its lines with the seconds of the clock asked for, and ends it where it goes beyond `most` of them."""

    def __init__(self, command, most, options, on_line):
        self.begun, self.load = time.monotonic(), os.getloadavg()[0]
        self.lines, self.on_line, self.last, self.ended, self.done = [], on_line, 0.0, False, threading.Event()
        self.memory_kb = 0
        self.by_processor = options.clock == "processor"
        self.process = subprocess.Popen(["nice", "-n", str(options.nice)] + command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        threads = [threading.Thread(target=self.listen), threading.Thread(target=self.limit, args=(most,))]
        for thread in threads:
            thread.start()
        _, self.status, usage = os.wait4(self.process.pid, 0)
        taken = time.monotonic() - self.begun
        self.done.set()
        for thread in threads:
            thread.join()
        self.process.stdout.close()
        self.process.returncode = self.status
        self.figures = {"seconds": round(taken, 2), "processor": round(usage.ru_utime + usage.ru_stime, 2), "memoryMB": self.memory_kb // 1024,
                        "load": round(max(self.load, os.getloadavg()[0]), 1)}
        self.output = "".join(self.lines)

    def now(self):
        if self.by_processor:
            self.last = processor_seconds(self.process.pid) or self.last
            return self.last
        return time.monotonic() - self.begun

    def listen(self):
        for line in self.process.stdout:
            self.lines.append(line)
            self.on_line(self.now(), line.strip())

    def limit(self, most):
        while not self.done.wait(0.25):
            self.memory_kb = max(self.memory_kb, peak_memory_kb(self.process.pid))
            if self.now() > most and not self.ended:
                self.ended = True
                self.process.kill()


class Best:
    """The best value and bound so far, with the time of each step."""

    def __init__(self):
        self.value = self.bound = None
        self.steps = []  # [seconds, value, bound]

    def add(self, seconds, value, bound):
        better = value is not None and (self.value is None or value > self.value + 0.5)  # the same with more digits is no step
        tighter = bound is not None and (self.bound is None or bound < self.bound - 0.5)
        self.value = value if better else self.value
        self.bound = bound if tighter else self.bound
        if better or tighter:
            self.steps.append([round(seconds, 3), self.value, self.bound])


def run_peer(peer, region, program, options):
    best, solution = Best(), os.path.join(options.out, f"{region}-{peer.name}.solution")
    if os.path.exists(solution):
        os.remove(solution)
    grace = GRACE if options.clock == "wall" or peer.counts_processor else 0
    watch = Watch(peer.command(program, options.seconds, solution, options.clock), options.seconds + grace, options,
                  lambda seconds, line: best.add(seconds, *peer.read(line)))
    with open(os.path.join(options.out, f"{region}-{peer.name}.log"), "w") as log:
        log.write(watch.output)
    placed = 0
    if best.value:
        try:
            placed = peer.placed(solution, watch.output)
        except OSError:
            placed = None
    used = watch.figures["processor" if options.clock == "processor" else "seconds"]
    ended = "killed" if watch.ended and grace else "time" if used >= options.seconds - 1 else "itself"
    return {"tool": peer.name, "version": peer.version(), "region": region, "clock": options.clock, "limit": options.seconds, **watch.figures,
            "value": best.value, "bound": best.bound, "placed": placed, "endedBy": ended, "trace": best.steps}


def run_carved(region, source, seed, seconds, options):
    base = os.path.join(options.out, f"{region}-carved-{seed}")
    for name in (f"{base}.result", f"{base}.trace"):
        if os.path.exists(name):
            os.remove(name)
    limit = "--processor-seconds" if options.clock == "processor" else "--seconds"
    command = [os.path.join(options.build, "bench/carved-bench"), f"--seed={seed}", f"{limit}={seconds}", f"--trace={base}.trace",
               f"--result={base}.result", f"--packages={base}.packages", source]
    watch = Watch(command, seconds + GRACE, options, lambda *_: None)
    if os.waitstatus_to_exitcode(watch.status) == 77:
        return None
    if not os.path.exists(f"{base}.result"):
        sys.exit(f"{watch.output}carved-bench failed on {region}")
    with open(f"{base}.result") as file:
        result = json.loads(file.readline())
    if not result["valid"]:
        say(f"  THE PLAN OF {region}, SEED {seed}, IS NOT VALID:\n{watch.output}")
    with open(f"{base}.trace") as file:
        fields = [line.split() for line in file]
    clock = 1 if options.clock == "processor" else 0
    trace = [[float(f[clock]), int(f[2]), None if f[3] == "-" else int(f[3])] for f in fields]
    result["firstPlan"] = next((step[0] for step in trace if step[1] > 0), None)
    return {"tool": "carved", "region": region, "clock": options.clock, "limit": seconds, **result, "load": watch.figures["load"], "trace": trace,
            "packages": f"{base}.packages"}


def write_program(region, source, options, packages=None):
    """The region as one program; with a plan's packages fixed where they are given. None where there is no such region."""
    path = os.path.join(options.out, f"{region}{'-fixed' if packages else ''}.lp")
    command = [os.path.join(options.build, "bench/carved-one-piece")] + ([f"--packages={packages}"] if packages else []) + [source]
    with open(path, "w") as file:
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, text=True)
    if done.returncode == 77:
        return None
    if done.returncode:
        sys.exit(f"carved-one-piece failed: {done.stderr}")
    say(f"  the program: {done.stderr.strip()}, {os.path.getsize(path) / 1e6:.1f} MB")
    return path


def confirm(region, source, runs, peers, options):
    """Has another solver say that carved's best plan is a solution of the program, worth the same."""
    best = max((run for run in runs if run["tool"] == "carved" and run["region"] == region and os.path.exists(run.get("packages", ""))),
               key=lambda run: run["value"], default=None)
    if not best or not peers:
        return
    path, peer, found = write_program(region, source, options, best["packages"]), peers[-1], Best()
    Watch(peer.command(path, options.seconds, os.devnull, options.clock), options.seconds + GRACE, options, lambda seconds, line: found.add(seconds, *peer.read(line)))
    same = found.value is not None and -0.5 <= found.value - best["value"] < 2 * best["placed"] + 0.5
    best["confirmedBy"] = peer.name if same else None
    say(f"  {peer.name} on the program with carved's plan of {best['value']} in it: "
        f"{'no solution' if found.value is None else f'{found.value:.1f}'}{'' if same else '  NOT THE SAME'}")


def find_region(name, options):
    """Name and file of a region; draws it where it is one of our own. None for the file where it can't be drawn."""
    made = re.fullmatch(r"(made|like)-([a-z]+)-(\d+)", name)
    if not made:
        return re.sub(r"\.ndjson(\.gz)?$", "", os.path.basename(name)), name
    path, like = os.path.join(options.out, f"{name}.ndjson"), os.path.join(ROOT, f"../shared/regions/{made[2]}.ndjson.gz")
    if made[1] == "like" and not os.path.exists(like):
        return name, None
    with open(path, "w") as file:
        subprocess.run([sys.executable, os.path.join(HERE, "make_region.py"), made[2], made[3]] + (["--like", like] if made[1] == "like" else []),
                       stdout=file, check=True)
    return name, path


def save(runs, options):
    with open(os.path.join(options.out, "results.json"), "w") as file:
        json.dump({"date": datetime.date.today().isoformat(), "processors": os.cpu_count(), "runs": runs}, file, indent=1)


def run_region(name, runs, peers, options):
    region, source = find_region(name, options)
    has_peers = name in options.peer_regions.split(",")
    say(f"{region}:")
    if not source:
        say("  SKIPPED: what it is to be like is not there (../shared/regions)")
        return

    def keep(run):
        key = ("tool", "region", "seed")
        runs[:] = [old for old in runs if [old.get(k) for k in key] != [run.get(k) for k in key]] + [{**run, "commit": options.commit}]
        save(runs, options)
        say("  " + report.one_line(run))

    program = write_program(region, source, options) if has_peers and peers else None
    for peer in peers if program else []:
        keep(run_peer(peer, region, program, options))
    first, last = (options.seeds.split("..") * 2)[:2]
    for seed in range(int(first), int(last) + 1) if options.carved else []:
        run = run_carved(region, source, seed, options.seconds if has_peers else options.carved_seconds, options)
        if not run:
            say(f"  SKIPPED: {source} is not there (../shared/regions)")
            return
        keep(run)
    if program and options.carved:
        confirm(region, source, runs, peers, options)


def write_docs(runs, options):
    unit = "processor seconds, those of all threads together" if options.clock == "processor" else "seconds"
    commits = ", ".join(sorted({run["commit"] for run in runs if run["tool"] == "carved"}))
    note = (f"{datetime.date.today().isoformat()}, {os.cpu_count()} processors, carved at {commits}; times are {unit}, but for the column *seconds*, which is by the "
            "clock on the wall.")
    if not report.write_into(os.path.join(ROOT, "docs/benchmarks.md"), note + "\n\n" + report.tables(runs)):
        sys.exit("docs/benchmarks.md has no marks where the tables go")
    with open(os.path.join(ROOT, "docs/gap.svg"), "w") as file:
        file.write(plot.gap_plot([run for run in runs if run["region"] in report.ORDER]))


def main():
    options = read_options()
    os.makedirs(options.out, exist_ok=True)
    build(options)
    peers = []
    for peer in options.peers:
        if peer.find():
            peers.append(peer)
        else:
            say(f"SKIPPED: {peer.name} is not here; it comes with {peer.package}")
    path, runs = os.path.join(options.out, "results.json"), []
    if os.path.exists(path):
        with open(path) as file:
            runs = [run for run in json.load(file)["runs"] if run.get("clock") == options.clock]
    options.commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    for name in options.regions.split(","):
        run_region(name, runs, peers, options)
    save(runs, options)  # with what was confirmed
    say("\n" + report.tables(runs))
    with open(os.path.join(options.out, "gap.svg"), "w") as file:
        file.write(plot.gap_plot([run for run in runs if run["region"] in report.ORDER]))
    if options.write_docs:
        write_docs(runs, options)
    say(f"\n{path}, {os.path.join(options.out, 'gap.svg')}")
    return 0 if all(run.get("valid", True) for run in runs) else 1


if __name__ == "__main__":
    sys.exit(main())
