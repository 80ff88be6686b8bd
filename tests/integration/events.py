# SPDX-License-Identifier: EUPL-1.2
"""A client of GET /v1/events, as the specification of server-sent events describes it, on the standard library alone."""
import json
import os
import threading

import harness


# A plan of small sites has one answer: nothing needs to be searched for.
QUICK = {"budget": {"price-rounds": 1, "search-rounds": 0, "block-rounds": 0, "site-rounds": 0, "gap-target": 1000000}}


def small_sites(daemon, count, name="small"):
    """A region in which each of so many people has one vacancy, where they live: every plan has a proposal for each of them."""
    with open(os.path.join(harness.SOURCES, "lib/data/postcodes.csv")) as file:
        places = [line.split(",")[0] for line in file if line[:4].isdigit()]
    documents = [harness.COACH]
    for number, place in enumerate(places[:: len(places) // count][:count]):
        task = {"ref": "t", "hours": 12}
        documents.append({"kind": "site", "ref": f"S-{number}", "employer": f"E-{number}", "name": name, "place": place, "open": {"mon": ["am", "pm"], "tue": ["am", "pm"]},
                          "vacancies": [{"ref": "v", "tasks": [task]}]})
        documents.append(harness.candidate(f"K-{number}", home=place, travel={"max-minutes": 1, "mode": "walk"}))
    answer = daemon.request("POST", "/v1/imports", documents)
    assert answer.status == 200, answer.body


class Stream:
    """One connection. `for event in stream` gives (id, kind, data) until the body ends; `last` is the id to go on from. What is cut off in the middle of an event is dropped,
    as the specification wants it."""

    def __init__(self, daemon, last=None, query="", timeout=120):
        self.last = last
        self.comments = 0
        self.connection = harness.UnixConnection(daemon.socket, timeout)
        try:
            self.connection.request("GET", "/v1/events" + query, headers={} if last is None else {"Last-Event-ID": str(last)})
            self.response = self.connection.getresponse()
        except BaseException:
            self.connection.close()
            raise
        self.status = self.response.status

    def __iter__(self):
        found = {}
        for line in self.response:
            line = line.decode().rstrip("\n")
            if line.startswith(":"):
                self.comments += 1
            elif line:
                name, _, value = line.partition(": ")
                found[name] = value
            else:
                if "id" in found:
                    self.last = int(found["id"])
                if "data" in found:
                    yield int(found["id"]), found["event"], json.loads(found["data"])
                found = {}

    def take(self, count):
        """The next so many events."""
        events = iter(self)
        return [next(events) for _ in range(count)]

    def until(self, kind):
        """The events up to the first of a kind."""
        taken = []
        for event in self:
            taken.append(event)
            if event[1] == kind:
                return taken
        raise AssertionError(f"no {kind} in {taken}")

    def close(self):
        self.response.close()
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Follower(threading.Thread):
    """A client that follows a daemon through all that happens to it, and reconnects with the last id that it has."""

    def __init__(self, daemon, last, pause, leave=None):
        super().__init__(daemon=True)
        self.daemon_ = daemon
        self.last, self.pause, self.leave = last, pause, leave
        self.events = []
        self.connections = 0
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            try:
                self.follow()
            except (OSError, EOFError, harness.http.client.HTTPException):
                pass
            self.stopping.wait(self.pause())

    def follow(self):
        with Stream(self.daemon_, self.last, timeout=2) as stream:  # a stream that is quiet for longer is left, too
            if stream.status != 200:
                return
            self.connections += 1
            self.last = stream.last if self.last is None else self.last
            stays = self.leave() if self.leave else None
            for event in stream:
                self.events.append(event)
                self.last = event[0]
                if self.stopping.is_set() or stays is not None and (stays := stays - 1) <= 0:
                    return

    def wait_for(self, last):
        return self.daemon_.wait_until(lambda: self.last is not None and self.last >= last)

    def end(self):
        self.stopping.set()
        self.join()
