# SPDX-License-Identifier: EUPL-1.2
"""carve --host ssh://server against a real sshd on a temporary port, with keys of its own: what a job coach elsewhere does. And what can go wrong on the way."""
import getpass
import json
import os
import pwd
import pty
import re
import select
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import harness

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """An sshd that lets this user in with one key, and a `ssh` that knows it and reads no configuration of the user's."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="carved-ssh-")
        self.user = getpass.getuser()
        self.port = free_port()
        self.log = self.path("sshd.log")
        for name in ("host_key", "key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.path(name)], check=True)
        shutil.copy(self.path("key.pub"), self.path("authorized_keys"))
        with open(self.path("host_key.pub")) as key:
            self.write("known_hosts", f"[localhost]:{self.port} {key.read()}")
        self.write("ssh", f"""#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done >>{self.path("ssh.words")}
exec ssh -F none -i {self.path("key")} -o IdentitiesOnly=yes -o IdentityAgent=none -o UserKnownHostsFile={self.path("known_hosts")} \\
    -o GlobalKnownHostsFile=none -o BatchMode=yes "$@"
""")
        os.chmod(self.path("ssh"), 0o755)
        self.write("sshd_config", f"""
ListenAddress 127.0.0.1:{self.port}
HostKey {self.path("host_key")}
AuthorizedKeysFile {self.path("authorized_keys")}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv PATH={os.path.dirname(harness.CARVE)}:/usr/bin:/bin
""")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # root's sshd wants it; the package makes it at boot only
        with open(self.log, "w") as log:
            self.process = subprocess.Popen([SSHD, "-D", "-e", "-f", self.path("sshd_config")], stderr=log)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)
        with open(self.log) as log:
            raise AssertionError("sshd did not start: " + log.read())

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        os.chmod(self.path(name), 0o600)

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder)

    def logins(self):
        with open(self.log) as log:
            return log.read().count("Accepted publickey")

    def url(self, daemon):
        return f"ssh://{self.user}@localhost:{self.port}{daemon.socket}"

    def environment(self, **more):
        return {"PATH": os.environ["PATH"], "LANG": "C", "CARVED_SSH": self.path("ssh"), "CARVED_SOCKET": "/nowhere", **more}

    def carve(self, *arguments, **more):
        return subprocess.run([harness.CARVE, *arguments], capture_output=True, text=True, env=self.environment(**more), timeout=600)


@unittest.skipUnless(os.path.exists(SSHD) and shutil.which("ssh"), "sshd or ssh is absent (Debian: openssh-server, openssh-client)")
class Host(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.daemon = harness.Daemon("budget: {gap-target: 1000000}\n")  # the first plan is good enough
        cls.daemon.start()
        cls.url = cls.server.url(cls.daemon)

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()
        cls.server.stop()

    def good(self, *arguments, **more):
        result = self.server.carve("--host", self.url, *arguments, **more)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def test_a_coachs_day_through_ssh(self):
        self.good("put", *harness.demo_files())
        self.assertIn(self.url, self.good("status"))
        plan = json.loads(self.good("plan", "--json"))
        self.assertEqual(plan["createdBy"], pwd.getpwuid(os.getuid()).pw_name)
        self.assertGreater(plan["placed"], 0)
        self.assertIn(plan["id"], self.good("show", plan["id"]))
        candidate = plan["proposals"][0]["candidate"]
        self.assertIn(plan["proposals"][0]["id"], self.good("show", candidate, "--plan", plan["id"]))
        self.assertIn("scale: icf", self.good("get", candidate))
        self.assertEqual(self.server.carve("status", CARVED_HOST=self.url).returncode, 0)  # the environment names it as well
        self.assertEqual(self.server.carve("doctor", CARVED_HOST=self.url).returncode, 0)
        self.assertEqual(self.server.carve("--socket", self.daemon.socket, "status", CARVED_HOST="ssh://nowhere.invalid").returncode, 0)
        self.assertEqual(self.server.carve("--host", self.url, "get", "K-404").returncode, 4)

    def test_one_ssh_carries_all_requests_of_a_command_and_is_gone_afterwards(self):
        self.daemon.request("PUT", "/v1/coaches/C-01", harness.COACH)
        before = self.server.logins()
        self.good("get", "C-01")  # asks for four kinds
        self.assertEqual(self.server.logins(), before + 1)
        self.assertEqual(subprocess.run(["pgrep", "-f", self.server.path("key")], capture_output=True, text=True).stdout, "")

    def test_thirty_megabytes_go_through_and_the_answer_comes_back(self):
        path = os.path.join(self.server.folder, "large.ndjson")
        with open(path, "w") as file:
            file.write(json.dumps({**harness.COACH, "ref": "C-77"}) + "\n")
            size, count = 0, 0
            while size < 30_000_000:
                tags = [f"tag-{count}-{i}-{'x' * 40}" for i in range(60)]
                line = json.dumps(harness.candidate(f"L-{count}", coach="C-77", wishes={"like": tags})) + "\n"
                size, count = size + file.write(line), count + 1
        with harness.Daemon() as daemon:
            began = time.monotonic()
            result = self.server.carve("--host", self.server.url(daemon), "import", "--json", path)
            took = time.monotonic() - began
            self.assertEqual(result.returncode, 0, result.stderr[-2000:])
            self.assertEqual(json.loads(result.stdout.splitlines()[0])["created"], count + 1)
            print(f"{size / 1e6:.0f} MB in {count + 1} documents through ssh in {took:.1f} s; answer of {len(result.stdout) / 1e6:.1f} MB")
            listed = json.loads(self.server.carve("--host", self.server.url(daemon), "list", "candidates", "--json").stdout)
            self.assertEqual(listed["count"], count)

    def test_ctrl_c_keeps_the_best_plan_and_does_not_hit_ssh(self):
        with harness.Daemon("budget: {search-rounds: 100000000, gap-target: 0}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            master, slave = pty.openpty()
            child = subprocess.Popen([harness.CARVE, "--host", self.server.url(daemon), "plan"], stdin=slave, stdout=slave, stderr=slave,
                close_fds=True, env=self.server.environment(), start_new_session=True, preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0))
            os.close(slave)
            text, pressed, until = b"", False, time.monotonic() + 120
            while time.monotonic() < until:
                if select.select([master], [], [], 0.2)[0]:
                    try:
                        piece = os.read(master, 65536)
                    except OSError:
                        piece = b""
                    if not piece:
                        break
                    text += piece
                if not pressed and b"PL-1, 3 s" in text:  # by then there is a plan to keep, and if not: the empty one is kept
                    os.write(master, b"\x03")  # the terminal sends SIGINT to carve and to ssh
                    pressed = True
            self.assertTrue(pressed, text)
            status = child.wait(60)
            os.close(master)
            plan = daemon.request("GET", "/v1/plans/PL-1?view=summary").json
            self.assertEqual((plan["state"], plan["endedBy"]), ("cancelled", "cancel"))
            self.assertEqual(status, 0 if plan["placed"] else 1, text.decode())

    def test_a_key_that_may_do_nothing_else_is_enough(self):
        with open(self.server.path("key.pub")) as key:
            restricted = f'restrict,command="{harness.CARVE} --socket {self.daemon.socket} dial-stdio" {key.read()}'
        shutil.copy(self.server.path("authorized_keys"), self.server.path("kept"))
        self.server.write("authorized_keys", restricted)
        try:
            result = self.server.carve("--host", f"ssh://{self.server.user}@localhost:{self.server.port}", "status")
            self.assertEqual(result.returncode, 0, result.stderr)
        finally:
            shutil.move(self.server.path("kept"), self.server.path("authorized_keys"))

    # ---- what can go wrong

    def unreachable(self, host, *texts, **more):
        result = self.server.carve("--host", host, "status", **more)
        self.assertEqual(result.returncode, 7, result.stdout + result.stderr)
        for text in texts:
            self.assertIn(text, result.stderr)
        return result

    def test_what_ssh_has_to_say_reaches_the_user(self):
        port = free_port()
        self.unreachable(f"ssh://localhost:{port}", "Connection refused", "ssh localhost carve status")
        os.rename(self.server.path("known_hosts"), self.server.path("known"))
        try:
            self.unreachable(self.url, "Host key verification failed")
        finally:
            os.rename(self.server.path("known"), self.server.path("known_hosts"))

    def test_no_daemon_there_is_told_by_the_carve_there_in_the_language_here(self):
        host = f"ssh://{self.server.user}@localhost:{self.server.port}/nowhere/at-all.sock"
        self.unreachable(host, "no daemon answers on /nowhere/at-all.sock", "systemctl start carved")
        self.unreachable(host, "op /nowhere/at-all.sock antwoordt geen daemon", LANG="nl_NL.UTF-8")
        result = self.server.carve("--host", host, "doctor", "--json")
        self.assertEqual((result.returncode, json.loads(result.stdout)["checks"][0]["code"]), (1, "host-unreachable"))

    def test_no_ssh_here(self):
        self.unreachable(self.url, "/no/such/ssh", "openssh-client", CARVED_SSH="/no/such/ssh")

    def test_the_server_goes_away_in_the_middle(self):
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        path = os.path.join(self.server.folder, "mute")
        listener.bind(path)
        listener.listen()
        child = subprocess.Popen([harness.CARVE, "--host", f"ssh://localhost:{self.server.port}{path}", "status"], stderr=subprocess.PIPE, text=True,
            env=self.server.environment())
        client, _ = listener.accept()
        client.recv(4096)
        client.close()
        _, said = child.communicate(timeout=60)
        self.assertEqual(child.returncode, 7, said)

    def test_nothing_in_a_host_becomes_an_option_or_a_command(self):
        if os.path.exists(self.server.path("ssh.words")):
            os.unlink(self.server.path("ssh.words"))
        marker = os.path.join(self.server.folder, "injected")
        for host in ("ssh://-oProxyCommand=touch" + marker, "ssh://a@-oProxyCommand=x", "ssh://-lroot@localhost", "ssh://localhost/x;touch$IFS" + marker,
                     "ssh://localhost/$(touch " + marker + ")", "ssh://localhost/a b", "ssh://localhost:22x", "ssh://localhost:0", "ssh://localhost:99999",
                     "ssh://localhost:-1", "ssh://", "ssh://@", "ssh://[::1", "ssh://[::1]x", "http://localhost", "localhost", "-oProxyCommand=x", "ssh://a b"):
            result = self.server.carve("--host=" + host, "status")
            self.assertEqual(result.returncode, 2, host + result.stderr)
            self.assertIn("names no server", result.stderr)
        self.assertFalse(os.path.exists(self.server.path("ssh.words")), "ssh was started")
        self.assertFalse(os.path.exists(marker))
        result = self.server.carve("--host", "ssh://x", "--socket", "/y", "status")
        self.assertEqual(result.returncode, 2)
        self.assertIn("two daemons", result.stderr)

    def test_the_words_that_ssh_gets(self):
        words = os.path.join(self.server.folder, "words")
        script = os.path.join(self.server.folder, "fake-ssh")
        with open(script, "w") as file:
            file.write(f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >{words}\nexit 255\n')
        os.chmod(script, 0o755)
        for host, expected in (
                ("ssh://srv", ["-T", "--", "srv", "carve --lang en dial-stdio"]),
                ("ssh://u@srv:2222/", ["-T", "-l", "u", "-p", "2222", "--", "srv", "carve --lang en dial-stdio"]),
                ("ssh://a@b@[fe80::1%eth0]:22/run/x.sock", ["-T", "-l", "a@b", "-p", "22", "--", "fe80::1%eth0", "carve --lang en --socket /run/x.sock dial-stdio"])):
            self.unreachable(host, CARVED_SSH=script)
            with open(words) as file:
                self.assertEqual(file.read().splitlines(), expected)


class DialStdio(unittest.TestCase):
    """carve dial-stdio by itself: bytes both ways, and the ends of both sides."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="carved-dial-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(self.listener.close)
        self.listener.bind(os.path.join(self.folder, "s"))
        self.listener.listen()

    def dial(self, **more):
        child = subprocess.Popen([harness.CARVE, "--socket", os.path.join(self.folder, "s"), "dial-stdio"], stdin=subprocess.PIPE, **more)
        self.addCleanup(child.wait)
        self.addCleanup(child.kill)
        self.listener.settimeout(60)
        client, _ = self.listener.accept()
        client.settimeout(60)
        self.addCleanup(client.close)
        return child, client

    def aside(self, *steps):
        """Runs the steps one after the other on a thread of its own."""
        thread = threading.Thread(target=lambda: [step() for step in steps], daemon=True)
        thread.start()
        return thread

    def test_a_client_that_has_said_all_still_gets_its_answer(self):
        child, client = self.dial(stdout=subprocess.PIPE)
        child.stdin.write(b"question")
        child.stdin.close()
        text = b""
        while piece := client.recv(4096):  # ends: the end of standard input was passed on
            text += piece
        self.assertEqual(text, b"question")
        self.aside(lambda: client.sendall(b"answer" * 100000), client.close)
        self.assertEqual(child.stdout.read(), b"answer" * 100000)
        child.stdout.close()
        self.assertEqual(child.wait(60), 0)

    def test_both_ways_at_once_with_neither_side_reading_first(self):
        child, client = self.dial(stdout=subprocess.PIPE)
        size, got = 8_000_000, []
        writers = [self.aside(lambda: child.stdin.write(b"q" * size), child.stdin.close), self.aside(lambda: client.sendall(b"a" * size))]
        time.sleep(0.3)  # both are stuck now
        reader = self.aside(lambda: got.append(child.stdout.read()))
        total = 0
        while piece := client.recv(65536):
            total += len(piece)
        self.assertEqual(total, size)
        for writer in writers:
            writer.join(60)
        client.shutdown(socket.SHUT_WR)
        reader.join(60)
        self.assertEqual(got, [b"a" * size])
        child.stdout.close()
        self.assertEqual(child.wait(60), 0)

    def test_it_ends_when_nobody_reads_it_any_more(self):
        child, client = self.dial(stdout=subprocess.PIPE)
        child.stdout.close()
        self.assertEqual(child.wait(60), 7)  # at once, without a byte from the daemon
        child.stdin.close()

    def test_without_a_daemon(self):
        result = subprocess.run([harness.CARVE, "--socket", "/nowhere", "dial-stdio"], capture_output=True, stdin=subprocess.DEVNULL, text=True)
        self.assertEqual((result.returncode, result.stdout), (7, ""))


if __name__ == "__main__":
    harness.main()
