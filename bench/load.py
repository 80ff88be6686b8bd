#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Load on one carved: 200 clients that read one candidate, 20 that write; beside it nginx on a static file of the same size, where it is installed.

    bench/load.py                   builds what it needs, measures, prints a table for docs/benchmarks.md
    bench/load.py --seconds 20      for how long each measurement takes
    bench/load.py --region FILE     which region is loaded (NDJSON, plain or gzipped); the demo region where not said

Reads by themselves are measured twice, carved and nginx in turn, and the better of both is told of each. Needs Python's standard library only.
"""
import argparse
import grp
import gzip
import http.client
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONFIG = "http:\n  connections: 1000\n  connections-per-user: 1000\nwork:\n  write-queue: 1000\n  per-user: 1000\n"
NGINX = """daemon off; user {user} {group}; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; default_type application/json; keepalive_requests 1000000000; open_file_cache max=10;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen unix:{folder}/s; root {folder}/files; }}
}}
"""


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=300)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(path, method, target, body=None, **headers):
    connection = Connection(path)
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status >= 300:
        sys.exit(f"{method} {target}: {answer.status} {text.decode()[:500]}")
    return json.loads(text)


class Server:
    """A process that listens on `socket` once it is there; stopped at the end of `with`."""

    def __init__(self, command, path):
        self.command, self.socket = command, path

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while True:
            probe = socket.socket(socket.AF_UNIX)
            try:
                probe.connect(self.socket)
                return self
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    sys.exit(f"{self.command[0]} did not come up")
                time.sleep(0.02)
            finally:
                probe.close()

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def pids(self):
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [self.process.pid, *map(int, children)]

    def processor_seconds(self):
        ticks = 0
        for pid in self.pids():
            with open(f"/proc/{pid}/stat") as file:
                ticks += sum(map(int, file.read().rsplit(") ", 1)[1].split()[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self, name):
        """VmRSS or VmHWM in MB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(name)) / 1024


def load_region(carved, region):
    if region:
        with (gzip.open if region.endswith(".gz") else open)(region, "rb") as file:
            return ask(carved.socket, "POST", "/v1/imports", file.read(), **{"Content-Type": "application/x-ndjson"})
    folder = os.path.join(ROOT, "config/demo")
    texts = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name)) as file:
            texts.append(file.read())
    return ask(carved.socket, "POST", "/v1/imports", "\n---\n".join(texts).encode(), **{"Content-Type": "application/yaml"})


def candidates(carved, count):
    items = ask(carved.socket, "GET", f"/v1/candidates?limit={count}")["items"]
    if len(items) < count:
        sys.exit(f"the region has {len(items)} candidates, {count} are needed: one to read and one for each writer")
    return [item["ref"] for item in items]


def write_documents(carved, refs, path):
    """For each writer a document of its own and a changed one."""
    with open(path, "w") as file:
        for ref in refs:
            document = ask(carved.socket, "GET", f"/v1/candidates/{ref}")
            for minutes in (document["travel"]["max-minutes"] + 1, document["travel"]["max-minutes"]):
                document["travel"]["max-minutes"] = minutes
                file.write(f"/v1/candidates/{ref}\t{json.dumps(document)}\n")


def measure(tool, server, seconds, path, readers, writers=0, documents=None):
    command = [tool, f"--socket={server.socket}", f"--seconds={seconds}", f"--path={path}", f"--readers={readers}"]
    if writers:
        command += [f"--writers={writers}", f"--documents={documents}"]
    before = server.processor_seconds()
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"{run.stderr}{run.stdout}")
    figures = json.loads(run.stdout)
    figures["serverProcessor"] = (server.processor_seconds() - before) / figures["seconds"]
    figures["toolProcessor"] = figures["processorSeconds"] / figures["seconds"]
    return figures


def line(name, figures, of):
    part = figures[of]
    print(f"| {name} | {part['perSecond']:,.0f} | {part['p50']:.1f} | {part['p99']:.1f} | {part['max']:.0f} | {figures['serverProcessor']:.0%} | "
          f"{figures['toolProcessor']:.0%} |")


def per_processor_second(figures):
    """Requests for each second that the server computed: what remains comparable where others use the machine too."""
    return figures["reads"]["perSecond"] / figures["serverProcessor"]


def better(runs):
    return max(runs, key=lambda figures: figures["reads"]["perSecond"])


def filesystem(folder):
    return subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--build", default=os.path.join(ROOT, "build/release"), help="a build folder; the release preset's where not said")
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--readers", type=int, default=200)
    options.add_argument("--writers", type=int, default=20)
    options.add_argument("--region")
    options.add_argument("--folder", help="where the store is: the disk that is measured; a temporary folder where not said")
    options.add_argument("--nginx", default=shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"))
    given = options.parse_args()
    if given.build == os.path.join(ROOT, "build/release"):
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", given.build, "--target", "carved", "carved-load"], check=True, stdout=subprocess.DEVNULL)
    tool, carved_program = os.path.join(given.build, "bench/carved-load"), os.path.join(given.build, "daemon/main/carved")
    folder = tempfile.mkdtemp(prefix="carved-load-", dir=given.folder)
    try:
        run(given, folder, tool, carved_program)
    finally:
        shutil.rmtree(folder)


def start_nginx(given, folder, text):
    os.makedirs(os.path.join(folder, "files"))
    with open(os.path.join(folder, "files/candidate"), "w") as file:
        file.write(text)
    conf = os.path.join(folder, "nginx.conf")
    with open(conf, "w") as file:
        file.write(NGINX.format(folder=folder, user=pwd.getpwuid(os.getuid()).pw_name, group=grp.getgrgid(os.getgid()).gr_name))
    return Server([given.nginx, "-c", conf], os.path.join(folder, "s"))


def compare_reads(given, folder, tool, carved, path, text):
    ours, theirs = [], []
    if not given.nginx:
        print("nginx is not installed: no peer\n", file=sys.stderr)
        return [measure(tool, carved, given.seconds, path, given.readers)], theirs
    with start_nginx(given, os.path.join(folder, "nginx"), text) as nginx:
        for _ in range(2):
            ours.append(measure(tool, carved, given.seconds, path, given.readers))
            theirs.append(measure(tool, nginx, given.seconds, "/candidate", given.readers))
    return ours, theirs


def run(given, folder, tool, carved_program):
    paths = {name: os.path.join(folder, name) for name in ("socket", "store", "config.yaml", "documents")}
    with open(paths["config.yaml"], "w") as file:
        file.write(CONFIG)
    with Server([carved_program, "--config", paths["config.yaml"], "--socket", paths["socket"], "--store", paths["store"]], paths["socket"]) as carved:
        idle = carved.memory("VmRSS")
        imported = load_region(carved, given.region)
        loaded = carved.memory("VmRSS")
        read, *written = candidates(carved, 1 + given.writers)
        write_documents(carved, written, paths["documents"])
        path = f"/v1/candidates/{read}"
        text = json.dumps(ask(carved.socket, "GET", path), separators=(",", ":"))
        ours, theirs = compare_reads(given, folder, tool, carved, path, text)
        mixed = measure(tool, carved, given.seconds, path, given.readers, given.writers, paths["documents"])
        print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, region of {imported['candidates']} candidates and {imported['sites']} sites, store on "
              f"{filesystem(folder)}, {given.readers} readers of {len(text)} bytes, {given.writers} writers, {given.seconds} s each\n")
        print("| | requests a second | p50 ms | p99 ms | longest ms | server's processor | clients' processor |")
        print("|---|---|---|---|---|---|---|")
        line("reads while others write", mixed, "reads")
        line("writes meanwhile, each on disk", mixed, "writes")
        line("reads by themselves", better(ours), "reads")
        if theirs:
            line("nginx, a static file of that size", better(theirs), "reads")
            ratio = better(ours)["reads"]["perSecond"] / better(theirs)["reads"]["perSecond"]
            ours, theirs = per_processor_second(better(ours)), per_processor_second(better(theirs))
            print(f"\nReads a second, carved : nginx = {ratio:.2f}. For each second that the server computed: carved {ours:,.0f}, nginx {theirs:,.0f}, ratio {ours / theirs:.2f}")
        print(f"\nMemory of carved: {idle:.0f} MB idle, {loaded:.0f} MB with the region, {carved.memory('VmRSS'):.0f} MB after the load, {carved.memory('VmHWM'):.0f} MB at most")


if __name__ == "__main__":
    main()
