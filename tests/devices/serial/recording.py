"""Makes a recording of a driver of ours on a simulated device: what record_qx.py and record_apcsmart.py have in common."""

import argparse
import os
import re
import tempfile

from bench import Bench


def make(driver, says, choice, act):
    """Reads the command line, starts the driver, lets `act` do something with it, and writes the recording.

    `choice` is the simulator's option that names the device, and what stands for it on the command line.
    """
    parser = argparse.ArgumentParser(description=says)
    parser.add_argument("--driver", required=True, help="the program " + driver)
    parser.add_argument(choice, required=True, dest="device", help="the simulated device")
    parser.add_argument("--out", required=True, help="the recording")
    parser.add_argument("-x", action="append", default=[], metavar="KEY=VALUE", help="for ups.conf")
    parser.add_argument("--do", action="append", default=[], metavar="LINE", help="tell the simulator this first")
    args = parser.parse_args()
    options = dict((option.split("=", 1) + [None])[:2] for option in args.x)
    told = [word for line in args.do for word in ("--do", line)]
    with tempfile.TemporaryDirectory() as room:
        raw = os.path.join(room, "rec")
        bench = Bench(driver, [choice, args.device] + told, options, os.path.abspath(args.driver), extra=["--record", raw])
        try:
            if not bench.alive:
                raise SystemExit(bench.stderr())
            act(bench)
        finally:
            bench.close()
        with open(raw, encoding="ascii") as file:
            text = re.sub(r'^@ serial ".*"', '@ serial "/dev/ttyS0"', file.read(), flags=re.M)
    with open(args.out, "w", encoding="ascii") as file:
        file.write(text.replace("\n", "\n# a simulated device: %s\n" % args.device, 1))
