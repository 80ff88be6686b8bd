# SPDX-License-Identifier: EUPL-1.2
"""Reads Prometheus' text format 0.0.4 and refuses what breaks it: a parser of our own, so that carved's writer is held against the format and not against itself."""
import math
import re

NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"')
TYPES = ("counter", "gauge", "histogram")


class Metric:
    def __init__(self, name):
        self.name, self.help, self.type, self.samples = name, None, None, []

    def value(self, **labels):
        """The one sample with exactly these labels."""
        found = [value for name, given, value in self.samples if given == labels]
        assert len(found) == 1, f"{self.name}{labels}: {len(found)} samples among {self.samples}"
        return found[0]

    def sum(self, **labels):
        return sum(value for name, given, value in self.samples if labels.items() <= given.items())

    def count(self, **labels):
        """How many values a histogram has seen with these labels."""
        return sum(value for name, given, value in self.samples if name.endswith("_count") and labels.items() <= given.items())


def parse_labels(text):
    labels, at = {}, 0
    while at < len(text):
        match = LABEL.match(text, at)
        assert match, f"no label: {text[at:]}"
        assert match[1] not in labels, f"label twice: {text}"
        labels[match[1]] = match[2].replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\")
        at = match.end()
        assert at == len(text) or text[at] == ",", f"no comma: {text[at:]}"
        at += at < len(text)
    return labels


def parse_sample(line):
    name = NAME.match(line)[0]
    rest = line[len(name):]
    labels = {}
    if rest.startswith("{"):
        end = rest.rindex("}")
        labels, rest = parse_labels(rest[1:end]), rest[end + 1:]
    assert rest.startswith(" ") and rest.count(" ") == 1, f"no value, or a timestamp: {line}"
    return name, labels, float(rest[1:].replace("+Inf", "inf"))


def family(name, metrics):
    """The metric that a sample's name belongs to."""
    if name in metrics:
        return metrics[name]
    base = re.sub(r"_(bucket|sum|count)$", "", name)
    assert base in metrics and metrics[base].type == "histogram", f"a sample without a metric: {name}"
    return metrics[base]


def check_histogram(metric):
    series = {}
    for name, labels, value in metric.samples:
        labels = dict(labels)
        le = labels.pop("le", None)
        one = series.setdefault(tuple(sorted(labels.items())), {"buckets": []})
        if name.endswith("_bucket"):
            one["buckets"].append((float(le.replace("+Inf", "inf")), value))
        else:
            assert le is None and name[len(metric.name):] not in one, name
            one[name[len(metric.name):]] = value
    for labels, one in series.items():
        bounds, counts = zip(*one["buckets"])
        assert list(bounds) == sorted(set(bounds)) and bounds[-1] == math.inf, (metric.name, bounds)
        assert list(counts) == sorted(counts), (metric.name, labels, counts)
        assert one["_count"] == counts[-1], (metric.name, labels, one)
        assert one["_sum"] >= 0 and (one["_sum"] == 0) <= (counts[-1] == 0 or counts[0] > 0), (metric.name, labels, one)


def parse(text):
    """{name: Metric}; AssertionError where the text is not what Prometheus wants."""
    assert text.endswith("\n")
    metrics, current = {}, None
    for line in text.splitlines():
        comment = re.fullmatch(r"# (HELP|TYPE) (\S+) (.+)", line)
        if comment:
            what, name, rest = comment.groups()
            assert NAME.fullmatch(name), name
            if what == "HELP":
                assert name not in metrics, f"HELP twice: {name}"
                current = metrics[name] = Metric(name)
                current.help = rest
            else:
                assert current and current.name == name and current.type is None and not current.samples, f"TYPE out of place: {name}"
                assert rest in TYPES, rest
                current.type = rest
            continue
        assert line and not line.startswith("#"), f"what is this: {line}"
        sample = parse_sample(line)
        assert family(sample[0], metrics) is current, f"{sample[0]} stands below {current.name}"
        assert sample[:2] not in [s[:2] for s in current.samples], f"a sample twice: {line}"
        current.samples.append(sample)
    for metric in metrics.values():
        assert metric.type, f"{metric.name} without TYPE"
        assert (metric.type == "counter") == metric.name.endswith("_total"), f"{metric.name} is a {metric.type}"
        if metric.type == "histogram":
            check_histogram(metric)
    return metrics
