# SPDX-License-Identifier: EUPL-1.2
"""What came out of bench/compare.py as tables in Markdown."""
import re
import statistics

ORDER = ("small", "medium", "large", "xlarge")


def gap(run):
    """In percent of the bound; None without plan or bound."""
    if not run["value"] or not run["bound"]:
        return None
    return 100 * (run["bound"] - run["value"]) / run["bound"]


def regions_of(runs):
    names = {run["region"] for run in runs}
    return [name for name in ORDER if name in names] + sorted(names - set(ORDER))


def whole(number):
    return "-" if number is None else f"{number:,.0f}"


def percent(number):
    return "-" if number is None else f"{number:.2f}%"


def one_line(run):
    who = run["tool"] + (f", seed {run['seed']}" if "seed" in run else "")
    return (f"{who}: {run['seconds']:.1f} s (processor {run['processor']:.1f} s, load {run['load']}), {run['memoryMB']} MB, value {whole(run['value'] or None)}, "
            f"bound {whole(run['bound'])}, gap {percent(gap(run))}, placed {whole(run['placed'])}, ended by {run['endedBy']}")


def spread(figures, form):
    """The median, and from where to where where there are several."""
    low, high = form(min(figures)), form(max(figures))
    return form(statistics.median(figures)) + ("" if low == high else f" ({low} to {high})")


def reached(run, value):
    """Seconds until a plan was worth so much; None: never."""
    return next((step[0] for step in run["trace"] if step[1] is not None and step[1] >= value), None)


def of_carved(runs, region):
    return [run for run in runs if run["tool"] == "carved" and run["region"] == region]


def carved_table(runs):
    lines = ["| region | seeds | seconds | processor s | first plan s | value | bound | gap | placed | memory MB | load |", "|---" * 11 + "|"]
    for region in regions_of(runs):
        mine = of_carved(runs, region)
        if not mine:
            continue
        cells = [region, str(len(mine))]
        cells += [spread([run[key] for run in mine], "{:.1f}".format) for key in ("seconds", "processor")]
        cells += [spread([run["firstPlan"] or run["seconds"] for run in mine], "{:.1f}".format)]
        cells += [spread([run[key] for run in mine], whole) for key in ("value", "bound")]
        cells += [spread([gap(run) or 0 for run in mine], percent)]
        cells += [spread([run[key] for run in mine], whole) for key in ("placed", "memoryMB")]
        cells += [f"{max(run['load'] for run in mine):.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) if len(lines) > 2 else ""


def peers_table(runs):
    """Each peer's run, and how soon carved has a plan worth as much as the peer's best."""
    lines = ["| region | tool | seconds | processor s | value | bound | gap | placed | memory MB | load | its value after | carved has it after | ratio |",
             "|---" * 13 + "|"]
    for region in regions_of(runs):
        mine = of_carved(runs, region)
        for run in (run for run in runs if run["region"] == region and run["tool"] != "carved"):
            its = reached(run, run["value"]) if run["value"] else None
            times = [reached(own, run["value"]) for own in mine] if run["value"] else []
            ours = statistics.median(times) if times and None not in times else None
            ratio = f"{its / ours:.1f}" if its and ours else "-"
            cells = [region, f"{run['tool']} {run['version']}", f"{run['seconds']:.0f}", f"{run['processor']:.0f}", whole(run["value"] or None), whole(run["bound"]),
                     percent(gap(run)), whole(run["placed"]), whole(run["memoryMB"]), f"{run['load']:.1f}", "no plan" if not its else f"{its:.1f} s",
                     "-" if ours is None else f"{ours:.1f} s", ratio]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) if len(lines) > 2 else ""


def others_table(runs):
    """Gaps on drawn regions over the gap on the real one of that size."""
    lines = ["| region | gap | other draws of it (like-) | ratio | of our own making (made-) | ratio |", "|---" * 6 + "|"]

    def gaps(pattern):
        names = {run["region"] for run in runs if re.fullmatch(pattern, run["region"]) and run["tool"] == "carved"}
        return [statistics.median([gap(run) or 0 for run in of_carved(runs, name)]) for name in names]

    for size in ORDER:
        real = gaps(size)
        cells = [size, percent(real[0])] if real else []
        for kind in ("like", "made"):
            drawn = gaps(rf"{kind}-{size}-\d+")
            cells += [f"{spread(drawn, percent)}, {len(drawn)} regions", f"{statistics.median(drawn) / real[0]:.2f}"] if drawn and real and real[0] else ["-", "-"]
        if real and cells[2:] != ["-"] * 4:
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) if len(lines) > 2 else ""


def tables(runs):
    return "\n\n".join(table for table in (peers_table(runs), carved_table(runs), others_table(runs)) if table)


def write_into(page, text):
    """Puts the text between the page's two marks. Returns false where they are not there."""
    with open(page) as file:
        old = file.read()
    before, begin, rest = old.partition("<!-- compare: begin -->\n")
    _, end, after = rest.partition("<!-- compare: end -->")
    if not end:
        return False
    with open(page, "w") as file:
        file.write(before + begin + "\n" + text + "\n\n" + end + after)
    return True
