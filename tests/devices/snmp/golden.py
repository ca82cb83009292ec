#!/usr/bin/env python3
"""Compares what snmp-ups publishes of recorded devices, and what it sends them, with what C NUT's did (the golden files).

  golden.py --driver PROGRAM [--jobs N] [--report FILE] [DEVICE-REGEX...]

Recordings and golden files are no part of this project; --devices, or LOCKNUT_SNMP_DEVICES, is the directory with data/*.snmprec,
golden/*.state and golden/*.actions. Each line is the same, differs as accepted/*.txt explains, or differs without a reason: then the
exit status is 1.
"""

import argparse
import json
import os
import re
import sys

import bench
from goldens import comparison
from goldens.bench import RESULTS

ACCEPTED = os.path.join(bench.HERE, "accepted")
ABOUT_DEVICES = re.compile(r"(SETINFO|SETFLAGS|SETAUX|ADDENUM|ADDRANGE|ADDCMD) (?!driver\.)")


def text(state, actions):
    """A case as it is compared."""
    told = sorted(line for line in state if ABOUT_DEVICES.match(line) or line.startswith("SETINFO driver.version.data "))
    return "\n".join(["[state]"] + told + ["", "[actions]"] + actions) + "\n"


def action(done, result, sets):
    return "%s: %s; %s" % (done, result, ", ".join(sets) or "nothing")


def golden_actions(path):
    """What C NUT's driver was told, and what it did then."""
    with open(path, encoding="utf-8") as file:
        for line in map(json.loads, file):
            if " driver." in line["do"]:
                continue
            sets = ["%s|%s|%s %s" % (oid.lstrip("."), tag, value, "ok" if answer == "ok" else "refused")
                    for oid, tag, value, answer in line["sets"]]
            ended = line["result"] == "no-answer"
            yield line["do"], "NO ANSWER" if ended else RESULTS[int(line["result"])], sets


def trials(said):
    """All that clients may do, each with a value that should be possible."""
    values = dict(re.fullmatch(r'SETINFO (\S+) "(.*)"', line).groups() for line in said if line.startswith("SETINFO "))
    choices = {}
    for line in said:
        choice = re.fullmatch(r'ADDENUM (\S+) "?(.*?)"?', line)
        if choice:
            choices.setdefault(choice[1], []).append(choice[2])
    for line in sorted(said):
        verb, _, rest = line.partition(" ")
        name, _, flags = rest.partition(" ")
        if name.startswith("driver."):
            continue
        if verb == "ADDCMD":
            yield "INSTCMD " + name
        elif verb == "SETFLAGS" and "RW" in flags.split():
            is_text = "STRING" in flags.split() and not re.fullmatch(r"-?\d+(\.\d+)?", values.get(name, ""))
            yield from ('SET %s "%s"' % (name, value) for value in choices.get(name) or ["golden" if is_text else "7"])


def play(device, args):
    """What our driver publishes of a device, and what it does when it is told what C NUT's was told, and all that it offers beyond."""
    objects = os.path.join(args.devices, "data", device + ".snmprec")
    played = bench.Bench(objects, os.path.abspath(args.driver))
    try:
        if not played.alive:
            return text([], ["the driver did not start: " + line for line in played.stderr().splitlines()])
        said = played.settled()
        asked = [done for done, _, _ in golden_actions(golden(args, device, "actions"))]
        done = [action(line, *told(played, line)) for line in asked + [line for line in trials(said) if line not in asked]]
        return text(said, done)
    finally:
        played.close()


def told(played, line):
    """The result of one command or setting, and what was set by it."""
    played.sets()
    result = played.tracked(line, 20)
    return result, [re.sub(r"refused \d+$", "refused", one) for one in played.sets()]


def golden(args, device, kind):
    return os.path.join(args.devices, "golden", "%s.%s" % (device, kind))


def theirs(args, device):
    with open(golden(args, device, "state"), encoding="utf-8", errors="replace") as file:
        state = file.read().splitlines()
    return text(state, [action(*one) for one in golden_actions(golden(args, device, "actions"))])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", required=True, help="the program")
    parser.add_argument("--devices", default=os.environ.get("LOCKNUT_SNMP_DEVICES"), help="directory of recordings and golden files")
    parser.add_argument("--report", metavar="FILE", help="write a table of reasons and devices, and the devices one by one")
    parser.add_argument("--jobs", type=int, default=3, help="so many at a time")
    parser.add_argument("pattern", nargs="*")
    args = parser.parse_args()
    if not args.devices:
        parser.error("--devices or LOCKNUT_SNMP_DEVICES must say where the recordings and golden files are")
    files = sorted(os.listdir(os.path.join(args.devices, "golden")))
    stored = [file[:-len(".state")] for file in files if file.endswith(".state")]
    todo = [device for device in stored if not args.pattern or any(re.search(pattern, device) for pattern in args.pattern)]
    played = comparison.results(todo, lambda device: play(device, args), args.jobs)
    sys.exit(0 if comparison.compare(played, lambda device: theirs(args, device), stored, ACCEPTED, args.report, each=True) else 1)


if __name__ == "__main__":
    main()
