# SPDX-License-Identifier: EUPL-1.2
"""ETag, If-Match, If-None-Match, Accept and OPTIONS, over the socket."""
import json
import threading
import unittest

import harness

YAML = {"Content-Type": "application/yaml"}
LONG = {"budget": {"search-rounds": 100000000, "gap-target": 0}}


def coach(ref, hours=24):
    return {"kind": "coach", "ref": ref, "hours": hours}


class Documents(unittest.TestCase):
    def test_a_document_has_the_tag_of_its_version_and_is_sent_once(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            first = daemon.request("GET", "/v1/coaches/C-1")
            self.assertEqual((first.headers["ETag"], first.headers["Vary"]), ('"1"', "Accept"))
            for method in ("GET", "HEAD"):
                again = daemon.request(method, "/v1/coaches/C-1", headers={"If-None-Match": '"1"'})
                self.assertEqual((again.status, again.body, again.headers["ETag"]), (304, "", '"1"'))
                self.assertNotIn("Content-Type", again.headers)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-None-Match": 'W/"0", W/"1"'}).status, 304)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-None-Match": '"2"'}).status, 200)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-Match": '"1"'}).status, 200)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-Match": '"2"'}).status, 412)
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 12))
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-None-Match": '"1"'}).headers["ETag"], '"2"')
            self.assertEqual(daemon.request("GET", "/v1/coaches").json["items"], [{"ref": "C-1", "version": 2, "hours": 12}])

    def test_yaml_and_json_are_two_writings_of_one_version(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            answer = daemon.request("GET", "/v1/coaches/C-1", headers={"Accept": "application/yaml"})
            self.assertEqual((answer.status, answer.headers["Content-Type"], answer.headers["ETag"]), (200, "application/yaml", '"1.yaml"'))
            self.assertEqual(answer.body, "kind: coach\nref: C-1\nhours: 24\n")
            self.assertEqual(answer.body, daemon.carve("get", "coach", "C-1").stdout.decode().split("\n", 1)[1])
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"Accept": "application/yaml", "If-None-Match": '"1"'}).status, 200)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"Accept": "application/yaml", "If-None-Match": '"1.yaml"'}).status, 304)
            put = daemon.request("PUT", "/v1/coaches/C-1", answer.body.replace("24", "20"), {**YAML, "If-Match": answer.headers["ETag"]})
            self.assertEqual((put.status, put.json["version"]), (200, 2))
            self.assertNotIn("ETag", put.headers)  # what is stored is not the body that was sent (RFC 9110 9.3.4)

    def test_what_the_caller_does_not_take_is_406_when_reading_only(self):
        with harness.Daemon() as daemon:
            put = daemon.request("PUT", "/v1/coaches/C-1", json.dumps(coach("C-1")), {"Content-Type": "application/json", "Accept": "text/html"})
            self.assertEqual(put.status, 201)
            for path, accept in [("/v1/coaches/C-1", "text/html"), ("/v1/coaches", "application/yaml"), ("/v1/plans", "application/yaml"),
                                 ("/v1/health", "image/png")]:
                with self.subTest(path=path):
                    answer = daemon.request("GET", path, headers={"Accept": accept, "Accept-Language": "nl"})
                    self.assertEqual((answer.status, answer.json["code"]), (406, "not-acceptable"))
                    self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
            self.assertEqual(daemon.request("GET", "/v1/coaches", headers={"Accept": "text/html, */*;q=0.1"}).status, 200)

    def test_every_resource_in_json_says_so_when_nothing_else_will_do(self):
        with harness.Daemon() as daemon:
            for path, methods in (harness.CONTRACT.items if harness.CONTRACT else {}).items():
                if "get" in methods and path not in ("/metrics", "/v1/openapi.json"):  # which have one type for whoever asks
                    self.assertEqual(daemon.request("GET", path.replace("{", "").replace("}", ""), headers={"Accept": "audio/ogg"}).status, 406, path)

    def test_a_change_lands_only_on_the_version_that_it_names(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"), {"If-Match": "*"}).status, 412)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"), {"If-None-Match": "*"}).status, 201)
            there = daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 8), {"If-None-Match": "*"})
            self.assertEqual((there.status, there.headers["ETag"], there.json["etag"], there.json["code"]), (412, '"1"', '"1"', "condition-failed"))
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 9), {"If-Match": '"1"'}).json["version"], 2)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 10), {"If-Match": '"1"'}).status, 412)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 10), {"If-Match": 'W/"2"'}).status, 412)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-1", headers={"If-Match": '"1"'}).status, 412)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1").json["hours"], 9)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-1", headers={"If-Match": '"7", "2"'}).status, 204)
            gone = daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"), {"If-Match": '"2"'})
            self.assertEqual((gone.status, gone.json["etag"]), (412, None))
            self.assertNotIn("ETag", gone.headers)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"), {"If-None-Match": "*"}).json["version"], 4)  # 3 was the deletion

    def test_a_request_that_is_wrong_anyway_is_not_judged_by_its_condition(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 7.3), {"If-Match": '"9"'}).status, 400)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-2", headers={"If-Match": '"9"'}).status, 404)

    def test_headers_that_make_no_sense_are_400(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            for method, name in [("GET", "If-None-Match"), ("GET", "If-Match"), ("PUT", "If-Match"), ("PUT", "If-None-Match"), ("DELETE", "If-Match")]:
                for value in ("1", '"1', '*, "1"', ""):
                    with self.subTest(method=method, name=name, value=value):
                        answer = daemon.request(method, "/v1/coaches/C-1", coach("C-1", 6) if method == "PUT" else None, {name: value})
                        self.assertEqual((answer.status, answer.json["code"]), (400, "header-invalid"))
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1").headers["ETag"], '"1"')

    def test_of_many_writers_on_one_version_exactly_one_wins_every_time(self):
        rounds, writers = 25, 16
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 1))
            won = []

            def write(number, version, barrier):
                barrier.wait()
                answer = daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 2 + (version * writers + number) / 4), {"If-Match": f'"{version}"'})
                won.append((version, answer.status))

            for version in range(1, rounds + 1):
                barrier = threading.Barrier(writers)
                threads = [threading.Thread(target=write, args=(n, version, barrier)) for n in range(writers)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
            for version in range(1, rounds + 1):
                statuses = [status for at, status in won if at == version]
                self.assertEqual((statuses.count(200), statuses.count(412)), (1, writers - 1), version)
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1").headers["ETag"], f'"{rounds + 1}"')

    def test_tags_survive_a_restart(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 12))
            daemon.kill()
            daemon.start()
            self.assertEqual(daemon.request("GET", "/v1/coaches/C-1", headers={"If-None-Match": '"2"'}).status, 304)

    def test_a_setting_makes_conditions_a_duty_for_what_is_there(self):
        with harness.Daemon(config="documents: {require-if-match: true}\n") as daemon:
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1")).status, 201)
            for method, body in [("PUT", coach("C-1", 12)), ("DELETE", None)]:
                answer = daemon.request(method, "/v1/coaches/C-1", body)
                self.assertEqual((answer.status, answer.json["code"]), (428, "condition-required"))
            self.assertEqual(daemon.request("POST", "/v1/imports", coach("C-1", 13)).json["replaced"], 1)
            self.assertEqual(daemon.request("PUT", "/v1/coaches/C-1", coach("C-1", 12), {"If-Match": "*"}).status, 200)
            self.assertEqual(daemon.request("DELETE", "/v1/coaches/C-1", headers={"If-Match": '"3"'}).status, 204)


class Client(unittest.TestCase):
    def test_carve_shows_versions_and_changes_only_the_one_it_is_told(self):
        with harness.Daemon() as daemon:
            def put(hours, version):
                return daemon.carve("put", "--if-version", str(version), "-", input=json.dumps(coach("C-1", hours)).encode()).returncode

            self.assertEqual([put(8, 1), put(8, 0), put(8, 0), put(9, 1), put(10, 1), put(10, 2)], [5, 0, 5, 0, 5, 0])
            got = daemon.carve("get", "C-1").stdout
            self.assertEqual(got, b"# version 3\nkind: coach\nref: C-1\nhours: 10\n")
            self.assertEqual(daemon.carve("put", "--if-version=3", "-", input=got).returncode, 0)  # the same again: no new version
            self.assertEqual(daemon.carve("delete", "C-1", "--if-version", "2").returncode, 5)
            refused = daemon.carve("delete", "C-1", "--if-version", "2", language="nl_NL.UTF-8").stderr.decode()
            self.assertIn("niet de toestand", refused)
            self.assertEqual(daemon.carve("delete", "C-1", "--if-version", "3").returncode, 0)
            two = (json.dumps(coach("C-1")) + "\n" + json.dumps(coach("C-2"))).encode()
            self.assertEqual(daemon.carve("put", "--if-version", "1", "-", input=two).returncode, 2)
            self.assertEqual(daemon.carve("put", "--if-version", "x", "-", input=b"").returncode, 2)
            self.assertEqual(daemon.request("GET", "/v1/coaches").json["count"], 0)


class Plans(unittest.TestCase):
    def test_an_ended_plan_is_sent_once_and_a_running_one_is_cancelled_only_as_it_is(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            self.assertEqual(daemon.request("POST", "/v1/plans", harness.QUICK, {"Prefer": "wait=60"}).json["state"], "done")
            full = daemon.request("GET", "/v1/plans/PL-1")
            self.assertEqual(full.headers["Vary"], "Accept-Language")
            for path in ("/v1/plans/PL-1", "/v1/plans/PL-1?view=summary", "/v1/plans/PL-1/proposals", "/v1/proposals/P-1", "/v1/plans"):
                with self.subTest(path=path):
                    tag = daemon.request("GET", path).headers["ETag"]
                    again = daemon.request("GET", path, headers={"If-None-Match": tag})
                    self.assertEqual((again.status, again.body, again.headers["ETag"]), (304, "", tag))
            daemon.request("POST", "/v1/plans", LONG)
            running = daemon.request("GET", "/v1/plans/PL-2")
            stale = daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}, {"If-Match": '"nothing-of-ours"'})
            self.assertEqual(stale.status, 412)
            self.assertRegex(stale.headers["ETag"], '^"[0-9a-f]{32}"$')
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}, {"If-Match": "x"}).status, 400)
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}, {"If-Match": "*"}).status, 202)
            daemon.wait_for_plan("PL-2")
            self.assertNotEqual(daemon.request("GET", "/v1/plans/PL-2").headers["ETag"], running.headers["ETag"])
            self.assertEqual(daemon.request("PATCH", "/v1/plans/PL-2", {"state": "cancelled"}, {"If-Match": '"x"'}).status, 409)
            daemon.stop()
            daemon.start()
            self.assertEqual(daemon.request("HEAD", "/v1/plans/PL-1").headers["ETag"], full.headers["ETag"])


class Methods(unittest.TestCase):
    def test_options_says_what_is_possible_and_head_goes_where_get_goes(self):
        with harness.Daemon() as daemon:
            daemon.request("PUT", "/v1/coaches/C-1", coach("C-1"))
            for path, allow in [("/v1/coaches/C-1", "GET, HEAD, PUT, DELETE"), ("/v1/imports", "POST"), ("/v1/plans", "GET, HEAD, POST"),
                                ("/v1/plans/PL-1", "GET, HEAD, PATCH"), ("/v1/health", "GET, HEAD")]:
                answer = daemon.request("OPTIONS", path)
                self.assertEqual((answer.status, answer.headers["Allow"], answer.body), (204, allow, ""))
            self.assertEqual(daemon.request("OPTIONS", "/v1/nothing").status, 404)
            for path in ("/v1/coaches", "/v1/coaches/C-1", "/v1/plans", "/v1/health", "/v1/plans/PL-1"):
                get, head = daemon.request("GET", path), daemon.request("HEAD", path)
                self.assertEqual((head.status, head.body, head.headers.get("ETag")), (get.status, "", get.headers.get("ETag")))
                self.assertEqual(head.headers["Content-Length"], str(len(get.body)))


if __name__ == "__main__":
    harness.main()
