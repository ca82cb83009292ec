"""snmp-ups on the simulated agent."""

import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import goldens.bench

DRIVER = "snmp-ups"
OPTIONS = {"snmp_version": "v2c", "community": "private"}


class Bench(goldens.bench.Bench):
    """An agent with a device's objects and a driver that was started on it."""

    def __init__(self, objects, program, start_timeout=60):
        super().__init__()
        port = self.simulate(os.path.join(HERE, "snmp_agent.py"), objects)[0]
        self.start(DRIVER, "127.0.0.1:" + port, OPTIONS, program, start_timeout)

    def settled(self, within=10):
        """What the driver says of the device, when it has read all of it."""
        last, end = None, time.monotonic() + within
        while time.monotonic() < end:
            said = self.said()
            if said == last and "DATAOK" in said:
                break
            last = said
            time.sleep(0.2)
        return said

    def sets(self):
        """What was set, or refused, since the last time."""
        said = self.control("sets")[len("OK "):]
        return [] if said == "-" else said.split("; ")
