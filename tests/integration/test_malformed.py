# SPDX-License-Identifier: EUPL-1.2
"""Malformed requests against the real daemon: each is refused with its status and its connection closed, and nobody else is harmed: a good request right after it, and a good client that
never stops, are answered as ever. Then requests that hide another one: who is inside a body is never answered."""
import os
import random
import socket
import subprocess
import threading
import unittest

import harness

LIST = os.path.join(harness.BINARIES, "tests/integration/malformed-list")
GOOD = b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n"
HIDDEN = b"GET /v1/hidden HTTP/1.1\r\nHost: x\r\n\r\n"
PUT = b"PUT /v1/candidates/K-1 HTTP/1.1\r\nHost: x\r\n"
LIMITS = "http: {header-bytes: 4096, header-count: 20, target-bytes: 512, body-bytes: 65536}\n"

# What the list in C can't say shortly: everything oversized. (status, what, bytes)
OVERSIZED = [
    (431, "a header of the whole limit", b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 4096 + b"\r\n\r\n"),
    (431, "a header's name of the whole limit", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"a" * 4096 + b": a\r\n\r\n"),
    (431, "too many headers", b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20 + b"\r\n"),
    (431, "line ends without a request", b"\r\n" * 2048 + GOOD),
    (431, "spaces without end", b"GET / HTTP/1.1\r\nHost:" + b" " * 5000),
    (414, "a long target", b"GET /" + b"a" * 512 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    (414, "a long query", b"GET /?" + b"a" * 512 + b" HTTP/1.1\r\nHost: x\r\n\r\n"),
    (501, "a long method", b"G" * 4000 + b" / HTTP/1.1\r\nHost: x\r\n\r\n"),
    (413, "a body one byte over the limit", PUT + b"Content-Length: 65537\r\n\r\n"),
    (413, "chunks over the limit", PUT + b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"a" * 4096 + b"\r\n") * 17),
    (413, "a chunk size of zeros without end", PUT + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 70000),
    (413, "more framing than body", PUT + b"Transfer-Encoding: chunked\r\n\r\n" + b"0001\r\na\r\n" * 9000),
]

# Requests with another one inside, and the statuses of all answers that may come: the hidden request would be a 404 of its own.
CHUNKED = PUT + b"Transfer-Encoding: chunked\r\n\r\n"
PAIRS = [
    ("inside a body of the stated length", b"POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN + GOOD, [405, 200]),
    ("inside the body of a GET", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN + GOOD, [200, 200]),
    ("inside a chunk", b"POST /v1/health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n0\r\n\r\n" + GOOD, [405, 200]),
    ("behind both length headers", PUT + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN, [400]),
    ("behind both, the other way", PUT + b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n0\r\n\r\n" % (5 + len(HIDDEN)) + HIDDEN, [400]),
    ("behind two lengths", PUT + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN, [400]),
    ("behind an encoding nobody knows", PUT + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN, [501]),
    ("behind a folded encoding", PUT + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN, [400]),
    ("behind a length with a space before its colon", PUT + b"Content-Length : %d\r\n\r\n" % len(HIDDEN) + HIDDEN, [400]),
    ("behind a bare LF", b"GET /v1/health HTTP/1.1\nHost: x\n\n" + HIDDEN, [400]),
    ("in a header behind a bare CR", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nA: b\r\r" + HIDDEN, [400]),
    ("in a trailer", CHUNKED + b"0\r\n" + HIDDEN, [400]),
    ("behind a chunk size that wraps", CHUNKED + b"10000000000000000\r\n\r\n" + HIDDEN, [400]),
    ("in a chunk extension", CHUNKED + b"0;a=\r\n\r\n" + HIDDEN, [400]),
    ("in a target", b"GET /v1/health%0d%0a%0d%0aGET%20/v1/hidden HTTP/1.1\r\nHost: x\r\n\r\n", [400]),
    ("behind an upgrade", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n" + HIDDEN, [501]),
    ("behind the last answer", b"GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + HIDDEN, [200]),
]


def exchange(path, request, cut=None):
    """Sends the bytes (in two pieces, where `cut` says so), then no more, and reads until the daemon closes."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(30)
        client.connect(path)
        try:
            for piece in (request[:cut], request[cut:]) if cut else (request,):
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was sent: the answer is there to be read
        answer = b""
        while True:
            try:
                piece = client.recv(65536)
            except ConnectionResetError:
                piece = b""
            if not piece:
                return answer
            answer += piece


def statuses(answer):
    """The status of each answer on a connection; their bodies are passed over by their length."""
    found = []
    while answer:
        head, end, rest = answer.partition(b"\r\n\r\n")
        if not end or not head.startswith(b"HTTP/1.1 "):
            raise AssertionError(f"no answer: {answer[:200]!r}")
        lines = head.split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:")), 0)
        found.append(int(lines[0].split()[1]))
        answer = rest[length:]
    return found


class GoodClient(threading.Thread):
    """Asks on one connection, again and again, until told to stop."""

    def __init__(self, daemon):
        super().__init__()
        self.path, self.stopping, self.answered, self.wrong = daemon.socket, threading.Event(), 0, []

    def run(self):
        connection = harness.UnixConnection(self.path, 30)
        while not self.stopping.is_set():
            try:
                connection.request("GET", "/v1/health")
                response = connection.getresponse()
                body = response.read()
                if response.status != 200 or b'"ok"' not in body:
                    self.wrong.append((response.status, body))
            except OSError as failure:
                self.wrong.append(failure)
                connection = harness.UnixConnection(self.path, 30)
            self.answered += 1
        connection.close()


class Malformed(unittest.TestCase):
    def setUp(self):
        self.daemon = harness.Daemon(config=LIMITS)
        self.daemon.__enter__()
        self.addCleanup(self.daemon.__exit__)
        self.good = GoodClient(self.daemon)
        self.good.start()

    def tearDown(self):
        self.good.stopping.set()
        self.good.join()
        self.assertEqual(self.good.wrong, [])
        self.assertGreater(self.good.answered, 0)
        print(f"a good client beside them: {self.good.answered} of {self.good.answered} answered")

    def check(self, what, request, expected, cut=None):
        with self.subTest(what=what, cut=cut):
            self.assertEqual(statuses(exchange(self.daemon.socket, request, cut)), expected)
            self.assertEqual(statuses(exchange(self.daemon.socket, GOOD)), [200])

    def test_every_malformed_request_is_refused_and_the_next_client_unharmed(self):
        cases = [line.rstrip("\n").split("\t") for line in subprocess.run([LIST], capture_output=True, text=True, check=True).stdout.splitlines()]
        cases = [(int(status), what, bytes.fromhex(text)) for status, what, text in cases] + OVERSIZED
        chance = random.Random(1)
        for status, what, request in cases:
            self.check(what, request, [status])
            self.check(what, request, [status], chance.randrange(1, len(request)))
        self.assertGreaterEqual(len(cases), 30)
        print(f"{len(cases)} malformed requests, whole and cut: all refused")

    def test_a_request_inside_another_is_never_answered(self):
        for what, request, expected in PAIRS:
            for cut in (None, len(request) // 2, len(request) - 3):
                self.check(what, request, expected, cut)
        print(f"{len(PAIRS)} hidden requests: none answered")

    def test_bytes_beyond_ascii_in_a_value_are_taken_as_they_are(self):
        answer = exchange(self.daemon.socket, b"GET /v1/health HTTP/1.1\r\nHost: x\r\nA: \xe9\xff\r\nAccept-Language: \xff\r\n\r\n")
        self.assertEqual(statuses(answer), [200])


if __name__ == "__main__":
    harness.main()
