# SPDX-License-Identifier: EUPL-1.2
"""A user who means no good, as a process of its own: many slow connections, or connections without end. Standard library only.

    hostile.py SOCKET UID slow COUNT      COUNT connections that send a byte now and then, do not read, or do nothing; those that are closed come back
    hostile.py SOCKET UID storm SECONDS   connects and leaves as fast as it can
    hostile.py SOCKET UID ask COUNT       COUNT plain requests, one after the other

Says a line of JSON when it has begun (slow: once all have connected at least once) and, for ask and storm, at the end. Becomes UID first; needs root for that.
"""
import collections
import json
import os
import resource
import selectors
import socket
import sys
import time

HEAD = b"PUT /v1/candidates/K-1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n"
ASK = b"GET /v1/candidates?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n"
STYLES = ("head", "body", "deaf", "idle")
BYTE_SECONDS = 2


class Slow:
    """One slow connection: `head` sends a head byte by byte, `body` a body, `deaf` asks much and reads nothing, `idle` asks once and then keeps the connection."""

    def __init__(self, path, style):
        self.style, self.due, self.sent = style, time.monotonic() + BYTE_SECONDS, 0
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.socket.setblocking(False)
        self.send({"head": b"", "body": HEAD + b"\r\n", "deaf": ASK * 50, "idle": b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"}[style])

    def send(self, data):
        try:
            self.socket.send(data)
        except OSError:
            pass  # refused already: seen when it is read

    def tick(self, now):
        if now < self.due or self.style in ("deaf", "idle"):
            return
        self.due = now + BYTE_SECONDS
        self.send(HEAD[self.sent % len(HEAD):][:1])
        self.sent += 1


def be_slow(path, count):
    selector, outcomes, told = selectors.DefaultSelector(), collections.Counter(), False
    waiting = collections.deque(STYLES[i % len(STYLES)] for i in range(count))
    while True:
        for _ in range(min(len(waiting), 100)):
            style = waiting.popleft()
            try:
                slow = Slow(path, style)
            except OSError as failure:
                outcomes[type(failure).__name__] += 1
                waiting.append(style)
                continue
            outcomes["connected"] += 1
            selector.register(slow.socket, selectors.EVENT_READ if style != "deaf" else selectors.EVENT_WRITE, slow)
        if not told and outcomes["connected"] >= count:
            told = True
            print(json.dumps(outcomes), flush=True)
        for key, _ in selector.select(0.05):
            slow = key.data
            if slow.style == "deaf":
                slow.tick(0)
                if not is_shut(slow.socket):
                    selector.modify(slow.socket, selectors.EVENT_READ, slow)
                    continue
            else:
                try:
                    data = slow.socket.recv(4096)
                except OSError:
                    data = b""
                if data:
                    continue
            selector.unregister(slow.socket)
            slow.socket.close()
            waiting.append(slow.style)
        now = time.monotonic()
        for key in list(selector.get_map().values()):
            key.data.tick(now)


def is_shut(connection):
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def storm(path, seconds):
    print("{}", flush=True)
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        for _ in range(100):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.setblocking(False)
            try:
                connection.connect(path)
                count += 1
            except BlockingIOError:
                pass  # the backlog is full
            connection.close()
    print(json.dumps({"connected": count}), flush=True)


def ask(path, count):
    outcomes = collections.Counter()
    for _ in range(count):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(30)
            try:
                connection.connect(path)
                connection.sendall(b"GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                answer = connection.recv(4096)
                outcomes[answer.split(b" ")[1].decode() if answer else "closed"] += 1
            except OSError:
                outcomes["closed"] += 1
    print(json.dumps(outcomes), flush=True)


def main():
    path, uid, what, number = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if uid != os.getuid():
        os.setgroups([])
        os.setgid(uid)
        os.setuid(uid)
    {"slow": be_slow, "storm": storm, "ask": ask}[what](path, number)


main()
