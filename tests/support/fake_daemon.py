# SPDX-License-Identifier: EUPL-1.2
"""Answers carve as a test scripts it, on a Unix socket, and remembers what was asked. Shares nothing with the real daemon."""
import http.server
import json
import os
import socketserver
import tempfile
import threading


class FakeDaemon(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """`with FakeDaemon() as daemon`; daemon.on("GET", "/v1/health", 200, {...}); a callable body is called with the request and returns (status, body) or
    (status, body, headers); one that returns None lets the connection break."""

    daemon_threads = True

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="carve-")
        self.path = os.path.join(self.folder.name, "s")
        self.answers, self.requests = {}, []
        super().__init__(self.path, Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
        self.folder.cleanup()

    def handle_error(self, *_):
        """A client that went away is what some tests are about."""

    def on(self, method, target, status, body=None):
        self.answers[method, target] = status, body


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "socket"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = {"method": self.command, "target": self.path, "headers": self.headers, "body": body}
        self.server.requests.append(request)
        status, answer = self.server.answers.get((self.command, self.path), (404, {"title": "not found", "status": 404}))
        headers = {}
        if callable(answer):
            answer = answer(request)
            if answer is None:
                self.close_connection = True
                return
            status, answer, headers = (*answer, {})[:3]
        text = b"" if answer is None else answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("API-Version", "1.0.0")
        self.send_header("Content-Type", "application/json" if status < 400 else "application/problem+json")
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = answer
