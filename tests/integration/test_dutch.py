# SPDX-License-Identifier: EUPL-1.2
"""A job coach's session in Dutch on a machine that has no Dutch locale: no English sentence in it, from no command and no problem of the API.

Two sieves. Each text of po/en.po that has another in po/nl.po is cut at its {names}; none of the pieces (where they are words enough to tell) may be in a line. And no word may
be one of the usual small ones of English that Dutch does not have. Left out: what comes from documents (titles, refs), code in backquotes, keys, options."""
import json
import os
import re
import subprocess
import unittest

import harness

LANGUAGE = "nl_NL.UTF-8"
ENGLISH = set("""the and with not are have this that these those your which who whom where there they their than then when while would could should may can cannot does
    did been being its it's will shall any all nothing nobody somebody everybody because between before after until within only both such others another more less
    most least""".split())


def catalogue(language):
    with open(os.path.join(harness.SOURCES, f"po/{language}.po"), encoding="utf-8") as file:
        found = re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"$', file.read(), re.M)
    return {name: json.loads(f'"{text}"') for name, text in found if name}


EN, NL = catalogue("en"), catalogue("nl")
DUTCH = " ".join(NL.values())


def pieces(text):
    """What stands between the names of a text and says something: two words at least."""
    for piece in re.split(r"\{[^}]*\}|`[^`]*`|\n", text):
        piece = piece.strip(" .,:;()'\"")
        if len(re.findall(r"[A-Za-z]{2,}", piece)) >= 2 and piece not in DUTCH:
            yield piece


PIECES = sorted({piece for name, text in EN.items() if NL[name] != text for piece in pieces(text)})


def english_in(line, own=()):
    """The first English that a line holds, None where it holds none. own: titles from documents."""
    for text in own:
        line = line.replace(text, "")
    for piece in PIECES:
        if piece in line:
            return piece
    prose = re.sub(r"`[^`]*`|'[^']*'|\S*[-/_=.:{}<>]\S+|\S+:(?=\s|$)|--?\S+", " ", line)
    return next((word for word in re.findall(r"(?<![\w-])[a-z']+(?![\w-])", prose) if word in ENGLISH), None)


class Sieve(unittest.TestCase):
    def test_every_text_of_two_words_differs_between_the_languages(self):
        same = [name for name, text in EN.items() if NL[name] == text and list(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^}]*\}|`[^`]*`", "", text)))]
        words = {name: EN[name] for name in same}
        told = {name: text for name, text in words.items() if english_in(text)}
        self.assertEqual(told, {})

    def test_it_holds_back_english_and_lets_dutch_through(self):
        self.assertGreater(len(PIECES), 700)
        sentences = {name: re.sub(r"\{[^}]*\}", "X", text) for name, text in EN.items() if NL[name] != text}
        sentences = {name: text for name, text in sentences.items() if len(re.findall(r"[A-Za-z]{2,}", text)) > 5}
        self.assertGreater(len(sentences), 400)
        held = [name for name, text in sentences.items() if not english_in(text)]
        self.assertLess(len(held), 5, held)
        let_through = {name: english_in(text) for name, text in NL.items() if english_in(text)}
        self.assertEqual(let_through, {})


class Session(unittest.TestCase):
    def setUp(self):
        self.daemon = harness.Daemon()
        self.daemon.__enter__()
        self.addCleanup(lambda: self.daemon.__exit__(None, None, None))
        self.said, self.commands = [], set()

    def carve(self, code, *arguments, input=None, document=False):
        """Runs a command in Dutch and holds each line that it says against the sieves. document: standard output is a document, which is not Dutch but data."""
        done = self.daemon.carve(*arguments, input=input, language=LANGUAGE)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, code, f"carve {' '.join(arguments)}\n{out}{err}")
        self.commands.add(arguments[0])
        for line in (err if document else out + err).splitlines():
            found = english_in(line, self.titles)
            self.assertIsNone(found, f"carve {' '.join(arguments)} says in English ({found}):\n{line}")
            self.said.append(line)
        return out

    titles = ()

    def import_demo(self):
        self.carve(0, "import", *harness.demo_files())
        documents = [self.daemon.request("GET", f"/v1/sites/{item['ref']}").json for item in self.daemon.request("GET", "/v1/sites").json["items"]]
        titles = [site["name"] for site in documents] + [t for site in documents for job in site.get("jobs", []) + site.get("vacancies", []) for t in [job["title"], *(task["title"] for task in job["tasks"])]]
        self.titles = sorted(titles, key=len, reverse=True)

    def plan(self, **order):
        return self.daemon.request("POST", "/v1/plans", {**harness.QUICK, **order}, {"Prefer": "wait=60"}).json

    def decide(self, plan):
        """Offer, accept, start, end, decline, withdraw: each as it goes, and each once where it does not go."""
        free = [p["id"] for p in plan["proposals"] if not p["conditions"] and not p["questions"]]
        first, second, third = free[:3]
        today = plan["date"]
        agreed = ["--candidate-agreed", today, "--employer-agreed", today, "--finances-discussed", today, "--contact", "J. de Boer, 0320-1234"]
        self.carve(0, "offer", first)
        self.carve(3, "accept", first, "--contact", "J. de Boer")
        self.carve(0, "accept", first, *agreed)
        self.carve(5, "offer", first)
        self.carve(0, "start", first, "--text", "maandag om acht uur")
        self.carve(0, "end", first, "--reason", "other-work")
        self.carve(0, "decline", second, "--reason", "travel", "--for-good")
        self.carve(5, "start", second)
        self.carve(0, "offer", third)
        self.carve(0, "withdraw", third, "--reason", "vacancy-gone")
        self.carve(2, "decline", free[3], "--reason", "zomaar")
        self.carve(4, "offer", "P-9999")
        for proposal in (first, second, third):
            self.carve(0, "show", proposal)
        return free

    def test_a_session_of_a_job_coach_has_no_english_sentence_in_it(self):
        self.carve(0, "status")
        self.carve(7, "--socket", "/nowhere/carved.sock", "status")
        self.import_demo()
        self.carve(0, "list", "candidates")
        self.carve(0, "list", "sites")
        self.carve(0, "get", "K-0010", document=True)
        self.carve(0, "explain")
        self.carve(0, "explain", "candidate")
        self.carve(0, "explain", "candidate.hours.build-up")
        plan = self.plan()
        self.carve(0, "plans")
        self.carve(0, "show", "PL-1")
        self.carve(0, "show", "K-0010")
        self.carve(1, "show", "K-0012")
        self.carve(0, "best", "K-0009")
        self.carve(1, "best", "K-0035")
        self.carve(0, "best", "S-11", "--count", "2")
        self.explain_why(plan)
        self.ask_why_not()
        self.ask_what_if()
        free = self.decide(plan)
        self.carve(0, "plan", "--no-wait")
        self.daemon.wait_for_plan("PL-2")
        self.carve(1, "diff", "PL-1", "PL-2", "--full")
        self.carve(0, "diff", "PL-2", "PL-2")
        self.carve(0, "fairness")
        self.carve(5, "offer", free[3])  # stale since
        self.document_errors()
        self.usage_errors()
        self.watch()
        self.carve(0, "delete", "candidate", "K-0035")
        self.carve(0, "doctor")
        listed = self.help_of_everything()
        self.assertEqual(listed - self.commands, {"dial-stdio"} & listed)
        self.assertGreaterEqual(len(self.commands), 20)
        print(f"{len(self.commands)} commands, {len(self.said)} lines, no English sentence among them")

    def explain_why(self, plan):
        if not self.knows("why"):
            return
        for proposal in plan["proposals"]:
            self.carve(0, "why", proposal["id"])
        shared = next(p for p in plan["proposals"] if p["candidate"] == "K-0010")
        self.carve(0, "why", shared["id"], "--for", "employer")
        closed = [p["id"] for p in plan["proposals"] if p["candidate"] == "K-0011"]
        for proposal in closed:
            self.carve(6, "why", proposal, "--for", "employer")
        self.carve(4, "why", "P-9999")

    def ask_why_not(self):
        for site in ("S-01", "S-05", "S-08", "S-07/havendienst", "S-03/kas/water"):
            for candidate in ("K-0001", "K-0012", "K-0018", "K-0023", "K-0035"):
                code = self.daemon.carve("why-not", candidate, site).returncode
                self.assertIn(code, (0, 1))
                self.carve(code, "why-not", candidate, site)
        self.carve(4, "why-not", "K-0001", "S-99")
        self.carve(4, "why-not", "K-0001", "S-01/nergens")
        self.carve(self.daemon.carve("why-not", "K-0035").returncode, "why-not", "K-0035")

    def ask_what_if(self):
        self.carve(0, "what-if", "K-0010", "--set", "hours.max=16")
        self.carve(0, "what-if", "K-0010", "--without", "S-01/welzijn/wandelen")
        self.carve(0, "what-if", "K-0010", "--facility", "S-11/lifting-aid")
        self.carve(3, "what-if", "K-0010", "--set", "hours.max=veel")

    def document_errors(self):
        wrong = b"kind: candidate\nref: K-9\ncoach: C-99\nscale: icf\nhome: 38\nhours: {min: 30, max: 20.1}\navailable: {mon: [am, nacht]}\nlimitations: {d4: 2, d430: 9}\ndiagnosis: F84\nwishes: {avoids: [x]}\n"
        self.carve(3, "put", "-", input=wrong)
        self.carve(3, "import", "--dry-run", "-", input=b"{\"kind\": \"coach\", \"ref\": \"C-1\", \"hours\": }")
        self.carve(3, "put", "-", input=b"kind: [een, twee\n")
        self.carve(5, "put", "--if-version", "7", os.path.join(harness.SOURCES, "config/demo/1-vocabulary.yaml"))
        self.carve(5, "delete", "coach", "C-01")
        self.carve(4, "delete", "candidate", "K-99")

    def usage_errors(self):
        self.carve(2, "toon", "K-1")
        self.commands.discard("toon")
        self.carve(2, "diff", "K-1")
        self.carve(2, "plan", "--seed", "veel")
        self.carve(2, "plan", "--zaad", "1")
        self.carve(2, "best")
        self.carve(2, "list", "dingen")
        self.carve(2, "put", "/nergens.yaml")
        self.carve(4, "show", "PL-99")
        self.carve(4, "get", "K-99")

    def watch(self):
        """All that has happened in the session, line by line; then we have seen enough."""
        environment = {"PATH": os.environ["PATH"], "LANG": LANGUAGE, "CARVED_SOCKET": self.daemon.socket}
        watcher = subprocess.Popen([harness.CARVE, "watch", "--since", "0"], stdout=subprocess.PIPE, env=environment, text=True)
        try:
            lines = []
            while not lines or "PL-2 klaar" not in lines[-1]:
                lines.append(watcher.stdout.readline())
                self.assertNotEqual(lines[-1], "", lines)
        finally:
            watcher.terminate()
            watcher.communicate()
        for line in lines:
            self.assertIsNone(english_in(line, self.titles), line)
        self.said += lines
        self.carve(2, "watch", "--since", "x")
        self.carve(3, "watch", "--kind", "plannen")

    def knows(self, command):
        return self.daemon.carve(command, "--help").returncode == 0

    def help_of_everything(self):
        """The commands that `carve --help` lists, each of which says in Dutch what it does."""
        overview = self.carve(0, "--help")
        self.commands.discard("--help")
        self.commands.discard("--socket")
        listed = {line.split()[0] for line in overview.splitlines() if re.match(r"^  [a-z][a-z-]+ {2,}", line)}
        self.assertGreater(len(listed), 15, overview)
        for command in sorted(listed):
            self.carve(0, command, "--help")
            if command == "dial-stdio":
                self.commands.discard(command)
        return listed


class Api(unittest.TestCase):
    def test_each_problem_that_a_session_can_meet_is_told_in_dutch(self):
        told = {}
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            daemon.request("POST", "/v1/plans", harness.QUICK, {"Prefer": "wait=60"})
            for method, path, body, headers in self.requests(daemon):
                answer = daemon.request(method, path, body, {**headers, "Accept-Language": "nl"})
                what = f"{method} {path}: {answer.body}"
                self.assertGreaterEqual(answer.status, 400, what)
                self.assertEqual(answer.headers["Content-Language"], "nl", what)
                problem = answer.json
                told[problem["code"]] = problem
                for finding in [problem, *problem.get("errors", []), *problem.get("warnings", [])]:
                    for key in ("detail", "message", "hint"):
                        self.assertIsNone(english_in(finding.get(key, "")), f"{key}: {finding.get(key)}")
        self.assertGreaterEqual(len(told), 15, sorted(told))
        print(f"{len(told)} kinds of problems in Dutch: {', '.join(sorted(told))}")

    def requests(self, daemon):
        yaml = {"Content-Type": "application/yaml"}
        decided = daemon.request("GET", "/v1/plans/PL-1/proposals?limit=1").json["items"][0]["id"]
        return [
            ("GET", "/v1/nowhere", None, {}), ("PUT", "/v1/plans", "{}", {}), ("GET", "/v1/candidates/K-99", None, {}), ("GET", "/v1/plans/PL-99", None, {}),
            ("GET", "/v1/proposals/P-99", None, {}), ("GET", "/v1/plans?limit=0", None, {}), ("GET", "/v1/plans?cursor=zz", None, {}), ("GET", "/v1/plans?sort=up", None, {}),
            ("GET", "/v1/plans/PL-1", None, {"Accept": "text/html"}), ("PATCH", "/v1/plans/PL-1", {"state": "cancelled"}, {}), ("PATCH", "/v1/plans/PL-1", {"state": "done"}, {}),
            ("POST", "/v1/plans", {"date": "morgen", "seed": -1, "weights": {}}, {}), ("POST", "/v1/plans", {"from": "PL-77"}, {}),
            ("POST", "/v1/plans", {"from": "PL-1", "pin": ["P-777"]}, {}), ("POST", "/v1/plans", {"from": "none", "maxChanges": 1}, {}),
            ("PUT", "/v1/candidates/K-1", "kind: candidate\nref: K-2\n", yaml), ("PUT", "/v1/candidates/K-1", "kind: [", yaml), ("PUT", "/v1/coaches/C-1", "x", {"Content-Type": "text/plain"}),
            ("PUT", "/v1/coaches/C-01", {"kind": "coach", "ref": "C-01", "hours": 3}, {"If-Match": '"99"'}), ("PUT", "/v1/coaches/C-01", {"kind": "coach", "ref": "C-01", "hours": 3}, {"If-Match": "x"}),
            ("DELETE", "/v1/coaches/C-01", None, {}), ("POST", "/v1/imports", "[]", {"Content-Type": "application/json"}), ("POST", "/v1/imports?dryRun=maybe", "[]", {"Content-Type": "application/json"}),
            ("GET", "/v1/plans/PL-1/differences", None, {}), ("GET", "/v1/plans/PL-1/differences?view=brief", None, {}), ("GET", "/v1/fairness?plans=0", None, {}),
            ("POST", f"/v1/proposals/{decided}/decisions", {"kind": "accepted"}, {}), ("POST", f"/v1/proposals/{decided}/decisions", {"kind": "ended"}, {}),
            ("POST", f"/v1/proposals/{decided}/decisions", {"kind": "perhaps"}, {}), ("POST", "/v1/proposals/P-999/decisions", {"kind": "offered"}, {}),
            ("GET", "/v1/candidates/K-0001/obstacles?site=S-99", None, {}), ("GET", "/v1/candidates/K-0001/recommendations?limit=99", None, {}),
        ]


if __name__ == "__main__":
    harness.main()
