#!/usr/bin/env python3
"""Makes a recording of apcsmart on a simulated UPS: an outage with its alerts, settings, commands."""

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

from record_qx import HERE, connect

SCENES = ("onbattery", "lowbattery", "online", "overload", "online", "replace", "online", "boost", "online", "calibration", "online")
REQUESTS = ("SET ups.id RACK-1", "SET battery.runtime.low 300", "SET ups.test.interval 604800", "SET input.sensitivity bogus",
            "INSTCMD calibrate.start", "INSTCMD calibrate.stop", "INSTCMD test.battery.start", "INSTCMD bypass.start",
            "INSTCMD load.on", "INSTCMD shutdown.return")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--driver", required=True, help="the program apcsmart")
    parser.add_argument("--model", required=True, help="the simulated UPS")
    parser.add_argument("--out", required=True, help="the recording")
    parser.add_argument("-x", action="append", default=[], metavar="KEY=VALUE", help="for ups.conf")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        record(args, room)


def record(args, room):
    link, control = os.path.join(room, "ups"), os.path.join(room, "ctl")
    sim = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "apcsmart_sim.py"), "--model", args.model, "--link", link,
         "--control", control], stdout=subprocess.PIPE, text=True)
    sim.stdout.readline()
    with open(os.path.join(room, "ups.conf"), "w", encoding="ascii") as conf:
        options = "".join("  %s\n" % option.replace("=", " = ", 1) for option in args.x)
        conf.write("pollinterval = 1\n[ups]\n  driver = apcsmart\n  port = %s\n%s" % (link, options))
    env = dict(os.environ, NUT_CONFPATH=room, NUT_STATEPATH=room, NUT_ALTPIDPATH=room)
    raw = os.path.join(room, "rec")
    driver = subprocess.Popen([args.driver, "-a", "ups", "-F", "-u", "root", "--record", raw], env=env)
    try:
        act(connect(os.path.join(room, "apcsmart-ups")), connect(control))
    finally:
        driver.send_signal(signal.SIGTERM)
        driver.wait(10)
        sim.terminate()
        sim.wait(10)
    with open(raw, encoding="ascii") as file:
        text = re.sub(r'^@ serial ".*"', '@ serial "/dev/ttyS0"', file.read(), flags=re.M)
    with open(args.out, "w", encoding="ascii") as file:
        file.write(text.replace("\n", "\n# a simulated UPS: %s\n" % args.model, 1))


def act(ups, control):
    time.sleep(1.5)
    for scene in SCENES:
        control.sendall(b"scene %s\n" % scene.encode())
        control.recv(4096)
        time.sleep(1.3)
    for line in REQUESTS:
        ups.sendall(line.encode() + b"\n")
        time.sleep(2.2)
    # what has to be given twice
    time.sleep(1.2)
    ups.sendall(b"INSTCMD shutdown.return\n")
    time.sleep(2.5)


if __name__ == "__main__":
    main()
