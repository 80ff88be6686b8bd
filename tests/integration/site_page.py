# SPDX-License-Identifier: EUPL-1.2
"""The figures of a site's page, worked out from the answer as JSON, in the order in which the page must show them."""
import re

FIGURE = re.compile(r'<data value="([^"]*)">')


def expect_figures(test, page, answer):
    """Returns how many there were."""
    found = [float(value) for value in FIGURE.findall(page)]
    test.assertEqual(found, [float(value) for value in figures_of(answer)], answer["site"])
    return len(found)


def people(number):
    return [next(iter(number.values()))]


def pieces_of(role):
    """What the role does of each task: name and hours."""
    pieces = []
    for slot in role["slots"]:
        name = (slot.get("job"), slot.get("vacancy"), slot["task"])
        if not pieces or pieces[-1][0] != name:
            pieces.append([name, 0])
        pieces[-1][1] += slot["hours"]
    return pieces


def week_of(role):
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    for part in ("am", "pm", "ev", "ni"):
        for day in days:
            yield from (entry["hours"] for entry in role["schedule"] if entry["part"] == f"{day}-{part}")


def figures_of_role(role):
    yield role["hours"]
    yield from [role["count"]] if role["count"] > 1 else []
    yield from (hours for _, hours in pieces_of(role))
    yield from week_of(role)
    for name in ("all",) if "fewerThan" in role["candidates"]["all"] else ("all", "targetGroup", "coaching"):
        yield from people(role["candidates"][name])
    for aid in role["aids"]:
        yield from people(aid["candidates"])
    yield from [] if role["buddyHours"] is None else [role["buddyHours"]]


def figures_of_jobs(answer):
    works = answer["jobs"] + answer["vacancies"]
    any_undone = any(work.get("undone") for work in works)
    for work in works:
        shown = ("incumbents", "hours", "mayGive", "taken", "left") + (("undone",) if any_undone else ())
        yield from (work[name] for name in shown if name in work)
    for work in works:
        if work["taken"] or work.get("undone"):
            freed = work.get("incumbents", 0) > 0 and work["taken"] > 0
            yield from ([work["incumbents"]] if freed and work["incumbents"] > 1 else []) + [work["hours"], work["taken"], work["left"]]
            yield from [work["undone"]] if work.get("undone") else []
            for task in work["tasks"]:
                yield from (task["hours"], task["taken"]) if task["taken"] else ()


def figures_of(answer):
    places, guidance = answer["places"], answer["supervision"]
    yield from (places["used"], places["all"], answer["hours"], *people(answer["candidates"]), guidance["hours"])
    for role in answer["roles"]:
        yield from figures_of_role(role)
    yield from figures_of_jobs(answer)
    yield from (places["used"], places["all"]) if places["used"] < places["all"] else (places["all"],)
    yield guidance["hours"]
    yield from [] if guidance["expected"] is None else [guidance["expected"]]
