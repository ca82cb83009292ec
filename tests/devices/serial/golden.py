#!/usr/bin/env python3
"""Compares what drivers publish on simulated devices with what C NUT's published there (the golden files).

  golden.py --drivers DIR [--jobs N] [--report FILE] [CASE-REGEX...]
  golden.py --drivers DIR --write DIR [CASE-REGEX...]     writes golden files instead
  golden.py --played DIR ...                              compares what an earlier --write has left

Golden files come from C NUT's drivers and are no part of this project; --golden, or LOCKNUT_SERIAL_GOLDENS, is where they are.
Each case is the same, differs as accepted/*.txt explains, or differs without a reason: then the exit status is 1.
"""

import argparse
import os
import re
import sys
import time

import bench
from cases import CASES
from goldens import comparison

ACCEPTED = os.path.join(bench.HERE, "accepted")
START = "requests while starting"


class Case:
    """A case that is being played, and the text that comes of it."""

    def __init__(self, case, drivers):
        self.case, self.out = case, []
        self.bench = bench.Bench(case["driver"], case["sim"], case.get("conf", {}), program(drivers, case["driver"]),
                                 start_timeout=case.get("start_timeout", 100))
        self.last = {}
        self.noise = set()

    def say(self, *lines):
        self.out += lines

    def section(self, name):
        self.say("", "[%s]" % name)

    def header(self):
        case = self.case
        conf = (key if value is None else "%s=%s" % (key, value) for key, value in case.get("conf", {}).items())
        self.say("# case: " + case["name"], "# driver: " + case["driver"],
                 "# simulator: %s %s" % (bench.SIMULATORS[case["driver"]], " ".join(case["sim"])),
                 "# ups.conf: " + ", ".join(conf))

    def start(self):
        """Requests up to the first idle moment."""
        if self.case["driver"].startswith("apcsmart"):
            # it polls when its socket is there, and on a busy machine that may be seen or not
            self.bench.quiet(time.monotonic() + 30)
        self.bench.settle(1, 30)
        if "norequests" in self.case.get("flags", ()):
            return
        self.section(START)
        seen = self.bench.requests()
        if self.case["driver"] != "apcsmart":  # there settings repeat the letters of queries
            self.noise |= set(seen)
        self.say(*seen[:400])

    def values(self, dump):
        drop = self.case.get("volatile", ())
        return {name: "(volatile)" if name in drop else value for name, value in dump.visible().items()}

    def full(self, label):
        dump = self.bench.dump()
        self.last = self.values(dump)
        self.section("values: " + label)
        self.say("data: %s" % ("stale" if dump.stale else "ok"))
        self.say(*["%s: %s" % pair for pair in sorted(self.last.items())])
        return dump

    def diff(self, label):
        dump = self.bench.dump()
        values = self.values(dump)
        self.section("changes: " + label)
        if dump.stale:
            self.say("data: stale")
        for name in sorted(set(values) | set(self.last)):
            if values.get(name) != self.last.get(name):
                self.say("%s: %s" % (name, values.get(name, "(removed)")))
        self.last = values

    def abilities(self, dump):
        self.section("settable")
        for name in settable(dump):
            self.say("%s: %s%s%s%s" % (
                name, " ".join(sorted(dump.flags[name])),
                "; range " + ", ".join(dump.range[name]) if name in dump.range else "",
                "; enum " + ", ".join(dump.enum[name]) if name in dump.enum else "",
                "; length " + dump.aux[name] if name in dump.aux else ""))
        self.section("commands")
        self.say(*sorted(cmd for cmd in dump.cmds if not cmd.startswith("driver.")))

    def learn_noise(self):
        """What the driver asks when it polls."""
        self.bench.control("clearlog")
        self.bench.settle(2)
        self.noise |= set(self.bench.requests())

    def sent(self):
        return " ".join("<%s>" % asked for asked in self.bench.requests() if asked not in self.noise) or "nothing"

    def try_commands(self):
        self.section("command trials")
        offered = sorted(cmd for cmd in self.bench.dump().cmds if not cmd.startswith("driver.") and cmd != "shutdown.default")
        for name, value in self.case.get("commands") or [(cmd, None) for cmd in offered]:
            self.bench.control("clearlog")
            result = self.bench.instcmd(name, value)
            if self.case["driver"].startswith("apcsmart") and (name.startswith("shutdown") or name == "load.off"):
                time.sleep(3.6)
                result += " then " + self.bench.instcmd(name, value)
            self.say("%s%s: %s; sent %s" % (name, "" if value is None else " " + value, result, self.sent()))
            for line in self.case.get("after_command", ()):
                self.bench.control(line)

    def try_settings(self):
        self.section("setting trials")
        dump = self.bench.dump()
        for name in settable(dump):
            for value in trials(dump, name):
                self.bench.control("clearlog")
                result, sent = self.bench.setvar(name, value), self.sent()
                self.bench.settle(1)
                now = self.bench.dump().value.get(name)
                self.say("%s = %s: %s; sent %s; value %s" % (name, value, result, sent, now))

    def watch(self, label, seconds):
        """How the state of the data changes in this time."""
        self.section("watch: " + label)
        last, end = None, time.monotonic() + seconds
        while time.monotonic() < end:
            dump = self.bench.dump()
            now = "%s ups.status=%s" % ("stale" if dump.stale else "ok", dump.value.get("ups.status"))
            if now != last:
                self.say(now)
                last = now
            time.sleep(0.25)

    def kill_power(self):
        self.bench.stop_driver()
        self.bench.control("clearlog")
        code, _ = self.bench.kill_power()
        self.section("forced shutdown (-k)")
        self.say("exit status: %d" % code, "sent: " + " ".join("<%s>" % asked for asked in self.bench.requests()))

    def step(self, kind, *args):
        if kind == "scene":
            for name in args[0].split("+"):
                self.bench.control("scene " + name)
            self.bench.settle(2)
            self.learn_noise()
            self.diff(args[0])
        elif kind == "ctl":
            answer = self.bench.control(args[0])
            if not answer.startswith("OK"):
                raise RuntimeError(answer)
            if len(args) > 1:
                self.bench.settle(2)
                self.diff(args[1])
        elif kind == "full":
            self.bench.settle(2)
            self.full(args[0])
        else:
            {"watch": self.watch, "commands": self.try_commands, "settings": self.try_settings, "killpower": self.kill_power}[kind](*args)

    def did_not_start(self):
        self.section("driver did not start")
        self.say("requests: %s" % " ".join("<%s>" % asked for asked in self.bench.requests()))
        said = self.bench.stderr().replace(self.bench.dir, "DIR").splitlines()
        self.say(*[line for line in said if line and "upsnotify" not in line][:12])

    def play(self):
        step = ("start",)
        self.header()
        try:
            if not self.bench.alive:
                self.did_not_start()
                return
            self.start()
            self.abilities(self.full("start"))
            self.learn_noise()
            for step in self.case.get("steps", ()):
                self.step(*step)
        except Exception as problem:  # whatever it is, it belongs into the text
            time.sleep(0.3)
            code = self.bench.drv.poll()
            if code is None:
                self.say("!!! %s: %s" % (type(problem).__name__, problem))
            else:
                self.section("driver ended during step %s" % (step,))
                self.say("killed by signal %d" % -code if code < 0 else "exit status %d" % code)
        finally:
            self.bench.close()


def settable(dump):
    return sorted(name for name, flags in dump.flags.items() if "RW" in flags and not name.startswith("driver."))


def trials(dump, name):
    """Values to try: some that should do, and one that should not."""
    if name in dump.enum:
        return [value for value in dump.enum[name] if value != dump.value.get(name)][:3] + ["bogus"]
    if name in dump.range:
        ends = [[int(end) for end in span.split("..")] for span in dump.range[name]]
        return [str(value) for low, high in ends for value in (low, (low + high) // 2, high, high + 1)]
    return ["ABC", "TOOLONGVALUE"] if "STRING" in dump.flags[name] else []


def program(drivers, name):
    """The program of that name, or the one that answers to it, too."""
    path = os.path.abspath(os.path.join(drivers, name))
    return path if os.path.exists(path) else os.path.abspath(os.path.join(drivers, bench.OTHER_NAMES.get(name, name)))


def play(case, drivers):
    played = Case(case, drivers)
    played.play()
    return "\n".join(played.out) + "\n"


def file_name(case):
    return case.replace("/", "_") + ".txt"


def without_polls(section, lines):
    """Requests at the start up to the last one that is new: how many polls follow before the first idle moment is chance."""
    if section != START:
        return lines
    news = [at for at, request in enumerate(lines) if request not in lines[:at]]
    return lines[:news[-1] + 1] if news else []


def results(todo, args):
    cases = {case["name"]: case for case in todo}
    return comparison.results(cases, lambda name: play(cases[name], args.drivers), args.jobs)


def read(folder, case):
    with open(os.path.join(folder, file_name(case)), encoding="latin-1") as file:
        return file.read()


def write(todo, args):
    for name, text in results(todo, args):
        with open(os.path.join(args.write, file_name(name)), "w", encoding="latin-1", errors="replace") as file:
            file.write(text)
        print("%s %s" % ("ODD " if "!!!" in text or "did not start" in text else "done", name), flush=True)


def compare(todo, args):
    stored = [case["name"] for case in CASES if os.path.exists(os.path.join(args.golden, file_name(case["name"])))]
    todo = [case for case in todo if case["name"] in stored]
    played = ((case["name"], read(args.played, case["name"])) for case in todo) if args.played else results(todo, args)
    # what is watched depends on the moment
    return comparison.compare(played, lambda case: read(args.golden, case), stored, ACCEPTED, args.report,
                              without_polls, lambda section: section.startswith("watch"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drivers", help="folder with the driver programs")
    parser.add_argument("--golden", default=os.environ.get("LOCKNUT_SERIAL_GOLDENS"), help="folder with the golden files")
    parser.add_argument("--write", metavar="DIR", help="write golden files there")
    parser.add_argument("--played", metavar="DIR", help="compare the files that --write left there; nothing is played")
    parser.add_argument("--report", metavar="FILE", help="write a table of reasons and cases")
    parser.add_argument("--jobs", type=int, default=6, help="so many at a time; most of the time they wait")
    parser.add_argument("pattern", nargs="*")
    args = parser.parse_args()
    if not args.drivers and not args.played:
        parser.error("--drivers or --played must say what to compare")
    todo = [case for case in CASES if not args.pattern or any(re.search(pattern, case["name"]) for pattern in args.pattern)]
    if args.write:
        write(todo, args)
        return
    if not args.golden:
        parser.error("--golden or LOCKNUT_SERIAL_GOLDENS must say where the golden files are")
    sys.exit(0 if compare(todo, args) else 1)


if __name__ == "__main__":
    main()
