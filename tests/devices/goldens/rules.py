"""Differences from C NUT that are meant: rules read from text files, and the comparison of two cases by them.

A rule:

    because the usual answer has no serial number
    for qx-megatec qx-opt-.*
    in values: .*
    - ups\\.serial: WER

`for` names cases, `in` sections, `-` and `+` whole lines that only C NUT's or only our text has; all are regular expressions.
`-?` and `+?` are lines that are there or not by chance; a rule whose other lines are not there any more is told.
"""

import difflib
import glob
import os
import re


class Rule:
    """Why lines of some cases differ."""

    def __init__(self, reason):
        self.reason, self.cases, self.lines = reason, [], []

    def covers(self, case):
        return any(re.fullmatch(pattern, case) for pattern in self.cases)


class Pattern:
    """A line that may be there or not; `used` tells whether it ever was of use."""

    def __init__(self, place, section, word, text):
        self.place, self.section, self.sign = place, section, word[0]
        self.text, self.used = re.compile(text), word.endswith("?")

    def takes(self, section, sign, text):
        return sign == self.sign and re.fullmatch(self.section, section) and self.text.fullmatch(text)


def read(folder):
    """All rules of the texts in a folder."""
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
        elif word in ("-", "+", "-?", "+?") and section is not None:
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


def changes(theirs, ours, tidy):
    """What differs, as (section, sign, line). `tidy` leaves out what is chance."""
    before, after = sections(theirs), sections(ours)
    for name in list(before) + [name for name in after if name not in before]:
        if (name in before) != (name in after):
            yield name, "-" if name in before else "+", "[%s]" % name
        old, new = tidy(name, before.get(name, [])), tidy(name, after.get(name, []))
        for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield from ((name, "-", line) for line in old[a:b])
                yield from ((name, "+", line) for line in new[c:d])


class Verdict:
    """What is to be said of a case."""

    def __init__(self, case, theirs, ours, rules, tidy):
        # how many lines each reason explains
        self.case, self.explained, self.unexplained = case, {}, []
        mine = [rule for rule in rules if rule.covers(case)]
        self.lines, gone = sum(len(lines) for lines in sections(theirs).values()), 0
        for section, sign, line in changes(theirs, ours, tidy):
            gone += sign == "-"
            rule = first(mine, section, sign, line)
            if rule is None:
                self.unexplained.append((section, sign, line))
            else:
                self.explained[rule.reason] = self.explained.get(rule.reason, 0) + 1
        self.same = self.lines - gone

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


def idle(rules, stored, tried, is_chance):
    """Patterns that took no line, of rules all of whose cases were tried; `is_chance` tells sections that are not looked at."""
    for rule in rules:
        mine = [case for case in stored if rule.covers(case)]
        if mine and all(case in tried for case in mine):
            yield from (pattern for pattern in rule.lines if not pattern.used and not is_chance(pattern.section))
