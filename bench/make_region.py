#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Draws a region of our own making as NDJSON: the same documents for the same size, seed and file. Nobody and nothing in it exists but the postcodes. Python's standard library.

usage: bench/make_region.py SIZE SEED [--like REGION.ndjson[.gz]] >REGION.ndjson       SIZE: small, medium, large, xlarge

Without --like: workplaces, jobs and tasks of bench/region_words.py, around one of a few towns. How many sites a person has in reach, how much work, how many places and how much of a
coach's time there is, is drawn so as in the regions that the optimiser is measured on; the words, the towns and the people are others.
With --like: another draw of that region: its sites get other jobs of its own (of sites alike where there are), and people are put together anew from what its people can, want and have
time for. Not for publication: the words are those of that file.
"""
import argparse
import csv
import gzip
import json
import math
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import region_words as words  # noqa: E402

SIZES = {  # sites, candidates, kilometres around the town
    "small": (12, 60, 10), "medium": (90, 500, 27), "large": (450, 2500, 11), "xlarge": (1500, 10000, 16)}
PEOPLE_PER_COACH = 30.5
TOWNS = ("8011", "7411", "6811", "5611", "9711", "8911", "4811", "3311", "5211", "6511")
DAYS = ("mon", "tue", "wed", "thu", "fri")


def quarter(hours):
    return max(0.25, round(hours * 4) / 4)


def whole_or_not(hours):
    return int(hours) if hours == int(hours) else hours


def chance(rng, share):
    return rng.random() < share


def pick(rng, weighted):
    """One of {thing: weight}."""
    return rng.choices(list(weighted), list(weighted.values()))[0]


def some(rng, things, least, most):
    return rng.sample(list(things), min(len(things), rng.randint(least, most)))


# --- work

def draw_demands(rng, base, most):
    """What a task asks: its own demands, some a step higher, and others up to some five; a few of them are asked nearly everywhere."""
    demands = {code: min(3, level + chance(rng, 0.45)) for code, level in base.items()}
    for code in rng.choices(words.ABILITIES, words.HOW_OFTEN, k=rng.randint(0, most)):
        demands.setdefault(code, 3 if chance(rng, 0.55) else 2)
    return demands


def draw_hours(rng, scale, open_parts):
    """Plain hours, or fixed times; and the smallest piece."""
    hours = quarter(max(1, scale * rng.lognormvariate(0.9, 0.95)))
    if not chance(rng, 0.16):
        return {"hours": whole_or_not(hours), "chunk": whole_or_not(min(hours, pick(rng, {0.5: 40, 1: 43, 2: 17})))}
    parts = sorted(rng.sample(open_parts, min(len(open_parts), rng.randint(2, 5))))
    each = quarter(max(0.5, hours / len(parts)))
    return {"hours": {part: whole_or_not(each) for part in parts}, "chunk": whole_or_not(min(each, 0.5))}


def draw_task(rng, base, open_parts, scale, supervisor, in_job):
    task = {"ref": base["ref"], "title": base["title"], "category": base["category"], "demands": draw_demands(rng, base["demands"], 6 if in_job else 3),
            "relief": pick(rng, {1: 20, 2: 40, 3: 20, 4: 20}), "level": min(3, base["level"] + chance(rng, 0.4)),
            "company": rng.choice(["alone", "small-team", "team"]), "supervisor": supervisor, **draw_hours(rng, scale, open_parts)}
    if base["tags"]:
        task["tags"] = base["tags"]
    if not isinstance(task["hours"], dict) and chance(rng, 0.28):
        task["when"] = sorted(rng.sample(open_parts, min(len(open_parts), 5)))
    if in_job and chance(rng, 0.12):
        task["undone"] = True
    if chance(rng, 0.06):
        task["requires"] = [rng.choice(list(words.SKILLS))]
    if chance(rng, 0.05):
        task["exposures"] = {rng.choice(["e225", "e240", "e250"]): rng.randint(1, 3)}
    return task


def hours_of(tasks):
    return sum(sum(task["hours"].values()) if isinstance(task["hours"], dict) else task["hours"] for task in tasks)


def draw_tasks(rng, place, open_parts, scale, supervisor, in_job):
    count = pick(rng, {1: 5, 2: 7, 3: 10, 4: 14, 5: 16, 6: 15, 7: 13, 8: 10, 9: 6, 10: 4})
    count = count if in_job else min(count, 5)
    return [draw_task(rng, base, open_parts, scale, supervisor, in_job) for base in rng.sample(place[2], min(count, len(place[2])))]


def draw_job(rng, place, number, open_parts):
    incumbents = pick(rng, {2: 52, 3: 18, 4: 8, 5: 6, 6: 5, 7: 3, 8: 3, 12: 2, 20: 2, 40: 1})
    tasks = draw_tasks(rng, place, open_parts, (incumbents / 3) ** 0.45, f"team-{number % 3}", True)
    hours = max(4 * round(incumbents * rng.uniform(18, 34) / 4), math.ceil(hours_of(tasks)))
    return {"ref": f"j{number}", "title": f"Medewerker {tasks[0]['title'].lower()}", "incumbents": incumbents, "hours": hours,
            "carve": {"share": rng.choice([0.1, 0.15, 0.2, 0.25, 0.3]), "keep-hours": 12}, "tasks": tasks}


def draw_vacancy(rng, place, number, open_parts):
    vacancy = {"ref": f"v{number}", "title": f"Vacature {place[0].lower()}", "openings": pick(rng, {1: 79, 2: 21}),
               "tasks": draw_tasks(rng, place, open_parts, 1.1, f"team-{number % 3}", False)}
    if chance(rng, 0.6):
        vacancy["carve"] = {"share": 1}
    return vacancy


def draw_places(rng, jobs):
    """Packages that the site takes, by how much may be carved there."""
    cap = sum(max(0, min(job["carve"]["share"] * job["hours"], job["hours"] - job["incumbents"] * 12)) for job in jobs)
    places = min(15, max(1, round(1.2 + cap / 26 + rng.uniform(-0.8, 0.8))))
    return places, max(2, round(places * 1.25 + rng.uniform(-1, 1)))


def draw_site(rng, number, postcode):
    place = rng.choice(words.WORKPLACES)
    week = {day: ["am", "pm"] + (["ev"] if chance(rng, 0.36) else []) for day in DAYS}
    if chance(rng, 0.07):
        week["sat"] = ["am", "pm"]
    open_parts = [f"{day}-{part}" for day in week for part in week[day]]
    jobs = [draw_job(rng, place, i, open_parts) for i in range(pick(rng, {1: 6, 2: 28, 3: 28, 4: 19, 5: 10, 6: 6, 8: 3}))]
    vacancies = [draw_vacancy(rng, place, i, open_parts) for i in range(pick(rng, {0: 63, 1: 27, 2: 10}))]
    places, supervision = draw_places(rng, jobs)
    dismissed = chance(rng, 0.06)
    if dismissed and chance(rng, 0.3):
        for vacancy in vacancies:
            vacancy["former-staff-asked"] = "2026-10-01"
    guard = {"recent-dismissals": dismissed, **({"staff-agreed": "2026-07-01"} if chance(rng, 0.58) else {})}
    exposures = {code: pick(rng, {1: 57, 2: 33, 3: 10}) for code, share in zip(words.EXPOSURES, (0.68, 0.8, 0.62, 0.98, 0.55)) if chance(rng, share)}
    return {"kind": "site", "ref": f"S-{number:05}", "employer": f"EMP-{number:04}", "name": f"{place[0]} {number}", "place": postcode, "open": week,
            "exposures": exposures, "tags": place[1], "supervision": {"hours": supervision}, "places": places, "displacement": guard,
            "facilities": [name for name in words.FACILITIES if chance(rng, 0.37)], "jobs": jobs, **({"vacancies": vacancies} if vacancies else {})}


# --- people

def draw_week(rng):
    days = rng.sample(DAYS, pick(rng, {3: 17, 4: 40, 5: 43}))
    parts = pick(rng, {"am pm": 80, "pm": 10, "am": 4, "am pm ev": 6}).split()
    week = {}
    for day in DAYS:
        if day in days:
            week[day] = [part for part in parts if len(parts) == 1 or chance(rng, 0.96)] or ["pm"]
            if "ev" not in week[day] and chance(rng, 0.07):
                week[day].append("ev")
    return week


def draw_wishes(rng):
    things = words.CATEGORIES + words.TAGS + ["e250"]
    wishes = {"like": some(rng, things, 2, 6), "level": pick(rng, {1: 24, 2: 52, 3: 24}), "challenge": rng.choice(["grow", "steady"]),
              "company": rng.choice(["alone", "small-team", "team"])}
    rest = [thing for thing in things if thing not in wishes["like"]]
    wishes["avoid"] = some(rng, rest, 0, 2)
    if chance(rng, 0.08):
        wishes["never"] = [rng.choice([thing for thing in rest if thing not in wishes["avoid"]])]
    if chance(rng, 0.035):
        wishes["must"] = [rng.choice([tag for tag in wishes["like"] if tag != "e250"] or words.TAGS)]
    return wishes


def draw_support(rng, candidate):
    """Aids, load limits, certificates: what only some people have."""
    if chance(rng, 0.15):
        by, kind = rng.choice([("lifting-aid", "technique"), ("quiet-room", "technique"), ("adjustable-desk", "technique"), ("buddy", "guidance")])
        worst = max(candidate["limitations"], key=lambda code: candidate["limitations"][code] % 8)
        candidate["supported"] = [{"category": worst, "limitation": max(0, candidate["limitations"][worst] % 8 - 1), "by": by, "kind": kind}]
    if chance(rng, 0.3):
        candidate["limits"] = [{"category": rng.choice(list(candidate["limitations"])), "level": 2, "hours": rng.choice([4, 8])}]
    if chance(rng, 0.37):
        candidate["has"] = sorted(some(rng, words.SKILLS, 1, 3))
    if chance(rng, 0.3):
        candidate["supervisors-max"] = 1


def draw_candidate(rng, number, coaches, home):
    least, most = rng.choices([(12, 16), (12, 20), (8, 16), (8, 12), (12, 24), (20, 24), (16, 20), (16, 24), (8, 20), (20, 28), (16, 28), (20, 32)],
                              [18, 16, 12, 12, 8, 7, 6, 6, 5, 5, 3, 2])[0]
    mode = pick(rng, {"bicycle": 51, "public-transport": 24, "car": 25})
    candidate = {
        "kind": "candidate", "ref": f"K-{number:05}", "coach": rng.choice(coaches), "consent": {"given": "2026-06-01", "expires": "2027-08-01",
                                                                                          "scope": ["matching", "share-with-employer"]},
        "scale": "icf", "home": home, "travel": {"max-minutes": pick(rng, {20: 19, 30: 32, 45: 34, 60: 15}), "mode": mode},
        "hours": {"min": least, "max": most, "per-day": pick(rng, {4: 22, 6: 49, 8: 29})}, "available": draw_week(rng),
        "limitations": {code: pick(rng, {0: 23, 1: 31, 2: 25, 3: 15, 4: 2, 8: 4}) for code in words.ABILITIES if chance(rng, 0.88)},
        "barriers": {code: pick(rng, {1: 31, 2: 36, 3: 25, 4: 8}) for code in words.EXPOSURES if chance(rng, 0.5)},
        "wishes": draw_wishes(rng), "support": {"coach-hours": pick(rng, {0.5: 19, 1: 41, 1.5: 20, 2: 20}), "buddy-hours": rng.randint(0, 3)},
        "jobs-max": pick(rng, {2: 34, 3: 66}), "target-group": True, "waiting-since": f"{rng.randint(2022, 2026)}-{rng.randint(1, 10):02}-01"}
    draw_support(rng, candidate)
    return candidate


# --- the region

def postcodes_around(town, kilometres):
    with open(os.path.join(HERE, "../lib/data/postcodes.csv")) as file:
        rows = [(row["pc4"], float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)]
    _, lat, lon = next(row for row in rows if row[0] == town)
    return [code for code, north, east in rows if math.hypot((north - lat) * 111.2, (east - lon) * 111.2 * math.cos(math.radians(lat))) <= kilometres]


def draw_coaches(rng, candidates):
    return [{"kind": "coach", "ref": f"C-{i:03}", "hours": rng.choice([24, 28, 32])} for i in range(max(1, round(candidates / PEOPLE_PER_COACH)))]


def own_region(rng, size):
    site_count, candidate_count, kilometres = SIZES[size]
    around = postcodes_around(rng.choice(TOWNS), kilometres)
    coaches = draw_coaches(rng, candidate_count)
    plain = lambda name: {"nl": name, "en": name}  # noqa: E731
    yield {"kind": "vocabulary", "ref": "made", "tags": {tag: plain(tag) for tag in words.TAGS}, "facilities": {name: plain(name) for name in words.FACILITIES},
           "has": {name: {**plain(name), **({"implies": more} if more else {})} for name, more in words.SKILLS.items()}, "categories": words.CATEGORIES}
    busy = rng.sample(around, max(2, min(len(around), site_count // 2)))  # work is not everywhere
    yield from (draw_site(rng, i, rng.choice(busy)) for i in range(site_count))
    yield from coaches
    yield from (draw_candidate(rng, i, [coach["ref"] for coach in coaches], rng.choice(around)) for i in range(candidate_count))


# --- another draw of a region that is there

PERSON = (("limitations", "supported", "limits"), ("barriers",), ("hours", "available"), ("wishes", "has"), ("support", "supervisors-max", "jobs-max"),
          ("home", "travel"), ("waiting-since", "target-group", "not-with"))  # what is taken together


def redrawn_site(rng, number, site, pool):
    """The site with as many other jobs and vacancies, of sites with the same tags where there are any, and other places."""
    alike = [other for other in pool if other["tags"] == site["tags"]] or pool
    new = {**site, "ref": f"S-{number:05}", "place": rng.choice(pool)["place"]}
    for key in ("jobs", "vacancies"):
        stock = [work for other in alike for work in other.get(key, [])]
        drawn = rng.choices(stock, k=len(site.get(key, []))) if stock else []
        new[key] = [{**work, "ref": f"{key[0]}{i:02}"} for i, work in enumerate(drawn)]
        if not new[key]:
            del new[key]
    if "jobs" not in new and "vacancies" not in new:
        new["jobs"] = [{**rng.choice([job for other in pool for job in other.get("jobs", [])]), "ref": "j00"}]
    return new


def redrawn_region(rng, size, path):
    site_count, candidate_count, _ = SIZES[size]
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        documents = [json.loads(line) for line in file]
    by_kind = {kind: [document for document in documents if document["kind"] == kind] for kind in ("vocabulary", "site", "coach", "candidate")}
    coaches = draw_coaches(rng, candidate_count)
    yield from by_kind["vocabulary"]
    yield from (redrawn_site(rng, i, rng.choice(by_kind["site"]), by_kind["site"]) for i in range(site_count))
    yield from coaches
    for i in range(candidate_count):
        person = {"kind": "candidate", "ref": f"K-{i:05}", "coach": rng.choice(coaches)["ref"], "scale": "icf", "consent": rng.choice(by_kind["candidate"])["consent"]}
        for keys in PERSON:
            giver = rng.choice(by_kind["candidate"])
            person.update({key: giver[key] for key in keys if key in giver})
        yield person


def main():
    parser = argparse.ArgumentParser(usage=__doc__[__doc__.index("usage:") + 7:])
    parser.add_argument("size", choices=list(SIZES))
    parser.add_argument("seed", type=int)
    parser.add_argument("--like")
    options = parser.parse_args()
    rng = random.Random(f"{options.size} {options.seed}")
    documents = redrawn_region(rng, options.size, options.like) if options.like else own_region(rng, options.size)
    for document in documents:
        print(json.dumps(document, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
