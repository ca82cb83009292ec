"""Plays cases, compares the texts that come of it with C NUT's, and tells what differs.

Each case is the same, differs as the rules explain, or differs without a reason. It is not well if any line has no reason, or a rule no line.
"""

import concurrent.futures

from goldens import rules


def results(todo, play, jobs):
    """The texts of all cases, some played at a time."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        playing = {pool.submit(play, case): case for case in todo}
        for done in concurrent.futures.as_completed(playing):
            yield playing[done], done.result()


def compare(played, golden, stored, folder, report=None, tidy=lambda _, lines: lines, is_chance=lambda _: False, each=False):
    """Tells of each case that was played, and gives whether all is well. `golden` is C NUT's text of a case, `stored` are those that have one."""
    known, verdicts = rules.read(folder), []
    for name, text in played:
        verdicts.append(rules.Verdict(name, golden(name), text, known, tidy))
        tell(verdicts[-1])
    idle = list(rules.idle(known, stored, {verdict.case for verdict in verdicts}, is_chance))
    for pattern in idle:
        print("%s: takes no line any more: %s %s" % (pattern.place, pattern.sign, pattern.text.pattern))
    counts = [sum(verdict.word == word for verdict in verdicts) for word in ("same", "explained", "DIFFERS")]
    print("cases: %d of %d the same, %d explained, %d unexplained" % (counts[0], len(verdicts), counts[1], counts[2]))
    print("lines: " + lines(verdicts))
    if report:
        write_report(verdicts, counts, report, each)
    return bool(verdicts) and not counts[2] and not idle


def lines(verdicts):
    """How many lines are the same, and how many, C NUT's and ours, are not."""
    total = [sum(numbers) for numbers in zip(*((one.same, one.lines, sum(one.explained.values()), len(one.unexplained)) for one in verdicts))]
    return "%d of %d the same, %d explained, %d unexplained" % tuple(total or [0] * 4)


def tell(verdict):
    print("%s %s%s" % (verdict.word, verdict.case, "".join("\n    " + reason for reason in verdict.explained)), flush=True)
    last = None
    for section, sign, line in verdict.unexplained:
        if section != last:
            print("  [%s]" % section)
            last = section
        print("  %s %s" % (sign, line), flush=True)


def write_report(verdicts, counts, path, each):
    """The cases that differ, by their reasons, and `each` of them by itself."""
    verdicts.sort(key=lambda verdict: verdict.case)
    same = ["`%s`" % verdict.case for verdict in verdicts if verdict.word == "same"]
    reasons = list(dict.fromkeys(reason for verdict in verdicts for reason in verdict.explained))
    with open(path, "w", encoding="utf-8") as file:
        file.write("# Cases that differ from C NUT\n\nWritten by `golden.py --report`; the rules are in the file of the same name. ")
        file.write("%d cases are the same, %d differ for these reasons, %d for none.\n\n" % tuple(counts))
        if each:
            file.write("Lines: %s.\n\n" % lines(verdicts))
        file.write("| reason | cases |\n|---|---|\n")
        for reason in reasons:
            names = ["`%s`" % verdict.case for verdict in verdicts if reason in verdict.explained]
            file.write("| %s | %d: %s |\n" % (reason, len(names), ", ".join(names)))
        file.write("\nThe same: %s.\n" % (", ".join(same) or "none"))
        if each:
            file.writelines(by_itself(verdict, reasons) for verdict in verdicts)


def by_itself(verdict, reasons):
    said = "\n## %s\n\n%s.\n\n" % (verdict.case, lines([verdict]))
    return said + "".join("* %d: %s\n" % (verdict.explained[reason], reason) for reason in reasons if reason in verdict.explained)
