# SPDX-License-Identifier: EUPL-1.2
"""What a test class of pages shares: one daemon, one browser, and what is expected of each page on screens and paper."""
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

    CONFIG = None

    @classmethod
    def setUpClass(cls):
        cls.daemon = harness.Daemon(cls.CONFIG)
        cls.daemon.start()
        cls.addClassCleanup(cls.daemon.__exit__)
        cls.tools = browser.tools()
        cls.browser = cls.enterClassContext(browser.Browser(cls.tools))
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

    def each_page(self, look):
        for (name, language), (kind, file) in self.files.items():
            with self.subTest(page=name, language=language):
                self.assertEqual(self.browser.open(file), [], "said or asked for while it was loaded")
                look(kind, file, language)

    def expect_none(self, found):
        if found:
            self.fail("\n".join([f"{len(found)} found", *found[:12]]))

    def expect_right(self, file, language, axe=False, **shown):
        with self.subTest(**shown):
            self.browser.show(**shown)
            found = self.browser.look(language) + (self.browser.axe() if axe else [])
            self.expect_none(found)
            self.assertEqual(self.browser.said("file://" + file), [])

    def expect_right_on_screens(self):
        def look(_, file, language):
            for dark, width in LOOKS:
                self.expect_right(file, language, axe=dark == (width == 400), width=width, dark=dark)  # axe is slow: each scheme and width once
        self.each_page(look)

    def expect_right_on_paper(self, sheets=None):
        """sheets: least and most; None: as the kind of page has it."""
        def look(kind, file, language):
            self.expect_right(file, language, width=PAPER, dark=True, medium="print")
            self.expect_sheets(self.browser.print(), sheets or kind.sheets)
        self.each_page(look)

    def expect_named_drawings(self):
        def look(*_):
            met = self.browser.names()
            self.assertEqual([one for one in met if not one[1].strip()], [], "without a name")
            drawings = self.browser.driver.execute_script("return document.querySelectorAll('figure > svg').length")
            self.assertGreater(drawings, 0)
            self.assertEqual(len([one for one in met if one[2].strip()]), drawings, "drawings with a description")
        self.each_page(look)

    def expect_valid(self):
        found = browser.validity([file for _, file in self.files.values()], self.tools)
        self.expect_none(found)

    def expect_sheets(self, pdf, sheets):
        told = command("pdfinfo", pdf)
        count = int(re.search(r"Pages:\s+(\d+)", told)[1])
        self.assertRegex(told, r"Page size:\s+59[45][.\d]* x 84[12][.\d]* pts \(A4\)")
        self.assertTrue(sheets[0] <= count <= sheets[1], f"{count} sheets, not {sheets}")
        texts = command("pdftotext", "-layout", pdf, "-").split("\f")[:count]
        self.assertEqual([i + 1 for i, text in enumerate(texts) if not text.strip()], [], "blank sheets")
        whole = "".join(texts)
        for end in ("section:last-of-type > :last-child", "footer"):
            last = self.browser.driver.execute_script(
                "const all = document.querySelectorAll(arguments[0]); return all.length ? all[all.length - 1].innerText : ''", end)
            for word in re.findall(r"\b[a-z]{3,6}\b", last)[-3:]:  # of plain letters, and too short to be broken over two lines
                self.assertIn(word, whole, f"the end of {end} is not on paper")
