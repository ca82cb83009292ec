#!/usr/bin/env python3
"""Makes a recording of nutdrv_qx on a simulated device: an outage, a test, a setting, a shutdown."""

import time

import recording

SCENES = ("onbattery", "lowbattery", "online", "test", "online", "boost", "online", "failed", "online")
REQUESTS = ("INSTCMD test.battery.start.quick", "SET ups.delay.shutdown 120", "SET ups.delay.shutdown 1", "INSTCMD shutdown.return",
            "INSTCMD shutdown.stop")


def act(bench):
    time.sleep(2.5)
    for scene in SCENES:
        bench.control("scene " + scene)
        time.sleep(2.2)
    for line in REQUESTS:
        bench.sock.send(line)
        time.sleep(1.1)


if __name__ == "__main__":
    recording.make("nutdrv_qx", __doc__, "--dialect", act)
