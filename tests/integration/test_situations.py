# SPDX-License-Identifier: EUPL-1.2
"""The people and the sites of the demo region, one test for each situation that the comments of config/demo tell: what the person is offered now, and what changes when the
thing changes that the situation is about. test_demo.py has those that are about a whole plan, and K-0001 to K-0010."""
import copy
import unittest

import harness

MANY = 20  # packages that are clearly different: as many as a request may ask for


class Situations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.start()
        assert cls.daemon.carve("import", *harness.demo_files()).returncode == 0
        cls.candidates, cls.sites = ({item["ref"]: cls.daemon.request("GET", f"/v1/{kind}/{item['ref']}").json
                                      for item in cls.daemon.request("GET", f"/v1/{kind}?limit=100").json["items"]} for kind in ("candidates", "sites"))

    @classmethod
    def tearDownClass(cls):
        cls.daemon.__exit__()

    def ask(self, ref, change=None):
        """What carved recommends to a person, as the document is or with a change to it."""
        document = copy.deepcopy(self.candidates[ref])
        if change:
            change(document)
        answer = self.daemon.request("POST", f"/v1/recommendations?limit={MANY}", document)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def packages(self, ref, change=None):
        items = self.ask(ref, change)["items"]
        self.assertGreater(len(items), 0, f"nothing for {ref}")
        return items

    def best(self, ref, change=None):
        return self.packages(ref, change)[0]

    def work(self, package):
        """Each slot of a package with the document of its task."""
        site = self.sites[package["site"]]
        jobs = {job["ref"]: job for job in site.get("jobs", []) + site.get("vacancies", [])}
        return [(slot, next(t for t in jobs[slot.get("job") or slot.get("vacancy")]["tasks"] if t["ref"] == slot["task"])) for slot in package["slots"]]

    def tags(self, package):
        """Of each slot: its own tags and those of its site."""
        return [set(task.get("tags", [])) | set(self.sites[package["site"]].get("tags", [])) | {task.get("category")} for _, task in self.work(package)]

    def tasks(self, packages):
        return {f"{p['site']} {slot.get('job') or slot.get('vacancy')}.{slot['task']}" for p in packages for slot in p["slots"]}

    def highest(self, packages, category):
        """The highest demand of a category, or of one below it, in any of the packages."""
        return max(level for p in packages for _, task in self.work(p) for code, level in {"": 0, **task.get("demands", {})}.items() if code.startswith(category) or not code)

    def hours_at(self, package, category, level):
        return sum(slot["hours"] for slot, task in self.work(package) if any(code.startswith(category) and asked >= level for code, asked in task.get("demands", {}).items()))

    def parts(self, packages):
        return {piece["part"][4:] for p in packages for piece in p["schedule"]}

    # ---- people

    def test_k11_agreed_to_matching_and_is_matched(self):
        self.assertEqual(self.candidates["K-0011"]["consent"]["scope"], ["matching"])
        self.assertTrue({"green", "plants"} & self.tags(self.best("K-0011"))[0])

    def test_k11_is_explained_to_the_coach_and_not_to_the_employer(self):
        self.assertEqual(self.daemon.carve("plan", "--seconds", "60").returncode, 0)
        plan = self.daemon.request("GET", "/v1/plans?limit=1").json["items"][0]["id"]
        proposal = self.daemon.request("GET", f"/v1/plans/{plan}/proposals?candidate=K-0011").json["items"][0]["id"]
        self.assertEqual(self.daemon.request("GET", f"/v1/proposals/{proposal}/explanation").status, 200)
        self.assertEqual(self.daemon.request("GET", f"/v1/proposals/{proposal}/explanation?for=employer").status, 403)

    def test_k12_is_matched_as_soon_as_the_consent_is_renewed(self):
        asked = self.ask("K-0012")
        self.assertEqual((asked["items"], asked["reason"]), ([], "consent"))
        renewed = self.best("K-0012", lambda k: k["consent"].update(self.candidates["K-0011"]["consent"]))
        self.assertIn("books", self.tags(renewed)[0])

    def test_k13_works_with_the_hands_in_the_earth_and_reads_little(self):
        packages = self.packages("K-0013")
        self.assertTrue(all("plants" in tags for tags in self.tags(packages[0])))
        self.assertLessEqual(self.highest(packages, "d166"), 1)
        self.assertEqual(self.highest(packages, "d345"), 0)

    def test_k14_stands_four_hours_a_week_at_most(self):
        def at_the_bakery(k):  # whose work is done standing, if not sitting
            k.update(home="8225", wishes={"like": ["bakery"]})

        def tireless(k):
            at_the_bakery(k)
            k.pop("limits")

        packages = self.packages("K-0014", at_the_bakery)
        self.assertLessEqual(max(self.hours_at(p, "d415", 2) for p in packages), 4)
        self.assertGreater(max(self.hours_at(p, "d415", 2) for p in self.packages("K-0014", tireless)), 4)
        self.assertEqual(self.highest(packages + self.packages("K-0014"), "d455"), 0)  # level 4: nothing of it

    def test_k14_begins_with_eight_hours_and_has_twelve_after_eight_weeks(self):
        packages = self.packages("K-0014")
        self.assertGreater(max(p["hours"] for p in packages), 12)
        for package in packages:
            steps = [(week, hours) for week, hours in ((0, 8), (8, 12)) if hours < package["hours"]]
            self.assertEqual([(step["week"], step["hours"]) for step in package.get("steps", [])], steps)
            for step in package.get("steps", []):
                self.assertEqual(sum(piece["hours"] for piece in step["slots"]), step["hours"])
                for piece in step["slots"]:
                    self.assertLessEqual(piece["hours"], package["slots"][piece["slot"]]["hours"])
        self.assertTrue(all(not p.get("steps") for p in self.packages("K-0014", lambda k: k["hours"].pop("build-up"))))

    def test_k15_gets_the_forklift_vacancy_whole_and_only_with_the_certificate(self):
        def whole(packages):
            return [p for p in packages if p["kind"] == "vacancy" and any("forklift" in task.get("requires", []) for _, task in self.work(p))]

        self.assertEqual(len(whole(self.packages("K-0015"))), 1)
        self.assertEqual(whole(self.packages("K-0015", lambda k: k["has"].remove("forklift"))), [])

    def test_k16_becomes_teaching_assistant_noise_or_not(self):
        packages = self.packages("K-0016")
        self.assertIn("S-02 onderwijsassistent.groepje", self.tasks(packages))
        self.assertIn("children", self.tags(packages[0])[0])
        hindered = self.packages("K-0016", lambda k: k.update(barriers={"e250": 3}))
        self.assertNotIn("S-02 onderwijsassistent.groepje", self.tasks(hindered))

    def test_k17_has_work_with_little_talk(self):
        packages = self.packages("K-0017")
        for category, most in (("d330", 1), ("d360", 1), ("d730", 1), ("d310", 2)):
            self.assertLessEqual(self.highest(packages, category), most, category)

    def test_k18_sits_and_needs_not_walk_or_bend(self):
        packages = self.packages("K-0018")
        for category in ("d410", "d450", "d455"):
            self.assertEqual(self.highest(packages, category), 0, category)
        self.assertTrue(all(tags & {"computer", "4.A.3.b.1"} or "office" in tags for tags in self.tags(packages[0])), self.tags(packages[0]))
        self.assertTrue(any(task.startswith("S-11 schoon.vouwen") for task in self.tasks(self.packages("K-0018", self.near_the_laundry))))

    def near_the_laundry(self, candidate):  # its folding can be done sitting
        candidate.update(home="8239", wishes={"like": ["laundry"]})

    def test_k19_bakes_no_more_at_night_until_the_family_is_fine_with_it(self):
        packages = self.packages("K-0019")
        self.assertNotIn("S-08 bakker.deeg", self.tasks(packages))
        self.assertLessEqual(self.parts(packages), {"am", "pm"})
        nights = {day: ["am", "pm", "ni"] for day in self.candidates["K-0019"]["available"]}
        self.assertNotIn("S-08 bakker.deeg", self.tasks(self.packages("K-0019", lambda k: k.update(available=nights))))

        def at_night(k):
            k["wishes"]["never"] = []
            k["available"] = nights

        self.assertIn("S-08 bakker.deeg", self.tasks(self.packages("K-0019", at_night)))

    def test_k20_remembers_with_work_cards_where_there_are_any(self):
        packages = self.packages("K-0020")
        self.assertLessEqual(self.highest(packages, "d220"), 1)
        with_cards = [p for p in packages if "work-cards" in p["aids"]]
        self.assertTrue(all("work-cards" in self.sites[p["site"]]["facilities"] for p in with_cards))
        for p in packages:  # where remembering is asked for beyond what goes without them
            self.assertEqual("work-cards" in p["aids"], self.highest([p], "b144") > 2, p)

    def test_k21_is_outdoors_for_a_part_in_every_package(self):
        self.assertTrue(all(any("outdoor" in tags for tags in self.tags(p)) for p in self.packages("K-0021")))
        contented = self.packages("K-0021", lambda k: k["wishes"].pop("must"))
        self.assertTrue(any(not any("outdoor" in tags for tags in self.tags(p)) for p in contented))

    def test_k22_works_beside_the_mornings_of_school_with_elderly_people(self):
        packages = self.packages("K-0022")
        self.assertLessEqual(self.parts(packages), {"pm", "ev"})
        self.assertTrue(any("elderly" in tags for tags in self.tags(packages[0])))

    def test_k23_lifts_eight_hours_at_most_and_never_goes_back_to_that_warehouse(self):
        packages = self.packages("K-0023")
        self.assertLessEqual(max(self.hours_at(p, "d430", 2) for p in packages), 8)
        self.assertNotIn("S-05", {p["site"] for p in packages})

        def goes_back(k):
            k.pop("not-with")
            k["wishes"]["like"] = ["logistics"]

        self.assertIn("S-05", {p["site"] for p in self.packages("K-0023", goes_back)})

    def test_k24_checks_and_compares_and_meets_few_strangers(self):
        packages = self.packages("K-0024")
        self.assertLessEqual(self.highest(packages, "d730"), 1)
        self.assertTrue(any(tags & {"4.A.1.b.2", "4.A.3.b.6", "computer"} for tags in self.tags(packages[0])))

    def test_k25_walks_there_in_the_morning(self):
        packages = self.packages("K-0025")
        self.assertEqual(self.parts(packages), {"am"})
        self.assertLess({p["site"] for p in packages}, {p["site"] for p in self.packages("K-0025", lambda k: k["travel"].update(mode="bicycle"))})

    def test_k26_fits_best_where_the_cleaning_is_of_hutches_and_is_offered_that_first_when_living_near(self):
        packages = self.packages("K-0026")
        self.assertIn("S-03 dieren.hokken", self.tasks([max(packages, key=lambda p: p["parts"]["fit"])]))
        self.assertIn("S-03 dieren.hokken", self.tasks([self.best("K-0026", lambda k: k.update(home="8219"))]))

    def test_k27_reads_nothing(self):
        self.assertEqual(self.highest(self.packages("K-0027"), "d166"), 0)
        self.assertIn("laundry", self.tags(self.best("K-0027"))[0])

    def test_k28_is_among_guests(self):
        self.assertTrue(any(tags & {"hospitality", "customers"} for tags in self.tags(self.best("K-0028"))))

    def test_k29_has_a_buddy_near_or_no_place(self):
        self.assertGreaterEqual(min(self.sites[p["site"]]["supervision"]["hours"] for p in self.packages("K-0029")), 4)
        most = max(site["supervision"]["hours"] for site in self.sites.values())
        asked = self.ask("K-0029", lambda k: k["support"].update({"buddy-hours": most + 1}))
        self.assertEqual((asked["items"], asked["reason"]), ([], "supervision"))

    def test_k30_grows_plants_around_the_corner(self):
        self.assertEqual(self.best("K-0030")["site"], "S-10")

    def test_k31_does_no_fine_work_and_shows_people_the_way(self):
        packages = self.packages("K-0031")
        self.assertLessEqual(self.highest(packages, "d440"), 1)
        self.assertTrue(any(tags & {"customers", "hospitality"} for tags in self.tags(packages[0])))
        self.assertTrue(any("customers" in tags for p in packages for tags in self.tags(p)))

    def test_k32_finds_everything_under_twenty_hours_too_little(self):
        self.assertGreaterEqual(min(p["hours"] for p in self.packages("K-0032")), 20)
        self.assertLess(min(p["hours"] for p in self.packages("K-0032", lambda k: k["hours"].update(min=8, max=19))), 20)

    def test_k33_meets_no_customers_and_has_a_buddy_for_working_together(self):
        packages = self.packages("K-0033")
        self.assertFalse(any("customers" in tags for p in packages for tags in self.tags(p)))
        for p in packages:
            self.assertEqual("buddy" in p["aids"], self.highest([p], "d720") > 1, p)

    def test_k34_stays_in_care_without_dust(self):
        packages = self.packages("K-0034")
        for p in packages:
            exposures = [self.sites[p["site"]].get("exposures", {}).get("e260", 0)] + [task.get("exposures", {}).get("e260", 0) for _, task in self.work(p)]
            self.assertEqual(max(exposures), 0)
        self.assertIn("care", self.tags(packages[0])[0])

    def test_k35_finds_nothing_in_the_evening_on_foot_and_something_by_day(self):
        asked = self.ask("K-0035")
        self.assertEqual(asked["items"], [])
        self.assertIn(asked["reason"], ("hours", "travel", "availability"))
        self.assertTrue(self.packages("K-0035", lambda k: k.update(available={day: ["am", "pm"] for day in k["available"]})))

    # ---- why not, and what would help

    def why_not(self, ref, site, **where):
        query = "".join(f"&{key}={value}" for key, value in where.items())
        return self.daemon.request("GET", f"/v1/candidates/{ref}/obstacles?site={site}{query}").json

    def rules(self, answer):
        return {rule["rule"] for slot in answer["slots"] for rule in slot["rules"]}

    def test_k1_would_water_the_plants_if_that_were_done_in_an_afternoon(self):
        told = self.why_not("K-0001", "S-03", job="kas", task="water")
        self.assertEqual(self.rules(told), {"availability"})
        [change] = told["mends"]["items"][0]["changes"]
        self.assertEqual((change["kind"], change["task"], [part[4:] for part in change["toParts"]]), ("move-time", "water", ["pm"]))

    def test_k10_would_lift_at_the_laundry_with_a_lifting_aid_there(self):
        told = self.why_not("K-0010", "S-11", job="vuil", task="sorteren")
        self.assertEqual(self.rules(told), {"capacity"})
        mend = told["mends"]["items"][0]
        self.assertEqual([(change["kind"], change["aid"]) for change in mend["changes"]], [("add-aid", "lifting-aid")])
        self.assertEqual(mend["package"]["aids"], ["lifting-aid"])

    def test_k12_only_lacks_consent_and_nothing_is_advised_instead(self):
        told = self.why_not("K-0012", "S-09")
        self.assertEqual(([rule["rule"] for rule in told["support"]], told["conditions"], told["mends"]["items"]), (["consent"], ["consent"], []))

    def test_k23_is_kept_from_the_warehouse_by_an_own_no_that_no_advice_works_around(self):
        told = self.why_not("K-0023", "S-05")
        self.assertEqual([(rule["rule"], rule["what"]) for rule in told["support"]], [("excluded", "EMP-05")])
        self.assertIn("displacement", self.rules(told))  # where people were dismissed
        self.assertEqual(told["mends"]["items"], [])

    # ---- sites

    _everything = []

    def everything(self):
        """All that is recommended to anybody."""
        if not self._everything:
            self._everything.extend(p for ref in self.candidates for p in self.ask(ref)["items"])
        return self._everything

    def test_where_people_were_dismissed_only_vacancies_are_used_that_they_were_asked_for(self):
        asked_for = {v["ref"] for v in self.sites["S-05"]["vacancies"] if "former-staff-asked" in v}
        used = {slot.get("vacancy") for p in self.everything() if p["site"] == "S-05" for slot in p["slots"]}
        self.assertTrue(used)
        self.assertLessEqual(used, asked_for)

    def test_where_the_staff_was_not_heard_each_package_of_their_work_waits_for_them(self):
        packages = self.everything()
        self.assertIn("S-07", {p["site"] for p in packages})
        for p in packages:
            takes = p["site"] == "S-07" and any("job" in slot and not task.get("undone") for slot, task in self.work(p))
            self.assertEqual(p["conditions"], ["staff-agreed"] if takes else [], p)

    def test_the_tower_is_for_nobody_here(self):
        self.assertNotIn("S-07 havendienst.toren", self.tasks(self.everything()))

    def test_the_school_gives_work_by_day_only(self):
        self.assertLessEqual(self.parts(p for p in self.everything() if p["site"] == "S-02"), {"am", "pm"})


if __name__ == "__main__":
    harness.main()
