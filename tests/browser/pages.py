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
    """One kind of page: its name; of what it is made, how many sheets of A4 it may take, and for which proposals there is one."""

    def __init__(self, name, path, sheets, may=lambda daemon, proposal: True):
        self.name, self.path, self.sheets, self.may = name, path, sheets, may

    def get(self, daemon, of, language, media="text/html"):
        return daemon.request("GET", self.path.format(of), headers={"Accept": media, "Accept-Language": language})


COACH = Kind("coach", "/v1/proposals/{}/explanation?for=coach", (1, 6))
EMPLOYER = Kind("employer", "/v1/proposals/{}/explanation?for=employer", (1, 3),
                lambda daemon, proposal: daemon.request("GET", f"/v1/proposals/{proposal['id']}/explanation?for=employer").status == 200)
CANDIDATE = Kind("candidate", "/v1/proposals/{}/explanation?for=candidate", (1, 3))
OF_PROPOSALS = (COACH, EMPLOYER, CANDIDATE)
SITE = Kind("site", "/v1/sites/{}/recommendations", (1, 8))
PLAN = Kind("plan", "/v1/plans/{}/overview", (1, 12))


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
    """Three proposals that are unlike each other: a whole vacancy, and of the others the shortest and the one with the most tasks."""
    carved = [p for p in proposals if p["kind"] == "carved"]
    return {"short": min(carved, key=lambda p: p["hours"]), "long": max(carved, key=lambda p: (len(p["slots"]), p["hours"])),
            "whole": next(p for p in proposals if p["kind"] == "vacancy")}
