# SPDX-License-Identifier: EUPL-1.2
"""The reports in a real browser: each kind of page in both languages, on two widths, light and dark, and on paper."""
import os
import re
import subprocess
import unittest

import browser
import pages
from pages import harness

LOOKS = [(dark, width) for width in (1280, 400) for dark in (False, True)]
PAPER = 688  # px between the margins of A4 (report.css)


def command(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


class Looking(unittest.TestCase):
    """One daemon and one browser for all pages of the class. `fill(daemon)` says what is in it; returns [(name, kind, id)]."""

    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon()
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.__exit__)
        tools = browser.tools()
        cls.browser = cls.enterClassContext(browser.Browser(axe=tools and os.path.join(tools, "axe-core/axe.min.js")))
        cls.files = {}
        for name, kind, of in cls.fill(cls.daemon):
            for language in pages.LANGUAGES:
                answer = kind.get(cls.daemon, of, language)
                assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), answer.body[:500]
                file = os.path.join(cls.browser.folder, f"{name}.{language}.html")
                with open(file, "w", encoding="utf-8") as out:
                    out.write(answer.body)
                cls.files[name, language] = (kind, file)

    @classmethod
    def enterClassContext(cls, context):  # Python 3.11 has it, older ones have not
        cls.addClassCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def each_page(self):
        for (name, language), (kind, file) in self.files.items():
            with self.subTest(page=name, language=language):
                self.assertEqual(self.browser.open(file), [], "said or asked for while it was loaded")
                yield name, language, kind, file

    def expect_right(self, file, language, **shown):
        with self.subTest(**shown):
            self.browser.show(**shown)
            found = self.browser.look(language) + self.browser.axe()
            self.assertEqual(found, [], "\n".join(["", *found]))
            self.assertEqual(self.browser.said("file://" + file), [])

    def expect_right_on_screens(self):
        for _, language, _, file in self.each_page():
            for dark, width in LOOKS:
                self.expect_right(file, language, width=width, dark=dark)

    def expect_right_on_paper(self):
        for _, language, kind, file in self.each_page():
            self.expect_right(file, language, width=PAPER, dark=True, medium="print")
            self.expect_sheets(self.browser.print(), kind.sheets)

    def expect_sheets(self, pdf, sheets):
        told = command("pdfinfo", pdf)
        count = int(re.search(r"Pages:\s+(\d+)", told)[1])
        self.assertRegex(told, r"Page size:\s+59[45][.\d]* x 84[12][.\d]* pts \(A4\)")
        self.assertTrue(sheets[0] <= count <= sheets[1], f"{count} sheets, not {sheets}")
        texts = command("pdftotext", "-layout", pdf, "-").split("\f")[:count]
        self.assertEqual([i + 1 for i, text in enumerate(texts) if not text.strip()], [], "blank sheets")
        squeezed = re.sub(r"\s", "", "".join(texts))
        for end in ("section:last-of-type > :last-child", "footer"):
            last = self.browser.driver.execute_script(
                "const all = document.querySelectorAll(arguments[0]); return all.length ? all[all.length - 1].innerText : ''", end)
            for word in last.split()[-3:]:
                self.assertIn(word, squeezed, f"the end of {end} is not on paper")


class Demo(Looking):
    @classmethod
    def fill(cls, daemon):
        pages.load_demo(daemon)
        plan = pages.plan(daemon, seed=1)
        return [(f"{kind.name}-{name}", kind, proposal["id"]) for kind in pages.OF_PROPOSALS
                for name, proposal in pages.telling(plan["proposals"]).items()]

    def test_on_wide_and_narrow_screens_light_and_dark_nothing_is_cut_off_pale_asked_for_or_against_accessibility(self):
        self.expect_right_on_screens()

    def test_on_paper_it_is_a4_light_and_complete(self):
        self.expect_right_on_paper()

    def test_a_screen_reader_meets_a_name_and_a_description_for_each_drawing(self):
        for _, _, _, _ in self.each_page():
            for role, name, description in self.browser.names():
                self.assertTrue(name.strip() and (role == "region" or description.strip()), (role, name, description))


if __name__ == "__main__":
    browser.main()
