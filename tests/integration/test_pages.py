# SPDX-License-Identifier: EUPL-1.2
"""Lists, page after page: complete, without doubles, also while others write."""
import json
import re
import threading
import unittest
import urllib.parse

import harness

NDJSON = {"Content-Type": "application/x-ndjson"}


def pages(daemon, path):
    """Every page of a list, by the links that it gives."""
    while path:
        answer = daemon.request("GET", path)
        assert answer.status == 200, answer.body
        yield answer
        link = re.fullmatch('<([^>]+)>; rel="next"', answer.headers["Link"]) if "Link" in answer.headers else None
        assert (link is None) == (answer.json["next"] is None)
        if link:
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link[1]).query))
            assert query["cursor"] == answer.json["next"]
        path = link[1] if link else None


def items(daemon, path):
    return [item for page in pages(daemon, path) for item in page.json["items"]]


def put_coaches(daemon, refs):
    body = "\n".join(json.dumps({**harness.COACH, "ref": ref}) for ref in refs)
    answer = daemon.request("POST", "/v1/imports", body, NDJSON)
    assert answer.status == 200, answer.body


class Pages(unittest.TestCase):
    def test_2500_documents_come_once_each_in_pages_of_any_size(self):
        with harness.Daemon() as daemon:
            refs = [f"C-{n:04}" for n in range(2500)]
            put_coaches(daemon, refs)
            for limit in (7, 100, 999, 1000):
                self.assertEqual([i["ref"] for i in items(daemon, f"/v1/coaches?limit={limit}")], refs)
            self.assertEqual([i["ref"] for i in items(daemon, "/v1/coaches")], refs)
            sizes = [len(page.json["items"]) for page in pages(daemon, "/v1/coaches?limit=500")]
            self.assertEqual(sizes, [500] * 5)  # no empty page at the end
            self.assertEqual(daemon.request("GET", "/v1/coaches?limit=1").json["count"], 2500)
            listed = json.loads(daemon.carve("list", "coaches", "--json").stdout)
            self.assertEqual([i["ref"] for i in listed["items"]], refs)

    def test_what_stays_is_seen_once_while_others_come_and_go(self):
        with harness.Daemon() as daemon:
            stays = [f"C-{n:04}" for n in range(0, 600, 2)]
            goes = [f"C-{n:04}" for n in range(1, 600, 2)]
            put_coaches(daemon, stays + goes[:150])
            done = threading.Event()

            def churn():
                while not done.is_set():
                    for ref in goes:
                        if done.is_set():
                            break
                        if daemon.request("DELETE", f"/v1/coaches/{ref}").status == 404:
                            daemon.request("PUT", f"/v1/coaches/{ref}", {**harness.COACH, "ref": ref})

            churning = threading.Thread(target=churn)
            churning.start()
            try:
                for _ in range(5):
                    seen = [i["ref"] for i in items(daemon, "/v1/coaches?limit=9")]
                    self.assertEqual(seen, sorted(set(seen)))
                    self.assertEqual([ref for ref in seen if ref in set(stays)], stays)
            finally:
                done.set()
                churning.join()

    def test_plans_and_proposals_come_in_pages_too(self):
        with harness.Daemon() as daemon:
            for _ in range(24):  # of an empty region: at once
                daemon.request("POST", "/v1/plans", harness.QUICK, {"Prefer": "wait=60"})
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            plan = daemon.request("POST", "/v1/plans", harness.QUICK, {"Prefer": "wait=60"}).json
            self.assertEqual((plan["id"], plan["state"]), ("PL-25", "done"), plan)
            self.assertGreater(plan["placed"], 10)
            self.assertEqual(items(daemon, "/v1/plans/PL-25/proposals?limit=4"), plan["proposals"])
            self.assertEqual(items(daemon, "/v1/plans/PL-25/proposals"), plan["proposals"])
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-25/proposals?limit=4").json["count"], plan["placed"])
            self.assertEqual(daemon.request("GET", "/v1/plans/PL-24/proposals").json, {"items": [], "count": 0, "next": None})
            one = plan["proposals"][7]
            mine = daemon.request("GET", f"/v1/plans/PL-25/proposals?candidate={one['candidate']}&limit=1")
            self.assertEqual(mine.json, {"items": [one], "count": 1, "next": None})
            listed = pages(daemon, "/v1/plans?limit=7")
            seen = [p["id"] for p in next(listed).json["items"]]
            daemon.request("POST", "/v1/plans", harness.QUICK)  # newer than all pages to come
            for page in listed:
                seen += [p["id"] for p in page.json["items"]]
            self.assertEqual(seen, [f"PL-{n}" for n in range(25, 0, -1)])
            self.assertEqual(daemon.request("GET", "/v1/plans?limit=1").json["count"], 26)

    def test_limits_and_cursors_that_are_none_are_400(self):
        with harness.Daemon() as daemon:
            put_coaches(daemon, ["C-1", "C-2"])
            cursor = daemon.request("GET", "/v1/coaches?limit=1").json["next"]
            self.assertEqual(daemon.request("GET", f"/v1/coaches?cursor={cursor}").json["items"][0]["ref"], "C-2")
            broken = [cursor[:-1], cursor.upper() + "G", "C-1", "", cursor + "00", "6c" + b"nonsense".hex(), "70" + b"nonsense".hex()]
            for path in ("/v1/coaches", "/v1/sites", "/v1/plans", "/v1/plans/PL-1/proposals"):
                for query in ["limit=0", "limit=1001", "limit=-1", "limit=", "limit=1x", "limit=99999999999999999999"] + [f"cursor={b}" for b in broken]:
                    with self.subTest(path=path, query=query):
                        answer = daemon.request("GET", f"{path}?{query}")
                        if path.endswith("proposals") and query.endswith(b"nonsense".hex()) and query.startswith("cursor=70"):
                            self.assertEqual(answer.status, 404)  # there is no such plan: that comes first
                        else:
                            self.assertEqual((answer.status, answer.json["code"]), (400, "query-invalid"))
            for path in ("/v1/sites", "/v1/plans"):  # a cursor belongs to its list
                self.assertEqual(daemon.request("GET", f"{path}?cursor={cursor}").status, 400)

    def test_a_link_keeps_the_other_queries_and_is_safe_in_its_brackets(self):
        with harness.Daemon() as daemon:
            put_coaches(daemon, ["C-1", "C-2", "C-3"])
            link = daemon.request("GET", "/v1/coaches?limit=1").headers["Link"]
            self.assertRegex(link, '^</v1/coaches\\?limit=1&cursor=[0-9a-f]+>; rel="next"$')
            second = daemon.request("GET", re.match("<(.+)>", link)[1])
            self.assertRegex(second.headers["Link"], '^</v1/coaches\\?limit=1&cursor=[0-9a-f]+>; rel="next"$')


if __name__ == "__main__":
    harness.main()
