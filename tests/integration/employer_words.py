# SPDX-License-Identifier: EUPL-1.2
"""What must not be in anything that an employer reads: words of limitation, ICF codes and their labels, scores, wishes, who it is."""
import csv
import json
import os
import re

import harness

CODE = re.compile(r"(?<![A-Za-z0-9.])[bdes][1-9][0-9]{2,4}(?![A-Za-z0-9])")
WORDS = re.compile("|".join((
    "limit", "disab", "impair", "handicap", "capacity", "capacit", "barrier", "demand", "exposure", "diagnos", "illness", "disease", "disorder", "symptom",
    "margin", "category", "categor", "unknown", "question", "points", "score", "value", "priority", "waiting", "option", "wish", "prefer", "likes?\\b", "avoid",
    "comfort", "challenge", "trouble", "hinder", "reason", "weak", "can't", "cannot", "unable", "coachhours", "target",
    "beperk", "belast", "belemmer", "handicap", "gehandicapt", "ziek", "stoornis", "klacht", "vermogen", "vraag", "onbekend", "punten", "waarde", "wacht", "wens",
    "voorkeur", "liever", "moeite", "last van", "reden", "zwak", "kan niet", "niet kan", "doelgroep", "aangepast",
)), re.IGNORECASE)


def without_what_the_employer_wrote(body, site):
    """The view less the names and titles of the site's own document, the longest first."""
    texts = {site.get("name"), site["ref"], site["employer"]}
    for job in site.get("jobs", []) + site.get("vacancies", []):
        texts |= {job["ref"], job.get("title")}
        for task in job["tasks"]:
            texts |= {task["ref"], task.get("title"), task.get("supervisor")}
    for text in sorted((t for t in texts if t), key=len, reverse=True):
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        body = body.replace(quoted, '""')
    return body


def labels():
    with open(os.path.join(harness.SOURCES, "lib/data/icf_labels.csv")) as file:
        return {row[language].lower() for row in csv.DictReader(file) for language in ("en", "nl") if len(row[language]) > 4}


LABELS = labels()


NUMBERS = {"hours", "buddyHours", "before", "carved", "left", "freedEach", "incumbents", "relief", "slot", "slots", "week"}
# hours of work, people who work there and what it is to them to be relieved, indices of tasks, weeks of steps


def numbers_of(value, key=""):
    """Which members hold numbers, however deep."""
    if isinstance(value, dict):
        return {found for k, v in value.items() for found in numbers_of(v, k)}
    if isinstance(value, list):
        return {found for v in value for found in numbers_of(v, key)}
    return {key} if isinstance(value, (int, float)) and not isinstance(value, bool) else set()


def expect_nothing_of_the_person(test, said, candidate):
    """said: a view as text, less what the employer wrote."""
    test.assertIsNone(CODE.search(said), said)
    found = WORDS.search(said)
    test.assertIsNone(found, f"{found and found.group()} in {said}")
    for label in LABELS:
        test.assertNotIn(label, said.lower())
    test.assertNotIn(candidate["ref"], said)
    test.assertLessEqual(numbers_of(json.loads(said)), NUMBERS, "a number that is neither hours nor an index")
