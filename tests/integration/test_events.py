# SPDX-License-Identifier: EUPL-1.2
"""GET /v1/events against the real daemon: what is told, and that each client hears everything once, in order, whatever happens in between."""
import re
import socket
import unittest

import harness
from events import QUICK, Stream, small_sites
from harness import Daemon

DEMO_SECONDS = {"seconds": 2}


def plan(daemon, **members):
    answer = daemon.request("POST", "/v1/plans", {**DEMO_SECONDS, **members}, {"Prefer": "wait=60"})
    assert answer.status == 200, answer.body
    return answer.json


class Told(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon("http: {wait-seconds: 60}\nevents: {heartbeat-seconds: 1, per-user: 3, streams: 5}\n")
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


class Ends(unittest.TestCase):
    def test_a_daemon_that_stops_ends_the_stream_and_the_client_goes_on_with_the_next_one(self):
        with Daemon() as daemon:
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
        with Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            with Stream(daemon) as stream:
                daemon.request("POST", "/v1/plans", {"seconds": 600, "budget": {"gap-target": 0, "search-rounds": 100000000}})
                self.assertEqual(stream.take(1)[0][1], "plan-started")
            daemon.kill()
            daemon.start()
            with Stream(daemon, 1) as stream:
                self.assertEqual(stream.until("plan-ended")[-1][2]["details"], {"state": "failed", "failure": "plan-interrupted"})

    def test_a_client_that_does_not_read_is_cut_off_and_misses_nothing(self):
        with Daemon("http: {write-ms: 300}\nevents: {page-bytes: 1024, page-rows: 100000}\n") as daemon:
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
