# SPDX-License-Identifier: EUPL-1.2
"""Explanations: every line of every proposal re-added with arithmetic of our own; what an employer sees. The demo region; the real ones: test_explained_regions.py."""
import collections
import json
import re
import unittest

import employer_words
import harness



def quarters(hours):
    assert hours * 4 == int(hours * 4), hours
    return int(hours * 4)


def months_between(since, date):
    (y0, m0, d0), (y1, m1, d1) = (map(int, text.split("-")) for text in (since, date))
    return max(0, (y1 - y0) * 12 + m1 - m0 - (d1 < d0))


class Explanations(unittest.TestCase):
    def plan(self, daemon, **order):
        answer = daemon.request("POST", "/v1/plans", {**harness.QUICK, **order}, {"Prefer": "wait=300"}, timeout=600)
        self.assertEqual((answer.status, answer.json["state"]), (200, "done"), answer.body)
        return answer.json

    def why(self, daemon, proposal, query="", language="en"):
        return daemon.request("GET", f"/v1/proposals/{proposal}/explanation{query}", headers={"Accept-Language": language})


class Adding(Explanations):
    """The explanation against the documents, by arithmetic that shares nothing with carved."""

    def expect_fit(self, task, weights, candidate):
        fit = task["fit"]
        comforts = [c["points"] for c in fit["comfort"]["categories"]]
        self.assertEqual(fit["comfort"]["points"], sum(comforts) // len(comforts) if comforts else weights["comfort-none"])
        liked, avoided = bool(fit["wish"]["liked"]), bool(fit["wish"]["avoided"])
        self.assertEqual(fit["wish"]["points"], weights["wish-neutral" if liked == avoided else "wish-liked" if liked else "wish-avoided"])
        wishes = candidate.get("wishes", {})
        for match in fit["wish"]["liked"]:
            self.assertIn(match["wish"], wishes["like"])
            self.assertTrue(match["tag"] == match["wish"] or match["tag"].startswith(match["wish"] + "."))
        challenge = fit["challenge"]
        if challenge["challenge"] and challenge["difference"] is not None:
            step = max(-2, min(2, challenge["difference"]))
            name = "0" if step == 0 else ("minus-" if step < 0 else "plus-") + str(abs(step))
            self.assertEqual(challenge["points"], weights[f"{challenge['challenge']}-{name}"])
        else:
            self.assertEqual(challenge["points"], weights["challenge-not-stated"])
        steps = fit["setting"]["steps"]
        setting = "not-stated" if steps is None else ("same", "one-off", "two-off")[steps]
        self.assertEqual(fit["setting"]["points"], weights["setting-" + setting])
        travel = fit["travel"]
        self.assertEqual(travel["points"], 1000 * (travel["most"] - travel["minutes"]) // travel["most"])
        parts = [fit[p] for p in ("comfort", "wish", "challenge", "setting", "travel")]
        for part, name in zip(parts, ("comfort", "wish", "challenge", "setting", "travel")):
            self.assertEqual(part["weight"], weights["fit-" + name])
            self.assertEqual(part["share"], part["weight"] * part["points"] // 100)
        self.assertEqual(fit["points"], sum(p["weight"] * p["points"] for p in parts) // 100)
        self.assertEqual(fit["points"], sum(p["share"] for p in parts) + fit["rounding"])

    def expect_lines(self, told, weights, candidate):
        lines = collections.defaultdict(list)
        for line in told["points"]:
            lines[line["part"], line["line"]].append(line)
        one = lambda part, line: lines[part, line][0]
        self.assertEqual(one("place", "base")["points"], weights["place"] * weights["priority-base"])
        months = months_between(candidate.get("waiting-since", told["date"]), told["date"])
        self.assertEqual(one("place", "waiting")["months"], months)
        waiting = min(weights["priority-waiting-max"], weights["priority-month"] * months)
        self.assertEqual(one("place", "waiting")["points"], weights["place"] * waiting)
        options = one("place", "options")
        few = weights["priority-few"] if options["options"] <= weights["few-options"] else \
            weights["priority-some"] if options["options"] <= weights["some-options"] else 0
        self.assertEqual(options["points"], weights["place"] * few)
        most = quarters(candidate["hours"]["max"])
        fits = [quarters(t["hours"]) * t["fit"]["points"] * weights["full-week"] for t in told["tasks"]]
        reliefs = [quarters(t["hours"]) * t["relief"] * weights["relief"] for t in told["tasks"]]
        for part, numbers, divisor in (("fit", fits, 1000 * most), ("relief", reliefs, 4)):
            self.assertEqual([line["points"] for line in lines[part, "task"]], [n // divisor for n in numbers])
            rest = sum(numbers) // divisor - sum(n // divisor for n in numbers)
            self.assertEqual(sum(line["points"] for line in lines[part, "rounding"]), rest)
        donors = {t.get("job", t.get("vacancy")) for t in told["tasks"]}
        self.assertEqual(sum(line["points"] for line in lines["jobs", "extra-jobs"]), weights["extra-job"] * (len(donors) - 1))
        self.assertEqual([(line["aid"], line["points"]) for line in lines["aids", "aid"]], [(a["aid"], weights["aid"]) for a in told["aids"]])
        self.assertEqual([(line["category"], line["points"]) for line in lines["unknown", "question"]],
                         [(q["category"], weights["unknown"]) for q in told["questions"]])
        for part, hours in (("coach", "coachHours"), ("buddy", "buddyHours")):
            self.assertEqual(one(part, part)["points"], weights[part + "-hour"] * quarters(told["support"][hours]) // 4)

    def expect_categories(self, told, candidate):
        margins = [c["margin"] for c in told["categories"]]
        self.assertEqual(margins, sorted(margins, key=lambda m: 9 if m is None else m), "the tight ones do not come first")
        self.assertEqual({c["category"] for c in told["categories"] if c["margin"] is None}, {q["category"] for q in told["questions"]})
        for category in told["categories"]:
            stated = candidate.get("limitations" if category["rule"] == "capacity" else "barriers", {})
            if category["basis"] == "stated":
                self.assertEqual(category["capacity"], 4 - stated[category["category"]])
            elif category["basis"] in ("from-ancestor", "from-descendant"):
                self.assertEqual(category["capacity"], 4 - stated[category["statedAt"]])
            elif category["basis"] == "not-stated":
                self.assertFalse(any(k.startswith(category["category"]) or category["category"].startswith(k) for k in stated))
                self.assertEqual(category["capacity"], 4)
            self.assertEqual(category["demand"], max(u["demand"] for u in category["uses"]))
            for use in category["uses"]:
                if use["margin"] is not None:
                    self.assertEqual(use["margin"], use.get("aidedCapacity", category["capacity"]) - use["demand"])

    def expect_week(self, told, proposal, candidate):
        self.assertEqual(told["hours"], sum(t["hours"] for t in told["tasks"]))
        self.assertTrue(told["wished"]["min"] <= told["hours"] <= told["wished"]["max"])
        self.assertEqual((told["wished"]["min"], told["wished"]["max"]), (candidate["hours"]["min"], candidate["hours"]["max"]))
        entries = [{"slot": s["slot"], "part": p["part"], "hours": s["hours"]} for d in told["week"] for p in d["parts"] for s in p["slots"]]
        self.assertEqual(entries, proposal["schedule"])
        used = {a["part"]: a["used"] for a in told["availability"] if a["used"]}
        self.assertEqual(used, {p["part"]: p["hours"] for d in told["week"] for p in d["parts"]})
        for day in told["week"]:
            self.assertEqual(day["hours"], sum(p["hours"] for p in day["parts"]))
            self.assertLessEqual(day["hours"], told["wished"]["perDay"])
        for item in told["availability"] + told["limits"]:
            self.assertLessEqual(item["used"], item.get("most", item.get("available")))

    def expect_adds_up(self, daemon, plan, documents):
        for proposal in plan["proposals"]:
            with self.subTest(proposal=proposal["id"]):
                answer = self.why(daemon, proposal["id"])
                self.assertEqual(answer.status, 200, answer.body)
                told, candidate = answer.json, documents[proposal["candidate"]]
                self.assertEqual(told["documents"], "as-of-plan")
                self.assertEqual(told["inputs"], proposal["inputs"])
                parts = collections.Counter()
                for line in told["points"]:
                    parts[line["part"]] += line["points"]
                self.assertEqual({p: parts[p] for p in proposal["parts"]}, proposal["parts"])
                self.assertEqual((told["parts"], told["value"]), (proposal["parts"], proposal["value"]))
                self.assertEqual(sum(parts.values()), proposal["value"])
                self.assertEqual([{k: t[k] for k in ("job", "vacancy", "task", "part", "hours") if k in t} for t in told["tasks"]], proposal["slots"])
                self.assertEqual([q["category"] for q in told["questions"]], proposal["questions"])
                self.assertEqual([a["aid"] for a in told["aids"]], proposal["aids"])
                self.assertEqual([(d.get("job", d.get("vacancy")), d["before"], d["carved"], d["left"]) for d in told["donors"]],
                                 [(d["job"], d["before"], d["carved"], d["left"]) for d in proposal["donors"]])
                self.assertEqual((told["steps"], told["risks"]), (proposal["steps"], proposal["risks"]))
                self.assertEqual([c["condition"] for c in told["conditions"] if not c["met"]], proposal["conditions"])
                for task in told["tasks"]:
                    self.expect_fit(task, plan["weights"], candidate)
                self.expect_lines(told, plan["weights"], candidate)
                self.expect_categories(told, candidate)
                self.expect_week(told, proposal, candidate)


class AddsUp(Adding):
    def test_every_proposal_of_the_demo_region_adds_up(self):
        with harness.Daemon() as daemon:
            self.assertEqual(daemon.carve("import", *harness.demo_files()).returncode, 0)
            plan = self.plan(daemon)
            self.assertGreater(len(plan["proposals"]), 20)
            refs = [p["candidate"] for p in plan["proposals"]]
            self.expect_adds_up(daemon, plan, {r: daemon.request("GET", f"/v1/candidates/{r}").json for r in refs})


class AsThePlanSawThem(Explanations):
    def test_a_document_that_changed_is_explained_as_it_was(self):
        with harness.Daemon() as daemon:
            daemon.carve("import", *harness.demo_files())
            proposal = next(p for p in self.plan(daemon)["proposals"] if p["questions"])
            before = self.why(daemon, proposal["id"]).json
            self.assertEqual(before["documents"], "as-of-plan")
            for kind, ref in (("candidates", proposal["candidate"]), ("sites", proposal["site"])):
                document = daemon.request("GET", f"/v1/{kind}/{ref}").json
                if kind == "candidates":
                    document.setdefault("limitations", {})[proposal["questions"][0]] = 4
                else:
                    document["jobs"] = [{**j, "hours": j["hours"] + 1} for j in document["jobs"]]
                self.assertEqual(daemon.request("PUT", f"/v1/{kind}/{ref}", document).status, 200)
            after = self.why(daemon, proposal["id"]).json
            self.assertEqual({**after, "state": ""}, {**before, "state": ""})
            self.assertEqual(after["state"], "stale")
            daemon.stop()
            daemon.start()
            self.assertEqual(self.why(daemon, proposal["id"]).json, after)

    def test_a_condition_is_met_once_the_site_of_today_says_so(self):
        with harness.Daemon() as daemon:
            daemon.carve("import", *harness.demo_files())
            for site in [i["ref"] for i in daemon.request("GET", "/v1/sites").json["items"]]:
                document = daemon.request("GET", f"/v1/sites/{site}").json
                document.get("displacement", {}).pop("staff-agreed", None)
                daemon.request("PUT", f"/v1/sites/{site}", document)
            proposal = next(p for p in self.plan(daemon)["proposals"] if p["conditions"])
            told = self.why(daemon, proposal["id"], language="nl").json["conditions"]
            self.assertEqual([(c["condition"], c["met"], c["since"]) for c in told], [("staff-agreed", False, None)])
            self.assertIn("personeel", told[0]["text"])
            document = daemon.request("GET", f"/v1/sites/{proposal['site']}").json
            document.setdefault("displacement", {})["staff-agreed"] = "2026-01-01"
            daemon.request("PUT", f"/v1/sites/{proposal['site']}", document)
            told = self.why(daemon, proposal["id"]).json["conditions"]
            self.assertEqual([(c["met"], c["since"]) for c in told], [(True, "2026-01-01")])

    def test_what_is_not_there_is_said(self):
        with harness.Daemon() as daemon:
            self.assertEqual(self.why(daemon, "P-1").json["code"], "proposal-not-found")
            self.assertEqual(self.why(daemon, "P-1", "?for=candidate").json["code"], "proposal-not-found")
            answer = self.why(daemon, "P-1", "?for=neighbour")
            self.assertEqual((answer.status, answer.json["code"]), (400, "query-invalid"))


class Viewing(Explanations):
    """What an employer sees: all of the work, nothing of the person."""

    def expect_view(self, daemon, proposal, candidate, site, language):
        answer = self.why(daemon, proposal["id"], "?for=employer", language)
        self.assertEqual(answer.status, 200, answer.body)
        view = answer.json
        self.assertEqual([{k: t[k] for k in ("job", "vacancy", "task", "part", "hours") if k in t} for t in view["tasks"]], proposal["slots"])
        titles = {(j["ref"], t["ref"]): t.get("title") for j in site.get("jobs", []) + site.get("vacancies", []) for t in j["tasks"]}
        reliefs = {(j["ref"], t["ref"]): t.get("relief", 0) for j in site.get("jobs", []) + site.get("vacancies", []) for t in j["tasks"]}
        for task in view["tasks"]:
            self.assertEqual(task["title"], titles[task.get("job", task.get("vacancy")), task["task"]])
            self.assertEqual(task["relief"], reliefs[task.get("job", task.get("vacancy")), task["task"]])
        entries = [{"slot": s["slot"], "part": p["part"], "hours": s["hours"]} for d in view["week"] for p in d["parts"] for s in p["slots"]]
        self.assertEqual((view["hours"], entries), (proposal["hours"], proposal["schedule"]))
        self.assertEqual(view["steps"], proposal["steps"])
        self.assertEqual(view["buddyHours"], candidate.get("support", {}).get("buddy-hours", 0))
        self.assertEqual([a["aid"] for a in view["aids"]], proposal["aids"])
        for aid in view["aids"]:
            self.assertTrue(aid["slots"] and aid["text"])
        self.assertEqual([d["left"] for d in view["donors"]], [d["left"] for d in proposal["donors"]])
        for donor in view["donors"]:
            self.assertEqual("freedEach" in donor, donor.get("incumbents", 0) > 0)
            if "freedEach" in donor:
                freed = sum(t["hours"] for i, t in enumerate(view["tasks"]) if i in donor["slots"] and not t["undone"])
                self.assertEqual(donor["carved"], freed)
                self.assertAlmostEqual(donor["freedEach"], freed / donor["incumbents"], delta=0.005001)
        self.assertEqual(view["contact"], {"coach": candidate["coach"]})
        said = employer_words.without_what_the_employer_wrote(answer.body, site)
        employer_words.expect_nothing_of_the_person(self, said, candidate)

    def expect_views(self, daemon, plan, documents):
        for proposal in plan["proposals"]:
            with self.subTest(plan=plan["id"], proposal=proposal["id"]):
                for language in ("en", "nl"):
                    self.expect_view(daemon, proposal, documents[proposal["candidate"]], documents[proposal["site"]], language)
        return len(plan["proposals"])


class EmployersView(Viewing):
    def test_the_demo_regions_employers_see_the_work_and_nothing_of_the_person(self):
        with harness.Daemon() as daemon:
            daemon.carve("import", *harness.demo_files())
            plan = self.plan(daemon)
            documents = {}
            for kind in ("candidates", "sites"):
                for item in daemon.request("GET", f"/v1/{kind}").json["items"]:
                    documents[item["ref"]] = daemon.request("GET", f"/v1/{kind}/{item['ref']}").json
            plan["proposals"] = [p for p in plan["proposals"] if "share-with-employer" in documents[p["candidate"]]["consent"]["scope"]]
            self.assertGreater(self.expect_views(daemon, plan, documents), 20)

    def test_without_consent_as_it_is_today_nothing_is_shared(self):
        with harness.Daemon() as daemon:
            daemon.carve("import", *harness.demo_files())
            proposal = self.plan(daemon)["proposals"][0]
            document = daemon.request("GET", f"/v1/candidates/{proposal['candidate']}").json
            self.assertEqual(self.why(daemon, proposal["id"], "?for=employer").status, 200)
            document["consent"]["scope"] = ["matching"]
            daemon.request("PUT", f"/v1/candidates/{proposal['candidate']}", document)
            answer = self.why(daemon, proposal["id"], "?for=employer", "nl")
            self.assertEqual((answer.status, answer.json["code"]), (403, "share-not-consented"))
            self.assertIn("toestemming", answer.json["detail"])
            self.assertEqual(self.why(daemon, proposal["id"]).status, 200)
            daemon.request("DELETE", f"/v1/candidates/{proposal['candidate']}")
            self.assertEqual(self.why(daemon, proposal["id"], "?for=employer").status, 403)


class CandidatesView(Explanations):
    """What a candidate sees: every wish, met or not, in words; no points, no codes, nobody else."""

    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(harness.Daemon())
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0
        cls.proposals = {p["candidate"]: p for p in cls("plan").plan(cls.daemon)["proposals"]}
        cls.documents = {kind: {item["ref"]: cls.daemon.request("GET", f"/v1/{kind}/{item['ref']}").json
                                for item in cls.daemon.request("GET", f"/v1/{kind}?limit=100").json["items"]} for kind in ("candidates", "sites", "vocabularies")}
        cls.words = {name: words for v in cls.documents["vocabularies"].values() for name, words in v["tags"].items()}

    def views(self, language="en"):
        for ref, proposal in self.proposals.items():
            with self.subTest(candidate=ref, language=language):
                answer = self.why(self.daemon, proposal["id"], "?for=candidate", language)
                self.assertEqual(answer.status, 200, answer.body)
                yield self.documents["candidates"][ref], proposal, answer

    def test_the_work_is_that_of_the_proposal(self):
        for candidate, proposal, answer in self.views():
            view = answer.json
            self.assertEqual([{k: t[k] for k in ("job", "vacancy", "task", "part", "hours") if k in t} for t in view["tasks"]], proposal["slots"])
            entries = [{"slot": s["slot"], "part": p["part"], "hours": s["hours"]} for d in view["week"] for p in d["parts"] for s in p["slots"]]
            self.assertEqual((view["hours"], entries, view["steps"]), (proposal["hours"], proposal["schedule"], proposal["steps"]))
            support = candidate.get("support", {})
            self.assertEqual((view["support"]["coach"], view["support"]["buddyHours"]), (candidate["coach"], support.get("buddy-hours", 0)))
            self.assertEqual(view["travel"]["mode"], candidate["travel"]["mode"])
            self.assertEqual(len([q for q in view["questions"] if q["question"] in ("capacity", "environment")]), len(proposal["questions"]))
            self.assertEqual([a["aid"] for a in view["aids"]], proposal["aids"])

    def test_every_wish_is_said_to_be_met_or_not_by_the_documents(self):
        seen = set()
        for candidate, proposal, answer in self.views():
            wishes, site, view = candidate.get("wishes", {}), self.documents["sites"][proposal["site"]], answer.json
            jobs = {job["ref"]: job for job in site.get("jobs", []) + site.get("vacancies", [])}

            def tags_of(slot):
                job = jobs[slot.get("job") or slot.get("vacancy")]
                task = next(t for t in job["tasks"] if t["ref"] == slot["task"])
                return set(task.get("tags", [])) | set(job.get("tags", [])) | set(site.get("tags", []))

            for kind, good, bad in (("like", "like", "like-none"), ("avoid", "avoid-none", "avoid"), ("never", "never-none", "agreed-never"), ("must", "must", None)):
                for wish in wishes.get(kind, []):
                    others = wishes.get("avoid" if kind == "like" else "like", []) if kind in ("like", "avoid") else []
                    if wish not in self.words or wish.endswith("-work") or wish in others + (wishes.get("must", []) if kind == "like" else []):
                        continue
                    slots = [i for i, slot in enumerate(proposal["slots"]) if wish in tags_of(slot)]
                    fact = (good if bool(slots) == (kind in ("like", "must")) else bad)
                    told = [(f["fact"], f["slots"]) for f in view["fits" if fact == good else "differs"] if f.get("label") == self.words[wish]["en"] and f["fact"] == fact]
                    self.assertEqual(told, [(fact, slots)], f"{kind} {wish}")
                    seen.add(fact)
        self.assertLessEqual({"like", "like-none", "avoid-none"}, seen)

    def test_there_is_no_code_no_score_and_nobody_else_in_it(self):
        for language in ("en", "nl"):
            for candidate, proposal, answer in self.views(language):
                site = self.documents["sites"][proposal["site"]]
                said = employer_words.without_what_the_employer_wrote(answer.body, site)
                self.assertIsNone(employer_words.CODE.search(said), said)
                self.assertNotRegex(said, r"explain\.|report\.|\{[a-z]+\}|points|value|incumbents|carved\":")
                self.assertFalse(set(re.findall(r"K-[0-9]+", said)), said)

    def test_carve_says_the_same_sentences(self):
        for candidate, proposal, answer in self.views("nl"):
            page = self.daemon.carve("why", proposal["id"], "--for", "candidate", language="nl_NL.UTF-8").stdout.decode()
            for one in answer.json["fits"] + answer.json["differs"] + answer.json["questions"]:
                self.assertIn(one["text"], page)
            self.assertNotRegex(page, r"explain\.|report\.|carve\.|\{[a-z]+\}")
            self.assertNotIn(str(proposal["value"]), page)


class ByClient(Explanations):
    """carve why, as people run it."""

    @classmethod
    def setUpClass(cls):
        cls.daemon = cls.enterClassContext(harness.Daemon())
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0
        cls.proposals = {p["candidate"]: p for p in cls("plan").plan(cls.daemon)["proposals"]}

    def carve(self, *arguments, code=0, language="C"):
        done = self.daemon.carve(*arguments, language=language)
        self.assertEqual(done.returncode, code, done.stderr)
        return (done.stdout if code in (0, 1) else done.stderr).decode()

    def test_the_page_has_every_category_question_task_and_point(self):
        for ref, proposal in self.proposals.items():
            for language, tag in (("C", "en"), ("nl_NL.UTF-8", "nl")):
                told, page = self.why(self.daemon, proposal["id"], language=tag).json, self.carve("why", ref, language=language)
                for text in [c["label"] for c in told["categories"]] + [q["text"] for q in told["questions"]] + [a["text"] for a in told["aids"]]:
                    self.assertIn(text, page)
                for task in told["tasks"]:
                    self.assertIn(task["title"], page)
                    for match in task["fit"]["wish"]["liked"]:
                        self.assertIn("+ " + (match["label"] or match["tag"]), page)
                shown = page[page.rindex("Waarde" if tag == "nl" else "Value"):]
                points = [int(n) for n in re.findall(r"^ +(-?[0-9]+) ", shown, re.MULTILINE)]
                self.assertEqual((sum(points[:-1]), points[-1]), (proposal["value"], proposal["value"]), page)
                self.assertNotRegex(page, r"carve\.|explain\.|\{[a-z]+\}")

    def test_the_employers_page_has_nothing_of_the_person(self):
        seen = 0
        for ref, proposal in self.proposals.items():
            candidate = self.daemon.request("GET", f"/v1/candidates/{ref}").json
            if "share-with-employer" not in candidate["consent"]["scope"]:
                self.assertIn("share-with-employer", self.carve("why", ref, "--for", "employer", code=6, language="nl_NL.UTF-8"))
                continue
            for language in ("C", "nl_NL.UTF-8"):
                page = self.carve("why", proposal["id"], "--for", "employer", language=language)
                self.assertIsNone(employer_words.CODE.search(page), page)
                self.assertNotIn(ref, page)
                self.assertNotIn(str(proposal["value"]), page)
                seen += 1
        self.assertGreater(seen, 40)

    def test_json_is_the_answer_of_the_daemon(self):
        proposal = next(iter(self.proposals.values()))
        self.assertEqual(json.loads(self.carve("why", proposal["id"], "--json")), self.why(self.daemon, proposal["id"]).json)
        self.assertEqual(json.loads(self.carve("why", proposal["candidate"], "--plan", "PL-1", "--json", "--for", "employer")),
                         self.why(self.daemon, proposal["id"], "?for=employer").json)

    def test_what_can_not_be_explained_is_told_with_its_exit_code(self):
        unplaced = next(u["candidate"] for u in self.daemon.request("GET", "/v1/plans/PL-1").json["unplaced"])
        self.assertIn(unplaced, self.carve("why", unplaced, code=1))
        self.assertIn("P-999", self.carve("why", "P-999", code=4))
        self.assertIn("K-9999", self.carve("why", "K-9999", code=4))
        self.carve("why", "plan", "PL-1", code=2)
        self.carve("why", "P-1", "--for", "neighbour", code=2)


if __name__ == "__main__":
    unittest.main()
