# SPDX-License-Identifier: EUPL-1.2
"""Reports of a region whose every text means no good: it is shown as text, the layout holds, nothing runs and nothing is asked for."""
import os
import re

import browser
import figures
import hostile_region
import looking
import pages
import sections
from pages import harness


def demo_documents():
    """The demo region as JSON, as a daemon of its own reads it."""
    with harness.Daemon() as daemon:
        pages.load_demo(daemon)
        return [daemon.request("GET", f"/v1/{collection}/{item['ref']}").json for collection in ("vocabularies", "coaches", "sites", "candidates")
                for item in daemon.request("GET", f"/v1/{collection}?limit=100").json["items"]]


class Hostile(looking.Looking):
    CONFIG = hostile_region.CONFIG

    @classmethod
    def fill(cls, daemon):
        answer = daemon.request("POST", "/v1/imports", hostile_region.Region(demo_documents()).made())
        assert answer.status == 200, answer.body[:2000]
        cls.plan = pages.plan(daemon, seed=1)
        assert cls.plan["placed"] >= 20, cls.plan["placed"]
        cls.all = [(kind, proposal["id"]) for kind in pages.OF_PROPOSALS for proposal in cls.plan["proposals"] if kind.may(daemon, proposal)]
        cls.all += [(pages.SITE, site["ref"]) for site in daemon.request("GET", "/v1/sites").json["items"]]
        return [(f"{kind.name}-{name}", kind, proposal["id"]) for kind in pages.OF_PROPOSALS
                for name, proposal in pages.telling([p for p in cls.plan["proposals"] if kind.may(daemon, p)]).items()] + [
                    ("site", *cls.all[-1]), ("plan", pages.PLAN, cls.plan["id"])]

    def test_on_wide_and_narrow_screens_the_layout_holds_and_nothing_runs(self):
        self.expect_right_on_screens()

    def test_on_paper_it_is_complete(self):
        self.expect_right_on_paper(sheets=(1, 200))

    def test_html_and_css_stay_valid(self):
        self.expect_valid()

    def expect_layout(self, html):
        file = os.path.join(self.browser.folder, "one.html")
        with open(file, "w", encoding="utf-8") as out:
            out.write(html)
        self.assertEqual(self.browser.open(file), [])
        for width in (1280, 400):
            self.expect_right(file, "nl", width=width)

    def test_every_text_of_every_proposal_and_site_is_shown_as_text_and_the_layout_holds(self):
        for kind, of in self.all:
            with self.subTest(kind=kind.name, of=of):
                answer = kind.get(self.daemon, of, "nl", "application/json").json
                html = kind.get(self.daemon, of, "nl").body
                self.expect_layout(html)
                page = figures.Page(html)
                self.expect_none(figures.faults(page, answer, sections.derived(kind, answer)) + sections.faults(kind, page, answer))
                self.assertIsNone(re.search("<(script|img|b>|h1>Gekaapt)|[\u202a-\u202e\u2066-\u2069]", html))


if __name__ == "__main__":
    browser.main()
