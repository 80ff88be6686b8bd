# SPDX-License-Identifier: EUPL-1.2
"""What the sections of the employer's and the candidate's pages must say that the coach's page has not. See sections.py."""
import figures


def title(task):
    return task.get("title") or task["task"]


def work(item):
    return item.get("jobTitle") or item.get("job") or item.get("vacancy")


def once(items):
    return list(dict.fromkeys(items))


# ---- the employer's

def employer_around(section, answer):
    yield "figures", section.numbers(), [answer["hours"], answer["hours"], answer["buddyHours"]]
    yield "words", section.words, [answer["proposal"], answer["employer"], answer["name"] or answer["site"], answer["contact"]["coach"]]


def guidance(section, answer):
    yield "figures", section.numbers(), [answer["buddyHours"]] if answer["buddyHours"] else []
    yield "words", section.words, once(task["supervisor"] for task in answer["tasks"] if task["supervisor"]) + [answer["contact"]["coach"]]


def relief(section, answer):
    figures = []
    for donor in answer["donors"]:
        people = donor.get("incumbents", 0)
        if "vacancy" in donor:
            figures.append(donor["carved"])
        elif donor["carved"] and people:
            figures += [donor["carved"]] if people == 1 else [people, donor["carved"], donor["freedEach"]]
    tasks = {(work(task), task["task"]): title(task) for task in answer["tasks"]}
    yield "figures", sorted(section.numbers()), sorted(figures)
    yield "words", section.words, [work(donor) for donor in answer["donors"]] + list(tasks.values())


def agree(section, answer):
    yield "figures", section.numbers(), [answer["hours"]] + ([answer["buddyHours"]] if answer["buddyHours"] else [])


def employers_way(section, answer):
    yield "words", section.words, [answer["contact"]["coach"]]


# ---- the candidate's

def candidate_around(section, answer):
    support = answer["support"]
    yield "figures", section.numbers(), [answer["hours"], answer["travel"]["minutes"]] + ([support["buddyHours"]] if support["buddyHours"] else [])
    yield "words", section.words, [answer["proposal"], answer["name"] or answer["site"]]


def people(section, answer):
    support = answer["support"]
    yield "figures", section.numbers(), [n for n in (support["buddyHours"], support["coachHours"]) if n]
    yield "last words", section.words[-1:], [support["coach"]]
    yield "supervisors", once(w for w in section.words if w in {t["supervisor"] for t in answer["tasks"]}), once(t["supervisor"] for t in answer["tasks"] if t["supervisor"])


def facts_of(member):
    def says(section, answer):
        facts = answer[member]
        stated = [fact[key] for fact in facts for key in ("hours", "min", "max", "minutes", "most", "count") if key in fact]
        labels = [fact["label"] for fact in facts if "label" in fact]
        yield "figures", sorted(section.numbers()), sorted(stated)
        yield "labels that are missing", [label for label in labels if figures.without_turns(label) not in section.words], []
    return says


def helping(section, answer):
    yield "missing", [w for aid in answer["aids"] for w in (aid["label"], aid["text"]) if figures.without_turns(w) not in section.words], []


def asked(section, answer):
    yield "words", sorted(section.words), sorted(figures.without_turns(q["label"]) for q in answer["questions"] if "label" in q)


def arrange(section, answer):
    yield "words", section.words, [condition["text"] for condition in answer["conditions"]]
    yield "dates", [date for date, _ in section.dates], [answer["consent"]["expires"]] if answer["consent"]["shareWithEmployer"] else []


def candidates_way(section, answer):
    yield "words", section.words, [answer["support"]["coach"]]


EMPLOYER = {"": employer_around, "guidance": guidance, "relief": relief, "agree": agree, "way-on": employers_way}
CANDIDATE = {"": candidate_around, "people": people, "aids": helping, "fits": facts_of("fits"), "differs": facts_of("differs"), "questions": asked, "arrange": arrange,
             "way-on": candidates_way}
ABOUT = {"": "proposal", "guidance": "contact", "relief": "donors", "agree": "hours", "way-on": "for", "people": "support", "arrange": "consent"}
