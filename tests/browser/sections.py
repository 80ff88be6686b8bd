# SPDX-License-Identifier: EUPL-1.2
"""What each section of each kind of page must say, worked out from the API's JSON by code that shares nothing with carved's: the rows of its tables, and its figures."""
import figures
import sections_readers

PARTS = ("am", "pm", "ev", "ni")


def title(task):
    return task.get("title") or task["task"]


def work(item):
    return item.get("jobTitle") or item.get("job") or item.get("vacancy")


# ---- sections of a proposal. Each yields (what, shown on the page, stated by the JSON).

def tasks(section, answer):
    has_guides = any(task.get("supervisor") for task in answer["tasks"])
    yield "rows", section.rows(), [[task["hours"]] for task in answer["tasks"]] + [[answer["hours"]]]
    yield "words", section.words, [w for task in answer["tasks"] for w in [title(task), work(task)] + ([task.get("supervisor") or ""] if has_guides else [])]


def week(section, answer):
    """A row for each part of the day that is worked, and one with the hours of each day."""
    pieces = {part: [] for part in PARTS}
    for day in answer["week"]:
        for part in day["parts"]:
            pieces[part["part"].split("-")[1]] += part["slots"]
    worked = [pieces[part] for part in PARTS if pieces[part]]
    yield "rows", section.rows(), [[piece["hours"] for piece in row] for row in worked] + [[day["hours"] for day in answer["week"]]]
    yield "words", section.words, [title(answer["tasks"][piece["slot"]]) for row in worked for piece in row]


def steps(section, answer):
    rows = []
    for step in answer["steps"]:
        for i, piece in enumerate(step["slots"]):
            times = [time["hours"] for time in step["schedule"] if time["slot"] == piece["slot"]]
            rows.append(([step["week"], step["hours"]] if i == 0 else []) + [piece["hours"]] + times)
    yield "rows", section.rows(), rows
    yield "figures", section.numbers(), [n for row in rows for n in row] + [answer["hours"]]
    yield "words", section.words, [title(answer["tasks"][piece["slot"]]) for step in answer["steps"] for piece in step["slots"]]


def donors(section, answer):
    yield "rows", section.rows(), [[donor[key] for key in ("before", "carved", "left", "incumbents") if key in donor] for donor in answer["donors"]]
    yield "words", section.words, [work(donor) for donor in answer["donors"]]


def aids(section, answer):
    yield "words", section.words, [words for aid in answer["aids"] for words in (aid.get("label") or aid["aid"], aid.get("text", ""))]


def conditions(section, answer):
    yield "words", section.words, [condition["text"] for condition in answer["conditions"]]
    yield "dates", [date for date, _ in section.dates], [c["since"] for c in answer["conditions"] if c["met"] and c.get("since")]


WORK = {"tasks": tasks, "week": week, "steps": steps, "donors": donors, "aids": aids, "conditions": conditions}

# By kind of page and section. A section stands on the page if the list of its name in the JSON has something in it.
SAYS = {
    "coach": WORK,
    "employer": {**WORK, **sections_readers.EMPLOYER},
    "candidate": {"tasks": tasks, "week": week, "steps": steps, **sections_readers.CANDIDATE},
}
ABOUT = sections_readers.ABOUT  # the member of the JSON that a section is about, where it has another name


def derived(kind, answer):
    """Sums that a page may show though no member of its JSON states them."""
    return []


def faults(kind, page, answer):
    found = [f"{kind.name}: nobody has said what section {name} must say" for name in page.sections if name and name not in SAYS[kind.name]]
    for name, says in SAYS[kind.name].items():
        is_there, is_due = name in page.sections, bool(answer.get(ABOUT.get(name, name)))
        if is_there != is_due:
            found.append(f"{kind.name}: section {name} is {'there' if is_there else 'missing'}")
        elif is_there:
            found += [f"{name}: {what} are {shown}, by the JSON {stated}" for what, shown, stated in says(page.sections[name], answer) if shown != without_turns(stated)]
    return found


def without_turns(stated):
    return [figures.without_turns(s) if isinstance(s, str) else s for s in stated]
