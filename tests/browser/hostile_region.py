# SPDX-License-Identifier: EUPL-1.2
"""The demo region as somebody who means no good would send it: every text, word and reference that the documents allow is hostile. The work stays the same."""
import copy
import itertools

LONG = 4000  # characters of the longest texts; the daemon must be told to take them (CONFIG)
CONFIG = "documents:\n  text-bytes: 20000\n"
TEXTS = [
    "<script>alert(1)</script>",
    "\"quotes\" 'and' `more` & &amp; &lt;b&gt; &#60;",
    "</style></title></svg></table><h1>Gekaapt</h1><img src=x onerror=alert(1)>",
    "]]> --> <!-- <![CDATA[ {site} {hours} %s %n ${x} \\u003c",
    "\u202eneddih\u202c \u2066isolated\u2069 \u200fmarks\u200e \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 12 (3)",
    "javascript:alert(1) url(https://example.com/x) expression(alert(1)) @import",
    "\U0001f469\U0001f3fd\u200d\U0001f9bd\u200d\u27a1\ufe0f\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f1 \U0001f9d1\u200d\U0001f373",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033da\u0334\u0335\u031cl\u0334\u0355\u031eg\u0318\u031d\u0319o combining",
    "\u6e05\u6383\u548c\u6574\u7406\u5ba2\u623f\u30d9\u30c3\u30c9\u30e1\u30a4\u30ad\u30f3\u30b0" * 6,
    "first line\nsecond line\n\n\tand a tab",
    "W" * LONG,
    ("lange titel met woorden " * LONG)[:LONG],
    "\u200b\u00a0\u2028\u2029\ufeff zero width and separators",
    "\U0001f9d8" * LONG,
]
WORDS = ["<b>{}</b>", "\"{}'&amp;", "</style>{}", "{}\u202e\u05e9\u05dc\u05d5\u05dd", "{}\U0001f469\U0001f3fd\u200d\U0001f9bd", "{}" + "W" * 40]  # 64 bytes at most
WORD_KEYS = {"tags", "facilities", "has", "requires", "like", "avoid", "never", "must", "by"}
TEXT_KEYS = {"title", "name", "occupation", "reason"}
REF_KEYS = {"ref", "coach", "employer", "supervisor", "not-with", "site"}
REF_MAX = 64


def is_derived(word):  # categories, e-codes, and tags that carved gives by itself
    return word[:1].isdigit() or (word[:1] == "e" and word[1:].isdigit()) or word in ("evening-work", "night-work")


class Region:
    """`documents` of the demo region as JSON; `made()` returns them hostile."""

    def __init__(self, documents):
        self.documents = documents
        self.texts, self.forms, self.words, self.refs = itertools.cycle(TEXTS), itertools.cycle(WORDS), {}, {}

    def word(self, word):
        if not is_derived(word) and word not in self.words:
            self.words[word] = next(self.forms).format(word[:20])
        return self.words.get(word, word)

    def ref(self, ref):
        return self.refs.setdefault(ref, (ref + "_" + "W" * REF_MAX)[:REF_MAX])

    def task(self, path):
        return "/".join(self.ref(part) for part in path.split("/"))

    def changed(self, key, value):
        if isinstance(value, list):
            return [self.changed(key, item) for item in value]
        if isinstance(value, dict):
            if key in ("tags", "facilities", "has"):  # a vocabulary's
                return {self.word(word): {**labels, "nl": next(self.texts), "en": next(self.texts), **self.implied(labels)} for word, labels in value.items()}
            return {name: self.changed(name, item) for name, item in value.items()}
        if key in TEXT_KEYS:
            return next(self.texts)
        if key in REF_KEYS:
            return self.ref(value)
        if key == "task":
            return self.task(value)
        return self.word(value) if key in WORD_KEYS else value

    def implied(self, labels):
        return {"implies": [self.word(word) for word in labels["implies"]]} if "implies" in labels else {}

    def made(self):
        made = [self.changed(None, copy.deepcopy(document)) for document in self.documents]
        for site in (d for d in made if d["kind"] == "site"):
            for work in site.get("jobs", []) + site.get("vacancies", []):
                work["title"] = next(self.texts)
                for task in work["tasks"]:
                    task["title"] = next(self.texts)
                    task.setdefault("supervisor", self.ref("team"))
            site["name"] = next(self.texts)
        return made
