# SPDX-License-Identifier: EUPL-1.2
"""Reads a page back: what figures, dates and words stand in which section, and in which row of which table. For holding a page against the JSON it was made of."""
import html.parser
import re

VOID = {"meta", "br", "col"}
SILENT = {"svg", "style", "title"}  # digits in there are no figures, or stand in a table near by as well
SHOWN = {"en": re.compile(r"\u2212?(\d{1,4}|\d{1,3}(,\d{3})+)(\.\d+)?"), "nl": re.compile(r"\u2212?(\d{1,4}|\d{1,3}(\.\d{3})+)(,\d+)?")}
MONTHS = {"en": "January February March April May June July August September October November December".split(),
          "nl": "januari februari maart april mei juni juli augustus september oktober november december".split()}


class Section:
    def __init__(self):
        self.figures, self.dates, self.words = [], [], []  # (value, shown), (date, shown), text
        self.tables = []  # each a list of rows, each a list of cells, each the Section of its own

    def numbers(self):
        return [value for value, _ in self.figures]

    def rows(self, table=0):
        """Of each row of a table all its numbers, in order."""
        return [[value for cell in row for value in cell.numbers()] for row in self.tables[table] if row]


class Page(html.parser.HTMLParser):
    """`sections`: by id; what stands in none is in sections[""]. `stray`: texts with digits outside <data>, <time>, <bdi> and drawings."""

    def __init__(self, text):
        super().__init__()
        self.sections, self.stray, self.language, self.title = {"": Section()}, [], None, ""
        self.open = []  # elements, with their attributes
        self.section, self.cell, self.told = self.sections[""], None, None
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, name, attributes):
        attributes = dict(attributes)
        if name in VOID:
            return
        self.open.append((name, attributes))
        if name == "html":
            self.language = attributes["lang"]
        elif name == "section":
            self.section = self.sections.setdefault(attributes["id"], Section())
        elif name == "table":
            self.section.tables.append([])
        elif name == "tr":
            self.section.tables[-1].append([])
        elif name in ("td", "th"):
            self.cell = Section()
            if attributes.get("scope") != "col":
                self.section.tables[-1][-1].append(self.cell)
        elif name in ("data", "time", "bdi"):
            self.told = ""

    def handle_endtag(self, name):
        if name in VOID:
            return
        opened, attributes = self.open.pop()
        assert opened == name, (opened, name)
        if name in ("data", "time", "bdi"):
            for place in [self.section] + ([self.cell] if self.cell else []):
                if name == "data":
                    place.figures.append((float(attributes["value"]), self.told))
                elif name == "time":
                    place.dates.append((attributes["datetime"], self.told))
                else:
                    place.words.append(self.told)
            self.told = None
        elif name in ("td", "th"):
            self.cell = None
        elif name == "section":
            self.section = self.sections[""]

    def handle_data(self, text):
        names = [name for name, _ in self.open]
        if self.told is not None:
            self.told += text
        elif names[-1:] == ["title"] and "svg" not in names:
            self.title += text
        elif not SILENT.intersection(names) and re.search(r"\d", text):
            self.stray.append(text)


def shown_as(value, shown, language):
    """Whether a text is how people who speak the language write the number; shares as percent."""
    is_share = shown.endswith("%")
    text = shown[:-1] if is_share else shown
    if not SHOWN[language].fullmatch(text):
        return False
    thousands, decimal = (".", ",") if language == "nl" else (",", ".")
    read = float(text.replace(thousands, "").replace(decimal, ".").replace("\u2212", "-"))
    return abs(read - value * 100) <= 0.005 + 1e-9 if is_share else abs(read - value) <= 1e-9 * max(1, abs(value))


def date_as(date, shown, language):
    year, month, day = date.split("-")
    return shown == f"{int(day)} {MONTHS[language][int(month) - 1]} {year}"


def without_turns(text):
    """Without the signs that would turn the direction of the text around it: pages leave them out."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)


def leaves(node):
    """Every number and text of a JSON answer, also the names of members."""
    if isinstance(node, dict):
        for key, item in node.items():
            yield key
            yield from leaves(item)
    elif isinstance(node, list):
        for item in node:
            yield from leaves(item)
    elif node is not None and not isinstance(node, bool):
        yield node


def faults(page, answer, derived=()):
    """What is wrong with a page whatever kind it is, as sentences: figures, dates and words that its JSON has not (`derived`: sums that it may show), or shown wrongly."""
    known = list(leaves(answer))
    numbers = {float(n) for n in known if isinstance(n, (int, float))} | {float(n) for n in derived}
    texts = {without_turns(t) for t in known if isinstance(t, str)}
    found = [f"digits outside a figure: {text!r}" for text in page.stray]
    for name, section in page.sections.items():
        found += [f"{name}: {value} is not in the JSON" for value, _ in section.figures if value not in numbers]
        found += [f"{name}: {value} is shown as {shown!r}" for value, shown in section.figures if not shown_as(value, shown, page.language)]
        found += [f"{name}: {date} is not in the JSON" for date, _ in section.dates if date not in texts]
        found += [f"{name}: {date} is shown as {shown!r}" for date, shown in section.dates if not date_as(date, shown, page.language)]
        found += [f"{name}: {words!r} is not in the JSON" for words in section.words if words not in texts]
    return found
