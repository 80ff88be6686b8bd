# SPDX-License-Identifier: EUPL-1.2
"""What people decide on proposals: who may say what when, what an acceptance needs, and what documents and plans do to open proposals."""
import datetime
import os
import sqlite3
import unittest

from harness import COACH, SOURCES, Daemon, OnDemo, candidate, main

TODAY = datetime.date.today().isoformat()
AGREED = {"kind": "accepted", "candidateAgreed": TODAY, "employerAgreed": TODAY, "financesDiscussed": TODAY, "contact": "the kitchen's planner, extension 12"}


class Base(OnDemo):
    def decide(self, proposal, status=201, headers=None, **decision):
        answer = self.daemon.request("POST", f"/v1/proposals/{proposal}/decisions", decision, headers)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def state(self, proposal):
        return self.daemon.request("GET", f"/v1/proposals/{proposal}").json["state"]

    def ready(self, plan):
        """Proposals that wait for no condition."""
        return [p for p in plan["proposals"] if not p["conditions"]]


class Deciding(Base):
    def test_a_proposal_goes_its_way_and_the_person_has_a_history(self):
        one = self.ready(self.plan())[0]
        self.assertEqual(one["state"], "proposed")
        self.assertEqual(one["inputs"], {"candidate": 1, "site": 1})
        offered = self.decide(one["id"], kind="offered", text="sent to both")
        self.assertEqual((offered["kind"], offered["proposal"], offered["candidate"]), ("offered", one["id"], one["candidate"]))
        self.decide(one["id"], **AGREED)
        self.decide(one["id"], kind="started")
        self.decide(one["id"], kind="ended", reason="other-work")
        self.assertEqual(self.state(one["id"]), "ended")
        on = self.daemon.request("GET", f"/v1/proposals/{one['id']}/decisions").json
        self.assertEqual([d["kind"] for d in on["items"]], ["offered", "accepted", "started", "ended"])
        self.assertEqual(on["items"][1]["contact"], AGREED["contact"])
        self.assertEqual(on["items"][1]["candidateAgreed"], TODAY)
        self.assertTrue(all(d["decidedBy"] == on["items"][0]["decidedBy"] for d in on["items"]))
        of = self.daemon.request("GET", f"/v1/candidates/{one['candidate']}/decisions").json
        self.assertEqual(of, on)
        self.assertEqual(self.daemon.request("GET", "/v1/candidates/K-none/decisions").status, 404)
        self.assertEqual(self.daemon.request("GET", "/v1/proposals/P-9999/decisions").status, 404)

    def test_all_that_an_acceptance_lacks_is_told_at_once(self):
        plan = self.plan()
        waiting = [p for p in plan["proposals"] if p["conditions"]]
        answer = self.decide(waiting[0]["id"], 400, kind="accepted", candidateAgreed="2999-01-01")
        told = [(e["code"], e["pointer"]) for e in answer["errors"]]
        self.assertIn(("request-value-invalid", "/candidateAgreed"), told)
        for member in ("employerAgreed", "financesDiscussed", "contact"):
            self.assertIn(("request-key-missing", "/" + member), told)
        self.assertIn(("condition-unmet", ""), told)
        self.assertTrue(all(e["hint"] for e in answer["errors"]))
        answer = self.decide(waiting[0]["id"], 409, **AGREED)
        self.assertEqual(answer["code"], "acceptance-impossible")
        self.assertEqual([e["code"] for e in answer["errors"]], ["condition-unmet"])
        self.assertEqual(self.state(waiting[0]["id"]), "proposed")

    def test_what_makes_no_sense_is_refused(self):
        one = self.ready(self.plan())[0]["id"]
        for wrong, code, pointer in (
            ({}, "request-key-missing", "/kind"),
            ({"kind": "stale"}, "request-value-invalid", "/kind"),
            ({"kind": "declined"}, "request-key-missing", "/reason"),
            ({"kind": "declined", "reason": "mood"}, "request-value-invalid", "/reason"),
            ({"kind": "declined", "reason": "other"}, "request-key-missing", "/text"),
            ({"kind": "offered", "forGood": True}, "request-key-unknown", "/forGood"),
            ({"kind": "offered", "text": "BSN 111222333"}, "citizen-number", "/text"),
            ({"kind": "offered", "text": "known with F32.1"}, "diagnosis-in-text", "/text"),
            ({"kind": "offered", "text": "  "}, "request-value-invalid", "/text"),
        ):
            answer = self.decide(one, 400, **wrong)
            self.assertEqual([(e["code"], e["pointer"]) for e in answer["errors"]], [(code, pointer)], wrong)
        self.assertEqual(self.decide("P-9999", 404, kind="offered")["code"], "proposal-not-found")
        answer = self.decide(one, 409, {"Accept-Language": "nl"}, kind="started")
        self.assertEqual(answer["code"], "decision-not-allowed")
        self.assertIn("voorgesteld", answer["detail"])
        simulated = self.plan(date="2026-10-15")["proposals"][0]["id"]
        self.assertEqual(self.decide(simulated, 409, kind="offered")["code"], "proposal-simulated")

    def test_a_decision_sent_twice_is_made_once(self):
        one = self.ready(self.plan())[0]["id"]
        key = {"Idempotency-Key": '"d-1"'}
        first = self.decide(one, 201, key, kind="offered")
        self.assertEqual(self.decide(one, 201, key, kind="offered"), first)
        self.decide(one, 422, key, kind="withdrawn")
        self.assertEqual(self.daemon.request("GET", f"/v1/proposals/{one}/decisions").json["count"], 1)

    def test_an_acceptance_counts_the_work_that_others_have(self):
        people = {p["candidate"]: self.daemon.request("GET", f"/v1/candidates/{p['candidate']}").json for p in self.plan()["proposals"]}
        guided = [p for p in self.ready(self.plan()) if people[p["candidate"]].get("support", {}).get("coach-hours", 0) > 0]
        one, other = next((p, q) for p in guided for q in guided
                          if p is not q and people[p["candidate"]]["coach"] == people[q["candidate"]]["coach"])
        coach = people[one["candidate"]]["coach"]
        self.decide(one["id"], **AGREED)
        self.change("coaches", coach, lambda d: d.update(hours=people[one["candidate"]]["support"]["coach-hours"]))
        answer = self.decide(other["id"], 409, **AGREED)
        self.assertEqual(answer["code"], "acceptance-impossible")
        self.assertTrue(any("rule coach" in e["message"] for e in answer["errors"]), answer["errors"])
        self.decide(one["id"], kind="withdrawn")
        self.change("coaches", coach, lambda d: d.update(hours=40))
        self.decide(other["id"], **AGREED)


class Stale(Base):
    def test_documents_and_plans_make_open_proposals_stale(self):
        plan = self.ready(self.plan())
        kept, moved = plan[0], next(p for p in plan if p["site"] != plan[0]["site"])
        self.decide(moved["id"], kind="offered")
        self.change("candidates", moved["candidate"], lambda d: d["hours"].update({"per-day": 7}))
        self.assertEqual(self.state(moved["id"]), "stale")
        self.assertEqual(self.state(kept["id"]), "proposed")
        refused = self.daemon.carve("offer", moved["id"])
        self.assertEqual(refused.returncode, 5)
        self.plan()
        self.assertEqual(self.state(kept["id"]), "stale")


def package(proposal):
    pieces = sorted((slot.get("job", ""), slot.get("vacancy", ""), slot["task"], slot.get("part", ""), slot["hours"]) for slot in proposal["slots"])
    return proposal["site"], proposal["kind"], pieces


def of(plan):
    return {p["candidate"]: p for p in plan["proposals"]}


class Replanning(Base):
    def test_accepted_work_is_in_every_later_plan_as_it_is(self):
        first = self.plan()
        chosen = self.ready(first)[::4]
        for one in chosen:
            self.decide(one["id"], **AGREED)
        self.decide(chosen[0]["id"], kind="started")
        for order in ({}, {"from": "last"}, {"from": "none", "seed": 7}):
            again = self.plan(**order)
            self.assertEqual(again["warnings"], [])
            for one in chosen:
                now = of(again)[one["candidate"]]
                self.assertEqual(package(now), package(one))
                self.assertEqual((now["origin"], now["pinned"]), (one["id"], True))
                self.assertEqual(now["state"], "started" if one is chosen[0] else "accepted")
            self.assertEqual(again["pinnedValue"], sum(of(again)[one["candidate"]]["value"] for one in chosen))
        carried = of(again)[chosen[1]["candidate"]]["id"]
        self.decide(carried, kind="started")  # goes to the proposal that people decided on
        self.assertEqual(self.state(chosen[1]["id"]), "started")
        simulated = self.plan(date="2026-10-15")
        self.assertFalse(any("origin" in p or "pinned" in p for p in simulated["proposals"]))
        self.assertNotIn("warnings", simulated)

    def test_who_has_ended_takes_part_again(self):
        one = self.ready(self.plan())[0]
        before = self.daemon.request("GET", f"/v1/candidates/{one['candidate']}").json
        for kind in (AGREED, {"kind": "started"}, {"kind": "ended"}):
            self.decide(one["id"], **kind)
        again = self.plan()
        now = of(again).get(one["candidate"])
        if now:
            self.assertEqual((now["state"], "origin" in now, "pinned" in now), ("proposed", False, False))
            self.assertEqual(now["parts"]["place"], one["parts"]["place"])  # the waiting time counts as before
        self.assertEqual(self.daemon.request("GET", f"/v1/candidates/{one['candidate']}").json, before)

    def test_a_declined_pair_comes_back_only_as_was_said(self):
        first = self.plan()
        now, good = self.ready(first)[:2]
        self.decide(now["id"], kind="declined", reason="times")
        self.decide(good["id"], kind="declined", reason="workplace", forGood=True)
        for _ in range(2):
            again = of(self.plan())
            for one in (now, good):
                self.assertNotEqual(again.get(one["candidate"], {}).get("site"), one["site"])
            best = self.daemon.request("GET", f"/v1/candidates/{now['candidate']}/recommendations?limit=20").json
            self.assertNotIn(now["site"], [item["site"] for item in best["items"]])
            self.daemon.stop()
            self.daemon.start()
        for one in (now, good):
            self.change("sites", one["site"], lambda d: d.update(places=d.get("places", 1) + 1))
        best = self.daemon.request("GET", f"/v1/candidates/{now['candidate']}/recommendations?limit=20").json
        self.assertIn(now["site"], [item["site"] for item in best["items"]])
        best = self.daemon.request("GET", f"/v1/candidates/{good['candidate']}/recommendations?limit=20").json
        self.assertNotIn(good["site"], [item["site"] for item in best["items"]])

    def test_work_that_breaks_a_rule_today_stays_and_is_told(self):
        first = self.ready(self.plan())
        crowded = next(p["site"] for p in first if sum(q["site"] == p["site"] for q in first) > 1)
        here = [p for p in first if p["site"] == crowded]
        for one in here:
            self.decide(one["id"], **AGREED)
        lone = next(p for p in first if p["site"] != crowded)
        self.decide(lone["id"], **AGREED)
        self.change("sites", crowded, lambda d: d.update(places=1))
        self.change("candidates", here[0]["candidate"], lambda d: d.update(available={"sun": ["ni"]}))
        self.assertEqual(self.daemon.request("DELETE", f"/v1/sites/{lone['site']}").status, 204)
        again = self.plan()
        self.assertEqual(again["state"], "done", again.get("problem"))
        for one in here:
            now = of(again)[one["candidate"]]
            self.assertEqual(package(now), package(one))
            self.assertIn("places", now["warnings"])
        self.assertIn("availability", of(again)[here[0]["candidate"]]["warnings"])
        self.assertEqual(of(again)[here[0]["candidate"]]["schedule"], [])
        self.assertEqual([p for p in again["proposals"] if p["site"] == crowded and p["candidate"] not in {q["candidate"] for q in here}], [])
        self.assertNotIn(lone["candidate"], of(again))
        self.assertIn({"candidate": lone["candidate"], "reason": "pinned"}, again["unplaced"])
        told = {w["proposal"]: w["rules"] for w in again["warnings"]}
        self.assertEqual(set(told), {p["id"] for p in here} | {lone["id"]})
        self.assertEqual(told[lone["id"]], ["supply"])


class Older(unittest.TestCase):
    """A store from before there were decisions."""

    def old_store(self, path, documents):
        store = sqlite3.connect(path)
        for step in ("0001-documents", "0002-plans", "0003-answers"):
            with open(os.path.join(SOURCES, "daemon/store/migrations", step + ".sql")) as file:
                store.executescript(file.read())
        store.executescript(f"PRAGMA application_id = {0x63727664}; PRAGMA user_version = 3;")
        for when, (kind, ref, text) in enumerate(documents, 10):
            row = store.execute("INSERT INTO document_versions (kind, ref, version, json, changed_at, changed_by) VALUES (?, ?, 1, ?, ?, 'anna')",
                                (kind, ref, text, when)).lastrowid
            store.execute("INSERT INTO documents (kind, ref, version_id) VALUES (?, ?, ?)", (kind, ref, row))
        for plan, simulated in ((1, "false"), (2, "true"), (3, "false")):
            store.execute("INSERT INTO plans (id, state, date, seed, summary, created_at, created_by, ended_at) VALUES (?, 'done', 20779, 1, ?, 1000, 'anna', 2000)",
                          (plan, f'{{"id":"PL-{plan}","simulated":{simulated}}}'))
            for person in ("K-1", "K-2"):
                store.execute("INSERT INTO proposals (plan, candidate, site, state, json) VALUES (?, ?, 'S-1', 'proposed', '{}')", (plan, person))
        row = store.execute("INSERT INTO document_versions (kind, ref, version, json, changed_at, changed_by) SELECT kind, ref, 2, json, 3000, 'anna'"
                            " FROM document_versions WHERE ref = 'K-2'").lastrowid
        store.execute("UPDATE documents SET version_id = ? WHERE ref = 'K-2'", (row,))
        store.commit()
        store.close()

    def test_its_proposals_get_the_states_that_they_would_have(self):
        site = {"kind": "site", "ref": "S-1", "employer": "EMP-1", "place": "3811", "open": {"mon": ["am"]},
                "jobs": [{"ref": "j", "title": "j", "hours": 40, "tasks": [{"ref": "t", "title": "t", "hours": 8}]}]}
        with Daemon(OnDemo.CONFIG) as daemon:
            documents = [COACH, candidate("K-1"), candidate("K-2"), site]
            for document in documents:
                kind = {"coach": "coaches"}.get(document["kind"], document["kind"] + "s")
                self.assertEqual(daemon.request("PUT", f"/v1/{kind}/{document['ref']}", document).status, 201)
            self.assertEqual(daemon.stop(), 0)
            store = sqlite3.connect(daemon.store)
            kept = store.execute("SELECT kind, ref, json FROM document_versions").fetchall()
            store.close()
            for name in os.listdir(daemon.folder):
                if name.startswith("store.db"):
                    os.remove(os.path.join(daemon.folder, name))
            self.old_store(daemon.store, kept)
            daemon.start()
            self.assertEqual(daemon.stop(), 0)
            store = sqlite3.connect(daemon.store)
            found = store.execute("SELECT plan, candidate, state, candidate_version, site_version, origin FROM proposals ORDER BY id").fetchall()
            self.assertEqual(store.execute("SELECT id, simulated FROM plans ORDER BY id").fetchall(), [(1, 0), (2, 1), (3, 0)])
            store.close()
            self.assertEqual(found, [(1, "K-1", "stale", 1, 1, None), (1, "K-2", "stale", 1, 1, None),
                                     (2, "K-1", "proposed", 1, 1, None), (2, "K-2", "proposed", 1, 1, None),
                                     (3, "K-1", "proposed", 1, 1, None), (3, "K-2", "stale", 1, 1, None)])
            daemon.start()


class Offers(Base):
    CONFIG = OnDemo.CONFIG + "plans:\n  keep-offered: 10000000\n"

    def test_what_is_offered_is_kept_where_moving_weighs_more(self):
        poor = {"search-rounds": 0, "block-rounds": 0, "price-rounds": 1}
        first = self.plan(budget=poor)
        better = self.plan()
        moved = [p for p in first["proposals"] if p["candidate"] in of(better) and package(of(better)[p["candidate"]]) != package(p)][:4]
        self.assertTrue(moved, "the poor plan is as good as the other: nothing to see here")
        again = self.plan(budget=poor, seed=3)  # the first one's proposals are stale: offer those of a plan that is the newest
        offered = [p for p in again["proposals"] if p["candidate"] in of(better) and package(of(better)[p["candidate"]]) != package(p)][:4]
        self.assertTrue(offered)
        for one in offered:
            self.decide(one["id"], kind="offered")
        for order in ({}, {"from": "last"}, {"from": better["id"]}):
            now = of(self.plan(**order))
            for one in offered:
                self.assertEqual(package(now[one["candidate"]]), package(one), order)
                self.assertEqual((now[one["candidate"]]["origin"], now[one["candidate"]]["state"]), (one["id"], "offered"))
        self.decide(now[offered[0]["candidate"]]["id"], **AGREED) if not offered[0]["conditions"] else None
        self.decide(offered[-1]["id"], kind="withdrawn")
        self.assertNotIn("origin", of(self.plan()).get(offered[-1]["candidate"], {}))


class AtTheCommandLine(Base):
    def test_carve_records_and_shows_decisions_in_both_languages(self):
        plan = self.ready(self.plan())
        one, other = plan[0]["id"], plan[1]["id"]
        self.assertIn(b"offered", self.daemon.carve("offer", one).stdout)
        lacking = self.daemon.carve("accept", one, "--candidate-agreed", TODAY)
        self.assertEqual(lacking.returncode, 3)
        self.assertEqual(lacking.stderr.count(b"is missing"), 3)
        self.assertIn(b"carve: --contact: ", lacking.stderr)
        done = self.daemon.carve("accept", one, "--candidate-agreed", TODAY, "--employer-agreed", TODAY, "--finances-discussed", TODAY,
                                 "--contact", "planner", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b'"kind":"accepted"', done.stdout)
        self.assertEqual(self.daemon.carve("start", one).returncode, 0)
        shown = self.daemon.carve("show", one, language="nl_NL.UTF-8").stdout.decode()
        for word in ("gestart", "aanvaard", "aangeboden", "planner", "Besluiten"):
            self.assertIn(word, shown)
        declined = self.daemon.carve("decline", other, "--reason", "travel", "--for-good", language="nl_NL.UTF-8")
        self.assertEqual(declined.returncode, 0, declined.stderr)
        self.assertIn("afgewezen", declined.stdout.decode())
        self.assertIn("te ver", self.daemon.carve("show", other, language="nl_NL.UTF-8").stdout.decode())
        self.assertEqual(self.daemon.carve("decline", other).returncode, 3)
        self.assertEqual(self.daemon.carve("decline", other, "--reason", "travel").returncode, 5)
        self.assertEqual(self.daemon.carve("offer", "P-9999").returncode, 4)
        self.assertEqual(self.daemon.carve("decline", other, "--reason", "mood").returncode, 2)


if __name__ == "__main__":
    main()
