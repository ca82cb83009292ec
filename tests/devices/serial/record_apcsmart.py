#!/usr/bin/env python3
"""Makes a recording of apcsmart on a simulated UPS: an outage with its alerts, settings, commands."""

import time

import recording

SCENES = ("onbattery", "lowbattery", "online", "overload", "online", "replace", "online", "boost", "online", "calibration", "online")
REQUESTS = ("SET ups.id RACK-1", "SET battery.runtime.low 300", "SET ups.test.interval 604800", "SET input.sensitivity bogus",
            "INSTCMD calibrate.start", "INSTCMD calibrate.stop", "INSTCMD test.battery.start", "INSTCMD bypass.start",
            "INSTCMD load.on", "INSTCMD shutdown.return")


def act(bench):
    time.sleep(1.5)
    for scene in SCENES:
        bench.control("scene " + scene)
        time.sleep(1.3)
    for line in REQUESTS:
        bench.sock.send(line)
        time.sleep(2.2)
    # what has to be given twice
    time.sleep(1.2)
    bench.sock.send("INSTCMD shutdown.return")
    time.sleep(2.5)


if __name__ == "__main__":
    recording.make("apcsmart", __doc__, "--model", act)
