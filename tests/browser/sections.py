# SPDX-License-Identifier: EUPL-1.2
"""What each section of each kind of page must say, worked out from the API's JSON by code that shares nothing with carved's: the rows of its tables, and its figures."""
import figures
import sections_readers

PARTS = ("am", "pm", "ev", "ni")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


# ---- sections of the coach's page alone

def numbers(*values):
    """Those that are stated."""
    return [value for value in values if value is not None]


def coach_around(section, answer):
    """Head and foot."""
    support = answer["support"]
    yield "figures", section.numbers(), numbers(answer["hours"], len(answer["week"]), answer["travel"]["minutes"], support["coachHours"], support["buddyHours"],
                                                answer["jobs"]["used"], answer["value"], answer["inputs"]["candidate"], answer["inputs"]["site"])
    yield "words", section.words[:6], [answer[key] if key != "coach" else support["coach"] for key in ("proposal", "name", "candidate", "coach", "site", "employer")]
    yield "first and last date", [section.dates[0][0], section.dates[-1][0]], [answer["date"]] * 2


def risks(section, answer):
    yield "dates", [date for date, _ in section.dates], [risk["agreed"] for risk in answer["risks"]]
    yield "reasons", [risk["reason"] for risk in answer["risks"] if figures.without_turns(risk["reason"]) not in section.words], []
    yield "figures", section.numbers(), []


def questions(section, answer):
    yield "words", section.words, [words for question in answer["questions"] for words in (question["text"], question["category"])]
    yield "figures", section.numbers(), []


def levels(section, answer):
    rows = []
    for rule in ("capacity", "environment"):
        for one in (c for c in answer["categories"] if c["rule"] == rule):
            lower = sorted({use["demand"] for use in one["uses"]} - {one["demand"], 0}, reverse=True)
            known = [] if "why" in one else [one["capacity"]]
            rows.append(numbers(one["aidedCapacity"] if one["aid"] else None, one["demand"], *known, one["margin"], *lower))
    yield "rows", [row for table in range(len(section.tables)) for row in section.rows(table)], rows


def fits(section, answer):
    """What is the same for all tasks, then the tasks; pieces of one task that fit equally well stand together."""
    parts = ("comfort", "wish", "challenge", "setting", "travel")
    first = answer["tasks"][0]["fit"]
    same = {"challenge": [first["challenge"]["wished"]], "travel": [first["travel"]["minutes"], first["travel"]["most"]]}
    rows, told = [numbers(*(n for part in parts for n in [first[part]["weight"], *same.get(part, [])]))], set()
    for task in answer["tasks"]:
        fit = task["fit"]
        alike = (work(task), task["task"], fit["points"], *(fit[part]["points"] for part in parts))
        below = {"comfort": [c["points"] for c in fit["comfort"]["categories"] if c["points"] < 800], "challenge": [fit["challenge"]["level"]]}
        if alike not in told:
            rows.append(numbers(fit["points"], *(n for part in parts for n in [fit[part]["points"], *below.get(part, [])])))
        told.add(alike)
    yield "rows", section.rows(), rows


def bounds(section, answer):
    wished, travel, jobs, support, guides = (answer[key] for key in ("wished", "travel", "jobs", "support", "supervisors"))
    rows = [[answer["hours"], wished["min"], wished["max"]], [travel["minutes"], travel["most"]], [jobs["used"], jobs["most"]], [len(guides["names"]), guides["most"]]]
    rows += [[limit["demand"], limit["used"], limit["most"]] for limit in answer["limits"]]
    rows += [[support["coachHours"], support["hoursOfCoach"]], [support["buddyHours"], support["hoursOfBuddies"]]]
    yield "rows", section.rows(0), [numbers(*row) for row in rows]
    free = [[n for one in answer["availability"] if one["part"].endswith(part) for n in (one["used"], one["available"])] for part in PARTS]
    week_rows = [row for row in free if row] + [[day["hours"] for day in answer["week"]]]
    yield "availability", section.rows(1), week_rows
    between = [n for step in support["coachSteps"] for n in (step["week"], step["hours"])]
    in_all = [n for row in rows for n in numbers(*row)] + between + [n for row in week_rows for n in row] + [wished["perVisit"], wished["perDay"]]
    yield "figures", section.numbers(), in_all


def points(section, answer):
    rows = []
    for part, value in answer["parts"].items():
        lines = [line for line in answer["points"] if line["part"] == part]
        if value == 0 and not any(line["points"] for line in lines):
            continue
        rows.append([value])
        for line in lines:
            if line["points"] or line["line"] == "options":
                count = next((line[key] for key in ("months", "options", "jobs", "hours") if line.get(key) is not None), None)
                relief = answer["tasks"][line["slot"]]["relief"] if (part, line["line"]) == ("relief", "task") else None
                rows.append(numbers(count, relief, line["points"]))
    yield "rows", section.rows(), rows + [[answer["value"]]]


# ---- sections of a site's page

def people(told):
    """How many: a number, or a bound where a number would tell of somebody."""
    return next(told[key] for key in ("fewerThan", "moreThan", "count") if key in told)


def site_around(section, answer):
    yield "figures", section.numbers(), [answer["places"]["used"], answer["places"]["all"], answer["hours"], people(answer["candidates"]), answer["supervision"]["hours"]]
    yield "words", section.words, [answer["site"], answer["employer"], answer["place"], answer.get("name", answer["site"])]
    yield "dates", [date for date, _ in section.dates], [answer["date"]]


def site_work(answer):
    return answer["jobs"] + answer["vacancies"]


def site_roles(section, answer):
    """Of each role its tasks (fixed times of one task together), a week, for how many people, what it needs."""
    named = {(work["ref"], task["ref"]): (task, work) for work in site_work(answer) for task in work["tasks"]}
    figures_due, words_due = [], []
    for role in answer["roles"]:
        tasks_due = {}
        for slot in role["slots"]:
            key = slot.get("job") or slot.get("vacancy"), slot["task"]
            tasks_due[key] = tasks_due.get(key, 0) + slot["hours"]
        pieces = sorted(role["schedule"], key=lambda piece: (PARTS.index(piece["part"][4:]), DAYS.index(piece["part"][:3])))
        figures_due += [role["hours"]] + ([role["count"]] if role["count"] > 1 else [])
        figures_due += [*tasks_due.values()] + [piece["hours"] for piece in pieces]
        groups = ("all",) if "fewerThan" in role["candidates"]["all"] else ("all", "targetGroup", "coaching")  # of so few no more is told
        figures_due += [people(role["candidates"][group]) for group in groups]
        figures_due += [people(aid["candidates"]) for aid in role["aids"]] + numbers(role["buddyHours"])
        words_due += [word for task, work in (named[key] for key in tasks_due) for word in (task.get("title", task["ref"]), work.get("title", work["ref"]), task.get("supervisor", ""))]
        words_due += role["asks"]["requiresLabels"] + [aid["label"] for aid in role["aids"]]
    yield "figures", section.numbers(), figures_due
    yield "words", section.words, words_due


def site_jobs(section, answer):
    giving = [work for work in site_work(answer) if work["taken"] > 0 or work.get("undone", 0) > 0]
    shown = ("incumbents", "hours", "mayGive", "taken", "left") + (("undone",) if any(work.get("undone") for work in site_work(answer)) else ())
    row_of = lambda work: numbers(*(work.get(key) for key in shown))
    yield "rows", section.rows(0), [row_of(work) for work in site_work(answer)]
    for i, work in enumerate(giving):
        yield work["ref"], section.rows(i + 1), [[task["hours"], task["taken"]] for task in work["tasks"] if task["taken"] > 0]
    due = [n for work in site_work(answer) for n in row_of(work)]
    for work in giving:
        is_freed = work.get("incumbents") and work["taken"] > 0
        due += numbers(work["incumbents"] if is_freed and work["incumbents"] > 1 else None, work["hours"], work["taken"], work["left"], work.get("undone") or None)
        due += [n for task in work["tasks"] if task["taken"] > 0 for n in (task["hours"], task["taken"])]
    yield "figures", sorted(section.numbers()), sorted(due)


def site_questions(section, answer):
    places, guidance, displacement = answer["places"], answer["supervision"], answer["displacement"]
    is_open = any("staff-agreed" in role["conditions"] for role in answer["roles"])
    yield "figures", sorted(section.numbers()), sorted(numbers(None if places["used"] >= places["all"] else places["used"], places["all"], guidance["hours"], guidance["expected"]))
    yield "dates", [date for date, _ in section.dates], numbers(None if is_open else displacement["staffAgreed"])
    silent = [] if displacement["recentDismissals"] else [work.get("title", work["ref"]) for work in answer["jobs"] if work["mayGive"] == 0]
    yield "words", section.words, [facility["label"] for facility in answer["facilities"]] + silent


WORK = {"tasks": tasks, "week": week, "steps": steps, "donors": donors, "aids": aids, "conditions": conditions}

# By kind of page and section. A section stands on the page if the list of its name in the JSON has something in it.
SAYS = {
    "coach": {"": coach_around, **WORK, "risks": risks, "questions": questions, "levels": levels, "fits": fits, "bounds": bounds, "points": points},
    "employer": {**WORK, **sections_readers.EMPLOYER},
    "candidate": {"tasks": tasks, "week": week, "steps": steps, **sections_readers.CANDIDATE},
    "site": {"": site_around, "roles": site_roles, "jobs": site_jobs, "questions": site_questions},
}
# The member of the JSON that a section is about, where it has another name.
ABOUT = {
    "coach": {"": "proposal", "levels": "categories", "fits": "tasks", "bounds": "hours"},
    "site": {"": "site", "jobs": "site", "questions": "site"},
    "employer": sections_readers.ABOUT,
    "candidate": sections_readers.ABOUT,
}


def derived(kind, answer):
    """What a page may show though no member of its JSON states it: how many there are of something; what stays of a task; a role's hours of one task."""
    if kind.name == "coach":
        return [len(answer["week"]), len(answer["supervisors"]["names"])]
    if kind.name == "plan":
        return [len(answer["unplaced"]), len(answer["proposals"]), len(answer["progress"]), *stays(answer["sites"])]
    return [sum(slot["hours"] for slot in role["slots"] if slot["task"] == task["task"]) for role in answer["roles"] for task in role["slots"]] if kind.name == "site" else []


def stays(node):
    if isinstance(node, dict):
        yield from [node["hours"] - node["carved"]] if "hours" in node and "carved" in node else []
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from stays(item)


def faults(kind, page, answer):
    if kind.name not in SAYS:
        return []
    found = [f"{kind.name}: nobody has said what section {name} must say" for name in page.sections if name and name not in SAYS[kind.name]]
    for name, says in SAYS[kind.name].items():
        is_there, is_due = name in page.sections, bool(answer.get(ABOUT[kind.name].get(name, name)))
        if is_there != is_due:
            found.append(f"{kind.name}: section {name} is {'there' if is_there else 'missing'}")
        elif is_there:
            found += [f"{name}: {what} are {shown}, by the JSON {stated}" for what, shown, stated in says(page.sections[name], answer) if shown != without_turns(stated)]
    return found


def without_turns(stated):
    return [figures.without_turns(s) if isinstance(s, str) else s for s in stated]
