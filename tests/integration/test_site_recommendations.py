# SPDX-License-Identifier: EUPL-1.2
"""The employer's question: roles that could be carved at a site, told without the people for whom they were found."""
import contextlib
import gzip
import io
import json
import math
import os
import signal
import sys
import threading
import time
import unittest
import warnings

import harness

DATE = "2026-11-22"
ALL_NUMBERS = "site-question:\n  small-number: 0\n"
# A search that only its own time, a client that leaves or a stop ends.
ENDLESS = "site-question:\n  workers: 1\n  queue: 0\n  seconds: 600\n  gap-target: 0\n  search-rounds: 100000000\n"
CHECKER = os.path.join(harness.SHARED, "tools/check_plan.py")
NOT_OF_A_PACKAGE = ("supply", "part", "parts", "questions", "aids", "schedule:")  # what check_plan.py finds in figures that a role does not have


def import_demo(daemon):
    result = daemon.carve("import", *harness.demo_files(), "--json")
    assert result.returncode == 0, result.stderr.decode()


def import_region(daemon, name):
    with gzip.open(harness.region(name)) as file:
        result = daemon.carve("import", "-", "--json", input=file.read())
    assert result.returncode == 0, result.stderr.decode()


def documents(daemon, collection):
    refs = [item["ref"] for item in daemon.request("GET", f"/v1/{collection}?limit=1000").json["items"]]
    return {ref: daemon.request("GET", f"/v1/{collection}/{ref}").json for ref in refs}


def ask(daemon, site, date=None, **more):
    return daemon.request("GET", f"/v1/sites/{site}/recommendations" + (f"?date={date}" if date else ""), **more)


def gap_of(answer):
    return math.ceil((answer["bound"] - answer["value"]) * 1000000 / answer["bound"]) / 1000000 if answer["bound"] else 0


def work_of(site):
    return {work["ref"]: work for work in site.get("jobs", []) + site.get("vacancies", [])}


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon(config=ALL_NUMBERS)
        cls.daemon.start()
        import_demo(cls.daemon)
        cls.documents = {name: documents(cls.daemon, name) for name in ("candidates", "sites", "coaches", "vocabularies")}
        cls.sites = cls.documents["sites"]
        cls.answers = {ref: ask(cls.daemon, ref) for ref in cls.sites}

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def roles(self):
        for ref, answer in self.answers.items():
            for role in answer.json["roles"]:
                yield self.sites[ref], role

    def test_every_site_is_answered_with_a_plan_of_its_own(self):
        for ref, answer in self.answers.items():
            self.assertEqual(answer.status, 200, answer.body)
            found = answer.json
            self.assertEqual(list(found), ["site", "date", "value", "bound", "gap", "candidates", "roles", "name", "employer", "place", "hours", "places",
                                           "supervision", "displacement", "facilities", "jobs", "vacancies"])
            self.assertEqual((found["site"], found["date"]), (ref, time.strftime("%Y-%m-%d")))
            self.assertGreaterEqual(found["bound"], found["value"])
            self.assertAlmostEqual(found["gap"], gap_of(found), 9)
            self.assertTrue(found["roles"], ref)
            self.assertLessEqual(sum(role["count"] for role in found["roles"]), self.sites[ref].get("places", 1))
            if all(role["count"] == 1 for role in found["roles"]):
                self.assertEqual(sum(role["value"] for role in found["roles"]), found["value"])
            values = [role["value"] for role in found["roles"]]
            self.assertEqual(values, sorted(values, reverse=True))

    def test_the_hours_add_up_and_stay_within_what_the_jobs_may_give(self):
        taken = {}
        for site, role in self.roles():
            self.assertEqual(sum(slot["hours"] for slot in role["slots"]), role["hours"])
            self.assertEqual(sum(entry["hours"] for entry in role["schedule"]), role["hours"])
            self.assertTrue({entry["part"] for entry in role["schedule"]} <= set(role["asks"]["parts"]))
            for donor in role["donors"]:
                self.assertIn(donor["job"], work_of(site))
                taken.setdefault((site["ref"], donor["job"]), [donor["before"], donor["left"], 0])[2] += donor["carved"] * role["count"]
        for before, left, carved in taken.values():
            self.assertAlmostEqual(before - carved, left)

    def test_what_a_role_asks_is_what_its_tasks_ask(self):
        for site, role in self.roles():
            demands, exposures, requires = {}, {}, set()
            for slot in role["slots"]:
                job = work_of(site)[slot.get("job") or slot.get("vacancy")]
                task = next(task for task in job["tasks"] if task["ref"] == slot["task"])
                for asked, key in ((demands, "demands"), (exposures, "exposures")):
                    for level in (site, job, task):
                        for code, number in level.get(key, {}).items():
                            asked[code] = max(asked.get(code, 0), number)
                requires |= set(task.get("requires", []))
            self.assertEqual(role["asks"]["demands"], {code: number for code, number in demands.items() if number > 0})
            self.assertEqual(role["asks"]["exposures"], {code: number for code, number in exposures.items() if number >= 2})
            self.assertEqual(role["asks"]["requires"], sorted(requires))

    def test_nobody_is_named(self):
        people = list(self.documents["candidates"]) + list(self.documents["coaches"])
        for answer in self.answers.values():
            for ref in people:
                self.assertNotIn(f'"{ref}"', answer.body)
            self.assertNotRegex(answer.body, r'"(candidate|coach|home|consent|limitations|questions)"')

    def test_the_same_question_has_the_same_answer(self):
        for ref in ("S-01", "S-10"):
            self.assertEqual(ask(self.daemon, ref).body, self.answers[ref].body)

    def test_who_could_do_a_role_is_counted_as_the_checker_that_shares_nothing_counts(self):
        if not os.path.exists(CHECKER):
            self.skipTest(f"no independent checker here: {CHECKER} is absent")
        with open(CHECKER) as file:
            checker = compile(file.read(), CHECKER, "exec")
        region, plan = (os.path.join(self.daemon.folder, name) for name in ("demo.ndjson", "role.json"))
        with open(region, "w") as file:
            for found in self.documents.values():
                file.writelines(json.dumps(document) + "\n" for document in found.values())
        counted = 0
        for site, role in self.roles():
            with open(plan, "w") as file:
                json.dump({"proposals": [dict(role, candidate=ref, site=site["ref"], parts={"place": 0}, schedule=[]) for ref in self.documents["candidates"]]}, file)
            could = self.without_findings(checker, [region, plan, "--date", self.answers[site["ref"]].json["date"]])
            people = [self.documents["candidates"][ref] for ref in could]
            self.assertEqual(role["candidates"], {
                "all": {"count": len(people)},
                "targetGroup": {"count": sum(person.get("target-group", False) for person in people)},
                "coaching": {"count": sum(person.get("support", {}).get("coach-hours", 0) > 0 for person in people)}}, (site["ref"], role))
            counted += len(people)
        self.assertGreater(counted, 100)

    def without_findings(self, checker, arguments):
        """The candidates at whose package check_plan.py finds nothing wrong."""
        names, argv = {"__name__": "check_plan", "__file__": CHECKER}, sys.argv
        sys.argv = [CHECKER, *arguments]
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit), warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                exec(checker, names)
        finally:
            sys.argv = argv
        found = [line.split(" ", 2) for line in names["bad"] if "@" in line.split(" ")[0]]
        wrong = {tag.split("@")[0] for tag, rule, *_ in found if rule not in NOT_OF_A_PACKAGE}
        return [ref for ref in self.documents["candidates"] if ref not in wrong]

    def test_what_the_jobs_give_is_what_the_roles_take(self):
        for ref, answer in self.answers.items():
            found, document = answer.json, self.sites[ref]
            taken = {}
            for role in found["roles"]:
                for slot in role["slots"]:
                    key = (slot.get("job", slot.get("vacancy")), slot["task"])
                    taken[key] = taken.get(key, 0) + role["count"] * slot["hours"]
            self.assertEqual(found["hours"], sum(role["count"] * role["hours"] for role in found["roles"]))
            self.assertEqual(found["places"], {"all": document.get("places", 1), "used": sum(role["count"] for role in found["roles"])})
            self.assertEqual([f["facility"] for f in found["facilities"]], document.get("facilities", []))
            for kind in ("jobs", "vacancies"):
                self.assertEqual([work["ref"] for work in found[kind]], [work["ref"] for work in document.get(kind, [])])
            for work in found["jobs"] + found["vacancies"]:
                own = {ref: hours for (job, ref), hours in taken.items() if job == work["ref"]}
                self.assertEqual({task["ref"]: task["taken"] for task in work["tasks"] if task["taken"]}, own)
                undone = sum(task["taken"] for task in work["tasks"] if task["undone"])
                self.assertEqual((work["taken"], work.get("undone", 0)), (sum(own.values()) - undone, undone))
                self.assertEqual(work["left"], work["hours"] - work["taken"])
                if all(role["kind"] == "carved" for role in found["roles"]):
                    self.assertLessEqual(work["taken"], work["mayGive"])

    def test_labels_come_in_the_language_asked_for(self):
        for language, label in (("en", "lifting aid"), ("nl", "tilhulp")):
            answer = ask(self.daemon, "S-01", headers={"Accept-Language": language})
            self.assertEqual(answer.json["facilities"][0], {"facility": "lifting-aid", "label": label})
            self.assertIn({"aid": "lifting-aid", "label": label}, [{"aid": aid["aid"], "label": aid["label"]} for role in answer.json["roles"] for aid in role["aids"]])

    def test_small_numbers_are_told_as_fewer_than(self):
        with harness.Daemon() as daemon:
            import_demo(daemon)
            small = 0
            for ref, shown in self.answers.items():
                hidden = ask(daemon, ref).json
                self.assertEqual(len(hidden["roles"]), len(shown.json["roles"]))
                for role, whole in zip(hidden["roles"], shown.json["roles"]):
                    every = whole["candidates"]["all"]["count"]
                    for name, number in role["candidates"].items():
                        count = whole["candidates"][name]["count"]
                        rest = every - count if name != "all" else every
                        self.assertEqual(number, {"fewerThan": 5} if count < 5 else {"moreThan": every - 5} if rest < 5 else {"count": count})
                        small += count < 5
                    told = {aid["aid"]: aid["candidates"] for aid in role["aids"]}
                    for aid in whole["aids"]:
                        is_told = aid["candidates"]["count"] >= 5 or aid["aid"] in self.sites[ref].get("facilities", [])
                        self.assertEqual(aid["aid"] in told, is_told)
            self.assertGreater(small, 0)

    def test_a_day_on_which_nobody_may_be_matched_has_no_roles(self):
        answer = ask(self.daemon, "S-01", "2040-01-01")
        self.assertEqual(answer.status, 200, answer.body)
        found = answer.json
        self.assertEqual({key: found[key] for key in ("value", "bound", "gap", "candidates", "roles", "hours")},
                         {"value": 0, "bound": 0, "gap": 0, "candidates": {"count": 0}, "roles": [], "hours": 0})
        self.assertEqual((found["places"], found["supervision"]), ({"all": 4, "used": 0}, {"hours": 9, "expected": 0}))
        for job in found["jobs"]:
            self.assertEqual((job["taken"], job["left"], job["undone"]), (0, job["hours"], 0))

    def test_what_is_wrong_with_the_question_is_told(self):
        for path, status, code in (("S-99/recommendations", 404, "document-not-found"), ("S-01/recommendations?date=soon", 400, "query-invalid"),
                                   ("S-01/recommendations?limit=3", 400, "query-unknown")):
            answer = self.daemon.request("GET", "/v1/sites/" + path)
            self.assertEqual((answer.status, answer.json["code"]), (status, code))
        self.assertEqual(self.daemon.request("POST", "/v1/sites/S-01/recommendations").headers["Allow"], "GET, HEAD")

    def test_carve_best_shows_the_roles_of_a_site_in_both_languages(self):
        shown = self.daemon.carve("best", "S-01")
        self.assertEqual(shown.returncode, 0, shown.stderr.decode())
        text = shown.stdout.decode()
        for role in self.answers["S-01"].json["roles"]:
            self.assertIn(f"could do it: {role['candidates']['all']['count']};", text)
            for slot in role["slots"]:
                self.assertIn(slot["task"], text)
        self.assertIn("d430", text)
        self.assertIn("lifting and carrying", text)
        self.assertNotRegex(text, r"K-\d|C-\d")
        dutch = self.daemon.carve("best", "site", "S-01", "--count", "1", language="nl_NL").stdout.decode()
        self.assertIn("tillen en dragen", dutch)
        self.assertEqual(dutch.count("Voor wie"), 1)
        as_json = self.daemon.carve("best", "S-01", "--json")
        self.assertEqual(json.loads(as_json.stdout), self.answers["S-01"].json)
        self.assertEqual(self.daemon.carve("best", "S-99").returncode, 4)

    def test_carve_best_of_a_site_without_a_role_says_so(self):
        with harness.Daemon() as daemon:
            import_demo(daemon)
            for ref in self.documents["candidates"]:
                self.assertEqual(daemon.request("DELETE", f"/v1/candidates/{ref}").status, 204)
            none = daemon.carve("best", "S-01")
            self.assertEqual((none.returncode, none.stderr), (1, b""))
            self.assertIn(b"no role can be made here", none.stdout)

    def test_it_is_not_stored(self):
        self.assertEqual(self.daemon.request("GET", "/v1/plans").json["count"], 0)


class Busy(unittest.TestCase):
    def start_asking(self, daemon, site="S-03"):
        """A client that waits for its answer; returns its connection once a solver works at it."""
        connection = harness.UnixConnection(daemon.socket)
        self.addCleanup(connection.close)
        connection.request("GET", f"/v1/sites/{site}/recommendations")
        self.wait_for_solvers(daemon, 1)
        return connection

    def wait_for_solvers(self, daemon, count, seconds=60):
        until = time.monotonic() + seconds
        while len(daemon.solver_pids()) != count:
            self.assertLess(time.monotonic(), until, f"{daemon.solver_pids()} and not {count} solvers")
            time.sleep(0.02)

    def test_it_does_not_wait_behind_a_regions_plan(self):
        with harness.Daemon() as daemon:
            import_region(daemon, "medium")
            plan = daemon.request("POST", "/v1/plans", {"date": DATE, "seconds": 600}).json["id"]
            answer = ask(daemon, "S-00055", DATE)
            self.assertEqual(answer.status, 200, answer.body)
            self.assertTrue(answer.json["roles"])
            self.assertEqual(daemon.request("GET", f"/v1/plans/{plan}").json["state"], "running")
            daemon.request("PATCH", f"/v1/plans/{plan}", {"state": "cancelled"})
            daemon.wait_for_plan(plan)

    def test_too_many_are_told_to_come_back_and_who_leaves_frees_the_place(self):
        with harness.Daemon(config=ENDLESS) as daemon:
            import_demo(daemon)
            connection = self.start_asking(daemon)
            refused = ask(daemon, "S-04")
            self.assertEqual((refused.status, refused.json["code"]), (503, "too-busy"))
            self.assertRegex(refused.headers["Retry-After"], r"^\d+$")
            self.assertEqual(daemon.request("GET", "/v1/health").status, 200)
            connection.close()
            self.wait_for_solvers(daemon, 0)
            self.start_asking(daemon, "S-04").close()
            self.wait_for_solvers(daemon, 0)

    def test_a_stop_answers_with_the_best_so_far(self):
        with harness.Daemon(config=ENDLESS) as daemon:
            import_demo(daemon)
            connection = self.start_asking(daemon)
            time.sleep(1)  # it has found something by now, if not it may say 503
            os.kill(daemon.pid(), signal.SIGTERM)
            response = connection.getresponse()
            body = json.loads(response.read())
            self.assertIn(response.status, (200, 503), body)
            if response.status == 200:
                self.assertGreaterEqual(body["bound"], body["value"])
            self.assertEqual(daemon.process.wait(60), 0)

    def test_no_plan_in_time_is_told_as_such_and_not_as_no_role(self):
        with harness.Daemon(config="site-question:\n  seconds: 1\n  gap-target: 0\n  site-nodes: 1000\n  price-rounds: 100000\n") as daemon:
            import_region(daemon, "large")
            answer = ask(daemon, "S-00270", DATE)
            if answer.status == 200:
                self.assertTrue(answer.json["roles"])
            else:
                self.assertEqual((answer.status, answer.json["code"]), (503, "solver-deadline"))
                self.assertIn("Retry-After", answer.headers)

    def test_a_solver_that_dies_is_a_problem_of_this_answer_only(self):
        with harness.Daemon(config=ENDLESS) as daemon:
            import_demo(daemon)
            connection = self.start_asking(daemon)
            os.kill(daemon.solver_pids()[0], signal.SIGKILL)
            response = connection.getresponse()
            self.assertEqual((response.status, json.loads(response.read())["code"]), (500, "solver-crashed"))
            self.start_asking(daemon).close()
            self.wait_for_solvers(daemon, 0)

    def test_the_document_that_it_began_with_is_the_one_that_counts(self):
        with harness.Daemon() as daemon:
            import_demo(daemon)
            answers = []
            asking = threading.Thread(target=lambda: answers.append(ask(daemon, "S-03")))
            asking.start()
            while daemon.request("DELETE", "/v1/sites/S-03").status == 503:
                pass
            asking.join()
            self.assertIn(answers[0].status, (200, 404))  # before or after, never anything between
            self.assertEqual(ask(daemon, "S-03").status, 404)


class Medium(unittest.TestCase):
    def test_every_tenth_site_is_answered(self):
        with harness.Daemon() as daemon:
            import_region(daemon, "medium")
            sites = [item["ref"] for item in daemon.request("GET", "/v1/sites?limit=1000").json["items"]][::10]
            seconds, gaps, roles = [], [], 0
            for site in sites:
                began = time.monotonic()
                answer = ask(daemon, site, DATE)
                seconds.append(time.monotonic() - began)
                self.assertEqual(answer.status, 200, answer.body)
                self.assertAlmostEqual(answer.json["gap"], gap_of(answer.json), 9)
                gaps.append(answer.json["gap"])
                roles += len(answer.json["roles"])
            print(f"medium: {len(sites)} sites, {roles} roles, at most {max(seconds):.1f} s, median {sorted(seconds)[len(seconds) // 2]:.1f} s")
            self.assertLessEqual(sorted(gaps)[len(gaps) // 2], 0.01)
            self.assertGreater(roles, len(sites))


if __name__ == "__main__":
    harness.main()
