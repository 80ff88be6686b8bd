# SPDX-License-Identifier: EUPL-1.2
"""Gap against time as an SVG, a line for each region and tool. Python's standard library.

usage: bench/plot.py RESULTS.json >gap.svg          (bench/compare.py calls it too)
"""
import json
import math
import statistics
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 960, 560
LEFT, RIGHT, TOP, BOTTOM = 76, 190, 64, 60
COLOURS = {"carved": "#0b6e4f", "highs": "#c8553d", "cbc": "#3d5a80", "glpsol": "#8a6d3b"}
DASHES = {"small": "", "medium": "7 3", "large": "2 3", "xlarge": "9 3 2 3"}
LEAST_GAP, MOST_GAP = 0.05, 100  # percent
LABEL_HEIGHT = 15


def x_of(seconds, least, most):
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(max(seconds, least) / least) / math.log(most / least)


def y_of(gap):
    share = math.log(MOST_GAP / min(max(gap, LEAST_GAP), MOST_GAP)) / math.log(MOST_GAP / LEAST_GAP)
    return TOP + (HEIGHT - TOP - BOTTOM) * share


def gap_steps(run):
    """(seconds, gap in percent) wherever it falls; 100 as long as there is no plan."""
    steps, last = [(0.0, 100.0)], 100.0
    for seconds, value, bound in run["trace"]:
        gap = 100.0 if not value or not bound else 100 * (bound - value) / bound
        if gap < last:
            steps.append((seconds, gap))
            last = gap
    return steps


def lines_of(runs):
    """One run for each region and tool: of several seeds the one with the median gap."""
    groups = {}
    for run in runs:
        groups.setdefault((run["region"], run["tool"]), []).append(run)
    for (region, tool), group in sorted(groups.items()):
        ends = [gap_steps(run)[-1][1] for run in group]
        middle = statistics.median_low(ends)
        yield region, tool, group[ends.index(middle)], middle


def path_of(steps, end, least, most):
    """A staircase: the gap stays until it falls."""
    points = [f"M{x_of(steps[0][0], least, most):.1f},{y_of(steps[0][1]):.1f}"]
    for seconds, gap in steps[1:]:
        points.append(f"H{x_of(seconds, least, most):.1f}V{y_of(gap):.1f}")
    return "".join(points) + f"H{x_of(end, least, most):.1f}"


def axes(least, most, unit):
    parts = []
    for gap in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100):
        y = y_of(gap)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e3e3df"/>'
                     f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{gap:g}%</text>')
    for seconds in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500):
        if least <= seconds <= most:
            x = x_of(seconds, least, most)
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#efefec"/>'
                         f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{seconds:g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 18}" text-anchor="middle">{unit} (logarithmic)</text>')
    parts.append(f'<text transform="translate(20,{(TOP + HEIGHT - BOTTOM) / 2:.0f}) rotate(-90)" text-anchor="middle">'
                 'gap = (bound - value) / bound (logarithmic)</text>')
    return parts


def spread_labels(labels):
    """Moves labels apart; they stay in order. Each is [y, colour, text]."""
    labels.sort()
    for i in range(1, len(labels)):
        labels[i][0] = max(labels[i][0], labels[i - 1][0] + LABEL_HEIGHT)
    over = labels[-1][0] - (HEIGHT - BOTTOM) if labels else 0
    for i in reversed(range(len(labels))):
        if over > 0:
            labels[i][0] = min(labels[i][0], HEIGHT - BOTTOM - LABEL_HEIGHT * (len(labels) - 1 - i))
    return labels


def gap_plot(runs, title="Gap against time: carved, and general solvers on the same problem in one piece"):
    lines = list(lines_of(runs))
    by_processor = any(run.get("clock") == "processor" for run in runs)
    end_of = {id(run): run["processor" if by_processor else "seconds"] for run in runs}
    ends = [end_of[id(run)] for _, _, run, _ in lines] or [100]
    least, most = 0.1, max(ends) * 1.02
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" fill="#333">',
             f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfdfb"/>',
             f'<text x="{LEFT}" y="30" font-size="17" fill="#111">{escape(title)}</text>',
             f'<text x="{LEFT}" y="49" fill="#666">100%: no plan yet. Of several seeds the one with the median gap.</text>']
    parts += axes(least, most, "processor seconds" if by_processor else "seconds")
    labels = []
    for region, tool, run, gap in lines:
        steps, colour, dash = gap_steps(run), COLOURS.get(tool, "#555"), DASHES.get(region, "1 2")
        text = f"{tool}, {region}: " + (f"{gap:.2f}%" if gap < 100 else "no plan")
        parts.append(f'<path d="{path_of(steps, end_of[id(run)], least, most)}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}">'
                     f"<title>{escape(text)}</title></path>")
        labels.append([y_of(gap), colour, text])
    for y, colour, text in spread_labels(labels):
        parts.append(f'<text x="{WIDTH - RIGHT + 12}" y="{y + 4:.1f}" fill="{colour}">{escape(text)}</text>')
    return "\n".join(parts + ["</svg>"]) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1]) as results:
        print(gap_plot(json.load(results)["runs"]), end="")
