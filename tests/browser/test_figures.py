# SPDX-License-Identifier: EUPL-1.2
"""Every figure of every page equals the API's JSON: all proposals of the demo region and of small, in both languages. Needs no browser."""
import unittest

import figures
import pages
import sections
from pages import harness


class Figures(unittest.TestCase):
    def expect_figures(self, daemon, kind, of):
        """One page in both languages. Returns how many figures were looked at."""
        count = 0
        for language in pages.LANGUAGES:
            answer = kind.get(daemon, of, language, "application/json").json
            html = kind.get(daemon, of, language).body
            with self.subTest(kind=kind.name, of=of, language=language):
                page = figures.Page(html)
                self.assertEqual(page.language, language)
                found = figures.faults(page, answer, sections.derived(kind, answer)) + sections.faults(kind, page, answer)
                self.assertFalse(found, "\n".join(["", *found[:10]]))
                count += sum(len(s.figures) for s in page.sections.values())
        return count

    def expect_all(self, daemon, proposals, at_most=None):
        for kind in pages.OF_PROPOSALS:
            may = [p for p in proposals if kind.may(daemon, p)][:at_most]
            count = sum(self.expect_figures(daemon, kind, p["id"]) for p in may)
            self.assertGreater(count, 2 * len(may))
            print(f"{kind.name}: {count} figures of {len(may)} proposals", flush=True)


class Small(Figures):
    def test_on_all_pages_of_the_demo_region_every_figure_is_that_of_the_json(self):
        with harness.Daemon() as daemon:
            pages.load_demo(daemon)
            self.expect_all(daemon, pages.plan(daemon, seed=1)["proposals"])

    def test_on_pages_of_sites_every_figure_is_that_of_the_json(self):
        with harness.Daemon() as daemon:
            pages.load_demo(daemon)
            for site in ("S-01", "S-04", "S-08"):
                self.assertGreater(self.expect_figures(daemon, pages.SITE, site), 20)

    def test_on_the_page_of_a_plan_every_figure_is_that_of_the_json(self):
        with harness.Daemon() as daemon:
            pages.load_demo(daemon)
            self.assertGreater(self.expect_figures(daemon, pages.PLAN, pages.plan(daemon, seed=1)["id"]), 200)

    def test_on_all_pages_of_small_every_figure_is_that_of_the_json(self):
        with harness.Daemon() as daemon:
            pages.load_region(daemon, "small")
            self.expect_all(daemon, pages.plan(daemon, date="2026-11-22")["proposals"])


class Reading(unittest.TestCase):
    """The script itself: what it must find."""

    PAGE = '<html lang="{}"><body><section id="s"><table><tr><th scope="row"><bdi>x</bdi></th><td>{}</td></tr></table></section></body></html>'

    def faults(self, inside, answer, language="nl"):
        return figures.faults(figures.Page(self.PAGE.format(language, inside)), answer)

    def test_a_page_that_says_what_the_json_says_has_no_fault(self):
        for language, inside in (("nl", '<data value="12345.5">12.345,5</data>'), ("en", '<data value="12345.5">12,345.5</data>'),
                                 ("nl", '<data value="1234">1234</data>'), ("nl", '<data value="-0.5">\u22120,5</data>'), ("en", '<data value="0.8619">86.19%</data>'),
                                 ("nl", '<time datetime="2026-03-09">9 maart 2026</time>')):
            self.assertEqual(self.faults(inside, ["x", 12345.5, 1234, -0.5, 0.8619, "2026-03-09"], language), [], inside)

    def test_what_is_not_in_the_json_or_shown_otherwise_is_found(self):
        for inside in ('<data value="3">3</data>', '<data value="2">3</data>', '<data value="1234.5">1,234.5</data>', '<data value="0.25">26%</data>', "2", "<bdi>y</bdi>",
                       '<time datetime="2026-03-08">8 maart 2026</time>', '<time datetime="2026-03-09">9 March 2026</time>', '<data value="12345">12345</data>'):
            self.assertEqual(len(self.faults(inside, ["x", 2, 0.25, 1234.5, 12345, "2026-03-09"])), 1, inside)


if __name__ == "__main__":
    unittest.main(verbosity=2)
