# SPDX-License-Identifier: EUPL-1.2
"""The reports in a real browser: each kind of page in both languages, on two widths, light and dark, and on paper."""
import browser
import looking
import pages


class Demo(looking.Looking):
    @classmethod
    def fill(cls, daemon):
        pages.load_demo(daemon)
        plan = pages.plan(daemon, seed=1)
        return [(f"{kind.name}-{name}", kind, proposal["id"]) for kind in pages.OF_PROPOSALS
                for name, proposal in pages.telling([p for p in plan["proposals"] if kind.may(daemon, p)]).items()] + [
                    ("site", pages.SITE, "S-01"), ("site-of-vacancies", pages.SITE, "S-04"), ("plan", pages.PLAN, plan["id"])]

    def test_on_wide_and_narrow_screens_light_and_dark_nothing_is_cut_off_pale_asked_for_or_against_accessibility(self):
        self.expect_right_on_screens()

    def test_on_paper_it_is_a4_light_and_complete(self):
        self.expect_right_on_paper()

    def test_html_and_css_are_valid(self):
        self.expect_valid()

    def test_a_screen_reader_meets_a_name_and_a_description_for_each_drawing(self):
        self.expect_named_drawings()


if __name__ == "__main__":
    browser.main()
