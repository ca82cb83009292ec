"""Differences from C NUT that are meant: rules read from accepted/*.txt, and the comparison of two cases by them.

A rule:

    because the usual answer has no serial number
    for qx-megatec qx-opt-.*
    in values: .*
    - ups\\.serial: WER

`for` names cases, `in` sections, `-` and `+` whole lines that only C NUT's or only our text has; all are regular expressions.
"""

import difflib
import glob
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))


class Rule:
    """Why lines of some cases differ."""

    def __init__(self, reason):
        self.reason, self.cases, self.lines = reason, [], []

    def covers(self, case):
        return any(re.fullmatch(pattern, case) for pattern in self.cases)


class Pattern:
    """A line that may be there or not; `used` tells whether it ever was of use."""

    def __init__(self, place, section, sign, text):
        self.place, self.section, self.sign = place, section, sign
        self.text, self.used = re.compile(text), False

    def takes(self, section, sign, text):
        return sign == self.sign and re.fullmatch(self.section, section) and self.text.fullmatch(text)


def read(folder=os.path.join(HERE, "accepted")):
    rules = []
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        with open(path, encoding="utf-8") as file:
            rules += parse(file, os.path.basename(path))
    return rules


def parse(lines, name):
    rules, section = [], None
    for number, line in enumerate(lines, 1):
        word, _, rest = line.rstrip("\n").partition(" ")
        place = "%s:%d" % (name, number)
        if not word or word.startswith("#"):
            continue
        if word == "because":
            rules.append(Rule(rest))
            section = None
        elif word == "for" and rules:
            rules[-1].cases += rest.split()
        elif word == "in" and rules:
            section = rest
        elif word in "-+" and section is not None:
            rules[-1].lines.append(Pattern(place, section, word, rest))
        else:
            raise SystemExit("%s: neither because, for, in, - nor +, or in the wrong place" % place)
    return rules


def sections(text):
    """The lines of each section, by its name."""
    found, name = {"": []}, ""
    for line in text.splitlines():
        head = re.fullmatch(r"\[(.*)\]", line)
        if head:
            name = head[1]
            while name in found:
                name += "'"
            found[name] = []
        elif line:
            found[name].append(line)
    return found


START = "requests while starting"


def without_polls(requests):
    """Up to the last request that is asked for the first time: how many polls follow before the first idle moment is chance."""
    news = [at for at, request in enumerate(requests) if request not in requests[:at]]
    return requests[:news[-1] + 1] if news else []


def changes(theirs, ours):
    """What differs, as (section, sign, line)."""
    before, after = sections(theirs), sections(ours)
    for name in list(before) + [name for name in after if name not in before]:
        if (name in before) != (name in after):
            yield name, "-" if name in before else "+", "[%s]" % name
        old, new = before.get(name, []), after.get(name, [])
        if name == START:
            old, new = without_polls(old), without_polls(new)
        for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield from ((name, "-", line) for line in old[a:b])
                yield from ((name, "+", line) for line in new[c:d])


class Verdict:
    """What is to be said of a case."""

    def __init__(self, case, theirs, ours, rules):
        self.case, self.reasons, self.unexplained, self.explained = case, [], [], 0
        mine = [rule for rule in rules if rule.covers(case)]
        for section, sign, line in changes(theirs, ours):
            rule = first(mine, section, sign, line)
            if rule is None:
                self.unexplained.append((section, sign, line))
                continue
            self.explained += 1
            if rule.reason not in self.reasons:
                self.reasons.append(rule.reason)

    @property
    def word(self):
        return "DIFFERS" if self.unexplained else "explained" if self.explained else "same"


def first(rules, section, sign, line):
    """The first rule that takes the line. All patterns that do so are of use."""
    found = None
    for rule in rules:
        for pattern in rule.lines:
            if pattern.takes(section, sign, line):
                pattern.used = True
                found = found or rule
    return found


def idle(rules, stored, tried):
    """Patterns that took no line, of rules all of whose cases were tried. What is watched depends on the moment, so it is left out."""
    for rule in rules:
        mine = [case for case in stored if rule.covers(case)]
        if mine and all(case in tried for case in mine):
            yield from (pattern for pattern in rule.lines if not pattern.used and not pattern.section.startswith("watch"))
