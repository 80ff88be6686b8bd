# SPDX-License-Identifier: EUPL-1.2
"""The pages that there are, and a daemon that makes them. A new kind of page is a line in `kinds`; every test of this folder then looks at it."""
import gzip
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../integration"))
import harness  # noqa: E402  a path of its own

LANGUAGES = ("en", "nl")
QUICK = {"budget": {"price-rounds": 5, "search-rounds": 10, "block-rounds": 0, "site-nodes": 0}}  # a plan good enough to look at


class Kind:
    """One kind of page: its name; of what it is made, and how many sheets of A4 it may take."""

    def __init__(self, name, path, sheets):
        self.name, self.path, self.sheets = name, path, sheets

    def get(self, daemon, of, language, media="text/html"):
        return daemon.request("GET", self.path.format(of), headers={"Accept": media, "Accept-Language": language})


COACH = Kind("coach", "/v1/proposals/{}/explanation?for=coach", (1, 6))
OF_PROPOSALS = (COACH,)


def plan(daemon, **order):
    answer = daemon.request("POST", "/v1/plans", {**QUICK, **order}, {"Prefer": "wait=300"}, timeout=600)
    assert (answer.status, answer.json["state"]) == (200, "done"), answer.body[:500]
    return answer.json


def load_demo(daemon):
    done = daemon.carve("import", *harness.demo_files())
    assert done.returncode == 0, done.stderr.decode()


def load_region(daemon, name):
    """A real region; skips the test where it is absent. Returns its text."""
    with gzip.open(harness.region(name), "rt") as file:
        text = file.read()
    answer = daemon.request("POST", "/v1/imports", text, {"Content-Type": "application/x-ndjson"})
    assert answer.status == 200, answer.body[:500]
    return text


def telling(proposals):
    """Three proposals that are unlike each other: the shortest, the one with the most tasks, a whole vacancy."""
    whole = [p for p in proposals if p["kind"] == "whole-vacancy"]
    longest = max(proposals, key=lambda p: (len({(s.get("job"), s["task"]) for s in p["slots"]}), p["hours"]))
    shortest = min((p for p in proposals if p is not longest), key=lambda p: p["hours"])
    return {"short": shortest, "long": longest, **({"whole": whole[0]} if whole else {})}
