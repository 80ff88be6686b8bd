# SPDX-License-Identifier: EUPL-1.2
"""What looks at the reports finds what it should: pages with one fault each, and one without any."""
import os
import shutil
import unittest

import browser

HEAD = "<meta charset=utf-8><title>t</title><style>body {margin: 0; background: #fff; color: #111; font: 16px sans-serif} .box {width: 60px}" \
       " svg text {font-size: 13px} .s0, .s1 {fill: #dde}</style>"
TABLE = "<table><tr><th scope=col>a</th></tr><tr><td>b</td></tr></table>"
WORD = "Wolvenkruiskruidkwekerijmedewerker"


def drawing(inside, title="<title>t</title><desc>d</desc>", after=TABLE):
    return f'<section><figure><svg role=img viewBox="0 0 300 100" width=300 height=100>{title}{inside}</svg></figure>{after}</section>'


def page(body, head="<h1>h</h1>", lang="en"):
    return f"<!DOCTYPE html><html lang={lang}><head>{HEAD}</head><body><main>{head}{body}</main></body></html>"


FAULTS = [
    ("wider than the window", page("<div style='width: 2000px'>x</div>")),
    ("text beyond the edge", page(f"<div style='overflow: hidden; width: 100%; white-space: nowrap'>{WORD * 6}</div>")),
    ("cut off: .* in [0-9]+ px", page(f"<div class=box style='overflow: hidden; white-space: nowrap'>{WORD}</div>")),
    ("cut off: .* in a height", page("<div class=box style='overflow: hidden; height: 20px'>one two three four five</div>")),
    ("sticks out of its box", page(f"<div class=box>{WORD}</div>")),
    ("not with the keyboard", page(f"<div class=box style='overflow: auto'>{WORD}</div>")),
    ("the word 'Wolvenkruid' is broken", page("<div class=box style='overflow-wrap: anywhere'>Wolvenkruid</div>")),
    ("letters of 9 px", page("<p style='font-size: 9px'>x</p>")),
    ("contrast 2[.]", page("<p style='color: #999'>x</p>")),
    ("contrast 2[.]", page("<p style='opacity: .35'>x</p>")),
    ("letters of 6.5 px", page(drawing("<text x=5 y=50>x</text>").replace("width=300 height=100", "width=150 height=50"))),
    ("leaves its drawing", page(drawing("<text x=250 y=50>Wolvenkruiskruid</text>"))),
    ("contrast 1[.].* shape behind", page(drawing("<rect fill=#333 x=0 y=0 width=100 height=100 /><text x=5 y=50>x</text>"))),
    ("contrast .* tile behind", page(drawing("<defs><pattern id=p width=8 height=8 patternUnits=userSpaceOnUse><rect fill=#555 width=8 height=8 /></pattern></defs>"
                                              "<rect fill='url(#p)' x=0 y=0 width=100 height=100 /><text x=5 y=50>x</text>"))),
    ("label over another", page(drawing("<text x=5 y=50>Wolvenkruid</text><text x=30 y=52>kruid</text>"))),
    ("into another tile", page(drawing("<rect class=s0 x=0 y=0 width=60 height=90 /><rect class=s1 x=60 y=0 width=60 height=90 /><text x=5 y=50>Kruiskruid</text>"))),
    ("empty drawing", page(drawing("").replace("width=300", "width=0"))),
    ("without a title or a desc", page(drawing("", title="<title>t</title>"))),
    ("a sign without a name", page("<svg role=img></svg>")),
    ("contrast 1[.].* behind", page("<div style='position: relative'><svg aria-hidden=true style='position: absolute; inset: 0'><rect width=300 height=100 fill=#333 /></svg><p>x</p></div>")),
    ("no table near", page(drawing("", after=""))),
    ("lang is", page("", lang="nl")),
    ("not one h1", page("", head="")),
    ("not one h1", page("", head="<h1>a</h1><h1>b</h1>")),
    ("level of headings", page("<h3>x</h3>")),
    ("no place on a page", page("<form></form>")),
    ("the attribute onclick", page("<p onclick=''>x</p>")),
    ("names nothing", page("<p aria-describedby=x>x</p>")),
    ("a link to", page("<a href='#x'>x</a>")),
    ("is there twice", page("<p id=x>x</p><p id=x>x</p>")),
]


class Look(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tools = browser.tools()
        cls.browser = browser.Browser(cls.tools)
        cls.addClassCleanup(cls.browser.__exit__)

    def opened(self, text):
        self.file = os.path.join(self.browser.folder, "fault.html")
        with open(self.file, "w", encoding="utf-8") as out:
            out.write(text)
        said = self.browser.open(self.file)
        self.browser.show()
        return said

    def test_a_page_without_a_fault_has_none(self):
        right = page(f"<h2>i</h2><p>Text</p>{drawing('<rect class=s0 x=0 y=0 width=60 height=90 /><text x=5 y=50>Kruid</text>')}")
        self.assertEqual(self.opened(right), [])
        self.assertEqual(self.browser.look("en"), [])

    def test_each_fault_is_found(self):
        for what, text in FAULTS:
            with self.subTest(fault=what, page=text[len(HEAD):]):
                self.opened(text)
                found = self.browser.look("en")
                self.assertTrue(found)
                self.assertRegex("\n".join(found), what)

    def test_what_a_page_fetches_and_what_runs_in_it_is_told(self):
        said = self.opened(page("<p>x</p><script>console.log('hello')</script><svg><image href='file:///nothing.png' /></svg>"))
        self.assertRegex("\n".join(said), "console: .*hello")
        self.assertRegex("\n".join(said), "request: file:///nothing.png")

    def test_a_page_that_calls_alert_breaks_the_test(self):
        with self.assertRaisesRegex(Exception, "alert"):
            self.opened(page("<script>alert(1)</script>"))
            self.browser.look("en")
        self.browser.driver.switch_to.alert.accept()

    def test_html_that_is_not_valid_is_told(self):
        for tools in {self.tools, None}:
            if not tools and not shutil.which("tidy"):
                continue
            self.opened(page("<p>Text</p>").replace("<meta charset=utf-8>", '<meta charset="utf-8">'))
            self.assertEqual(browser.validity([self.file], tools), [])
            self.opened(page("<p>Text</p><table><p>in no cell</p></table>"))
            self.assertTrue(browser.validity([self.file], tools))

    def test_axe_finds_what_is_serious(self):
        if not self.tools:
            self.skipTest("axe-core could not be fetched")
        self.opened(page("<p><button></button></p>"))
        self.assertRegex("\n".join(self.browser.axe()), "button-name")


if __name__ == "__main__":
    browser.main()
