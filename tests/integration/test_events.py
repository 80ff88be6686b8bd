# SPDX-License-Identifier: EUPL-1.2
"""GET /v1/events against the real daemon: what is told, and that each client hears everything once, in order, whatever happens in between."""
import json
import os
import random
import re
import signal
import socket
import subprocess
import threading
import unittest

import harness
from events import QUICK, Follower, Stream, small_sites
from harness import Daemon

# Ended by its gap and by nothing else, however slow the machine.
ORDER = {"seconds": 300, "budget": {"gap-target": 200000}}


def plan(daemon, **members):
    answer = daemon.request("POST", "/v1/plans", {**ORDER, **members}, {"Prefer": "wait=110"})
    assert answer.status == 200, answer.body
    return answer.json


class Told(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon("http: {wait-seconds: 110}\nevents: {heartbeat-seconds: 1, per-user: 3, streams: 5}\n")
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.__exit__)
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0

    def newest(self):
        with Stream(self.daemon) as stream:
            return int(stream.response.readline() and stream.response.readline().decode().removeprefix("id: "))

    def test_a_plan_tells_its_beginning_its_progress_its_proposals_and_last_its_end(self):
        last = self.newest()
        with Stream(self.daemon) as stream:
            ended = plan(self.daemon)
            events = stream.until("plan-ended")
        self.assertEqual([event[0] for event in events], list(range(last + 1, last + 1 + len(events))))
        for number, kind, data in events:
            self.assertEqual((data["id"], data["kind"], data["plan"]), (number, kind, ended["id"]))
        kinds = [kind for _, kind, _ in events if kind != "plan-progress"]
        self.assertEqual(kinds, ["plan-started"] + ["proposal-proposed"] * len(ended["proposals"]) + ["plan-ended"])
        self.assertIn("plan-progress", [kind for _, kind, _ in events])
        self.assertEqual([(data["proposal"], data["candidate"], data["site"]) for _, kind, data in events if kind == "proposal-proposed"],
                         [(p["id"], p["candidate"], p["site"]) for p in ended["proposals"]])
        self.assertEqual(events[0][2]["details"], {"date": ended["date"], "simulated": False, "createdBy": ended["createdBy"], "candidates": ended["candidates"]})
        self.assertEqual(events[-1][2]["details"], {"state": ended["state"], "simulated": False, "proposals": len(ended["proposals"]),
                                                    "value": ended["value"], "bound": ended["bound"], "placed": ended["placed"]})

    def test_what_is_told_is_what_the_description_says(self):
        if harness.CONTRACT is None:
            self.skipTest("python3-jsonschema is not installed: no contract is loaded")
        plan(self.daemon)
        schema = {"$ref": "#/components/schemas/EventData"}
        with Stream(self.daemon, 0) as stream:
            for _, _, data in stream.take(self.newest()):
                harness.CONTRACT.check_value(data, schema, "EventData", "an event")

    def test_it_goes_on_behind_any_id(self):
        plan(self.daemon)
        with Stream(self.daemon, 0) as stream:
            everything = stream.take(self.newest())
        for last in (1, 2, len(everything) // 2, len(everything) - 1):
            with Stream(self.daemon, last) as stream:
                self.assertEqual(stream.take(len(everything) - last), everything[last:])

    def test_kinds_and_a_plan_can_be_chosen(self):
        ended = plan(self.daemon)
        with Stream(self.daemon, 0) as stream:
            everything = stream.take(self.newest())
        with Stream(self.daemon, 0, f"?kinds=plan-ended,plan-started&plan={ended['id']}") as stream:
            self.assertEqual(stream.take(2), [e for e in everything if e[1] in ("plan-started", "plan-ended") and e[2]["plan"] == ended["id"]])
        with Stream(self.daemon, 0, f"?kinds=plan-started&plan={ended['id']}") as stream:
            stream.take(1)
            while stream.response.readline().decode() != f"id: {everything[-1][0]}\n":
                pass  # until a heartbeat says how far the stream is, though nothing of that was for this client
        for query in ("?kinds=", "?kinds=decision,", "?kinds=decisions", "?plan=9", "?plan=PL-0", "?plan=PL-x"):
            answer = self.daemon.request("GET", "/v1/events" + query)
            self.assertEqual((answer.status, answer.json["code"]), (400, "query-invalid"), query)

    def test_a_change_of_a_document_tells_which_proposals_it_made_stale(self):
        ended = plan(self.daemon)
        proposal = ended["proposals"][0]
        stale = [p["id"] for p in ended["proposals"] if p["site"] == proposal["site"]]
        site = self.daemon.request("GET", f"/v1/sites/{proposal['site']}").json
        with Stream(self.daemon) as stream:
            self.daemon.request("PUT", f"/v1/sites/{proposal['site']}", {**site, "name": "Anders"})
            events = stream.take(len(stale))
        self.daemon.request("PUT", f"/v1/sites/{proposal['site']}", site)
        self.assertEqual([(kind, data["proposal"], data["details"]) for _, kind, data in events],
                         [("proposal-stale", p, {"because": "site", "was": "proposed"}) for p in stale])

    def test_a_simulated_plan_proposes_nothing_to_people(self):
        with Stream(self.daemon) as stream:
            plan(self.daemon, date="2026-12-24")
            events = stream.until("plan-ended")
        self.assertEqual([kind for _, kind, _ in events if kind != "plan-progress"], ["plan-started", "plan-ended"])
        self.assertTrue(events[-1][2]["details"]["simulated"])

    def test_an_id_that_makes_no_sense_or_never_was_is_told_so(self):
        for last, status, code in (("x", 400, "header-invalid"), ("-1", 400, "header-invalid"), ("9" * 19, 400, "header-invalid"),
                                   ("999999", 410, "event-not-yet")):
            answer = self.daemon.request("GET", "/v1/events", headers={"Last-Event-ID": last})
            self.assertEqual((answer.status, answer.json["code"]), (status, code), last)
        answer = self.daemon.request("GET", "/v1/events", headers={"Last-Event-ID": "999999", "Accept-Language": "nl"})
        self.assertIn("is hier nog niet geweest", answer.json["detail"])

    def test_the_head_and_other_types(self):
        answer = self.daemon.request("HEAD", "/v1/events")
        self.assertEqual((answer.status, answer.headers["Content-Type"], answer.body), (200, "text/event-stream", ""))
        self.assertEqual(self.daemon.request("GET", "/v1/events", headers={"Accept": "application/json"}).status, 406)

    def test_a_quiet_stream_shows_that_it_lives(self):
        with Stream(self.daemon) as stream:
            for _ in range(2):
                while not stream.response.readline().startswith(b":"):
                    pass

    def test_a_user_has_a_share_of_the_streams(self):
        streams = [Stream(self.daemon) for _ in range(3)]
        answer = self.daemon.request("GET", "/v1/events")
        self.assertEqual((answer.status, answer.json["code"]), (429, "share-used-up"))
        self.assertIn("\ncarved_event_streams 3\n", self.daemon.request("GET", "/metrics").body)
        for stream in streams:
            stream.close()
        self.assertTrue(self.daemon.wait_until(lambda: "\ncarved_event_streams 0\n" in self.daemon.request("GET", "/metrics").body))
        self.newest()


class Everything(unittest.TestCase):
    """10,000 events, three clients that reconnect at random and one `carve watch`, a clean restart and one by kill -9 in between: each has each event once, in order."""

    SITES = 500

    def test_each_client_has_each_event_once_and_in_order(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        chance = random.Random(seed)
        with Daemon("http: {wait-seconds: 110}\nevents: {page-bytes: 4096}\n") as daemon:
            small_sites(daemon, self.SITES)
            followers = [Follower(daemon, 0, lambda: chance.uniform(0, 0.1), lambda: chance.randint(1, 900)) for _ in range(3)]
            for follower in followers:
                follower.start()
            environment = {**os.environ, "LANG": "C", "CARVED_SOCKET": daemon.socket}
            watching = subprocess.Popen([harness.CARVE, "watch", "--json", "--since", "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            lines = []
            reading = threading.Thread(target=lambda: lines.extend(watching.stdout), daemon=True)
            reading.start()
            proposed = stale = 0
            for number in range(1, 11):
                proposed += len(plan(daemon, **QUICK)["proposals"])
                if number == 3:
                    self.assertEqual(daemon.stop(), 0)
                    daemon.start()
                elif number == 7:
                    daemon.request("POST", "/v1/plans", {"seconds": 600, "budget": {"gap-target": 0, "search-rounds": 100000000}})
                    daemon.kill()
                    daemon.start()
                small_sites(daemon, self.SITES, name=f"round {number}")  # other documents of all sites: every open proposal is stale
                stale += self.SITES
            with Stream(daemon) as stream:
                stream.response.readline()
                newest = int(stream.response.readline().decode().removeprefix("id: "))
            self.assertGreaterEqual(newest, 10000)
            for follower in followers:
                self.assertTrue(follower.wait_for(newest))
                follower.end()
            self.assertTrue(daemon.wait_until(lambda: len(lines) >= newest))
            watching.send_signal(signal.SIGINT)
            self.assertEqual(watching.wait(30), 0)
            reading.join()
            with Stream(daemon, 0) as stream:
                everything = stream.take(newest)
            self.assertEqual([number for number, _, _ in everything], list(range(1, newest + 1)))
            for follower in followers:
                self.assertEqual(follower.events, everything)
                self.assertGreater(follower.connections, 10)
            self.assertEqual([json.loads(line) for line in lines], [data for _, _, data in everything])
            kinds = [kind for _, kind, _ in everything]
            self.assertEqual((kinds.count("proposal-proposed"), kinds.count("proposal-stale")), (proposed, stale))
            self.assertEqual((kinds.count("plan-started"), kinds.count("plan-ended")), (11, 11))
            print(f"{newest} events; {[follower.connections for follower in followers]} connections")


class Decisions(unittest.TestCase):
    def test_a_decision_is_told_with_who_decided_and_its_change_makes_it_stale(self):
        with Daemon("http: {wait-seconds: 110}\n") as daemon:
            small_sites(daemon, 3)
            ended = plan(daemon, **QUICK)
            offered = ended["proposals"][1]
            with Stream(daemon) as stream:
                self.assertEqual(daemon.carve("offer", offered["id"]).returncode, 0)
                small_sites(daemon, 3, name="another")
                events = stream.take(4)
            decided = events[0][2]
            self.assertEqual([(kind, data["proposal"]) for _, kind, data in events],
                             [("decision", offered["id"])] + [("proposal-stale", p["id"]) for p in ended["proposals"]])
            self.assertEqual((decided["plan"], decided["candidate"], decided["site"]), (ended["id"], offered["candidate"], offered["site"]))
            self.assertEqual((decided["details"]["kind"], decided["details"]["by"]), ("offered", ended["createdBy"]))
            self.assertEqual([data["details"]["was"] for _, _, data in events[1:]], ["proposed", "offered", "proposed"])


class Watch(unittest.TestCase):
    def test_a_line_for_each_event_in_both_languages_until_ctrl_c(self):
        with Daemon("http: {wait-seconds: 110}\nevents: {progress-seconds: 0}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            ended = plan(daemon)
            first = ended["proposals"][0]
            stamp = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  "
            for language, lines in (("en", (f"PL-1 started by {ended['createdBy']}: 35 candidates, for {ended['date']}",
                                            f"P-1 proposed: {first['candidate']} at {first['site']} (PL-1)", f"PL-1 done: {len(ended['proposals'])} proposals")),
                                    ("nl", (f"PL-1 begonnen door {ended['createdBy']}: 35 kandidaten, voor {ended['date']}",
                                            f"P-1 voorgesteld: {first['candidate']} bij {first['site']} (PL-1)", f"PL-1 klaar: {len(ended['proposals'])} voorstellen"))):
                environment = {**os.environ, "CARVED_SOCKET": daemon.socket}
                watching = subprocess.Popen([harness.CARVE, "--lang", language, "watch", "--since", "0"], env=environment, stdout=subprocess.PIPE)
                told = [watching.stdout.readline().decode().rstrip("\n") for _ in range(len(ended["proposals"]) + 2)]
                watching.send_signal(signal.SIGINT)
                self.assertEqual((watching.wait(30), watching.stdout.read()), (0, b""))
                watching.stdout.close()
                for line, expected in zip((told[0], told[1], told[-1]), lines):
                    self.assertRegex(line, "^" + stamp + re.escape(expected) + "$")

    def test_what_can_not_be_watched(self):
        with Daemon() as daemon:
            unknown = daemon.carve("watch", "--since", "7")
            self.assertEqual((unknown.returncode, unknown.stdout), (4, b""))
            self.assertIn(b"there has been no event 7 here yet", unknown.stderr)
            self.assertEqual(daemon.carve("watch", "--kind", "plans").returncode, 3)
            self.assertEqual(daemon.carve("watch", "--since", "x").returncode, 2)
            daemon.stop()
            self.assertEqual(daemon.carve("watch").returncode, 7)


class Ends(unittest.TestCase):
    def test_a_daemon_that_stops_ends_the_stream_and_the_client_goes_on_with_the_next_one(self):
        with Daemon("http: {wait-seconds: 110}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            stream = Stream(daemon)
            plan(daemon)
            before = stream.until("plan-ended")
            self.assertEqual(daemon.stop(), 0)
            self.assertEqual(list(stream), [])  # the last chunk came: http.client raises IncompleteRead where it does not
            daemon.start()
            with Stream(daemon, stream.last) as again:
                plan(daemon)
                after = again.until("plan-ended")
            self.assertEqual([e[0] for e in before + after], list(range(1, len(before + after) + 1)))

    def test_a_plan_that_a_kill_interrupted_is_told_to_have_failed(self):
        with Daemon("http: {wait-seconds: 110}\n") as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            with Stream(daemon) as stream:
                daemon.request("POST", "/v1/plans", {"seconds": 600, "budget": {"gap-target": 0, "search-rounds": 100000000}})
                self.assertEqual(stream.take(1)[0][1], "plan-started")
            daemon.kill()
            daemon.start()
            with Stream(daemon, 1) as stream:
                self.assertEqual(stream.until("plan-ended")[-1][2]["details"], {"state": "failed", "failure": "plan-interrupted"})

    def test_a_client_that_does_not_read_is_cut_off_and_misses_nothing(self):
        with Daemon("http: {write-ms: 300, wait-seconds: 110}\nevents: {page-bytes: 1024, page-rows: 100000}\n") as daemon:
            small_sites(daemon, 500)
            events = sum(1 + len(plan(daemon, **QUICK)["proposals"]) for _ in range(4))  # more than the kernel keeps for a client
            client = socket.socket(socket.AF_UNIX)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            client.connect(daemon.socket)
            client.sendall(b"GET /v1/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0\r\n\r\n")
            cut = "\ncarved_event_streams_cut_off_total 1\n"
            self.assertTrue(daemon.wait_until(lambda: cut in daemon.request("GET", "/metrics").body))
            received = b""
            while piece := client.recv(65536):
                received += piece
            client.close()
            taken = re.findall(rb"\nid: (\d+)\nevent", received)
            self.assertLess(len(taken), events)
            with Stream(daemon, int(taken[-2])) as stream:  # the last one may have been cut off in the middle
                rest = [number for number, kind, _ in stream.take(events - len(taken))]
            self.assertEqual(rest, list(range(rest[0], rest[0] + len(rest))))
            self.assertEqual(rest[0], int(taken[-2]) + 1)


if __name__ == "__main__":
    harness.main()
