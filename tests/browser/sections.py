# SPDX-License-Identifier: EUPL-1.2
"""What each section of each kind of page must say, worked out from the API's JSON by code that shares nothing with carved's: the rows of its tables, and its figures."""


def words_of(task):
    return [task.get("title", task["task"]), task.get("jobTitle") or task.get("vacancyTitle") or task.get("job") or task.get("vacancy")]


def coach_tasks(section, answer):
    yield "figures", section.rows(), [[task["hours"]] for task in answer["tasks"]]


# By kind and section: a generator of (what, shown on the page, by the JSON).
SAYS = {
    "coach": {"tasks": coach_tasks},
}


def derived(kind, answer):
    """Sums that a page may show though no member of its JSON states them."""
    return []


def faults(kind, page, answer):
    found = []
    for name, says in SAYS[kind.name].items():
        if name not in page.sections:
            found.append(f"{kind.name}: no section {name}")
            continue
        found += [f"{name}: {what} are {shown}, by the JSON {stated}" for what, shown, stated in says(page.sections[name], answer) if shown != stated]
    return found
