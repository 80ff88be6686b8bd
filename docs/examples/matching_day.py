#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""A matching system's day with carved, from the first import to the second plan. Python's standard library only; take from it what you need.

    matching_day.py [--socket PATH] [--seconds N] REGION.ndjson[.gz]

What it shows, and why it is done so:

  import         many documents in one request: all of them are stored, or none, and every mistake is told at once
  plan           asked for with an Idempotency-Key: whoever lost the answer asks again, and there is still one plan
  watch          a plan takes minutes: its place is known at once, its progress is read there
  proposals      lists come in pages; a page's `next` leads to the following one, whatever others write meanwhile
  change         read, change, send back with the tag of what was read (If-Match): nobody's work is overwritten unseen
  plan again     and compare: for whom is something else proposed now?
"""
import argparse
import copy
import gzip
import http.client
import json
import socket
import sys
import time
import uuid


class Refused(Exception):
    """carved said no. `problem` is its answer (RFC 9457): code, detail, hint, and `errors` with the places of what is wrong."""

    def __init__(self, status, problem):
        lines = [f"{status} {problem.get('code')}: {problem.get('detail')}"]
        for error in problem.get("errors", []):
            place = error.get("location", {})
            lines.append(f"  line {place.get('line', '?')}, {error.get('kind', '')} {error.get('ref', '')} {error['pointer']}: {error['message']}")
        super().__init__("\n".join(lines))
        self.status, self.problem = status, problem


class Reply:
    def __init__(self, response):
        body = response.read()
        self.status, self.headers = response.status, response.headers
        self.json = json.loads(body) if body else None


class Carved:
    """Requests to one carved. The connection stays open; a busy carved is asked again when it says so; what is safe to repeat is repeated."""

    ATTEMPTS = 5

    def __init__(self, path="/run/carved/carved.sock"):
        self.path, self.connection = path, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def request(self, method, path, body=None, **headers):
        """Returns the Reply to a request that was granted (2xx), raises Refused for any other answer. `headers`: if_match="..." is If-Match."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, (dict, list)):
            body, headers["Content-Type"] = json.dumps(body), "application/json"
        # Sent twice, a POST without a key would do its work twice. The others mean the same however often they come.
        repeatable = method != "POST" or "idempotency-key" in headers
        for left in reversed(range(self.ATTEMPTS)):
            try:
                reply = self.send(method, path, body, headers)
            except (OSError, http.client.HTTPException):  # the connection was idle for too long, or carved has just been restarted
                self.close()
                if not (left and repeatable):
                    raise
                time.sleep(0.2)
                continue
            if "Retry-After" in reply.headers and left:  # too busy, or the first of two with this key is under way: nothing was done, any request can be repeated
                time.sleep(int(reply.headers["Retry-After"]))
                continue
            if 200 <= reply.status < 300:
                return reply
            raise Refused(reply.status, reply.json or {})

    def send(self, method, path, body, headers):
        if not self.connection:
            self.connection = http.client.HTTPConnection("localhost", timeout=120)
            self.connection.sock = socket.socket(socket.AF_UNIX)
            self.connection.sock.settimeout(120)
            self.connection.sock.connect(self.path)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        reply = Reply(response)
        if response.will_close:
            self.close()
        return reply

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def items(self, path, limit=200):
        """Every item of a list, page after page."""
        cursor = ""
        while cursor is not None:
            page = self.request("GET", f"{path}?limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json
            yield from page["items"]
            cursor = page["next"]


def import_region(carved, path):
    """All documents of a file (one JSON document a line) in one request."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return carved.request("POST", "/v1/imports", file.read(), content_type="application/x-ndjson", idempotency_key=str(uuid.uuid4())).json


def start_plan(carved, key, **order):
    """Where the plan is. The key stands for the intention, not for the attempt: keep it with your own data before you ask, and use it again until you know the
    answer, even after a crash of your own."""
    return carved.request("POST", "/v1/plans", order, idempotency_key=key).headers["Location"]


def watch(carved, location, tell=lambda plan: None):
    """The summary of the plan once it has ended."""
    while True:
        plan = carved.request("GET", location + "?view=summary").json
        if plan["state"] != "running":
            return plan
        tell(plan)
        time.sleep(0.5)


def proposals_of(carved, location):
    """The proposals of a plan by their candidates."""
    return {proposal["candidate"]: proposal for proposal in carved.items(location + "/proposals")}


def change(carved, path, edit):
    """Changes a document so that nobody's change is lost: on 412 somebody was faster, and what they wrote is read and changed anew. `edit` gets a document and
    changes it; it says how things should be ("60 minutes"), not by how much they differ ("5 more"), so that it may run again. Returns whether there was anything to
    change."""
    while True:
        before = carved.request("GET", path)
        document = copy.deepcopy(before.json)
        edit(document)
        if document == before.json:
            return False
        try:
            carved.request("PUT", path, document, if_match=before.headers["ETag"])
            return True
        except Refused as refused:
            if refused.status != 412:
                raise


def travels_an_hour(candidate):
    candidate["travel"]["max-minutes"] = max(60, candidate["travel"]["max-minutes"])


def what(proposal):
    """What a proposal comes down to, to compare it with another."""
    return proposal and (proposal["site"], proposal["slots"])


def tell_progress(plan):
    progress = plan["progress"]
    print(f"  {progress['phase']}: {progress['placed']} placed, value {progress['value']}", file=sys.stderr)


def make_plan(carved, intention, seconds):
    location = start_plan(carved, f"{intention}-{uuid.uuid4()}", seconds=seconds)
    plan = watch(carved, location, tell_progress)
    if plan["state"] != "done":
        sys.exit(f"{plan['id']} {plan['state']}: {plan.get('problem', {}).get('message', '')}")
    print(f"{plan['id']}: {plan['placed']} of {plan['candidates']} placed, value {plan['value']}, at most {plan['bound']} (gap {float(plan['gap']):.2%})")
    return location


def spend_day(carved, region, seconds):
    imported = import_region(carved, region)
    print(f"imported: {imported['documents']} documents, {imported['created']} of them new, {len(imported['warnings'])} warnings")

    morning = make_plan(carved, "morning", seconds)
    first = proposals_of(carved, morning)
    print(f"proposals: {len(first)}, of these {sum(bool(proposal['conditions']) for proposal in first.values())} with a condition")

    refs = [candidate["ref"] for candidate in carved.items("/v1/candidates")]
    chosen = refs[::100]
    changed = sum(change(carved, f"/v1/candidates/{ref}", travels_an_hour) for ref in chosen)
    print(f"changed: {changed} of {len(chosen)} candidates, 1% of {len(refs)}")

    second = proposals_of(carved, make_plan(carved, "afternoon", seconds))
    other = sum(what(first.get(ref)) != what(second.get(ref)) for ref in refs)
    print(f"different: {other} of {len(refs)} candidates have another proposal than in the morning")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("region", help="a file with one JSON document a line")
    arguments.add_argument("--socket", default="/run/carved/carved.sock")
    arguments.add_argument("--seconds", type=int, default=60, help="for each plan, at most")
    given = arguments.parse_args()
    with Carved(given.socket) as carved:
        spend_day(carved, given.region, given.seconds)


if __name__ == "__main__":
    try:
        main()
    except Refused as refused:
        sys.exit(str(refused))
