#!/usr/bin/env python3
"""Makes a recording of nutdrv_qx on a simulated device: an outage, a test, a setting, a shutdown."""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SCENES = ("onbattery", "lowbattery", "online", "test", "online", "boost", "online", "failed", "online")


def connect(path, within=60.0):
    end = time.monotonic() + within
    while True:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            sock.connect(path)
            return sock
        except OSError:
            sock.close()
            if time.monotonic() > end:
                sys.exit("nobody listens on " + path)
            time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--driver", required=True, help="the program nutdrv_qx")
    parser.add_argument("--dialect", required=True, help="the simulated device")
    parser.add_argument("--out", required=True, help="the recording")
    parser.add_argument("-x", action="append", default=[], metavar="KEY=VALUE", help="for ups.conf")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        record(args, room)


def record(args, room):
    link, control = os.path.join(room, "ups"), os.path.join(room, "ctl")
    sim = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "qx_sim.py"), "--dialect", args.dialect, "--link", link,
         "--control", control], stdout=subprocess.PIPE, text=True)
    sim.stdout.readline()
    with open(os.path.join(room, "ups.conf"), "w", encoding="ascii") as conf:
        options = "".join("  %s\n" % option.replace("=", " = ", 1) for option in args.x)
        conf.write("pollinterval = 1\n[ups]\n  driver = nutdrv_qx\n  port = %s\n%s" % (link, options))
    env = dict(os.environ, NUT_CONFPATH=room, NUT_STATEPATH=room, NUT_ALTPIDPATH=room)
    raw = os.path.join(room, "rec")
    driver = subprocess.Popen([args.driver, "-a", "ups", "-F", "-u", "root", "--record", raw], env=env)
    try:
        act(connect(os.path.join(room, "nutdrv_qx-ups")), connect(control))
    finally:
        driver.send_signal(signal.SIGTERM)
        driver.wait(10)
        sim.terminate()
        sim.wait(10)
    with open(raw, encoding="ascii") as file:
        text = re.sub(r'^@ serial ".*"', '@ serial "/dev/ttyS0"', file.read(), flags=re.M)
    with open(args.out, "w", encoding="ascii") as file:
        file.write(text.replace("\n", "\n# a simulated device: %s\n" % args.dialect, 1))


def act(ups, control):
    time.sleep(2.5)
    for scene in SCENES:
        control.sendall(b"scene %s\n" % scene.encode())
        control.recv(4096)
        time.sleep(2.2)
    for line in ("INSTCMD test.battery.start.quick", "SET ups.delay.shutdown 120", "SET ups.delay.shutdown 1",
                 "INSTCMD shutdown.return", "INSTCMD shutdown.stop"):
        ups.sendall(line.encode() + b"\n")
        time.sleep(1.1)


if __name__ == "__main__":
    main()
