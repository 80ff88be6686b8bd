# SPDX-License-Identifier: EUPL-1.2
"""Dutch at language level B1, as far as a script can tell: short sentences, and none of the words that only those who work with carved know."""
import re

JARGON = re.compile("|".join((
    "takenpakket", r"\bpakket", "donor", "capaciteit", "belasting", "belastbaar", "belemmering", "beperking", "carv", "verdringing", "matching", r"\bmatch", "indicatie",
    "participatie", "doelgroep", "banenafspraak", "re-integratie", "traject", "implement", "faciliteit", "competentie", "profiel", "inzetbaar", "deskundige", "conform", "middels",
    "betreffende", "teneinde", "indien", "desgewenst", "derhalve", "dient te", "dienen te", "ten behoeve", "met betrekking", "alsmede", "voornoemd", "schriftelijk", "reeds",
)), re.IGNORECASE)
LONGEST, MEAN = 25, 15  # words of a sentence; the mean stays below


def sentences(text):
    """A colon that a name follows does not end a sentence. A {placeholder} is one word."""
    return [s for s in re.split(r"(?<=[.?!])\s+", text.strip()) if re.search(r"\w", s)]


def words(sentence):
    return re.findall(r"[\w{}'’\-]+", sentence)


def faults(texts):
    """What is not plain in these texts, as sentences."""
    lengths = [(len(words(s)), s) for text in texts for s in sentences(text)]
    found = [f"{count} words: {s}" for count, s in lengths if count > LONGEST]
    found += [f"jargon '{m.group()}': {text}" for text in texts for m in JARGON.finditer(text)]
    mean = sum(count for count, _ in lengths) / len(lengths)
    return found + ([f"{mean:.1f} words a sentence"] if mean >= MEAN else [])
