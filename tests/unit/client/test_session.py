# SPDX-License-Identifier: EUPL-1.2
"""carve as people run it, against a scripted daemon: documents, questions, help, and what goes wrong."""
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

from fake_daemon import FakeDaemon
from session import CARVE, PLAN, SITE, Session, main

PROBLEM = {
    "type": "urn:carved:problem:invalid-documents", "title": "2 errors", "status": 400, "detail": "nothing was stored",
    "errors": [
        {"code": "unknown-key", "message": "unknown key 'hourz'", "hint": "did you mean 'hours'?", "pointer": "/hourz", "document": 0,
         "location": {"line": 3, "column": 1}},
        {"code": "no-coach", "message": "no coach C-9", "pointer": "/coach", "document": 1}],
    "warnings": [{"code": "old", "message": "an old profile", "pointer": "", "document": 0, "location": {"line": 1, "column": 1}}],
    "dropped": 4}


class Documents(Session):
    def test_a_file_of_one_document_is_put_as_it_is(self):
        self.daemon.on("PUT", "/v1/coaches/C-03", 201, {"kind": "coach", "ref": "C-03", "version": 1, "created": True, "warnings": []})
        text = "# a coach\nkind: coach\nref: C-03\nhours: 24\n"
        out, err = self.carve("put", self.file("a.yaml", text))
        self.assertEqual((out, err), ("coach C-03: stored\n", ""))
        request = self.daemon.requests[0]
        self.assertEqual(request["body"].decode(), text)
        self.assertEqual(request["headers"]["Content-Type"], "application/yaml")
        self.assertEqual(request["headers"]["Accept-Language"], "en")

    def test_a_ref_with_special_characters_is_encoded(self):
        self.daemon.on("PUT", "/v1/coaches/C%2F%203%3F", 200, {"kind": "coach", "ref": "C/ 3?", "version": 7, "created": False})
        out, _ = self.carve("put", self.file("a.json", '{"kind": "coach", "ref": "C/ 3?"}'), LANG="nl_NL.UTF-8")
        self.assertEqual(out, "coach C/ 3?: opgeslagen als versie 7\n")
        self.assertEqual(self.daemon.requests[0]["headers"]["Accept-Language"], "nl")

    def test_a_file_of_several_documents_is_one_import(self):
        self.daemon.on("POST", "/v1/imports", 200, {"dryRun": False, "documents": 2, "created": 2, "coaches": 2, "warnings": PROBLEM["warnings"]})
        out, err = self.carve("put", self.file("a.yaml", "kind: coach\nref: A\n---\nkind: coach\nref: B\n"))
        self.assertEqual(out, "a.yaml: stored 2 coaches (2 new, 0 replaced, 0 unchanged)\n")
        self.assertEqual(err, "a.yaml:1:1: warning: an old profile\n... and 0 more\n".split("...")[0])

    def test_standard_input_is_told_apart_by_its_bytes(self):
        for text, media in ((b'{"a":1}\n{"a":2}\n', "application/x-ndjson"), (b"a: 1\n---\na: 2\n", "application/yaml"), (b'[{"a":1}]', "application/json")):
            self.daemon.on("POST", "/v1/imports?dryRun=true", 200, {"dryRun": True, "documents": 3, "candidates": 2, "sites": 1, "created": 3})
            out, _ = self.carve("import", "--dry-run", "-", text=text)
            self.assertIn("-: no errors in 1 site, 2 candidates; nothing was stored (3 would be new", out)
            self.assertEqual(self.daemon.requests[-1]["headers"]["Content-Type"], media)
            self.assertEqual(self.daemon.requests[-1]["body"], text)

    def test_findings_are_told_by_file_line_and_column(self):
        self.daemon.on("POST", "/v1/imports", 400, PROBLEM)
        out, err = self.carve("import", self.file("a.yaml", "x: 1"), code=3)
        self.assertEqual(out, "")
        self.assertEqual(err, "a.yaml:3:1: unknown key 'hourz'\n    did you mean 'hours'?\na.yaml: no coach C-9\na.yaml:1:1: warning: an old profile\n... and 4 more\n")

    def test_with_json_a_problem_is_printed_as_it_came(self):
        self.daemon.on("POST", "/v1/imports", 400, PROBLEM)
        out, err = self.carve("import", "--json", self.file("a.yaml", "x: 1"), code=3)
        self.assertEqual((out, err), (json.dumps(PROBLEM) + "\n", ""))

    def test_every_file_is_tried_and_the_first_failure_is_the_exit_code(self):
        self.daemon.on("POST", "/v1/imports", 400, PROBLEM)
        self.daemon.on("PUT", "/v1/coaches/B", 201, {"kind": "coach", "ref": "B", "version": 1, "created": True})
        out, _ = self.carve("put", self.file("a.yaml", "x: 1"), self.file("b.yaml", "kind: coach\nref: B\n"), code=3)
        self.assertEqual(out, "coach B: stored\n")

    def test_what_others_name_is_put_first(self):
        for collection in ("candidates", "sites", "coaches", "vocabularies"):
            self.daemon.on("PUT", f"/v1/{collection}/X", 201, {"created": True})
        self.daemon.on("POST", "/v1/imports", 200, {"documents": 2})
        names = [self.file(f"{kind}.yaml", f"kind: {kind}\nref: X\n") for kind in ("candidate", "coach", "site", "vocabulary")]
        self.carve("put", self.file("a.yaml", "a: 1\n---\na: 2\n"), *names)
        self.assertEqual([r["target"] for r in self.daemon.requests],
                         ["/v1/vocabularies/X", "/v1/coaches/X", "/v1/sites/X", "/v1/imports", "/v1/candidates/X"])

    def test_a_compressed_file_is_named(self):
        _, err = self.carve("import", self.file("a.gz", b"\x1f\x8b\x08rest"), code=3)
        self.assertIn("a.gz is compressed (gzip)", err)
        self.assertEqual(self.daemon.requests, [])

    def test_a_large_body_is_sent_whole(self):
        self.daemon.on("POST", "/v1/imports", 200, {"documents": 1})
        text = b"# " + b"x" * 5_000_000 + b"\na: 1\n"
        began = time.monotonic()
        self.carve("import", "-", text=text)
        self.assertEqual(self.daemon.requests[0]["body"], text)
        self.assertLess(time.monotonic() - began, 10)


class Asking(Session):
    def test_get_prints_yaml_that_can_be_put_again(self):
        self.daemon.on("GET", "/v1/coaches/C-03", 200, {"kind": "coach", "ref": "C-03", "hours": 7.5, "no": "no", "n": "12"})
        out, _ = self.carve("get", "coach", "C-03")
        self.assertEqual(out.splitlines()[:3], ["kind: coach", "ref: C-03", "hours: 7.5"])
        self.daemon.on("PUT", "/v1/coaches/C-03", 200, {"kind": "coach", "ref": "C-03", "version": 2})
        self.carve("put", self.file("again.yaml", out))

    def test_get_guesses_the_kind(self):
        self.daemon.on("GET", "/v1/sites/S-014", 200, SITE)
        out, _ = self.carve("get", "S-014", "--json")
        self.assertEqual(json.loads(out), SITE)

    def test_a_ref_of_two_kinds_asks_for_the_kind(self):
        self.daemon.on("GET", "/v1/sites/X", 200, {"kind": "site", "ref": "X"})
        self.daemon.on("GET", "/v1/coaches/X", 200, {"kind": "coach", "ref": "X"})
        _, err = self.carve("get", "X", code=2)
        self.assertIn("site, coach", err)

    def test_what_is_not_there_is_not_found(self):
        _, err = self.carve("get", "K-9", code=4)
        self.assertIn("there is no K-9", err)
        _, err = self.carve("get", "candidate", "K-9", code=4)
        self.assertEqual(err, "carve: not found\n")

    def test_list_follows_the_pages(self):
        self.daemon.on("GET", "/v1/coaches", 200, {"items": [{"ref": "C-1", "hours": 24}], "count": 2, "next": "a b"})
        self.daemon.on("GET", "/v1/coaches?cursor=a%20b", 200, {"items": [{"ref": "C-2é", "hours": 7.5}], "count": 2, "next": None})
        out, _ = self.carve("list", "coach")
        self.assertEqual(out, "ref   hours\nC-1      24\nC-2é    7.5\n")
        out, _ = self.carve("list", "coaches", "--json")
        self.assertEqual(json.loads(out), {"items": [{"ref": "C-1", "hours": 24}, {"ref": "C-2é", "hours": 7.5}], "count": 2})

    def test_plans_are_listed_with_what_matters(self):
        done = {**PLAN, "gap": 0.0512, "created": "2026-11-22T10:00:00Z", "inputHash": "ab", "threads": 1, "proposals": None}
        self.daemon.on("GET", "/v1/plans", 200, {"items": [{"id": "PL-2", "state": "running", "date": "2026-11-22"}, done], "count": 2, "next": None})
        out, _ = self.carve("plans")
        self.assertEqual([line.split() for line in out.splitlines()[1:]], [
            ["PL-2", "2026-11-22", "running"],
            [*"PL-1 2026-11-22 yes done close enough to the bound 1 4 30975 31000 5.12% 2026-11-22T10:00:00Z".split()]])
        self.assertNotIn("inputHash", out)
        self.assertEqual(self.carve("list", "plans")[0], out)

    def test_a_daemon_that_is_not_well_is_told(self):
        self.daemon.on("GET", "/v1/health", 503, {"status": "failing", "version": "0.1.0", "documents": {}, "plans": {}, "store": "failed"})
        out, err = self.carve("status", code=1)
        self.assertIn("not well; store: failed", out)
        self.assertEqual(err, "")

    def test_an_empty_list_says_so_on_standard_error(self):
        self.daemon.on("GET", "/v1/sites", 200, {"items": [], "count": 0, "next": None})
        self.assertEqual(self.carve("list", "site"), ("", "none yet\n"))

    def test_delete_names_what_it_deleted(self):
        self.daemon.on("DELETE", "/v1/candidates/K-1", 204)
        self.assertEqual(self.carve("delete", "candidate", "K-1")[0], "candidate K-1: deleted\n")
        out, _ = self.carve("delete", "candidate", "K-1", "--json")
        self.assertEqual(json.loads(out), {"kind": "candidate", "ref": "K-1", "deleted": True})
        self.carve("delete", "plan", "PL-1", code=2)

    def test_a_conflict_and_a_refusal_have_their_own_exit_codes(self):
        self.daemon.on("DELETE", "/v1/candidates/K-1", 409, {"title": "conflict", "detail": "it is in use", "hint": "wait", "status": 409})
        self.assertEqual(self.carve("delete", "candidate", "K-1", code=5)[1], "carve: it is in use\n    wait\n")
        self.daemon.on("DELETE", "/v1/candidates/K-1", 403, {"title": "you may not", "status": 403})
        self.carve("delete", "candidate", "K-1", code=6)

    def test_status_shows_what_the_daemon_holds(self):
        health = {"status": "ok", "version": "0.1.0", "documents": {"candidates": 35, "sites": 10}, "plans": {"running": 0, "queued": 1, "preparing": 0}, "store": "ok"}
        self.daemon.on("GET", "/v1/health", 200, health)
        out, _ = self.carve("status", "--lang", "nl")
        self.assertIn("in orde; opslag: in orde", out)
        self.assertIn(["kandidaten", "35"], [line.split() for line in out.splitlines()])
        self.assertIn(["plannen", "in", "de", "wacht", "1"], [line.split() for line in out.splitlines()])
        self.assertEqual(json.loads(self.carve("status", "--json")[0]), health)

    # explain

    def test_explain_tells_kinds_keys_and_one_key_in_both_languages_without_a_daemon(self):
        here = {"CARVED_SOCKET": os.path.join(self.folder, "nobody")}
        out, err = self.carve("explain", **here)
        self.assertEqual([line.split()[0] for line in out.splitlines()[1:5]], ["candidate", "site", "coach", "vocabulary"])
        self.assertEqual(err, "")
        out, _ = self.carve("explain", "coach", **here)
        self.assertEqual([line.split()[:2] for line in out.splitlines()[3:]], [["kind", "required"], ["ref", "required"], ["hours", "required"]])
        self.assertEqual(self.carve("explain", "candidate.hours.per-day", **here)[0].splitlines(), [
            "candidate.hours.per-day: hours a day at most", "", "holds        hours, 0.25 to 24", "when absent  8", "example      per-day: 6"])
        self.assertEqual(self.carve("explain", "candidate.hours.per-day", "--lang", "nl", **here)[0].splitlines(), [
            "candidate.hours.per-day: uren per dag, hoogstens", "", "inhoud               uren, 0.25 tot en met 24", "zonder deze sleutel  8",
            "voorbeeld            per-day: 6"])
        out, _ = self.carve("explain", "candidate.hours.build-up", **here)
        self.assertIn("[{week: 0, hours: 12}, {week: 8, hours: 16}]", out)
        self.assertIn("from this week on", out)
        self.assertEqual(self.daemon.requests, [])

    def test_explain_finds_a_key_without_what_is_above_it(self):
        self.assertEqual(self.carve("explain", "build-up")[0], self.carve("explain", "candidate.hours.build-up")[0])
        self.assertEqual(self.carve("explain", "hours.per-visit")[0], self.carve("explain", "candidate.hours.per-visit")[0])
        out, _ = self.carve("explain", "ref")
        self.assertEqual([line.split()[0] for line in out.splitlines()[1:]], [
            "candidate.ref", "site.ref", "site.jobs.ref", "site.jobs.tasks.ref", "site.vacancies.ref", "site.vacancies.tasks.ref", "coach.ref", "vocabulary.ref"])

    def test_explain_of_what_is_misspelt_asks_what_was_meant(self):
        self.assertEqual(self.carve("explain", "candidate.huors", code=4)[1], "carve: candidate has no key 'huors'\n    did you mean 'hours'?\n")
        self.assertEqual(self.carve("explain", "candidate.huors", "--lang", "nl", code=4)[1],
                         "carve: candidate heeft geen sleutel 'huors'\n    bedoelt u 'hours'?\n")
        self.assertIn("did you mean 'candidate'?", self.carve("explain", "candidat.hours", code=4)[1])
        self.assertIn("keys there: hours", self.carve("explain", "site.supervision.xyzzy", code=4)[1])
        self.carve("explain", "candidate", "site", code=2)

    def test_explain_in_json_is_the_schema_of_that_part(self):
        schema = json.loads(self.carve("explain", "candidate.hours.build-up", "--json")[0])
        self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema")
        self.assertEqual((schema["type"], schema["maxItems"], schema["items"]["required"]), ("array", 100, ["week", "hours"]))
        self.assertIs(schema["items"]["additionalProperties"], False)
        self.assertEqual(json.loads(self.carve("explain", "coach", "--json")[0])["properties"]["kind"]["const"], "coach")
        self.assertEqual(list(json.loads(self.carve("explain", "--json")[0])), ["candidate", "site", "coach", "vocabulary"])
        self.assertEqual(list(json.loads(self.carve("explain", "share", "--json")[0])), ["site.jobs.carve.share", "site.vacancies.carve.share"])

    def test_misspelt_commands_and_options_are_told_with_what_was_meant(self):
        self.assertEqual(self.carve("exlpain", code=2)[1], "carve: 'exlpain' is not a command of carve\n    did you mean 'explain'?\n")
        self.assertEqual(self.carve("lsit", "--lang", "nl", code=2)[1], "carve: 'lsit' is geen opdracht van carve\n    bedoelt u 'list'?\n")
        self.assertIn("`carve --help` lists the commands", self.carve("xyzzy", code=2)[1])
        self.assertIn("did you mean '--seed'?", self.carve("plan", "--sede=3", code=2)[1])
        self.assertIn("did you mean '--json'?", self.carve("--jsno", "status", code=2)[1])
        for known in ("--seed", "--no-wait=1"):  # its value is what is wrong
            self.assertIn("see `carve plan --help`", self.carve("plan", known, code=2)[1])


class Trouble(Session):
    def test_no_daemon_names_the_socket_and_what_to_do(self):
        for socket in ("/nowhere/s", self.file("plain", "x")):
            _, err = self.carve("status", "--socket", socket, code=7)
            self.assertIn(socket, err)
            self.assertIn("systemctl start carved", err)

    def test_a_socket_that_one_may_not_use_says_so(self):
        os.chmod(self.daemon.path, 0)
        other = {"user": 65534} if os.getuid() == 0 else {}  # root may use every socket
        with tempfile.TemporaryDirectory() as folder:  # this checkout may be where nobody else can go, as in root's home
            os.chmod(folder, 0o755)
            done = subprocess.run([shutil.copy(CARVE, folder), "status"], capture_output=True, env=self.environment(), timeout=60, **other)
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertIn(b"ask to be added to the group", done.stderr)

    def test_an_answer_that_makes_no_sense_is_an_internal_error(self):
        self.daemon.on("GET", "/v1/health", 200, b"<html>")
        self.carve("status", code=8)
        self.daemon.on("GET", "/v1/health", 500, b"<html>")
        self.assertIn("status 500", self.carve("status", code=8)[1])

    def test_a_reader_that_goes_away_is_harmless(self):
        self.daemon.on("GET", "/v1/coaches", 200, {"items": [{"ref": "C-%d" % i} for i in range(20000)], "count": 20000, "next": None})
        done = subprocess.run(["bash", "-c", '"$0" list coach | head -1; exit ${PIPESTATUS[0]}', CARVE], capture_output=True, env=self.environment(), timeout=60)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"ref\n", b""))

    def test_output_that_can_not_be_written_is_told(self):
        self.daemon.on("GET", "/v1/coaches", 200, {"items": [{"ref": "C-1"}], "count": 1, "next": None})
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CARVE, "list", "coach"], stdout=full, stderr=subprocess.PIPE, env=self.environment(), timeout=60)
        self.assertEqual(done.returncode, 8)
        self.assertIn(b"could not be written", done.stderr)


class Again(unittest.TestCase):
    """What carve sends again, and what it does not."""

    def setUp(self):
        self.daemon = self.enterContext(FakeDaemon())

    def carve(self, *arguments, input=None):
        return subprocess.run([CARVE, "--socket", self.daemon.path, *arguments], input=input, capture_output=True, env={"LANG": "C"}, timeout=60)

    def keys(self):
        return [r["headers"].get("Idempotency-Key") for r in self.daemon.requests]

    def busy_at_first(self, times, status, answer, headers=None):
        left = [times]

        def scripted(_):
            left[0] -= 1
            if left[0] >= 0:
                return status, {"title": "busy", "detail": "too much", "status": status}, {"Retry-After": "1", **(headers or {})}
            return answer

        return scripted

    def test_a_daemon_that_says_when_to_come_back_is_asked_again(self):
        for status in (429, 503):
            self.daemon.on("GET", "/v1/coaches/C-1", 0, self.busy_at_first(2, status, (200, {"kind": "coach", "ref": "C-1", "hours": 1})))
            self.daemon.requests.clear()
            self.assertEqual(self.carve("get", "coach", "C-1").returncode, 0)
            self.assertEqual(len(self.daemon.requests), 3)

    def test_one_that_stays_busy_is_left_alone_after_a_while(self):
        self.daemon.on("DELETE", "/v1/coaches/C-1", 0, self.busy_at_first(99, 429, None))
        result = self.carve("delete", "coach", "C-1")
        self.assertEqual((result.returncode, result.stderr), (7, b"carve: too much\n"))
        self.assertEqual(len(self.daemon.requests), 5)

    def test_an_hour_is_not_waited_for(self):
        self.daemon.on("GET", "/v1/coaches/C-1", 0, self.busy_at_first(99, 503, None, {"Retry-After": "3600"}))
        self.assertEqual(self.carve("get", "coach", "C-1").returncode, 7)
        self.assertEqual(len(self.daemon.requests), 1)

    def test_what_has_a_key_survives_a_connection_that_breaks(self):
        imported = {"dryRun": False, "documents": 1, "created": 1, "replaced": 0, "unchanged": 0, "candidates": 0, "sites": 0, "coaches": 1,
                    "vocabularies": 0, "warnings": []}
        breaks = [None, None, (200, imported)]
        self.daemon.on("POST", "/v1/imports", 0, lambda _: breaks.pop(0))
        self.assertEqual(self.carve("import", "-", input=b'{"kind":"coach","ref":"C-1","hours":1}').returncode, 0)
        self.assertEqual(len(self.daemon.requests), 3)
        self.assertEqual(len(set(self.keys())), 1)
        self.assertRegex(self.keys()[0], '^"[0-9a-f]{32}"$')

    def test_what_has_none_is_sent_once(self):
        self.daemon.on("PUT", "/v1/coaches/C-1", 0, lambda _: None)
        self.assertEqual(self.carve("put", "-", input=b'{"kind":"coach","ref":"C-1","hours":1}').returncode, 7)
        self.assertEqual(self.keys(), [None])

    def test_each_request_has_a_key_of_its_own(self):
        self.daemon.on("POST", "/v1/plans", 202, {"id": "PL-1", "state": "running"})
        for _ in range(2):
            self.assertEqual(self.carve("plan", "--no-wait").returncode, 0)
        self.assertEqual(len(set(self.keys())), 2)


if __name__ == "__main__":
    main()
