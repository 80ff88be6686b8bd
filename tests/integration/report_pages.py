# SPDX-License-Identifier: EUPL-1.2
"""What must stand on the pages of a proposal for those outside: the employer's is complete and says nothing of the person, the candidate's says every fact of its JSON."""
import html
import os
import re
import sys

import employer_words

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../browser"))
import figures  # noqa: E402  a path of its own


def without_style(page):
    return re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def ours(page):
    """What carved says on a page: its text and the names of its elements, less the words of documents (<bdi>, and titles in keys and drawings)."""
    text = without_style(page)
    text = re.sub(r"<svg[^>]*class=\"key\".*?</svg>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<text[^>]*>.*?</text>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<bdi>.*?</bdi>", " ", text, flags=re.DOTALL)
    names = " ".join(re.findall(r"aria-label=\"([^\"]*)\"", text))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text) + " " + names))


def get(daemon, proposal, reader, language):
    """The page and the JSON that it is made of."""
    path = f"/v1/proposals/{proposal}/explanation?for={reader}"
    page, told = (daemon.request("GET", path, headers={"Accept": media, "Accept-Language": language}) for media in ("text/html", "application/json"))
    assert (page.status, told.status) == (200, 200), (page.body, told.body)
    return page.body, told.json


def expect_same_work(test, page, told):
    """Tasks with hours and supervisors, the week, the steps."""
    sections = page.sections
    test.assertEqual(sections["tasks"].rows()[:-1], [[t["hours"]] for t in told["tasks"]])
    for row, task in zip([r for r in sections["tasks"].tables[0] if r], told["tasks"]):
        said = [words for cell in row for words in cell.words]
        test.assertIn(task["title"] or task["task"], said)
        if task["supervisor"]:
            test.assertIn(task["supervisor"], said)
    test.assertEqual(sections["tasks"].rows()[-1], [told["hours"]])
    parts = sorted((p["part"][4:], p["part"][:3], s["hours"]) for d in told["week"] for p in d["parts"] for s in p["slots"])
    test.assertEqual(sorted(h for _, _, h in parts), sorted(n for row in sections["week"].rows()[:-1] for n in row))
    test.assertEqual(sections["week"].rows()[-1], [d["hours"] for d in told["week"]])
    if told["steps"]:
        for step in told["steps"]:
            test.assertTrue({step["week"], step["hours"]} <= set(sections["steps"].numbers()))


def expect_employers_page(test, daemon, proposal, candidate, language):
    body, told = get(daemon, proposal["id"], "employer", language)
    page = figures.Page(body)
    expect_same_work(test, page, told)
    sections = page.sections
    test.assertIn(told["buddyHours"], sections[""].numbers())
    if told["buddyHours"]:
        test.assertEqual(sections["guidance"].numbers(), [told["buddyHours"]])
        test.assertIn(told["buddyHours"], sections["agree"].numbers())
    test.assertLessEqual({t["supervisor"] for t in told["tasks"] if t["supervisor"]}, set(sections["guidance"].words))
    for aid in told["aids"]:
        test.assertLessEqual({aid["label"], aid["text"]}, set(sections["aids"].words))
    for donor in told["donors"]:
        test.assertIn(donor["jobTitle"] or donor.get("job", donor.get("vacancy")), sections["relief"].words)
        test.assertLessEqual({donor["before"], donor["carved"], donor["left"]}, set(sections["donors"].numbers()))
        if donor.get("incumbents", 0) > 1 and donor["carved"]:
            test.assertLessEqual({donor["incumbents"], donor["carved"], donor["freedEach"]}, set(sections["relief"].numbers()))
    test.assertEqual({t["title"] or t["task"] for t in told["tasks"]} - set(sections["relief"].words), set())
    test.assertIn(told["contact"]["coach"], sections["way-on"].words)
    expect_nothing_of_the_person(test, body, candidate)


def expect_nothing_of_the_person(test, body, candidate):
    said = ours(body)
    test.assertIsNone(employer_words.CODE.search(re.sub(r" (class|id|d|viewBox|style)=\"[^\"]*\"", "", without_style(body))), body)
    found = employer_words.WORDS.search(said)
    test.assertIsNone(found, f"{found and found.group()} in {said}")
    for label in employer_words.LABELS:
        test.assertNotIn(label, said.lower())
    test.assertNotIn(candidate["ref"], body)


def expect_candidates_page(test, daemon, proposal, language):
    body, told = get(daemon, proposal["id"], "candidate", language)
    page, text = figures.Page(body), html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", without_style(body))))
    expect_same_work(test, page, told)
    for one in told["fits"] + told["differs"] + [q for q in told["questions"] if q["question"] in ("both", "review")]:
        test.assertIn(one["text"], text)
    for question in told["questions"]:
        if "label" in question:
            test.assertIn(question["label"], page.sections["questions"].words)
    for aid in told["aids"]:
        test.assertLessEqual({aid["label"], aid["text"]}, set(page.sections["aids"].words))
    for condition in told["conditions"]:
        test.assertIn(condition["text"], page.sections["arrange"].words)
    test.assertIn(told["travel"]["minutes"], page.sections[""].numbers())
    test.assertIn(told["support"]["coach"], page.sections["people"].words)
    test.assertIsNone(employer_words.CODE.search(re.sub(r" (class|id|d|viewBox|style)=\"[^\"]*\"", "", without_style(body))), body)
    test.assertNotRegex(body, r"explain\.|report\.[a-z]|carve\.")
    test.assertNotRegex(text, r"K-[0-9]+")
    test.assertNotIn(str(proposal["value"]), text)
    return body, told
